package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/report"
)

// exportJSON is the result of check --export.
type exportJSON struct {
	File string `json:"file"`
	Rows int    `json:"rows"`
}

// exportChecks writes the answers into a table instead of to standard output.
// A table that was stopped half-way does not appear.
func (c *cli) exportChecks(
	ctx context.Context, p checkParams, rows *report.Checks, ask func(number string) domain.Check,
) error {
	create := report.CreateNew
	if p.force {
		create = report.Create
	}
	f, err := create(p.export, rows.Header())
	if err != nil {
		return err
	}
	defer f.Discard()
	err = eachNumber(c.in, p.numbers, func(number string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return f.Write(rows.Row(ask(number)))
	})
	if err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return c.emit(exportJSON{File: p.export, Rows: f.Rows()}, func() string {
		return c.N("cli.check.exported", f.Rows(), map[string]any{"File": plain(p.export)})
	})
}
