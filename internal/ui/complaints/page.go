package complaints

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/task"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Filing  Filing
	Journal Journal
	Checker Checker
	Papers  Papers
	Files   Files
	// Sync asks the endpoints what became of filed complaints; it may be nil.
	Sync Sync
	// SaveFile lets the user choose a file and OpenFile opens one; nil for the
	// toolkit's own ways.
	SaveFile func(suggested string, chosen func(path string))
	OpenFile func(path string)
	// OpenWeb opens a page in a browser; nil for that of the system.
	OpenWeb func(address string)
	// ChooseFile lets the user choose a file of evidence; nil for the kit's own
	// dialog.
	ChooseFile func(chosen func(path string))
	// Province gives a province by its Chinese name; nil where none is known.
	Province func(nameZH string) (domain.Province, bool)
}

// restless is how long the page waits before it shows what the outbox did: a
// batch records many results a second.
const restless = 300 * time.Millisecond

// Page is the page of complaints. It is used on the goroutine that owns the
// widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says
	soon  *kit.Throttle

	place *fyne.Container // the list or the form
	list  *listView
	form  *formView

	output outputView
	news   newsView
	// called says that another page asked for the form, to which it leads back.
	called bool
	// filtersOpen says that all filters are shown, not only their summary.
	filtersOpen bool
}

var (
	_ kit.Page      = (*Page)(nil)
	_ kit.Practiser = (*Page)(nil)
	_ kit.Listener  = (*Page)(nil)
	_ kit.Keeper    = (*Page)(nil)
	_ kit.Worker    = (*Page)(nil)
	_ kit.Picker    = (*Page)(nil)
	_ kit.Dropper   = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env, soon: kit.NewThrottle(p.Env.Jobs, restless)}
	page.output.p, page.news.p = page, page
	page.model = NewModel(ModelParams{
		Filing: p.Filing, Journal: p.Journal, Checker: p.Checker, Papers: p.Papers, Files: p.Files, Sync: p.Sync,
		ReadTime: func(text string) (time.Time, error) { return kit.ParseTime(text, p.Env.Clock.Now()) },
		Run:      kit.Runner(p.Env.Jobs, func() context.Context { return page.ctx }),
		Write:    kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Events: Events{
			List: page.onList, Counts: page.onCounts, Detail: page.onDetail, Form: page.onForm,
			Fields: page.onFields, Blamed: page.onBlamed, Verdict: page.onVerdict, Guard: page.onGuard, Asked: page.onAsked,
			Related: page.onRelated, Evidence: page.onEvidence,
			Stored: page.onStored, Many: page.onMany, Output: page.onOutput, News: page.news.show, Failed: p.Env.ShowError,
		},
	})
	page.recall()
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "complaints.title" }

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.place = container.NewStack()
	p.list = newListView(p)
	p.form = nil
	p.onForm()
	p.onCounts()
	p.onDetail()
	return p.place
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	fromElsewhere := p.ctx == nil
	p.ctx = ctx
	p.called = p.called && !fromElsewhere
	p.model.Reload()
	if o := p.model.Output(); o != nil && o.Stage == task.Done && !o.Seen {
		p.output.show()
	}
	if n := p.model.News(); n != nil && n.Stage == task.Done {
		p.news.show()
	}
	switch r.Action {
	case kit.ActionNew:
		p.unlessUnsaved(func() {
			p.model.NewForCalls(r.CallIDs())
			p.called = fromElsewhere
		})
	case kit.ActionNumber:
		p.unlessUnsaved(func() {
			p.model.NewForNumber(r.ID)
			p.called = fromElsewhere
		})
	case kit.ActionOpen:
		p.unlessUnsaved(func() {
			p.model.CloseForm()
			p.model.Jump(domain.ComplaintID(r.ID))
		})
	case kit.ActionSegment:
		p.unlessUnsaved(func() {
			p.model.CloseForm()
			p.model.ShowSegment(Segment(r.ID))
		})
	case kit.ActionBatch:
		segment, batch, _ := strings.Cut(r.ID, ",")
		p.unlessUnsaved(func() {
			p.model.CloseForm()
			p.model.ShowSegment(Segment(segment))
			p.model.SetFilter(Filter{Batch: batch})
			p.list.filters.show()
		})
	}
}

// Leave is called when another page is shown.
func (p *Page) Leave() { p.ctx = nil }

// Practice says whether what is written or shown here goes to the practice
// endpoint.
func (p *Page) Practice() bool { return p.model.Practice() }

// Changed hears that stored things changed, here or elsewhere.
func (p *Page) Changed(topic string) {
	switch topic {
	case "complaints":
		p.refreshSoon()
	case "channels", "people":
		p.model.Reload()
	case "contacts":
		p.model.AskGuard()
	}
}

func (p *Page) refreshSoon() {
	if p.ctx != nil { // else Enter reads everything anew
		p.soon.Call(p.ctx, p.model.Refresh)
	}
}

// Unsaved says whether a complaint is being written that is not stored.
func (p *Page) Unsaved() bool { return p.model.Unsaved() }

// closeForm leads back to the page that asked for the form, or to the list.
func (p *Page) closeForm() {
	called := p.called
	p.model.CloseForm()
	if called {
		p.env.Back()
	}
}

func (p *Page) unlessUnsaved(goOn func()) { kit.UnlessUnsaved(p.env, p.Unsaved(), goOn) }

func (p *Page) onList() {
	if p.list != nil {
		p.list.showRows()
	}
}

func (p *Page) onCounts() {
	if p.list != nil {
		p.list.showCounts()
	}
	if p.form != nil {
		p.form.showChoices()
		p.model.AskGuard() // whose contacts count is known now
	}
	p.env.Refresh()
}

func (p *Page) onDetail() {
	if p.list != nil {
		p.list.showDetail()
	}
	p.env.Refresh()
}

// onForm puts the form or the list in its place.
func (p *Page) onForm() {
	if p.place == nil {
		return
	}
	p.form = nil
	p.place.RemoveAll()
	if p.model.Form() != nil {
		p.form = newFormView(p)
		p.place.Add(p.form.object)
		p.form.begin()
		p.model.AskGuard()
	} else {
		p.called = false
		p.place.Add(p.list.object)
	}
	p.place.Refresh()
	p.env.Refresh()
}

func (p *Page) onFields() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showFields()
	}
}

// onBlamed leads the user to the first field that is wrong.
func (p *Page) onBlamed() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showFields()
		p.form.form.Show(p.model.Form().Err())
	}
}

func (p *Page) onVerdict() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showVerdict()
	}
}

func (p *Page) onGuard() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showGuard()
	}
}

func (p *Page) onAsked() {
	if p.form != nil && p.form.anyway != nil {
		p.form.askGuard()
	}
}

func (p *Page) onStored(d Deed, _ domain.Complaint) {
	p.env.Toast(p.env.T("complaints.done." + string(d)))
	p.env.Announce("complaints")
}

// empty stands where there is no complaint at all.
func (p *Page) empty() fyne.CanvasObject {
	return kit.Empty(p.env, look.IconComplaints, "complaints.empty",
		kit.NewPrimary(p.env.T("complaints.new"), theme.ContentAddIcon(), p.newComplaint),
		kit.NewButton(p.env.T("complaints.empty.calls"), look.IconCalls.Resource(), func() {
			p.env.Navigate(kit.Route{Page: kit.PageCalls})
		}))
}

// closeDetail shows the list alone, with the keyboard in it.
func (p *Page) closeDetail() {
	p.model.CloseDetail()
	p.env.Window.Canvas().Focus(p.list.table.Focus())
}

func (p *Page) newComplaint() { p.model.NewForNumber("") }
