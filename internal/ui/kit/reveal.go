package kit

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"quietline/internal/ui/look"
)

// reveal scrolls what has just got the keyboard into sight, with a little of
// what stands around it, such as the sentence about what is wrong. The toolkit
// moves the focus to controls that nobody can see.
func reveal(o fyne.CanvasObject) {
	if s := around(o); s != nil {
		driver := fyne.CurrentApp().Driver()
		at := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
		scrollTo(s, at, o.Size().Height)
	}
}

// Reveal scrolls an object into sight that has something to say and nothing for
// the keyboard.
func Reveal(o fyne.CanvasObject) { reveal(o) }

// around finds the innermost scroll around an object of a window, nil for
// none.
func around(o fyne.CanvasObject) *container.Scroll {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		if s, ok := scrollAround(root, o); ok {
			return s
		}
	}
	return nil
}

// scrollTo moves the content so that what stands at the height is in sight; of
// what is higher than the view, its beginning.
func scrollTo(s *container.Scroll, at, height float32) {
	view := s.Size().Height
	if at >= 0 && at+height <= view {
		return // a click on what is in sight must not move it away from under the pointer
	}
	room := min(look.Gap(8), max(0, (view-height)/2))
	move := at - room
	if at >= 0 && height <= view {
		move = at + height + room - view
	}
	most := max(0, s.Content.MinSize().Height-view)
	s.ScrollToOffset(fyne.NewPos(s.Offset.X, min(most, max(0, s.Offset.Y+move))))
}

// scrollAround finds the innermost scroll around an object; ok is false where
// the object is not below root at all.
func scrollAround(root, o fyne.CanvasObject) (s *container.Scroll, ok bool) {
	if root == o {
		return nil, true
	}
	if r, scrolls := root.(*container.Scroll); scrolls {
		if s, ok = scrollAround(r.Content, o); ok && s == nil && r.Direction != container.ScrollHorizontalOnly {
			s = r
		}
		return s, ok
	}
	for _, i := range inside(root) {
		if s, ok = scrollAround(i, o); ok {
			return s, true
		}
	}
	return nil, false
}

// inside gives what an object is made of, as far as that is public: controls
// within other widgets are not looked for.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *widget.PopUp:
		return []fyne.CanvasObject{o.Content}
	case interface{ Unwrap() fyne.CanvasObject }:
		return []fyne.CanvasObject{o.Unwrap()}
	}
	// What lies over a window is wrapped in a type of the toolkit that has no
	// public name.
	v := reflect.Indirect(reflect.ValueOf(o))
	if v.Kind() != reflect.Struct || v.Type().Name() != "OverlayContainer" {
		return nil
	}
	if inner, ok := v.FieldByName("Content").Interface().(fyne.CanvasObject); ok {
		return []fyne.CanvasObject{inner}
	}
	return nil
}
