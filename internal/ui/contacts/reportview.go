package contacts

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// report says what became of every file.
func (i *importView) report(job *Import) {
	e := i.v.env
	parts := []fyne.CanvasObject{i.sum(job)}
	for _, r := range job.Reports {
		parts = append(parts, i.file(job, r))
	}
	i.Show(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("calls.report"), Width: 80, Body: kit.Stack(2, parts...),
			Buttons: []fyne.CanvasObject{
				kit.NewCopy(e, func() string { return reportText(e, job) }),
				kit.NewPrimary(e.T("kit.close"), nil, d.Close),
			},
			OnClosed: func() {
				if i.v.model.Import() == job {
					i.v.model.DropImport()
				}
			},
		}
	})
}

// sum is the one line that most people want to know.
func (i *importView) sum(job *Import) fyne.CanvasObject {
	e, total := i.v.env, job.Total()
	tone, hint := look.Done, ""
	switch {
	case job.Failed():
		tone, hint = look.Caution, e.T("calls.report.incomplete")
	case total.Numbers == 0 && total.Duplicates > 0:
		tone, hint = look.Info, e.T("contacts.report.known")
	case total.Numbers == 0:
		tone, hint = look.Caution, e.T("contacts.report.none")
	case total.Rejected > 0:
		tone, hint = look.Info, e.T("contacts.report.some_rejected")
	}
	return kit.Notice(tone, e.N("contacts.import.finished", total.Numbers), hint)
}

// file is the report of one file.
func (i *importView) file(job *Import, r FileReport) fyne.CanvasObject {
	e := i.v.env
	var parts []fyne.CanvasObject
	if len(job.Reports) > 1 {
		parts = append(parts, kit.Heading(r.File))
	}
	switch {
	case r.Err != nil:
		x := e.Printer.Explain(r.Err)
		e.Report(r.Err)
		parts = append(parts, kit.Notice(look.Danger, x.Message, x.Hint))
	case r.Untouched:
		parts = append(parts, kit.Notice(look.Caution, e.T("contacts.report.untouched"), e.T("contacts.report.untouched.hint")))
	}
	if r.Cards > 0 {
		facts := kit.Stack(0.75)
		for _, f := range reportFacts(e, job.Person, r) {
			facts.Add(kit.Fact(f[0], f[1]))
		}
		parts = append(parts, facts)
	}
	if len(r.Rejects) > 0 {
		parts = append(parts, kit.Strong(e.N("contacts.report.rejects", r.Rejected)), remarks(e, r.Rejects))
	}
	if len(r.Notes) > 0 {
		parts = append(parts, kit.Strong(e.N("contacts.report.notes", len(r.Notes))), remarks(e, r.Notes))
	}
	return kit.Stack(1.25, parts...)
}

// remarks lists cards with their line and reason.
func remarks(e *kit.Env, rows []journal.RowRemark) fyne.CanvasObject {
	list := make([]kit.Remark, len(rows))
	for i, x := range rows {
		list[i] = kit.Remark{Words: remarkWords(e, x), Text: x.Text}
	}
	return kit.Remarks(list, func(shown int) string {
		if len(list) == shown {
			return ""
		}
		return e.N("calls.report.more", len(list)-shown)
	})
}

func remarkWords(e *kit.Env, x journal.RowRemark) string {
	return e.T("calls.report.line", l10n.Args{"Line": x.Line, "Reason": e.T(journal.ContactRejectWords + x.Reason)})
}

// reportFacts are the particulars of a report, as label and value.
func reportFacts(e *kit.Env, person domain.PersonID, r FileReport) [][2]string {
	out := [][2]string{{e.T("contacts.whose"), whose(e, domain.Contact{PersonID: person, Person: r.Person})}}
	add := func(key, value string) { out = append(out, [2]string{e.T("contacts.report." + key), value}) }
	count := func(key string, n int) { add(key, e.Printer.Number(int64(n))) }
	count("cards", r.Cards)
	add("imported", e.N("contacts.report.numbers", r.Numbers, l10n.Args{"Cards": r.Imported}))
	count("duplicates", r.Duplicates)
	count("skipped", r.Skipped)
	count("rejected", r.Rejected)
	return out
}

// reportText is the whole report as text, to be copied.
func reportText(e *kit.Env, job *Import) string {
	var b strings.Builder
	for _, r := range job.Reports {
		fmt.Fprintln(&b, r.File)
		switch {
		case r.Err != nil:
			x := e.Printer.Explain(r.Err)
			fmt.Fprintln(&b, x.Message, x.Hint)
		case r.Untouched:
			fmt.Fprintln(&b, e.T("contacts.report.untouched"))
		}
		if r.Cards > 0 {
			for _, f := range reportFacts(e, job.Person, r) {
				fmt.Fprintf(&b, "%s\t%s\n", f[0], f[1])
			}
		}
		for _, list := range [][]journal.RowRemark{r.Rejects, r.Notes} {
			for _, x := range list {
				fmt.Fprintf(&b, "%s\t%s\n", remarkWords(e, x), x.Text)
			}
		}
	}
	return b.String()
}
