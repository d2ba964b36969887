package family

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// edit opens the form for a new person (without an id) or one who is there.
func (p *Page) edit(person domain.Person) {
	e := p.env
	d := DraftOf(person)
	f := p.newForm(person.ID, d)
	title := e.T("family.edit.title", map[string]any{"Name": NameOf(e.Printer, person)})
	body := f.form.Object()
	if person.ID == 0 {
		title, p.watched = e.T("family.add"), nil
	} else {
		p.watched = p.newWatched(person)
		body = kit.Stack(2, body, p.watched.object())
	}
	kit.ShowDialog(e, func(dialog *kit.Dialog) kit.DialogParams {
		var save *kit.Button
		save = kit.NewPrimary(e.T("family.save"), nil, func() {
			save.Disable()
			draft := f.draft()
			kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (domain.Person, error) {
				return p.m.Save(ctx, person.ID, draft)
			}, func(saved domain.Person, err error) {
				save.Enable()
				f.form.Show(err)
				if err != nil {
					return
				}
				dialog.Close()
				e.Toast(e.T("family.saved", map[string]any{"Name": NameOf(e.Printer, saved)}))
				e.Announce(topic)
			})
		})
		before := f.draft()
		return kit.DialogParams{
			Title: title, Body: body, Width: 64, Focus: f.name,
			Typed:   func() bool { return !reflect.DeepEqual(f.draft(), before) },
			Buttons: []fyne.CanvasObject{kit.NewButton(e.T("kit.cancel"), nil, dialog.Close), save},
		}
	})
}

// personForm holds the fields of the dialog.
type personForm struct {
	form      *kit.Form
	name      *kit.Entry
	numbers   *kit.Entry
	relation  *kit.Choice[domain.Relation]
	authority *kit.Choice[domain.Authority]
	province  *kit.Choice[string]
}

func (p *Page) newForm(id domain.PersonID, d Draft) *personForm {
	e := p.env
	f := &personForm{name: kit.NewEntry(e.T("family.name.example")), numbers: kit.NewTextArea("", 2)}
	f.name.SetText(d.Name)
	f.numbers.SetText(strings.Join(d.Numbers, "\n"))
	f.relation = kit.NewChoice(e.T("family.choose"), kit.Terms(e.Printer, "relation", domain.Relations()[1:]), nil)
	f.relation.Set(d.Relation)
	authorities := append([]kit.Option[domain.Authority]{{Code: domain.AuthorityNone, Text: e.T("family.authority.not_yet")}},
		kit.Terms(e.Printer, "authority", domain.Authorities())...)
	f.authority = kit.NewChoice(e.T("family.choose"), authorities, nil)
	f.authority.Set(d.Authority)
	provinces := []kit.Option[string]{{Text: e.T("family.province.none")}}
	for _, v := range p.m.Provinces() {
		provinces = append(provinces, kit.Option[string]{Code: v.NameZH, Text: p.env.Printer.ProvinceName(v)})
	}
	f.province = kit.NewChoice(e.T("family.choose"), provinces, nil)
	f.province.Set(d.Province)

	fields := []*kit.Field{kit.NewField(e, kit.FieldParams{
		Label: e.T("family.name"), Required: true, Pointer: "/name", Input: f.name,
	})}
	if id != domain.SelfID {
		fields = append(fields,
			kit.NewField(e, kit.FieldParams{
				Label: e.T("family.relation"), Help: e.T("family.relation.help"), Required: true, Pointer: "/relation", Input: f.relation,
			}),
			kit.NewField(e, kit.FieldParams{
				Label: e.T("family.authority"), Help: e.T("family.authority.help"), Pointer: "/authority", Input: f.authority,
			}))
	}
	fields = append(fields,
		kit.NewField(e, kit.FieldParams{
			Label: e.T("family.province"), Help: e.T("family.province.help"), Pointer: "/province", Input: f.province,
		}),
		kit.NewField(e, kit.FieldParams{
			Label: e.T("family.numbers"), Help: e.T("family.numbers.help"), Pointer: "/numbers", Input: f.numbers,
			Beside: kit.PasteInto(e, f.numbers, func(s string) string { return f.numbers.Text + "\n" + s }),
		}))
	f.form = kit.NewForm(e, fields...)
	return f
}

func (f *personForm) draft() Draft {
	d := Draft{Name: f.name.Text, Numbers: SplitNumbers(f.numbers.Text)}
	d.Relation, _ = f.relation.Get()
	d.Authority, _ = f.authority.Get()
	d.Province, _ = f.province.Get()
	return d
}
