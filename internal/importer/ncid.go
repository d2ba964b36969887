package importer

import (
	"bytes"
	"context"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// noteDayMonth is the doubt about a date whose day and month may be the other
// way round.
const noteDayMonth = "day_month"

// ncid reads the call log of the program NCID, cidcall.log: a line a call, with
// a label for its kind and fields between stars (formats.md 3.10, D.11). Lines
// with any other label are messages and remarks.
type ncid struct{ times *clockwork }

// NCID is the format "ncid".
func NCID() Format { return ncid{times: newClockwork()} }

func (ncid) Name() string { return "ncid" }

// Recognise looks for a line of a call in the beginning of the file.
func (ncid) Recognise(s *Sample) bool {
	if s.Binary || !bytes.Contains(s.Text, []byte("*DATE*")) {
		return false
	}
	in := newPlainLines(bytes.NewReader(s.Text))
	for {
		l, err := in.next()
		if err != nil {
			return false
		}
		if label, body := ncidLabel(l.bytes); isNCIDCall(label) {
			if f := ncidFields(body); f.has("DATE") && f.has("NMBR") {
				return true
			}
		}
	}
}

func (f ncid) Read(_ context.Context, in Input) (Rows, error) {
	r := &ncidRows{
		lines: newPlainLines(in.Text), times: f.times, years: newYears(in.Options, nil), zone: in.Options.Zone,
	}
	r.lookAhead(in.Sample.Text)
	return r, nil
}

type ncidRows struct {
	lines *plainLines
	times *clockwork
	years *years
	zone  *time.Location
	// dayFirst tells that dates are DDMMYYYY and not MMDDYYYY: a setting of the
	// program that its log does not state. sure tells that a date showed it.
	dayFirst, sure bool
}

// lookAhead finds a date in the beginning of the log that can be read in one
// order only, and the first one of each.
func (r *ncidRows) lookAhead(sample []byte) {
	in := newPlainLines(bytes.NewReader(sample))
	day, month := 0, 0
	for {
		l, err := in.next()
		if err != nil {
			break
		}
		label, body := ncidLabel(l.bytes)
		if !isNCIDCall(label) || !l.ended {
			continue
		}
		a, b, _, ok := ncidDate(ncidFields(body)["DATE"])
		switch {
		case !ok:
		case a > 12 && b <= 12:
			day++
		case b > 12 && a <= 12:
			month++
		}
	}
	r.dayFirst, r.sure = day > month, day != month
}

// Next gives the next record. A last line without its end that is no whole call
// was cut off.
func (r *ncidRows) Next() (journal.Record, error) {
	l, err := r.lines.next()
	if err != nil {
		return journal.Record{}, err
	}
	rec := journal.Record{Line: l.line, Direction: domain.DirectionUnknown}
	label, body := ncidLabel(l.bytes)
	fields := ncidFields(body)
	switch {
	case l.tooLong && isNCIDCall(label):
		rec.Reject = rejectTooLong
	case !isNCIDCall(label):
		if !l.ended && label == "" && l.bytes[0] != '#' {
			return journal.Record{}, truncated()
		}
		rec.Skip = skipRemark
		if label == "NOT" {
			rec.Skip = skipSMS
		}
		return rec, nil
	case !l.ended && !fields.has("NAME"):
		return journal.Record{}, truncated()
	default:
		r.fill(&rec, label, fields)
	}
	if rec.Reject != "" {
		rec.Note = ""
	}
	if rec.Reject != "" || rec.Note != "" {
		rec.Text = excerpt(l.bytes)
	}
	return rec, nil
}

func (r *ncidRows) fill(rec *journal.Record, label string, f starred) {
	rec.Direction = ncidDirection(label)
	if !f.has("DATE") || !f.has("TIME") || !f.has("NMBR") {
		rec.Reject = rejectDamaged
		return
	}
	if number := f["NMBR"]; !isNCIDHidden(number) {
		rec.Number = number
	}
	if name := f["NAME"]; !isNCIDHidden(name) && !isNoName(name) {
		rec.Name = name
	}
	w, doubtful, ok := r.moment(f["DATE"], f["TIME"])
	if !ok {
		rec.Reject = rejectTime
		return
	}
	if rec.StartedAt, ok = r.years.at(w); !ok {
		rec.Reject = rejectYear
		return
	}
	if doubtful {
		rec.Note = noteDayMonth
	}
}

// moment reads date and time; doubtful tells that day and month may be the
// other way round.
func (r *ncidRows) moment(date, clock string) (w when, doubtful, ok bool) {
	a, b, year, ok := ncidDate(date)
	hour, minute, fine := ncidClock(clock)
	if !ok || !fine {
		return when{}, false, false
	}
	w = when{year: year, month: a, day: b, hour: hour, minute: minute}
	if r.dayFirst && b <= 12 || a > 12 {
		w.month, w.day = b, a
	}
	return w, !r.sure && a <= 12 && b <= 12 && a != b, w.valid()
}

// ncidDate cuts "05202024", or "0520" as very old versions wrote it; the year
// is 0 then.
func ncidDate(s string) (a, b, year int, ok bool) {
	if len(s) != 4 && len(s) != 8 || strings.Trim(s, "0123456789") != "" {
		return 0, 0, 0, false
	}
	return digits(s[:2]), digits(s[2:4]), digits(s[4:]), true
}

// ncidClock reads "0915" and "09:15".
func ncidClock(s string) (hour, minute int, ok bool) {
	s = strings.Replace(s, ":", "", 1)
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return 0, 0, false
	}
	return digits(s[:2]), digits(s[2:]), true
}

// digits is the value of a few digits, 0 for none.
func digits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = 10*n + int(c-'0')
	}
	return n
}

// ncidLabel cuts the label off a line: "CID" from "CID: *DATE*…". Servers that
// pass on the lines of others put a plus before it, logs that were fetched from
// a server have LOG behind it. A line without a label has an empty one.
func ncidLabel(line []byte) (label string, body []byte) {
	const longest = 12
	head, _, ok := bytes.Cut(line[:min(len(line), longest)], []byte(":"))
	if !ok {
		return "", line
	}
	body = line[len(head)+1:]
	for _, c := range bytes.TrimPrefix(head, []byte("+")) {
		if c < 'A' || c > 'Z' {
			return "", line
		}
	}
	label = strings.TrimPrefix(string(head), "+")
	if label != "LOG" {
		label = strings.TrimSuffix(label, "LOG")
	}
	return label, body
}

// ncidDirection is what a label means, by the table of line types in NCID's
// API; empty where it is no call.
func ncidDirection(label string) domain.Direction {
	switch label {
	case "CID", "PID", "WID", "RID":
		// To the line, to a phone, while another call was on, ringing back.
		return domain.DirectionIncoming
	case "HUP", "BLK":
		return domain.DirectionBlocked
	case "OUT", "PUT":
		return domain.DirectionOutgoing
	}
	return ""
}

func isNCIDCall(label string) bool { return ncidDirection(label) != "" }

// starred are the fields of a line by their names.
type starred map[string]string

func (f starred) has(name string) bool {
	_, ok := f[name]
	return ok
}

// ncidFields reads "*DATE*05202024*TIME*0915*…*NAME*NO NAME*". A value may hold
// stars itself, so it ends where a known name stands between two, or with the
// last star of the line. A value without a star behind it was cut off and is
// left out.
func ncidFields(body []byte) starred {
	f := starred{}
	text := strings.TrimSpace(string(body))
	name, from := "", 0
	for at := 0; ; at++ {
		star := strings.IndexByte(text[at:], '*')
		if star < 0 {
			break
		}
		at += star
		next, _, closed := strings.Cut(text[at+1:], "*")
		if !closed || !isNCIDField(next) || f.has(next) || next == name {
			continue
		}
		if name != "" {
			f[name] = strings.TrimSpace(text[from:at])
		}
		name, from = next, at+len(next)+2
		at = from - 1
	}
	if last := len(text) - 1; name != "" && last >= from && text[last] == '*' {
		f[name] = strings.TrimSpace(text[from:last])
	}
	return f
}

func isNCIDField(name string) bool {
	switch name {
	case "DATE", "TIME", "LINE", "NMBR", "MESG", "NAME", "MTYPE":
		return true
	}
	return false
}

// isNCIDHidden says whether a number or name stands for none: what the network
// sends, or NCID itself puts in its place.
func isNCIDHidden(text string) bool {
	if isHidden(text) {
		return true
	}
	folded := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '_' {
			return -1
		}
		return r
	}, strings.ToUpper(text))
	switch folded {
	case "PRIVATE", "P", "OUTOFAREA", "O", "NONUMBER", "NONAME", "UNKNOWN", "UNAVAILABLE", "ANONYMOUS", "ANONYM",
		"WITHHELD", "BLOCKED", "PRIVATECALLER", "UNKNOWNCALLER", "MSGOFF":
		return true
	}
	return false
}
