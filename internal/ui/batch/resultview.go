package batch

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/destination"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/wording"
)

// showResult says what checking found.
func (v *sheetView) showResult() {
	e, job, r := v.env, v.job, v.job.Report
	v.result.RemoveAll()
	if job.Stage == Checked && r.Rows > 0 {
		tone, hint := look.Done, e.T("batch.checked.sound")
		switch {
		case r.Queued == 0:
			tone, hint = look.Caution, e.T("batch.checked.none")
		case r.Rejected > 0:
			tone, hint = look.Info, e.T("batch.checked.some")
		}
		if ch, ok := v.p.model.channelOf(job.Channel); ok {
			hint = strings.TrimSpace(hint + "\n" + pace(e, r.Queued, ch))
		}
		v.result.Add(kit.Notice(tone, e.N("batch.checked", r.Queued), hint))
		facts := []fyne.CanvasObject{
			kit.Fact(e.T("batch.where"), v.destination()),
			kit.Fact(e.T("batch.rows"), e.Printer.Number(int64(r.Rows))),
			kit.Fact(e.T("batch.rows.queued"), e.Printer.Number(int64(r.Queued))),
			kit.Fact(e.T("batch.rows.duplicates"), e.Printer.Number(int64(r.Duplicates))),
			kit.Fact(e.T("batch.rows.rejected"), e.Printer.Number(int64(r.Rejected))),
		}
		v.result.Add(kit.Card(facts...))
		if len(r.Rejects) > 0 {
			v.result.Add(kit.Heading(e.N("batch.problems", r.Rejected)))
			v.result.Add(v.rejects(r))
			v.result.Add(kit.Flow(1, kit.NewButton(e.T("batch.paper.problems"), theme.DocumentSaveIcon(), func() { v.p.write(PaperProblems) })))
		}
		if job.Guarded() && !job.Anyway {
			v.result.Add(kit.Notice(look.Info, e.T("batch.guarded"), e.T("batch.guarded.hint")))
		}
	}
	v.result.Hidden = len(v.result.Objects) == 0
	v.result.Refresh()
}

// pace says how long the channel's rate makes so many complaints take at least,
// where that is worth a word.
func pace(e *kit.Env, n int, ch domain.Channel) string {
	d := filing.Pace(n, ch)
	if d < 2*time.Second {
		return ""
	}
	return e.T("complaints.pace", l10n.Args{"Time": wording.Length(e.Printer, int64(d.Round(time.Second).Seconds()))})
}

// destination is the name of the channel.
func (v *sheetView) destination() string {
	ch, _ := v.p.model.channelOf(v.job.Channel)
	return destination.Name(v.env, ch)
}

// ask says once more where the complaints go, before they do.
func (v *sheetView) ask() {
	e, n := v.env, v.job.Report.Queued
	ch, ok := v.p.model.channelOf(v.job.Channel)
	if !ok { // the channels have changed meanwhile
		v.p.model.LookAgain()
		return
	}
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.N("batch.ask", n), Body: destination.Notice(e, n, ch, e.T("batch.ask.hint")),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("complaints.confirm.no"), nil, d.Close),
				kit.NewPrimary(e.N("batch.file", n), theme.MailSendIcon(), func() {
					d.Close()
					v.p.model.File()
				}),
			},
		}
	})
}

func (v *sheetView) rejects(r filing.SheetReport) fyne.CanvasObject {
	of := func(x filing.RowReject) kit.Remark { return remark(v.env, x.Line, x.Cells, x.Problems) }
	more := func(shown int) string {
		if rest := r.Rejected - shown; rest > 0 {
			return v.env.N("batch.problems.more", rest)
		}
		return ""
	}
	if len(r.Rejects) <= kit.MostRemarks {
		list := make([]kit.Remark, len(r.Rejects))
		for i, x := range r.Rejects {
			list[i] = of(x)
		}
		return kit.Remarks(list, more)
	}
	rows := kit.SliceRows(v.env.Jobs, r.Rejects)
	table := kit.RemarkTable(v.env, rows, of)
	if rest := more(len(r.Rejects)); rest != "" {
		return kit.Stack(1, table, kit.Muted(rest))
	}
	return table
}
