package importer

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// androidCalls reads the call log of Android: the table "calls" of calllog.db
// and, of older versions, contacts2.db (formats.md 3.3). Which columns it has
// depends on the version and the vendor; only the time and the number must be
// there. Huawei's own marks ("mark_content") are what its users were told
// about a number, not what they said themselves, and are left out.
type androidCalls struct{}

// AndroidCallLog is the format "android_calllog".
func AndroidCallLog() Format { return androidCalls{} }

// The columns of the table, in the order in which they are read.
const (
	androidNumber = iota
	androidPresentation
	androidDate
	androidDuration
	androidKind
	androidName
	androidDeleted
	androidBlocked
	androidRing
)

func androidColumns() []string {
	return []string{"number", "presentation", "date", "duration", "type", "name", "deleted", "block_reason", "ring_times"}
}

// Name is the name of the format.
func (androidCalls) Name() string { return "android_calllog" }

// Recognise looks for the table.
func (f androidCalls) Recognise(s *Sample) bool {
	_, ok := f.table(s)
	return ok
}

func (androidCalls) table(s *Sample) (Table, bool) {
	return findTable(s.Tables, "calls", "number", "date")
}

// Read reads the table.
func (f androidCalls) Read(ctx context.Context, in Input) (Rows, error) {
	t, _ := f.table(in.Sample) // Recognise found it
	return in.Database.read(ctx, in, t, androidColumns(), func(rec *journal.Record, cells []any) {
		fillAndroid(rec, cells, in.Options)
	})
}

func fillAndroid(rec *journal.Record, cells []any, o journal.ImportOptions) {
	if n, ok := numberOf(cells[androidDeleted]); ok && n != 0 {
		rec.Skip = skipDeleted
		return
	}
	fillDuration(rec, cells[androidDuration])
	if ring, ok := secondsOf(cells[androidRing]); ok {
		rec.Ring = ring
	}
	if kind := textOf(cells[androidKind]); kind != "" {
		direction, ok := androidType(kind)
		if rec.Direction = direction; !ok {
			rec.Note = noteDirection
		}
	}
	// A call that a rule refused is a blocked one, also where a vendor files it
	// under the missed or the rejected ones (0 is "not blocked").
	if n, ok := numberOf(cells[androidBlocked]); ok && n > 0 {
		switch rec.Direction {
		case domain.DirectionMissed, domain.DirectionRejected, domain.DirectionUnknown:
			rec.Direction = domain.DirectionBlocked
		default:
		}
	}
	fillNumber(rec, textOf(cells[androidNumber]), textOf(cells[androidName]))
	switch textOf(cells[androidPresentation]) {
	case "2", "3", "4": // restricted, unknown, payphone
		rec.Number = ""
	}
	ms, ok := numberOf(cells[androidDate])
	at, in := momentOf(ms, o.Zone)
	if rec.StartedAt = at; !ok || !in {
		rec.Reject, rec.Note = rejectTime, ""
	}
}
