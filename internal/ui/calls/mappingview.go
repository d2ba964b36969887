package calls

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// mappingView asks what the columns of a table hold: each with its title and
// its first values, because titles alone did not tell.
type mappingView struct {
	v       *importView
	choices []*kit.Choice[journal.MappingField]
	fault   *fyne.Container
}

// samplesShown is how many values of a column are shown.
const samplesShown = 3

// columns shows the choice.
func (v *importView) columns(c *Columns) {
	e, m := v.p.env, v.p.model
	w := &mappingView{v: v, fault: kit.Stack(0)}
	parts := []fyne.CanvasObject{kit.Body(e.T("calls.mapping.text", l10n.Args{"File": c.Name()})), w.fault}
	for i, title := range columnsOf(c.Preview) {
		choice := kit.NewChoice("", mappingOptions(e), func(f journal.MappingField) { m.SetColumn(i, f) })
		w.choices = append(w.choices, choice)
		parts = append(parts, kit.Boxed(kit.Columns(2, 26,
			kit.Stack(0.25, kit.Strong(columnTitle(e, i, title)), kit.Caption(samples(c.Preview, i))), kit.Stack(0, choice))))
	}
	w.show()
	v.mapping = w
	v.Show(e, func(*kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: e.T("calls.mapping"), Width: 80, Body: kit.Stack(1.5, parts...),
			Buttons: []fyne.CanvasObject{
				kit.NewButton(e.T("kit.cancel"), nil, func() {
					m.CloseColumns()
					v.show()
				}),
				kit.NewPrimary(e.T("calls.mapping.start"), theme.DownloadIcon(), m.ImportMapped),
			},
			Focus: w.choices[0],
			OnClosed: func() {
				v.mapping = nil
				if m.Columns() == c {
					m.CloseColumns()
				}
			},
		}
	})
}

func mappingOptions(e *kit.Env) []kit.Option[journal.MappingField] {
	out := []kit.Option[journal.MappingField]{{Text: e.T("calls.mapping.nothing")}}
	for _, f := range journal.MappingFields() {
		out = append(out, kit.Option[journal.MappingField]{Code: f, Text: e.T("calls.mapping.field." + string(f))})
	}
	return out
}

func columnTitle(e *kit.Env, i int, title string) string {
	if strings.TrimSpace(title) == "" {
		return e.T("calls.mapping.column", l10n.Args{"N": strconv.Itoa(i + 1)})
	}
	return title
}

// samples are the first values of a column.
func samples(p journal.Preview, i int) string {
	var out []string
	for _, row := range p.Rows {
		if i < len(row) && strings.TrimSpace(row[i]) != "" && len(out) < samplesShown {
			out = append(out, strings.TrimSpace(row[i]))
		}
	}
	return strings.Join(out, "\n")
}

// show puts the choice of the model on the screen.
func (w *mappingView) show() {
	c := w.v.p.model.Columns()
	if c == nil {
		return
	}
	for i, choice := range w.choices {
		choice.Set(c.Fields[i])
	}
	w.fault.RemoveAll()
	if c.Fault != nil {
		x := w.v.p.env.Printer.Explain(c.Fault)
		w.fault.Add(kit.Notice(look.Danger, x.Message, w.v.p.env.T("calls.mapping.hint")))
	}
	w.fault.Hidden = c.Fault == nil
	w.fault.Refresh()
}

// onColumns hears that another choice was made.
func (v *importView) onColumns() {
	if v.mapping != nil {
		v.mapping.show()
	}
}
