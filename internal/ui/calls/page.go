package calls

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
)

// Params are what New needs.
type Params struct {
	Env     *kit.Env
	Journal Journal
	Checker Checker
	// Registry says which list is behind the Checker at the moment.
	Registry func() domain.RegistryInfo
	// Province gives a province by its Chinese name; nil where none is known.
	Province func(nameZH string) (domain.Province, bool)
	// Alerts and Stats are other ways to look at the calls; nil for none.
	Alerts, Stats kit.Part
	// Contact says at the side whether the number of a call is a contact; nil
	// for nothing.
	Contact func(c domain.Call) kit.Part
	// Filing makes complaints of several callers' calls, Files the files that are
	// written for the user.
	Filing Filing
	Files  Files
	// OpenFile and SaveFile let the user choose a file; nil for the kit's own
	// dialogs.
	OpenFile func(chosen func(path string))
	SaveFile func(suggested string, chosen func(path string))
}

// Page is the page of the call history. It is used on the goroutine that owns
// the widgets.
type Page struct {
	p     Params
	env   *kit.Env
	model *Model
	ctx   context.Context //nolint:containedctx // from Enter to Leave, as kit.Page says

	// filtersOpen says that all filters are shown, not only their summary.
	filtersOpen bool

	part     part
	segments *kit.Segments[part]
	place    *fyne.Container // of the part; nil where there is only the list

	list     *listView
	logForm  *logView
	importer importView
	output   outputView
	drafts   *draftsView
}

var (
	_ kit.Page       = (*Page)(nil)
	_ kit.Dropper    = (*Page)(nil)
	_ kit.DropWaiter = (*Page)(nil)
	_ kit.Listener   = (*Page)(nil)
	_ kit.Keeper     = (*Page)(nil)
)

// New makes the page.
func New(p Params) *Page {
	page := &Page{p: p, env: p.Env, part: partList}
	page.importer.p, page.output.p = page, page
	page.model = NewModel(ModelParams{
		Journal: p.Journal, Checker: p.Checker, Filing: p.Filing, Files: p.Files, Clock: p.Env.Clock,
		ReadTime: func(text string) (time.Time, error) { return kit.ParseTime(text, p.Env.Clock.Now()) },
		Run:      kit.Runner(p.Env.Jobs, func() context.Context { return page.ctx }),
		Write:    kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Events: Events{
			List: page.onList, People: page.onPeople, Panel: page.onPanel,
			Log: page.onLog, LogVerdict: page.onLogVerdict, Logged: page.onLogged,
			Changed: page.onChanged, Output: page.output.show, Drafts: page.onDrafts,
			Removed: page.onRemoved,
			Import:  page.importer.show, Columns: page.importer.onColumns, Stored: func() { p.Env.Announce("calls") },
			Failed: p.Env.ShowError,
		},
	})
	page.model.filter = page.remembered()
	return page
}

// Title is the message key of the page's name.
func (p *Page) Title() string { return "calls.title" }

// Content builds the page.
func (p *Page) Content() fyne.CanvasObject {
	p.list = newListView(p)
	p.onPanel()
	return p.frame()
}

// Enter shows what the route asks for.
func (p *Page) Enter(ctx context.Context, r kit.Route) {
	p.ctx = ctx
	switch r.Action {
	case "":
	case kit.ActionAlerts:
		p.turnTo(partAlerts)
	case kit.ActionCharts:
		p.turnTo(partStats)
	default:
		p.turnTo(partList)
	}
	p.enterPart()
	switch r.Action {
	case kit.ActionRecent:
		p.model.SetFilter(Filter{Period: PeriodMonth})
	case kit.ActionCode:
		p.model.OnlyCode(r.ID)
	case kit.ActionFrom:
		p.model.SetFilter(Filter{Number: r.ID})
	case kit.ActionDays:
		if id, from, to, ok := r.Days(); ok {
			p.model.SetFilter(Filter{Person: id, Period: PeriodBetween, From: from, To: to})
		}
	case kit.ActionPerson:
		if id, err := strconv.ParseInt(r.ID, 10, 64); err == nil {
			p.model.SetFilter(Filter{Person: domain.PersonID(id)})
		}
	}
	p.list.showFilter()
	p.model.Reload()
	switch r.Action {
	case kit.ActionLog:
		p.model.OpenLog(r.ID)
	case kit.ActionImport:
		p.importer.choose()
	case kit.ActionOpen:
		if ids := r.CallIDs(); len(ids) == 1 {
			p.model.OpenID(ids[0])
		}
	}
	if job := p.model.Import(); job != nil && job.Stage == task.Done && !job.Seen {
		p.importer.show()
	}
	if o := p.model.Output(); o != nil && o.Stage == task.Done && !o.Seen {
		p.output.show()
	}
}

// closePanel shows the list alone, with the keyboard in it.
func (p *Page) closePanel() {
	p.model.ClosePanel()
	p.env.Window.Canvas().Focus(p.list.table.Focus())
}

// Leave stores what is being written and stops showing. A note that is too
// long stays in its panel, which says so.
func (p *Page) Leave() {
	if !p.Unsaved() {
		p.model.Save()
	}
	p.leavePart()
	p.ctx = nil
}

// Unsaved says whether a note is written that leaving cannot store.
func (p *Page) Unsaved() bool {
	panel := p.model.Panel()
	if panel == nil || !panel.Changed() {
		return false
	}
	_, tooLong := panel.NoteLength()
	return tooLong
}

// Working says whether files are being read or written.
func (p *Page) Working() (question kit.ConfirmParams, ok bool) {
	if question, ok = p.output.working(); ok {
		return question, ok
	}
	return kit.ConfirmParams{
		Title: p.env.T("calls.import.leave"), Text: p.env.T("calls.import.leave.text"),
		Yes: p.env.T("calls.import.leave.yes"), No: p.env.T("calls.import.leave.no"),
		Danger: true, OnYes: p.model.StopImport,
	}, p.model.Importing()
}

// Takes says yes to all but address books, which have a page of their own.
func (p *Page) Takes(paths []string) bool { return !kit.AddressBooks(paths) }

// Drop takes files that were dropped onto the window for call logs.
func (p *Page) Drop(paths []string) { p.model.OfferImport(paths) }

// Waiting says whether the dialog that names the files is open, to which more
// can be dropped.
func (p *Page) Waiting() bool {
	job := p.model.Import()
	return job != nil && job.Stage == task.Choosing && p.importer.Open() && len(p.env.Window.Canvas().Overlays().List()) == 1
}

// Changed hears that stored things changed.
func (p *Page) Changed(topic string) {
	if x := p.of(p.part); x != nil {
		x.Changed(topic)
	}
	if topic == "calls" || topic == "people" || topic == "registry" {
		p.model.Reload()
	}
	if p.list != nil && p.list.panel != nil {
		p.list.panel.changed(topic)
	}
}

// onRemoved takes the marks away, some of which may be of calls that are gone.
func (p *Page) onRemoved() {
	if p.list != nil {
		p.list.table.Unmark()
	}
}

// export offers to write the calls of the list, or those that are marked, once it
// is known how many there are.
func (p *Page) export() {
	if p.list.rows.Counting() {
		p.env.Toast(p.env.T("calls.counting"))
		return
	}
	p.model.OfferExport(p.list.rows.Count(), ids(p.list.table.Marked()))
}

func (p *Page) saveFile(title, suggested string, endings []string, chosen func(path string)) {
	if p.p.SaveFile != nil {
		p.p.SaveFile(suggested, chosen)
		return
	}
	kit.SaveFile(p.env, title, suggested, endings, chosen)
}

// onChanged shows that the last change can be taken back.
func (p *Page) onChanged(c *Change) {
	if p.list != nil {
		p.list.showChange(c)
	}
}

func (p *Page) onDrafts() {
	switch {
	case p.model.Drafts() == nil:
	case p.drafts == nil:
		p.drafts = showDrafts(p)
	default:
		p.drafts.show()
	}
}

func (p *Page) onList() {
	if p.list == nil {
		return
	}
	p.list.showFilter()
	f := p.model.Filter()
	other := f != p.list.asked
	if other {
		if !f.Narrow() {
			p.remember(f)
		}
		p.list.asked = f
		p.list.table.ToTop() // the newest of what is asked for now
	}
	switch {
	case p.ctx == nil || len(p.model.FilterProblems()) > 0:
	case other:
		p.list.rows.Renew(p.ctx)
	default:
		p.list.rows.Reload(p.ctx)
	}
}

func (p *Page) onPeople() {
	if p.list != nil {
		p.list.showPeople()
	}
	if p.logForm != nil {
		p.logForm.showPeople()
	}
	p.importer.showPeople()
}

func (p *Page) onPanel() {
	if p.list != nil {
		p.list.showPanel()
	}
}

func (p *Page) onLog() {
	switch {
	case p.model.Log() == nil:
	case p.logForm == nil:
		p.logForm = showLog(p)
	default:
		p.logForm.showState()
	}
}

func (p *Page) onLogVerdict() {
	if p.logForm != nil {
		p.logForm.showVerdict()
	}
}

func (p *Page) onLogged(c domain.Call) {
	if p.logForm != nil {
		p.logForm.dialog.Close()
	}
	p.env.Toast(p.env.T("calls.logged"))
	if p.ctx != nil {
		p.model.Open(c)
	}
}
