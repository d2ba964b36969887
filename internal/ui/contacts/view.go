package contacts

import (
	"context"
	"math"
	"slices"
	"strconv"
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
	Journal Journal
	// OpenFile lets the user choose a file; nil for the toolkit's own dialog.
	OpenFile func(chosen func(path string))
}

// Part is the list of contacts. It is used on the goroutine that owns the
// widgets.
type Part struct {
	p        Params
	env      *kit.Env
	model    *Model
	ctx      context.Context //nolint:containedctx // from Enter to Leave, as kit.Part says
	importer importView

	search *kit.Entry
	person *kit.Choice[domain.PersonID]
	count  *kit.Text
	rows   *kit.Rows[domain.Contact]
	table  *kit.Table[domain.Contact]
	sheet  fyne.CanvasObject
	body   *fyne.Container // the table, or what stands in its place
	foot   *kit.Foot       // what can be done with the marked ones, and the way back
	object *fyne.Container
	// filling says that widgets are filled from the model, not by the user.
	filling bool
}

var (
	_ kit.Part    = (*Part)(nil)
	_ kit.Dropper = (*Part)(nil)
	_ kit.Worker  = (*Part)(nil)
)

// New makes the list.
func New(p Params) *Part {
	v := &Part{p: p, env: p.Env}
	v.importer.v = v
	v.model = NewModel(ModelParams{
		Journal: p.Journal,
		Run:     kit.Runner(p.Env.Jobs, func() context.Context { return v.ctx }),
		Write:   kit.Runner(p.Env.Jobs, p.Env.Jobs.Base),
		Events: Events{
			List: v.show, Removed: v.onRemoved, Import: v.importer.show, Failed: p.Env.ShowError,
			Restored: func() { p.Env.Toast(p.Env.T("contacts.restored")) },
			Stored:   func() { p.Env.Announce(topic) },
		},
	})
	var k kept
	v.env.Memory.Get(memory, &k)
	v.model.Begin(Filter{Person: k.Person})
	return v
}

// memory is the name under which the filter is remembered, kept what of it: not
// what was typed.
const memory = "contacts.filter"

type kept struct {
	Person domain.PersonID `json:"person,omitempty"`
}

// Enter reads the contacts, and shows the report of an import that ended
// meanwhile.
func (v *Part) Enter(ctx context.Context) {
	v.ctx = ctx
	v.model.Load()
	if job := v.model.Import(); job != nil && job.Stage == task.Done && !job.Seen {
		v.importer.show()
	}
}

// Leave is called when something else is shown.
func (v *Part) Leave() {
	v.model.ForgetRemoved()
	v.ctx = nil
}

// Changed hears that stored things changed.
func (v *Part) Changed(what string) {
	if v.ctx != nil && (what == topic || what == "people") {
		v.model.Load()
	}
}

// Drop takes address books that were dropped onto the window.
func (v *Part) Drop(paths []string) { v.model.OfferImport(paths) }

// Working says whether files are being read.
func (v *Part) Working() (question kit.ConfirmParams, ok bool) {
	e := v.env
	return kit.ConfirmParams{
		Title: e.T("calls.import.leave"), Text: e.T("contacts.import.leave"),
		Yes: e.T("calls.import.leave.yes"), No: e.T("calls.import.leave.no"),
		Danger: true, OnYes: v.model.StopImport,
	}, v.model.Importing()
}

// Actions are what can always be done.
func (v *Part) Actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(v.env.T("contacts.add"), theme.ContentAddIcon(), v.add).On(kit.CommandNew),
		kit.NewPrimary(v.env.T("contacts.import"), theme.FolderOpenIcon(), v.importer.choose).On(kit.CommandImport),
	}
}

func (v *Part) add() {
	showForm(formParams{
		env: v.env, journal: v.p.Journal, people: v.model.People(),
		draft: Draft{Person: v.model.Filter().Person, Mark: domain.ContactKnown},
	})
}

func (v *Part) edit(c domain.Contact) {
	showForm(formParams{
		env: v.env, journal: v.p.Journal, people: v.model.People(), draft: DraftOf(c), there: &c,
		remove: func() { v.model.Remove([]domain.Contact{c}) },
	})
}

// typing is the pause in typing after which the list is searched.
const typing = 150 * time.Millisecond

// Content builds the list.
func (v *Part) Content() fyne.CanvasObject {
	e := v.env
	wait := kit.NewDebounce(e.Jobs, typing)
	v.search = kit.NewEntry(e.T("contacts.search")).On(kit.CommandSearch)
	v.search.SetText(v.model.Filter().Text)
	v.search.OnChanged = func(s string) {
		if !v.filling && v.ctx != nil {
			wait.Call(v.ctx, func() { v.ask(func(f *Filter) { f.Text = s }) })
		}
	}
	v.person = kit.NewChoice("", nil, func(id domain.PersonID) { v.ask(func(f *Filter) { f.Person = id }) })
	v.count = kit.Muted("")
	v.rows = kit.SliceRows(e.Jobs, v.model.Shown())
	v.table = kit.NewTable(kit.TableParams[domain.Contact]{
		Env: e, Name: "contacts", Rows: v.rows, Columns: v.columns(),
		OnOpen: func(_ int, c domain.Contact) {
			v.table.Open(-1)
			v.edit(c)
		},
		Key:      key,
		OnRemove: v.model.Remove, Menu: v.menu,
		OnMarked: v.showMarked,
	})
	v.sheet = kit.Sheet(v.table.Object())
	v.body = container.NewStack()
	v.foot = kit.NewFoot(kit.FootParams{
		Env: e, Keys: "contacts.marks.", Most: math.MaxInt, Count: func() int { return len(v.model.Shown()) },
		All: func() { v.table.MarkOnly(v.model.Shown()) }, None: v.table.Unmark, Kept: 1,
	})
	v.object = v.foot.Below(kit.Under(1.5, kit.Stack(1.25,
		kit.Muted(e.T("contacts.text")),
		kit.Columns(1.5, 30, v.search, v.person),
		v.count,
	), v.body))
	v.show()
	v.onRemoved()
	return v.object
}

// menu is what can be done with a row, or with all marked ones where it is one
// of several.
func (v *Part) menu(c domain.Contact) []*fyne.MenuItem {
	e := v.env
	marked := v.table.Marked()
	if len(marked) > 1 && slices.ContainsFunc(marked, func(m domain.Contact) bool { return key(m) == key(c) }) {
		return []*fyne.MenuItem{fyne.NewMenuItem(e.T("contacts.remove"), func() { v.model.Remove(marked) })}
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(e.T("contacts.menu.edit"), func() { v.edit(c) }),
		fyne.NewMenuItem(e.T("calls.menu.number"), func() { e.Navigate(kit.RouteCallsFrom(c.Number)) }),
		fyne.NewMenuItem(e.T("calls.menu.copy"), func() {
			fyne.CurrentApp().Clipboard().SetContent(c.Number)
			e.Toast(e.T("kit.copied"))
		}),
		fyne.NewMenuItem(e.T("contacts.remove"), func() { v.model.Remove([]domain.Contact{c}) }),
	}
}

func (v *Part) columns() []kit.Column[domain.Contact] {
	e := v.env
	column := func(key string, width, flex float32, rank int, cell func(domain.Contact) kit.Cell) kit.Column[domain.Contact] {
		return kit.Column[domain.Contact]{Name: key, Title: e.T("contacts." + key), Width: width, Flex: flex, Rank: rank, Cell: cell}
	}
	var marks []string
	for _, m := range domain.ContactMarks() {
		marks = append(marks, e.Printer.Term("mark", string(m)))
	}
	number := kit.BoldWidth("+86" + strings.Repeat("0", 13))
	return []kit.Column[domain.Contact]{
		column("name", 22, 2, 0, func(c domain.Contact) kit.Cell {
			if c.Name == "" {
				return kit.Cell{Text: e.T("contacts.unnamed"), Muted: true}
			}
			return kit.Cell{Text: c.Name, Bold: true}
		}),
		column("number", number, 0, 0, func(c domain.Contact) kit.Cell { return kit.Cell{Text: c.Number} }),
		column("mark", kit.BadgeWidth(marks...), 0, 0, func(c domain.Contact) kit.Cell {
			return kit.Cell{Text: e.Printer.Term("mark", string(c.Mark)), Tone: toneOf(c.Mark)}
		}),
		column("whose", 12, 1, 1, func(c domain.Contact) kit.Cell { return kit.Cell{Text: whose(e, c), Muted: true} }),
		column("source", 18, 1, 2, func(c domain.Contact) kit.Cell { return kit.Cell{Text: sourceName(e, c.Source), Muted: true} }),
	}
}

// toneOf is the tone in which a mark is shown.
func toneOf(m domain.ContactMark) look.Tone {
	if m == domain.ContactUnwanted {
		return look.Caution
	}
	return look.Info
}

func (v *Part) ask(change func(*Filter)) {
	if v.filling {
		return
	}
	f := v.model.Filter()
	change(&f)
	v.setFilter(f)
	v.table.ToTop()
}

func (v *Part) setFilter(f Filter) {
	v.model.SetFilter(f)
	v.env.Memory.Set(memory, kept{f.Person})
}

// show puts what the model holds on the screen.
func (v *Part) show() {
	if v.table == nil {
		return
	}
	e, list := v.env, v.model.Shown()
	v.filling = true
	options := []kit.Option[domain.PersonID]{{Text: e.T("contacts.all")}}
	for _, o := range kit.PersonOptions(e, v.model.People()) {
		o.Text = e.T("contacts.counts_for", map[string]any{"Name": o.Text})
		options = append(options, o)
	}
	v.person.SetOptions(options)
	v.person.Set(v.model.Filter().Person)
	v.filling = false
	v.count.SetText("")
	if len(list) > 0 {
		v.count.SetText(e.N("contacts.count", len(list)))
	}
	v.search.Hidden, v.person.Hidden = v.model.Empty(), v.model.Empty()
	v.count.Hidden = v.count.Text() == ""
	v.keepMarks()
	v.rows.SetRows(list)
	v.showBody(list)
}

// keepMarks takes the marks from what is no longer there.
func (v *Part) keepMarks() {
	marked := v.table.Marked()
	if len(marked) == 0 {
		return
	}
	there := make(map[string]domain.Contact, len(v.model.all))
	for _, c := range v.model.all {
		there[key(c)] = c
	}
	kept := make([]domain.Contact, 0, len(marked))
	for _, c := range marked {
		if now, ok := there[key(c)]; ok {
			kept = append(kept, now)
		}
	}
	v.table.MarkOnly(kept)
}

// key tells contacts apart.
func key(c domain.Contact) string { return strconv.FormatInt(int64(c.PersonID), 10) + " " + c.Number }

// showBody puts the table, or what stands where there is nothing, in its place.
func (v *Part) showBody(list []domain.Contact) {
	e := v.env
	o := v.sheet
	switch {
	case v.model.Fault() != nil:
		o = instead(e.ErrorNotice(v.model.Fault(), e.Retry(v.model.Load)))
	case !v.model.Loaded():
		o = instead(kit.Muted(e.T("family.loading")))
	case v.model.Empty():
		o = instead(kit.Empty(e, look.IconFamily, "contacts.empty",
			kit.NewPrimary(e.T("contacts.import"), theme.FolderOpenIcon(), v.importer.choose),
			kit.NewButton(e.T("contacts.add"), theme.ContentAddIcon(), v.add)))
	case len(list) == 0:
		o = instead(kit.Empty(e, look.IconFamily, "contacts.none",
			kit.NewPrimary(e.T("contacts.clear"), theme.ContentClearIcon(), func() {
				v.search.SetText("")
				v.setFilter(Filter{})
			})))
	}
	v.body.Objects = []fyne.CanvasObject{o}
	v.object.Refresh()
}

// instead is what stands in the place of the table; its outline is not cut.
func instead(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Scrolled(kit.Stack(0, o))
}

// onRemoved offers the way back.
func (v *Part) onRemoved() {
	e, n := v.env, len(v.model.Removed())
	switch {
	case v.foot == nil:
	case n == 0:
		v.foot.Done(nil)
	default:
		v.foot.Done(kit.Strip(look.Done, e.N("contacts.removed", n),
			kit.NewQuiet(e.T("kit.close"), theme.ContentClearIcon(), v.model.ForgetRemoved),
			kit.NewButton(e.T("contacts.undo"), theme.ContentUndoIcon(), v.model.Restore).On(kit.CommandUndo)))
	}
}

// showMarked says what can be done with the marked contacts.
func (v *Part) showMarked(marked []domain.Contact) {
	remove := kit.NewButton(v.env.T("contacts.remove"), theme.DeleteIcon(), func() { v.model.Remove(marked) })
	v.foot.Marked(len(marked), append([]*kit.Button{remove}, v.foot.All(len(marked))...)...)
}
