package complaints

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// filterView is the search box and the filters, which open below it, or in a
// dialog where the window has no room for them. What is asked for is always said
// in words, also while the filters are closed.
type filterView struct {
	p       *Page
	env     *kit.Env
	m       *Model
	filling bool // from the model, not by the user
	shown   Filter

	search   *kit.Entry
	number   *kit.Entry
	toggle   *kit.Button
	send     *kit.Choice[domain.SendState]
	state    *kit.Choice[domain.CaseState]
	batch    *kit.Choice[string]
	all      *fyne.Container
	inline   *fyne.Container
	clearAll *kit.Button
	export   *kit.Button
	words    *kit.Text
	count    string
	object   fyne.CanvasObject
}

func newFilterView(p *Page) *filterView {
	v := &filterView{p: p, env: p.env, m: p.model}
	e := v.env
	wait := kit.NewDebounce(e.Jobs, typing)
	later := func(change func(*Filter)) {
		if !v.filling && p.ctx != nil {
			wait.Call(p.ctx, func() { v.change(change) })
		}
	}
	v.search = kit.NewEntry(e.T("complaints.search")).On(kit.CommandSearch)
	v.search.OnChanged = func(s string) { later(func(f *Filter) { f.Text = s }) }
	v.number = kit.NewEntry(e.T("complaints.filter.number"))
	v.number.OnChanged = func(s string) { later(func(f *Filter) { f.Number = s }) }
	v.toggle = kit.NewButton(e.T("calls.filter"), theme.MenuExpandIcon(), v.open)
	v.send = kit.NewChoice("", nil, func(x domain.SendState) { v.change(func(f *Filter) { f.Send = x }) })
	cases := []kit.Option[domain.CaseState]{{Text: e.T("complaints.filter.any_case")}}
	v.state = kit.NewChoice("", append(cases, kit.Terms(e.Printer, "case_state", domain.CaseStates())...), func(x domain.CaseState) {
		v.change(func(f *Filter) { f.Case = x })
	})
	v.batch = kit.NewChoice("", nil, func(x string) { v.change(func(f *Filter) { f.Batch = x }) })
	v.clearAll = kit.NewQuiet(e.T("complaints.filter.clear"), theme.ContentClearIcon(), v.clear)
	v.export = kit.NewQuiet(e.T("calls.export"), theme.DocumentSaveIcon(), func() { p.export("") })
	v.words = kit.Muted("")
	v.all = kit.Columns(1.5, 27, v.send, v.state, v.batch, v.number)
	v.inline = kit.Stack(0, v.all)
	v.object = kit.Stack(1.25, kit.Beside(24, v.search, v.toggle), v.inline, kit.Beside(24, v.words, v.clearAll, v.export))
	v.show()
	return v
}

// roomForFilters is how many units high the window has to be for the filters to
// stand above the list.
const roomForFilters = 75

// open shows the filters, or puts them away.
func (v *filterView) open() {
	if v.p.filtersOpen || v.env.Window.Canvas().Size().Height >= look.Gap(roomForFilters) {
		v.p.filtersOpen = !v.p.filtersOpen
		v.show()
		return
	}
	v.inline.Hide()
	v.inline.RemoveAll()
	kit.ShowDialog(v.env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: v.env.T("calls.filter"), Body: v.all, Width: 66,
			Buttons: []fyne.CanvasObject{
				kit.NewButton(v.env.T("complaints.filter.clear"), theme.ContentClearIcon(), v.clear),
				kit.NewPrimary(v.env.T("calls.filter.done"), nil, d.Close),
			},
			Focus: v.send,
			OnClosed: func() {
				v.inline.Add(v.all)
				v.show()
			},
		}
	})
}

func (v *filterView) change(change func(*Filter)) {
	if v.filling {
		return
	}
	f := v.m.Filter()
	change(&f)
	v.m.SetFilter(f)
	v.p.remember()
}

// show puts the filter of the model on the screen.
func (v *filterView) show() {
	f := v.m.Filter()
	v.filling = true
	// What is being typed is not the model's yet, and stays.
	if f.Text != v.shown.Text {
		v.search.SetText(f.Text)
	}
	if f.Number != v.shown.Number {
		v.number.SetText(f.Number)
	}
	v.shown = f
	sends := []kit.Option[domain.SendState]{{Text: v.env.T("complaints.filter.any_send")}}
	v.send.SetOptions(append(sends, kit.Terms(v.env.Printer, "send_state", v.m.Segment().States())...))
	v.send.Set(f.Send)
	v.state.Set(f.Case)
	batches := []kit.Option[string]{{Text: v.env.T("complaints.filter.any_batch")}}
	for _, name := range v.m.Batches() {
		batches = append(batches, kit.Option[string]{Code: name, Text: name})
	}
	v.batch.SetOptions(batches)
	v.batch.Set(f.Batch)
	v.filling = false
	v.inline.Hidden = !v.p.filtersOpen
	icon := theme.MenuExpandIcon()
	if v.p.filtersOpen {
		icon = theme.MenuDropUpIcon()
	}
	v.toggle.SetIcon(icon)
	v.showSummary()
	if v.p.list != nil && v.p.list.object != nil {
		v.p.list.object.Refresh()
	}
}

// showCount says how many complaints the list shows; the empty text for nothing.
func (v *filterView) showCount(text string) {
	v.count = text
	v.showSummary()
}

// showSummary says in words what is asked for, how many there are, and when the
// outbox tries next what did not get through.
func (v *filterView) showSummary() {
	narrow := v.m.Filter().Narrow()
	var lines []string
	if v.count != "" {
		lines = append(lines, v.count)
	}
	if n, next := v.m.Retrying(); n > 0 && v.m.Segment() == SegmentOutbox {
		lines = append(lines, v.env.N("complaints.waits", n, l10n.Args{"Time": kit.FormatTime(next)}))
	}
	if narrow {
		lines = append(lines, v.env.T("calls.filter.only", l10n.Args{"What": strings.Join(v.asked(), v.env.T("complaints.separator"))}))
	}
	v.words.SetText(strings.Join(lines, v.env.T("complaints.separator")))
	if v.clearAll.Visible() == narrow && v.export.Visible() == (v.count != "") {
		return
	}
	showButton(v.clearAll, narrow)
	showButton(v.export, v.count != "")
	if v.p.list != nil && v.p.list.object != nil {
		v.p.list.object.Refresh() // the line is higher with a button on it
	}
}

func showButton(b *kit.Button, on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
}

// asked is what the filter asks for, each in words.
func (v *filterView) asked() []string {
	f := v.m.Filter().trimmed()
	var words []string
	add := func(on bool, text string) {
		if on {
			words = append(words, text)
		}
	}
	add(f.Text != "", v.env.T("calls.filter.text", l10n.Args{"Text": domain.Clip(f.Text, 30)}))
	add(f.Send != "", v.env.Printer.Term("send_state", string(f.Send)))
	add(f.Case != "", v.env.Printer.Term("case_state", string(f.Case)))
	add(f.Batch != "", v.env.T("complaints.filter.batch", l10n.Args{"Batch": domain.Clip(f.Batch, 30)}))
	add(f.Number != "", f.Number)
	return words
}

// clear asks for the whole part again.
func (v *filterView) clear() {
	v.m.ClearFilter()
	v.p.remember()
}
