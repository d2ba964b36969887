package importer

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// property is one line of a card. Its parts are valid until the next line is
// read.
type property struct {
	name   string // in capitals, without its group
	params []byte
	value  []byte
}

// parseProperty takes a line apart; ok is false for one that is no property.
func parseProperty(line []byte) (p property, ok bool) {
	colon := headEnd(line)
	if colon < 0 {
		return property{}, false
	}
	name, params, _ := bytes.Cut(line[:colon], []byte(";"))
	if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
		name = name[dot+1:] // "item1.TEL"
	}
	p = property{name: string(bytes.ToUpper(bytes.TrimSpace(name))), params: params, value: line[colon+1:]}
	return p, p.name != ""
}

// headEnd is where the colon stands that ends name and parameters; those in
// quotes do not. It is -1 where there is none.
func headEnd(line []byte) int {
	quoted := false
	for i, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ':' && !quoted:
			return i
		}
	}
	return bytes.IndexByte(line, ':') // a quote that was never closed
}

func (p property) is(name, value string) bool {
	return p.name == name && strings.EqualFold(string(bytes.TrimSpace(p.value)), value)
}

// param gives the value of a parameter, empty where it is not there. Version 2.1
// leaves out the names of some parameters, so the bare value counts as well.
func (p property) param(name string, bare ...string) string {
	for _, part := range bytes.Split(p.params, []byte(";")) {
		key, value, named := strings.Cut(strings.TrimSpace(string(part)), "=")
		switch {
		case named && strings.EqualFold(strings.TrimSpace(key), name):
			return strings.ToUpper(strings.Trim(strings.TrimSpace(value), `"`))
		case named:
			continue
		}
		for _, b := range bare {
			if strings.EqualFold(key, b) {
				return b
			}
		}
	}
	return ""
}

func (p property) encoding() string { return p.param("ENCODING", "QUOTED-PRINTABLE", "BASE64") }

func (p property) base64() bool { e := p.encoding(); return e == "BASE64" || e == "B" }

// quotedPrintable says whether the value of a line is, so that its soft line
// breaks can be joined.
func quotedPrintable(line []byte) bool {
	colon := headEnd(line)
	return colon >= 0 && property{params: bytes.TrimLeftFunc(
		line[:colon], func(r rune) bool { return r != ';' })}.encoding() == "QUOTED-PRINTABLE"
}

// text is the value as UTF-8.
func (p property) text() string {
	value := p.value
	switch {
	case p.encoding() == "QUOTED-PRINTABLE":
		value = unquote(value)
	case p.base64():
		plain := make([]byte, base64.StdEncoding.DecodedLen(len(value)))
		n, err := base64.StdEncoding.Decode(plain, bytes.TrimSpace(value))
		if err != nil {
			return ""
		}
		value = plain[:n]
	default:
		return string(value) // the reader of the file has decoded it
	}
	charset := p.param("CHARSET")
	if strings.HasPrefix(charset, "GB") || charset == "X-GBK" || !utf8.Valid(value) {
		if s := survey(value); s.broken > 0 || strings.HasPrefix(charset, "GB") && s.long == 0 {
			// Reading from memory; bytes that are no character become U+FFFD.
			value, _ = simplifiedchinese.GB18030.NewDecoder().Bytes(value)
		}
	}
	return strings.ToValidUTF8(string(value), "\uFFFD")
}

// unquote decodes quoted-printable text (RFC 2045, 6.7), whose soft line breaks
// are gone. An "=" that no two hexadecimal digits follow stays as it is.
func unquote(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '=' && i+2 < len(b) {
			high, ok1 := unhex(b[i+1])
			low, ok2 := unhex(b[i+2])
			if ok1 && ok2 {
				out = append(out, high<<4|low)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

func unhex(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}

// unescape takes the backslashes out of a value (RFC 6350, 3.4); a line break
// in it becomes a space.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		s = strings.NewReplacer(`\\`, `\`, `\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\:`, ":").Replace(s)
	}
	return strings.TrimSpace(s)
}

// splitParts splits a structured value at the semicolons that no backslash
// stands before.
func splitParts(s string) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ';':
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}

func firstPart(s string) string { return splitParts(s)[0] }

// joinName makes one name of family name, given name, middle names and prefix:
// in Chinese the family name comes first and nothing stands between.
func joinName(value string) string {
	var parts [4]string
	for i, p := range splitParts(value) {
		if i < len(parts) {
			parts[i] = unescape(p)
		}
	}
	family, given, middle, prefix := parts[0], parts[1], parts[2], parts[3]
	if strings.ContainsFunc(family+given, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return prefix + family + middle + given
	}
	return strings.Join(strings.Fields(strings.Join([]string{prefix, given, middle, family}, " ")), " ")
}

// telNumber takes the number out of the value of a TEL: of a "tel:" URI
// (RFC 3966) without extension and other parameters, but with the context that
// a local number needs; of any other without what is dialled after a pause.
func telNumber(value string) string {
	const scheme = "tel:"
	if len(value) < len(scheme) || !strings.EqualFold(value[:len(scheme)], scheme) {
		if i := strings.IndexAny(value, ",;pPwWxX"); i > 0 {
			value = value[:i]
		}
		return strings.TrimSpace(value)
	}
	number, params, _ := strings.Cut(value[len(scheme):], ";")
	if plain, err := url.PathUnescape(number); err == nil {
		number = plain
	}
	number = strings.TrimSpace(number)
	for _, p := range strings.Split(params, ";") {
		key, context, _ := strings.Cut(p, "=")
		if strings.EqualFold(key, "phone-context") && strings.HasPrefix(context, "+") &&
			number != "" && !strings.HasPrefix(number, "+") {
			return context + number
		}
	}
	return number
}
