package filing

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// sheetChunk is how many rows are kept in one transaction: so many that its cost
// does not count, so few that the memory of their payloads does not either, and
// that other writers get their turn.
const sheetChunk = 4000

// sheetKey is what makes two rows of a sheet the same, as a hash: a sheet may
// have a million rows.
type sheetKey [16]byte

// sheetRun is one import of a sheet under way.
type sheetRun struct {
	s       *Service
	r       SheetRequest
	source  SheetSource
	from    *remembered
	reader  *rowReader
	report  *SheetReport
	counter *progress.Counter
	writer  string
	// seen are the complaints of a dry run so far; an import asks the store, which
	// has them.
	seen  map[sheetKey]struct{}
	chunk []NewBatchRow
}

func (run *sheetRun) all(ctx context.Context) error {
	if run.r.OnHead != nil {
		if err := run.r.OnHead(run.report.Head); err != nil {
			return err
		}
	}
	row, err := run.source.Next()
	if errors.Is(err, io.EOF) {
		return nil // a batch of nothing is none
	}
	after := 0
	if err == nil {
		if after, err = run.begin(ctx); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		if n%64 == 0 || err != nil {
			done, total := run.source.Progress()
			run.counter.SetTotal(total)
			run.counter.SetDone(done)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err() // what is in the chunk is read again by the next run
		case errors.Is(err, io.EOF):
			return run.finish(ctx)
		case err != nil:
			return errors.Join(err, run.flush(ctx)) // the whole rows before count
		case row.Line > after:
			if err := run.add(ctx, row); err != nil {
				return err
			}
		}
		row, err = run.source.Next()
	}
}

// begin makes the batch or carries on with one, and says behind which line.
func (run *sheetRun) begin(ctx context.Context) (after int, err error) {
	if run.r.DryRun && run.r.Digest == "" {
		return 0, nil
	}
	digest, err := asLookedAt("filing.ImportSheet", run.source, run.r)
	if err != nil || run.r.DryRun {
		return 0, err
	}
	head, now := run.report.Head, run.s.p.Clock.Now()
	run.writer = run.s.p.Source.UUID()
	start, err := run.s.p.Batches.BeginBatch(ctx, NewBatch{
		File: head.File, Sheet: head.Sheet, Titles: head.Titles(), ChannelID: run.from.ch.ID, Digest: digest,
		Mapping: placement(head), Writer: run.writer, Day: now.In(domain.China()).Format("20060102"), Now: now,
	})
	if err != nil {
		return 0, err
	}
	r := run.report
	r.Batch, r.CarriedOn = start.ID, start.Line > 0
	r.Queued, r.Duplicates, r.Rejected = start.Queued, start.Duplicates, start.Rejected
	run.counter.AddItems(int64(start.Queued))
	return start.Line, run.recallRejects(ctx, start)
}

// placement names the columns that are read by their places.
func placement(h SheetHead) string {
	var b strings.Builder
	for i, c := range h.Columns {
		if c.Field != "" {
			b.WriteString(string(c.Field) + "=" + strconv.Itoa(i+1) + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

// recallRejects tells of the rows that the run before this one rejected.
func (run *sheetRun) recallRejects(ctx context.Context, start BatchStart) error {
	if start.Rejected == 0 {
		return nil
	}
	for after := 0; ; {
		page, err := run.s.p.Batches.BatchRows(ctx, start.ID, BatchRowFilter{State: RowRejected}, after, MaxBatchRows)
		if err != nil {
			return err
		}
		for i := range page.Rows {
			row := &page.Rows[i]
			if err := run.reject(SheetRow{Line: row.Line, Cells: row.Cells}, row.Problems); err != nil {
				return err
			}
		}
		if after = page.Next; after == 0 {
			return nil
		}
	}
}

// add puts a row into the chunk.
func (run *sheetRun) add(ctx context.Context, row SheetRow) error {
	c, problems, err := run.s.buildRow(ctx, run.from, run.reader, row)
	if err != nil {
		return err
	}
	kept := NewBatchRow{Line: row.Line, Cells: row.Cells, Problems: problems}
	if len(problems) == 0 {
		c.Batch = run.report.Batch
		q, err := run.s.freeze(run.from.ch, c, run.s.p.Clock.Now())
		if err != nil {
			return err
		}
		kept.Queue = &q
	}
	if run.chunk = append(run.chunk, kept); len(run.chunk) == sheetChunk {
		return run.flush(ctx)
	}
	return nil
}

// flush keeps the rows of the chunk.
func (run *sheetRun) flush(ctx context.Context) error {
	rows := run.chunk
	if len(rows) == 0 {
		return nil
	}
	keep := run.keep
	if run.r.DryRun {
		keep = run.rehearse
	}
	added, err := keep(ctx, rows)
	if err != nil {
		return err
	}
	queued := run.report.Queued
	for i := range added {
		switch added[i].State {
		case RowQueued:
			run.report.Queued++
		case RowDuplicate:
			run.report.Duplicates++
		case RowRejected:
			run.report.Rejected++
			run.counter.AddFailed(1)
			if err := run.reject(SheetRow{Line: rows[i].Line, Cells: rows[i].Cells}, rows[i].Problems); err != nil {
				return err
			}
		}
	}
	clear(rows)
	run.chunk = rows[:0]
	if queued = run.report.Queued - queued; queued > 0 {
		run.counter.AddItems(int64(queued))
		if !run.r.DryRun {
			run.s.p.Queued()
		}
	}
	return nil
}

func (run *sheetRun) keep(ctx context.Context, rows []NewBatchRow) ([]AddedRow, error) {
	// A transaction is either kept or not; a stop that comes while it ends must not
	// leave that open.
	return run.s.p.Batches.AddBatchRows(context.WithoutCancel(ctx), run.report.Batch, run.writer, rows, run.s.p.Clock.Now())
}

// rehearse says what keep would do, and writes nothing.
func (run *sheetRun) rehearse(ctx context.Context, rows []NewBatchRow) ([]AddedRow, error) {
	list, places := make([]domain.Complaint, 0, len(rows)), make([]int, 0, len(rows))
	out := make([]AddedRow, len(rows))
	for i := range rows {
		out[i].State = RowRejected
		if q := rows[i].Queue; q != nil {
			list, places = append(list, q.Complaint), append(places, i)
		}
	}
	there, err := run.s.p.Batches.FindDuplicates(ctx, list)
	if err != nil {
		return nil, err
	}
	for n, i := range places {
		key := keyOf(&list[n])
		_, seen := run.seen[key]
		run.seen[key] = struct{}{}
		if out[i] = (AddedRow{State: RowQueued}); seen || there[n] != "" {
			out[i] = AddedRow{State: RowDuplicate, Duplicate: there[n]}
		}
	}
	return out, nil
}

// keyOf is what FindDuplicate tells complaints apart by.
func keyOf(c *domain.Complaint) sheetKey {
	party := strconv.FormatInt(int64(c.PersonID), 10)
	if c.PersonID == 0 {
		party += " " + c.Party()
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{
		strconv.FormatInt(c.Body.Calls[0].StartedAt.Unix(), 10), c.Body.Caller.Number, party,
	}, "\x00")))
	return sheetKey(sum[:16])
}

// reject tells of a row that is not filed.
func (run *sheetRun) reject(row SheetRow, problems []RowProblem) error {
	for _, p := range problems {
		run.report.ProblemsFor[p.Key]++
	}
	if len(run.report.Rejects) < cmp.Or(run.r.Rejects, MaxSheetRejects) {
		run.report.Rejects = append(run.report.Rejects, RowReject{Line: row.Line, Cells: row.Cells, Problems: problems})
	}
	if run.r.OnReject == nil {
		return nil
	}
	return run.r.OnReject(row, problems)
}

func (run *sheetRun) finish(ctx context.Context) error {
	if err := run.flush(ctx); err != nil || run.r.DryRun {
		return err
	}
	return run.s.p.Batches.FinishBatch(context.WithoutCancel(ctx), run.report.Batch, run.writer, run.s.p.Clock.Now())
}
