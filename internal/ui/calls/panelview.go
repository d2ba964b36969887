package calls

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// panelView shows one call: what is known about its number, how often it
// called, and what the user says of it.
type panelView struct {
	p        *Page
	env      *kit.Env
	m        *Model
	panel    *Panel
	number   *kit.Text
	contact  contactNote
	facts    *fyne.Container
	verdict  *fyne.Container
	log      *fyne.Container
	category *kit.Choice[domain.Category]
	how      *kit.Checks[domain.Technique]
	note     *kit.Entry
	undo     *kit.Button
	state    *kit.Text
	soon     *kit.Debounce // stores a note after a pause in writing
	field    *kit.Field
	object   fyne.CanvasObject
}

func newPanelView(p *Page, panel *Panel) *panelView {
	v := &panelView{p: p, env: p.env, m: p.model, panel: panel}
	v.facts, v.verdict, v.log = kit.Stack(0.75), kit.Stack(0), kit.Stack(2)
	v.number = kit.NewText("", kit.TextParams{Size: theme.SizeNameHeadingText, Bold: true, Wrap: true})
	back := kit.NewQuiet(v.env.T("calls.back"), theme.NavigateBackIcon(), p.closePanel).On(kit.CommandBack)
	v.object = kit.Scrolled(kit.Stack(2,
		kit.Stack(0.5, kit.Row(1, -1, back), v.number),
		kit.Flow(1, v.actions()...),
		v.contactObject(),
		v.verdict,
		kit.Card(v.facts),
		v.marks(),
		v.log,
		kit.Flow(1, kit.NewQuiet(v.env.T("calls.remove"), theme.DeleteIcon(), func() { v.m.Remove([]domain.CallID{v.panel.Call.ID}) })),
	))
	v.show()
	return v
}

func (v *panelView) actions() []fyne.CanvasObject {
	c := v.panel.Call
	if c.Number == "" {
		return []fyne.CanvasObject{kit.Muted(v.env.T("calls.hidden.text"))}
	}
	return []fyne.CanvasObject{
		kit.NewPrimary(v.env.T("calls.complain"), look.IconComplaints.Resource(), func() {
			v.env.Navigate(kit.RouteComplainAbout(c.ID))
		}),
		kit.NewCopy(v.env, func() string { return v.panel.Call.Display }),
	}
}

// marks is what the user says of the call.
func (v *panelView) marks() fyne.CanvasObject {
	none := []kit.Option[domain.Category]{{Text: v.env.T("calls.category.none")}}
	v.category = kit.NewChoice("", append(none, kit.Terms(v.env.Printer, "category", domain.Categories())...),
		func(domain.Category) { v.chosen() })
	v.category.Set(v.panel.Category)
	v.how = kit.NewChecks(kit.Terms(v.env.Printer, "technique", domain.Techniques()), func([]domain.Technique) { v.chosen() })
	v.how.Set(v.panel.Techniques)
	v.note = kit.NewTextArea(v.env.T("calls.note.placeholder"), 4)
	v.note.SetText(v.panel.Note)
	v.note.OnChanged = func(string) { v.typed() }
	v.soon = kit.NewDebounce(v.env.Jobs, writing)
	v.undo = kit.NewQuiet(v.env.T("calls.undo"), theme.ContentUndoIcon(), v.m.Undo).On(kit.CommandUndo)
	v.state = kit.Muted("")
	category := kit.NewField(v.env, kit.FieldParams{Label: v.env.T("calls.field.category"), Input: v.category})
	how := kit.NewField(v.env, kit.FieldParams{Label: v.env.T("calls.field.techniques"), Input: v.how.Object()})
	v.field = kit.NewField(v.env, kit.FieldParams{
		Label: v.env.T("calls.field.note"), Input: v.note, Help: v.env.T("calls.note.help"),
	})
	return kit.TitledCard(v.env.T("calls.own"), "", category.Object(), how.Object(), v.field.Object(), kit.Beside(16, v.state, v.undo))
}

// writing is the pause in writing after which a note is stored.
const writing = time.Second

// chosen stores what was chosen at once.
func (v *panelView) chosen() {
	v.written()
	if _, tooLong := v.panel.NoteLength(); !tooLong {
		v.m.Save()
	}
}

// typed stores a note once nothing more is written.
func (v *panelView) typed() {
	v.written()
	if v.p.ctx != nil && v.panel.Changed() {
		v.soon.Call(v.p.ctx, func() {
			if _, tooLong := v.panel.NoteLength(); v.m.Panel() == v.panel && !tooLong {
				v.m.Save()
			}
		})
	}
}

func (v *panelView) written() {
	category, _ := v.category.Get()
	v.m.Write(category, v.how.Get(), v.note.Text)
	v.showState()
}

// showState says whether what is written is stored, and can be taken back.
func (v *panelView) showState() {
	if n, tooLong := v.panel.NoteLength(); tooLong {
		x := v.env.Printer.Explain(domain.E("calls.panel", domain.Invalid, "call.note_long",
			domain.Args{"Most": domain.MaxNoteLength, "Length": n}, nil))
		v.field.Wrong(x.Message, x.Hint)
	} else if v.field.Error() != "" {
		v.field.Wrong("", "")
	}
	c := v.m.Change()
	mine := c != nil && slices.ContainsFunc(c.After, func(k domain.Call) bool { return k.ID == v.panel.Call.ID })
	state := "calls.state.at_once"
	switch {
	case v.panel.Changed():
		state = "calls.state.writing"
	case mine:
		state = "calls.state.saved"
	}
	v.state.SetText(v.env.T(state))
	if mine && !v.panel.Changed() {
		v.undo.Enable()
	} else {
		v.undo.Disable()
	}
}

// show puts what is known on the screen.
func (v *panelView) show() {
	c := v.panel.Call
	v.category.Set(v.panel.Category)
	v.how.Set(v.panel.Techniques)
	v.note.SetText(v.panel.Note)
	v.number.SetText(shownNumber(v.env, c))
	v.enterContact()
	v.facts.RemoveAll()
	fact := func(key, value string) {
		if value != "" {
			v.facts.Add(kit.Fact(v.env.T("calls.column."+key), value))
		}
	}
	fact("time", c.StartedAt.In(domain.China()).Format(kit.TimeLayout))
	fact("direction", v.env.Printer.Term("direction", string(c.Direction)))
	if c.Duration != nil {
		fact("duration", kit.FormatSeconds(v.env, int64(c.Duration.Seconds())))
	}
	if c.Ring != nil {
		fact("ring", kit.FormatSeconds(v.env, int64(c.Ring.Seconds())))
	}
	fact("person", kit.PersonName(v.env, c.PersonID, c.Person))
	v.showRecording()
	v.verdict.RemoveAll()
	v.verdict.Add(kit.VerdictNote(v.env, kit.VerdictParams{
		Check: v.panel.Check, Registry: v.p.p.Registry(), Province: v.p.p.Province,
	}))
	v.showLog()
	v.showState()
	v.object.Refresh()
}

// showLog says what the log knows of the number, and what to do about it.
func (v *panelView) showLog() {
	v.log.RemoveAll()
	if card := v.panel.Card; v.panel.Known {
		p := kit.NumberLogParams{Card: card, OnSibling: v.m.OnlyNumber}
		if number := v.panel.Call.Number; v.m.Filter().Number != number {
			p.OnCalls = func() { v.m.OnlyNumber(number) }
		}
		if code := card.Check.Code; v.m.Filter().Code != code {
			p.OnCode = func() { v.m.OnlyCode(code) }
		}
		v.log.Add(kit.NumberLog(v.env, p))
		v.log.Add(kit.Deeds(v.env, card.Do))
	}
	v.log.Hidden = len(v.log.Objects) == 0
}
