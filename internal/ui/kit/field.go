package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// FieldParams says what a field of a form is.
type FieldParams struct {
	// Label and Help are words, not keys; Help may be empty.
	Label, Help string
	Required    bool
	// Pointer is the JSON pointer under which a use case blames this field.
	Pointer string
	// Input is what the user fills in; an Entry or Choice shows itself wrong.
	Input fyne.CanvasObject
	// Focus gets the keyboard when this field is the first wrong one; nil for
	// Input itself.
	Focus fyne.Focusable
	// Beside stands at the right of the input, such as a button; may be nil.
	Beside fyne.CanvasObject
}

// Field is one line of a form: label, input, help, and the error in words with
// an icon below the input.
type Field struct {
	p     FieldParams
	box   *fyne.Container
	error *Text
	line  *fyne.Container
}

// NewField makes a field.
func NewField(e *Env, p FieldParams) *Field {
	label := container.New(&rowLayout{gap: 1, fill: -1}, NewText(p.Label, TextParams{Bold: true}))
	if p.Required {
		label.Add(NewText(e.T("kit.required"), TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary}))
	}
	f := &Field{p: p, error: NewText("", TextParams{Color: theme.ColorNameError, Wrap: true})}
	f.line = TopRow(1, 1, Icon(look.Danger.Icon(), 1), f.error)
	f.line.Hide()
	if l, ok := p.Input.(interface{ SetLabel(string) }); ok {
		l.SetLabel(p.Label)
	}
	input := p.Input
	if p.Beside != nil {
		input = Row(1, 0, p.Input, p.Beside)
	}
	f.box = Stack(0.75, label, input, f.line)
	if p.Help != "" {
		f.box.Add(Caption(p.Help))
	}
	return f
}

// Object is what to put on the page.
func (f *Field) Object() fyne.CanvasObject { return f.box }

// Wrong shows sentences at the field; empty ones clear it.
func (f *Field) Wrong(message, hint string) {
	text := message
	if hint != "" {
		text += "\n" + hint
	}
	f.error.SetText(text)
	f.line.Hidden = message == ""
	if w, ok := f.p.Input.(interface{ SetWrong(bool) }); ok {
		w.SetWrong(message != "")
	}
	f.box.Refresh()
}

// Error is the sentence shown at the field, or empty.
func (f *Field) Error() string {
	if f.line.Hidden {
		return ""
	}
	return f.error.Text()
}

// focus puts the keyboard into the field.
func (f *Field) focus(e *Env) {
	target := f.p.Focus
	if target == nil {
		target, _ = f.p.Input.(fyne.Focusable)
	}
	if target != nil {
		e.Window.Canvas().Focus(target)
	}
}

// Form is a list of fields with room above them for what belongs to none.
type Form struct {
	env    *Env
	fields []*Field
	top    *fyne.Container
	box    *fyne.Container // nil where the page places the fields by hand
}

// NewForm makes a form. Objects that are no fields (explanations, groups) can
// be laid out freely instead with Fields placed by hand; then Object is not
// used, but Problems still is.
func NewForm(e *Env, fields ...*Field) *Form {
	f := &Form{env: e, fields: fields, top: Stack(1)}
	f.top.Hide()
	return f
}

// Object is what to put on the page. The fields belong to it from then on; a
// page that places them by hand must not ask for it, because an object that
// has two places is moved from one to the other.
func (f *Form) Object() fyne.CanvasObject {
	if f.box == nil {
		objects := []fyne.CanvasObject{f.top}
		for _, field := range f.fields {
			objects = append(objects, field.Object())
		}
		f.box = Stack(2, objects...)
	}
	return f.box
}

// refresh shows the errors as they are now.
func (f *Form) refresh() {
	if f.box != nil {
		f.box.Refresh()
		return
	}
	f.top.Refresh()
}

// Problems is where errors that belong to no field appear, for a page that
// places the fields by hand.
func (f *Form) Problems() fyne.CanvasObject { return f.top }

// Clear takes all errors away.
func (f *Form) Clear() {
	for _, field := range f.fields {
		if field.Error() != "" {
			field.Wrong("", "")
		}
	}
	f.top.RemoveAll()
	f.top.Hide()
	f.refresh()
}

// Show does what Mark does and puts the keyboard into the first wrong field. What
// is wrong with none of them is scrolled into sight, for a page that has its place
// far from where the user is.
func (f *Form) Show(err error) {
	f.Mark(err)
	for _, field := range f.fields {
		if field.Error() != "" {
			field.focus(f.env)
			return
		}
	}
	if s := around(f.top); s != nil && f.top.Visible() {
		s.Refresh() // it has no size yet
		reveal(f.top)
	}
}

// Mark puts every problem of an error at its field and the others above the
// form, and leaves the keyboard where it is: somebody may be typing. A nil
// error clears.
func (f *Form) Mark(err error) {
	f.Clear()
	if err == nil {
		return
	}
	f.env.Report(err)
	for _, x := range f.env.Printer.ExplainAll(err) {
		field := f.find(x.Field)
		if field == nil {
			f.top.Add(Notice(look.Danger, x.Message, x.Hint))
			continue
		}
		if field.Error() == "" {
			field.Wrong(x.Message, x.Hint)
		}
	}
	f.top.Hidden = len(f.top.Objects) == 0
	f.refresh()
}

// find gives the field whose pointer is the longest beginning of the pointer.
func (f *Form) find(pointer string) *Field {
	var best *Field
	for _, field := range f.fields {
		p := field.p.Pointer
		if p == "" || (pointer != p && !strings.HasPrefix(pointer, p+"/")) {
			continue
		}
		if best == nil || len(p) > len(best.p.Pointer) {
			best = field
		}
	}
	return best
}
