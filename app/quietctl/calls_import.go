package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/workspace"
)

// importJSON is what an import did with one file.
type importJSON struct {
	File       string `json:"file"`
	Format     string `json:"format"`
	Encoding   string `json:"encoding"`
	Rows       int    `json:"rows"`
	Imported   int    `json:"imported"`
	Duplicates int    `json:"duplicates"`
	// Filled are duplicates that completed what was known of a call.
	Filled   int          `json:"filled,omitempty"`
	Skipped  int          `json:"skipped"`
	Rejected int          `json:"rejected"`
	Rejects  []rejectJSON `json:"rejects"`
	FirstAt  *string      `json:"first_at"`
	LastAt   *string      `json:"last_at"`
	Person   string       `json:"person"`
	DryRun   bool         `json:"dry_run"`
	Notes    []rejectJSON `json:"notes,omitempty"`
	// Mapping is what the user said about the columns, now or before.
	Mapping    journal.Mapping `json:"mapping,omitempty"`
	Remembered bool            `json:"mapping_remembered,omitempty"`
	Error      *errorJSON      `json:"error,omitempty"`
}

type rejectJSON struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

func (c *cli) callsImport() *cobra.Command {
	var r journal.ImportRequest
	var columns []string
	var rejects rejectsFlags
	cmd := &cobra.Command{Use: "import FILE...", Short: c.T("cli.calls.import"), Args: between(1, -1)}
	f := cmd.Flags()
	f.StringVar(&r.Person, "person", "", c.T("cli.calls.person"))
	f.StringVar(&r.Format, "format", "auto", c.T("cli.calls.format"))
	f.StringVar(&r.OwnNumber, "own-number", "", c.T("cli.calls.own_number"))
	f.IntVar(&r.Year, "year", 0, c.T("cli.calls.year"))
	f.StringArrayVar(&columns, "map", nil, c.T("cli.calls.map"))
	f.BoolVar(&r.DryRun, "dry-run", false, c.T("cli.calls.dry_run"))
	f.StringVar(&rejects.path, "rejects", "", c.T("cli.calls.rejects"))
	f.BoolVar(&rejects.force, "force", false, c.T("cli.calls.rejects_force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r.Zone = c.zone
		var err error
		if r.Mapping, r.ForgetMapping, err = readColumns(columns); err != nil {
			return err
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.keepRejects(rejects, &r, func() error { return c.importFiles(cmd.Context(), w, &r, args) })
		})
	}
	return cmd
}

// importFiles imports one file after the other. A bad one gets its object with
// its error and does not stop the others; if none could be imported, the first
// error is the command's own (exit 1), otherwise the run is partial (exit 3).
func (c *cli) importFiles(ctx context.Context, w *workspace.Workspace, r *journal.ImportRequest, files []string) error {
	var first error
	imported := false
	if r.DryRun {
		r.Rehearsal = &journal.Rehearsal{}
	}
	for _, file := range files {
		r.Path = file
		report, err := c.importFile(ctx, w, *r)
		if wrongRequest(err) {
			return err
		}
		if err != nil && first == nil {
			first = err
		}
		imported = imported || report.Imported+report.Duplicates > 0
		c.partial = c.partial || err != nil || report.Rejected > 0
		if c.json || err == nil || report.Rows > 0 || len(files) > 1 {
			if eerr := c.emitImport(filepath.Base(file), report, err); eerr != nil {
				return eerr
			}
		}
		if domain.KindOf(err) == domain.Cancelled || strings.HasPrefix(domain.KeyOf(err), "store.") {
			return err // what was committed is kept and was just said
		}
	}
	if first != nil && !imported {
		c.fault = true // the command line was right, the file was not
		return first
	}
	return nil
}

// wrongRequest tells errors that are about the command, not about one file.
func wrongRequest(err error) bool {
	return slices.Contains([]string{
		"person.not_found", "import.format_name", "import.year_range", "import.own_number",
		"import.mapping_field", "import.mapping_title",
	}, domain.KeyOf(err))
}

func (c *cli) importFile(ctx context.Context, w *workspace.Workspace, r journal.ImportRequest) (journal.ImportReport, error) {
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	return w.Journal.Import(ctx, r, &counter)
}

func (c *cli) emitImport(file string, r journal.ImportReport, err error) error {
	v := importJSON{
		File: file, Format: r.Format, Encoding: r.Encoding, Rows: r.Rows, Imported: r.Imported,
		Duplicates: r.Duplicates, Filled: r.Filled, Skipped: r.Skipped, Rejected: r.Rejected, Rejects: []rejectJSON{},
		FirstAt: c.timePtr(r.FirstAt), LastAt: c.timePtr(r.LastAt), Person: r.Person, DryRun: r.DryRun,
		Mapping: r.Mapping, Remembered: r.MappingRemembered,
	}
	for _, x := range r.Rejects {
		v.Rejects = append(v.Rejects, rejectJSON{Line: x.Line, Reason: c.T(journal.RejectWords + x.Reason), Text: x.Text})
	}
	for _, x := range r.Notes {
		v.Notes = append(v.Notes, rejectJSON{Line: x.Line, Reason: c.T(journal.NoteWords + x.Reason), Text: x.Text})
	}
	if err != nil {
		e := toErrorJSON(c.Explain(err))
		v.Error = &e
	}
	return c.emit(v, func() string {
		text := c.T("cli.calls.imported", map[string]any{
			"File": plain(v.File), "Rows": v.Rows, "Imported": v.Imported, "Duplicates": v.Duplicates,
			"Skipped": v.Skipped, "Rejected": v.Rejected,
		})
		if v.Filled > 0 {
			text += "\n  " + c.N("cli.calls.filled", v.Filled, nil)
		}
		text += c.lineText(v.Rejects, v.Notes)
		if v.Remembered {
			text += "\n  " + c.T("cli.calls.remembered", map[string]any{"Columns": plain(columnsText(v.Mapping))})
		}
		if v.DryRun {
			text += "\n  " + c.T("cli.calls.dry")
		}
		if v.Error != nil {
			text += "\n  " + plain(v.Error.Message) + "\n  " + plain(v.Error.Hint)
		}
		return text
	})
}

// lineText says what is wrong with lines of a file, each on a line of its own.
func (c *cli) lineText(lists ...[]rejectJSON) string {
	var b strings.Builder
	for _, x := range slices.Concat(lists...) {
		b.WriteString("\n  " + c.T("cli.calls.line", map[string]any{"Line": x.Line, "Reason": x.Reason}) + "  " + plain(x.Text))
	}
	return b.String()
}
