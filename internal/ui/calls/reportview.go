package calls

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// report says what became of every file.
func (v *importView) report(job *Import) {
	e := v.p.env
	parts := []fyne.CanvasObject{v.sum(job)}
	var first fyne.Focusable // what helps where a file could not be read
	for i, r := range job.Reports {
		parts = append(parts, v.file(r, len(job.Reports) > 1))
		if mappable(r.Err) {
			choose := kit.NewButton(e.T("calls.mapping.choose"), theme.ListIcon(), func() { v.p.model.ChooseColumns(i) })
			parts = append(parts, kit.Flow(1, choose))
			if first == nil {
				first = choose
			}
		}
	}
	v.Show(e, func(d *kit.Dialog) kit.DialogParams {
		buttons := []fyne.CanvasObject{kit.NewCopy(e, func() string { return reportText(e, job) })}
		if job.Total().Rejected > 0 {
			buttons = append(buttons, kit.NewButton(e.T("calls.rejects"), theme.DocumentSaveIcon(), v.p.model.OfferRejects))
		}
		if job.Failed() || job.Total().Rejected > 0 {
			buttons = append(buttons, kit.NewButton(e.T("calls.report.again"), theme.ViewRefreshIcon(), v.p.model.ImportAgain))
		}
		return kit.DialogParams{
			Title: e.T("calls.report"), Width: 80, Body: kit.Stack(2, parts...), Focus: first,
			Buttons: append(buttons, kit.NewPrimary(e.T("kit.close"), nil, d.Close)),
			OnClosed: func() {
				if v.p.model.Import() == job {
					v.p.model.DropImport()
				}
			},
		}
	})
}

// sum is the one line that most people want to know.
func (v *importView) sum(job *Import) fyne.CanvasObject {
	e, total := v.p.env, job.Total()
	tone, hint := look.Done, ""
	switch {
	case job.Failed():
		tone, hint = look.Caution, e.T("calls.report.incomplete")
	case total.Imported+total.Duplicates == 0:
		tone, hint = look.Caution, e.T("calls.report.no_calls")
	case total.Rejected > 0:
		tone, hint = look.Info, e.T("calls.report.some_rejected")
	case total.Imported == 0:
		tone, hint = look.Info, e.T("calls.report.known")
	}
	return kit.Notice(tone, e.N("calls.import.finished", total.Imported), hint)
}

// file is the report of one file.
func (v *importView) file(r FileReport, named bool) fyne.CanvasObject {
	e := v.p.env
	var parts []fyne.CanvasObject
	if named {
		parts = append(parts, kit.Heading(r.File))
	}
	if r.Err != nil {
		x := e.Printer.Explain(r.Err)
		e.Report(r.Err)
		parts = append(parts, kit.Notice(look.Danger, x.Message, x.Hint))
	}
	if !r.Untouched && (r.Err == nil || r.Rows > 0) {
		var facts []fyne.CanvasObject
		for _, f := range reportFacts(e, r) {
			facts = append(facts, kit.Fact(f[0], f[1]))
		}
		parts = append(parts, kit.Stack(0.75, facts...))
	}
	if len(r.Rejects) > 0 {
		parts = append(parts, kit.Strong(e.N("calls.report.rejects", r.Rejected)), v.remarks("import.reject.", r, false))
	}
	if len(r.Notes) > 0 {
		parts = append(parts, kit.Strong(e.N("calls.report.notes", len(r.Notes))), v.remarks("import.note.", r, true))
	}
	return kit.Stack(1.25, parts...)
}

func (v *importView) remarks(prefix string, r FileReport, notes bool) fyne.CanvasObject {
	e := v.p.env
	rows := r.Rejects
	if notes {
		rows = r.Notes
	}
	list := make([]kit.Remark, len(rows))
	for i, x := range rows {
		list[i] = kit.Remark{Words: e.T("calls.report.line", l10n.Args{"Line": x.Line, "Reason": e.T(prefix + x.Reason)}), Text: x.Text}
	}
	return kit.Remarks(list, func(shown int) string {
		switch {
		case !notes && r.Rejected > shown:
			return e.N("calls.rejects.more", r.Rejected-shown)
		case len(list) > shown:
			return e.N("calls.report.more", len(list)-shown)
		}
		return ""
	})
}

// reportFacts are the particulars of a report, as label and value.
func reportFacts(e *kit.Env, r FileReport) [][2]string {
	var out [][2]string
	add := func(key, value string) {
		if value != "" {
			out = append(out, [2]string{e.T("calls.report." + key), value})
		}
	}
	count := func(key string, n int) { add(key, e.Printer.Number(int64(n))) }
	add("person", kit.PersonName(e, r.PersonID, r.Person))
	add("format", e.T("calls.report.format.value", l10n.Args{"Format": formatName(e, r.Format), "Encoding": r.Encoding}))
	count("rows", r.Rows)
	count("imported", r.Imported)
	count("duplicates", r.Duplicates)
	if r.Filled > 0 {
		out = append(out, [2]string{"", e.N("calls.report.filled", r.Filled, nil)})
	}
	count("skipped", r.Skipped)
	for _, k := range slices.Sorted(maps.Keys(r.SkippedFor)) {
		out = append(out, [2]string{"", e.T("calls.report.skipped_for", l10n.Args{"Count": r.SkippedFor[k], "Reason": e.T("import.skip." + k)})})
	}
	count("rejected", r.Rejected)
	if !r.FirstAt.IsZero() {
		add("span", kit.FormatTime(r.FirstAt)+" – "+kit.FormatTime(r.LastAt))
	}
	return out
}

// reportText is the whole report as text, to be copied.
func reportText(e *kit.Env, job *Import) string {
	var b strings.Builder
	for _, r := range job.Reports {
		fmt.Fprintln(&b, r.File)
		if r.Err != nil {
			x := e.Printer.Explain(r.Err)
			fmt.Fprintln(&b, x.Message, x.Hint)
		}
		if !r.Untouched {
			for _, f := range reportFacts(e, r) {
				fmt.Fprintf(&b, "%s\t%s\n", f[0], f[1])
			}
		}
		for _, x := range r.Rejects {
			fmt.Fprintf(&b, "%s\t%s\n", e.T("calls.report.line", l10n.Args{"Line": x.Line, "Reason": e.T("import.reject." + x.Reason)}), x.Text)
		}
		if rest := r.Rejected - len(r.Rejects); rest > 0 {
			fmt.Fprintln(&b, e.N("calls.rejects.more", rest))
		}
		for _, x := range r.Notes {
			fmt.Fprintf(&b, "%s\t%s\n", e.T("calls.report.line", l10n.Args{"Line": x.Line, "Reason": e.T("import.note." + x.Reason)}), x.Text)
		}
	}
	return b.String()
}

// formatName is the name of a format in words, where it has any.
func formatName(e *kit.Env, format string) string {
	if key := "format." + format; e.Printer.Has(key) {
		return e.T(key)
	}
	return format
}
