package importer

import (
	"bytes"
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// skipNoNumber is the reason for a complaint that names no number.
const skipNoNumber = "no_number"

// ftc reads the "Do Not Call Reported Calls" of the Federal Trade Commission of
// the United States, a CSV file a day (formats.md D.13): the calls that people
// complained about. They are nobody's own log, so whoever imports them keeps
// them under a person of their own; each is an incoming call of the number
// complained about, at the moment of the violation.
type ftc struct{ times *clockwork }

// FTCReportedCalls is the format "ftc_dnc".
func FTCReportedCalls() Format { return ftc{times: newClockwork()} }

func (ftc) Name() string { return "ftc_dnc" }

func (f ftc) Recognise(s *Sample) bool {
	if s.Binary {
		return false
	}
	_, ok := readFTCTitles(newLines(bytes.NewReader(s.Text), ','))
	return ok
}

// ftcColumns say where the columns stand.
type ftcColumns struct{ number, at, count int }

func readFTCTitles(in *lines) (ftcColumns, bool) {
	got, err := in.next()
	if err != nil {
		return ftcColumns{}, false
	}
	titles := make([]string, len(got.fields))
	for i, cell := range got.fields {
		titles[i], _ = foldTitle(string(cell))
	}
	c := ftcColumns{
		number: slices.Index(titles, "companyphonenumber"), at: slices.Index(titles, "violationdate"), count: len(titles),
	}
	return c, c.number >= 0 && c.at >= 0 && slices.Contains(titles, "subject")
}

func (f ftc) Read(_ context.Context, in Input) (Rows, error) {
	r := &ftcRows{lines: newLines(in.Text, ','), times: f.times, years: newYears(in.Options, nil)}
	r.columns, _ = readFTCTitles(r.lines) // Recognise found them
	return r, nil
}

type ftcRows struct {
	lines   *lines
	times   *clockwork
	years   *years
	columns ftcColumns
}

// Next gives the next record. The last row of a file that lacks its line end
// and some of its cells was cut off.
func (r *ftcRows) Next() (journal.Record, error) {
	for {
		got, err := r.lines.next()
		if err != nil {
			return journal.Record{}, err
		}
		rec := journal.Record{Line: got.line, Direction: domain.DirectionUnknown, Reject: got.damage}
		short := len(got.fields) < r.columns.count
		switch {
		case !got.ended && (got.damage != "" || short || len(got.fields[len(got.fields)-1]) == 0):
			return journal.Record{}, truncated()
		case got.damage != "":
		case firstFilled(got.fields) == nil:
			continue
		case len(got.fields) <= max(r.columns.number, r.columns.at):
			rec.Reject = rejectColumns
		default:
			r.fill(&rec, got.fields)
		}
		if rec.Reject != "" {
			rec.Text = excerpt(got.raw)
		}
		return rec, nil
	}
}

func (r *ftcRows) fill(rec *journal.Record, cells [][]byte) {
	number := string(bare(cells[r.columns.number]))
	if isHidden(number) {
		rec.Skip = skipNoNumber
		return
	}
	rec.Number, rec.Direction = northAmerican(number), domain.DirectionIncoming
	w, ok := r.times.read(string(cells[r.columns.at]))
	switch {
	case isRounded(number):
		rec.Reject = rejectRounded
	case !ok:
		rec.Reject = rejectTime
	default:
		if rec.StartedAt, ok = r.years.at(w); !ok {
			rec.Reject = rejectYear
		}
	}
}

// northAmerican puts the country code before the ten digits of a number of the
// United States, which would be a landline in Guangzhou or nothing at all
// without it.
func northAmerican(number string) string {
	switch n := significant(number); {
	case len(n) == 10 && n[0] >= '2':
		return "+1" + n
	case len(n) == 11 && n[0] == '1':
		return "+" + n
	}
	return number
}
