package check

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// bookView is the registry: the blocks while nothing is asked for, else the
// entries, and the open entry beside them.
type bookView struct {
	p   *Page
	env *kit.Env
	b   *Book
	// filling says that widgets are filled from the model, not by the user.
	filling bool
	search  *kit.Entry
	block   *kit.Choice[string]
	scope   *kit.Choice[string]
	rows    *kit.Rows[domain.RegistryEntry]
	table   *kit.Table[domain.RegistryEntry]
	count   *kit.Text
	results *fyne.Container // the table with its count
	nothing fyne.CanvasObject
	body    *fyne.Container
	split   *kit.Split
	object  fyne.CanvasObject
}

func newBookView(p *Page) *bookView {
	v := &bookView{p: p, env: p.env, b: p.model.Book, body: container.NewStack()}
	e := v.env
	v.search = kit.NewEntry(e.T("check.book.search")).On(kit.CommandSearch)
	v.search.OnChanged = func(s string) { v.ask(func(q *Query) { q.Text = s }) }
	v.block = kit.NewChoice("", v.blockOptions(), func(x string) { v.ask(func(q *Query) { q.Block = x }) })
	v.scope = kit.NewChoice("", v.scopeOptions(), func(x string) { v.ask(func(q *Query) { q.Scope = x }) })
	v.rows = kit.HeldRows(e, &v.b.shown)
	v.table = kit.NewTable(kit.TableParams[domain.RegistryEntry]{
		Env: e, Name: "registry", Rows: v.rows, Columns: v.columns(),
		OnOpen: func(_ int, x domain.RegistryEntry) { v.b.Open(x) }, Menu: v.menu,
	})
	v.count = kit.Muted("")
	again := kit.NewQuiet(e.T("check.book.all"), theme.NavigateBackIcon(), func() { v.set(Query{}) }).On(kit.CommandBack)
	v.results = kit.Under(1, kit.Beside(20, v.count, again), kit.Sheet(v.table.Object()))
	v.nothing = container.NewVScroll(kit.Empty(e, look.IconCheck, "check.book.nothing",
		kit.NewPrimary(e.T("check.book.all"), theme.NavigateBackIcon(), func() { v.set(Query{}) }),
		kit.NewButton(e.T("check.add"), theme.ContentAddIcon(), v.add)))
	v.split = kit.NewSplit(kit.SplitParams{
		Env: v.env,
		List: kit.Under(1.5, kit.Stack(1,
			kit.Beside(24, v.search, kit.NewButton(e.T("check.add"), theme.ContentAddIcon(), v.add).On(kit.CommandNew)),
			kit.Columns(1, 22, v.block, v.scope),
		), v.body),
		Side: 52, Least: 50,
	})
	v.object = v.split.Object()
	v.show()
	v.showEntry()
	return v
}

func (v *bookView) ask(change func(*Query)) {
	if v.filling {
		return
	}
	q := v.b.Query()
	change(&q)
	v.set(q)
}

// set asks for what the user chose, and remembers it.
func (v *bookView) set(q Query) {
	v.b.Ask(q)
	v.env.Memory.Set(memory, kept{q.Block, q.Scope})
}

// add begins an own entry with the code that was searched for.
func (v *bookView) add() {
	d := Draft{Kind: domain.CorrectionEntry, Scope: registry.National}
	if text := v.b.Query().Text; codeShaped(text) {
		d.Code = text
	}
	v.p.correct(d)
}

func (v *bookView) blockOptions() []kit.Option[string] {
	out := []kit.Option[string]{{Text: v.env.T("check.book.any_block")}}
	blocks := v.b.Blocks()
	for i, b := range blocks {
		text := v.env.T("check.book.block", l10n.Args{"Prefix": b.Prefix})
		same := func(x domain.RegistryBlock) bool { return x.Prefix == b.Prefix }
		if slices.ContainsFunc(blocks[:i], same) || slices.ContainsFunc(blocks[i+1:], same) {
			text = v.env.T("check.book.block_length", l10n.Args{"Prefix": b.Prefix, "Length": lengthText(v.env, b)})
		}
		out = append(out, kit.Option[string]{Code: blockKey(b), Text: text})
	}
	return out
}

func (v *bookView) scopeOptions() []kit.Option[string] {
	out := v.p.provinces(v.env.T("check.book.any_scope"))
	national := kit.Option[string]{Code: registry.National, Text: v.env.T("check.book.national")}
	return append([]kit.Option[string]{out[0], national}, out[1:]...)
}

// markOf tells the user's own from what lists say.
func markOf(e *kit.Env, x domain.RegistryEntry) kit.Cell {
	switch x.Kind {
	case domain.CorrectionEntry:
		return kit.Cell{Text: e.T("check.mark.entry"), Tone: look.Info}
	case domain.CorrectionHide:
		return kit.Cell{Text: e.T("check.mark.hide"), Tone: look.Unknown}
	case domain.CorrectionNote:
		return kit.Cell{Text: e.T("check.mark.note"), Tone: look.Info}
	}
	if x.Holder.Confidence == registry.SingleSource {
		return kit.Cell{Text: e.T("check.mark.one_source"), Tone: look.Neutral}
	}
	return kit.Cell{Text: e.T("check.mark.two_sources"), Tone: look.Info}
}

// menu is what can be done with an entry.
func (v *bookView) menu(x domain.RegistryEntry) []*fyne.MenuItem {
	return append([]*fyne.MenuItem{fyne.NewMenuItem(v.env.T("check.entry.open"), func() { v.b.Open(x) })},
		kit.MenuOf(v.p.entryButtons(x)...)...)
}

func (v *bookView) columns() []kit.Column[domain.RegistryEntry] {
	e := v.env
	mark := kit.BadgeWidth(e.T("check.mark.entry"), e.T("check.mark.hide"), e.T("check.mark.note"),
		e.T("check.mark.one_source"), e.T("check.mark.two_sources"))
	column := func(key string, width, flex float32, rank int, cell func(domain.RegistryEntry) kit.Cell) kit.Column[domain.RegistryEntry] {
		return kit.Column[domain.RegistryEntry]{Name: key, Title: e.T("check.column." + key), Width: width, Flex: flex, Rank: rank, Cell: cell}
	}
	return []kit.Column[domain.RegistryEntry]{
		column("code", kit.BoldWidth("00000000"), 0, 0, func(x domain.RegistryEntry) kit.Cell { return kit.Cell{Text: x.Code, Bold: true} }),
		column("holder", 20, 3, 0, func(x domain.RegistryEntry) kit.Cell {
			return kit.Cell{Text: e.Printer.HolderName(x.Holder), Muted: x.Kind == domain.CorrectionHide}
		}),
		column("category", 14, 0, 2, func(x domain.RegistryEntry) kit.Cell {
			return kit.Cell{Text: e.Printer.Term("registry_category", x.Holder.Category), Muted: true}
		}),
		column("scope", 10, 0, 3, func(x domain.RegistryEntry) kit.Cell {
			return kit.Cell{Text: v.p.scopeName(x.Holder.Scope), Muted: true}
		}),
		column("confidence", mark, 0, 1, func(x domain.RegistryEntry) kit.Cell { return markOf(e, x) }),
	}
}

// show puts what is asked for on the screen.
func (v *bookView) show() {
	q := v.b.Query()
	v.filling = true
	v.search.SetText(q.Text)
	v.block.Set(q.Block)
	v.scope.Set(q.Scope)
	v.filling = false
	var o fyne.CanvasObject
	switch {
	case q.Empty():
		o = v.overview()
	case v.b.Count() == 0:
		o = v.nothing
	default:
		said := v.env.N("check.book.count", v.b.Count())
		if block, ok := v.b.Block(q.Block); ok {
			said += v.env.T("verdict_card.separator") + v.env.Printer.Term("family", string(block.Family))
		}
		v.count.SetText(said)
		ctx := v.p.ctx
		if ctx == nil {
			ctx = v.env.Jobs.Base()
		}
		v.rows.Reload(ctx)
		o = v.results
	}
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// overview is what the list is, and the blocks.
func (v *bookView) overview() fyne.CanvasObject {
	e, info := v.env, v.p.p.Registry.Info()
	var tiles []fyne.CanvasObject
	for _, b := range v.b.Blocks() {
		tiles = append(tiles, kit.NewTile(kit.TileParams{
			Figure: b.Prefix, Title: e.Printer.Term("family", string(b.Family)), Text: blockText(e, b),
			Tapped: func() { v.set(Query{Block: blockKey(b)}) },
		}))
	}
	deeds := []fyne.CanvasObject{kit.NewButton(e.T("check.look"), theme.ViewRefreshIcon(), v.p.model.Look.Open)}
	about := []fyne.CanvasObject{kit.Body(e.T("check.list.honest"))}
	if v.p.p.Registry.Installed() {
		deeds = append(deeds, kit.NewQuiet(e.T("check.revert"), theme.ContentUndoIcon(), v.p.askRevert))
	}
	if problem := v.p.p.Registry.Problem(); problem != nil {
		x := e.Printer.Explain(problem)
		about = append(about, kit.Notice(look.Caution, e.T("check.list.problem"), x.Message))
	}
	list := kit.TitledCard(
		e.T("check.list", l10n.Args{"Version": info.Version}),
		e.N("check.list.text", info.Entries, l10n.Args{"Date": info.Date}),
		append(about, kit.Flow(1, deeds...))...,
	)
	return kit.Scrolled(kit.Stack(2,
		list,
		kit.Stack(0.5, kit.Heading(e.T("check.blocks")), kit.Muted(e.T("check.blocks.text"))),
		kit.Columns(1.5, 26, tiles...),
	))
}

// askRevert asks before the list goes that was installed.
func (p *Page) askRevert() {
	kit.Confirm(p.env, kit.ConfirmParams{
		Title: p.env.T("check.revert.title"), Text: p.env.T("check.revert.text"),
		Yes: p.env.T("check.revert.yes"), OnYes: p.model.Revert,
	})
}

func lengthText(e *kit.Env, b domain.RegistryBlock) string {
	if b.Shortest == b.Longest {
		return e.N("check.block.digits", b.Shortest)
	}
	return e.T("check.block.length", l10n.Args{"From": b.Shortest, "To": b.Longest})
}

// blockText says of a block how long its numbers are, how many of its codes are
// listed, and how certain that is.
func blockText(e *kit.Env, b domain.RegistryBlock) string {
	listed := e.N("check.block.listed", b.Codes)
	if b.Possible > 0 {
		listed = e.N("check.block.listed_of", b.Codes, l10n.Args{"Of": b.Possible})
	}
	if b.Longer > 0 {
		listed = lines(listed, e.N("check.block.longer", b.Longer))
	}
	// The less certain of the two is what counts.
	mark := max(certainty(b.Use), certainty(b.Length))
	sure := []string{"two_sources", "one_source", "unverified"}[mark]
	return lines(lengthText(e, b), listed, e.T("check.block."+sure))
}

// certainty orders the marks of a domain.RegistryBlock, the most certain first.
func certainty(mark string) int {
	switch mark {
	case "V":
		return 0
	case "S":
		return 1
	}
	return 2
}

// showEntry puts the open entry at the side.
func (v *bookView) showEntry() {
	x := v.b.Opened()
	if x == nil {
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	v.split.Show(v.p.entryPanel(*x))
}
