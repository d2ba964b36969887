package report

import (
	"io"
	"path/filepath"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// Document is a text for people that is printed, sent or shown: a digest, a
// receipt. Its words are chosen already.
type Document struct {
	// Language is the BCP 47 tag of the words.
	Language string
	Title    string
	// Subtitle stands under the title, or is empty.
	Subtitle string
	Parts    []Part
	// Footer stands small at the end, in a PDF at the foot of every page.
	Footer string
}

// Part is one piece of a document. What is empty is left out; a part that has
// several is written in this order.
type Part struct {
	Heading string
	// Notice stands in a frame, Large in large letters.
	Notice, Large string
	Paragraphs    []string
	// List holds points, each with a mark in front.
	List  []string
	Table *Grid
	// After stands below the list and the table.
	After string
}

// Grid is a small table in a document.
type Grid struct {
	Head []string
	Rows [][]string
	// Weights share out the width of the page, one a column; equal where nil.
	Weights []float64
}

// textColumns is how wide a document is as plain text: a Chinese character
// takes two of them.
const textColumns = 76

// Text is the document as plain text, without control characters.
func (d Document) Text() string {
	var b strings.Builder
	b.WriteString(oneLine(d.Title) + "\n")
	if d.Subtitle != "" {
		b.WriteString(oneLine(d.Subtitle) + "\n")
	}
	for _, p := range d.Parts {
		b.WriteString("\n")
		if p.Heading != "" {
			b.WriteString(oneLine(p.Heading) + "\n")
		}
		writeText(&b, "", p.Notice)
		writeText(&b, "", p.Large)
		for _, text := range p.Paragraphs {
			writeText(&b, "", text)
		}
		for _, text := range p.List {
			writeText(&b, "- ", text)
		}
		if p.Table != nil {
			p.Table.text(&b)
		}
		writeText(&b, "", p.After)
	}
	if d.Footer != "" {
		b.WriteString("\n")
		writeText(&b, "", d.Footer)
	}
	return b.String()
}

// CreateText writes the document to the file as plain text in UTF-8. The file is
// 0600 and appears when it is whole. It fails with Conflict "report.exists"
// where a file is there that is not to be replaced, with Invalid
// "report.text_ending" for another ending than .txt and with Unavailable
// "report.failed" (Args: File).
func CreateText(path string, replace bool, d Document) error {
	const op = "report.CreateText"
	if !strings.EqualFold(filepath.Ext(path), ".txt") {
		return domain.E(op, domain.Invalid, "report.text_ending", domain.Args{"File": path}, nil)
	}
	return whole(op, path, replace, func(w io.Writer) error {
		_, err := io.WriteString(w, d.Text())
		return err
	})
}

func writeText(b *strings.Builder, mark, text string) {
	if text == "" {
		return
	}
	indent := strings.Repeat(" ", len(mark))
	for i, line := range wrap(oneLine(text), float64(textColumns-len(mark)), func(s string) float64 { return float64(l10n.Columns(s)) }) {
		if i == 0 {
			b.WriteString(mark + line + "\n")
		} else {
			b.WriteString(indent + line + "\n")
		}
	}
}

// text writes the table in columns as wide as their widest cell.
func (g *Grid) text(b *strings.Builder) {
	rows := append([][]string{g.Head}, g.Rows...)
	widths := make([]int, len(g.Head))
	for _, row := range rows {
		for i, cell := range row {
			if i < len(widths) {
				widths[i] = max(widths[i], l10n.Columns(oneLine(cell)))
			}
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			cell = oneLine(cell)
			if i < len(row)-1 && i < len(widths) {
				cell = l10n.Pad(cell, widths[i]+2)
			}
			line.WriteString(cell)
		}
		b.WriteString("  " + strings.TrimRight(line.String(), " ") + "\n")
	}
}

// oneLine is a text that stands in one line: names and notes must not look like
// lines of ours.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(printable(s), func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
}
