package check

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// part is one of the lists of what a newer list changes.
type part string

const (
	partVerdicts part = "verdicts"
	partAdded    part = "added"
	partChanged  part = "changed"
	partRemoved  part = "removed"
)

// changesView shows what a newer list would change: counts that choose a list,
// and below it the row that is looked at, in full.
type changesView struct {
	p      *Page
	env    *kit.Env
	u      *registrar.Update
	parts  *kit.Segments[part]
	place  *fyne.Container
	full   *fyne.Container
	object fyne.CanvasObject
}

// tableHeight is that of a list, in units: it scrolls by itself.
const tableHeight = 28

func newChangesView(p *Page, u *registrar.Update) *changesView {
	v := &changesView{p: p, env: p.env, u: u, place: container.NewStack(), full: kit.Stack(0)}
	e := v.env
	lead := kit.Stack(0.5,
		kit.Body(e.T("check.look.versions", l10n.Args{
			"From": u.From.Version, "FromDate": u.From.Date, "To": u.To.Version, "ToDate": u.To.Date,
		})),
		kit.Strong(v.effect()),
	)
	if a := u.Advice; !a.None() {
		lead.Add(kit.Body(e.T("advice.changes", l10n.Args{
			"Added": len(a.Added), "Changed": len(a.Changed), "Removed": len(a.Removed),
		})))
	}
	var options []kit.Option[part]
	for _, x := range []struct {
		part part
		n    int
	}{
		{partVerdicts, int(u.Numbers)}, {partAdded, len(u.Added)}, {partChanged, len(u.Changed)}, {partRemoved, len(u.Removed)},
	} {
		if x.n > 0 {
			options = append(options, kit.Option[part]{Code: x.part, Text: e.T("check.look.part."+string(x.part), l10n.Args{"N": x.n})})
		}
	}
	if len(options) == 0 {
		v.object = kit.Stack(2, lead, kit.Body(e.T("check.look.same_entries")))
		return v
	}
	v.parts = kit.NewSegments(options, options[0].Code, v.show)
	v.object = kit.Stack(1.5, lead, v.parts.Object(), v.place, v.full, kit.Muted(e.T("check.look.honest")))
	v.show(options[0].Code)
	return v
}

// effect says how many logged numbers change verdict.
func (v *changesView) effect() string {
	if v.u.Numbers == 0 {
		return v.env.T("check.look.no_effect")
	}
	return v.env.N("check.look.effect", int(v.u.Numbers), l10n.Args{"Calls": v.u.Calls})
}

func (v *changesView) show(x part) {
	v.full.RemoveAll()
	var table fyne.CanvasObject
	switch x {
	case partVerdicts:
		table = v.verdicts()
	case partAdded:
		table = v.list(v.u.Added)
	case partChanged:
		table = v.list(v.u.Changed)
	case partRemoved:
		table = v.list(v.u.Removed)
	}
	v.place.Objects = []fyne.CanvasObject{kit.Tall(tableHeight, kit.Sheet(table))}
	v.object.Refresh()
}

// verdicts lists the logged numbers that would be judged otherwise.
func (v *changesView) verdicts() fyne.CanvasObject {
	e := v.env
	var words []string
	for _, x := range domain.Verdicts() {
		words = append(words, e.T("calls.verdict."+string(x)))
	}
	badge := kit.BadgeWidth(words...)
	verdict := func(x domain.Verdict) kit.Cell {
		return kit.Cell{Text: e.T("calls.verdict." + string(x)), Tone: look.ToneOfVerdict(x)}
	}
	column := func(key string, width, flex float32, cell func(domain.VerdictChange) kit.Cell) kit.Column[domain.VerdictChange] {
		return kit.Column[domain.VerdictChange]{Title: e.T("check.look.column." + key), Width: width, Flex: flex, Cell: cell}
	}
	return kit.NewTable(kit.TableParams[domain.VerdictChange]{
		Env: e, Rows: kit.SliceRows(e.Jobs, v.u.Verdicts),
		Columns: []kit.Column[domain.VerdictChange]{
			column("number", kit.BoldWidth("+8695000000"), 1, func(c domain.VerdictChange) kit.Cell {
				return kit.Cell{Text: c.Number, Bold: true}
			}),
			column("calls", 8, 0, func(c domain.VerdictChange) kit.Cell {
				return kit.Cell{Text: e.T("check.look.calls", l10n.Args{"N": c.Calls})}
			}),
			column("before", badge, 0, func(c domain.VerdictChange) kit.Cell { return verdict(c.Before) }),
			column("after", badge, 0, func(c domain.VerdictChange) kit.Cell { return verdict(c.After) }),
		},
		OnOpen: func(_ int, c domain.VerdictChange) { v.inFull(v.verdictText(c)) },
		Menu:   func(c domain.VerdictChange) []*fyne.MenuItem { return v.menu(v.verdictText(c)) },
	}).Object()
}

// verdictText is a change of a verdict in full.
func (v *changesView) verdictText(c domain.VerdictChange) string {
	return v.env.N("check.look.verdict", int(c.Calls), l10n.Args{
		"Number": c.Number, "Before": v.verdictWords(c.Before, c.CodeBefore), "After": v.verdictWords(c.After, c.CodeAfter),
	})
}

// menu is what can be done with a change.
func (v *changesView) menu(text string) []*fyne.MenuItem {
	return append([]*fyne.MenuItem{fyne.NewMenuItem(v.env.T("check.entry.open"), func() { v.inFull(text) })},
		kit.MenuOf(kit.NewCopy(v.env, func() string { return text }))...)
}

// verdictWords is a verdict with the holder code it rests on.
func (v *changesView) verdictWords(x domain.Verdict, code string) string {
	words := v.env.Printer.Term("verdict", string(x))
	if code == "" {
		return words
	}
	return v.env.T("check.look.with_code", l10n.Args{"Verdict": words, "Code": code})
}

// list lists rows that would come, change or go.
func (v *changesView) list(changes []domain.RegistryChange) fyne.CanvasObject {
	e := v.env
	now := func(c domain.RegistryChange) domain.Holder {
		if c.After != nil {
			return *c.After
		}
		if c.Before != nil {
			return *c.Before
		}
		return domain.Holder{}
	}
	column := func(key string, width, flex float32, rank int, cell func(domain.RegistryChange) kit.Cell) kit.Column[domain.RegistryChange] {
		return kit.Column[domain.RegistryChange]{Title: e.T("check.column." + key), Width: width, Flex: flex, Rank: rank, Cell: cell}
	}
	return kit.NewTable(kit.TableParams[domain.RegistryChange]{
		Env: e, Rows: kit.SliceRows(e.Jobs, changes),
		Columns: []kit.Column[domain.RegistryChange]{
			column("code", kit.BoldWidth("00000000"), 0, 0, func(c domain.RegistryChange) kit.Cell {
				return kit.Cell{Text: c.Code, Bold: true}
			}),
			column("holder", 26, 3, 0, func(c domain.RegistryChange) kit.Cell { return kit.Cell{Text: e.Printer.HolderName(now(c))} }),
			column("scope", 10, 0, 1, func(c domain.RegistryChange) kit.Cell {
				return kit.Cell{Text: v.p.scopeName(c.Scope), Muted: true}
			}),
		},
		OnOpen: func(_ int, c domain.RegistryChange) { v.inFull(v.changeWords(c)) },
		Menu:   func(c domain.RegistryChange) []*fyne.MenuItem { return v.menu(v.changeWords(c)) },
	}).Object()
}

// changeWords is a change in full.
func (v *changesView) changeWords(c domain.RegistryChange) string {
	e := v.env
	words := func(h *domain.Holder) string {
		if h == nil {
			return e.T("check.look.none")
		}
		text := e.Printer.HolderName(*h)
		for _, f := range v.p.listFacts(*h) {
			text += e.T("verdict_card.separator") + f
		}
		return text
	}
	return lines(
		c.Code+" "+v.p.scopeName(c.Scope),
		e.T("check.look.before", l10n.Args{"What": words(c.Before)}),
		e.T("check.look.after", l10n.Args{"What": words(c.After)}),
	)
}

// listFacts are what two versions of a row can differ in, besides its name.
func (p *Page) listFacts(h domain.Holder) []string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(otherName(p.env, h))
	if h.Category != "" {
		add(p.env.Printer.Term("registry_category", h.Category))
	}
	add(confidenceName(p.env, h))
	add(registry.ListNames(h.Source))
	add(h.Note)
	return out
}

// inFull shows a row in full below its list, which cuts what is long.
func (v *changesView) inFull(text string) {
	v.full.Objects = []fyne.CanvasObject{kit.Boxed(kit.Body(text))}
	v.full.Refresh()
	v.object.Refresh()
}
