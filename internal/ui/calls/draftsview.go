package calls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// draftsView asks what each of several callers wanted, and makes a draft of the
// calls of each.
type draftsView struct {
	p      *Page
	dialog *kit.Dialog
	list   *fyne.Container
	make   *kit.Button
}

func showDrafts(p *Page) *draftsView {
	e, m := p.env, p.model
	v := &draftsView{p: p, list: kit.Stack(1.5)}
	body := []fyne.CanvasObject{kit.Body(e.T("calls.drafts.text"))}
	if n := m.Drafts().Hidden; n > 0 {
		body = append(body, kit.Notice(look.Info, e.N("calls.drafts.hidden", n), ""))
	}
	v.make = kit.NewPrimary("", theme.DocumentSaveIcon(), func() { m.MakeDrafts(string(e.Printer.Language())) })
	v.show()
	v.dialog = kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("calls.drafts.title"), Width: 76, Body: kit.Stack(2, append(body, v.list)...),
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close), v.make},
			OnClosed: func() {
				p.drafts = nil
				m.CloseDrafts()
			},
		}
	})
	return v
}

// show puts what is left to be made on the screen; where nothing is, it leads to
// what was made.
func (v *draftsView) show() {
	e, m := v.p.env, v.p.model
	d := m.Drafts()
	if d.Busy {
		v.make.Disable()
		return
	}
	v.make.Enable()
	if len(d.List) == 0 {
		v.dialog.Close()
		e.Toast(e.N("calls.drafts.made", d.Made))
		e.Announce("complaints")
		if v.p.ctx != nil {
			v.p.list.table.Unmark()
			e.Navigate(kit.RouteComplaints("drafts"))
		}
		return
	}
	v.make.SetText(e.N("calls.drafts.make", len(d.List)))
	v.list.RemoveAll()
	if d.Made > 0 {
		v.list.Add(kit.Notice(look.Caution, e.N("calls.drafts.made", d.Made), e.T("calls.drafts.left")))
	}
	for i, x := range d.List {
		v.list.Add(v.draft(i, x))
	}
	v.list.Refresh()
}

func (v *draftsView) draft(i int, x Draft) fyne.CanvasObject {
	e := v.p.env
	none := []kit.Option[domain.Category]{{Text: e.T("calls.category.none")}}
	category := kit.NewChoice("", append(none, kit.Terms(e.Printer, "category", domain.Categories())...),
		func(c domain.Category) { v.p.model.SetDraft(i, c) })
	category.Set(x.Category)
	field := kit.NewField(e, kit.FieldParams{Label: e.T("calls.field.category"), Input: category})
	if x.Err != nil {
		wrong := e.Printer.ExplainAll(x.Err)[0]
		field.Wrong(wrong.Message, wrong.Hint)
	}
	first := x.Calls[0]
	return kit.Boxed(kit.Columns(2, 26,
		kit.Stack(0.25, kit.Strong(shownNumber(e, first)),
			kit.Caption(e.N("calls.count", len(x.Calls))+e.T("calls.separator")+kit.PersonName(e, first.PersonID, first.Person))),
		field.Object()))
}
