package family

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// topic is what the page announces.
const topic = "people"

// Page is the Family page.
type Page struct {
	env  *kit.Env
	m    *Model
	ctx  context.Context // that of the visit, given by Enter
	list *fyne.Container
	// watching says whether the watched folders are watched.
	watching kit.Watching

	part     part
	segments *kit.Segments[part]
	place    *fyne.Container // of the part
	frame    fyne.CanvasObject
	own      []fyne.CanvasObject // what can be done with people
	others   []fyne.CanvasObject // what can be done with contacts

	// changing is the message about who is being removed or put back, empty for
	// nobody, and whom the name in it.
	changing, whom string

	// watched is that of the open form, nil where none is.
	watched *watchedFolders
}

// NewPage makes the page.
func NewPage(env *kit.Env, m *Model, watching kit.Watching) *Page {
	return &Page{env: env, m: m, watching: watching, ctx: env.Jobs.Base(), list: kit.Stack(2), part: partPeople}
}

// Title is the page's name.
func (p *Page) Title() string { return "family.title" }

// Enter reads the people anew; kit.ActionNew opens the form.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	p.reload()
	if r.Action == kit.ActionNew {
		p.turnTo(partPeople)
		p.edit(domain.Person{})
		return
	}
	p.enterPart()
}

// Leave is called when another page is shown.
func (p *Page) Leave() { p.leavePart() }

// Changed reads the people anew.
func (p *Page) Changed(what string) {
	if what == topic || what == topicFolders {
		p.reload()
	}
	if p.part == partContacts {
		p.m.p.Contacts.Changed(what)
	}
}

// thresholds is the button of the thresholds of the alerts.
func (p *Page) thresholds() []fyne.CanvasObject {
	if p.m.p.Thresholds == nil {
		return nil
	}
	return []fyne.CanvasObject{kit.NewButton(p.env.T("family.thresholds"), theme.WarningIcon(), p.m.p.Thresholds)}
}

func (p *Page) reload() {
	kit.Run(p.ctx, p.env.Jobs, p.m.List, func(l Listing, err error) {
		p.m.Listed(l, err)
		p.fill()
		if p.watched != nil {
			p.watched.fill()
		}
	})
}

func (p *Page) fill() {
	e := p.env
	p.list.RemoveAll()
	switch {
	case p.changing != "":
		p.list.Add(kit.Strip(look.Info, e.T(p.changing, map[string]any{"Name": p.whom}), nil))
	case p.m.Removal != nil:
		p.list.Add(p.removal())
	}
	if notice := p.watching.Notice(p.env); notice != nil && len(p.m.Folders) > 0 {
		p.list.Add(notice)
	}
	switch {
	case p.m.LoadError != nil:
		p.list.Add(e.ErrorNotice(p.m.LoadError, e.Retry(p.reload)))
	case !p.m.Loaded:
		p.list.Add(kit.Muted(e.T("family.loading")))
	}
	for _, person := range p.m.People {
		p.list.Add(p.card(person))
	}
	if p.m.Loaded && !p.m.Others() {
		p.list.Add(kit.Empty(e, look.IconFamily, "family.empty",
			kit.NewButton(e.T("family.add"), theme.ContentAddIcon(), func() { p.edit(domain.Person{}) })))
	}
	p.list.Refresh()
}

// NameOf is how a person is called on the screen: the owner who has not given
// a name yet is "Myself" in the language of the moment.
func NameOf(p *l10n.Printer, person domain.Person) string {
	if person.Name == domain.SelfName {
		return p.Term("relation", string(domain.RelationSelf))
	}
	return person.Name
}

func (p *Page) card(person domain.Person) fyne.CanvasObject {
	e := p.env
	head := []fyne.CanvasObject{kit.NewText(NameOf(e.Printer, person), kit.TextParams{
		Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true,
	})}
	if person.ID == domain.SelfID {
		head = append(head, kit.NewTag(e.T("family.owner")))
	} else {
		head = append(head, kit.NewTag(e.T("family.as", map[string]any{"Relation": e.Printer.Term("relation", string(person.Relation))})))
	}
	rows := []fyne.CanvasObject{
		kit.Flow(1, head...),
		kit.Fact(e.T("family.province"), p.province(person.Province)),
		kit.Fact(e.T("family.numbers"), p.numbers(person.Numbers)),
	}
	if person.ID != domain.SelfID {
		rows = append(rows, kit.Fact(e.T("family.authority"), p.authority(person)))
		if !MayAct(person) {
			rows = append(rows, kit.Notice(look.Caution, e.T("family.authority.none"), e.T("family.authority.none.hint")))
		}
	}
	rows = append(rows, p.folderFacts(person.ID)...)
	buttons := []fyne.CanvasObject{
		kit.NewButton(e.T("family.calls"), look.IconCalls.Resource(), func() {
			e.Navigate(kit.RouteCallsOf(person.ID))
		}),
	}
	if p.m.p.Digest != nil {
		buttons = append(buttons, kit.NewButton(e.T("family.digest"), theme.DocumentIcon(), func() { p.m.p.Digest(person) }))
	}
	buttons = append(buttons, kit.NewButton(e.T("family.edit"), theme.DocumentCreateIcon(), func() { p.edit(person) }))
	if person.ID != domain.SelfID {
		buttons = append(buttons, kit.NewQuiet(e.T("family.remove"), theme.DeleteIcon(), func() { p.remove(person) }))
	}
	card := kit.Card(append(rows, kit.Flow(1, buttons...))...)
	return kit.WithMenu(card, func() []*fyne.MenuItem { return kit.MenuOf(buttons...) })
}

func (p *Page) province(name string) string {
	for _, v := range p.m.Provinces() {
		if v.NameZH == name {
			return p.env.Printer.ProvinceName(v)
		}
	}
	if name == "" {
		return p.env.T("family.none")
	}
	return name
}

func (p *Page) numbers(list []string) string {
	if len(list) == 0 {
		return p.env.T("family.none")
	}
	return strings.Join(list, "\n")
}

func (p *Page) authority(person domain.Person) string {
	if person.Authority == domain.AuthorityNone {
		return p.env.T("family.none")
	}
	return p.env.Printer.Term("authority", string(person.Authority))
}
