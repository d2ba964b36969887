package help

import (
	"context"
	"io/fs"

	"fyne.io/fyne/v2"

	"quietline/internal/guide"
	"quietline/internal/ui/kit"
)

// Params are what New needs.
type Params struct {
	Env *kit.Env
	// Read reads the guide in the language of the moment.
	Read func() (*guide.Book, error)
	// Pictures holds LANGUAGE/NAME.png.
	Pictures fs.FS
}

// Page is the page with the guide. It is used on the goroutine that owns the
// widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says
	view  *view           // nil before the first Content
}

var (
	_ kit.Page    = (*Page)(nil)
	_ kit.Focuser = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env}
	page.model = NewModel(p.Read, Events{List: page.onList, Topic: page.onTopic})
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "help.name" }

// Content builds the page. The guide is read here and not at the start, which it
// would make slower for something that is rarely needed.
func (p *Page) Content() fyne.CanvasObject {
	err := p.model.Read()
	p.view = newView(p)
	if err != nil {
		p.env.ShowError(err)
	}
	return p.view.object
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	if r.Action == kit.ActionOpen {
		p.model.Open(r.ID)
	}
	p.view.show()
}

// Leave ends what only makes sense while the page is looked at.
func (p *Page) Leave() { p.ctx = nil }

// First is where who does not see the topic begins.
func (p *Page) First() fyne.Focusable { return p.view.search }

func (p *Page) onList() {
	if p.view != nil {
		p.view.show()
	}
}

func (p *Page) onTopic() {
	if p.view != nil {
		p.view.showTopic()
	}
}
