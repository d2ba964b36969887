package store

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"quietline/internal/domain"
)

// The most of a search text that is looked at; nobody types more.
const (
	maxSearchRunes = 200
	maxSearchWords = 16
)

// callConds turns a filter into the terms of a WHERE on call c.
func callConds(f domain.CallFilter) conds {
	w := plainConds(f)
	for _, word := range searchWords(f.Text) {
		w.addWord(word)
	}
	return w
}

// plainConds is callConds without the text.
func plainConds(f domain.CallFilter) conds {
	var w conds
	if f.PersonID != 0 {
		w.add("c.person_id = ?", f.PersonID)
	}
	if f.Number != "" {
		w.add("c.number = ?", f.Number)
	}
	if f.Code != "" {
		// The second term lets the partial index serve the first.
		w.add("c.code = ? AND c.code <> ''", f.Code)
	}
	if !f.From.IsZero() {
		w.add("c.started_at >= ?", f.From.UnixMilli())
	}
	if !f.To.IsZero() {
		w.add("c.started_at < ?", f.To.UnixMilli())
	}
	if f.Direction != "" {
		w.add("c.direction = ?", f.Direction)
	}
	if f.Family != "" {
		w.add("c.family = ?", f.Family)
	}
	if f.Verdict != "" {
		w.add("c.verdict = ?", f.Verdict)
	}
	return w
}

// addWord asks that a word be found. All texts with it are gathered first: right
// for whoever looks at every call.
func (w *conds) addWord(word string) {
	const in = "c.id IN (SELECT " + textCall + " FROM call_text t WHERE "
	if hasHan(word) {
		w.add(in+"call_text MATCH ?)", phrase(word))
		return
	}
	w.addSpelt(word, in+`text LIKE ? ESCAPE '\')`)
}

// addSpelt asks that a word be found as it is spelt: in the text by the term,
// which has one parameter, or, of digits, in the number as well.
func (w *conds) addSpelt(word, inText string) {
	text := likeAround(word)
	if number := dialled(word); number != "" {
		w.add(`(c.number LIKE ? ESCAPE '\' OR `+undialled+` LIKE ? ESCAPE '\' OR `+inText+")", likeAround(number), likeAround(number), text)
		return
	}
	w.add(inText, text)
}

// undialled is what the source showed, without separators.
const undialled = `replace(replace(replace(replace(replace(c.display, ' ', ''), '-', ''), '(', ''), ')', ''), '.', '')`

// searchWords splits what was typed: at spaces, unless all of it is one
// number that was typed with separators.
func searchWords(text string) []string {
	text = strings.TrimSpace(width.Fold.String(text))
	if r := []rune(text); len(r) > maxSearchRunes {
		text = string(r[:maxSearchRunes])
	}
	if text != "" && dialled(text) != "" {
		return []string{text}
	}
	words := strings.Fields(text)
	return words[:min(len(words), maxSearchWords)]
}

var (
	numberSeparators = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "")
	onlyDigits       = regexp.MustCompile(`^\+?[0-9]+$`)
)

// dialled is the number in the text without separators, or empty where it is
// none.
func dialled(text string) string {
	number := numberSeparators.Replace(text)
	if !onlyDigits.MatchString(number) {
		return ""
	}
	return number
}
