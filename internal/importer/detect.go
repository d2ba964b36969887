package importer

import "bytes"

// The kinds of files that people try to import and that no format reads; the
// hint of "import.format_unknown" tells for each of them what to do.
const (
	kindXLSX   = "xlsx"
	kindZip    = "zip"
	kindXLS    = "xls"
	kindSQLite = "sqlite"
	kindPDF    = "pdf"
	kindImage  = "image"
	kindHTML   = "html"
	kindSMS    = "sms"
	kindJSON   = "json"
	kindVCard  = "vcard"
	kindBinary = "binary"
	kindText   = "text"
)

// foreignMagic recognises binary files by their first bytes, "" for others.
func foreignMagic(raw []byte) string {
	magics := [...]struct{ bytes, kind string }{
		{"PK\x03\x04", kindZip},
		{"PK\x05\x06", kindZip},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindXLS},
		{"SQLite format 3\x00", kindSQLite},
		{"%PDF-", kindPDF},
		{"\x89PNG\r\n", kindImage},
		{"\xff\xd8\xff", kindImage},
		{"\x1f\x8b", kindZip},
		{"Rar!\x1a", kindZip},
		{"7z\xbc\xaf", kindZip},
	}
	for _, m := range magics {
		if bytes.HasPrefix(raw, []byte(m.bytes)) {
			// A workbook is a zip whose first entries have fixed names
			// (ECMA-376 part 2).
			if m.kind == kindZip && (bytes.Contains(raw, []byte("[Content_Types].xml")) || bytes.Contains(raw, []byte("xl/"))) {
				return kindXLSX
			}
			return m.kind
		}
	}
	return ""
}

// foreignKind names what a file is that no format recognised.
func foreignKind(s *Sample) string {
	if s.Book != "" {
		return s.Book
	}
	if kind := foreignMagic(s.Raw); kind != "" {
		return kind
	}
	if s.Binary {
		return kindBinary
	}
	head := bytes.ToLower(bytes.TrimSpace(s.Text))
	switch {
	case rootElement(s.Text) == "smses":
		return kindSMS
	case bytes.HasPrefix(head, []byte("<html")), bytes.HasPrefix(head, []byte("<!doctype html")),
		bytes.HasPrefix(head, []byte("<table")):
		// Operators' web sites give out HTML tables under the name .xls.
		return kindHTML
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		return kindJSON
	case bytes.HasPrefix(head, []byte("begin:vcard")):
		return kindVCard
	}
	return kindText
}
