package batch

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Params are what New needs.
type Params struct {
	Env    *kit.Env
	Filing Filing
	Files  Files
	// OpenFile lets the user choose a file and SaveFile name one; nil for the
	// toolkit's own way and ours.
	OpenFile func(chosen func(path string))
	SaveFile func(suggested string, chosen func(path string))
}

// restless is how long the page waits before it counts again what the outbox
// did: a batch records many results a second.
const restless = time.Second

// Page is the Batch page. It is used on the goroutine that owns the widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says
	soon  *kit.Throttle

	place *fyne.Container // the list or the sheet
	list  *listView
	sheet *sheetView // nil while none is prepared
}

var (
	_ kit.Page      = (*Page)(nil)
	_ kit.Practiser = (*Page)(nil)
	_ kit.Listener  = (*Page)(nil)
	_ kit.Picker    = (*Page)(nil)
	_ kit.Dropper   = (*Page)(nil)
	_ kit.Worker    = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, restless)}
	page.model = NewModel(ModelParams{
		Filing: p.Filing, Files: p.Files,
		Language: func() string { return string(p.Env.Printer.Language()) },
		Run:      kit.Runner(p.Env.Jobs, func() context.Context { return page.ctx }),
		Write:    kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Events: Events{
			List: page.onList, Detail: page.onDetail, Job: page.onJob, Rows: page.onRows,
			Filed: page.onFiled, Cancelled: page.onCancelled, Written: page.onWritten,
			Stored: func() { p.Env.Announce("complaints") }, Failed: p.Env.ShowError,
		},
	})
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "batch.title" }

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.place = container.NewStack()
	p.list = newListView(p)
	p.onJob()
	p.onDetail()
	return p.place
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	p.model.Reload()
	if r.Action == kit.ActionOpen {
		p.model.Open(r.ID)
	}
}

// Leave is called when another page is shown.
func (p *Page) Leave() { p.ctx = nil }

// Practice says whether what is filed here goes to the practice endpoint.
func (p *Page) Practice() bool { return p.model.Practice() }

// Changed hears that stored things changed, here or elsewhere.
func (p *Page) Changed(topic string) {
	if p.ctx != nil && (topic == "complaints" || topic == "channels") {
		p.soon.Call(p.ctx, p.model.Reload)
	}
}

// Takes leaves address books to the page of contacts.
func (p *Page) Takes(paths []string) bool { return !kit.AddressBooks(paths) }

// Drop takes a sheet that was dropped onto the window.
func (p *Page) Drop(paths []string) {
	i := slices.IndexFunc(paths, isSheet)
	if i < 0 {
		p.env.Toast(p.env.T("batch.drop.no_sheet"))
		return
	}
	if len(paths) > 1 {
		p.env.Toast(p.env.T("batch.drop.one"))
	}
	p.model.OfferSheet(paths[i])
}

// endings are those of the names of sheets.
func endings() []string { return []string{".xlsx", ".csv", ".tsv", ".txt", ".xls"} }

func isSheet(path string) bool {
	return slices.ContainsFunc(endings(), func(e string) bool { return strings.HasSuffix(strings.ToLower(path), e) })
}

// Working says whether a sheet is being checked or filed, or a file written.
func (p *Page) Working() (question kit.ConfirmParams, ok bool) {
	e := p.env
	return kit.ConfirmParams{
		Title: e.T("batch.leave"), Text: e.T("batch.leave.text"),
		Yes: e.T("calls.import.leave.yes"), No: e.T("batch.leave.no"),
		Danger: true, OnYes: p.model.Stop,
	}, p.model.Busy() || p.model.Writing()
}

// choose lets the user choose a sheet.
func (p *Page) choose() {
	open := p.p.OpenFile
	if open == nil {
		open = func(chosen func(string)) { kit.OpenFile(p.env, p.env.T("batch.choose"), endings(), chosen) }
	}
	open(func(path string) { p.model.OfferSheet(path) })
}

// write asks for a name and writes a paper under it.
func (p *Page) write(what Paper) {
	e := p.env
	kinds := []string{".xlsx", ".csv"}
	if what == PaperReceipts {
		kinds = []string{".pdf"}
	}
	name := e.T("batch.paper." + string(what) + ".name")
	if what != PaperTemplate && what != PaperProblems {
		name += "-" + p.model.OpenID()
	}
	save := p.p.SaveFile
	if save == nil {
		save = func(suggested string, chosen func(string)) {
			kit.SaveFile(e, e.T("batch.paper."+string(what)), suggested, kinds, chosen)
		}
	}
	save(name+kinds[0], func(path string) { p.model.WritePaper(what, path) })
}

func (p *Page) onList() {
	if p.ctx != nil && p.list != nil {
		p.list.rows.Reload(p.ctx)
		p.list.showBody()
	}
	if p.sheet != nil {
		p.sheet.showChannels()
	}
	p.env.Refresh()
}

func (p *Page) onDetail() {
	if p.list != nil {
		p.list.showDetail()
	}
	p.env.Refresh()
}

// onJob puts the sheet or the list in its place.
func (p *Page) onJob() {
	if p.place == nil {
		return
	}
	if p.sheet != nil {
		p.sheet.close()
	}
	p.sheet = nil
	p.place.RemoveAll()
	if p.model.Job() != nil {
		p.sheet = newSheetView(p)
		p.place.Add(p.sheet.object)
	} else {
		p.place.Add(p.list.object)
	}
	p.place.Refresh()
	p.env.Refresh()
}

func (p *Page) onRows() {
	if p.sheet != nil {
		p.sheet.showLook()
	}
	p.env.Refresh()
}

func (p *Page) onFiled(r filing.SheetReport) { p.env.Toast(p.env.N("batch.filed", r.Queued)) }

func (p *Page) onWritten(path string) {
	p.env.Toast(p.env.T("batch.written", l10n.Args{"Path": path}))
}

// onCancelled says what could be taken back and what not.
func (p *Page) onCancelled(c filing.BatchCancelled) {
	e := p.env
	lines := []fyne.CanvasObject{kit.Notice(look.Done, e.N("batch.cancelled.back", c.TakenBack), "")}
	if c.Filed > 0 {
		lines = append(lines, kit.Notice(look.Info, e.N("batch.cancelled.filed", c.Filed), e.T("batch.cancelled.filed.hint")))
	}
	if c.Uncertain > 0 {
		lines = append(lines, kit.Notice(look.Caution, e.N("batch.cancelled.uncertain", c.Uncertain), e.T("batch.cancelled.uncertain.hint")))
	}
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("batch.cancelled"), Width: 60, Body: kit.Stack(1.5, lines...),
			Buttons: []fyne.CanvasObject{kit.NewPrimary(e.T("kit.close"), nil, d.Close)},
		}
	})
}

// empty stands where there is no batch at all.
func (p *Page) empty() fyne.CanvasObject {
	e := p.env
	return kit.Empty(e, look.IconBatch, "batch.empty",
		kit.NewPrimary(e.T("batch.choose.button"), theme.FolderOpenIcon(), p.choose),
		kit.NewButton(e.T("batch.paper.template"), theme.DocumentIcon(), func() { p.write(PaperTemplate) }))
}
