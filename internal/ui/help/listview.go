package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/guide"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// view is the list of topics, and the open one beside it.
type view struct {
	p       *Page
	env     *kit.Env
	m       *Model
	search  *kit.Entry
	rows    *kit.Rows[guide.Hit]
	table   *kit.Table[guide.Hit]
	sheet   fyne.CanvasObject
	nothing fyne.CanvasObject
	body    *fyne.Container
	split   *kit.Split
	object  fyne.CanvasObject
}

// How many units wide a topic is beside the list, and the list needs beside it.
const topicWidth, listWidth = 82, 26

func newView(p *Page) *view {
	v := &view{p: p, env: p.env, m: p.model, body: container.NewStack()}
	e := v.env
	v.search = kit.NewEntry(e.T("help.search")).On(kit.CommandSearch)
	v.search.SetText(v.m.Query())
	v.search.OnChanged = v.m.Search
	v.rows = kit.HeldRows(e, &v.m.shown)
	v.table = kit.NewTable(kit.TableParams[guide.Hit]{
		Env: e, Rows: v.rows, Columns: v.columns(), OnOpen: func(_ int, h guide.Hit) { v.m.OpenAt(h) },
	})
	v.sheet = kit.Sheet(v.table.Object())
	v.nothing = container.NewVScroll(kit.Empty(e, look.IconHelp, "help.nothing",
		kit.NewPrimary(e.T("help.all"), theme.NavigateBackIcon(), v.m.All)))
	keys := kit.NewButton(e.T("prefs.keys.show"), theme.ListIcon(), func() { kit.ShowShortcuts(e, false) })
	v.split = kit.NewSplit(kit.SplitParams{Env: v.env, List: kit.Under(1.5, v.search, v.body), Side: topicWidth, Least: listWidth})
	v.object = kit.Frame(kit.FrameParams{
		Title: e.T("help.name"), Fixed: true, Actions: []fyne.CanvasObject{keys}, Body: v.split.Object(),
	})
	v.show()
	v.showTopic()
	return v
}

// columns names what was found, and beside it what it is about or a part of.
func (v *view) columns() []kit.Column[guide.Hit] {
	e := v.env
	return []kit.Column[guide.Hit]{
		{Title: e.T("help.column.topic"), Width: listWidth - 4, Flex: 1, Cell: func(h guide.Hit) kit.Cell {
			if h.Heading() != "" {
				return kit.Cell{Text: h.Heading()}
			}
			return kit.Cell{Text: h.Topic.Title}
		}},
		{Title: e.T("help.column.about"), Width: 46, Flex: 2, Rank: 1, Cell: func(h guide.Hit) kit.Cell {
			if h.Heading() != "" {
				return kit.Cell{Text: h.Topic.Title, Muted: true}
			}
			return kit.Cell{Text: h.Topic.About(), Muted: true}
		}},
	}
}

// show puts what was found on the screen.
func (v *view) show() {
	v.search.SetText(v.m.Query())
	o := v.sheet
	if len(v.m.Shown()) == 0 {
		o = v.nothing
	}
	ctx := v.p.ctx
	if ctx == nil {
		ctx = v.env.Jobs.Base()
	}
	v.rows.Reload(ctx)
	v.table.ToTop()
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// showTopic puts the open topic at the side.
func (v *view) showTopic() {
	t, section, ok := v.m.Opened()
	if !ok {
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	side, at := v.p.topic(t, section)
	v.split.Show(side)
	if at != nil {
		kit.Reveal(at)
	}
}
