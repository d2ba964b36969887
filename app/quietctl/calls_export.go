package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

func (c *cli) callsExport() *cobra.Command {
	var force bool
	p := &callFilterFlags{}
	cmd := &cobra.Command{Use: "export FILE", Short: c.T("cli.calls.export"), Args: between(1, 1)}
	c.callFilters(cmd.Flags(), p)
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.calls.force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			filter, err := c.callFilter(cmd, w, p)
			if err != nil {
				return err
			}
			return c.exportCalls(cmd.Context(), w, filter, args[0], force)
		})
	}
	return cmd
}

// callSink takes the calls of an export one after another.
type callSink struct {
	write   func(domain.Call) error
	commit  func() error
	discard func()
	rows    func() int
}

// exportCalls writes the calls into a file, newest first. A file that was
// stopped half-way does not appear.
func (c *cli) exportCalls(
	ctx context.Context, w *workspace.Workspace, filter domain.CallFilter, path string, force bool,
) error {
	sink, err := c.callSink(path, force)
	if err != nil {
		return err
	}
	defer sink.discard()
	for page := (domain.Page{Limit: domain.MaxPageSize}); ; {
		got, err := w.Journal.Calls(ctx, filter, page)
		if err != nil {
			return err
		}
		for _, call := range got.Calls {
			if err := sink.write(call); err != nil {
				return err
			}
		}
		if page.After = got.Next; page.After == "" {
			break
		}
	}
	if err := sink.commit(); err != nil {
		return err
	}
	return c.emit(exportJSON{File: path, Rows: sink.rows()}, func() string {
		return c.N("cli.calls.exported", sink.rows(), map[string]any{"File": plain(path)})
	})
}

// callSink opens the file by its ending: a JSON array of what calls list shows,
// or a table for people.
func (c *cli) callSink(path string, force bool) (callSink, error) {
	if strings.EqualFold(filepath.Ext(path), ".json") {
		f, err := report.CreateJSON(path, force)
		if err != nil {
			return callSink{}, err
		}
		return callSink{func(k domain.Call) error { return f.Write(c.toCallJSON(k)) }, f.Commit, f.Discard, f.Rows}, nil
	}
	create := report.CreateNew
	if force {
		create = report.Create
	}
	rows := report.NewCalls(report.CallsParams{
		Printer: c.Printer, Zone: c.zone, Format: func(source string) string { return c.T("format." + source) },
	})
	f, err := create(path, rows.Header())
	if err != nil {
		return callSink{}, err
	}
	return callSink{func(k domain.Call) error { return f.Write(rows.Row(k)) }, f.Commit, f.Discard, f.Rows}, nil
}
