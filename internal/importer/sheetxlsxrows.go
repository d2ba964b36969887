package importer

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xlsxSheet reads the rows of a sheet.
type xlsxSheet struct {
	book  *xlsxBook
	in    *xlsxPart
	rows  int
	row   int // the number of the row
	cells []string
	// The cell under way: its column from 0, its type and its style.
	column int
	kind   string
	style  int
	text   cellText
}

// next gives the next row.
func (s *xlsxSheet) next() (int, []string, error) {
	s.cells, s.column = s.cells[:0], -1
	for {
		token, err := s.in.next()
		switch {
		case errors.Is(err, io.EOF):
			return 0, nil, truncated() // </sheetData> stands before the end
		case err != nil:
			return 0, nil, err
		}
		switch el := token.(type) {
		case xml.StartElement:
			switch el.Name.Local {
			case "row":
				s.begin(el)
			case "c":
				s.beginCell(el)
			}
		case xml.EndElement:
			switch el.Name.Local {
			case "c":
				s.cells = placeCell(s.cells, s.column, s.value())
			case "row":
				if s.rows++; s.rows > maxSheetRows {
					return 0, nil, largeBook()
				}
				s.book.share(s.in.part())
				return s.row, s.cells, nil
			case "sheetData":
				return 0, nil, s.in.finish()
			}
		}
		s.text.take(token, "v", "t")
	}
}

func (s *xlsxSheet) begin(el xml.StartElement) {
	s.row++
	if n, err := strconv.Atoi(attr(el, "r")); err == nil && n > 0 && n <= maxSheetRows {
		s.row = n
	}
}

func (s *xlsxSheet) beginCell(el xml.StartElement) {
	s.text.reset()
	s.kind, s.style = "", 0
	s.column++
	for _, a := range el.Attr {
		switch a.Name.Local {
		case "r":
			if n, ok := sheetColumn(a.Value); ok {
				s.column = n
			}
		case "t":
			s.kind = a.Value
		case "s":
			s.style, _ = strconv.Atoi(a.Value) // 0 is a style, too
		}
	}
}

// value is the cell as text (ECMA-376 part 1, 18.18.11).
func (s *xlsxSheet) value() string {
	text := string(s.text.bytes)
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return ""
		}
		return s.book.strings.get(i)
	case "str", "inlineStr", "d":
		return text
	case "b":
		return strconv.FormatBool(isTrue(text))
	case "e":
		return "" // the sign for an error is no value
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return text
	}
	kind := kindPlain
	if s.style >= 0 && s.style < len(s.book.styles) {
		kind = s.book.styles[s.style]
	}
	return cellNumber(n, kind, s.book.from1904)
}

// sheetColumn reads the letters of a cell's name: "C7" is in column 2, counted
// from 0.
func sheetColumn(name string) (int, bool) {
	n := 0
	for i := range len(name) {
		c := name[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<20 {
			return 0, false
		}
	}
	return n - 1, n > 0
}

// cellText collects the text in some elements, but for the readings of
// characters that East Asian programs put beside them (rPh).
type cellText struct {
	bytes    []byte
	most     int // the longest that is kept
	inside   bool
	readings bool
}

func (t *cellText) reset() { *t = cellText{bytes: t.bytes[:0], most: t.most} }

func (t *cellText) take(token xml.Token, elements ...string) {
	switch el := token.(type) {
	case xml.StartElement:
		t.mark(el.Name.Local, elements, true)
	case xml.EndElement:
		t.mark(el.Name.Local, elements, false)
	case xml.CharData:
		if t.inside && !t.readings {
			t.bytes = append(t.bytes, el[:min(len(el), max(0, t.most-len(t.bytes)))]...)
		}
	}
}

func (t *cellText) mark(name string, elements []string, begins bool) {
	if name == "rPh" {
		t.readings = begins
	}
	for _, e := range elements {
		if name == e {
			t.inside = begins
		}
	}
}

// xlsxPart reads the tags of one part. It is bounded: in what it unpacks to,
// and in what stands between the beginnings of two tags.
type xlsxPart struct {
	ctx     context.Context
	in      io.ReadCloser
	decoder *xml.Decoder
	size    uint64 // unpacked, as the file says
	read    int64
	total   int64
	left    int64
}

// next gives the next tag or text, io.EOF behind the last.
func (p *xlsxPart) next() (xml.Token, error) {
	p.left = maxXMLToken
	token, err := p.decoder.RawToken()
	switch {
	case err == nil:
		return token, nil
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case p.ctx.Err() != nil:
		return nil, p.ctx.Err()
	case errors.Is(err, errLarge{}):
		return nil, largeBook()
	}
	return nil, damagedBook(errors.New("a part of the workbook")) // the words of the error may quote the file
}

// Read is how the decoder reads.
func (p *xlsxPart) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.in.Read(b)
	p.read += int64(n)
	if p.left -= int64(n); p.left < 0 || p.read > p.total {
		return 0, errLarge{}
	}
	return n, err
}

// finish reads what stands behind the rows, which is little, because the sum
// that tells damage is compared at the end. It gives io.EOF where all is well.
func (p *xlsxPart) finish() error {
	defer p.in.Close()
	_, err := io.CopyN(io.Discard, p.in, maxSmallPart)
	if err != nil && !errors.Is(err, io.EOF) {
		return damagedBook(errors.New("a part of the workbook"))
	}
	return io.EOF
}

// Close closes the part.
func (p *xlsxPart) Close() error { return p.in.Close() }

// part is how much of it was read, from 0 to 1.
func (p *xlsxPart) part() float64 {
	return min(1, float64(p.read)/float64(max(1, p.size)))
}

// boundedAt reads at most so many bytes of a file, and any number below 0.
type boundedAt struct {
	ctx  context.Context
	in   io.ReaderAt
	left int64
	// short tells that something was asked for beyond the end of the file.
	short bool
}

// ReadAt reads a piece.
func (r *boundedAt) ReadAt(b []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.left >= 0 {
		if r.left -= int64(len(b)); r.left < 0 {
			return 0, errLarge{}
		}
	}
	n, err := r.in.ReadAt(b, off)
	r.short = r.short || n < len(b)
	return n, err
}

// attr is an attribute of a tag, under whatever prefix.
func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isEnd(token xml.Token, name string) bool {
	el, ok := token.(xml.EndElement)
	return ok && el.Name.Local == name
}

func isTrue(text string) bool { return text == "1" || text == "true" }
