// Package diagnosis makes, of what the program knows about itself, something
// that a user may hand to a stranger: without numbers, names, tokens and paths.
// What gets in is what is known to be harmless; nothing is searched for harm.
package diagnosis

import (
	"bufio"
	"bytes"
	"path"
	"regexp"
	"strings"
)

// The lines of a Go traceback.
var (
	goroutineLine = regexp.MustCompile(`^goroutine \d+ .*\[([a-zA-Z ()]+)`)
	functionLine  = regexp.MustCompile(`^([\w.\-/~%*()\[\]]+)\([^()]*\)$`)
	createdLine   = regexp.MustCompile(`^created by ([\w.\-/()*\[\]%~]+)`)
	sourceLine    = regexp.MustCompile(`^\t(\S.*\.(?:go|s)):(\d+)`)
	sourceName    = regexp.MustCompile(`^[\w.\-]+$`)
	signalLine    = regexp.MustCompile(`^(?:\[?signal )?(SIG[A-Z]+)[: ]`)
	fatalLine     = regexp.MustCompile(`^fatal error: [a-zA-Z ,'!.\-]+$`)
	runtimeText   = regexp.MustCompile(`runtime error: [a-zA-Z ,'\-]+`)
)

// Stack gives of what the Go runtime writes when a program dies, or of
// debug.Stack, what kind of fault it was and the names of the functions. What a
// panic says and what functions were given may hold numbers and names, so
// neither is there.
func Stack(raw []byte) string {
	var b strings.Builder
	say := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
		b.WriteByte('\n')
	}
	begun, named := false, false // within a goroutine; below the name of a function
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if m := goroutineLine.FindStringSubmatch(line); m != nil {
			begun, named = true, false
			say("goroutine [", strings.TrimSpace(m[1]), "]")
			continue
		}
		if !begun {
			if head := fault(line); head != "" {
				say(head)
			}
			continue
		}
		named = frame(line, named, say)
	}
	return b.String()
}

// frame says one line of a goroutine, and whether a place in the source belongs
// to what comes next.
func frame(line string, named bool, say func(...string)) bool {
	if m := sourceLine.FindStringSubmatch(line); m != nil {
		if file := path.Base(strings.ReplaceAll(m[1], `\`, "/")); named && sourceName.MatchString(file) {
			say("\t", file, ":", m[2])
		}
		return false
	}
	if m := createdLine.FindStringSubmatch(line); m != nil {
		say("created by ", m[1])
		return true
	}
	if m := functionLine.FindStringSubmatch(line); m != nil {
		say(m[1])
		return true
	}
	return false
}

// fault gives of a line above the first goroutine what kind of fault it was, or
// nothing.
func fault(line string) string {
	switch {
	case strings.HasPrefix(line, "panic: "):
		if text := runtimeText.FindString(line); text != "" {
			return "panic: " + strings.TrimSpace(text)
		}
		return "panic"
	case fatalLine.MatchString(line):
		return line
	}
	if m := signalLine.FindStringSubmatch(line); m != nil {
		return "signal " + m[1]
	}
	return ""
}
