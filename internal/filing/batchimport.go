package filing

import (
	"context"
	"errors"
	"io"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// SheetRequest says which sheet to read and how.
type SheetRequest struct {
	// Path is the file: CSV, XLSX or XLS.
	Path string
	// Channel is a name; empty means the default.
	Channel string
	// Mapping says where the fields are; it is remembered for sheets with the same
	// titles. Nil where the titles or what is remembered tell.
	Mapping SheetMapping
	// ForgetMapping has what is remembered for the titles forgotten.
	ForgetMapping bool
	// Digest is that of the preview; the file is refused where it has another by
	// now. Empty for whatever stands in the file.
	Digest string
	// Anyway files although a guard asks back about a row (Overridable).
	Anyway bool
	// DryRun does all of the work and writes nothing.
	DryRun bool
	// Language is the language the complaints are written in, a BCP 47 tag.
	Language string
	// Zone is used for times without an offset; China's where nil.
	Zone *time.Location
	// Rejects is how many rejected rows the report lists, MaxSheetRejects where 0.
	Rejects int
	// OnHead hears of the sheet before its rows, OnReject of every rejected row in
	// turn, also of those of an earlier run that this one carries on. An error of
	// theirs stops the import. Nil for nobody.
	OnHead   func(SheetHead) error
	OnReject func(SheetRow, []RowProblem) error
}

// RowReject is a row that is not filed, and why.
type RowReject struct {
	Line     int
	Cells    []string
	Problems []RowProblem
}

// MaxSheetRejects is how many rejected rows a report lists unless it is asked for
// more; the counts hold all.
const MaxSheetRejects = 1000

// SheetReport is what the import of a sheet did. Rows is always Queued +
// Duplicates + Rejected.
type SheetReport struct {
	// Batch is the ID of the batch; empty after a dry run.
	Batch string
	Head  SheetHead
	// Channel is the name of the channel, and Practice says that it files nothing
	// anywhere.
	Channel  string
	Practice bool
	DryRun   bool
	// CarriedOn says that an interrupted import of the same sheet was carried on;
	// the counts hold its rows too.
	CarriedOn bool
	Rows      int
	// Queued are the complaints that went into the outbox, in a dry run those that
	// would.
	Queued int
	// Duplicates are rows whose caller, call time and complainant are queued or
	// filed already or stand in the sheet before.
	Duplicates int
	// Rejected are rows with a problem; Rejects are the first of them.
	Rejected int
	Rejects  []RowReject
	// ProblemsFor counts the problems by their key.
	ProblemsFor map[string]int
}

// SheetPreview is what is shown of a sheet before it is read.
type SheetPreview struct {
	Head SheetHead
	// Rows are the first PreviewRows rows with what is wrong with each; while a
	// required column is missing, their cells alone. Without a channel nothing is
	// held against what its endpoint takes.
	Rows []RowReject
	// Bytes is the size of the file, Digest its SHA-256 in hexadecimal.
	Bytes  int64
	Digest string
}

// PreviewRows is how many rows a preview shows.
const PreviewRows = 20

// PreviewSheet looks at the beginning of a sheet: titles, the mapping that it
// proposes, and the first rows with every problem. It is the code that
// ImportSheet runs, and it writes nothing. It fails like Sheets.OpenSheet, and with
// Conflict "sheet.changed" (Args: File); where columns are missing the head says so.
func (s *Service) PreviewSheet(ctx context.Context, r SheetRequest) (SheetPreview, error) {
	const op = "filing.PreviewSheet"
	r.DryRun = true
	source, err := s.openSheet(ctx, op, r)
	if err != nil {
		return SheetPreview{}, err
	}
	defer func() { _ = source.Close() }() // it was only read
	p := SheetPreview{Head: source.Head()}
	_, p.Bytes = source.Progress()
	if p.Digest, err = asLookedAt(op, source, r); err != nil {
		return p, stopped(ctx, op, err)
	}
	ch, err := s.pickChannel(ctx, r.Channel)
	if key := domain.KeyOf(err); err != nil && key != "channel.none" && key != "channel.no_default" {
		return p, err
	}
	from, err := s.remember(ctx, ch)
	if err != nil {
		return p, err
	}
	reader := s.newRowReader(p.Head, r)
	for len(p.Rows) < PreviewRows {
		row, err := source.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return p, stopped(ctx, op, err)
		}
		shown := RowReject{Line: row.Line, Cells: row.Cells}
		if len(p.Head.Missing) == 0 {
			if _, shown.Problems, err = s.buildRow(ctx, from, reader, row); err != nil {
				return p, stopped(ctx, op, err)
			}
		}
		p.Rows = append(p.Rows, shown)
	}
	return p, nil
}

// ImportSheet queues every sound row of a sheet as a batch. A bad row stops
// nobody; what was queued stays, also where an error ends the import, and the
// same sheet again carries on where it stopped. The counter, which may be nil,
// takes the bytes read, as items the rows queued, as failed those rejected. It
// fails with what OpenSheet fails with, with Invalid "sheet.column_missing"
// (Args: Field), Invalid "sheet.no_rows" (Args: File), Conflict "sheet.changed"
// (Args: File), and what picking the channel fails with.
func (s *Service) ImportSheet(ctx context.Context, r SheetRequest, c *progress.Counter) (SheetReport, error) {
	const op = "filing.ImportSheet"
	report := SheetReport{DryRun: r.DryRun, ProblemsFor: map[string]int{}}
	source, err := s.openSheet(ctx, op, r)
	if err != nil {
		return report, err
	}
	defer func() { _ = source.Close() }() // it was only read
	report.Head = source.Head()
	if missing := report.Head.Missing; len(missing) > 0 {
		return report, domain.E(op, domain.Invalid, "sheet.column_missing", domain.Args{"Field": joinFields(missing), "First": string(missing[0])}, nil).
			At("/map/" + string(missing[0]))
	}
	ch, err := s.pickChannel(ctx, r.Channel)
	if err != nil {
		return report, err
	}
	from, err := s.remember(ctx, ch)
	if err != nil {
		return report, err
	}
	if c == nil {
		c = &progress.Counter{}
	}
	report.Channel, report.Practice = from.ch.Name, IsPractice(from.ch)
	run := sheetRun{
		s: s, r: r, source: source, from: from, reader: s.newRowReader(report.Head, r), report: &report, counter: c,
		seen: map[sheetKey]struct{}{},
	}
	err = run.all(ctx)
	report.Head = source.Head() // its character set may only show further on
	if kept := s.keepSheetMapping(context.WithoutCancel(ctx), r, &report); err == nil {
		err = kept
	}
	report.Rows = report.Queued + report.Duplicates + report.Rejected
	if err == nil && report.Rows == 0 {
		err = domain.E(op, domain.Invalid, "sheet.no_rows", domain.Args{"File": report.Head.File}, nil)
	}
	return report, stopped(ctx, op, err)
}

// asLookedAt gives the digest of the file, provided it is that of the request.
func asLookedAt(op string, source SheetSource, r SheetRequest) (string, error) {
	digest, err := source.Digest()
	if err == nil && r.Digest != "" && digest != r.Digest {
		err = domain.E(op, domain.Conflict, "sheet.changed", domain.Args{"File": source.Head().File}, nil)
	}
	return digest, err
}

// stopped tells a stopped import from one that failed.
func stopped(ctx context.Context, op string, err error) error {
	if err != nil && ctx.Err() != nil {
		return domain.E(op, domain.Cancelled, "cancelled", nil, err)
	}
	return err
}

// openSheet opens a sheet by the mapping of the request or the remembered one.
func (s *Service) openSheet(ctx context.Context, op string, r SheetRequest) (SheetSource, error) {
	if err := r.Mapping.judge(op); err != nil {
		return nil, err
	}
	o := SheetOptions{Mapping: r.Mapping, Recall: s.p.Batches.SheetMapping}
	switch {
	case len(r.Mapping) > 0, r.ForgetMapping && r.DryRun:
		o.Recall = nil
	case r.ForgetMapping:
		o.Recall = func(ctx context.Context, fingerprint string) (SheetMapping, error) {
			return nil, s.p.Batches.SaveSheetMapping(ctx, fingerprint, nil, s.p.Clock.Now())
		}
	}
	return s.p.Sheets.OpenSheet(ctx, r.Path, o)
}

// keepSheetMapping remembers what the user said of the columns, once rows were
// read by it.
func (s *Service) keepSheetMapping(ctx context.Context, r SheetRequest, report *SheetReport) error {
	if len(r.Mapping) == 0 || r.DryRun || report.Queued+report.Duplicates == 0 {
		return nil
	}
	return s.p.Batches.SaveSheetMapping(ctx, report.Head.Fingerprint, r.Mapping, s.p.Clock.Now())
}

// buildRow makes a complaint of a row, or says what is wrong with it.
func (s *Service) buildRow(ctx context.Context, from sources, reader *rowReader, row SheetRow) (domain.Complaint, []RowProblem, error) {
	in, unread := reader.input(row)
	if in.Complainant == nil {
		return domain.Complaint{}, unread, nil // no row at all
	}
	c, err := s.buildFrom(ctx, from, in)
	var wrong domain.Problems
	if err != nil && !errors.As(err, &wrong) {
		return domain.Complaint{}, nil, err
	}
	return c, problemsOf(wrong, unread), nil
}
