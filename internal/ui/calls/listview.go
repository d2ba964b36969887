package calls

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// listView is the list with its filters, and the open call beside it.
type listView struct {
	p       *Page
	env     *kit.Env
	rows    *kit.Rows[domain.Call]
	table   *kit.Table[domain.Call]
	filters *filterView
	foot    *kit.Foot       // that a change was stored, what can be done with marked calls
	body    *fyne.Container // the table, or what stands in its place
	split   *kit.Split
	panel   *panelView
	sheet   fyne.CanvasObject // the table on its surface
	object  fyne.CanvasObject
	fault   error
	asked   Filter // what the rows were asked for last
}

func newListView(p *Page) *listView {
	v := &listView{p: p, env: p.env, asked: p.model.Filter(), body: container.NewStack()}
	v.rows = kit.NewRows(kit.RowsParams[domain.Call]{
		Jobs: v.env.Jobs,
		Index: func(ctx context.Context) (kit.RowIndex, error) {
			index, err := p.model.Index(ctx, kit.RowPage)
			return kit.RowIndex{Count: int(index.Count), Cursors: index.Cursors}, err
		},
		Load: p.model.Page,
		Failed: func(err error) {
			v.fault = err
			v.showBody()
		},
	})
	all := func() { p.model.All(v.table.MarkAll) }
	v.table = kit.NewTable(kit.TableParams[domain.Call]{
		Env: v.env, Name: "calls", Rows: v.rows, Columns: v.columns(),
		OnOpen:   func(_ int, c domain.Call) { p.model.Open(c) },
		Key:      func(c domain.Call) string { return strconv.FormatInt(int64(c.ID), 10) },
		OnMarked: func(marked []domain.Call) { v.foot.Marked(len(marked), v.deeds(marked)...) }, OnAll: all, Menu: v.menu,
		OnRemove: func(rows []domain.Call) { p.model.Remove(ids(rows)) },
	})
	v.sheet = kit.Sheet(v.table.Object())
	v.rows.SetChanged(func() {
		v.fault = nil
		v.table.Refresh()
		v.showBody()
	})
	v.filters = newFilterView(p)
	v.foot = kit.NewFoot(kit.FootParams{
		Env: v.env, Keys: "calls.marks.", Most: MostMarked, Count: v.rows.Count, All: all, None: v.table.Unmark, Kept: 1,
	})
	v.split = kit.NewSplit(kit.SplitParams{
		Env:  v.env,
		List: v.foot.Below(kit.Under(1.5, v.filters.object, v.body)),
		Side: 52, Least: 50,
	})
	v.object = v.split.Object()
	if p.ctx != nil {
		v.rows.Reload(p.ctx)
	}
	v.showBody()
	v.showChange(p.model.Change())
	return v
}

func (v *listView) columns() []kit.Column[domain.Call] {
	e := v.env
	column := func(key string, width, flex float32, rank int, cell func(domain.Call) kit.Cell) kit.Column[domain.Call] {
		return kit.Column[domain.Call]{Name: key, Title: e.T("calls.column." + key), Width: width, Flex: flex, Rank: rank, Cell: cell}
	}
	words := make([]string, 0, len(domain.Verdicts()))
	for _, verdict := range domain.Verdicts() {
		words = append(words, e.T("calls.verdict."+string(verdict)))
	}
	// The longest number and verdict there are.
	number, verdict := kit.BoldWidth("+86"+strings.Repeat("0", 13)), kit.BadgeWidth(words...)
	timed := column("time", 16, 0, 0, func(c domain.Call) kit.Cell { return kit.Cell{Text: kit.FormatTime(c.StartedAt)} })
	timed.Stacks = true
	return []kit.Column[domain.Call]{
		timed,
		column("number", number, 1, 0, func(c domain.Call) kit.Cell { return kit.Cell{Text: shownNumber(e, c), Bold: true} }),
		column("verdict", verdict, 0, 0, func(c domain.Call) kit.Cell {
			return kit.Cell{Text: e.T("calls.verdict." + string(c.Verdict)), Tone: look.ToneOfVerdict(c.Verdict)}
		}),
		column("holder", 20, 2, 3, func(c domain.Call) kit.Cell { return kit.Cell{Text: v.holder(c), Muted: true} }),
		column("direction", 10, 0, 2, func(c domain.Call) kit.Cell {
			return kit.Cell{Text: e.Printer.Term("direction", string(c.Direction))}
		}),
		column("duration", 10, 0, 4, func(c domain.Call) kit.Cell {
			if c.Duration == nil {
				return kit.Cell{}
			}
			return kit.Cell{Text: kit.FormatSeconds(e, int64(c.Duration.Seconds()))}
		}),
		column("person", 12, 0, v.personRank(), func(c domain.Call) kit.Cell {
			return kit.Cell{Text: kit.PersonName(e, c.PersonID, c.Person), Muted: true}
		}),
		column("note", 15, 2, 6, func(c domain.Call) kit.Cell { return kit.Cell{Text: said(e, c), Muted: true} }),
	}
}

// personRank has the person come first where the log is that of several.
func (v *listView) personRank() int {
	if len(v.p.model.Whose()) > 1 {
		return 1
	}
	return 5
}

// holder names the organisation that public lists give, or the kind of line.
// The look-up does no I/O, and only the rows that are seen ask.
func (v *listView) holder(c domain.Call) string {
	if c.Code != "" {
		if check := v.p.model.judge(c); len(check.Holders) > 0 {
			return v.env.Printer.HolderInFull(check.Holders[0])
		}
	}
	return v.env.Printer.Term("family", string(c.Family))
}

// shownNumber is the number as it was displayed, with the name from the
// person's contacts where there is one.
func shownNumber(e *kit.Env, c domain.Call) string {
	switch {
	case c.Display == "" && c.Number == "":
		return e.T("calls.hidden")
	case c.Name != "":
		return c.Display + " " + c.Name
	case c.Display == "":
		return c.Number
	}
	return c.Display
}

// said is what the user says of a call: what it was about, and the beginning of
// the note.
func said(e *kit.Env, c domain.Call) string {
	category, note := e.Printer.Term("category", string(c.Category)), firstLine(c)
	if category != "" && note != "" {
		return category + e.T("calls.separator") + note
	}
	return category + note
}

// firstLine is the beginning of the user's own note.
func firstLine(c domain.Call) string {
	for i, r := range c.Note {
		if r == '\n' {
			return c.Note[:i]
		}
	}
	return c.Note
}

// showBody puts the table, or what stands where there is nothing, in its place.
func (v *listView) showBody() {
	var o fyne.CanvasObject
	narrow := v.p.model.Filter().Narrow()
	switch {
	case v.fault != nil:
		o = container.NewVScroll(v.env.ErrorNotice(v.fault, v.env.Retry(v.p.model.Reload)))
	case v.rows.Known() && v.rows.Count() == 0 && narrow:
		o = container.NewVScroll(v.nothing())
	case v.rows.Known() && v.rows.Count() == 0:
		o = container.NewVScroll(v.empty())
	default:
		o = v.sheet
	}
	count := ""
	switch {
	case v.fault != nil || !v.rows.Known() || v.rows.Count() == 0:
	case v.rows.Counting():
		count = v.env.T("calls.counting")
	default:
		count = v.env.N("calls.count", v.rows.Count())
	}
	v.filters.showCount(count)
	if len(v.body.Objects) == 1 && v.body.Objects[0] == o {
		return
	}
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// empty stands where no call is kept yet.
func (v *listView) empty() fyne.CanvasObject {
	return kit.Empty(v.env, look.IconCalls, "calls.empty",
		kit.NewPrimary(v.env.T("calls.import"), theme.FolderOpenIcon(), v.p.importer.choose),
		kit.NewButton(v.env.T("calls.log"), theme.ContentAddIcon(), func() { v.p.model.OpenLog("") }))
}

// nothing stands where the filter leaves no call.
func (v *listView) nothing() fyne.CanvasObject {
	return kit.Empty(v.env, look.IconCalls, "calls.none",
		kit.NewPrimary(v.env.T("calls.filter.clear"), theme.ContentClearIcon(), v.p.model.ClearFilter))
}

func ids(calls []domain.Call) []domain.CallID {
	out := make([]domain.CallID, len(calls))
	for i, c := range calls {
		out[i] = c.ID
	}
	return out
}

func (v *listView) showFilter() { v.filters.show() }

func (v *listView) showPeople() {
	v.filters.showPeople()
	v.table.SetRank("person", v.personRank())
}

// showPanel puts the open call at the side.
func (v *listView) showPanel() {
	p := v.p.model.Panel()
	if p == nil {
		v.panel = nil
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	if v.panel != nil && v.panel.panel == p {
		v.panel.show()
		return
	}
	v.panel = newPanelView(v.p, p)
	v.split.Show(v.panel.object)
}
