package calls

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/ui/kit"
)

// logView is the dialog in which a call is typed in.
type logView struct {
	p       *Page
	env     *kit.Env
	m       *Model
	dialog  *kit.Dialog
	form    *kit.Form
	verdict *fyne.Container
	person  *kit.Choice[domain.PersonID]
	store   *kit.Button
}

func showLog(p *Page) *logView {
	v := &logView{p: p, env: p.env, m: p.model, verdict: kit.Stack(0)}
	f := v.m.Log()
	number := v.text("calls.number.placeholder", &f.Number)
	at := v.text("kit.time.placeholder", &f.At)
	duration := v.text("calls.duration.placeholder", &f.Duration)
	note := kit.NewTextArea(v.env.T("calls.note.placeholder"), 3)
	note.SetText(f.Note)
	note.OnChanged = func(s string) { v.m.EditLog(func(f *LogForm) { f.Note = s }) }
	direction := kit.NewChoice("", kit.Terms(v.env.Printer, "direction", domain.Directions()), func(d domain.Direction) {
		v.m.EditLog(func(f *LogForm) { f.Direction = d })
	})
	direction.Set(f.Direction)
	v.person = kit.NewChoice("", nil, func(id domain.PersonID) { v.m.EditLog(func(f *LogForm) { f.Person = id }) })
	none := []kit.Option[domain.Category]{{Text: v.env.T("calls.category.none")}}
	category := kit.NewChoice("", append(none, kit.Terms(v.env.Printer, "category", domain.Categories())...), func(c domain.Category) {
		v.m.EditLog(func(f *LogForm) { f.Category = c })
	})
	category.Set(f.Category)
	techniques := kit.NewChecks(kit.Terms(v.env.Printer, "technique", domain.Techniques()), func(list []domain.Technique) {
		v.m.EditLog(func(f *LogForm) { f.Techniques = list })
	})
	techniques.Set(f.Techniques)

	field := func(key, pointer string, input fyne.CanvasObject, p kit.FieldParams) *kit.Field {
		p.Label, p.Pointer, p.Input = v.env.T("calls.field."+key), pointer, input
		return kit.NewField(v.env, p)
	}
	paste := kit.PasteInto(v.env, number, numbers.InMessage)
	now := kit.NewButton(v.env.T("kit.time.now"), theme.HistoryIcon(), func() {
		at.SetText(v.env.Clock.Now().In(domain.China()).Format(kit.TimeLayout))
	})
	fields := []*kit.Field{
		field("number", AtNumber, number, kit.FieldParams{Beside: paste, Help: v.env.T("calls.number.help")}),
		field("at", AtStarted, at, kit.FieldParams{Beside: now, Required: true}),
		field("duration", AtDuration, duration, kit.FieldParams{}),
		field("direction", AtDirection, direction, kit.FieldParams{}),
		field("person", AtPerson, v.person, kit.FieldParams{}),
		field("category", AtCategory, category, kit.FieldParams{}),
		field("techniques", AtTechniques, techniques.Object(), kit.FieldParams{Focus: techniques.First()}),
		field("note", AtNote, note, kit.FieldParams{}),
	}
	v.form = kit.NewForm(v.env, fields...)
	o := func(i int) fyne.CanvasObject { return fields[i].Object() }
	body := kit.Stack(2,
		v.form.Problems(),
		kit.Stack(1, o(0), v.verdict),
		o(1), kit.Columns(2, 24, o(2), o(3)), kit.Columns(2, 24, o(4), o(5)), o(6), o(7),
	)
	v.open(body, number, at)
	return v
}

func (v *logView) open(body fyne.CanvasObject, number, at *kit.Entry) {
	v.showPeople()
	v.showVerdict()
	v.dialog = kit.ShowDialog(v.env, func(d *kit.Dialog) kit.DialogParams {
		v.store = kit.NewPrimary(v.env.T("calls.log.store"), theme.ConfirmIcon(), v.m.StoreLog)
		focus := number
		if v.m.Log().Number != "" {
			focus = at
		}
		return kit.DialogParams{
			Title: v.env.T("calls.log"), Body: body, Width: 76, Focus: focus,
			Typed:   v.m.Log().Typed,
			Buttons: []fyne.CanvasObject{kit.NewButton(v.env.T("kit.cancel"), nil, d.Close), v.store},
			OnClosed: func() {
				v.p.logForm = nil
				v.m.CloseLog()
			},
		}
	})
}

// text makes a field of one line for a text of the form.
func (v *logView) text(placeholder string, value *string) *kit.Entry {
	e := kit.NewEntry(v.env.T(placeholder))
	e.SetText(*value)
	e.OnChanged = func(s string) { v.m.EditLog(func(*LogForm) { *value = s }) }
	return e
}

// showPeople offers the people, who arrive after the form.
func (v *logView) showPeople() {
	v.person.SetOptions(kit.PersonOptions(v.env, v.m.People()))
	if f := v.m.Log(); f != nil {
		v.person.Set(f.Person)
	}
}

// showVerdict shows what is known about the number while it is typed.
func (v *logView) showVerdict() {
	f := v.m.Log()
	v.verdict.RemoveAll()
	if f != nil && strings.TrimSpace(f.Number) != "" {
		v.verdict.Add(kit.VerdictLine(v.env, f.Check))
	}
	v.verdict.Hidden = len(v.verdict.Objects) == 0
	v.verdict.Refresh()
}

// showState shows what is wrong and whether the call is being stored.
func (v *logView) showState() {
	f := v.m.Log()
	if f.Busy {
		v.store.Disable()
		return
	}
	v.store.Enable()
	v.form.Show(f.Err)
}
