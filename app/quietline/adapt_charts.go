package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/stats"
)

// stats makes the charts of calls and complaints.
func (d *desktop) stats(e *kit.Env) kit.Part {
	w := d.space
	return stats.New(stats.Params{
		Env: e, Lookout: w.Lookout, Filing: w.Filing, People: w.Journal, Files: charts{e.Clock},
		Listed: func(code string) string { return report.ListedAs(e.Printer, w.Checker.Check(code, "")) },
	})
}

// charts writes charts into files.
type charts struct{ clock domain.Clock }

// Save writes a chart, in place of a file that is there: the user was asked.
func (c charts) Save(_ context.Context, path string, p report.Picture) error {
	return report.CreatePicture(path, true, p, c.clock.Now())
}
