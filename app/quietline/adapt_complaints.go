package main

import (
	"context"

	"quietline/internal/domain"
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
	})
}
