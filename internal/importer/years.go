package importer

import (
	"time"

	"quietline/internal/journal"
)

// years finds the year of a date that leaves it out (formats.md 2): the year
// that the user gave, else the period that the bill states, else the rows
// near it, else the last year in which the day is not in the future.
type years struct {
	fixed    int
	from, to time.Time // the stated period, zero where none is
	near     time.Time // the last row, zero where none had a year
	now      time.Time
	zone     *time.Location
}

// newYears takes the earliest and the latest of the stated days for the
// period. A month stands for all its days.
func newYears(o journal.ImportOptions, stated []span) *years {
	y := &years{fixed: o.Year, now: o.Now, zone: o.Zone}
	for _, s := range stated {
		from := time.Date(s.year, time.Month(s.month), max(1, s.day), 0, 0, 0, 0, y.zone)
		to := from.AddDate(0, 0, 1)
		if s.day == 0 {
			to = from.AddDate(0, 1, 0)
		}
		if y.from.IsZero() || from.Before(y.from) {
			y.from = from
		}
		if to.After(y.to) {
			y.to = to
		}
	}
	return y
}

// at gives the instant; ok is false where the year cannot be found, or the
// day does not exist in it. What it gives is remembered for the rows after.
func (y *years) at(w when) (t time.Time, ok bool) {
	year := w.year
	switch {
	case !w.exact.IsZero():
		y.near = w.exact.In(y.zone)
		return y.near, true
	case year == 0:
		year = y.guess(w)
	}
	if year == 0 || !isDay(year, w.month, w.day) {
		return time.Time{}, false
	}
	y.near = w.in(year, y.zone)
	return y.near, true
}

func (y *years) guess(w when) int {
	if y.fixed != 0 {
		return y.fixed
	}
	for year := y.from.Year(); !y.from.IsZero() && year <= y.to.Year(); year++ {
		if t := w.in(year, y.zone); isDay(year, w.month, w.day) && !t.Before(y.from) && t.Before(y.to) {
			return year
		}
	}
	if !y.near.IsZero() {
		if year := y.nearest(w); year != 0 {
			return year
		}
	}
	// The 29th of February comes again after at most eight years.
	for year := y.now.In(y.zone).Year(); !y.now.IsZero() && year > y.now.Year()-9; year-- {
		if isDay(year, w.month, w.day) && !y.future(w, year) {
			return year
		}
	}
	return 0
}

// nearest is the year that puts the day closest to the row before, across a
// New Year between them.
func (y *years) nearest(w when) int {
	best, distance := 0, time.Duration(0)
	for year := y.near.Year() - 1; year <= y.near.Year()+1; year++ {
		if !isDay(year, w.month, w.day) || y.future(w, year) {
			continue
		}
		if d := w.in(year, y.zone).Sub(y.near).Abs(); best == 0 || d < distance {
			best, distance = year, d
		}
	}
	return best
}

// future says whether the day lies after today.
func (y *years) future(w when, year int) bool {
	if y.now.IsZero() {
		return false
	}
	ty, tm, td := y.now.In(y.zone).Date()
	tomorrow := time.Date(ty, tm, td+1, 0, 0, 0, 0, y.zone)
	return !w.in(year, y.zone).Before(tomorrow)
}
