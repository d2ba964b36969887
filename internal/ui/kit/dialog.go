package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// DialogParams says what a dialog shows.
type DialogParams struct {
	// Title is words, not a key.
	Title string
	Body  fyne.CanvasObject
	// Buttons stand at the bottom, the one that leads on last. At least one of
	// them has to call Close.
	Buttons []fyne.CanvasObject
	// Width is how many units wide the dialog is where the window allows; 0
	// for 56.
	Width float32
	// Focus gets the keyboard; nil for the last button.
	Focus fyne.Focusable
	// Typed says whether something was entered that closing would lose; nil
	// where nothing can be. Escape then only goes to the first button, and the
	// window is not closed without asking.
	Typed func() bool
	// OnClosed is called after the dialog has gone, however it went.
	OnClosed func()

	shortcuts bool // it is the sheet of shortcuts
}

// Dialog is a window within the window. Escape closes it, unless that would
// lose what was typed; the shortcuts of the
// window rest while it is there.
type Dialog struct {
	env     *Env
	pop     *widget.PopUp
	over    fyne.CanvasObject // it as it lies over the window
	canvas  fyne.Canvas
	typed   func() bool
	before  func(*fyne.KeyEvent)
	closed  bool
	onClose func()
}

// ShowDialog opens a dialog. The closure gives Buttons a way to close it.
func ShowDialog(e *Env, build func(d *Dialog) DialogParams) *Dialog {
	c := e.Window.Canvas()
	d := &Dialog{env: e, canvas: c, before: c.OnTypedKey()}
	p := build(d)
	d.onClose, d.typed = p.OnClosed, p.Typed
	if p.Width == 0 {
		p.Width = 56
	}
	// A margin inside what scrolls, so that neither is the ring around a field
	// cut nor a field covered by the bar.
	p.Body = Pad(0.5, dialogMargin, p.Body)
	scroll := container.NewVScroll(p.Body)
	buttons := Onward(p.Buttons...)
	panel := container.New(&dialogLayout{canvas: c, width: p.Width, body: p.Body}, Heading(p.Title), scroll, buttons)
	// The toolkit's pop-up has a ground, but no outline for high contrast.
	ground := newSurface(theme.ColorNameOverlayBackground, look.ColorOutline, theme.SizeNamePopupRadius)
	d.pop = widget.NewModalPopUp(container.NewStack(ground, panel), c)
	d.pop.Show()
	d.over = c.Overlays().Top()
	e.dialogs = append(e.dialogs, d)
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		Turn(c, nil, k.Name)
		switch {
		case k.Name == fyne.KeyF1 && !p.shortcuts && c.Overlays().Top() == d.over:
			ShowShortcuts(e, true)
		case k.Name != fyne.KeyEscape || !Dialogs(c):
		case d.holdsTyped():
			if first, ok := p.Buttons[0].(fyne.Focusable); ok {
				c.Focus(first)
			}
		default:
			d.Close()
		}
	})
	focus := p.Focus
	if focus == nil && len(p.Buttons) > 0 {
		focus, _ = p.Buttons[len(p.Buttons)-1].(fyne.Focusable)
	}
	if focus != nil {
		c.Focus(focus)
	}
	return d
}

// Open says whether the dialog is there; a nil one is not.
func (d *Dialog) Open() bool { return d != nil && !d.closed }

func (d *Dialog) holdsTyped() bool { return d.typed != nil && d.typed() }

// Close takes the dialog away, and with it those above it. It may be called
// more than once.
func (d *Dialog) Close() {
	if d.closed || d.pop == nil {
		return
	}
	d.closed = true
	if i := slices.Index(d.env.dialogs, d); i >= 0 {
		above := d.env.dialogs[i+1:]
		d.env.dialogs = slices.Clone(d.env.dialogs[:i])
		for _, a := range slices.Backward(above) {
			a.Close()
		}
	}
	d.canvas.SetOnTypedKey(d.before)
	d.pop.Hide()
	if d.onClose != nil {
		d.onClose()
	}
}

// Dialogs says whether a dialog or menu lies over the window.
func Dialogs(c fyne.Canvas) bool { return c.Overlays().Top() != nil }

// dialogLayout gives a dialog its width, as much height as it needs and the
// window has, and scrolls the body beyond that.
type dialogLayout struct {
	canvas fyne.Canvas
	width  float32
	body   fyne.CanvasObject
}

const dialogPad, dialogGap, dialogMargin = 3, 1.5, 2

func (l *dialogLayout) room() (width, height float32) {
	size := l.canvas.Size()
	margin := look.Gap(4)
	return min(look.Gap(l.width), size.Width-margin), size.Height - margin
}

func (l *dialogLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad, gap := look.Gap(dialogPad), look.Gap(dialogGap)
	w := size.Width - 2*pad
	title, scroll, buttons := objects[0], objects[1], objects[2]
	top := settle(title, w)
	title.Move(fyne.NewPos(pad, pad))
	bottom := settle(buttons, w)
	buttons.Move(fyne.NewPos(pad, size.Height-pad-bottom))
	margin := look.Gap(dialogMargin)
	scroll.Move(fyne.NewPos(pad-margin, pad+top+gap))
	scroll.Resize(fyne.NewSize(w+2*margin, max(0, size.Height-2*pad-2*gap-top-bottom)))
}

func (l *dialogLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height := l.room()
	pad, gap := look.Gap(dialogPad), look.Gap(dialogGap)
	w := width - 2*pad
	need := settle(objects[0], w) + settle(l.body, w+look.Gap(2*dialogMargin)) + settle(objects[2], w)
	return fyne.NewSize(width, min(height, need+2*pad+2*gap+1))
}

// Onward is a line of buttons at the foot of a form or a dialog; the one that leads
// on comes last and stands at the right.
func Onward(buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&buttonsLayout{}, buttons...)
}

// buttonsLayout puts the buttons of a dialog at the right on one line or, where
// that is too narrow, below each other in full width.
type buttonsLayout struct{ column bool }

const buttonGap = 1

func (l *buttonsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := look.Gap(buttonGap)
	natural := -gap
	for _, o := range objects {
		natural += o.MinSize().Width + gap
	}
	l.column = natural > size.Width
	x, y := size.Width-natural, float32(0)
	for _, o := range objects {
		m := o.MinSize()
		if l.column {
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, m.Height))
			y += m.Height + gap
			continue
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(m)
		x += m.Width + gap
	}
}

func (l *buttonsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		if l.column && i > 0 {
			size.Height += m.Height + look.Gap(buttonGap)
		} else {
			size.Height = max(size.Height, m.Height)
		}
		size.Width = max(size.Width, m.Width)
	}
	return size
}

// ConfirmParams says what is asked. All texts are words, not keys.
type ConfirmParams struct {
	Title, Text string
	// Yes names the deed ("Remove"), No the way back; an empty No is "Cancel".
	Yes, No string
	// Danger marks what cannot be taken back; the focus is then on No.
	Danger bool
	OnYes  func()
}

// Confirm asks before something is done.
func Confirm(e *Env, p ConfirmParams) *Dialog {
	if p.No == "" {
		p.No = e.T("kit.cancel")
	}
	return ShowDialog(e, func(d *Dialog) DialogParams {
		no := NewButton(p.No, nil, d.Close)
		yes := NewPrimary(p.Yes, nil, nil)
		if p.Danger {
			yes = NewDanger(p.Yes, nil, nil)
		}
		yes.OnTapped = func() {
			d.Close()
			p.OnYes()
		}
		params := DialogParams{Title: p.Title, Body: Body(p.Text), Buttons: []fyne.CanvasObject{no, yes}}
		if p.Danger {
			params.Focus = no
		}
		return params
	})
}
