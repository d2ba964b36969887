package contacts

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/ui/kit"
)

// Draft is what the form of a contact holds.
type Draft struct {
	Number, Name string
	// Person is whose contact it is; 0 for everybody.
	Person domain.PersonID
	Mark   domain.ContactMark
}

// DraftOf is the form of a contact that is there.
func DraftOf(c domain.Contact) Draft {
	return Draft{Number: c.Number, Name: c.Name, Person: c.PersonID, Mark: c.Mark}
}

// save stores what the form holds.
func save(ctx context.Context, j Journal, people []domain.Person, d Draft) (domain.Contact, error) {
	person, err := nameOf(people, d.Person)
	if err != nil {
		return domain.Contact{}, err
	}
	return j.AddContact(ctx, journal.ContactInput{Number: d.Number, Name: d.Name, Person: person, Mark: d.Mark})
}

// formParams are what showForm needs.
type formParams struct {
	env     *kit.Env
	journal Journal
	people  []domain.Person
	// draft is what the form begins with.
	draft Draft
	// there is the contact that is changed, nil for a new one. Its number and
	// person stay, because another number is another contact.
	there *domain.Contact
	// fixed says that the number is given, as it is beside a call.
	fixed bool
	// remove removes the contact that is there; nil for no such button.
	remove func()
}

// form is the dialog in which one contact is written.
type form struct {
	p      formParams
	number *kit.Entry
	name   *kit.Entry
	whose  *kit.Choice[domain.PersonID]
	mark   *kit.Segments[domain.ContactMark]
	form   *kit.Form
}

// showForm opens the dialog.
func showForm(p formParams) {
	f := &form{p: p}
	e := p.env
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		title := e.T("contacts.add")
		if p.there != nil {
			title = e.T("contacts.edit")
		}
		body := f.build()
		store := kit.NewPrimary(e.T("contacts.save"), nil, nil)
		store.OnTapped = func() { f.store(d, store) }
		buttons := []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, d.Close)}
		if p.remove != nil {
			buttons = append(buttons, kit.NewQuiet(e.T("contacts.remove"), theme.DeleteIcon(), func() {
				d.Close()
				p.remove()
			}))
		}
		focus := f.name
		if f.number != nil && p.draft.Number == "" {
			focus = f.number
		}
		return kit.DialogParams{
			Title: title, Body: body, Width: 64, Focus: focus, Buttons: append(buttons, store),
			Typed: func() bool { return f.draft() != p.draft },
		}
	})
}

func (f *form) build() fyne.CanvasObject {
	e, p := f.p.env, f.p
	var fields []*kit.Field
	if p.there == nil && !p.fixed {
		f.number = kit.NewEntry(e.T("contacts.number.example"))
		f.number.SetText(p.draft.Number)
		fields = append(fields, kit.NewField(e, kit.FieldParams{
			Label: e.T("contacts.number"), Required: true, Pointer: "/number", Input: f.number, Beside: kit.PasteInto(e, f.number, nil),
		}))
	} else {
		number := kit.NewText(p.draft.Number, kit.TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true})
		fields = append(fields, kit.NewField(e, kit.FieldParams{Label: e.T("contacts.number"), Pointer: "/number", Input: number}))
	}
	f.name = kit.NewEntry(e.T("contacts.name.example"))
	f.name.SetText(p.draft.Name)
	fields = append(fields, kit.NewField(e, kit.FieldParams{
		Label: e.T("contacts.name"), Pointer: "/name", Input: f.name, Help: e.T("contacts.name.help"),
	}))
	if p.there == nil {
		f.whose = kit.NewChoice("", whoseOptions(e, p.people), nil)
		f.whose.Set(p.draft.Person)
		fields = append(fields, kit.NewField(e, kit.FieldParams{Label: e.T("contacts.whose"), Input: f.whose}))
	} else {
		fields = append(fields, kit.NewField(e, kit.FieldParams{Label: e.T("contacts.whose"), Input: kit.Body(whose(e, *p.there))}))
	}
	marks := kit.Terms(e.Printer, "mark", domain.ContactMarks())
	help, box := kit.Caption(e.T("contacts.mark."+string(p.draft.Mark))), kit.Stack(0.75)
	f.mark = kit.NewSegments(marks, p.draft.Mark, func(m domain.ContactMark) {
		help.SetText(e.T("contacts.mark." + string(m)))
		box.Refresh()
	})
	box.Add(f.mark.Object())
	box.Add(help)
	fields = append(fields, kit.NewField(e, kit.FieldParams{Label: e.T("contacts.mark"), Pointer: "/mark", Input: box}))
	f.form = kit.NewForm(e, fields...)
	if p.there == nil {
		return f.form.Object()
	}
	from := e.T("contacts.from", map[string]any{
		"Source": sourceName(e, p.there.Source), "Day": p.there.CreatedAt.In(domain.China()).Format(time.DateOnly),
	})
	return kit.Stack(2, f.form.Object(), kit.Caption(from))
}

func (f *form) draft() Draft {
	d := Draft{Number: f.p.draft.Number, Name: f.name.Text, Person: f.p.draft.Person, Mark: f.mark.Get()}
	if f.number != nil {
		d.Number = f.number.Text
	}
	if f.whose != nil {
		d.Person, _ = f.whose.Get()
	}
	return d
}

// store stores the contact; the dialog stays until it is stored.
func (f *form) store(d *kit.Dialog, button *kit.Button) {
	e, draft := f.p.env, f.draft()
	button.Disable()
	kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (domain.Contact, error) {
		return save(ctx, f.p.journal, f.p.people, draft)
	}, func(c domain.Contact, err error) {
		button.Enable()
		f.form.Show(err)
		if err != nil {
			return
		}
		d.Close()
		e.Toast(e.T("contacts.saved", map[string]any{"Number": c.Number}))
		e.Announce(topic)
	})
}

// whoseOptions are everybody and each person.
func whoseOptions(e *kit.Env, people []domain.Person) []kit.Option[domain.PersonID] {
	return append([]kit.Option[domain.PersonID]{{Text: e.T("contacts.everybody")}}, kit.PersonOptions(e, people)...)
}

// whose says whose contact it is.
func whose(e *kit.Env, c domain.Contact) string {
	if c.PersonID == 0 {
		return e.T("contacts.everybody")
	}
	return kit.PersonName(e, c.PersonID, c.Person)
}

// sourceName says where a contact comes from.
func sourceName(e *kit.Env, source string) string {
	if source == domain.ContactFromVCard {
		return e.T("contacts.source.vcard")
	}
	return e.T("contacts.source.user")
}
