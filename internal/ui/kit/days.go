package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// DayCount is how often something happened on one day.
type DayCount struct {
	Day time.Time
	N   int64
}

// mostColumns is how many columns can still be told apart; more days are drawn
// as weeks, more weeks as months.
const mostColumns = 62

// Days shows how often something happened day by day, or by week or month where
// there are too many days, and says in words when most. The days are in order;
// those without a count may be missing.
func Days(e *Env, counts []DayCount) fyne.CanvasObject {
	if len(counts) == 0 {
		return Spring()
	}
	unit, columns := gather(counts)
	values := make([]int64, len(columns))
	var total int64
	peak := 0
	for i, c := range columns {
		values[i] = c.N
		total += c.N
		if c.N > columns[peak].N {
			peak = i
		}
	}
	layout := "01-02"
	if columns[0].Day.Year() != columns[len(columns)-1].Day.Year() {
		layout = "2006-01"
	}
	const words = 5
	var marks []columnMark
	for i := range words {
		at := i * (len(columns) - 1) / (words - 1)
		marks = append(marks, columnMark{At: at, Text: columns[at].Day.Format(layout)})
	}
	if len(columns) == 1 {
		marks = marks[:1]
	}
	chart := newColumnChart(values, 14, func(int) fyne.ThemeColorName { return theme.ColorNamePrimary }, marks)
	named := map[string]string{"day": time.DateOnly, "week": time.DateOnly, "month": "2006-01", "year": "2006"}
	text := e.T("kit.days."+unit, l10n.Args{
		"Day": columns[peak].Day.Format(named[unit]), "Calls": columns[peak].N, "Total": total,
	})
	return Stack(0.75, chart, Caption(text))
}

// gather gives a column for every day from the first to the last, or for every
// week or month, and which of them.
func gather(counts []DayCount) (unit string, columns []DayCount) {
	first, last := counts[0].Day, counts[len(counts)-1].Day
	for _, u := range []struct {
		name  string
		floor func(time.Time) time.Time
		next  func(time.Time) time.Time
	}{
		{"day", func(t time.Time) time.Time { return t }, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
		{"week", monday, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }},
		{"month", firstOfMonth, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
		{"year", firstOfYear, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	} {
		unit, columns = u.name, nil
		for at := u.floor(midnight(first)); !at.After(last) && len(columns) <= mostColumns; at = u.next(at) {
			columns = append(columns, DayCount{Day: at})
		}
		if len(columns) <= mostColumns || unit == "year" {
			fill(columns, counts, u.floor)
			return unit, columns
		}
	}
	return unit, columns
}

func fill(columns, counts []DayCount, floor func(time.Time) time.Time) {
	at := 0
	for _, c := range counts {
		start := floor(midnight(c.Day))
		for at < len(columns)-1 && columns[at].Day.Before(start) {
			at++
		}
		columns[at].N += c.N
	}
}

func midnight(t time.Time) time.Time {
	t = t.In(domain.China())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

func firstOfYear(t time.Time) time.Time {
	return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, t.Location())
}
