package report

import (
	"context"
	"time"

	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// Batches give batches and their rows; filing.Service does.
type Batches interface {
	Batch(ctx context.Context, id string) (filing.Batch, error)
	BatchRows(ctx context.Context, id string, f filing.BatchRowFilter, after, limit int) (filing.BatchRowPage, error)
}

// BatchFileParams say which sheet of a batch to write, and where.
type BatchFileParams struct {
	Batches Batches
	ID      string
	Path    string
	// Replace puts it in the place of a file that is there.
	Replace bool
	Printer *l10n.Printer
	// Zone is that of the times of results.
	Zone *time.Location
}

// WriteResults writes the sheet of a batch with what became of every row and says
// how many there are. It fails like CreateResults and like the batches; a file that
// could not be written whole does not appear.
func WriteResults(ctx context.Context, p BatchFileParams) (rows int, err error) {
	b, err := p.Batches.Batch(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	f, err := CreateResults(p.Path, p.Replace, b.Titles, p.Printer, p.Zone)
	if err != nil {
		return 0, err
	}
	f.practice = b.Practice
	return p.write(ctx, f, filing.BatchRowFilter{}, f.WriteResult)
}

// WriteRejects writes the rows of a batch that could not be filed, to be corrected
// and imported again, and says how many there are. It fails like WriteResults.
func WriteRejects(ctx context.Context, p BatchFileParams) (rows int, err error) {
	b, err := p.Batches.Batch(ctx, p.ID)
	if err != nil {
		return 0, err
	}
	f, err := CreateRejectedRows(p.Path, p.Replace, b.Titles, p.Printer)
	if err != nil {
		return 0, err
	}
	return p.write(ctx, f, filing.BatchRowFilter{State: filing.RowRejected}, func(r filing.BatchRow) error {
		return f.WriteRejected(r.Cells, r.Problems)
	})
}

func (p BatchFileParams) write(ctx context.Context, f *Sheet, which filing.BatchRowFilter, take func(filing.BatchRow) error) (int, error) {
	defer f.Discard()
	for after := 0; ; {
		page, err := p.Batches.BatchRows(ctx, p.ID, which, after, filing.MaxBatchRows)
		if err != nil {
			return 0, err
		}
		for _, r := range page.Rows {
			if err := take(r); err != nil {
				return 0, err
			}
		}
		if after = page.Next; after == 0 {
			return f.Rows(), f.Commit()
		}
	}
}

// CreateTemplate writes an empty sheet with a column for everything that a sheet
// of complaints can hold, titled in the language of the moment. It fails like
// Create or, without replace, like CreateNew.
func CreateTemplate(path string, replace bool, p *l10n.Printer) error {
	fields := filing.SheetFields()
	titles := make([]string, len(fields))
	for i, f := range fields {
		titles[i] = p.T("sheet." + string(f))
	}
	create := CreateNew
	if replace {
		create = Create
	}
	f, err := create(path, titles)
	if err != nil {
		return err
	}
	defer f.Discard()
	return f.Commit()
}
