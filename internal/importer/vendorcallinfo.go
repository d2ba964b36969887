package importer

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// vendorCallinfo reads callinfo.db, which programs that save a phone through
// an agent on it write: a table "Calls" with the time and the length in words
// (formats.md 3.6).
type vendorCallinfo struct{ times *clockwork }

// VendorCallinfo is the format "vendor_callinfo".
func VendorCallinfo() Format { return vendorCallinfo{times: newClockwork()} }

// Name is the name of the format.
func (vendorCallinfo) Name() string { return "vendor_callinfo" }

// Recognise looks for the table.
func (f vendorCallinfo) Recognise(s *Sample) bool {
	_, ok := f.table(s)
	return ok
}

func (vendorCallinfo) table(s *Sample) (Table, bool) {
	return findTable(s.Tables, "calls", "number", "time")
}

// Read reads the table.
func (f vendorCallinfo) Read(ctx context.Context, in Input) (Rows, error) {
	t, _ := f.table(in.Sample) // Recognise found it
	years, words := newYears(in.Options, nil), newWords()
	columns := []string{"number", "name", "time", "talktime", "calltype"}
	return in.Database.read(ctx, in, t, columns, func(rec *journal.Record, cells []any) {
		fillNumber(rec, textOf(cells[0]), textOf(cells[1]))
		if talk := textOf(cells[3]); !isNothing(talk) {
			if d, err := domain.ParseDuration(talk); err == nil {
				rec.Duration = &d
			} else {
				rec.Note = noteDuration
			}
		}
		if kind := textOf(cells[4]); kind != "" {
			direction, ok := androidType(kind)
			if !ok {
				direction = words.read([]byte(kind)).direction
			}
			if rec.Direction = direction; direction == domain.DirectionUnknown {
				rec.Note = noteDirection
			}
		}
		w, ok := f.times.read(textOf(cells[2]))
		if !ok {
			rec.Reject, rec.Note = rejectTime, ""
		} else if rec.StartedAt, ok = years.at(w); !ok {
			rec.Reject, rec.Note = rejectYear, ""
		}
	})
}
