package report

import (
	"cmp"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// MostReceipts is how many receipts one file takes.
const MostReceipts = 20_000

// CreateReceipt writes the receipt of one complaint as a PDF; it fails like
// CreatePDF.
func CreateReceipt(path string, replace bool, d filing.Detail, p ReceiptParams) error {
	return CreatePDF(path, replace, Receipt(p, d, 0), p.pdf("receipt.page"))
}

// pdf is how receipts are laid out, with the words for the number of a page.
func (p ReceiptParams) pdf(page string) PDFParams {
	return PDFParams{
		At: p.At, Page: func(n int) string { return p.Printer.T(page, l10n.Args{"Page": n}) },
		Lacking: Lacking(p.Printer),
	}
}

// Lacking says in words which characters a PDF shows as boxes, for PDFParams.
func Lacking(p *l10n.Printer) func(codes string) string {
	return func(codes string) string { return p.T("receipt.lacking", l10n.Args{"Codes": codes}) }
}

// Receipts is a PDF of many receipts behind a table of what is in it, which is
// being written beside the place where it will stand. It needs the memory of one
// receipt and of the rows of the table. End it with Commit or Discard. It is for
// one goroutine.
type Receipts struct {
	p      ReceiptParams
	title  string
	file   *File
	stream *pdfStream
	rows   [][]string
	all    bool // every one so far was practice
	gone   bool // thrown away, so that nothing is to be finished
}

// CreateReceipts begins the file path; title says what the receipts are of. It
// fails like CreatePDF.
func CreateReceipts(path string, replace bool, title string, p ReceiptParams) (*Receipts, error) {
	const op = "report.CreateReceipts"
	if !strings.EqualFold(filepath.Ext(path), endingPDF) {
		return nil, domain.E(op, domain.Invalid, "report.pdf_ending", domain.Args{"File": path}, nil)
	}
	r := &Receipts{p: p, title: title, all: true}
	if _, err := os.Lstat(path); err == nil && !replace {
		return nil, exists(op, path)
	}
	var err error
	r.file, err = begin(op, path, replace, func(w io.Writer) (Table, error) {
		stream, err := newPDFStream(w)
		if err != nil {
			return nil, domain.E(op, domain.Internal, "internal", nil, err)
		}
		r.stream = stream
		return receiptTable{r}, nil
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Write adds the receipt of a complaint. It fails with Invalid
// "report.too_many_receipts" (Args: Most) where the file is full, and with
// Unavailable "report.failed" where the disk takes no more.
func (r *Receipts) Write(d filing.Detail) error {
	if len(r.rows) == MostReceipts {
		return domain.E("report.Write", domain.Invalid, "report.too_many_receipts", domain.Args{"Most": MostReceipts}, nil)
	}
	c := d.Complaint
	no := len(r.rows) + 1
	state := r.p.Printer.Term("send_state", string(c.SendState))
	if c.ByHand() {
		state = r.p.Printer.T("by_hand.state")
	}
	theirs := r.p.Printer.Term("case_state", string(c.CaseState))
	if d.Practice {
		aside := r.p.Printer.T("report.aside", l10n.Args{"Text": "", "Aside": r.p.Printer.T("receipt.practice.short")})
		state += "\n" + strings.TrimSpace(aside) // on a line of its own, as the time is
	}
	r.all = r.all && d.Practice
	when := ""
	if at := SentAt(d); !at.IsZero() {
		when = at.In(r.p.Zone).Format(receiptTime)
	}
	r.rows = append(r.rows, []string{strconv.Itoa(no), cmp.Or(c.Body.Caller.Displayed, c.Body.Caller.Number), c.ReceiptNumber, state, theirs, when})
	r.lay(Receipt(r.p, d, no), r.p.pdf("receipt.page"))
	return r.file.Write(nil)
}

// lay puts a document behind what is there; its pages are counted from 1.
func (r *Receipts) lay(d Document, p PDFParams) {
	page := &pdfPage{canvas: r.stream, document: d, p: p, font: r.stream.font}
	r.stream.restart(page.foot)
	page.AddPage()
	page.write()
}

// Rows is the number of receipts written so far.
func (r *Receipts) Rows() int { return r.file.Rows() }

// Commit finishes the file and puts it in its place, like File.Commit.
func (r *Receipts) Commit() error { return r.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (r *Receipts) Discard() {
	r.gone = true
	r.file.Discard()
}

// cover is the table of all receipts; it is written last and read first.
func (r *Receipts) cover() {
	p := r.p.Printer
	doc := Document{
		Language: string(p.Language()), Title: r.title,
		Subtitle: p.N("receipt.cover.subtitle", len(r.rows), l10n.Args{"Time": r.p.At.In(r.p.Zone).Format(receiptTime)}),
		Footer:   p.T("receipt.footer"),
	}
	if r.all && len(r.rows) > 0 {
		doc.Parts = append(doc.Parts, Part{Notice: p.T("receipt.practice")})
	}
	doc.Parts = append(doc.Parts, Part{Table: &Grid{
		Head: []string{
			p.T("receipt.no"), p.T("complaints.field.number"), p.T("complaints.receipt"),
			p.T("receipt.state.ours"), p.T("receipt.state.theirs"), p.T("receipt.time"),
		},
		Rows: r.rows, Weights: []float64{1.2, 3.1, 4.6, 3.0, 3.0, 2.6},
	}})
	n := len(r.stream.pages)
	if r.stream.open {
		n++
	}
	r.lay(doc, r.p.pdf("receipt.cover.page"))
	r.stream.toFront(n)
}

// receiptTable has a file keep count of receipts and end as a PDF does.
type receiptTable struct{ r *Receipts }

func (t receiptTable) Write([]string) error { return t.r.stream.err }

func (t receiptTable) Close() error {
	if t.r.gone {
		return nil
	}
	t.r.cover()
	return t.r.stream.finish(pdfText(t.r.title), string(t.r.p.Printer.Language()), t.r.p.At)
}
