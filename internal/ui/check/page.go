package check

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registrar"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/numberbox"
)

// Params are what New needs.
type Params struct {
	Env      *kit.Env
	Checker  numberbox.Checker
	Registry Registry
	Journal  Journal
	Files    Files
	// Contact says whether somebody knows the number; nil for nothing.
	Contact numberbox.Contact
	// OpenFile and SaveFile let the user choose a file; nil for the toolkit's
	// own dialogs.
	OpenFile func(chosen func(path string))
	SaveFile func(suggested string, chosen func(path string))
}

// Page is the page on which numbers are looked up. It is used on the goroutine
// that owns the widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says

	segments *kit.Segments[Segment]
	place    *fyne.Container // of the segment that is shown
	one      *oneView        // those of the segments that are not shown are nil
	many     *manyView
	book     *bookView
	look     lookView
	// announcing says that the page itself tells of a change.
	announcing bool
}

var (
	_ kit.Page     = (*Page)(nil)
	_ kit.Dropper  = (*Page)(nil)
	_ kit.Listener = (*Page)(nil)
	_ kit.Focuser  = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env}
	page.look.p = page
	page.model = NewModel(ModelParams{
		Checker: p.Checker, Registry: p.Registry, Journal: p.Journal, Files: p.Files,
		Run:   kit.Runner(p.Env.Jobs, func() context.Context { return page.ctx }),
		Write: kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Events: Events{
			Verdict: page.onVerdict, Province: page.onProvince, Many: page.onMany, ManyList: page.onManyList,
			Book: page.onBook, Entry: page.onEntry, Look: page.look.show, Stored: page.onStored,
			Exported: func(path string) { p.Env.Toast(p.Env.T("check.exported", l10n.Args{"Path": path})) },
			Failed:   p.Env.ShowError,
		},
	})
	page.recall()
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "check.name" }

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	var options []kit.Option[Segment]
	for _, s := range Segments() {
		options = append(options, kit.Option[Segment]{Code: s, Text: p.env.T("check.segment." + string(s))})
	}
	p.segments = kit.NewSegments(options, p.model.Segment(), p.showSegment)
	p.place = container.NewStack()
	p.fill()
	return kit.Frame(kit.FrameParams{
		Title: p.env.T("check.title"), Fixed: true,
		Body: kit.Under(1.5, p.segments.Object(), p.place),
	})
}

func (p *Page) showSegment(s Segment) {
	p.model.ShowSegment(s)
	p.segments.Set(s)
	p.fill()
}

// fill builds the segment that is shown.
func (p *Page) fill() {
	p.one, p.many, p.book = nil, nil, nil
	var o fyne.CanvasObject
	switch p.model.Segment() {
	case SegmentOne:
		p.one = newOneView(p)
		o = p.one.object
	case SegmentMany:
		p.many = newManyView(p)
		o = p.many.object
	case SegmentBook:
		p.book = newBookView(p)
		o = p.book.object
	}
	p.place.Objects = []fyne.CanvasObject{o}
	p.place.Refresh()
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	p.model.Reload()
	switch r.Action {
	case kit.ActionNumber:
		p.askOne(r.ID)
	case kit.ActionFind:
		p.find(Query{Text: r.ID})
	case kit.ActionNewer:
		p.find(Query{})
		p.model.Look.Open()
	}
}

// Leave ends what only makes sense while the page is looked at.
func (p *Page) Leave() {
	p.model.Look.Close()
	p.ctx = nil
}

// Changed hears that stored things changed.
func (p *Page) Changed(topic string) {
	if p.one != nil && (topic == "contacts" || topic == "people") {
		p.one.box.AskContact()
	}
	switch topic {
	case "calls", "people", "registry":
		if !p.announcing { // the model knows already
			p.model.Reload()
		}
	}
}

// First is where most visits to the segment begin.
func (p *Page) First() fyne.Focusable {
	switch {
	case p.one != nil:
		return p.one.box.Entry
	case p.many != nil && p.many.text != nil:
		return p.many.text
	case p.book != nil:
		return p.book.search
	}
	return nil
}

// Takes says yes to all but address books, which have a page of their own.
func (p *Page) Takes(paths []string) bool { return !kit.AddressBooks(paths) }

// Drop takes a dropped file for a list of numbers.
func (p *Page) Drop(paths []string) {
	p.showSegment(SegmentMany)
	p.model.Many.JudgeFile(paths[0])
}

// askOne shows the full verdict of a number.
func (p *Page) askOne(number string) {
	p.showSegment(SegmentOne)
	p.one.box.Entry.SetText("")
	p.model.One.Ask(number)
	p.one.box.Entry.Put(p.model.One.Input())
}

// find searches the registry.
func (p *Page) find(q Query) {
	p.model.Book.Close()
	p.model.Book.Ask(q)
	p.showSegment(SegmentBook)
}

func (p *Page) onVerdict() {
	if p.one != nil {
		p.one.show()
	}
}

func (p *Page) onProvince() {
	switch {
	case p.one != nil:
		p.one.province.Set(p.model.One.Province())
	case p.many != nil && p.many.province != nil:
		p.many.province.Set(p.model.One.Province())
	}
}

func (p *Page) onMany() {
	if p.many != nil {
		p.many.show()
	}
}

func (p *Page) onManyList() {
	if p.many != nil {
		p.many.showList()
	}
}

func (p *Page) onBook() {
	if p.book != nil {
		p.book.show()
	}
}

func (p *Page) onEntry() {
	if p.book != nil {
		p.book.showEntry()
	}
}

// onStored says what was done and what it changed among the logged calls.
func (p *Page) onStored(d Change, effect registrar.Effect) {
	text := p.env.T("check.stored." + string(d))
	if effect.Numbers > 0 {
		text += p.env.N("check.effect", int(effect.Numbers), l10n.Args{"Calls": effect.Calls})
	}
	p.env.Toast(text)
	p.announcing = true
	p.env.Announce("registry")
	p.announcing = false
}

// openFile lets the user choose a list of numbers or a manifest.
func (p *Page) openFile(title string, endings []string, chosen func(path string)) {
	if p.p.OpenFile != nil {
		p.p.OpenFile(chosen)
		return
	}
	kit.OpenFile(p.env, title, endings, chosen)
}

func (p *Page) saveFile(title, suggested string, chosen func(path string)) {
	if p.p.SaveFile != nil {
		p.p.SaveFile(suggested, chosen)
		return
	}
	kit.SaveFile(p.env, title, suggested, []string{".csv", ".xlsx"}, chosen)
}

// provinces are those where calls can be received; the first option is that
// nobody knows.
func (p *Page) provinces(unknown string) []kit.Option[string] {
	out := []kit.Option[string]{{Text: unknown}}
	for _, x := range p.p.Registry.Provinces() {
		out = append(out, kit.Option[string]{Code: x.NameZH, Text: p.env.Printer.ProvinceName(x)})
	}
	return out
}

// provinceField is the chooser of where calls are received.
func (p *Page) provinceField() (*kit.Choice[string], *kit.Field) {
	choice := kit.NewChoice("", p.provinces(p.env.T("check.province.unknown")), func(name string) {
		p.model.One.ChooseProvince(name)
	})
	choice.Set(p.model.One.Province())
	return choice, kit.NewField(p.env, kit.FieldParams{
		Label: p.env.T("check.province"), Help: p.env.T("check.province.help"), Input: choice,
	})
}

// verdictParams are what the kit needs to show a verdict.
func (p *Page) verdictParams(c domain.Check) kit.VerdictParams {
	return kit.VerdictParams{Check: c, Registry: p.p.Registry.Info(), Province: p.p.Registry.Province}
}

// lines joins what is not empty.
func lines(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}
