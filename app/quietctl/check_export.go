package main

import (
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
func (c *cli) exportChecks(a asker, p checkParams, info domain.RegistryInfo) error {
	create := report.CreateNew
	if p.force {
		create = report.Create
	}
	rows := report.NewChecks(report.ChecksParams{Printer: c.Printer, Province: a.checker.Province, Registry: info})
	f, err := create(p.export, rows.Header())
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := a.each(func(k domain.Check) error { return f.Write(rows.Row(k)) }); err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return c.emit(exportJSON{File: p.export, Rows: f.Rows()}, func() string {
		return c.N("cli.check.exported", f.Rows(), map[string]any{"File": plain(p.export)})
	})
}
