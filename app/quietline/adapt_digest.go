package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/digest"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
)

// openDigest shows the weekly digest of a person.
func (d *desktop) openDigest(e *kit.Env, person domain.Person) {
	digest.Open(digest.Params{
		Env: e, Lookout: d.space.Lookout, Files: digests{e.Printer, e.Clock}, Person: person,
		Name: family.NameOf(e.Printer, person),
		Words: func(x insight.Digest, week lookout.Week) report.Document {
			return report.Digest(e.Printer, x, week.String(), func(code string) string {
				return report.ListedAs(e.Printer, d.space.Checker.Check(code, ""))
			})
		},
	})
}

// digests writes digests into files.
type digests struct {
	printer *l10n.Printer
	clock   domain.Clock
}

// Save writes a digest, in place of a file that is there: the user was asked.
func (w digests) Save(_ context.Context, path string, f digest.Format, d report.Document) error {
	if f == digest.Text {
		return report.CreateText(path, true, d)
	}
	return report.CreatePDF(path, true, d, report.PDFParams{
		At: w.clock.Now(), Page: func(n int) string { return w.printer.T("digest.page", l10n.Args{"Page": n}) },
	})
}
