package keeping

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/task"
)

// Part is the part of the page.
type Part struct {
	env    *kit.Env
	m      *Model
	backup *fyne.Container
	stop   func() // ends the reports on the backup under way
}

// New makes the part; Run and Changed of the params are its own to set.
func New(e *kit.Env, p Params) *Part {
	v := &Part{env: e}
	p.Run = kit.Runner(e.Jobs, e.Jobs.Base)
	p.Changed = v.fill
	v.m = NewModel(p)
	return v
}

// Content builds the card.
func (v *Part) Content() fyne.CanvasObject {
	e := v.env
	v.backup = kit.Stack(1)
	erase := kit.NewButton(e.T("keeping.erase.do"), theme.DeleteIcon(), v.askErase)
	restore := kit.NewButton(e.T("keeping.restore.do"), theme.HistoryIcon(), v.askRestore)
	v.fill()
	var top []fyne.CanvasObject
	if v.m.Last != nil {
		top = append(top, v.last())
	}
	if v.m.TokensInFile() {
		top = append(top, kit.Notice(look.Caution, e.T("doctor.warn.tokens_in_file"), e.T("keeping.tokens.hint")))
	}
	part := func(name, text string, deed fyne.CanvasObject) fyne.CanvasObject {
		return kit.Stack(1, kit.Stack(0.5, kit.Strong(name), kit.Muted(text)), deed)
	}
	return kit.TitledCard(e.T("keeping.title"), "", append(top, kit.Stack(3,
		part(e.T("keeping.backup"), e.T("keeping.backup.text"), v.backup),
		part(e.T("keeping.restore"), e.T("keeping.restore.text"), kit.Flow(1, restore)),
		part(e.T("keeping.erase"), e.T("keeping.erase.text"), kit.Flow(1, erase)),
	))...)
}

// Pressing says that there is something to read first: what was done before the
// window was built anew.
func (v *Part) Pressing() bool { return v.m.Last != nil }

// Enter does nothing: what is shown is known.
func (v *Part) Enter(context.Context) {}

// Leave does nothing: a backup goes on.
func (v *Part) Leave() {}

// Changed does nothing.
func (v *Part) Changed(string) {}

// last says what was done before the window was built anew.
func (v *Part) last() fyne.CanvasObject {
	e, o := v.env, v.m.Last
	switch {
	case o.Err != nil:
		return e.ErrorNotice(o.Err)
	case o.Restored != nil:
		lines := report.RestoredText(e.Printer, *o.Restored, kit.FormatTime(o.Restored.TakenAt))
		return kit.Stack(1, kit.Notice(look.Done, lines[0], ""), bullets(lines[1:]))
	case o.Everything:
		hint := e.T("keeping.erase.all.after")
		if len(o.Erased.Left) > 0 {
			hint = e.T("erase.left", l10n.Args{"Files": strings.Join(o.Erased.Left, ", ")})
		}
		return kit.Notice(look.Done, e.T("erase.done_all"), hint)
	}
	return kit.Stack(1, kit.Notice(look.Done, e.T("erase.done", l10n.Args{"Name": o.Erased.Person}), ""), bullets(report.TollText(e.Printer, *o.Erased)))
}

// bullets are sentences below each other.
func bullets(lines []string) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, l := range lines {
		rows = append(rows, kit.TopRow(0.75, 1, kit.Line("·"), kit.Body(l)))
	}
	return kit.Stack(0.25, rows...)
}

// fill shows how far the backup has come.
func (v *Part) fill() {
	if v.backup == nil {
		return
	}
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
	e, m := v.env, v.m
	v.backup.RemoveAll()
	if m.Stage == task.Running {
		bar := kit.NewProgress(e, kit.ProgressParams{
			Title: e.T("keeping.backup.running"), OnCancel: m.Stop,
			Counts: func(s progress.Snapshot) string { return megabytes(e, s) },
		})
		v.backup.Add(bar.Object())
		v.stop = e.Jobs.Watch(e.Jobs.Base(), m.Counter, bar.Set)
	} else {
		if m.Stage == task.Done {
			v.backup.Add(v.made())
		}
		v.backup.Add(kit.Flow(1, kit.NewButton(e.T("keeping.backup.do"), theme.DocumentSaveIcon(), v.askBackup)))
	}
	v.backup.Refresh()
}

// megabytes says how much of it is done, once it is known how much there is.
func megabytes(e *kit.Env, s progress.Snapshot) string {
	if s.Total == 0 {
		return ""
	}
	return e.T("keeping.megabytes", l10n.Args{"Done": s.Done >> 20, "Total": (s.Total + 1<<20 - 1) >> 20})
}

func (v *Part) made() fyne.CanvasObject {
	e, m := v.env, v.m
	if m.Err != nil {
		return e.ErrorNotice(m.Err)
	}
	hint := e.T("keeping.backup.made.plain")
	if m.Made.Encrypted {
		hint = e.T("keeping.backup.made.encrypted")
	}
	return kit.Notice(look.Done, e.T("keeping.backup.made", l10n.Args{"File": m.Made.File}), hint)
}

// Working gives the question to ask before the window closes on a backup.
func (v *Part) Working() (kit.ConfirmParams, bool) {
	e := v.env
	return kit.ConfirmParams{
		Title: e.T("keeping.backup.halt"), Text: e.T("keeping.backup.halt.text"), Yes: e.T("keeping.backup.halt.yes"),
		No: e.T("keeping.backup.halt.no"), Danger: true, OnYes: v.m.Stop,
	}, v.m.Stage == task.Running
}
