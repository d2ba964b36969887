package batch

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// listView is the list of batches with the open one beside it.
type listView struct {
	p      *Page
	env    *kit.Env
	rows   *kit.Rows[filing.Batch]
	table  *kit.Table[filing.Batch]
	body   *fyne.Container // the table, or what stands in its place
	split  *kit.Split
	sheet  fyne.CanvasObject
	object fyne.CanvasObject
	detail *detailView
	// problems are those of the batch that is open, where they are many.
	problems *allProblems
}

func newListView(p *Page) *listView {
	v := &listView{p: p, env: p.env, body: container.NewStack()}
	v.rows = kit.HeldRows(v.env, &p.model.shown)
	v.table = kit.NewTable(kit.TableParams[filing.Batch]{
		Env: v.env, Rows: v.rows, Columns: v.columns(),
		OnOpen: func(_ int, b filing.Batch) { p.model.Open(b.ID) }, Menu: v.menu,
	})
	v.rows.SetChanged(func() {
		v.table.Refresh()
		v.showBody()
	})
	v.sheet = kit.Sheet(v.table.Object())
	v.split = kit.NewSplit(kit.SplitParams{Env: v.env, List: v.body, Side: 56, Least: 44})
	v.object = kit.Frame(kit.FrameParams{
		Title: v.env.T("batch.title"), Explanation: v.env.T("batch.explanation"), Fixed: true,
		Actions: []fyne.CanvasObject{
			kit.NewButton(v.env.T("batch.paper.template"), theme.DocumentIcon(), func() { p.write(PaperTemplate) }),
			kit.NewPrimary(v.env.T("batch.choose.button"), theme.FolderOpenIcon(), p.choose).On(kit.CommandImport),
		},
		Body: v.split.Object(),
	})
	if p.ctx != nil {
		v.rows.Reload(p.ctx)
	}
	v.showBody()
	return v
}

// menu is what can be done with a batch: what is done with one opens it first, so
// that it is seen what becomes of it.
func (v *listView) menu(b filing.Batch) []*fyne.MenuItem {
	open := func() { v.p.model.Open(b.ID) }
	items := []*fyne.MenuItem{fyne.NewMenuItem(v.env.T("complaints.many.open"), open)}
	d := &detailView{p: v.p, env: v.env, id: b.ID, b: b}
	for _, item := range kit.MenuOf(append(d.actions(), d.paperButtons()...)...) {
		do := item.Action
		item.Action = func() { open(); do() }
		items = append(items, item)
	}
	return items
}

func (v *listView) columns() []kit.Column[filing.Batch] {
	e := v.env
	return []kit.Column[filing.Batch]{
		{Title: e.T("batch.column.id"), Width: 13, Cell: func(b filing.Batch) kit.Cell {
			return kit.Cell{Text: b.ID, Bold: true}
		}},
		{Title: e.T("batch.column.file"), Width: 16, Flex: 1, Rank: 1, Cell: func(b filing.Batch) kit.Cell {
			return kit.Cell{Text: b.File}
		}},
		{Title: e.T("batch.column.filed"), Width: 16, Cell: func(b filing.Batch) kit.Cell {
			return kit.Cell{Text: e.T("batch.column.filed.value", l10n.Args{
				"Filed": e.Printer.Number(int64(filedOf(b))), "All": e.Printer.Number(int64(b.Queued)),
			})}
		}},
		{Title: e.T("batch.column.state"), Width: 28, Cell: func(b filing.Batch) kit.Cell {
			tone, text := standing(e, b)
			if ch, ok := v.p.model.channelOf(b.Channel); ok && b.Channel != "" && filing.IsPractice(ch) {
				text = e.T("complaints.practised", l10n.Args{"State": text})
			}
			return kit.Cell{Text: text, Tone: tone}
		}},
		{Title: e.T("batch.column.created"), Width: 16, Rank: 2, Cell: func(b filing.Batch) kit.Cell {
			return kit.Cell{Text: kit.FormatTime(b.CreatedAt), Muted: true}
		}},
	}
}

// filedOf is how many of a batch the endpoint has.
func filedOf(b filing.Batch) int { return b.States[domain.SendSent] + b.States[domain.SendToken] }

// standing is where a batch is, in one or two words.
func standing(e *kit.Env, b filing.Batch) (look.Tone, string) {
	tone, key := look.Done, "done"
	switch {
	case !b.CancelledAt.IsZero():
		tone, key = look.Neutral, "cancelled"
	case b.FinishedAt.IsZero():
		tone, key = look.Caution, "unfinished"
	case b.Open() > 0 && b.ChannelKind == domain.ChannelAssisted:
		tone, key = look.Caution, "by_hand"
	case b.Open() > 0 && !b.PausedAt.IsZero():
		tone, key = look.Caution, "paused"
	case b.Open() > 0:
		tone, key = look.Info, "sending"
	case b.States[domain.SendFailed] > 0:
		tone, key = look.Danger, "failed"
	case b.Rejected > 0:
		tone, key = look.Caution, "left"
	}
	return tone, e.T("batch.state." + key)
}

// showBody puts the table, or what stands where there is nothing, in its place.
func (v *listView) showBody() {
	m := v.p.model
	var o fyne.CanvasObject
	switch {
	case m.Fault() != nil:
		o = container.NewVScroll(v.env.ErrorNotice(m.Fault(), v.env.Retry(m.Reload)))
	case !m.Loaded():
		o = container.NewVScroll(kit.Muted(v.env.T("batch.loading")))
	case len(m.Shown()) == 0:
		o = container.NewVScroll(v.p.empty())
	default:
		o = v.sheet
	}
	if len(v.body.Objects) == 1 && v.body.Objects[0] == o {
		return
	}
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// showDetail puts the open batch at the side; while the outbox works this is
// called often, and the reader's place in it stays.
func (v *listView) showDetail() {
	b, ok := v.p.model.Detail()
	if !ok {
		v.detail = nil
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	next := newDetailView(v.p, b)
	if v.detail != nil && v.detail.id == next.id {
		next.scroll.Offset = v.detail.scroll.Offset
	}
	v.detail = next
	v.split.Show(next.object)
}
