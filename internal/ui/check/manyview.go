package check

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// boxLines is how many lines of a paste the box itself takes; the toolkit's
// field is slow with more, so that they are judged at once instead.
const boxLines = 500

// manyView is the box for many numbers, the progress, or the results.
type manyView struct {
	p        *Page
	env      *kit.Env
	m        *Many
	place    *fyne.Container
	object   fyne.CanvasObject
	text     *kit.Entry // of the first stage, nil in another
	province *kit.Choice[string]
	rows     *kit.Rows[Line]
	table    *kit.Table[Line]
	counts   interface{ Set(v domain.Verdict) }
	split    *kit.Split
	side     *Line  // whose verdict stands at the side
	halt     func() // ends the watch over the counter
}

func newManyView(p *Page) *manyView {
	v := &manyView{p: p, env: p.env, m: p.model.Many, place: container.NewStack()}
	v.object = v.place
	v.show()
	return v
}

// show builds what belongs to the stage.
func (v *manyView) show() {
	if v.halt != nil {
		v.halt()
		v.halt = nil
	}
	v.text, v.province, v.rows, v.table, v.counts, v.split, v.side = nil, nil, nil, nil, nil, nil, nil
	var o fyne.CanvasObject
	switch v.m.Stage() {
	case StageInput:
		o = v.input()
	case StageJudging:
		o = v.judging()
	case StageDone:
		o = v.results()
	}
	v.place.Objects = []fyne.CanvasObject{o}
	v.place.Refresh()
}

func (v *manyView) input() fyne.CanvasObject {
	e := v.env
	v.text = kit.NewTextArea(e.T("check.many.placeholder"), 5)
	v.text.SetText(v.m.Text())
	v.text.OnChanged = v.m.Write
	v.text.OnPaste = func(text string) bool {
		if strings.Count(text, "\n") <= boxLines {
			return false
		}
		v.m.Judge(text)
		return true
	}
	var field *kit.Field
	v.province, field = v.p.provinceField()
	var objects []fyne.CanvasObject
	if err := v.m.Fault(); err != nil {
		objects = append(objects, e.ErrorNotice(err))
	}
	objects = append(objects, kit.Card(
		v.text,
		kit.Flow(1,
			kit.NewPrimary(e.T("check.many.judge"), look.IconCheck.In(theme.ColorNameForegroundOnPrimary), func() { v.m.Judge(v.m.Text()) }),
			kit.NewPaste(e, v.m.Judge),
			kit.NewButton(e.T("check.many.open"), theme.FolderOpenIcon(), v.open),
		),
		field.Object(),
	), kit.Muted(e.T("check.many.text")))
	return kit.Scrolled(kit.Readable(kit.PageWidth, kit.Stack(2, objects...)))
}

func (v *manyView) open() {
	v.p.openFile(v.env.T("check.many.open"), []string{".txt", ".csv", ".tsv"}, v.m.JudgeFile)
}

func (v *manyView) judging() fyne.CanvasObject {
	bar := kit.NewProgress(v.env, kit.ProgressParams{
		Title: v.env.T("check.many.judging"), OnCancel: v.m.Stop,
		Counts: func(s progress.Snapshot) string { return v.env.N("check.many.judged", int(s.Items)) },
	})
	v.halt = v.env.Jobs.Watch(v.env.Jobs.Base(), v.m.Counter(), bar.Set)
	return container.NewVScroll(kit.Readable(kit.PageWidth, kit.Stack(0, kit.Card(bar.Object()))))
}

func (v *manyView) results() fyne.CanvasObject {
	e := v.env
	v.rows = kit.HeldRows(e, &v.m.shown)
	v.table = kit.NewTable(kit.TableParams[Line]{
		Env: e, Rows: v.rows, Columns: v.columns(), OnOpen: func(_ int, l Line) { v.m.Open(l) }, Menu: v.menu,
	})
	head := kit.Stack(1)
	if v.m.Name() != "" {
		head.Add(kit.Strong(v.m.Name()))
	}
	head.Add(v.summary())
	actions := kit.Flow(1,
		kit.NewButton(e.T("check.many.export"), theme.DocumentSaveIcon(), v.export),
		kit.NewButton(e.T("check.many.copy"), theme.ContentCopyIcon(), v.copy),
		kit.NewButton(e.T("check.many.clear"), theme.ContentClearIcon(), v.m.Clear),
	)
	head.Add(actions)
	v.split = kit.NewSplit(kit.SplitParams{
		Env:  v.env,
		List: kit.Under(1.5, head, kit.Sheet(v.table.Object())),
		Side: 52, Least: 50,
	})
	v.showList()
	return v.split.Object()
}

// roomForParts is how many units high the window has to be for the parts of the
// summary to stand side by side above the table.
const roomForParts = 75

// summary counts the numbers of each verdict; each part shows its own alone. In
// a low window the parts are a drop-down list, so that rows are left to be seen.
func (v *manyView) summary() fyne.CanvasObject {
	if v.env.Window.Canvas().Size().Height < look.Gap(roomForParts) {
		choice := kit.NewChoice("", v.options(), v.m.Show)
		v.counts = choice
		return choice
	}
	parts := kit.NewSegments(v.options(), v.m.Filter(), v.m.Show)
	v.counts = parts
	return parts.Object()
}

// options are the verdicts that occur, with their counts; each shows its own.
func (v *manyView) options() []kit.Option[domain.Verdict] {
	out := []kit.Option[domain.Verdict]{{Text: v.env.T("check.many.all", l10n.Args{"N": v.m.Total()})}}
	for _, x := range domain.Verdicts() {
		if n := v.m.Of(x); n > 0 {
			text := v.env.T("check.many.some", l10n.Args{"Verdict": v.env.T("calls.verdict." + string(x)), "N": n})
			out = append(out, kit.Option[domain.Verdict]{Code: x, Text: text})
		}
	}
	return out
}

func (v *manyView) columns() []kit.Column[Line] {
	e := v.env
	verdicts, warnings := []string{e.T("check.mark.entry")}, []string(nil)
	for _, x := range domain.Verdicts() {
		verdicts = append(verdicts, e.T("calls.verdict."+string(x)))
	}
	for _, r := range domain.Rules() {
		if r.Severity() != domain.SeverityInfo {
			warnings = append(warnings, e.T("check.warning."+string(r)))
		}
	}
	number, verdict, warning := kit.BoldWidth("+8695000000000"), kit.BadgeWidth(verdicts...), kit.BadgeWidth(warnings...)
	column := func(key string, width, flex float32, rank int, cell func(domain.Check) kit.Cell) kit.Column[Line] {
		return kit.Column[Line]{
			Title: e.T("check.column." + key), Width: width, Flex: flex, Rank: rank,
			Cell: func(l Line) kit.Cell { return cell(v.m.Check(l.Input)) },
		}
	}
	return []kit.Column[Line]{
		column("number", number, 1, 0, func(c domain.Check) kit.Cell { return kit.Cell{Text: c.Input, Bold: true} }),
		column("verdict", verdict, 0, 0, func(c domain.Check) kit.Cell {
			text := e.T("calls.verdict." + string(c.Verdict))
			if noted(c) {
				text = e.T("check.mark.entry")
			}
			return kit.Cell{Text: text, Tone: look.ToneOfVerdict(c.Verdict)}
		}),
		column("warning", warning, 0, 1, func(c domain.Check) kit.Cell {
			r, ok := worst(c)
			if !ok {
				return kit.Cell{}
			}
			return kit.Cell{Text: e.T("check.warning." + string(r)), Tone: look.ToneOfSeverity(r.Severity())}
		}),
		column("holder", 16, 3, 2, func(c domain.Check) kit.Cell {
			return kit.Cell{Text: holders(e, c)}
		}),
		column("family", 16, 1, 3, func(c domain.Check) kit.Cell {
			return kit.Cell{Text: e.Printer.Term("family", string(c.Family)), Muted: true}
		}),
	}
}

// showList shows the numbers that are asked for, and the open one.
func (v *manyView) showList() {
	if v.rows == nil {
		return
	}
	v.counts.Set(v.m.Filter())
	if v.p.ctx != nil {
		v.rows.Reload(v.p.ctx)
	} else {
		v.rows.Reload(v.env.Jobs.Base())
	}
	open := v.m.Opened()
	switch {
	case open == nil:
		v.table.Open(-1)
		v.split.Show(nil)
	case open != v.side:
		v.split.Show(v.panel(*open))
	}
	v.side = open
}

// panel is the full verdict of a number.
func (v *manyView) panel(l Line) fyne.CanvasObject {
	e, c := v.env, v.m.Check(l.Input)
	params := v.p.verdictParams(c)
	return kit.Scrolled(kit.Stack(2,
		kit.Stack(0.5,
			kit.Row(1, -1, kit.NewQuiet(e.T("check.back"), theme.NavigateBackIcon(), v.m.Close).On(kit.CommandBack)),
			kit.NewText(l.Input, kit.TextParams{Size: theme.SizeNameHeadingText, Bold: true, Wrap: true}),
		),
		kit.Flow(1, v.lineButtons(l)...),
		kit.VerdictHead(e, params),
		kit.VerdictDetails(e, params),
	))
}

func (v *manyView) lineButtons(l Line) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(v.env.T("check.many.one"), theme.NavigateNextIcon(), func() { v.p.askOne(l.Input) }),
		kit.NewCopy(v.env, func() string { return l.Input }),
	}
}

// menu is what can be done with a number.
func (v *manyView) menu(l Line) []*fyne.MenuItem {
	return append([]*fyne.MenuItem{fyne.NewMenuItem(v.env.T("check.entry.open"), func() { v.m.Open(l) })},
		kit.MenuOf(v.lineButtons(l)...)...)
}

// export writes the numbers that are shown into a file of the user's choice.
func (v *manyView) export() {
	v.p.saveFile(v.env.T("check.many.export"), v.env.T("check.export.name")+".csv", func(path string) {
		v.m.Export(path, v.p.header(), v.p.row)
	})
}

// copy puts the numbers that are shown on the clipboard, ready for a sheet.
func (v *manyView) copy() {
	var b strings.Builder
	b.WriteString(strings.Join(v.p.header(), "\t") + "\n")
	for _, l := range v.m.shown.All() {
		cells := v.p.row(v.m.Check(l.Input))
		for i, c := range cells {
			cells[i] = report.Neutral(strings.Join(strings.Fields(c), " "))
		}
		b.WriteString(strings.Join(cells, "\t") + "\n")
	}
	fyne.CurrentApp().Clipboard().SetContent(b.String())
	v.env.Toast(v.env.N("check.many.copied", v.m.Count()))
}
