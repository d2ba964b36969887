package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/destination"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// formView is the form in which a complaint is written. What the user types
// goes into the model at once; the widgets only show it.
type formView struct {
	p      *Page
	env    *kit.Env
	m      *Model
	form   *kit.Form
	fields map[string]*kit.Field
	scroll *container.Scroll
	object fyne.CanvasObject
	// filling says that widgets are filled from the model, not by the user.
	filling bool

	number      *kit.Entry
	at          *kit.Entry
	category    *kit.Choice[domain.Category]
	person      *kit.Choice[domain.PersonID]
	channel     *kit.Choice[string]
	description *kit.Entry
	verdict     *fyne.Container
	guard       *fyne.Container
	question    string     // that the guard asks, empty for none
	anyway      *kit.Check // its answer, nil where nothing is asked
	asking      *kit.Debounce
	warning     *fyne.Container
	writingParts
	where       *fyne.Container
	files       *fyne.Container
	takes       *fyne.Container
	file, draft *kit.Button
}

func newFormView(p *Page) *formView {
	v := &formView{p: p, env: p.env, m: p.model, fields: map[string]*kit.Field{}, asking: kit.NewDebounce(p.env.Jobs, typing)}
	v.filling = true
	defer func() { v.filling = false }()
	v.verdict, v.guard, v.warning, v.where = kit.Stack(0), kit.Stack(0), kit.Stack(0), kit.Stack(1)
	v.guard.Hide()
	v.begun()
	call, content, words, more := v.callPart(), v.contentPart(), v.wordsPart(), v.morePart()
	files, to := v.evidencePart(), v.wherePart()
	var fields []*kit.Field
	for _, pointer := range FieldPointers() {
		if f := v.fields[pointer]; f != nil {
			fields = append(fields, f)
		}
	}
	v.form = kit.NewForm(v.env, fields...)
	title := v.env.T(v.titleKey())
	back := kit.NewQuiet(v.env.T("complaints.form.back"), theme.NavigateBackIcon(), func() {
		p.unlessUnsaved(p.closeForm)
	}).On(kit.CommandBack)
	page := kit.Readable(kit.PageWidth, kit.Stack(2.5,
		kit.Stack(0.5, kit.Row(1, -1, back), kit.Title(title), kit.Muted(v.env.T("complaints.form.explanation"))),
		call, content, words, more, files, to, v.form.Problems(),
	))
	v.scroll = container.NewVScroll(kit.Pad(3, 3, page))
	v.object = container.NewBorder(nil, v.bar(), nil, nil, v.scroll)
	v.showChoices()
	v.showFields()
	v.showVerdict()
	v.showGuard()
	v.showWarning()
	v.showRelated()
	v.showRecording()
	return v
}

// begin puts the keyboard where the user goes on.
func (v *formView) begin() {
	c := v.env.Window.Canvas()
	switch f := v.m.Form(); {
	case f.Busy:
	case v.number != nil && f.Number == "":
		c.Focus(v.number)
	case v.at != nil && f.At == "":
		c.Focus(v.at)
	case f.Category == "":
		c.Focus(v.category)
	}
}

// bar holds what the form is for; it stays in sight while the form scrolls.
func (v *formView) bar() fyne.CanvasObject {
	language := func() string { return string(v.env.Printer.Language()) }
	v.draft = kit.NewButton(v.env.T(v.draftKey()), theme.DocumentSaveIcon(), func() { v.m.SaveDraft(language()) })
	v.file = kit.NewPrimary(v.env.T(v.fileKey()), theme.MailSendIcon(), func() { v.m.Verify(language(), v.p.askFiling) })
	return kit.Ground(look.ColorSurface, kit.Stack(0, kit.Rule(), kit.Pad(1.5, 3, kit.Onward(v.draft, v.file))))
}

// add makes a field and remembers it under its pointer.
func (v *formView) add(key, pointer string, p kit.FieldParams) fyne.CanvasObject {
	p.Label, p.Pointer = v.env.T("complaints.field."+key), pointer
	f := kit.NewField(v.env, p)
	v.fields[pointer] = f
	return f.Object()
}

// gone says that the form was stored or closed; a list of it may still hang open.
func (v *formView) gone() bool { return v.m.Form() == nil }

// edit is what a widget does with what the user entered.
func (v *formView) edit(pointer string, change func(*Form)) {
	if v.filling || v.gone() {
		return
	}
	v.m.Edit(pointer, change)
	v.showRecording()
	if (pointer == AtNumber || pointer == AtPerson) && v.p.ctx != nil {
		v.asking.Call(v.p.ctx, v.m.AskGuard)
	}
}

// text makes a field of one line for a text of the form.
func (v *formView) text(placeholder, pointer string, value *string) *kit.Entry {
	e := kit.NewEntry(placeholder)
	e.SetText(*value)
	e.OnChanged = func(s string) { v.edit(pointer, func(*Form) { *value = s }) }
	return e
}

// moment is text for a point in time, with a button that fills in the present.
func (v *formView) moment(key, pointer string, value *string, p kit.FieldParams) (*kit.Entry, fyne.CanvasObject) {
	e := v.text(v.env.T("kit.time.placeholder"), pointer, value)
	p.Input = e
	p.Beside = kit.NewButton(v.env.T("kit.time.now"), theme.HistoryIcon(), func() {
		e.SetText(FormatTime(v.env.Clock.Now()))
	})
	return e, v.add(key, pointer, p)
}

// showFields shows what is wrong and whether the form is at work.
func (v *formView) showFields() {
	f := v.m.Form()
	for _, b := range []*kit.Button{v.file, v.draft} {
		if f.Busy || f.Adding > 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	v.form.Mark(f.Err())
	v.unfoldWrong()
}

// showVerdict shows what is known about the number while it is typed.
func (v *formView) showVerdict() {
	f := v.m.Form()
	v.verdict.RemoveAll()
	if f.Number != "" || f.Logged() {
		v.verdict.Add(kit.VerdictLine(v.env, f.Check))
	}
	v.verdict.Hidden = len(v.verdict.Objects) == 0
	v.verdict.Refresh()
}

// showWarning says whom to call where more than a complaint is needed.
func (v *formView) showWarning() {
	if v.gone() {
		return
	}
	f := v.m.Form()
	v.warning.RemoveAll()
	switch {
	case f.Harm == domain.MaxHarm:
		v.warning.Add(kit.Notice(look.Danger, v.env.T("complaints.danger"), v.env.T("complaints.danger.hint")))
	case f.Harm == domain.MaxHarm-1 || f.Category == domain.CategoryFraud:
		v.warning.Add(kit.Notice(look.Danger, v.env.T("complaints.money"), v.env.T("complaints.money.hint")))
	}
	v.warning.Hidden = len(v.warning.Objects) == 0
	v.warning.Refresh()
}

// showChoices offers people and channels, which arrive after the form.
func (v *formView) showChoices() {
	was := v.filling
	v.filling = true
	defer func() { v.filling = was }()
	f := v.m.Form()
	if v.person != nil {
		v.person.SetOptions(v.whoever())
		person := f.Person
		if person == 0 {
			person = domain.SelfID
		}
		v.person.Set(person)
	}
	var channels []kit.Option[string]
	for _, c := range v.m.Channels() {
		channels = append(channels, kit.Option[string]{Code: c.Name, Text: channelName(v.env, c)})
	}
	v.channel.SetOptions(channels)
	c, _ := v.m.channelOf(f.Channel)
	v.channel.Set(c.Name)
	v.showWhere()
}

// showWhere says where the chosen channel leads.
func (v *formView) showWhere() {
	if v.gone() {
		return
	}
	v.showTakes()
	v.where.RemoveAll()
	switch d, ok := v.m.Destination(); {
	case !ok && len(v.m.Channels()) == 0:
		v.where.Add(kit.Notice(look.Caution, v.env.T("err.channel.none"), v.env.T("complaints.no_channel.hint"),
			kit.NewButton(v.env.T("complaints.paused.settings"), theme.SettingsIcon(), func() {
				v.env.Navigate(kit.Route{Page: kit.PageSettings})
			})))
	case d.Practice:
		v.where.Add(kit.Notice(look.Caution, v.env.T("complaints.practice"), v.env.T("complaints.practice.text")))
	case d.ByHand:
		v.where.Add(kit.Notice(look.Info, v.env.T("complaints.by_hand"), v.env.T("complaints.by_hand.text")))
	case ok:
		v.where.Add(kit.Caption(v.env.T("complaints.where", l10n.Args{"URL": d.URL})))
	}
	v.showParts()
	v.where.Refresh()
}

// channelName is the name of a channel, in words for the built-in one.
func channelName(e *kit.Env, c domain.Channel) string {
	if c.URL == domain.PracticeURL {
		return e.T("complaints.channel.practice")
	}
	return destination.Name(e, c)
}
