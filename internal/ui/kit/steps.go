package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/look"
)

// StepParams says what one step of several is, in which one thing is asked.
type StepParams struct {
	// At is the number of the step, from 1; Of is how many there are, 0 for a step
	// that is not counted.
	At, Of int
	// Title and Text are words, not keys; Text may be empty.
	Title, Text string
	Body        fyne.CanvasObject
	// Away leaves all of the steps and stands above them; may be nil.
	Away fyne.CanvasObject
	// Back stands at the left of the foot, the others at its right, the one that
	// leads on last. Back may be nil.
	Back   fyne.CanvasObject
	Onward []fyne.CanvasObject
	// Focus is where the keyboard begins; may be nil.
	Focus fyne.Focusable
}

// Steps shows the step of the moment.
type Steps struct {
	env   *Env
	step  func() StepParams
	place *fyne.Container // nil before Content
	first fyne.Focusable
}

// NewSteps is given what builds the step of the moment.
func NewSteps(e *Env, step func() StepParams) *Steps { return &Steps{env: e, step: step} }

// Content is what to put on the page.
func (s *Steps) Content() fyne.CanvasObject {
	s.place = container.NewStack()
	s.Fill()
	return s.place
}

// Show builds the step of the moment and puts the keyboard where it begins.
func (s *Steps) Show() {
	if s.place == nil {
		return
	}
	if focus := s.Fill(); focus != nil {
		s.env.Window.Canvas().Focus(focus)
	}
}

// Fill builds the step of the moment and gives where it begins.
func (s *Steps) Fill() fyne.Focusable {
	p := s.step()
	s.first = p.Focus
	s.place.Objects = []fyne.CanvasObject{Step(s.env, p)}
	s.Refresh()
	return p.Focus
}

// First is where the keyboard begins in the step of the moment; may be nil.
func (s *Steps) First() fyne.Focusable { return s.first }

// Refresh lays out a step of which a part changed.
func (s *Steps) Refresh() { s.place.Refresh() }

// StepWidth is how many units wide a step becomes at most.
const StepWidth = 88

// Step is one step of several. What leads on and back stays at the foot of the
// window, whatever the step is about.
func Step(e *Env, p StepParams) fyne.CanvasObject {
	at := NewText("", TextParams{Color: look.ColorSecondary})
	if p.Of > 0 {
		at.SetText(e.T("kit.step", map[string]any{"N": p.At, "Of": p.Of}))
	}
	head := []fyne.CanvasObject{at, Spring()}
	if p.Away != nil {
		head = append(head, p.Away)
	}
	words := []fyne.CanvasObject{Title(p.Title)}
	if p.Text != "" {
		words = append(words, Body(p.Text))
	}
	page := container.New(&stepLayout{}, Pad(3, 3, Stack(3, Row(1, 1, head...), Stack(1, words...), p.Body)))
	back := p.Back
	if back == nil {
		back = Spring()
	}
	foot := Ground(look.ColorNav, container.New(&stepLayout{}, Pad(2, 3, container.New(&footLayout{}, back, Flow(1, p.Onward...)))))
	line := Ground(look.ColorOutline, container.New(&lineLayout{}))
	return container.NewBorder(nil, Stack(0, line, foot), nil, nil, container.NewVScroll(page))
}

// stepLayout keeps a step in the middle of a wide window.
type stepLayout struct{}

func (*stepLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, look.Gap(StepWidth))
	for _, o := range objects {
		settle(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, 0))
	}
}

func (*stepLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// footLayout puts the way back at the left and the others at the right, or where
// that is too narrow below it.
type footLayout struct{ below bool }

func (l *footLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	back, onward := objects[0], objects[1].(*fyne.Container)
	gap, left := look.Gap(1), back.MinSize()
	natural := onward.Layout.(*flowLayout).natural(onward.Objects)
	l.below = left.Width > 0 && left.Width+gap+natural > size.Width
	back.Resize(left)
	if l.below {
		h := settle(onward, size.Width)
		onward.Move(fyne.NewPos(0, 0))
		back.Move(fyne.NewPos(0, h+gap))
		return
	}
	w := min(natural, size.Width)
	settle(onward, w)
	back.Move(fyne.NewPos(0, 0))
	onward.Move(fyne.NewPos(size.Width-w, 0))
}

func (l *footLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	back, onward := objects[0].MinSize(), objects[1].MinSize()
	if l.below {
		return fyne.NewSize(max(back.Width, onward.Width), back.Height+look.Gap(1)+onward.Height)
	}
	return fyne.NewSize(max(back.Width, onward.Width), max(back.Height, onward.Height))
}

// lineLayout is as high as an outline.
type lineLayout struct{}

func (*lineLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

func (*lineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, theme.Size(look.SizeOutline))
}
