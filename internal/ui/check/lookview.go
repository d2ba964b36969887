package check

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/registrar"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// lookView shows the stages of looking for a newer list, each in a dialog of
// its own. Closing a dialog ends it.
type lookView struct {
	p       *Page
	dialog  *kit.Dialog
	moving  bool // a dialog goes because another one comes
	form    *kit.Form
	url     *kit.Entry
	key     *kit.Entry
	changes *changesView
}

// show shows the stage that it is in.
func (v *lookView) show() {
	l := v.p.model.Look
	if l.Stage() == LookSource && v.form != nil && v.dialog.Open() {
		v.form.Show(l.Fault())
		return
	}
	if l.Stage() == LookSaving {
		return // a moment; what was typed stays where it is
	}
	v.close()
	switch l.Stage() {
	case LookClosed, LookSaving:
	case LookSource:
		v.source()
		v.form.Show(l.Fault())
	case LookLooking:
		v.wait("check.look.looking", true)
	case LookInstalling:
		v.wait("check.look.installing", false)
	case LookFault:
		v.fault(l.Fault())
	case LookFound:
		v.found(l.Update())
	}
}

func (v *lookView) close() {
	v.form, v.changes = nil, nil
	if d := v.dialog; d != nil {
		v.dialog = nil
		v.moving = true
		d.Close()
		v.moving = false
	}
}

// closed ends the looking when the user closed the dialog.
func (v *lookView) closed() {
	if !v.moving {
		v.dialog, v.form = nil, nil
		v.p.model.Look.Close()
	}
}

func (v *lookView) open(build func(d *kit.Dialog) kit.DialogParams) {
	v.dialog = kit.ShowDialog(v.p.env, func(d *kit.Dialog) kit.DialogParams {
		params := build(d)
		params.OnClosed = v.closed
		return params
	})
}

// source asks where newer lists come from.
func (v *lookView) source() {
	e, l := v.p.env, v.p.model.Look
	draft := l.Draft()
	v.url, v.key = kit.NewEntry("https://…/registry.json"), kit.NewEntry("RW…")
	v.url.SetText(draft.URL)
	v.key.SetText(draft.Key)
	write := func(string) { l.Write(registrar.Source{URL: v.url.Text, Key: v.key.Text}) }
	v.url.OnChanged, v.key.OnChanged = write, write
	v.url.OnEnter, v.key.OnEnter = l.SaveSource, l.SaveSource
	v.form = kit.NewForm(e,
		kit.NewField(e, kit.FieldParams{
			Label: e.T("check.look.url"), Help: e.T("check.look.url.help"), Pointer: "/url",
			Input: v.url, Beside: kit.PasteInto(e, v.url, nil),
		}),
		kit.NewField(e, kit.FieldParams{
			Label: e.T("check.look.key"), Help: e.T("check.look.key.help"), Pointer: "/key",
			Input: v.key, Beside: kit.PasteInto(e, v.key, nil),
		}),
	)
	said := e.T("check.look.unset")
	if draft.URL != "" {
		said = e.T("check.look.set")
	}
	v.open(func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("check.look.title"), Width: 72, Focus: v.url,
			Body:  kit.Stack(2, kit.Strong(said), kit.Body(e.T("check.look.how")), v.form.Object()),
			Typed: l.Changed,
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewButton(e.T("check.look.file"), theme.FolderOpenIcon(), v.file),
				kit.NewPrimary(e.T("check.look.save"), theme.ViewRefreshIcon(), l.SaveSource),
			},
		}
	})
}

// elsewhere offers other places to look.
func (v *lookView) elsewhere() fyne.CanvasObject {
	return kit.Flow(1,
		kit.NewButton(v.p.env.T("check.look.source"), theme.SettingsIcon(), v.p.model.Look.AskSource),
		kit.NewButton(v.p.env.T("check.look.file"), theme.FolderOpenIcon(), v.file),
	)
}

// file looks into a list that lies in a folder.
func (v *lookView) file() {
	v.p.openFile(v.p.env.T("check.look.file"), []string{".json"}, v.p.model.Look.LookIn)
}

func (v *lookView) wait(key string, stoppable bool) {
	e := v.p.env
	v.open(func(d *kit.Dialog) kit.DialogParams {
		button := kit.NewButton(e.T("kit.cancel"), theme.CancelIcon(), d.Close)
		if !stoppable {
			button.SetText(e.T("kit.close"))
		}
		return kit.DialogParams{
			Title: e.T("check.look.title"), Body: kit.Body(e.T(key)), Buttons: []fyne.CanvasObject{button},
		}
	})
}

func (v *lookView) fault(err error) {
	e, l := v.p.env, v.p.model.Look
	v.open(func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("check.look.title"), Width: 72,
			Body: kit.Stack(2, e.ErrorNotice(err), kit.Body(e.T("check.look.nothing_changed")), v.elsewhere()),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.close"), nil, d.Close),
				kit.NewPrimary(e.T("kit.retry"), theme.ViewRefreshIcon(), l.Again),
			},
		}
	})
}

// found says what a newer list would change, or that there is none.
func (v *lookView) found(u *registrar.Update) {
	e, l := v.p.env, v.p.model.Look
	if u.UpToDate {
		v.open(func(d *kit.Dialog) kit.DialogParams {
			return kit.DialogParams{
				Title: e.T("check.look.title"), Width: 72,
				Body: kit.Stack(2, kit.Notice(look.Done, e.T("check.look.current"), e.T("check.look.current.text", l10n.Args{
					"Version": u.From.Version, "Date": u.From.Date,
				})), v.elsewhere()),
				Buttons: []fyne.CanvasObject{kit.NewPrimary(e.T("kit.close"), nil, d.Close)},
			}
		})
		return
	}
	v.changes = newChangesView(v.p, u)
	v.open(func(d *kit.Dialog) kit.DialogParams {
		later := kit.NewButton(e.T("check.look.later"), nil, d.Close)
		return kit.DialogParams{
			Title: e.T("check.look.newer"), Width: 100, Focus: later, Body: v.changes.object,
			Buttons: []fyne.CanvasObject{later, kit.NewPrimary(e.T("check.look.install"), theme.ConfirmIcon(), l.Install)},
		}
	})
}
