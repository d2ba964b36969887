package family

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// part is one of the parts of the page.
type part string

// The parts in the order of the page.
const (
	partPeople   part = "people"
	partContacts part = "contacts"
)

// Contacts is the part of the page that shows whom the people know.
type Contacts interface {
	kit.Part
	kit.Dropper
	kit.Worker
	// Actions are what can always be done.
	Actions() []fyne.CanvasObject
}

var (
	_ kit.Page     = (*Page)(nil)
	_ kit.Dropper  = (*Page)(nil)
	_ kit.Picker   = (*Page)(nil)
	_ kit.Listener = (*Page)(nil)
	_ kit.Worker   = (*Page)(nil)
)

// Content builds the page: the parts under the title and what can always be
// done.
func (p *Page) Content() fyne.CanvasObject {
	e := p.env
	p.own = append(p.thresholds(),
		kit.NewPrimary(e.T("family.add"), theme.ContentAddIcon(), func() { p.edit(domain.Person{}) }).On(kit.CommandNew),
	)
	p.others = p.m.p.Contacts.Actions()
	var options []kit.Option[part]
	for _, x := range []part{partPeople, partContacts} {
		options = append(options, kit.Option[part]{Code: x, Text: e.T("family.part." + string(x))})
	}
	p.segments = kit.NewSegments(options, p.part, p.turnTo)
	p.place = container.NewStack()
	p.frame = kit.Frame(kit.FrameParams{
		Title: e.T("family.title"), Fixed: true, Actions: append(append([]fyne.CanvasObject{}, p.own...), p.others...),
		Body: kit.Under(1.5, p.segments.Object(), p.place),
	})
	p.show()
	return p.frame
}

// show shows the part that was turned to.
func (p *Page) show() {
	if p.frame == nil {
		return
	}
	for _, o := range p.own {
		setHidden(o, p.part != partPeople)
	}
	for _, o := range p.others {
		setHidden(o, p.part != partContacts)
	}
	object := p.people()
	if p.part == partContacts {
		object = p.m.p.Contacts.Content()
	}
	p.place.Objects = []fyne.CanvasObject{object}
	p.frame.Refresh()
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

// people builds the part with the people.
func (p *Page) people() fyne.CanvasObject {
	p.list = kit.Stack(2)
	p.fill()
	return kit.Scrolled(kit.Readable(kit.PageWidth, kit.Stack(1.25, kit.Muted(p.env.T("family.text")), p.list)))
}

// turnTo shows another part.
func (p *Page) turnTo(x part) {
	if x == p.part {
		return
	}
	p.leavePart()
	p.part = x
	if p.segments != nil {
		p.segments.Set(x)
	}
	p.show()
	p.enterPart()
}

func (p *Page) enterPart() {
	if p.part == partContacts {
		p.m.p.Contacts.Enter(p.ctx)
	}
}

func (p *Page) leavePart() {
	if p.part == partContacts {
		p.m.p.Contacts.Leave()
	}
}

// Takes says yes to address books, and beside the contacts to every file.
func (p *Page) Takes(paths []string) bool { return p.part == partContacts || kit.AddressBooks(paths) }

// Drop takes address books that were dropped onto the window.
func (p *Page) Drop(paths []string) {
	p.turnTo(partContacts)
	p.m.p.Contacts.Drop(paths)
}

// Working says whether an address book is being read.
func (p *Page) Working() (question kit.ConfirmParams, ok bool) { return p.m.p.Contacts.Working() }
