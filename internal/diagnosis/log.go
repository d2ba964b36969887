package diagnosis

import (
	"bufio"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// left stands for words that were left out.
const left = "…"

var (
	attributeName = regexp.MustCompile(`^[a-z_]{1,20}$`)
	// ours are the names of attributes that the program logs; of others nothing is kept.
	ours        = regexp.MustCompile(`^(cause|channel|complaint|err|n|status|text|type)$`)
	lowerWords  = regexp.MustCompile(`^[a-z_]{1,20}( [a-z_]{1,20}){0,11}$`)
	goType      = regexp.MustCompile(`^(\*[a-z0-9]+\.[A-Za-z]+|[a-z0-9]+\.[A-Z][A-Za-z]*)$`)
	smallNumber = regexp.MustCompile(`^[0-9]{1,3}$`)
	quoted      = regexp.MustCompile(`"[^"]*"?`)
)

// Log copies a log as slog.TextHandler writes it, line by line: the time, the
// level, what happened, the names of functions, and of everything else the words
// that errors are made of. known says whether a word is the key of an error.
func Log(w io.Writer, r io.Reader, known func(key string) bool) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if line := logLine(lines.Text(), known); line != "" {
			if _, err := io.WriteString(w, line+"\n"); err != nil {
				return err
			}
		}
	}
	return lines.Err()
}

// logLine is one line without what might be private, empty where it is none.
func logLine(line string, known func(string) bool) string {
	var out []string
	stack := ""
	for line != "" {
		name, rest, ok := strings.Cut(line, "=")
		if !ok || !attributeName.MatchString(name) {
			break
		}
		value := ""
		if value, line, ok = attribute(rest); !ok {
			break
		}
		switch name {
		case "time":
			at, err := time.Parse(time.RFC3339Nano, value)
			if err != nil {
				return ""
			}
			out = append(out, at.UTC().Format(time.RFC3339))
		case "level":
			if !plainWord.MatchString(value) {
				return ""
			}
			out = append(out, value)
		case "stack":
			stack = "\n\t" + strings.ReplaceAll(strings.TrimSpace(Stack([]byte(value))), "\n", "\n\t")
		case "msg", "outcome":
			if !lowerWords.MatchString(value) {
				value = left
			}
			out = append(out, name+"="+value)
		default:
			if ours.MatchString(name) {
				out = append(out, name+"="+words(value, known))
			}
		}
	}
	if len(out) < 2 {
		return ""
	}
	return strings.Join(out, " ") + stack
}

// attribute takes the value that a line begins with.
func attribute(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, " ")
		return value, rest, true
	}
	q, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", false
	}
	value, err = strconv.Unquote(q)
	return value, strings.TrimPrefix(s[len(q):], " "), err == nil
}

// words keeps of a text the words that every error may say.
func words(text string, known func(string) bool) string {
	if smallNumber.MatchString(text) { // several may be one that was written apart
		return text
	}
	var out []string
	for _, word := range strings.Fields(quoted.ReplaceAllString(text, " "+left+" ")) {
		bare := strings.Trim(word, ".,:;()")
		if !said[strings.ToLower(bare)] && !known(bare) && !goType.MatchString(bare) {
			word = left
		}
		if word != left || len(out) == 0 || out[len(out)-1] != left {
			out = append(out, word)
		}
	}
	return strings.Join(out, " ")
}
