package calls

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// deeds are what can be done with marked calls, the one that people come for
// first.
func (v *listView) deeds(marked []domain.Call) []*kit.Button {
	e := v.env
	out := []*kit.Button{
		kit.NewButton(e.T("calls.marks.say"), theme.DocumentCreateIcon(), func() { v.say(marked) }),
		kit.NewButton(e.T("calls.export"), theme.DocumentSaveIcon(), v.p.export),
	}
	if complaint := v.complaint(marked); complaint != nil {
		out = slices.Insert(out, 0, complaint)
	}
	out = append(out, v.foot.All(len(marked))...)
	return append(out, kit.NewButton(e.T("calls.remove.marked"), theme.DeleteIcon(), func() { v.p.model.Remove(ids(marked)) }))
}

// complaint offers one complaint, or one for each caller; nil where all withheld
// their number.
func (v *listView) complaint(marked []domain.Call) *kit.Button {
	e, icon := v.env, look.IconComplaints.In(theme.ColorNameForegroundOnPrimary)
	callers, _ := Callers(marked)
	switch {
	case len(callers) == 0:
		return nil
	case Together(marked):
		return kit.NewPrimary(e.N("calls.marks.complain", len(marked)), icon, func() {
			e.Navigate(kit.RouteComplainAbout(ids(marked)...))
		})
	case len(callers) > MostDrafts:
		return kit.NewPrimary(e.T("calls.marks.complaints"), icon, func() {
			e.Toast(e.T("calls.drafts.too_many", l10n.Args{"Most": MostDrafts}))
		})
	}
	return kit.NewPrimary(e.N("calls.marks.each", len(callers)), icon, func() { v.p.model.OfferDrafts(marked) })
}

// say asks what the marked calls were about and how they were made.
func (v *listView) say(marked []domain.Call) {
	e := v.env
	leave := []kit.Option[domain.Category]{{Text: e.T("calls.say.leave")}}
	category := kit.NewChoice("", append(leave, kit.Terms(e.Printer, "category", domain.Categories())...), nil)
	category.Set("")
	how := kit.NewChecks(kit.Terms(e.Printer, "technique", domain.Techniques()), nil)
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		store := func() {
			d.Close()
			if c, _ := category.Get(); c != "" || len(how.Get()) > 0 {
				v.p.model.MarkAll(ids(marked), c, how.Get())
			}
		}
		return kit.DialogParams{
			Title: e.N("calls.say.title", len(marked)), Width: 68, Focus: category,
			Body: kit.Stack(2,
				kit.NewField(e, kit.FieldParams{Label: e.T("calls.field.category"), Input: category}).Object(),
				kit.NewField(e, kit.FieldParams{
					Label: e.T("calls.field.techniques"), Input: how.Object(), Help: e.T("calls.say.help"),
				}).Object(),
			),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewPrimary(e.T("kit.save.do"), theme.ConfirmIcon(), store),
			},
		}
	})
}

// showChange says below the list that something was stored, with a way back;
// where the panel of the only call says so itself, it is left out.
func (v *listView) showChange(c *Change) {
	if c != nil {
		v.table.Remark(c.After)
	}
	if v.panel != nil {
		v.panel.showState()
	}
	only := c != nil && len(c.After) == 1 && v.panel != nil && v.panel.panel.Call.ID == c.After[0].ID
	if c != nil && !only && (c.Doing+len(c.After)+len(c.Removed) > 0 || !c.undo) {
		v.foot.Done(v.changed(c))
		return
	}
	v.foot.Done(nil)
}

// doing is the message of what is being stored.
func (c *Change) doing() string {
	switch {
	case c.removes && c.undo:
		return "calls.restoring"
	case c.removes:
		return "calls.removing"
	case c.undo:
		return "calls.change.undoing"
	}
	return "calls.change.doing"
}

// changed puts a change into words.
func (v *listView) changed(c *Change) fyne.CanvasObject {
	e, m := v.env, v.p.model
	away := kit.NewQuiet(e.T("kit.close"), theme.ContentClearIcon(), m.ForgetChange)
	undo := kit.NewButton(e.T("calls.undo"), theme.ContentUndoIcon(), m.Undo).On(kit.CommandUndo)
	switch n := len(c.Removed); {
	case c.Doing > 0:
		return kit.Strip(look.Info, e.N(c.doing(), c.Doing), nil)
	case n > 0 && c.undo:
		return kit.Strip(look.Done, e.N("calls.restored", n), away)
	case n > 0:
		return kit.Strip(look.Done, e.N("calls.removed", n), away, undo)
	case c.undo:
		return kit.Strip(look.Done, e.N("calls.change.undone", len(c.After)), away)
	case len(c.After) == 0:
		return kit.Strip(look.Info, e.T("calls.change.none"), away)
	}
	return kit.Strip(look.Done, e.N("calls.change.done", len(c.After)), away, undo)
}

// menu is what can be done with a row of the list; where it is one of several
// that are marked, with all of them.
func (v *listView) menu(c domain.Call) []*fyne.MenuItem {
	e, m := v.env, v.p.model
	marked := v.table.Marked()
	if len(marked) > 1 && slices.ContainsFunc(marked, func(k domain.Call) bool { return k.ID == c.ID }) {
		return kit.MenuOf(kit.Objects(v.deeds(marked))...)
	}
	item := func(key string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(e.T(key), do) }
	about := fyne.NewMenuItem(e.T("calls.field.category"), nil)
	var categories []*fyne.MenuItem
	for _, k := range domain.Categories() {
		i := fyne.NewMenuItem(e.Printer.Term("category", string(k)), func() { m.MarkAll([]domain.CallID{c.ID}, k, nil) })
		i.Checked = c.Category == k
		categories = append(categories, i)
	}
	about.ChildMenu = fyne.NewMenu("", categories...)
	items := []*fyne.MenuItem{item("calls.menu.open", func() { m.Open(c) }), about}
	if c.Number != "" {
		items = append(items,
			item("calls.complain", func() { e.Navigate(kit.RouteComplainAbout(c.ID)) }),
			item("calls.menu.number", func() { m.OnlyNumber(c.Number) }),
			item("calls.menu.copy", func() {
				fyne.CurrentApp().Clipboard().SetContent(c.Display)
				e.Toast(e.T("kit.copied"))
			}),
		)
	}
	return append(items, fyne.NewMenuItemSeparator(), item("calls.remove", func() { v.p.model.Remove([]domain.CallID{c.ID}) }))
}
