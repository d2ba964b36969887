package report

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"quietline/assets/fonts"
)

// canvas is what a page is drawn on: the methods of *fpdf.Fpdf that are used, so
// that one layout serves a document that is held in memory and one that is not.
type canvas interface {
	AddPage()
	PageNo() int
	SetFooterFunc(func())
	GetPageSize() (width, height float64)
	GetY() float64
	SetX(x float64)
	SetY(y float64)
	SetXY(x, y float64)
	Ln(h float64)
	SetFont(family, style string, size float64)
	SetTextColor(r, g, b int)
	SetDrawColor(r, g, b int)
	SetFillColor(r, g, b int)
	Line(x1, y1, x2, y2 float64)
	Rect(x, y, w, h float64, style string)
	GetStringWidth(s string) float64
	CellFormat(w, h float64, text, border string, ln int, align string, fill bool, link int, url string)
}

// The objects of a streamed PDF that have fixed numbers; pages come behind them.
const (
	objCatalog = 1 + iota
	objPages
	objFont
	objCIDFont
	objDescriptor
	objOutlines
	objGlyphMap
	objUnicode
	objInfo
	objFirstPage
)

// pdfStream is a canvas that writes each page as soon as it is full: a document
// of any length needs the memory of one page, and of where each page stands in
// the file. The font, of which only what was used is written, comes last.
type pdfStream struct {
	w       *bufio.Writer
	n       int64
	err     error
	offsets []int64 // where object i+1 begins, 0 for not yet
	pages   []int   // the objects of the pages, in the order of reading
	font    *trueType
	used    map[rune]int // the glyphs of the characters that were written

	page   bytes.Buffer // what is on the page so far
	open   bool
	number int
	foot   func()
	x, y   float64
	size   float64
	text   string // the operator for the colour of text
	pack   *zlib.Writer
}

// The size of A4 and of the space inside a cell, in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	cellSpace             = 1.0
)

func newPDFStream(w io.Writer) (*pdfStream, error) {
	font, err := parseTrueType(fonts.Regular())
	if err != nil {
		return nil, err
	}
	s := &pdfStream{
		w: bufio.NewWriterSize(w, 64<<10), font: font, used: map[rune]int{}, offsets: make([]int64, objFirstPage-1),
		pack: zlib.NewWriter(io.Discard), text: "0 g",
	}
	s.print("%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n")
	return s, nil
}

// print writes and remembers how much that was.
func (s *pdfStream) print(format string, args ...any) {
	if s.err != nil {
		return
	}
	n, err := fmt.Fprintf(s.w, format, args...)
	s.n, s.err = s.n+int64(n), err
}

// begin begins an object; 0 is the next new one.
func (s *pdfStream) begin(object int) int {
	if object == 0 {
		s.offsets = append(s.offsets, 0)
		object = len(s.offsets)
	}
	s.offsets[object-1] = s.n
	s.print("%d 0 obj\n", object)
	return object
}

// stream writes packed data as an object; the dictionary gets these entries.
func (s *pdfStream) stream(object int, entries string, data []byte) int {
	var packed bytes.Buffer
	s.pack.Reset(&packed)
	_, _ = s.pack.Write(data) // into memory, which does not fail
	_ = s.pack.Close()
	object = s.begin(object)
	s.print("<</Filter /FlateDecode /Length %d %s>>\nstream\n", packed.Len(), entries)
	s.print("%s", packed.Bytes())
	s.print("\nendstream\nendobj\n")
	return object
}

// AddPage writes the page before and begins a new one.
func (s *pdfStream) AddPage() {
	s.endPage()
	s.number++
	s.open = true
	s.x, s.y = pdfMargin, pdfMargin
}

func (s *pdfStream) endPage() {
	if !s.open {
		return
	}
	if s.foot != nil {
		s.foot()
	}
	s.open = false
	contents := s.stream(0, "", s.page.Bytes())
	s.page.Reset()
	page := s.begin(0)
	s.print("<</Type /Page\n/Parent %d 0 R\n/Contents %d 0 R>>\nendobj\n", objPages, contents)
	s.pages = append(s.pages, page)
}

// restart counts the pages from 1 again, as for another document, and sets what
// stands at their feet.
func (s *pdfStream) restart(foot func()) {
	s.endPage()
	s.number, s.foot = 0, foot
}

// toFront puts the pages from the n-th on before all others.
func (s *pdfStream) toFront(n int) {
	s.endPage()
	s.pages = slices.Concat(s.pages[n:], s.pages[:n])
}

// PageNo counts the pages from 1.
func (s *pdfStream) PageNo() int { return s.number }

// SetFooterFunc sets what is drawn on every page at its end.
func (s *pdfStream) SetFooterFunc(f func()) { s.foot = f }

// GetPageSize gives the size of A4.
func (s *pdfStream) GetPageSize() (width, height float64) { return pageWidth, pageHeight }

// GetY is where the next thing is drawn.
func (s *pdfStream) GetY() float64 { return s.y }

// SetX sets where the next thing is drawn.
func (s *pdfStream) SetX(x float64) { s.x = x }

// SetY sets where the next thing is drawn, at the left.
func (s *pdfStream) SetY(y float64) { s.x, s.y = pdfMargin, y }

// SetXY sets where the next thing is drawn.
func (s *pdfStream) SetXY(x, y float64) { s.x, s.y = x, y }

// Ln goes down, to the left.
func (s *pdfStream) Ln(h float64) { s.SetY(s.y + h) }

// SetFont sets the size of what is written; there is one font.
func (s *pdfStream) SetFont(_, _ string, size float64) { s.size = size }

// SetTextColor sets the colour of what is written.
func (s *pdfStream) SetTextColor(r, g, b int) { s.text = color(r, g, b) + " rg" }

// SetDrawColor sets the colour of lines.
func (s *pdfStream) SetDrawColor(r, g, b int) { fmt.Fprintf(&s.page, "%s RG\n", color(r, g, b)) }

// SetFillColor sets the colour of surfaces.
func (s *pdfStream) SetFillColor(r, g, b int) { fmt.Fprintf(&s.page, "%s rg\n", color(r, g, b)) }

func color(r, g, b int) string {
	return fmt.Sprintf("%.3f %.3f %.3f", float64(r)/255, float64(g)/255, float64(b)/255)
}

// Line draws a line.
func (s *pdfStream) Line(x1, y1, x2, y2 float64) {
	fmt.Fprintf(&s.page, "%.2f %.2f m %.2f %.2f l S\n", points(x1), points(pageHeight-y1), points(x2), points(pageHeight-y2))
}

// Rect draws a rectangle: "F" filled, "D" its outline, "FD" both.
func (s *pdfStream) Rect(x, y, w, h float64, style string) {
	op := map[string]string{"F": "f", "D": "S", "FD": "B"}[style]
	fmt.Fprintf(&s.page, "%.2f %.2f %.2f %.2f re %s\n", points(x), points(pageHeight-y-h), points(w), points(h), op)
}

func points(mm float64) float64 { return mm / pdfPoint }

// GetStringWidth is how wide a text is.
func (s *pdfStream) GetStringWidth(text string) float64 {
	sum := 0
	for _, r := range text {
		sum += s.font.width(s.font.glyph(r))
	}
	return float64(sum) / 1000 * s.size * pdfPoint
}

// CellFormat writes a text into a cell and goes to its right, or with ln 1 to the
// next line; it draws neither border nor link.
func (s *pdfStream) CellFormat(w, h float64, text, _ string, ln int, align string, _ bool, _ int, _ string) {
	x := s.x + cellSpace
	if align == "R" {
		x = s.x + w - cellSpace - s.GetStringWidth(text)
	}
	if text != "" {
		// The base line of a text that stands in the middle of its cell.
		y := s.y + h/2 + 0.3*s.size*pdfPoint
		fmt.Fprintf(&s.page, "q %s BT /F1 %.2f Tf %.2f %.2f Td <", s.text, s.size, points(x), points(pageHeight-y))
		for _, unit := range utf16.Encode([]rune(text)) {
			fmt.Fprintf(&s.page, "%04X", unit)
		}
		s.page.WriteString("> Tj ET Q\n")
		for _, r := range text {
			s.used[r] = s.font.glyph(r)
		}
	}
	if s.x += w; ln == 1 {
		s.Ln(h)
	}
}

// finish writes what is left: the font, the order of the pages, and where each
// object stands.
func (s *pdfStream) finish(title, language string, at time.Time) error {
	s.endPage()
	s.writeFont()
	s.begin(objInfo)
	when := at.UTC().Format("20060102150405") + "Z"
	s.print("<</Producer (Quietline) /Title <FEFF%X> /CreationDate (D:%s) /ModDate (D:%s)>>\nendobj\n", utf16Bytes(title), when, when)
	s.begin(objPages)
	s.print("<</Type /Pages /MediaBox [0 0 595.28 841.89] /Resources <</Font <</F1 %d 0 R>>>> /Count %d /Kids [\n", objFont, len(s.pages))
	for _, page := range s.pages {
		s.print("%d 0 R\n", page)
	}
	s.print("]>>\nendobj\n")
	s.begin(objCatalog)
	s.print("<</Type /Catalog /Pages %d 0 R /Lang (%s)>>\nendobj\n", objPages, strings.Map(plainASCII, language))
	start := s.n
	s.print("xref\n0 %d\n0000000000 65535 f \n", len(s.offsets)+1)
	for _, offset := range s.offsets {
		s.print("%010d 00000 n \n", offset)
	}
	s.print("trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(s.offsets)+1, objCatalog, objInfo, start)
	if s.err == nil {
		s.err = s.w.Flush()
	}
	return s.err
}

// plainASCII keeps what a tag of a language is made of.
func plainASCII(r rune) rune {
	if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}

func utf16Bytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return out
}

// writeFont writes the font so that every character is known by its own code,
// which is what makes the text selectable.
func (s *pdfStream) writeFont() {
	glyphs := map[int]bool{}
	runes := make([]rune, 0, len(s.used))
	gids := make([]byte, 2*0x10000)
	for r, g := range s.used {
		glyphs[g] = true
		runes = append(runes, r)
		gids[2*r], gids[2*r+1] = byte(g>>8), byte(g)
	}
	slices.Sort(runes)
	s.begin(objFont)
	s.print("<</Type /Font /Subtype /Type0 /BaseFont /QUIETL+NotoSansSC /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>\nendobj\n",
		objCIDFont, objUnicode)
	s.begin(objCIDFont)
	s.print("<</Type /Font /Subtype /CIDFontType2 /BaseFont /QUIETL+NotoSansSC /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /FontDescriptor %d 0 R /CIDToGIDMap %d 0 R /DW 1000 /W [", objDescriptor, objGlyphMap)
	for _, r := range runes {
		s.print("%d [%d]\n", r, s.font.width(s.used[r]))
	}
	s.print("]>>\nendobj\n")
	s.begin(objDescriptor)
	s.print("<</Type /FontDescriptor /FontName /QUIETL+NotoSansSC /Flags 4 /FontBBox [-1000 -1000 2000 2000] /ItalicAngle 0"+
		" /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /FontFile2 %d 0 R>>\nendobj\n", objOutlines)
	outlines := s.font.subset(glyphs)
	s.stream(objOutlines, fmt.Sprintf("/Length1 %d", len(outlines)), outlines)
	s.stream(objGlyphMap, "", gids)
	s.stream(objUnicode, "", []byte(everyCodeIsItself()))
}

// everyCodeIsItself tells readers which character a code stands for. A range may
// not go beyond what the last byte counts.
func everyCodeIsItself() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 64 // at most 100 in one block
	for high := range 256 {
		if high%most == 0 {
			fmt.Fprintf(&b, "%d beginbfrange\n", most)
		}
		fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", high, high, high)
		if high%most == most-1 {
			b.WriteString("endbfrange\n")
		}
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
