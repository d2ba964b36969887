package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/complaints"
)

// papers writes what the user enters into a form elsewhere.
type papers struct {
	printer *l10n.Printer
	clock   domain.Clock
}

// Save writes a form, in place of a file that is there: the user was asked.
func (p papers) Save(_ context.Context, path string, f complaints.Format, form report.AssistedForm) error {
	if f == complaints.Mail {
		return report.CreateMail(path, true, form, p.clock.Now())
	}
	return report.CreatePDF(path, true, form.Document(), report.PDFParams{
		At: p.clock.Now(), Page: func(n int) string { return p.printer.T("digest.page", l10n.Args{"Page": n}) },
		Lacking: report.Lacking(p.printer),
	})
}

// complaintFiles writes complaints out, in the language of the moment. The user
// was asked before a file is replaced.
type complaintFiles struct {
	printer *l10n.Printer
	clock   domain.Clock
}

// Complaints begins a table, or an array for programs.
func (f complaintFiles) Complaints(path string) (complaints.OutputFile, error) {
	return report.CreateComplaints(path, true, report.ComplaintsParams{Printer: f.frozen(), Zone: domain.China()})
}

// Receipts begins a file of receipts.
func (f complaintFiles) Receipts(path, batch string) (complaints.OutputFile, error) {
	title := f.printer.T("receipt.cover.title")
	if batch != "" {
		title = f.printer.T("receipt.cover.batch", l10n.Args{"Batch": batch})
	}
	return report.CreateReceipts(path, true, title, f.receipts())
}

// Receipt writes the receipt of one complaint.
func (f complaintFiles) Receipt(_ context.Context, path string, d filing.Detail) error {
	return report.CreateReceipt(path, true, d, f.receipts())
}

func (f complaintFiles) receipts() report.ReceiptParams {
	return report.ReceiptParams{Printer: f.frozen(), Zone: domain.China(), At: f.clock.Now()}
}

// frozen speaks the language of now, also where the user chooses another one
// while the file is written.
func (f complaintFiles) frozen() *l10n.Printer { return f.printer.In(f.printer.Language()) }
