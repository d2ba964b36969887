package advice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/advice"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// listView is the list of entries, and the open one beside it.
type listView struct {
	p       *Page
	env     *kit.Env
	m       *Model
	filling bool // the widgets are filled from the model, not by the user
	search  *kit.Entry
	groups  *kit.Choice[advice.Group]
	rows    *kit.Rows[advice.Entry]
	table   *kit.Table[advice.Entry]
	count   *kit.Text
	sheet   fyne.CanvasObject
	nothing fyne.CanvasObject
	body    *fyne.Container
	split   *kit.Split
	object  fyne.CanvasObject
}

func newListView(p *Page) *listView {
	v := &listView{p: p, env: p.env, m: p.model, body: container.NewStack(), count: kit.Muted("")}
	e := v.env
	v.search = kit.NewEntry(e.T("advice.search")).On(kit.CommandSearch)
	v.search.SetText(v.m.Query())
	v.search.OnChanged = v.m.Search
	v.groups = kit.NewChoice("", v.options(), v.chooseGroup)
	v.rows = kit.HeldRows(e, &v.m.shown)
	v.table = kit.NewTable(kit.TableParams[advice.Entry]{
		Env: e, Rows: v.rows, Columns: v.columns(), OnOpen: func(_ int, x advice.Entry) { v.m.Open(x.ID) }, Menu: v.menu,
	})
	newer := kit.NewQuiet(e.T("advice.newer"), theme.ViewRefreshIcon(), func() { e.Navigate(kit.RouteNewer()) })
	v.sheet = kit.Under(1, kit.Beside(20, v.count, newer), kit.Sheet(v.table.Object()))
	v.nothing = container.NewVScroll(kit.Empty(e, look.IconAdvice, "advice.nothing",
		kit.NewPrimary(e.T("advice.all"), theme.NavigateBackIcon(), v.m.All)))
	v.split = kit.NewSplit(kit.SplitParams{
		Env:  v.env,
		List: kit.Under(1.5, kit.Columns(1, 26, v.search, v.groups), v.body),
		Side: 56, Least: 44,
	})
	v.object = kit.Frame(kit.FrameParams{
		Title: e.T("advice.title"), Fixed: true,
		Actions: []fyne.CanvasObject{p.goneButton()}, Body: v.split.Object(),
	})
	v.show()
	v.showEntry()
	return v
}

func (v *listView) options() []kit.Option[advice.Group] {
	out := []kit.Option[advice.Group]{{Text: v.env.T("advice.group.all")}}
	for _, g := range advice.Groups() {
		if g != advice.GroupTransferred { // the button at the top leads there
			out = append(out, kit.Option[advice.Group]{Code: g, Text: v.env.T("advice.group." + string(g))})
		}
	}
	return out
}

func (v *listView) chooseGroup(g advice.Group) {
	if !v.filling {
		v.m.ShowGroup(g)
		v.env.Memory.Set(memory, g)
	}
}

// menu is what can be done with an entry.
func (v *listView) menu(x advice.Entry) []*fyne.MenuItem {
	return append([]*fyne.MenuItem{fyne.NewMenuItem(v.env.T("check.entry.open"), func() { v.m.Open(x.ID) })},
		kit.MenuOf(kit.NewCopy(v.env, func() string { return shareText(v.env, x) }))...)
}

func (v *listView) columns() []kit.Column[advice.Entry] {
	e := v.env
	var marks []string
	for _, c := range advice.Certainties() {
		marks = append(marks, markText(e, c))
	}
	return []kit.Column[advice.Entry]{
		{Title: e.T("advice.column.title"), Width: 32, Flex: 1, Wraps: true, Cell: func(x advice.Entry) kit.Cell {
			return kit.Cell{Text: say(e, x.Title)}
		}},
		{Title: e.T("advice.column.group"), Width: 15, Rank: 2, Cell: func(x advice.Entry) kit.Cell {
			return kit.Cell{Text: e.T("advice.group." + string(x.Group)), Muted: true}
		}},
		{Title: e.T("advice.column.certainty"), Width: kit.BadgeWidth(marks...), Rank: 1, Cell: func(x advice.Entry) kit.Cell {
			return kit.Cell{Text: markText(e, x.Certainty), Tone: toneOf(x.Certainty)}
		}},
	}
}

// show puts what was found on the screen.
func (v *listView) show() {
	v.search.SetText(v.m.Query())
	v.filling = true
	v.groups.Set(v.m.Group())
	v.filling = false
	o := v.sheet
	if len(v.m.Shown()) == 0 {
		o = v.nothing
	}
	info := v.p.p.Registry()
	v.count.SetText(v.env.N("advice.count", len(v.m.Shown()), l10n.Args{"Version": info.Version, "Date": info.Date}))
	ctx := v.p.ctx
	if ctx == nil {
		ctx = v.env.Jobs.Base()
	}
	v.rows.Reload(ctx)
	v.table.ToTop()
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// showEntry puts the open entry at the side.
func (v *listView) showEntry() {
	x, ok := v.m.Opened()
	if !ok {
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	v.split.Show(v.p.entryPanel(x))
}
