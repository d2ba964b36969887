package report

import (
	"slices"
	"strconv"
	"time"

	"quietline/internal/chart"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/l10n"
)

// ChartName names a chart, on the command line too.
type ChartName string

// The charts.
const (
	// ChartDays shows calls over time, by family of number.
	ChartDays ChartName = "days"
	// ChartWeek shows calls by weekday and hour.
	ChartWeek ChartName = "week"
	// ChartCodes shows the holder codes with the most calls.
	ChartCodes ChartName = "codes"
	// ChartComplaints shows how far complaints have come.
	ChartComplaints ChartName = "complaints"
)

// ChartNames lists every chart.
func ChartNames() []ChartName { return []ChartName{ChartDays, ChartWeek, ChartCodes, ChartComplaints} }

// ChartData is what charts are made of.
type ChartData struct {
	Stats  insight.Stats
	Funnel filing.Funnel
	// From and To are the first and the last day that were counted. Where From is
	// zero everything was, and calls are drawn from the first to the last.
	From, To time.Time
	// Person is whose calls they are, empty for everybody's.
	Person string
	// Listed says what is known of a holder code (ListedAs).
	Listed func(code string) string
}

// Drawing is a chart in the words of the moment.
type Drawing struct {
	Name  ChartName
	Title string
	// Summary says in a sentence what the chart shows most of all.
	Summary string
	Chart   chart.Chart
}

// DrawChart makes a chart; ok is false where there is nothing to show.
func DrawChart(p *l10n.Printer, name ChartName, d ChartData) (x Drawing, ok bool) {
	x = Drawing{Name: name, Title: p.T("chart." + string(name) + ".title")}
	switch name {
	case ChartDays:
		x.Chart, x.Summary, ok = drawDays(p, d)
	case ChartWeek:
		x.Chart, x.Summary, ok = drawWeek(p, d.Stats)
	case ChartCodes:
		x.Chart, x.Summary, ok = drawCodes(p, d)
	case ChartComplaints:
		x.Chart, x.Summary, ok = drawComplaints(p, d.Funnel)
	}
	return x, ok
}

// callsOf names a number of calls.
func callsOf(p *l10n.Printer, n int64) string { return p.N("chart.calls", int(n)) }

func drawWeek(p *l10n.Printer, s insight.Stats) (chart.Chart, string, bool) {
	h := chart.Heat{Number: p.Number}
	var most int64
	peakDay, peakHour := 0, 0
	for d, hours := range s.Week {
		day := p.T("chart.weekday." + strconv.Itoa(d+1))
		h.Rows = append(h.Rows, day)
		h.Values = append(h.Values, hours[:])
		lines := make([][]string, len(hours))
		for hour, n := range hours {
			lines[hour] = []string{
				p.T("chart.week.hour", l10n.Args{"Day": day, "From": hour, "To": hour + 1}), callsOf(p, n),
			}
			if n > most {
				most, peakDay, peakHour = n, d, hour
			}
		}
		h.Lines = append(h.Lines, lines)
	}
	const every = 3
	for hour := 0; hour <= 24; hour += every {
		h.Marks = append(h.Marks, chart.ColumnMark{At: hour, Text: strconv.Itoa(hour)})
	}
	return h, p.N("chart.week.peak", int(most), l10n.Args{
		"Day": p.T("chart.weekday." + strconv.Itoa(peakDay+1)), "From": peakHour, "To": peakHour + 1,
	}), most > 0
}

func drawCodes(p *l10n.Printer, d ChartData) (chart.Chart, string, bool) {
	var b chart.Bars
	var sum int64
	for _, c := range d.Stats.Codes {
		sum += c.Calls
		numbers := p.N("stats.numbers", int(c.Numbers))
		listed := ""
		if d.Listed != nil {
			listed = d.Listed(c.Code)
		}
		row := chart.Bar{
			Label: c.Code, Note: numbers, Figure: p.Number(c.Calls), N: c.Calls,
			Lines: []string{c.Code, callsOf(p, c.Calls), numbers},
		}
		if listed != "" {
			row.Note = listed + p.T("verdict_card.separator") + numbers
			row.Lines = append(row.Lines, listed)
		}
		b.Rows = append(b.Rows, row)
	}
	return b, p.N("chart.codes.sum", len(b.Rows), l10n.Args{"Calls": callsOf(p, sum)}), len(b.Rows) > 0
}

func drawComplaints(p *l10n.Printer, f filing.Funnel) (chart.Chart, string, bool) {
	var b chart.Bars
	stage := func(key string, n int64, lost ...string) {
		lost = slices.DeleteFunc(lost, func(t string) bool { return t == "" })
		figure := p.Number(n)
		if share := percentOf(n, f.Written); key != "written" && share != "" {
			figure = p.T("chart.complaints.share", l10n.Args{"Count": figure, "Share": share})
		}
		b.Rows = append(b.Rows, chart.Bar{
			Label: p.T("chart.complaints." + key), Figure: figure, N: n, Of: f.Written,
			Note:  join(p, lost...),
			Lines: append([]string{p.T("chart.complaints." + key), p.N("chart.complaints.count", int(n))}, lost...),
		})
	}
	lost := func(key string, n int64) string {
		if n == 0 {
			return ""
		}
		return p.N("chart.complaints."+key, int(n))
	}
	stage("written", f.Written)
	stage("queued", f.Queued, lost("drafts", f.Drafts))
	stage("filed", f.Filed, lost("waiting", f.Waiting), lost("refused", f.Refused), lost("aside", f.Aside))
	stage("answered", f.Answered, lost("silent", f.Filed-f.Answered))
	for i, c := range f.Cases {
		row := chart.Bar{Label: CaseWord(p, c.State), Figure: p.Number(c.N), N: c.N, Of: f.Written, Minor: true}
		row.Lines = []string{row.Label, p.N("chart.complaints.count", int(c.N))}
		if i == 0 {
			row.Heading = p.T("chart.complaints.answers")
		}
		b.Rows = append(b.Rows, row)
	}
	return b, p.N("chart.complaints.sum", int(f.Written), l10n.Args{
		"Filed": p.Number(f.Filed), "Answered": p.Number(f.Answered),
	}), f.Written > 0
}

// CaseWord is a case state in words; an endpoint's own stays as it is.
func CaseWord(p *l10n.Printer, s domain.CaseState) string {
	for _, known := range domain.CaseStates() {
		if s == known {
			return p.Term("case_state", string(s))
		}
	}
	return string(s)
}

// percentOf is a part of a whole in whole percent, empty where there is none.
func percentOf(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	return strconv.FormatInt((100*part+whole/2)/whole, 10) + " %"
}

// ChartPicture puts words around a chart: whose calls these are, of which days,
// and where the numbers come from.
func ChartPicture(p *l10n.Printer, x Drawing, d ChartData, now time.Time) Picture {
	who := p.T("chart.everybody")
	if d.Person != "" {
		who = p.T("chart.person", l10n.Args{"Person": d.Person})
	}
	from, to := d.From, d.To
	if from.IsZero() && x.Name != ChartComplaints {
		from, to = d.Stats.First, d.Stats.Last
	}
	when := p.T("chart.period", l10n.Args{"From": dayText(from), "To": dayText(to)})
	if from.IsZero() {
		when = p.T("chart.until", l10n.Args{"To": dayText(to)})
	}
	return Picture{
		Language: string(p.Language()), Title: x.Title, Lines: []string{who + p.T("verdict_card.separator") + when, x.Summary},
		Footer: p.T("chart.footer", l10n.Args{"Day": dayText(now)}), Chart: x.Chart,
	}
}
