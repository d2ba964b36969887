package report

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"quietline/assets/fonts"
	"quietline/internal/domain"
)

// PDFParams are what WritePDF needs.
type PDFParams struct {
	// At is the date of the document; the same document of the same date gives
	// the same bytes.
	At time.Time
	// Page gives the words "page n", n from 1.
	Page func(n int) string
	// Lacking says that these characters, given as U+9F98, cannot be drawn and are
	// boxes; nil for nothing said.
	Lacking func(codes string) string
}

// The layout in millimetres and points, for old eyes: body text of 14 points.
const (
	pdfFont      = "body"
	pdfMargin    = 18.0
	pdfTitle     = 24.0
	pdfHeading   = 18.0
	pdfBody      = 14.0
	pdfCell      = 12.0
	pdfFooter    = 10.0
	pdfLarge     = 30.0
	pdfLeading   = 1.45
	pdfPoint     = 25.4 / 72
	pdfCellSpace = 1.6
	pdfFootSpace = 22.0
	// pdfTogether is how many lines of a paragraph stay on one page.
	pdfTogether = 6
)

// WritePDF writes the document as pages of A4 with selectable text. Only the
// characters that it needs of the bundled font (one weight of it, 2.9 MB in a
// program) go into the file. Characters that the font lacks are boxes.
func WritePDF(w io.Writer, d Document, p PDFParams) error {
	font, err := parseTrueType(fonts.Regular())
	if err != nil {
		return domain.E("report.WritePDF", domain.Internal, "internal", nil, err)
	}
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(p.At)
	f.SetModificationDate(p.At)
	f.SetProducer("Quietline", false)
	f.SetTitle(pdfText(d.Title), true)
	f.SetLang(d.Language)
	f.SetMargins(pdfMargin, pdfMargin, pdfMargin)
	f.SetAutoPageBreak(false, 0) // page does it, so that no row is torn
	f.AddUTF8FontFromBytes(pdfFont, "", fonts.Regular())
	page := &pdfPage{canvas: f, document: d, p: p, font: font}
	page.SetFooterFunc(page.foot)
	page.AddPage()
	page.write()
	if err := f.Output(w); err != nil {
		return domain.E("report.WritePDF", domain.Internal, "internal", nil, err)
	}
	return nil
}

// CreatePDF writes the document to the file, which is 0600 and appears when it
// is whole. It fails with Conflict "report.exists" where a file is there that
// is not to be replaced, with Invalid "report.pdf_ending" for another ending
// than .pdf and with Unavailable "report.failed" (Args: File).
func CreatePDF(path string, replace bool, d Document, p PDFParams) error {
	const op = "report.CreatePDF"
	if !strings.EqualFold(filepath.Ext(path), ".pdf") {
		return domain.E(op, domain.Invalid, "report.pdf_ending", domain.Args{"File": path}, nil)
	}
	return whole(op, path, replace, func(w io.Writer) error { return WritePDF(w, d, p) })
}

// pdfPage writes a document from top to bottom.
type pdfPage struct {
	canvas
	document Document
	p        PDFParams
	font     *trueType
	lacking  []rune // what the font cannot draw
}

// room is the width of a line, and bottom where a page ends.
func (p *pdfPage) room() float64 {
	w, _ := p.GetPageSize()
	return w - 2*pdfMargin
}

func (p *pdfPage) bottom() float64 {
	_, h := p.GetPageSize()
	return h - pdfFootSpace
}

// need begins a new page where there is less room than that.
func (p *pdfPage) need(height float64) {
	if p.GetY()+height > p.bottom() {
		p.AddPage()
		p.SetY(pdfMargin)
	}
}

func (p *pdfPage) size(points float64) float64 {
	p.SetFont(pdfFont, "", points)
	return points * pdfPoint * pdfLeading
}

func (p *pdfPage) write() {
	p.text(pdfTitle, "", p.document.Title)
	if p.document.Subtitle != "" {
		p.text(pdfBody, "", p.document.Subtitle)
	}
	for _, part := range p.document.Parts {
		p.part(part)
	}
	if len(p.lacking) > 0 && p.p.Lacking != nil {
		codes := make([]string, len(p.lacking))
		for i, r := range p.lacking {
			codes[i] = fmt.Sprintf("U+%04X", r)
		}
		p.Ln(2)
		p.text(pdfBody, "", p.p.Lacking(strings.Join(codes, ", ")))
	}
}

func (p *pdfPage) part(part Part) {
	p.Ln(4)
	if part.Heading != "" {
		// A heading is not left alone at the foot of a page.
		p.need(p.size(pdfHeading) + 3*p.size(pdfBody))
		p.text(pdfHeading, "", part.Heading)
		y := p.GetY()
		p.SetDrawColor(150, 150, 150)
		p.Line(pdfMargin, y, pdfMargin+p.room(), y)
		p.Ln(1.5)
	}
	if part.Notice != "" {
		p.notice(part.Notice)
	}
	if part.Large != "" {
		p.text(pdfLarge, "", part.Large)
	}
	for _, text := range part.Paragraphs {
		p.text(pdfBody, "", text)
		p.Ln(1)
	}
	for _, text := range part.List {
		p.text(pdfBody, "•", text)
		p.Ln(1)
	}
	if part.Table != nil {
		p.table(*part.Table)
	}
	if part.After != "" {
		p.text(pdfBody, "", part.After)
	}
}

// notice writes a text into a frame that nobody overlooks.
func (p *pdfPage) notice(text string) {
	height := p.size(pdfHeading)
	const inside = 3.0
	lines := wrap(p.say(text), p.room()-2*inside-2, p.GetStringWidth)
	total := float64(len(lines))*height + 2*inside
	p.need(total)
	top := p.GetY()
	p.SetFillColor(255, 243, 205)
	p.SetDrawColor(160, 100, 0)
	p.Rect(pdfMargin, top, p.room(), total, "FD")
	for i, line := range lines {
		p.SetXY(pdfMargin+inside, top+inside+float64(i)*height)
		p.CellFormat(p.room()-2*inside, height, line, "", 0, "L", false, 0, "")
	}
	p.SetXY(pdfMargin, top+total+2)
}

// text writes lines of that size, with a mark in front of the first.
func (p *pdfPage) text(points float64, mark, text string) {
	height := p.size(points)
	indent := 0.0
	if mark != "" {
		indent = p.GetStringWidth(mark + " ")
	}
	lines := wrap(p.say(text), p.room()-indent, p.GetStringWidth)
	p.need(float64(min(len(lines), pdfTogether)) * height)
	for i, line := range lines {
		p.need(height)
		p.SetX(pdfMargin)
		if i == 0 && mark != "" {
			p.CellFormat(indent, height, mark, "", 0, "L", false, 0, "")
		}
		p.SetX(pdfMargin + indent)
		p.CellFormat(p.room()-indent, height, line, "", 1, "L", false, 0, "")
	}
}

// table writes rows whose cells are as high as their text; a row is never torn
// over two pages, unless it is higher than one.
func (p *pdfPage) table(g Grid) {
	widths := g.widths(p.room())
	p.row(g.Head, widths, true)
	for _, row := range g.Rows {
		if p.row(row, widths, false) {
			continue
		}
		p.AddPage()
		p.SetY(pdfMargin)
		p.row(g.Head, widths, true)
		p.row(row, widths, false)
	}
	p.Ln(2)
}

// row writes a row and says whether it did: not, where the page is full.
func (p *pdfPage) row(cells []string, widths []float64, head bool) bool {
	height := p.size(pdfCell)
	lines := make([][]string, len(widths))
	most := 1
	for i := range widths {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		for line := range strings.SplitSeq(cell, "\n") {
			lines[i] = append(lines[i], wrap(p.say(line), widths[i]-2*pdfCellSpace, p.GetStringWidth)...)
		}
		most = max(most, len(lines[i]))
	}
	total := float64(most)*height + pdfCellSpace
	fresh := p.GetY() < pdfMargin+3*height
	if !head && !fresh && p.GetY()+total > p.bottom() {
		return false
	}
	if head {
		p.need(total + 2*height)
		p.SetFillColor(235, 238, 242)
		p.Rect(pdfMargin, p.GetY(), p.room(), total, "F")
	}
	top := p.GetY()
	for n := range most {
		if y := top + pdfCellSpace/2 + float64(n)*height; y+height > p.bottom() {
			// Higher than a page: what is left goes on at the next one.
			p.AddPage()
			top = pdfMargin - float64(n)*height
		}
		x := pdfMargin
		for i, w := range widths {
			if n < len(lines[i]) {
				p.SetXY(x+pdfCellSpace, top+pdfCellSpace/2+float64(n)*height)
				p.CellFormat(w-2*pdfCellSpace, height, lines[i][n], "", 0, "L", false, 0, "")
			}
			x += w
		}
	}
	p.SetXY(pdfMargin, top+total)
	p.SetDrawColor(200, 200, 200)
	p.Line(pdfMargin, p.GetY(), pdfMargin+p.room(), p.GetY())
	return true
}

func (g *Grid) widths(room float64) []float64 {
	out := make([]float64, len(g.Head))
	sum := 0.0
	for i := range out {
		out[i] = 1
		if i < len(g.Weights) && g.Weights[i] > 0 {
			out[i] = g.Weights[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= room / sum
	}
	return out
}

// foot writes the footer and the number of the page.
func (p *pdfPage) foot() {
	height := p.size(pdfFooter)
	lines := wrap(p.say(p.document.Footer), p.room()*0.8, p.GetStringWidth)
	lines = lines[:min(len(lines), 2)]
	_, h := p.GetPageSize()
	y := h - pdfFootSpace + 5
	p.SetTextColor(90, 90, 90)
	for i, line := range lines {
		p.SetXY(pdfMargin, y+float64(i)*height)
		p.CellFormat(p.room()*0.8, height, line, "", 0, "L", false, 0, "")
	}
	if p.p.Page != nil {
		p.SetXY(pdfMargin+p.room()*0.8, y)
		p.CellFormat(p.room()*0.2, height, p.say(p.p.Page(p.PageNo())), "", 0, "R", false, 0, "")
	}
	p.SetTextColor(0, 0, 0)
}

// say is a text as this document writes it. The apostrophe of the font is as
// wide as a Chinese character, so other languages use the plain one.
func (p *pdfPage) say(s string) string {
	if !strings.HasPrefix(p.document.Language, "zh") {
		s = strings.ReplaceAll(s, string(rune(0x2019)), "'")
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r < pastPlane && p.font.glyph(r) != 0 {
			return r
		}
		if r != noGlyph && !slices.Contains(p.lacking, r) && len(p.lacking) < mostLacking {
			p.lacking = append(p.lacking, r)
		}
		return noGlyph
	}, oneLine(s))
}

// noGlyph stands for a character that the font cannot draw; of those, so many are
// named.
const (
	noGlyph     = 0x25a1
	mostLacking = 20
)

// pastPlane is the first character that neither writer has a table for.
const pastPlane = 0xfffe

// pdfText is a text for the properties of a file: one line, and of the basic
// plane alone.
func pdfText(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= pastPlane {
			return noGlyph
		}
		return r
	}, oneLine(s))
}
