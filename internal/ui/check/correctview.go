package check

import (
	"strings"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/kit"
)

// Draft is a correction as the user writes it.
type Draft struct {
	Kind     domain.CorrectionKind
	Code     string
	Scope    string
	NameZH   string
	NameEN   string
	Category string
	Note     string
	// Fixed says that the code and the scope are those of an entry and stay.
	Fixed bool
}

// draftOf begins a correction of an entry with what stands in it.
func draftOf(x domain.RegistryEntry) Draft {
	h := x.Holder
	d := Draft{
		Kind: domain.CorrectionEntry, Code: x.Code, Scope: h.Scope,
		NameZH: h.NameZH, NameEN: h.NameEN, Category: h.Category, Note: h.OwnNote,
		Fixed: h.NameZH+h.NameEN != "",
	}
	if !d.Fixed {
		d.Scope = registry.National
	}
	return d
}

// Correction is what the use case is given: only what the kind has.
func (d Draft) Correction() domain.Correction {
	c := domain.Correction{
		Kind: d.Kind, Code: strings.TrimSpace(d.Code), Scope: d.Scope, Note: strings.TrimSpace(d.Note),
	}
	if d.Kind == domain.CorrectionEntry {
		c.NameZH, c.NameEN, c.Category = strings.TrimSpace(d.NameZH), strings.TrimSpace(d.NameEN), d.Category
	}
	return c
}

// correctForm holds the fields of the dialog; those that the kind does not have
// are nil.
type correctForm struct {
	draft    Draft
	form     *kit.Form
	code     *kit.Entry
	scope    *kit.Choice[string]
	zh, en   *kit.Entry
	category *kit.Choice[string]
	note     *kit.Entry
	first    fyne.Focusable
}

// correct opens the dialog in which an entry is corrected, added, noted or
// hidden.
func (p *Page) correct(d Draft) {
	e := p.env
	f := p.newCorrectForm(d)
	key := string(d.Kind)
	if d.Kind == domain.CorrectionEntry && !d.Fixed {
		key = "add"
	}
	kit.ShowDialog(e, func(dialog *kit.Dialog) kit.DialogParams {
		var save *kit.Button
		save = kit.NewPrimary(e.T("check.correct.save."+key), nil, func() {
			save.Disable()
			p.model.Correct(f.read().Correction(), func(err error) {
				save.Enable()
				f.form.Show(err)
				if err == nil {
					dialog.Close()
				}
			})
		})
		before := f.read()
		body := []fyne.CanvasObject{kit.Body(e.T("check.correct.text." + key))}
		if d.Fixed {
			body = append(body, kit.Strong(e.T("check.correct.about", l10n.Args{
				"Code": d.Code, "Name": e.Printer.HolderName(domain.Holder{NameZH: d.NameZH, NameEN: d.NameEN}),
			})), kit.Muted(p.scopeName(d.Scope)))
		}
		return kit.DialogParams{
			Title: e.T("check.correct.title." + key), Width: 64, Focus: f.first,
			Body:    kit.Stack(2, append(body, f.form.Object())...),
			Typed:   func() bool { return f.read() != before },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, dialog.Close), save},
		}
	})
}

func (p *Page) newCorrectForm(d Draft) *correctForm {
	e := p.env
	f := &correctForm{draft: d}
	var fields []*kit.Field
	field := func(key, pointer string, required bool, input fyne.CanvasObject, first fyne.Focusable) {
		help := ""
		if e.Printer.Has("check.field." + key + ".help") {
			help = e.T("check.field." + key + ".help")
		}
		fields = append(fields, kit.NewField(e, kit.FieldParams{
			Label: e.T("check.field." + key), Help: help, Required: required, Pointer: pointer, Input: input,
		}))
		if f.first == nil {
			f.first = first
		}
	}
	entry := func(text, placeholder string) *kit.Entry {
		x := kit.NewEntry(placeholder)
		x.SetText(text)
		return x
	}
	if !d.Fixed {
		f.code = entry(d.Code, e.T("home.placeholder"))
		field("code", "/code", true, f.code, f.code)
		scopes := p.provinces(e.T("check.scope.unknown"))
		national := kit.Option[string]{Code: registry.National, Text: e.T("check.book.national")}
		f.scope = kit.NewChoice("", append([]kit.Option[string]{national}, append(scopes[1:], scopes[0])...), nil)
		f.scope.Set(d.Scope)
		field("scope", "/scope", false, f.scope, f.scope)
	}
	if d.Kind == domain.CorrectionEntry {
		f.zh, f.en = entry(d.NameZH, ""), entry(d.NameEN, "")
		field("name_zh", "/name_zh", false, f.zh, f.zh)
		field("name_en", "/name_en", false, f.en, f.en)
		var options []kit.Option[string]
		for _, c := range registry.Categories() {
			options = append(options, kit.Option[string]{Code: c, Text: e.Printer.Term("registry_category", c)})
		}
		f.category = kit.NewChoice(e.T("check.field.category.choose"), options, nil)
		if d.Category != "" {
			f.category.Set(d.Category)
		}
		field("category", "/category", true, f.category, f.category)
	}
	f.note = kit.NewTextArea("", 3)
	f.note.SetText(d.Note)
	field("own_note", "/note", d.Kind == domain.CorrectionNote, f.note, f.note)
	f.form = kit.NewForm(e, fields...)
	return f
}

// read takes the draft out of the fields.
func (f *correctForm) read() Draft {
	d := f.draft
	d.Note = f.note.Text
	if f.code != nil {
		d.Code = f.code.Text
		d.Scope, _ = f.scope.Get()
	}
	if f.zh != nil {
		d.NameZH, d.NameEN = f.zh.Text, f.en.Text
		d.Category, _ = f.category.Get()
	}
	return d
}
