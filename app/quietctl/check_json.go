package main

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// warningJSON is a reason as cli.md writes it.
type warningJSON struct {
	Rule     domain.Rule     `json:"rule"`
	Severity domain.Severity `json:"severity"`
	Text     string          `json:"text"`
}

// checkJSON writes answers as the JSON Lines of cli.md, byte for byte what
// encoding/json makes of them (a test compares the two), at a fraction of the
// cost: everything but the number itself is one of a few values of the
// registry, and each of those is put into JSON once.
type checkJSON struct {
	words    *l10n.Printer
	registry []byte
	// As many as there are holders in the registry, and rules.
	holders  map[domain.Holder][]byte
	warnings map[domain.Rule][]byte
}

func newCheckJSON(words *l10n.Printer, info domain.RegistryInfo) *checkJSON {
	return &checkJSON{
		words: words, registry: toJSON(info),
		holders: map[domain.Holder][]byte{}, warnings: map[domain.Rule][]byte{},
	}
}

// append adds one line.
func (j *checkJSON) append(buf []byte, k domain.Check) []byte {
	for _, f := range [...]struct{ name, value string }{
		{`{"input":`, k.Input},
		{`,"number":`, k.Number},
		{`,"family":`, string(k.Family)},
		{`,"verdict":`, string(k.Verdict)},
		{`,"code":`, k.Code},
		{`,"extension":`, k.Extension},
		{`,"area_code":`, k.AreaCode},
		{`,"province":`, k.Province},
		{`,"country":`, k.Country},
	} {
		buf = append(buf, f.name...)
		buf = appendString(buf, f.value)
	}
	buf = append(buf, `,"holders":`...)
	buf = appendList(buf, k.Holders, j.holder)
	buf = append(buf, `,"warnings":`...)
	buf = appendList(buf, k.Rules, j.warning)
	buf = append(buf, `,"registry":`...)
	buf = append(buf, j.registry...)
	return append(buf, "}\n"...)
}

func (j *checkJSON) holder(h domain.Holder) []byte {
	return once(j.holders, h, func(h domain.Holder) []byte { return toJSON(h) })
}

func (j *checkJSON) warning(r domain.Rule) []byte {
	return once(j.warnings, r, func(r domain.Rule) []byte {
		return toJSON(warningJSON{Rule: r, Severity: r.Severity(), Text: j.words.T("rule." + string(r))})
	})
}

func appendList[T any](buf []byte, list []T, element func(T) []byte) []byte {
	buf = append(buf, '[')
	for i := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, element(list[i])...)
	}
	return append(buf, ']')
}

// toJSON is what encoding/json makes of a value in which nothing can fail.
func toJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // strings and booleans
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// appendString adds a JSON string as encoding/json writes it without escaping
// for HTML: invalid UTF-8 and the line ends of JavaScript become escapes.
func appendString(buf []byte, s string) []byte {
	const hex = "0123456789abcdef"
	buf = append(buf, '"')
	done := 0 // s[:done] is written
	for i := 0; i < len(s); {
		if b := s[i]; b >= ' ' && b < utf8.RuneSelf && b != '"' && b != '\\' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		var escape string
		switch {
		case r == '"':
			escape = `\"`
		case r == '\\':
			escape = `\\`
		case r == '\b':
			escape = `\b`
		case r == '\f':
			escape = `\f`
		case r == '\n':
			escape = `\n`
		case r == '\r':
			escape = `\r`
		case r == '\t':
			escape = `\t`
		case r < ' ':
			buf = append(buf, s[done:i]...)
			buf = append(buf, '\\', 'u', '0', '0', hex[r>>4], hex[r&0xf])
			done = i + size
		case r == utf8.RuneError && size == 1:
			escape = `\ufffd`
		case r == '\u2028':
			escape = `\u2028`
		case r == '\u2029':
			escape = `\u2029`
		}
		if escape != "" {
			buf = append(buf, s[done:i]...)
			buf = append(buf, escape...)
			done = i + size
		}
		i += size
	}
	buf = append(buf, s[done:]...)
	return append(buf, '"')
}
