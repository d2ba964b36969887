package thresholds

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
)

// topic is what is announced when thresholds were stored; a review follows.
const topic = "thresholds"

// Open reads the thresholds and opens the form.
func Open(e *kit.Env, m *Model) {
	kit.Run(e.Jobs.Base(), e.Jobs, m.Read, func(d Draft, err error) {
		if err != nil {
			e.ShowError(err)
			return
		}
		newForm(e, m, d).show()
	})
}

// form is the open dialog.
type form struct {
	env    *kit.Env
	model  *Model
	before Draft
	inputs map[string]*kit.Entry
	fields *kit.Form
	body   fyne.CanvasObject
}

func newForm(e *kit.Env, m *Model, d Draft) *form {
	f := &form{env: e, model: m, before: d, inputs: map[string]*kit.Entry{}}
	var fields []*kit.Field
	var groups []fyne.CanvasObject
	for _, r := range Rules() {
		var inputs []fyne.CanvasObject
		for _, t := range r.Thresholds {
			field := f.field(t)
			fields = append(fields, field)
			inputs = append(inputs, field.Object())
		}
		groups = append(groups, kit.Boxed(kit.Stack(1.25,
			kit.Stack(0.25, kit.Strong(e.Printer.Term("alert", string(r.Kind))), kit.Muted(e.T("thresholds.rule."+string(r.Kind)))),
			kit.Columns(2, 24, inputs...),
		)))
	}
	f.fields = kit.NewForm(e, fields...)
	f.body = kit.Stack(1.5, append([]fyne.CanvasObject{kit.Body(e.T("thresholds.text")), f.fields.Problems()}, groups...)...)
	return f
}

func (f *form) field(t insight.Threshold) *kit.Field {
	input := kit.NewEntry("")
	input.Put(f.before[t.Name]) // the caret behind it
	f.inputs[t.Name] = input
	least, most := t.Range()
	return kit.NewField(f.env, kit.FieldParams{
		Label: f.env.T("thresholds.label." + t.Name), Pointer: Pointer(t), Input: input,
		Help: f.env.T("thresholds.range", l10n.Args{"Min": least, "Max": most, "Default": t.Value(insight.Defaults())}),
	})
}

func (f *form) draft() Draft {
	d := Draft{}
	for name, input := range f.inputs {
		d[name] = input.Text
	}
	return d
}

// fill puts other values into the fields; they count when they are saved.
func (f *form) fill(d Draft) {
	for name, input := range f.inputs {
		input.SetText(d[name])
	}
	f.fields.Clear()
}

func (f *form) show() {
	e := f.env
	first := Rules()[0].Thresholds[0].Name
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		save := kit.NewPrimary(e.T("thresholds.save"), nil, nil)
		save.OnTapped = func() { f.save(d, save) }
		return kit.DialogParams{
			Title: e.T("thresholds.title"), Body: f.body, Width: 84, Focus: f.inputs[first],
			Typed: func() bool { return !maps.Equal(f.draft(), f.before) },
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, d.Close),
				kit.NewButton(e.T("thresholds.defaults"), theme.ContentUndoIcon(), func() { f.fill(DraftOf(insight.Defaults())) }),
				save,
			},
		}
	})
}

func (f *form) save(d *kit.Dialog, button *kit.Button) {
	e, now := f.env, f.draft()
	button.Disable()
	kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (bool, error) {
		return f.model.Save(ctx, f.before, now)
	}, func(changed bool, err error) {
		button.Enable()
		f.fields.Show(err)
		if err != nil {
			return
		}
		d.Close()
		if changed {
			e.Toast(e.T("thresholds.saved"))
			e.Announce(topic)
		}
	})
}
