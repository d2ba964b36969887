package advice

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// Params are what New needs.
type Params struct {
	Env    *kit.Env
	Advice Advice
	// Registry says which list counts, and with it which advice.
	Registry func() domain.RegistryInfo
	// Province knows the provinces by their Chinese names; nil leaves those.
	Province func(name string) (domain.Province, bool)
}

// Page is the page of advice. It is used on the goroutine that owns the widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says

	place  *fyne.Container
	list   *listView   // nil while it is not shown
	urgent *urgentView // likewise
}

var (
	_ kit.Page     = (*Page)(nil)
	_ kit.Focuser  = (*Page)(nil)
	_ kit.Listener = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env}
	page.model = NewModel(p.Advice, Events{
		List: page.onList, Entry: page.onEntry, Urgent: page.onUrgent, Lines: page.onLines,
	})
	page.recall()
	return page
}

// memory is the name under which the group is remembered.
const memory = "advice.group"

// recall shows the group of the start before; one that this version does not know
// is none.
func (p *Page) recall() {
	var g advice.Group
	p.env.Memory.Get(memory, &g)
	if slices.Contains(advice.Groups(), g) && g != advice.GroupTransferred {
		p.model.ShowGroup(g)
	}
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "advice.name" }

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.place = container.NewStack()
	p.fill()
	return p.place
}

// fill builds what is shown: the list, or what to do when money has gone.
func (p *Page) fill() {
	p.list, p.urgent = nil, nil
	var o fyne.CanvasObject
	if p.model.Urgent() {
		p.urgent = newUrgentView(p)
		o = p.urgent.object
	} else {
		p.list = newListView(p)
		o = p.list.object
	}
	p.place.Objects = []fyne.CanvasObject{o}
	p.place.Refresh()
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	if r.Action == kit.ActionOpen {
		p.model.ShowUrgent(false)
		p.model.Open(r.ID)
	}
	p.model.Reload()
}

// Leave ends what only makes sense while the page is looked at.
func (p *Page) Leave() { p.ctx = nil }

// Changed hears that stored things changed: a newer list brings its own advice,
// and a correction another line of a bank.
func (p *Page) Changed(topic string) {
	if topic == "registry" {
		p.model.Reload()
	}
}

// First is where most visits begin. When money has gone it is nothing: a field
// that gets the keyboard could scroll the numbers to call away.
func (p *Page) First() fyne.Focusable {
	if p.list == nil {
		return nil
	}
	return p.list.search
}

func (p *Page) onList() {
	if p.list != nil {
		p.list.show()
	}
}

func (p *Page) onEntry() {
	if p.list != nil {
		p.list.showEntry()
	}
}

func (p *Page) onUrgent() {
	switch {
	case p.place == nil: // not built yet
	case p.model.Urgent() && p.urgent != nil:
		p.urgent.renew()
	case p.model.Urgent() != (p.urgent != nil):
		p.fill()
		p.env.Window.Canvas().Unfocus()
	}
}

func (p *Page) onLines() {
	if p.urgent != nil {
		p.urgent.showLines()
	}
}

// goneButton leads to what to do when money has gone.
func (p *Page) goneButton() *kit.Button {
	return kit.NewPrimary(p.env.T("advice.gone"), theme.WarningIcon(), func() { p.model.ShowUrgent(true) })
}
