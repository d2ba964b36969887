package importer

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// noteFritzType is the doubt about a call of type 3, see fritzRows.direction.
const noteFritzType = "fritz_type"

// fritz reads the call list of a FRITZ!Box, a CSV file by minutes (formats.md
// 3.9, D.10). Its columns stand in one order in every version and language, so
// they are told by place: their titles differ, and in one version two are the
// same.
type fritz struct{ date, duration *regexp.Regexp }

// FritzBox is the format "fritzbox".
func FritzBox() Format {
	return fritz{
		date:     regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4}) +(\d{1,2}):(\d{2})(?::(\d{2}))?$`),
		duration: regexp.MustCompile(`^(\d{1,3}):([0-5]\d)$`),
	}
}

func (fritz) Name() string { return "fritzbox" }

func (f fritz) Recognise(s *Sample) bool {
	if s.Binary {
		return false
	}
	_, ok := findFritzColumns(s.Text)
	return ok
}

// fritzColumns say where the columns stand; name is -1 in very old lists.
type fritzColumns struct {
	delimiter                         byte
	row                               int // of the titles, from 0
	count                             int
	name, number, extension, own, end int
}

// findFritzColumns looks for the titles in the first two rows: the first may be
// the "sep=;" by which spreadsheets know the delimiter. Programs that saved the
// list again wrote other delimiters.
func findFritzColumns(sample []byte) (fritzColumns, bool) {
	for _, d := range []byte(";,\t") {
		in := newLines(bytes.NewReader(sample), d)
		for row := range 2 {
			got, err := in.next()
			if err != nil {
				break
			}
			if c, ok := readFritzTitles(got.fields); ok {
				c.delimiter, c.row = d, row
				return c, true
			}
		}
	}
	return fritzColumns{}, false
}

// readFritzTitles knows the titles by the first two and the last, with the
// extension between them: the other party's number stands before it, the own
// one behind.
func readFritzTitles(cells [][]byte) (fritzColumns, bool) {
	titles := make([]string, len(cells))
	for i, cell := range cells {
		titles[i], _ = foldTitle(string(cell))
	}
	is := func(at int, words ...string) bool { return at >= 0 && slices.Contains(words, titles[at]) }
	c := fritzColumns{count: len(titles), end: len(titles) - 1, name: slices.Index(titles, "name")}
	c.extension = slices.IndexFunc(titles, func(t string) bool { return t == "nebenstelle" || t == "extension" })
	c.number = slices.IndexFunc(titles, func(t string) bool {
		return t == "rufnummer" || t == "number" || t == "telephonenumber"
	})
	c.own = c.extension + 1
	ok := len(titles) >= 6 && is(0, "typ", "type") && is(1, "datum", "date") && is(c.end, "dauer", "duration") &&
		c.number > 1 && c.number < c.extension && c.own < c.end && c.name < c.number
	return c, ok
}

func (f fritz) Read(_ context.Context, in Input) (Rows, error) {
	c, _ := findFritzColumns(in.Sample.Text) // Recognise found it
	r := &fritzRows{fritz: f, lines: newLines(in.Text, c.delimiter), at: c, zone: in.Options.Zone}
	for range c.row + 1 {
		if _, err := r.lines.next(); err != nil {
			return nil, err
		}
	}
	r.lookAhead(in.Sample.Text)
	return r, nil
}

type fritzRows struct {
	fritz
	lines *lines
	at    fritzColumns
	zone  *time.Location
	// threeBlocks tells that type 3 is a blocked call, threeCalls that it is an
	// outgoing one; neither where the list does not show it.
	threeBlocks, threeCalls bool
}

// lookAhead finds out which generation of types the list has: type 4 is only
// in that where 3 is a blocked call, type 10 only in that where 3 is an
// outgoing one.
func (r *fritzRows) lookAhead(sample []byte) {
	ahead := newLines(bytes.NewReader(sample), r.at.delimiter)
	for n := 0; ; n++ {
		got, err := ahead.next()
		if err != nil {
			return
		}
		if n <= r.at.row || len(got.fields) < r.at.count {
			continue
		}
		switch string(got.fields[0]) {
		case "4":
			r.threeBlocks, r.threeCalls = true, false
		case "10", "11":
			r.threeCalls = !r.threeBlocks
		}
	}
}

// Next gives the next record. The last row of a file that lacks its line end
// and a part of its duration was cut off.
func (r *fritzRows) Next() (journal.Record, error) {
	for {
		got, err := r.lines.next()
		if err != nil {
			return journal.Record{}, err
		}
		rec := journal.Record{Line: got.line, Direction: domain.DirectionUnknown, Reject: got.damage}
		short := len(got.fields) < r.at.count
		switch {
		case !got.ended && (got.damage != "" || short || !r.duration.Match(got.fields[r.at.end])):
			return journal.Record{}, truncated()
		case got.damage != "":
		case firstFilled(got.fields) == nil:
			continue
		case len(got.fields) == 1:
			rec.Skip = skipRemark
		case short:
			rec.Reject = rejectColumns
		default:
			if c, ok := readFritzTitles(got.fields); ok && c.count == r.at.count {
				continue // lists that were put behind each other
			}
			r.fill(&rec, got.fields)
		}
		if rec.Reject != "" {
			rec.Note = ""
		}
		if rec.Reject != "" || rec.Note != "" {
			rec.Text = excerpt(got.raw)
		}
		return rec, nil
	}
}

func (r *fritzRows) fill(rec *journal.Record, cells [][]byte) {
	number := string(bare(cells[r.at.number]))
	if !isHidden(number) {
		rec.Number = number
	}
	rec.OwnNumber = string(cells[r.at.own])
	if r.at.name >= 0 && !isNoName(string(cells[r.at.name])) {
		rec.Name = string(cells[r.at.name])
	}
	rec.Direction, rec.Note = r.direction(cells)
	if cell := cells[r.at.end]; len(cell) > 0 {
		if m := r.duration.FindSubmatch(cell); m != nil {
			// Hours and minutes: the box rounds to whole minutes.
			d := time.Duration(60*digits(string(m[1]))+digits(string(m[2]))) * time.Minute
			rec.Duration = &d
		} else {
			rec.Note = noteDuration
		}
	}
	switch at, ok := r.moment(cells[1]); {
	case isRounded(number):
		rec.Reject = rejectRounded
	case !ok:
		rec.Reject = rejectTime
	default:
		rec.StartedAt = at
	}
}

// moment reads "20.05.24 09:15".
func (r *fritzRows) moment(cell []byte) (time.Time, bool) {
	m := r.date.FindSubmatch(cell)
	if m == nil {
		return time.Time{}, false
	}
	var n [6]int
	for i := range n {
		n[i] = digits(string(m[i+1]))
	}
	w := when{day: n[0], month: n[1], year: n[2], hour: n[3], minute: n[4], second: n[5]}
	if w.year < 100 {
		w.year += 2000
	}
	return w.in(w.year, r.zone), w.valid()
}

// direction reads the type of a call; the note tells where it is doubtful.
//
// Type 3 is a blocked call in the lists of newer versions, where an outgoing
// one is 4, and an outgoing call in those of older ones, where a rejected one
// is 10. Where the rest of the list does not show which, the row does: a blocked
// call has no duration and, as no phone took part in it, no extension.
func (r *fritzRows) direction(cells [][]byte) (d domain.Direction, note string) {
	switch string(cells[0]) {
	case "1", "9": // 9 is under way
		return domain.DirectionIncoming, ""
	case "2":
		return domain.DirectionMissed, ""
	case "3":
		m := r.duration.FindSubmatch(cells[r.at.end])
		talked := m != nil && digits(string(m[1]))+digits(string(m[2])) > 0
		switch {
		case talked, r.threeCalls:
			return domain.DirectionOutgoing, ""
		case r.threeBlocks, len(cells[r.at.extension]) == 0:
			return domain.DirectionBlocked, ""
		}
		return domain.DirectionOutgoing, noteFritzType
	case "4", "11": // 11 is under way
		return domain.DirectionOutgoing, ""
	case "10":
		return domain.DirectionRejected, ""
	}
	return domain.DirectionUnknown, noteDirection
}
