package importer

import (
	"bytes"
	"encoding/xml"
	"unicode/utf8"
)

// plainAttributes reads those attributes of a tag that count, where the tag is
// as plain as the app itself writes it: names without a prefix, values in double
// quotes without references and control characters. For any other tag ok is
// false, and the decoder of the standard library says what it holds; it is ten
// times slower. The list is valid until the next call.
func (r *smsBackupRows) plainAttributes(b []byte) (attrs []xml.Attr, ok bool) {
	b, ok = bytes.CutPrefix(b, []byte("<call"))
	if !ok || !plainText(b) {
		return nil, false
	}
	b, ok = bytes.CutSuffix(b, []byte(">"))
	if !ok {
		return nil, false
	}
	b, _ = bytes.CutSuffix(b, []byte("/"))
	attrs = r.plain[:0]
	for {
		rest := bytes.TrimLeft(b, " ")
		if len(rest) == 0 {
			r.plain = attrs
			return attrs, true
		}
		if len(rest) == len(b) {
			return nil, false // nothing between two attributes
		}
		name, value, after, found := cutAttribute(rest)
		if !found {
			return nil, false
		}
		switch b = after; string(name) {
		case "number", "presentation", "date", "duration", "type", "contact_name":
			attrs = append(attrs, xml.Attr{Name: xml.Name{Local: string(name)}, Value: string(value)})
		}
	}
}

// plainText says whether the rest of a tag has neither references nor characters
// that XML forbids there; a line break is left to the decoder as well.
func plainText(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == '&' || c == '<' {
			return false
		}
	}
	return utf8.Valid(b) && !bytes.Contains(b, []byte("\uFFFE")) && !bytes.Contains(b, []byte("\uFFFF"))
}

// cutAttribute takes name="value" off the front.
func cutAttribute(b []byte) (name, value, rest []byte, ok bool) {
	n := 0
	for n < len(b) && (b[n] == '_' || b[n] >= 'a' && b[n] <= 'z') {
		n++
	}
	if n == 0 || n+1 >= len(b) || b[n] != '=' || b[n+1] != '"' {
		return nil, nil, nil, false
	}
	name = b[:n]
	value, rest, ok = bytes.Cut(b[n+2:], []byte{'"'})
	return name, value, rest, ok
}
