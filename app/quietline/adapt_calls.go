package main

import (
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/calls"
)

// callFiles begins the files of the Calls page, in the language of the moment.
type callFiles struct{ printer *l10n.Printer }

// Calls begins a file of calls; the user was asked before a file is replaced.
func (f callFiles) Calls(path string) (calls.ExportFile, error) {
	return report.CreateCalls(path, true, report.CallsParams{
		Printer: f.printer, Zone: domain.China(), Format: func(source string) string { return f.printer.T("format." + source) },
	})
}

// Rejects begins a table of rows that an import could not read.
func (f callFiles) Rejects(path string) (calls.RejectsFile, error) {
	return report.CreateRejects(path, true, f.printer)
}
