package check

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// entryPanel is all that is known of one entry, and what can be done with it.
func (p *Page) entryPanel(x domain.RegistryEntry) fyne.CanvasObject {
	e := p.env
	parts := []fyne.CanvasObject{
		kit.Stack(0.5,
			kit.Row(1, -1, kit.NewQuiet(e.T("check.back"), theme.NavigateBackIcon(), p.model.Book.Close).On(kit.CommandBack)),
			kit.NewText(x.Code, kit.TextParams{Size: theme.SizeNameHeadingText, Bold: true, Wrap: true}),
			kit.Strong(e.Printer.HolderName(x.Holder)),
		),
		kit.Flow(1, p.entryButtons(x)...),
	}
	if mark := p.ownMark(x); mark != nil {
		parts = append(parts, mark)
	}
	parts = append(parts, kit.Card(p.entryFacts(x.Holder)))
	if x.Listed != nil {
		parts = append(parts, kit.TitledCard(e.T("check.entry.listed"), "",
			kit.Strong(e.Printer.HolderName(*x.Listed)), p.entryFacts(*x.Listed)))
	}
	if others := p.model.Book.Others(x); len(others) > 0 {
		objects := []fyne.CanvasObject{}
		for _, o := range others {
			objects = append(objects, kit.Boxed(kit.Stack(0.5,
				kit.Body(e.Printer.HolderName(o.Holder)), kit.Caption(p.scopeName(o.Holder.Scope)),
				kit.Flow(1, kit.NewButton(e.T("check.entry.open"), theme.NavigateNextIcon(), func() { p.model.Book.Open(o) })),
			)))
		}
		parts = append(parts, kit.TitledCard(e.T("check.entry.others"), e.T("check.entry.others.text"), objects...))
	}
	parts = append(parts, kit.TitledCard(e.T("check.entry.own"), e.T("check.entry.own.text"), kit.Flow(1, p.entryDeeds(x)...)))
	return kit.Scrolled(kit.Stack(2, parts...))
}

func (p *Page) entryButtons(x domain.RegistryEntry) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(p.env.T("check.entry.check"), look.IconCheck.Resource(), func() { p.askOne(x.Code) }),
		kit.NewButton(p.env.T("check.deed.correct"), theme.DocumentCreateIcon(), func() { p.correct(draftOf(x)) }),
		kit.NewCopy(p.env, func() string { return p.entryText(x) }),
	}
}

// ownMark says what the user did to the entry; nil where nothing.
func (p *Page) ownMark(x domain.RegistryEntry) fyne.CanvasObject {
	e := p.env
	switch x.Kind {
	case domain.CorrectionEntry:
		return kit.Notice(look.Info, e.T("check.entry.is_own"), e.T("check.entry.is_own.text"))
	case domain.CorrectionHide:
		return kit.Notice(look.Unknown, e.T("check.entry.is_hidden"), e.T("check.entry.is_hidden.text"))
	case domain.CorrectionNote:
		return kit.Notice(look.Info, e.T("check.entry.is_noted"), "")
	}
	return nil
}

// fact is one line of what is known of an entry.
type fact struct{ label, value string }

func (p *Page) facts(h domain.Holder) []fact {
	e := p.env
	all := []fact{
		{e.T("check.field.name_other"), otherName(e, h)},
		{e.T("check.column.category"), e.Printer.Term("registry_category", h.Category)},
		{e.T("check.column.scope"), p.scopeName(h.Scope)},
		{e.T("check.column.confidence"), confidenceName(e, h)},
		{e.T("check.field.source"), registry.ListNames(h.Source)},
		{e.T("check.field.age"), staleText(e, h)},
		{e.T("check.field.list_note"), h.Note},
		{e.T("check.field.own_note"), h.OwnNote},
	}
	if h.Category == "" {
		all[1].value = ""
	}
	if !h.Own {
		info := p.p.Registry.Info()
		all = append(all, fact{e.T("check.field.list"), e.T("check.field.list.text", l10n.Args{
			"Version": info.Version, "Date": info.Date,
		})})
	}
	var out []fact
	for _, f := range all {
		if f.value != "" {
			out = append(out, f)
		}
	}
	return out
}

// staleText says how old the lists of a row are, where all of them are old.
func staleText(e *kit.Env, h domain.Holder) string {
	if h.Vintage == "" {
		return ""
	}
	return e.T("verdict_card.stale", l10n.Args{"Years": h.Vintage})
}

func (p *Page) entryFacts(h domain.Holder) fyne.CanvasObject {
	box := kit.Stack(0.75)
	for _, f := range p.facts(h) {
		box.Add(kit.Fact(f.label, f.value))
	}
	return box
}

// entryText is an entry as a text that can be sent to somebody.
func (p *Page) entryText(x domain.RegistryEntry) string {
	out := []string{x.Code, p.env.Printer.HolderName(x.Holder)}
	for _, f := range p.facts(x.Holder) {
		out = append(out, p.env.T("check.entry.fact", l10n.Args{"Label": f.label, "Value": f.value}))
	}
	return lines(append(out, p.env.T("check.list.honest"))...)
}

// entryDeeds are what the user can do to an entry.
func (p *Page) entryDeeds(x domain.RegistryEntry) []fyne.CanvasObject {
	e := p.env
	var out []fyne.CanvasObject
	if x.Kind == "" || x.Kind == domain.CorrectionNote {
		out = append(out, kit.NewButton(e.T("check.deed.note"), theme.ContentAddIcon(), func() {
			d := draftOf(x)
			d.Kind = domain.CorrectionNote
			p.correct(d)
		}))
		out = append(out, kit.NewButton(e.T("check.deed.hide"), theme.VisibilityOffIcon(), func() {
			d := draftOf(x)
			d.Kind = domain.CorrectionHide
			p.correct(d)
		}))
	}
	if x.Kind != "" {
		out = append(out, kit.NewButton(e.T("check.deed.undo"), theme.ContentUndoIcon(), func() { p.askUndo(x) }))
	}
	return out
}

// askUndo asks before the user's own words are thrown away.
func (p *Page) askUndo(x domain.RegistryEntry) {
	text := "check.undo.text"
	if x.Kind == domain.CorrectionEntry && x.Listed == nil {
		text = "check.undo.remove"
	}
	kit.Confirm(p.env, kit.ConfirmParams{
		Title: p.env.T("check.undo", l10n.Args{"Code": x.Code}), Text: p.env.T(text),
		Yes: p.env.T("check.deed.undo"), Danger: true, OnYes: func() { p.model.Undo(x) },
	})
}
