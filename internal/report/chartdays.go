package report

import (
	"slices"
	"strconv"
	"time"

	"quietline/internal/chart"
	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
)

// mostColumns is how many columns can still be told apart; more days are drawn
// as weeks, more weeks as months.
const mostColumns = 62

// span is a column of the chart of days: a day, a week, a month or a year.
type span struct {
	start    time.Time
	families map[domain.Family]int64
	calls    int64
}

// unit is how long the spans are.
type unit string

const (
	unitDay   unit = "day"
	unitWeek  unit = "week"
	unitMonth unit = "month"
	unitYear  unit = "year"
)

// floor is the beginning of the span that holds a moment.
func (u unit) floor(t time.Time) time.Time {
	t = t.In(domain.China())
	day := func(m time.Month, d int) time.Time { return time.Date(t.Year(), m, d, 0, 0, 0, 0, t.Location()) }
	switch u {
	case unitWeek:
		return day(t.Month(), t.Day()-(int(t.Weekday())+6)%7)
	case unitMonth:
		return day(t.Month(), 1)
	case unitYear:
		return day(time.January, 1)
	case unitDay:
	}
	return day(t.Month(), t.Day())
}

// next is the beginning of the span after it.
func (u unit) next(t time.Time) time.Time {
	switch u {
	case unitWeek:
		return t.AddDate(0, 0, 7)
	case unitMonth:
		return t.AddDate(0, 1, 0)
	case unitYear:
		return t.AddDate(1, 0, 0)
	case unitDay:
	}
	return t.AddDate(0, 0, 1)
}

// layout is how the beginning of a span is written.
func (u unit) layout() string {
	switch u {
	case unitMonth:
		return "2006-01"
	case unitYear:
		return "2006"
	case unitDay, unitWeek:
	}
	return time.DateOnly
}

// spansOf makes the columns from the first day to the last, as short as can be
// told apart; those without calls are there too.
func spansOf(days []insight.DayCount, first, last time.Time) (unit, []span) {
	for _, u := range []unit{unitDay, unitWeek, unitMonth, unitYear} {
		var spans []span
		for at := u.floor(first); !at.After(last) && (len(spans) <= mostColumns || u == unitYear); at = u.next(at) {
			spans = append(spans, span{start: at, families: map[domain.Family]int64{}})
		}
		if len(spans) <= mostColumns || u == unitYear {
			fillSpans(u, spans, days)
			return u, spans
		}
	}
	return unitYear, nil
}

func fillSpans(u unit, spans []span, days []insight.DayCount) {
	at := 0
	for _, d := range days {
		start := u.floor(d.Day)
		for at < len(spans)-1 && spans[at].start.Before(start) {
			at++
		}
		if at >= len(spans) || !spans[at].start.Equal(start) {
			continue // outside of the period
		}
		spans[at].calls += d.Calls
		for _, f := range d.Families {
			spans[at].families[f.Family] += f.Calls
		}
	}
}

func drawDays(p *l10n.Printer, d ChartData) (chart.Chart, string, bool) {
	days := d.Stats.Days
	if len(days) == 0 {
		return nil, "", false
	}
	first, last := days[0].Day, days[len(days)-1].Day
	if !d.From.IsZero() {
		first, last = d.From, d.To
	}
	u, spans := spansOf(days, first, last)
	families, rest := shownFamilies(d.Stats.Families)
	c := chart.Columns{Number: p.Number}
	totals := make([]int64, len(families), len(families)+1)
	names := make([]string, len(families), len(families)+1)
	for i, f := range families {
		names[i] = p.Term("family", string(f))
	}
	if rest {
		names, totals = append(names, p.T("chart.rest")), append(totals, 0)
	}
	peak, total := 0, int64(0)
	for i, s := range spans {
		values := make([]int64, len(names))
		left := s.calls
		for n, f := range families {
			values[n] = s.families[f]
			left -= values[n]
		}
		if rest {
			values[len(families)] = left
		}
		for n, v := range values {
			totals[n] += v
		}
		total += s.calls
		if s.calls > spans[peak].calls {
			peak = i
		}
		c.Slots = append(c.Slots, chart.Slot{Short: shortDay(u, i, spans), Values: values, Lines: spanLines(p, u, s, names, values)})
	}
	for n, name := range names {
		c.Series = append(c.Series, chart.Series{
			Name: p.T("chart.part", l10n.Args{"Name": name, "Count": p.Number(totals[n])}), Rest: rest && n == len(families),
		})
	}
	return c, p.N("chart.days."+string(u), int(total), l10n.Args{
		"Day": spans[peak].start.Format(u.layout()), "Calls": p.Number(spans[peak].calls),
	}), total > 0
}

// shownFamilies are those with the most calls, as many as can be told apart, and
// whether there are more.
func shownFamilies(all []insight.FamilyCount) (shown []domain.Family, rest bool) {
	if rest = len(all) > chart.MostSeries; rest {
		all = all[:chart.MostSeries-1]
	}
	for _, f := range all {
		shown = append(shown, f.Family)
	}
	return shown, rest
}

// shortDay is what stands below a column. Days and weeks over the end of a year bear
// their month, the first of it alone.
func shortDay(u unit, i int, all []span) string {
	start := all[i].start
	switch {
	case u == unitYear:
		return start.Format("2006")
	case u == unitMonth || all[0].start.Year() != all[len(all)-1].start.Year():
		if i > 0 && all[i-1].start.Format("2006-01") == start.Format("2006-01") {
			return ""
		}
		return start.Format("2006-01")
	}
	return start.Format("01-02")
}

// spanLines is what a column tells: what it is, its sum and the parts of it, the
// uppermost first.
func spanLines(p *l10n.Printer, u unit, s span, names []string, values []int64) []string {
	title := p.T("chart.span."+string(u), l10n.Args{
		"Day": s.start.Format(u.layout()), "Weekday": p.T("chart.weekday." + strconv.Itoa((int(s.start.Weekday())+6)%7+1)),
	})
	lines := []string{title, callsOf(p, s.calls)}
	for n, v := range slices.Backward(values) {
		if v > 0 {
			lines = append(lines, p.T("chart.part", l10n.Args{"Name": names[n], "Count": p.Number(v)}))
		}
	}
	return lines
}
