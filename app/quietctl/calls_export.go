package main

import (
	"context"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
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

// exportCalls writes the calls into a file, newest first. A file that was
// stopped half-way does not appear.
func (c *cli) exportCalls(
	ctx context.Context, w *workspace.Workspace, filter domain.CallFilter, path string, force bool,
) error {
	f, err := report.CreateCalls(path, force, report.CallsParams{
		Printer: c.Printer, Zone: c.zone, Format: func(source string) string { return c.T("format." + source) },
	})
	if err != nil {
		return err
	}
	defer f.Discard()
	var counter progress.Counter
	stop := c.showProgress(&counter)
	err = w.Journal.EachCall(ctx, journal.CallSelection{Filter: filter}, f.Write, &counter)
	stop()
	if err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return c.emit(exportJSON{File: path, Rows: f.Rows()}, func() string {
		return c.N("cli.calls.exported", f.Rows(), map[string]any{"File": plain(path)})
	})
}
