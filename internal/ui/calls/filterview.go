package calls

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// typing is the pause in typing after which the list is asked anew.
const typing = 250 * time.Millisecond

// filterView is the search box and the filters, which open below it, or in a
// dialog where the window has no room for them beside the list. What is asked
// for is always said in words, also while the filters are closed.
type filterView struct {
	p   *Page
	env *kit.Env
	m   *Model
	// filling says that widgets are filled from the model, not by the user.
	filling bool

	search    *kit.Entry
	toggle    *kit.Button
	person    *kit.Choice[domain.PersonID]
	period    *kit.Choice[Period]
	direction *kit.Choice[domain.Direction]
	family    *kit.Choice[domain.Family]
	verdict   *kit.Choice[domain.Verdict]
	from, to  *kit.Entry
	days      *kit.Form
	between   *fyne.Container
	all       *fyne.Container
	inline    *fyne.Container
	clearAll  *kit.Button
	export    *kit.Button
	words     *kit.Text
	count     string
	object    fyne.CanvasObject
}

func newFilterView(p *Page) *filterView {
	v := &filterView{p: p, env: p.env, m: p.model}
	wait := kit.NewDebounce(v.env.Jobs, typing)
	later := func(change func(*Filter)) {
		if !v.filling && p.ctx != nil {
			wait.Call(p.ctx, func() { v.change(change) })
		}
	}
	v.search = kit.NewEntry(v.env.T("calls.search")).On(kit.CommandSearch)
	v.search.OnChanged = func(s string) { later(func(f *Filter) { f.Text = s }) }
	v.toggle = kit.NewButton(v.env.T("calls.filter"), theme.MenuExpandIcon(), v.open)
	v.choices()
	v.from, v.to = kit.NewEntry(v.env.T("calls.day.placeholder")), kit.NewEntry(v.env.T("calls.day.placeholder"))
	v.from.OnChanged = func(s string) { later(func(f *Filter) { f.From = s }) }
	v.to.OnChanged = func(s string) { later(func(f *Filter) { f.To = s }) }
	from := kit.NewField(v.env, kit.FieldParams{Label: v.env.T("calls.from"), Pointer: AtFrom, Input: v.from})
	to := kit.NewField(v.env, kit.FieldParams{Label: v.env.T("calls.to"), Pointer: AtTo, Input: v.to})
	v.days = kit.NewForm(v.env, from, to)
	v.between = kit.Columns(2, 26, from.Object(), to.Object())
	v.clearAll = kit.NewQuiet(v.env.T("calls.filter.clear"), theme.ContentClearIcon(), v.m.ClearFilter)
	v.export = kit.NewQuiet(v.env.T("calls.export"), theme.DocumentSaveIcon(), p.export)
	v.words = kit.Muted("")
	v.all = kit.Stack(1.25, kit.Columns(1.5, 22, v.period, v.person, v.direction, v.verdict, v.family), v.between)
	v.inline = kit.Stack(0, v.all)
	v.object = kit.Stack(1.25, kit.Beside(24, v.search, v.toggle), v.inline, kit.Beside(24, v.words, v.clearAll, v.export))
	v.showPeople()
	v.show()
	return v
}

// roomForFilters is how many units high the window has to be for the filters
// to stand above the list.
const roomForFilters = 75

// open shows the filters, or puts them away.
func (v *filterView) open() {
	if v.p.filtersOpen || v.env.Window.Canvas().Size().Height >= look.Gap(roomForFilters) {
		v.p.filtersOpen = !v.p.filtersOpen
		v.show()
		return
	}
	v.inline.Hide()
	v.inline.RemoveAll()
	kit.ShowDialog(v.env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: v.env.T("calls.filter"), Body: v.all,
			Buttons: []fyne.CanvasObject{
				kit.NewButton(v.env.T("calls.filter.clear"), theme.ContentClearIcon(), v.m.ClearFilter),
				kit.NewPrimary(v.env.T("calls.filter.done"), nil, d.Close),
			},
			Focus: v.period,
			OnClosed: func() {
				v.inline.Add(v.all)
				v.show()
			},
		}
	})
}

// choices makes the drop-down lists; the first option of each asks for
// nothing.
func (v *filterView) choices() {
	e := v.env
	v.period = kit.NewChoice("", nil, func(x Period) { v.change(func(f *Filter) { f.Period = x }) })
	var periods []kit.Option[Period]
	for _, x := range Periods() {
		periods = append(periods, kit.Option[Period]{Code: x, Text: e.T("calls.period." + periodKey(x))})
	}
	v.period.SetOptions(periods)
	v.person = kit.NewChoice("", nil, func(x domain.PersonID) { v.change(func(f *Filter) { f.Person = x }) })
	v.direction = kit.NewChoice("", orAny(e, "direction", domain.Directions()), func(x domain.Direction) {
		v.change(func(f *Filter) { f.Direction = x })
	})
	v.family = kit.NewChoice("", orAny(e, "family", domain.Families()), func(x domain.Family) {
		v.change(func(f *Filter) { f.Family = x })
	})
	v.verdict = kit.NewChoice("", orAny(e, "verdict", domain.Verdicts()), func(x domain.Verdict) {
		v.change(func(f *Filter) { f.Verdict = x })
	})
}

func periodKey(p Period) string {
	if p == PeriodAny {
		return "any"
	}
	return string(p)
}

// orAny is Terms with a first option that does not restrict.
func orAny[T ~string](e *kit.Env, kind string, codes []T) []kit.Option[T] {
	return append([]kit.Option[T]{{Text: e.T("calls.any." + kind)}}, kit.Terms(e.Printer, kind, codes)...)
}

func (v *filterView) change(change func(*Filter)) {
	if v.filling {
		return
	}
	f := v.m.Filter()
	change(&f)
	v.m.SetFilter(f)
	v.p.remember(f)
}

// showPeople offers the people to choose from.
func (v *filterView) showPeople() {
	options := []kit.Option[domain.PersonID]{{Text: v.env.T("calls.any.person")}}
	v.person.SetOptions(append(options, kit.PersonOptions(v.env, v.m.Whose())...))
	v.fill(func() { v.person.Set(v.m.Filter().Person) })
	v.showSummary()
}

func (v *filterView) fill(f func()) {
	was := v.filling
	v.filling = true
	defer func() { v.filling = was }()
	f()
}

// show puts the filter of the model on the screen.
func (v *filterView) show() {
	f := v.m.Filter()
	v.fill(func() {
		v.search.SetText(f.Text)
		v.from.SetText(f.From)
		v.to.SetText(f.To)
		v.period.Set(f.Period)
		v.person.Set(f.Person)
		v.direction.Set(f.Direction)
		v.family.Set(f.Family)
		v.verdict.Set(f.Verdict)
	})
	v.inline.Hidden = !v.p.filtersOpen
	v.between.Hidden = f.Period != PeriodBetween
	icon := theme.MenuExpandIcon()
	if v.p.filtersOpen {
		icon = theme.MenuDropUpIcon()
	}
	v.toggle.SetIcon(icon)
	if err := v.m.FilterProblems().Err(); err != nil {
		v.days.Show(err)
	} else {
		v.days.Clear()
	}
	v.showSummary()
	if v.p.list != nil && v.p.list.object != nil {
		v.p.list.object.Refresh()
	}
}

// showCount says how many calls there are; the empty text for nothing.
func (v *filterView) showCount(text string) {
	v.count = text
	v.showSummary()
}

// showSummary says how many calls there are and in words what is asked for.
func (v *filterView) showSummary() {
	var lines []string
	if v.count != "" {
		lines = append(lines, v.count)
	}
	narrow := v.m.Filter().Narrow()
	if narrow {
		what := strings.Join(v.asked(), v.env.T("calls.separator"))
		lines = append(lines, v.env.T("calls.filter.only", l10n.Args{"What": what}))
	}
	v.words.SetText(strings.Join(lines, v.env.T("calls.separator")))
	if v.clearAll.Visible() == narrow && v.export.Visible() == (v.count != "") {
		return
	}
	showButton(v.clearAll, narrow)
	showButton(v.export, v.count != "")
	if v.p.list != nil && v.p.list.object != nil {
		v.p.list.object.Refresh() // the line is higher with a button on it
	}
}

// showButton shows a button or hides it; unlike the field of that name it has what was
// hidden drawn.
func showButton(b *kit.Button, on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
}

// asked is what the filter asks for, each in words.
func (v *filterView) asked() []string {
	f := v.m.Filter()
	var words []string
	add := func(on bool, text string) {
		if on {
			words = append(words, text)
		}
	}
	add(f.Number != "", f.Number)
	add(f.Code != "", v.env.T("calls.filter.code", l10n.Args{"Code": f.Code}))
	text := strings.TrimSpace(f.Text)
	add(text != "", v.env.T("calls.filter.text", l10n.Args{"Text": domain.Clip(text, 30)}))
	for _, p := range kit.PersonOptions(v.env, v.m.Whose()) {
		add(p.Code == f.Person, p.Text)
	}
	add(f.Period != PeriodAny && f.Period != PeriodBetween, v.env.T("calls.period."+periodKey(f.Period)))
	add(f.Period == PeriodBetween && strings.TrimSpace(f.From+f.To) != "",
		strings.TrimSpace(strings.TrimSpace(f.From)+" – "+strings.TrimSpace(f.To)))
	add(f.Direction != "", v.env.Printer.Term("direction", string(f.Direction)))
	add(f.Verdict != "", v.env.Printer.Term("verdict", string(f.Verdict)))
	add(f.Family != "", v.env.Printer.Term("family", string(f.Family)))
	return words
}
