package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// sheetJSON is what an import did with a sheet of complaints (cli.md).
type sheetJSON struct {
	Batch       string            `json:"batch"`
	Rows        int               `json:"rows"`
	Queued      int               `json:"queued"`
	Duplicates  int               `json:"duplicates"`
	Rejected    int               `json:"rejected"`
	Rejects     []sheetRejectJSON `json:"rejects"`
	File        string            `json:"file"`
	Sheet       string            `json:"sheet,omitempty"`
	Format      string            `json:"format"`
	Encoding    string            `json:"encoding"`
	Channel     string            `json:"channel"`
	Practice    bool              `json:"practice"`
	DryRun      bool              `json:"dry_run"`
	CarriedOn   bool              `json:"carried_on"`
	RejectsFile *string           `json:"rejects_file"`
	Columns     []sheetColumnJSON `json:"columns"`
}

// sheetRejectJSON is one problem of a row.
type sheetRejectJSON struct {
	Line   int               `json:"line"`
	Field  filing.SheetField `json:"field"`
	Reason string            `json:"reason"`
	Hint   string            `json:"hint"`
	Code   string            `json:"code"`
}

// sheetColumnJSON is a column and how it came by its field.
type sheetColumnJSON struct {
	Title     string            `json:"title"`
	Field     filing.SheetField `json:"field"`
	Certainty filing.Certainty  `json:"certainty"`
}

func (c *cli) complaintsImport() *cobra.Command {
	var r filing.SheetRequest
	var columns []string
	var rejects rejectsFlags
	fields := make([]string, 0, len(filing.SheetFields()))
	for _, f := range filing.SheetFields() {
		name := string(f)
		if f.Required() {
			name += "*"
		}
		fields = append(fields, name)
	}
	cmd := &cobra.Command{
		Use: "import SHEET", Short: c.T("cli.complaints.import"), Args: between(1, 1),
		Long: c.T("cli.complaints.import_long", map[string]any{"Columns": strings.Join(fields, ", ")}),
	}
	f := cmd.Flags()
	f.StringArrayVar(&columns, "map", nil, c.T("cli.complaints.import_map"))
	f.StringVar(&r.Channel, "channel", "", c.T("cli.complaints.channel"))
	f.BoolVar(&r.DryRun, "dry-run", false, c.T("cli.complaints.import_dry"))
	f.StringVar(&rejects.path, "rejects", "", c.T("cli.complaints.import_rejects"))
	f.BoolVar(&rejects.force, "force", false, c.T("cli.complaints.results_force"))
	f.BoolVar(&r.Anyway, "anyway", false, c.T("cli.complaints.import_anyway"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r.Path, r.Zone, r.Language = args[0], c.zone, string(c.Language())
		if r.ForgetMapping = slices.Equal(columns, []string{columnsAuto}); !r.ForgetMapping {
			var err error
			if r.Mapping, err = filing.ReadSheetMapping(columns); err != nil {
				return err
			}
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.importSheet(cmd.Context(), w, r, rejects)
		})
	}
	return cmd
}

// importSheet imports a sheet and writes its bad rows, as they come, into the file
// that the flags name. A file that cannot be written does not stop the import;
// what was rejected before the import stopped is kept.
func (c *cli) importSheet(ctx context.Context, w *workspace.Workspace, r filing.SheetRequest, rejects rejectsFlags) error {
	var bad *report.Sheet
	var fault error
	if rejects.path != "" {
		r.OnHead = func(h filing.SheetHead) (err error) {
			bad, err = report.CreateRejectedRows(rejects.path, rejects.force, h.Titles(), c.Printer)
			return err
		}
		r.OnReject = func(row filing.SheetRow, problems []filing.RowProblem) error {
			if fault == nil {
				fault = bad.WriteRejected(row.Cells, problems)
			}
			return nil
		}
	}
	done, err := c.runSheet(ctx, w, r)
	err = c.missingColumns(done.Head.Missing, err)
	if bad != nil {
		defer bad.Discard()
		if fault == nil && bad.Rows() > 0 {
			fault = bad.Commit()
		}
	}
	c.partial = c.partial || done.Rejected > 0
	if done.Rows > 0 {
		file := ""
		if bad != nil && bad.Rows() > 0 && fault == nil {
			file = rejects.path
		}
		if said := c.emitSheet(done, file); said != nil && err == nil {
			err = said
		}
	}
	if fault != nil || fileFault(err) {
		c.fault = true // the command line was right; the disk or the file was not
	}
	return errors.Join(err, fault)
}

// missingColumns names the columns that a sheet lacks as their titles would be.
func (c *cli) missingColumns(fields []filing.SheetField, err error) error {
	if domain.KeyOf(err) != "sheet.column_missing" || len(fields) == 0 {
		return err
	}
	titles := make([]string, len(fields))
	for i, f := range fields {
		titles[i] = c.T("sheet." + string(f))
	}
	return domain.E("quietctl.import", domain.Invalid, "sheet.column_missing",
		domain.Args{"Field": strings.Join(titles, c.T("cli.list_separator")), "First": string(fields[0])}, err)
}

// fileFault tells errors of the file itself from those of what was asked.
func fileFault(err error) bool {
	key := domain.KeyOf(err)
	return strings.HasPrefix(key, "import.") && !strings.HasPrefix(key, "import.mapping_")
}

func (c *cli) runSheet(ctx context.Context, w *workspace.Workspace, r filing.SheetRequest) (filing.SheetReport, error) {
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	return w.Filing.ImportSheet(ctx, r, &counter)
}

func (c *cli) emitSheet(r filing.SheetReport, rejectsFile string) error {
	v := sheetJSON{
		Batch: r.Batch, Rows: r.Rows, Queued: r.Queued, Duplicates: r.Duplicates, Rejected: r.Rejected, Rejects: []sheetRejectJSON{},
		File: r.Head.File, Sheet: r.Head.Sheet, Format: r.Head.Format, Encoding: r.Head.Encoding, Channel: r.Channel,
		Practice: r.Practice, DryRun: r.DryRun, CarriedOn: r.CarriedOn, Columns: []sheetColumnJSON{},
	}
	for _, row := range r.Rejects {
		for _, p := range row.Problems {
			e := c.Explain(p.Err())
			v.Rejects = append(v.Rejects, sheetRejectJSON{Line: row.Line, Field: p.Field, Reason: e.Message, Hint: e.Hint, Code: p.Key})
		}
	}
	for _, col := range r.Head.Columns {
		v.Columns = append(v.Columns, sheetColumnJSON{Title: col.Title, Field: col.Field, Certainty: col.Certainty})
	}
	if rejectsFile != "" {
		v.RejectsFile = &rejectsFile
	}
	return c.emit(v, func() string { return c.sheetText(r, rejectsFile) })
}
