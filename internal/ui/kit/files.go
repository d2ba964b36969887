package kit

import (
	"context"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"quietline/internal/domain"
	"quietline/internal/ui/look"
)

// OpenFile lets the user choose a file with the toolkit's dialog; chosen is not
// called where they choose none. The title is in words. The endings, such as
// ".csv", leave others out; none for every file.
func OpenFile(e *Env, title string, endings []string, chosen func(path string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			e.ShowError(domain.E("kit.OpenFile", domain.Unavailable, "calls.file_unreadable", nil, err))
			return
		}
		if r == nil { // the user chose none
			return
		}
		path := r.URI().Path()
		_ = r.Close() // it is opened again by its path
		chosen(path)
	}, e.Window)
	showFiles(e, d, title, endings)
}

// showFiles shows a dialog for files, large, because names are long. Escape
// closes it, as it does every dialog of ours.
func showFiles(e *Env, d *dialog.FileDialog, title string, endings []string) {
	d.SetTitleText(title)
	d.SetView(dialog.ListView)
	if len(endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(endings))
	}
	c := e.Window.Canvas()
	before := c.OnTypedKey()
	d.SetOnClosed(func() { c.SetOnTypedKey(before) })
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.Show()
	// Before Show the dialog is not there and panics; nor is it where the
	// desktop's own dialog took its place.
	if Dialogs(c) {
		translatePlaces(e, overlaid(c.Overlays().Top()))
		d.Resize(c.Size().SubtractWidthHeight(look.Gap(8), look.Gap(8)))
	}
}

// Tall gives an object that takes all the height it can get, such as a table, a
// fixed height of so many units, for where it stands within what scrolls.
func Tall(height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&tallLayout{height: height}, object)
}

type tallLayout struct{ height float32 }

func (l *tallLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

func (l *tallLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, look.Gap(l.height))
}

// OpenFolder lets the user choose a folder with the toolkit's dialog; chosen is
// not called where they choose none. The title is in words.
func OpenFolder(e *Env, title string, chosen func(path string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err != nil {
			e.ShowError(domain.E("kit.OpenFolder", domain.Unavailable, "calls.file_unreadable", nil, err))
			return
		}
		if u == nil { // the user chose none
			return
		}
		chosen(u.Path())
	}, e.Window)
	showFiles(e, d, title, nil)
}

// OpenPath opens a file with the program that the system has for its kind.
func OpenPath(e *Env, path string) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // a drive of Windows
		slashed = "/" + slashed
	}
	app, address := fyne.CurrentApp(), &url.URL{Scheme: "file", Path: slashed}
	e.Try(e.Jobs.Base(), func(context.Context) error {
		if err := app.OpenURL(address); err != nil {
			return domain.E("kit.OpenPath", domain.Unavailable, "kit.file_unopenable", domain.Args{"File": path}, err)
		}
		return nil
	}, nil)
}

// AddressBookEndings are those of the names of address books.
func AddressBookEndings() []string { return []string{".vcf", ".vcard"} }

// AddressBooks says whether all of the files are address books by their names.
func AddressBooks(paths []string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool {
		return !slices.Contains(AddressBookEndings(), strings.ToLower(filepath.Ext(path)))
	})
}
