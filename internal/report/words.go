package report

import "quietline/internal/l10n"

// words holds every message that was needed, at most the catalogue: a table
// says the same few things in very many rows. It is for one goroutine, and the
// language must not change meanwhile.
type words struct {
	printer *l10n.Printer
	said    map[string]string
}

func newWords(p *l10n.Printer) words { return words{printer: p, said: map[string]string{}} }

func (w words) say(key string) string {
	s, ok := w.said[key]
	if !ok {
		s = w.printer.T(key)
		w.said[key] = s
	}
	return s
}

// term is the word for a code, or nothing for none.
func (w words) term(kind, code string) string {
	if code == "" {
		return ""
	}
	return w.say("term." + kind + "." + code)
}
