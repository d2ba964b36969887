package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// statsJSON are the counts of cli.md. Hours and weekdays are China's; weekdays
// begin with Monday, and heat has a row of 24 hours for each.
type statsJSON struct {
	Person     string         `json:"person"`
	Calls      int64          `json:"calls"`
	Outgoing   int64          `json:"outgoing"`
	FirstAt    *string        `json:"first_at"`
	LastAt     *string        `json:"last_at"`
	Days       []dayJSON      `json:"days"`
	Hours      [24]int64      `json:"hours"`
	Weekdays   [7]int64       `json:"weekdays"`
	Heat       [7][24]int64   `json:"heat"`
	Families   []familyJSON   `json:"families"`
	Categories []categoryJSON `json:"categories"`
	Codes      []codeJSON     `json:"codes"`
	Marked     int64          `json:"marked_numbers"`
	Shares     []shareJSON    `json:"shares"`
	// Complaints are those of the same person that were written in the period.
	Complaints courseJSON `json:"complaints"`
}

type dayJSON struct {
	Date  string `json:"date"`
	Calls int64  `json:"calls"`
}

type familyJSON struct {
	Family domain.Family `json:"family"`
	Calls  int64         `json:"calls"`
}

type categoryJSON struct {
	Category domain.Category `json:"category"`
	Calls    int64           `json:"calls"`
}

type codeJSON struct {
	Code    string `json:"code"`
	Calls   int64  `json:"calls"`
	Numbers int64  `json:"numbers"`
	// Listed is what public lists or the user say of the code, or empty.
	Listed string `json:"listed"`
}

type shareJSON struct {
	Class    insight.Class `json:"class"`
	Numbers  int64         `json:"numbers"`
	Share    float64       `json:"share"`
	National float64       `json:"national_2019"`
}

func (c *cli) statsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "stats", Short: c.T("cli.stats.short"), Args: between(0, 0)}
	p := c.periodFlags(cmd, "cli.calls.only_person")
	chart := c.chartFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := chart.check(); err != nil {
			return err
		}
		from, err := c.dayIn("--from", p.from, false)
		if err != nil {
			return err
		}
		to, err := c.dayIn("--to", p.to, true)
		if err != nil {
			return err
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.showStats(cmd.Context(), w, p.person, from, to, chart)
		})
	}
	return cmd
}

func (c *cli) showStats(ctx context.Context, w *workspace.Workspace, person string, from, to time.Time, chart *chartFlags) error {
	s, err := w.Lookout.Stats(ctx, person, from, to)
	if err != nil {
		return err
	}
	course, err := courseOf(ctx, w, person, from, to)
	if err != nil {
		return err
	}
	if chart.name != "" {
		return c.writeChart(w, chart, report.ChartData{Stats: s, Funnel: course, From: from, To: to, Person: person})
	}
	v := statsJSON{
		Person: person, Calls: s.Calls, Outgoing: s.Outgoing, FirstAt: c.timePtr(s.First), LastAt: c.timePtr(s.Last),
		Hours: s.Hours(), Weekdays: s.Weekdays(), Heat: s.Week, Marked: s.Marked,
		Days: make([]dayJSON, len(s.Days)), Families: make([]familyJSON, len(s.Families)),
		Categories: make([]categoryJSON, len(s.Categories)), Codes: make([]codeJSON, len(s.Codes)), Shares: make([]shareJSON, len(s.Shares)),
		Complaints: newCourse(course),
	}
	for i, d := range s.Days {
		v.Days[i] = dayJSON{d.Day.Format(time.DateOnly), d.Calls}
	}
	for i, f := range s.Families {
		v.Families[i] = familyJSON(f)
	}
	for i, k := range s.Categories {
		v.Categories[i] = categoryJSON(k)
	}
	for i, k := range s.Codes {
		v.Codes[i] = codeJSON{k.Code, k.Calls, k.Numbers, c.listedAs(w, k.Code)}
	}
	for i, k := range s.Shares {
		v.Shares[i] = shareJSON(k)
	}
	return c.emit(v, func() string { return c.statsText(s, v.Codes) + c.courseText(course) })
}

func (c *cli) listedAs(w *workspace.Workspace, code string) string {
	return report.ListedAs(c.Printer, w.Checker.Check(code, ""))
}

// bars are lines of a name, a bar and a count.
type bars struct {
	b     *strings.Builder
	names []string
	rows  []int64
	tails []string
}

func (b *bars) add(name string, n int64, tail string) {
	b.names, b.rows, b.tails = append(b.names, name), append(b.rows, n), append(b.tails, tail)
}

// write draws the bars beside each other's; the longest has 30 columns, and
// what is not nothing has one at least.
func (b *bars) write(title string) {
	const widest = 30
	most, name := int64(1), 0
	for i, n := range b.rows {
		most, name = max(most, n), max(name, l10n.Columns(b.names[i]))
	}
	if len(b.rows) == 0 {
		return
	}
	b.b.WriteString("\n" + title + "\n")
	for i, n := range b.rows {
		length := int(n * widest / most)
		if n > 0 {
			length = max(length, 1)
		}
		line := "  " + l10n.Pad(plain(b.names[i]), name) + "  " + l10n.Pad(strings.Repeat("#", length), widest) + "  " + itoa(n) + "  " + b.tails[i]
		b.b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func (c *cli) statsText(s insight.Stats, codes []codeJSON) string {
	var b strings.Builder
	b.WriteString(c.N("cli.stats.total", int(s.Calls), map[string]any{"Outgoing": s.Outgoing}) + "\n")
	const lastDays = 14
	days := s.Days[max(0, len(s.Days)-lastDays):]
	g := &bars{b: &b}
	for _, d := range days {
		g.add(d.Day.Format(time.DateOnly), d.Calls, "")
	}
	g.write(c.N("cli.stats.days", len(days)))
	g = &bars{b: &b}
	for d, n := range s.Weekdays() {
		g.add(c.weekday(d), n, "")
	}
	g.write(c.T("cli.stats.weekdays"))
	g = &bars{b: &b}
	for h, n := range s.Hours() {
		g.add(fmt.Sprintf("%02d", h), n, "")
	}
	g.write(c.T("cli.stats.hours"))
	b.WriteString(c.heatText(s))
	g = &bars{b: &b}
	for _, f := range s.Families {
		g.add(c.Term("family", string(f.Family)), f.Calls, "")
	}
	g.write(c.T("cli.stats.families"))
	g = &bars{b: &b}
	for _, k := range s.Categories {
		g.add(c.Term("category", string(k.Category)), k.Calls, "")
	}
	g.write(c.T("cli.stats.categories"))
	g = &bars{b: &b}
	for _, k := range codes {
		tail := c.N("cli.stats.numbers", int(k.Numbers))
		if k.Listed != "" {
			tail += c.T("verdict_card.separator") + c.T("check_table.holders") + " " + plain(k.Listed)
		}
		g.add(k.Code, k.Calls, tail)
	}
	g.write(c.T("cli.stats.codes"))
	g = &bars{b: &b}
	for _, k := range s.Shares {
		g.add(c.Term("class", string(k.Class)), k.Numbers, c.T("cli.stats.share", map[string]any{
			"Ours": percent(k.Share), "National": percent(k.National),
		}))
	}
	g.write(c.N("cli.stats.shares", int(s.Marked)))
	return strings.TrimRight(b.String(), "\n")
}

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) + " %" }

func (c *cli) weekday(monday0 int) string { return c.T("weekday." + strconv.Itoa(monday0)) }

// heatText draws a row of hours for each weekday, in shades of ASCII that
// every terminal has.
func (c *cli) heatText(s insight.Stats) string {
	const shades = "·.:-=+*%#"
	var most int64
	for _, day := range s.Week {
		for _, n := range day {
			most = max(most, n)
		}
	}
	if most == 0 {
		return ""
	}
	steps := []rune(shades)
	var b strings.Builder
	b.WriteString("\n" + c.T("cli.stats.heat") + "\n")
	name := 0
	for d := range 7 {
		name = max(name, l10n.Columns(c.weekday(d)))
	}
	b.WriteString("  " + l10n.Pad("", name) + "  0     6     12    18\n")
	for d, day := range s.Week {
		b.WriteString("  " + l10n.Pad(c.weekday(d), name) + "  ")
		for _, n := range day {
			// Rounded up: nothing alone looks like nothing, and the most is darkest.
			b.WriteRune(steps[(n*int64(len(steps)-1)+most-1)/most])
		}
		b.WriteString("\n")
	}
	return b.String()
}
