package contacts

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/ui/kit"
)

// NoteParams are what NewNote needs.
type NoteParams struct {
	Env     *kit.Env
	Journal Journal
	// Call is the call beside which the note stands. What is said is said for
	// the person who was called.
	Call domain.Call
}

// Note says beside a call whether its number is a contact, and lets the user
// say so. It is used on the goroutine that owns the widgets.
type Note struct {
	p   NoteParams
	env *kit.Env
	ctx context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	box *fyne.Container

	contact domain.Contact
	is      bool
	known   bool // the answer is there
	loads   int  // counts loads; the answer of an older one is dropped
}

var _ kit.Part = (*Note)(nil)

// NewNote makes the note.
func NewNote(p NoteParams) *Note { return &Note{p: p, env: p.Env, box: kit.Stack(0)} }

// Content builds the note; it is empty until the answer is there.
func (n *Note) Content() fyne.CanvasObject {
	n.box = kit.Stack(0)
	n.show()
	return n.box
}

// Enter asks whether the number is a contact.
func (n *Note) Enter(ctx context.Context) {
	n.ctx = ctx
	n.load()
}

// Leave is called when the call is no longer shown.
func (n *Note) Leave() { n.ctx = nil }

// Changed hears that stored things changed.
func (n *Note) Changed(what string) {
	if n.ctx != nil && (what == topic || what == "people") {
		n.load()
	}
}

func (n *Note) load() {
	n.loads++
	load := n.loads
	type answer struct {
		contact domain.Contact
		is      bool
	}
	kit.Run(n.ctx, n.env.Jobs, func(ctx context.Context) (a answer, err error) {
		a.contact, a.is, err = n.p.Journal.ContactOf(ctx, n.p.Call.PersonID, n.p.Call.Number)
		return a, err
	}, func(a answer, err error) {
		if load != n.loads {
			return
		}
		if err != nil {
			n.env.ShowError(err)
			return
		}
		n.contact, n.is, n.known = a.contact, a.is, true
		n.show()
	})
}

func (n *Note) show() {
	e := n.env
	n.box.RemoveAll()
	change := kit.NewButton(e.T("contacts.change"), theme.DocumentCreateIcon(), n.change)
	unwanted := kit.NewButton(e.T("contacts.note.unwanted"), theme.ContentClearIcon(), n.unwanted)
	switch {
	case !n.known:
	case n.is && n.contact.Mark == domain.ContactUnwanted:
		n.box.Add(said(e, n.contact, change))
	case n.is:
		n.box.Add(said(e, n.contact, change, unwanted))
	default:
		n.box.Add(kit.Flow(1, kit.NewButton(e.T("contacts.note.known"), theme.AccountIcon(), n.add), unwanted))
	}
	n.box.Refresh()
}

// people are those whose contact the number can be: the one who was called.
// Others are chosen in the list of all contacts.
func (n *Note) people() []domain.Person {
	return []domain.Person{{ID: n.p.Call.PersonID, Name: n.p.Call.Person}}
}

func (n *Note) add() {
	showForm(formParams{
		env: n.env, journal: n.p.Journal, people: n.people(), fixed: true,
		draft: Draft{Number: n.p.Call.Number, Name: n.p.Call.Name, Person: n.p.Call.PersonID, Mark: domain.ContactKnown},
	})
}

func (n *Note) change() {
	c := n.contact
	showForm(formParams{
		env: n.env, journal: n.p.Journal, people: n.people(), draft: DraftOf(c), there: &c,
		remove: func() { n.remove(c) },
	})
}

// unwanted says at once, for the one who was called, that the number is not to
// count as known; what it said can be changed.
func (n *Note) unwanted() {
	e := n.env
	name := cmp.Or(n.contact.Name, n.p.Call.Name)
	in := journal.ContactInput{Number: n.p.Call.Number, Name: name, Person: n.p.Call.Person, Mark: domain.ContactUnwanted}
	e.Try(e.Jobs.Base(), func(ctx context.Context) error {
		_, err := n.p.Journal.AddContact(ctx, in)
		return err
	}, func() { e.Announce(topic) })
}

func (n *Note) remove(c domain.Contact) {
	e := n.env
	e.Try(e.Jobs.Base(), func(ctx context.Context) error {
		_, err := n.p.Journal.RemoveContacts(ctx, []domain.Contact{c})
		return err
	}, func() {
		e.Toast(e.N("contacts.removed", 1))
		e.Announce(topic)
	})
}
