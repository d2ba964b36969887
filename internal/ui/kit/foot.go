package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// FootParams is what NewFoot needs.
type FootParams struct {
	Env *Env
	// Keys begins the keys of the words: some rows are marked, the most that can be;
	// all and none on buttons.
	Keys string
	// Most is how many rows can be marked, Count how many there are.
	Most  int
	Count func() int
	// All marks the rows, None takes the marks away.
	All, None func()
	// Kept is how many of the deeds are not put away where there is little room.
	Kept int
}

// Foot is what stands below a list, so that no row moves from under the pointer:
// what was just done, and what can be done with the marked rows.
type Foot struct {
	p           FootParams
	done, marks *fyne.Container
	strips      *fyne.Container // these two
	arrange     *fyne.Container
}

// NewFoot makes a Foot in which nothing stands.
func NewFoot(p FootParams) *Foot {
	f := &Foot{p: p, done: Stack(0), marks: Stack(0)}
	f.strips = Stack(0, f.done, f.marks)
	return f
}

// Below puts the foot below the list.
func (f *Foot) Below(list fyne.CanvasObject) *fyne.Container {
	f.arrange = container.NewBorder(nil, f.strips, nil, nil, list)
	return f.arrange
}

// Done says what was just done; nil says nothing.
func (f *Foot) Done(strip fyne.CanvasObject) { f.put(f.done, strip) }

// Marked offers what can be done with n marked rows.
func (f *Foot) Marked(n int, deeds ...*Button) {
	if n == 0 {
		f.put(f.marks, nil)
		return
	}
	last := NewQuiet(f.p.Env.T(f.p.Keys+"none"), theme.ContentClearIcon(), f.p.None)
	if f.low() {
		rest := append(slices.Clone(deeds[f.p.Kept:]), last)
		last = NewButton(f.p.Env.T("kit.more"), theme.MoreHorizontalIcon(), func() { f.more(n, rest) })
		deeds = deeds[:f.p.Kept]
	}
	said := "some"
	if n >= f.p.Most && f.p.Count() > n {
		said = "most"
	}
	f.put(f.marks, Strip(look.Info, f.p.Env.N(f.p.Keys+said, n), last, Objects(deeds)...))
}

// All is the deed that marks all rows, where there are more than the n marked ones.
func (f *Foot) All(n int) []*Button {
	all := f.p.Count()
	if all <= n || n >= f.p.Most {
		return nil
	}
	text := f.p.Env.N(f.p.Keys+"all", all)
	if all > f.p.Most {
		text = f.p.Env.T(f.p.Keys+"first", map[string]any{"Count": f.p.Env.Printer.Number(int64(f.p.Most))})
	}
	return []*Button{NewButton(text, theme.ListIcon(), f.p.All)}
}

// put shows a strip, or nothing; in a low window what was just done goes before
// what could be done next.
func (f *Foot) put(place *fyne.Container, strip fyne.CanvasObject) {
	place.RemoveAll()
	if strip != nil {
		place.Add(Pad(1, 0, strip))
	}
	f.done.Hidden = len(f.done.Objects) == 0
	f.marks.Hidden = len(f.marks.Objects) == 0 || f.low() && !f.done.Hidden
	f.arrange.Refresh()
	if page := around(f.arrange); page != nil && strip != nil && place.Visible() {
		page.Refresh()                       // it is higher now
		driver := fyne.CurrentApp().Driver() // knows nothing yet of what was hidden
		at := driver.AbsolutePositionForObject(f.arrange).Y - driver.AbsolutePositionForObject(page).Y
		scrollTo(page, at+f.strips.Position().Y+place.Position().Y, place.Size().Height)
	}
}

// roomForDeeds is how many units high the window has to be for all that can be
// done with marked rows to stand below the list; else it is in a dialog.
const roomForDeeds = 75

func (f *Foot) low() bool { return f.p.Env.Window.Canvas().Size().Height < look.Gap(roomForDeeds) }

// more shows in a dialog what finds no room below the list.
func (f *Foot) more(n int, deeds []*Button) {
	ShowDialog(f.p.Env, func(d *Dialog) DialogParams {
		var buttons []*Button
		for _, was := range deeds {
			buttons = append(buttons, NewButton(was.Text, was.Icon, func() { d.Close(); was.OnTapped() }))
		}
		return DialogParams{
			Title: f.p.Env.N(f.p.Keys+"some", n), Body: Stack(1.5, Objects(buttons)...),
			Buttons: []fyne.CanvasObject{NewButton(f.p.Env.T("kit.close"), nil, d.Close)},
			Focus:   buttons[0],
		}
	})
}

// Objects gives buttons as what can be laid out.
func Objects(buttons []*Button) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(buttons))
	for i, b := range buttons {
		out[i] = b
	}
	return out
}
