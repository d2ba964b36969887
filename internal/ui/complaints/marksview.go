package complaints

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// roomForDeeds is how many units high the window has to be for all that can be
// done with marked complaints to stand below the list; else it is in a dialog.
const roomForDeeds = 75

func (v *listView) low() bool { return v.env.Window.Canvas().Size().Height < look.Gap(roomForDeeds) }

// allText says how many would be marked.
func allText(e *kit.Env, all int) string {
	if all > MostMarked {
		return e.T("complaints.marks.first", map[string]any{"Count": e.Printer.Number(MostMarked)})
	}
	return e.N("complaints.marks.all", all)
}

// markAll marks the complaints of the list.
func (v *listView) markAll() { v.p.model.All(v.table.MarkAll) }

// showMarks offers what can be done with the marked complaints.
func (v *listView) showMarks(marked []domain.Complaint) {
	v.marks.RemoveAll()
	if len(marked) > 0 {
		deeds, last := v.deeds(marked), kit.NewQuiet(v.env.T("complaints.marks.none"), theme.ContentClearIcon(), v.table.Unmark)
		if v.low() {
			rest := append(slices.Clone(deeds), last)
			last = kit.NewButton(v.env.T("calls.marks.more"), theme.MoreHorizontalIcon(), func() { v.more(len(marked), rest) })
			deeds = nil
		}
		v.marks.Add(kit.Pad(1, 0, kit.Strip(look.Info, v.chosen(len(marked)), last, objects(deeds)...)))
	}
	v.arrange()
}

// chosen says how many are marked, and where there cannot be more.
func (v *listView) chosen(n int) string {
	if n >= MostMarked && v.rows.Count() > n {
		return v.env.N("complaints.marks.most", n)
	}
	return v.env.N("complaints.marks", n)
}

// arrange shows what stands below the list; in a low window one thing at a time,
// what was just done before what could be done next.
func (v *listView) arrange() {
	v.change.Hidden = len(v.change.Objects) == 0
	v.marks.Hidden = len(v.marks.Objects) == 0 || v.low() && !v.change.Hidden
	v.object.Refresh()
}

func objects(buttons []*kit.Button) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(buttons))
	for i, b := range buttons {
		out[i] = b
	}
	return out
}

// deeds are what can be done with these complaints.
func (v *listView) deeds(marked []domain.Complaint) []*kit.Button {
	e := v.env
	var out []*kit.Button
	drafts, live := Drafts(marked), Cancellable(marked)
	if n := len(drafts); n > 0 {
		out = append(out,
			kit.NewPrimary(e.N("complaints.many.file", n), theme.MailSendIcon(), func() { v.askFileDrafts(drafts) }),
			kit.NewButton(e.N("complaints.many.remove", n), theme.DeleteIcon(), func() { v.removeDrafts(drafts) }))
	}
	out = append(out,
		kit.NewButton(e.T("calls.export"), theme.DocumentSaveIcon(), func() { v.p.export("") }),
		kit.NewButton(e.T("complaints.many.receipts"), theme.DocumentPrintIcon(), func() { v.p.export(KindReceipts) }))
	if n := len(live); n > 0 {
		out = append(out, kit.NewButton(e.N("complaints.many.cancel", n), theme.CancelIcon(), func() { v.askCancelMany(live) }))
	}
	if all := v.rows.Count(); all > len(marked) && len(marked) < MostMarked {
		out = append(out, kit.NewButton(allText(e, all), theme.ListIcon(), v.markAll))
	}
	return out
}

// removeDrafts is for the Delete key: drafts go, and can be brought back; what
// is queued or filed stays.
func (v *listView) removeDrafts(rows []domain.Complaint) {
	drafts := Drafts(rows)
	if len(drafts) == 0 {
		v.env.Toast(v.env.T("complaints.remove.none"))
		return
	}
	v.table.Unmark()
	v.p.model.RemoveDrafts(drafts)
}

// more shows in a dialog what finds no room below the list.
func (v *listView) more(n int, deeds []*kit.Button) {
	kit.ShowDialog(v.env, func(d *kit.Dialog) kit.DialogParams {
		var buttons []*kit.Button
		for _, was := range deeds {
			buttons = append(buttons, kit.NewButton(was.Text, was.Icon, func() { d.Close(); was.OnTapped() }))
		}
		return kit.DialogParams{
			Title: v.env.N("complaints.marks", n), Body: kit.Stack(1.5, objects(buttons)...),
			Buttons: []fyne.CanvasObject{kit.NewButton(v.env.T("kit.close"), nil, d.Close)},
			Focus:   buttons[0],
		}
	})
}

// askCancelMany says that it cannot be taken back before it is done.
func (v *listView) askCancelMany(list []domain.Complaint) {
	kit.Confirm(v.env, kit.ConfirmParams{
		Title: v.env.N("complaints.many.cancel.ask", len(list)), Text: v.env.T("complaints.many.cancel.text"),
		Yes: v.env.T("complaints.many.cancel.yes"), No: v.env.T("complaints.cancel.no"),
		Danger: true, OnYes: func() {
			v.table.Unmark()
			v.p.model.CancelMany(list)
		},
	})
}

// askFileDrafts says where each goes before any does.
func (v *listView) askFileDrafts(marked []domain.Complaint) {
	v.p.model.DraftsNow(Drafts(marked), v.confirmFileDrafts)
}

func (v *listView) confirmFileDrafts(drafts []domain.Complaint) {
	e := v.env
	body := kit.Stack(1.5)
	counts := map[domain.ChannelID]int{}
	var order []domain.Channel
	for i, c := range drafts {
		ch, ok := v.p.model.channelOf(c.Channel)
		if ok {
			drafts[i].Channel = ch.Name // whichever becomes the default
		} else {
			ch = domain.Channel{}
		}
		if counts[ch.ID]++; counts[ch.ID] == 1 {
			order = append(order, ch)
		}
	}
	for _, ch := range order {
		n := counts[ch.ID]
		switch {
		case ch.ID == 0:
			body.Add(kit.Notice(look.Danger, e.N("complaints.many.nowhere", n), e.T("complaints.no_channel.hint")))
		case filing.IsPractice(ch):
			body.Add(kit.Notice(look.Caution, e.N("complaints.many.practice", n), e.T("complaints.confirm.practice.hint")))
		case ch.Kind == domain.ChannelAssisted:
			body.Add(kit.Notice(look.Info, e.N("complaints.many.by_hand", n), e.T("complaints.by_hand.text")))
		default:
			body.Add(kit.Notice(look.Info,
				e.N("complaints.many.real", n, l10n.Args{"Channel": ch.Name, "URL": ch.URL}), e.T("complaints.confirm.real.hint")))
		}
	}
	body.Add(kit.Muted(e.T("complaints.many.file.text")))
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.N("complaints.many.file.ask", len(drafts)), Body: body,
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("complaints.confirm.no"), nil, d.Close),
				kit.NewPrimary(e.N("complaints.many.file.yes", len(drafts)), theme.MailSendIcon(), func() {
					d.Close()
					v.table.Unmark()
					v.p.model.FileDrafts(drafts)
				}),
			},
		}
	})
}

// showMany says below the list what became of several complaints, with a way
// back where there is one and the reasons where some stayed as they were.
func (v *listView) showMany() {
	v.change.RemoveAll()
	if d := v.p.model.Many(); d != nil {
		v.change.Add(kit.Pad(1, 0, v.manyStrip(d)))
	}
	v.arrange()
}

func (v *listView) manyStrip(d *Many) fyne.CanvasObject {
	e, m := v.env, v.p.model
	away := kit.NewQuiet(e.T("kit.close"), theme.ContentClearIcon(), m.ForgetMany)
	text, tone := e.N("complaints.many.done."+string(d.Deed), d.Done), look.Done
	var actions []fyne.CanvasObject
	if d.Undoable() {
		actions = append(actions, kit.NewButton(e.T("calls.undo"), theme.ContentUndoIcon(), m.UndoMany).On(kit.CommandUndo))
	}
	if n := len(d.Refused); n > 0 {
		text, tone = text+" "+e.N("complaints.many.refused", n), look.Caution
		actions = append(actions, kit.NewButton(e.T("complaints.many.why"), theme.InfoIcon(), func() { v.showRefused(d) }))
	}
	return kit.Strip(tone, text, away, actions...)
}

// mostReasons is how many reasons a dialog lists.
const mostReasons = 50

// showRefused lists what stayed as it was, each with its reason.
func (v *listView) showRefused(d *Many) {
	e := v.env
	kit.ShowDialog(e, func(dlg *kit.Dialog) kit.DialogParams {
		var lines []fyne.CanvasObject
		for i, r := range d.Refused {
			if i == mostReasons {
				lines = append(lines, kit.Muted("…"))
				break
			}
			id := r.Complaint.ID
			x := e.Printer.ExplainAll(r.Err)[0]
			said := kit.Stack(0.25, kit.Strong(shownNumber(r.Complaint.Body.Caller)), kit.Body(x.Message), kit.Caption(x.Hint))
			if contains(d.removed, id) { // it is nowhere to be opened
				lines = append(lines, said)
				continue
			}
			lines = append(lines, kit.Beside(30, said,
				kit.NewButton(e.T("complaints.many.open"), theme.NavigateNextIcon(), func() {
					dlg.Close()
					v.p.model.Jump(id)
				})))
		}
		return kit.DialogParams{
			Title: e.N("complaints.many.refused", len(d.Refused)), Width: 68, Body: kit.Stack(2, lines...),
			Buttons: []fyne.CanvasObject{kit.NewPrimary(e.T("kit.close"), nil, dlg.Close)},
		}
	})
}

// menu is what can be done with a row of the list; where it is one of several
// that are marked, with all of them.
func (v *listView) menu(c domain.Complaint) []*fyne.MenuItem {
	e, list := v.env, []domain.Complaint{c}
	var items []*fyne.MenuItem
	if marked := v.table.Marked(); len(marked) > 1 && contains(marked, c.ID) {
		list = marked
	} else {
		v.table.MarkOnly(list)
		items = append(items,
			fyne.NewMenuItem(e.T("complaints.many.open"), func() { v.p.model.Open(c.ID) }),
			fyne.NewMenuItem(e.T("calls.menu.copy"), func() {
				fyne.CurrentApp().Clipboard().SetContent(shownNumber(c.Body.Caller))
				e.Toast(e.T("kit.copied"))
			}))
	}
	for _, b := range v.deeds(list) {
		items = append(items, fyne.NewMenuItem(b.Text, b.OnTapped))
	}
	return items
}

// onMany shows what became of several complaints; it tells everybody else.
func (p *Page) onMany() {
	if p.list != nil {
		p.list.showMany()
	}
	if d := p.model.Many(); d != nil && d.Done > 0 {
		p.env.Announce("complaints")
	}
}
