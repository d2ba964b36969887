package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// chartFlags ask for a chart instead of numbers.
type chartFlags struct {
	name, out string
	force     bool
}

// chartJSON says where a chart is.
type chartJSON struct {
	Chart report.ChartName `json:"chart"`
	File  string           `json:"file"`
}

// courseJSON is how far complaints have come.
type courseJSON struct {
	Written  int64           `json:"written"`
	Queued   int64           `json:"queued"`
	Filed    int64           `json:"filed"`
	Answered int64           `json:"answered"`
	Drafts   int64           `json:"drafts"`
	Waiting  int64           `json:"waiting"`
	Refused  int64           `json:"refused"`
	Aside    int64           `json:"aside"`
	Cases    []caseCountJSON `json:"cases"`
}

type caseCountJSON struct {
	State domain.CaseState `json:"case_state"`
	N     int64            `json:"complaints"`
}

func newCourse(f filing.Funnel) courseJSON {
	v := courseJSON{
		Written: f.Written, Queued: f.Queued, Filed: f.Filed, Answered: f.Answered,
		Drafts: f.Drafts, Waiting: f.Waiting, Refused: f.Refused, Aside: f.Aside, Cases: make([]caseCountJSON, len(f.Cases)),
	}
	for i, k := range f.Cases {
		v.Cases[i] = caseCountJSON(k)
	}
	return v
}

func (c *cli) chartFlags(cmd *cobra.Command) *chartFlags {
	p := &chartFlags{}
	f := cmd.Flags()
	f.StringVar(&p.name, "chart", "", c.T("cli.stats.chart", l10n.Args{"Names": strings.Join(chartNames(), ", ")}))
	f.StringVar(&p.out, "out", "", c.T("cli.stats.out"))
	f.BoolVar(&p.force, "force", false, c.T("cli.stats.force"))
	return p
}

func chartNames() []string {
	var out []string
	for _, n := range report.ChartNames() {
		out = append(out, string(n))
	}
	return out
}

// check says what is wrong with the flags before anything is read.
func (p *chartFlags) check() error {
	if p.name == "" && p.out == "" {
		return nil
	}
	if p.name == "" || p.out == "" {
		return usage("cli.chart_and_out", nil)
	}
	for _, n := range report.ChartNames() {
		if p.name == string(n) {
			return nil
		}
	}
	return usage("cli.code_unknown", domain.Args{"Flag": "--chart", "Value": p.name, "Known": strings.Join(chartNames(), ", ")})
}

// courseOf tells how far the complaints of the same person and period have come.
func courseOf(ctx context.Context, w *workspace.Workspace, person string, from, to time.Time) (filing.Funnel, error) {
	f := filing.FunnelFilter{From: from, To: to}
	if person != "" {
		who, err := w.Journal.PersonByName(ctx, person)
		if err != nil {
			return filing.Funnel{}, err
		}
		f.PersonID = who.ID
	}
	return w.Filing.Funnel(ctx, f)
}

// writeChart writes a chart into a file, which appears when it is whole.
func (c *cli) writeChart(w *workspace.Workspace, p *chartFlags, d report.ChartData) error {
	now := w.Clock.Now()
	if d.To.IsZero() {
		d.To = now
	} else {
		d.To = d.To.Add(-time.Millisecond) // the last moment, and with it the last day
	}
	d.Listed = func(code string) string { return c.listedAs(w, code) }
	x, ok := report.DrawChart(c.Printer, report.ChartName(p.name), d)
	if !ok {
		return domain.E("quietctl.writeChart", domain.NotFound, "cli.chart_empty", nil, nil)
	}
	if err := report.CreatePicture(p.out, p.force, report.ChartPicture(c.Printer, x, d, now), now); err != nil {
		return err
	}
	return c.emit(chartJSON{Chart: x.Name, File: p.out}, func() string {
		return c.T("cli.digest.written", l10n.Args{"File": plain(p.out)})
	})
}

// courseText shows how far complaints have come, nothing where there are none.
func (c *cli) courseText(f filing.Funnel) string {
	var b strings.Builder
	g := &bars{b: &b}
	if f.Written > 0 {
		for _, stage := range []struct {
			key string
			n   int64
		}{{"written", f.Written}, {"queued", f.Queued}, {"filed", f.Filed}, {"answered", f.Answered}} {
			g.add(c.T("chart.complaints."+stage.key), stage.n, "")
		}
	}
	g.write(c.T("chart.complaints.title"))
	g = &bars{b: &b}
	for _, k := range f.Cases {
		g.add(report.CaseWord(c.Printer, k.State), k.N, "")
	}
	g.write(c.T("chart.complaints.answers"))
	if b.Len() == 0 {
		return ""
	}
	return "\n" + strings.TrimRight(b.String(), "\n")
}
