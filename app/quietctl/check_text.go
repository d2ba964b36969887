package main

import (
	"strings"
	"unicode"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
)

// The columns of a terminal that is not wide: two, a label, two, and the value.
const (
	screenColumns = 80
	labelColumns  = 12
	valueIndent   = 2 + labelColumns + 2
	valueColumns  = screenColumns - valueIndent
)

// checkText writes answers for people. What the registry and the rules say is
// put into words once.
type checkText struct {
	words    *l10n.Printer
	info     domain.RegistryInfo
	province func(name string) (domain.Province, bool)
	// said holds every message that was needed, at most the catalogue.
	said    map[string]string
	leads   map[string]string // by label
	holders map[domain.Holder]string
	reasons map[domain.Rule]string
}

func newCheckText(
	words *l10n.Printer, info domain.RegistryInfo, province func(string) (domain.Province, bool),
) *checkText {
	return &checkText{
		words: words, info: info, province: province, said: map[string]string{}, leads: map[string]string{},
		holders: map[domain.Holder]string{}, reasons: map[domain.Rule]string{},
	}
}

// append adds the lines of one answer.
func (t *checkText) append(buf []byte, k domain.Check) []byte {
	buf = append(buf, dash(plain(k.Input))+"  "+t.say("verdict."+k.Words()+".title")+"\n"...)
	buf = append(buf, t.field("family", t.say("term.family."+string(k.Family)))...)
	buf = append(buf, t.field("code", strings.TrimSpace(k.Code+" "+k.Extension))...)
	buf = append(buf, t.field("province", strings.TrimSpace(k.AreaCode+" "+t.words.ProvinceNamed(k.Province, t.province)))...)
	for _, h := range k.Holders {
		buf = append(buf, once(t.holders, h, t.holder)...)
	}
	for _, r := range k.Rules {
		buf = append(buf, once(t.reasons, r, t.reason)...)
	}
	return buf
}

// once gives what the function made of the key the first time.
func once[K comparable, V any](made map[K]V, key K, f func(K) V) V {
	v, ok := made[key]
	if !ok {
		v = f(key)
		made[key] = v
	}
	return v
}

func (t *checkText) reason(r domain.Rule) string {
	return t.field(string(r.Severity()), t.say("rule."+string(r)))
}

// holder is who a list or the user names for the code, and how well that is
// known.
func (t *checkText) holder(h domain.Holder) string {
	var about []string
	add := func(s string) {
		if s != "" {
			about = append(about, s)
		}
	}
	add(t.words.Term("registry_category", h.Category))
	if h.Scope == registry.National {
		add(t.say("verdict_card.national"))
	} else {
		add(t.words.ProvinceNamed(h.Scope, t.province))
	}
	lines := []string{t.words.HolderInFull(h)}
	switch {
	case h.Own:
		add(t.say("verdict_card.own"))
	case h.Confidence == registry.SingleSource:
		add(t.say("verdict_card.one_source"))
	default:
		add(t.say("verdict_card.two_sources"))
	}
	lines = append(lines, strings.Join(about, t.say("verdict_card.separator")))
	if lists := registry.ListNames(h.Source); lists != "" {
		lines = append(lines, t.words.T("verdict_card.source", l10n.Args{"Source": lists, "Date": t.info.Date}))
	}
	if h.Vintage != "" {
		lines = append(lines, t.words.T("verdict_card.stale", l10n.Args{"Years": h.Vintage}))
	}
	if h.Note != "" {
		lines = append(lines, t.words.T("verdict_card.note", l10n.Args{"Note": h.Note}))
	}
	if h.OwnNote != "" {
		lines = append(lines, t.words.T("verdict_card.own_note", l10n.Args{"Note": h.OwnNote}))
	}
	return t.field("holder", lines...)
}

// field is a label with the lines of its value below each other, or nothing
// where there is no value.
func (t *checkText) field(label string, value ...string) string {
	var b strings.Builder
	lead := once(t.leads, label, t.lead)
	for _, v := range value {
		if v == "" {
			continue
		}
		for _, line := range wrap(plain(v), valueColumns) {
			b.WriteString(lead + line + "\n")
			lead = strings.Repeat(" ", valueIndent)
		}
	}
	return b.String()
}

func (t *checkText) lead(label string) string {
	return "  " + l10n.Pad(t.say("cli.label."+label), labelColumns) + "  "
}

func (t *checkText) say(key string) string {
	return once(t.said, key, func(key string) string { return t.words.T(key) })
}

// wrap breaks one line into lines of at most n columns, n being 2 or more: at
// spaces, and between characters of Chinese. Only what has no such place is cut
// in the middle.
func wrap(s string, n int) []string {
	if len(s) <= n {
		return []string{s} // no character takes more columns than bytes
	}
	var out []string
	for {
		at := breakAt(s, n)
		if at == len(s) {
			return append(out, s)
		}
		out = append(out, strings.TrimRight(s[:at], " "))
		s = strings.TrimLeft(s[at:], " ")
	}
}

// breakAt is where the line after the first n columns begins, as an index of s:
// len(s) where all of it fits.
func breakAt(s string, n int) int {
	at, taken := 0, 0
	var before rune
	for i, r := range s {
		size := l10n.Columns(string(r))
		if i > 0 && mayBreak(before, r, size) {
			at = i
		}
		if taken += size; taken > n && r != ' ' {
			if at > 0 {
				return at
			}
			return i
		}
		before = r
	}
	return len(s)
}

// mayBreak says whether a line may end between two characters, the second of
// which takes size columns.
func mayBreak(before, r rune, size int) bool {
	switch {
	case before == ' ':
		return r != ' '
	case unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po), unicode.In(before, unicode.Ps, unicode.Pi):
		return false
	default:
		return r != ' ' && (size == 2 || l10n.Columns(string(before)) == 2)
	}
}
