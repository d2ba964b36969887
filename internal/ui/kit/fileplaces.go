package kit

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// place is the key of the word for a place that the toolkit's dialog for files
// offers. The toolkit has the names in English alone and hands them out as they
// are, unlike its other words (fyne 2.8, dialog/file.go).
func place(name string) (key string, ok bool) {
	key, ok = map[string]string{
		"Home": "kit.place.home", "Computer": "kit.place.computer", "App Files": "kit.place.app",
		"Desktop": "kit.place.desktop", "Documents": "kit.place.documents", "Downloads": "kit.place.downloads",
		"Music": "kit.place.music", "Pictures": "kit.place.pictures", "Videos": "kit.place.videos", "Movies": "kit.place.videos",
	}[name]
	return key, ok
}

// overlaid is what lies in an overlay of the canvas. The toolkit keeps the type of
// overlays to itself, and their renderer, asked for twice, moves them.
func overlaid(overlay fyne.CanvasObject) fyne.CanvasObject {
	v := reflect.Indirect(reflect.ValueOf(overlay))
	if v.Kind() != reflect.Struct {
		return nil
	}
	if f := v.FieldByName("Content"); f.IsValid() {
		o, _ := f.Interface().(fyne.CanvasObject)
		return o
	}
	return nil
}

// translatePlaces has the places of a dialog that is shown say their names in our
// words.
func translatePlaces(e *Env, o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			translatePlaces(e, inner)
		}
	case *container.Split:
		translatePlaces(e, o.Leading)
		translatePlaces(e, o.Trailing)
	case *widget.PopUp:
		translatePlaces(e, o.Content)
	case *widget.List:
		update := o.UpdateItem
		o.UpdateItem = func(id widget.ListItemID, item fyne.CanvasObject) {
			update(id, item)
			translatePlace(e, item)
		}
		o.Refresh()
	}
}

// translatePlace changes the row of a place: an icon and a label. Rows of files are
// widgets of their own.
func translatePlace(e *Env, item fyne.CanvasObject) {
	row, ok := item.(*fyne.Container)
	if !ok {
		return
	}
	for _, o := range row.Objects {
		if label, ok := o.(*widget.Label); ok {
			if key, ok := place(label.Text); ok {
				label.SetText(e.T(key))
			}
		}
	}
}
