package kit

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
)

// TimeLayout is how a time is written in fields and lists, in China's zone.
const TimeLayout = "2006-01-02 15:04:05"

// ShortTimeLayout is TimeLayout without the seconds.
const ShortTimeLayout = "2006-01-02 15:04"

// ParseTime reads a time as people write it into a field: whatever
// domain.ParseTime reads; or year, month, day, hour, minute and perhaps second
// with anything between them, Chinese words and full-width digits included; or
// only hour and minute for today. It fails with Invalid "time.unreadable".
func ParseTime(text string, now time.Time) (time.Time, error) {
	const op = "kit.ParseTime"
	// No cause: what strconv says quotes what was typed, and is logged.
	unreadable := domain.E(op, domain.Invalid, "time.unreadable", nil, nil)
	zone := domain.China()
	if t, err := domain.ParseTime(text, zone); err == nil {
		return t, nil
	}
	text, half := domain.CutHalf(text)
	n, ok := numbersIn(text)
	if !ok {
		return time.Time{}, unreadable
	}
	today := now.In(zone)
	switch len(n) {
	case 2:
		n = []int{today.Year(), int(today.Month()), today.Day(), n[0], n[1], 0}
	case 5:
		n = append(n, 0)
	case 6:
	default:
		return time.Time{}, unreadable
	}
	if n[3], ok = half.Hour(n[3]); !ok {
		return time.Time{}, unreadable
	}
	if n[0] < 1970 || n[0] > 9999 || n[4] > 59 || n[5] > 59 {
		return time.Time{}, unreadable
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, zone)
	if t.Month() != time.Month(n[1]) || t.Day() != n[2] {
		return time.Time{}, unreadable
	}
	return t, nil
}

// numbersIn gives the runs of digits of a text, at most seven of them; ok is
// false where one is too long for a number.
func numbersIn(text string) (out []int, ok bool) {
	var run strings.Builder
	flush := func() bool {
		if run.Len() == 0 {
			return true
		}
		n, err := strconv.Atoi(run.String())
		run.Reset()
		out = append(out, n)
		return err == nil
	}
	for _, r := range text {
		if r >= 0xff10 && r <= 0xff19 { // full-width digits
			r -= 0xff10 - '0'
		}
		if unicode.IsDigit(r) && r < 0x80 {
			run.WriteRune(r)
			continue
		}
		if !flush() {
			return nil, false
		}
		if len(out) > 6 {
			break
		}
	}
	return out, flush()
}

// TimeInput is a field for a moment, with a button that fills in the present.
type TimeInput struct {
	Entry *Entry
	env   *Env
	box   *fyne.Container
}

// NewTimeInput makes the input; changed (or nil) hears every change.
func NewTimeInput(e *Env, changed func()) *TimeInput {
	in := &TimeInput{env: e, Entry: NewEntry(e.T("kit.time.placeholder"))}
	in.Entry.OnChanged = func(string) {
		if changed != nil {
			changed()
		}
	}
	now := NewButton(e.T("kit.time.now"), theme.HistoryIcon(), func() { in.Set(e.Clock.Now()) })
	in.box = Row(1, 0, in.Entry, now)
	return in
}

// Object is what to put on the page or into a Field; give the Field the Entry
// as Focus.
func (in *TimeInput) Object() fyne.CanvasObject { return in.box }

// Set fills in a moment; the zero time empties the field.
func (in *TimeInput) Set(t time.Time) {
	if t.IsZero() {
		in.Entry.SetText("")
		return
	}
	in.Entry.SetText(t.In(domain.China()).Format(TimeLayout))
}

// Empty says whether nothing was filled in.
func (in *TimeInput) Empty() bool { return strings.TrimSpace(in.Entry.Text) == "" }

// Get reads the field; see ParseTime. An empty field is the zero time.
func (in *TimeInput) Get() (time.Time, error) {
	if in.Empty() {
		return time.Time{}, nil
	}
	return ParseTime(in.Entry.Text, in.env.Clock.Now())
}

// FormatTime writes a moment as lists show it; the zero time is "—".
func FormatTime(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(domain.China()).Format(ShortTimeLayout)
}
