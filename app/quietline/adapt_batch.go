package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/report"
)

// batchFiles write what the Batch page hands out, in the language of the moment.
// The user was asked before a file is replaced.
type batchFiles struct {
	complaintFiles
	filing *filing.Service
}

// Template writes an empty sheet.
func (f batchFiles) Template(_ context.Context, path string) error {
	return report.CreateTemplate(path, true, f.frozen())
}

// Results writes the sheet of a batch with what became of its rows.
func (f batchFiles) Results(ctx context.Context, batch, path string) error {
	_, err := report.WriteResults(ctx, f.sheet(batch, path))
	return err
}

// Rejects writes the rows of a batch that could not be filed.
func (f batchFiles) Rejects(ctx context.Context, batch, path string) error {
	_, err := report.WriteRejects(ctx, f.sheet(batch, path))
	return err
}

// Problems writes the rows that could not be filed if the sheet were read now.
func (f batchFiles) Problems(ctx context.Context, r filing.SheetRequest, path string) (err error) {
	var out *report.Sheet
	r.DryRun = true
	r.OnHead = func(h filing.SheetHead) error {
		out, err = report.CreateRejectedRows(path, true, h.Titles(), f.frozen())
		return err
	}
	r.OnReject = func(row filing.SheetRow, problems []filing.RowProblem) error {
		return out.WriteRejected(row.Cells, problems)
	}
	_, err = f.filing.ImportSheet(ctx, r, nil)
	if out == nil {
		return err
	}
	defer out.Discard()
	if err != nil {
		return err
	}
	return out.Commit()
}

func (f batchFiles) sheet(batch, path string) report.BatchFileParams {
	return report.BatchFileParams{
		Batches: f.filing, ID: batch, Path: path, Replace: true, Printer: f.frozen(), Zone: domain.China(),
	}
}

// Receipts writes the receipts of a batch into one PDF, in the order of its sheet.
func (f batchFiles) Receipts(ctx context.Context, batch, path string) error {
	var ids []domain.ComplaintID
	for after := 0; ; {
		page, err := f.filing.BatchRows(ctx, batch, filing.BatchRowFilter{State: filing.RowQueued}, after, filing.MaxBatchRows)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if r.SendState == domain.SendSent || r.SendState == domain.SendToken {
				ids = append(ids, r.ComplaintID)
			}
		}
		if after = page.Next; after == 0 {
			break
		}
	}
	out, err := f.complaintFiles.Receipts(path, batch)
	if err != nil {
		return err
	}
	defer out.Discard()
	if err := f.filing.EachRecord(ctx, filing.Selection{IDs: ids}, out.Write, nil); err != nil {
		return err
	}
	return out.Commit()
}
