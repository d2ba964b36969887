package kit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// SaveFile asks under which name and in which folder to write a file; chosen is
// not called where the user writes none. The title is in words; those of a button
// that leads here lose the dots that say so. A name with none of the endings, such
// as ".csv", gets the first of them. Before a file that is there is taken it asks.
// The toolkit's own dialog empties a file as soon as it is chosen, so that it is
// lost where writing fails.
func SaveFile(e *Env, title, suggested string, endings []string, chosen func(path string)) {
	if e.folder == "" {
		e.folder = documents()
	}
	v := &saveView{env: e, endings: endings, chosen: chosen, name: NewEntry(""), place: Body(e.folder)}
	v.name.SetText(suggested)
	v.field = NewField(e, FieldParams{Label: e.T("kit.save.name"), Input: v.name})
	v.name.OnChanged = func(string) { v.field.Wrong("", "") }
	other := NewButton(e.T("kit.save.other"), theme.FolderOpenIcon(), v.choose)
	v.dialog = ShowDialog(e, func(d *Dialog) DialogParams {
		return DialogParams{
			Title: strings.TrimRight(title, "…"), Width: 64,
			Body: Stack(2, v.field.Object(), Stack(0.75, Strong(e.T("kit.save.folder")), v.place, Flow(1, other))),
			Buttons: []fyne.CanvasObject{
				NewButton(e.T("kit.cancel"), nil, d.Close),
				NewPrimary(e.T("kit.save.do"), theme.DocumentSaveIcon(), v.save),
			},
		}
	})
}

// saveView is the dialog that asks where a file goes.
type saveView struct {
	env     *Env
	endings []string
	chosen  func(string)
	name    *Entry
	field   *Field
	place   *Text
	dialog  *Dialog
}

func (v *saveView) choose() {
	OpenFolder(v.env, v.env.T("kit.save.choose"), func(path string) {
		v.env.folder = path
		v.place.SetText(path)
	})
}

// save takes the name, after a question where there is such a file.
func (v *saveView) save() {
	name := strings.TrimSpace(v.name.Text)
	if !usable(name) {
		v.field.Wrong(v.env.T("kit.save.unusable"), "")
		v.env.Window.Canvas().Focus(v.name)
		return
	}
	if len(v.endings) > 0 && !slices.Contains(v.endings, strings.ToLower(filepath.Ext(name))) {
		name += v.endings[0]
	}
	path := filepath.Join(v.env.folder, name)
	switch info, err := os.Lstat(path); {
	case err != nil: // it is not there, or writing will say what is wrong
		v.take(path)
	case info.IsDir():
		v.field.Wrong(v.env.T("kit.save.is_folder"), "")
		v.env.Window.Canvas().Focus(v.name)
	default:
		Confirm(v.env, ConfirmParams{
			Title: v.env.T("kit.save.replace"), Text: v.env.T("kit.save.replace.text", l10n.Args{"File": name}),
			Yes: v.env.T("kit.save.replace.yes"), Danger: true, OnYes: func() { v.take(path) },
		})
	}
}

// usable says whether every system takes a name, for files travel: Windows puts what
// is written to "a:b" out of sight, and means a device by "nul.csv".
func usable(name string) bool {
	if strings.Trim(name, ". ") == "" || strings.ContainsAny(name, `/\:*?"<>|`) || strings.ContainsFunc(name, domain.Control) {
		return false
	}
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem = strings.TrimRight(stem, " "); stem {
	case "CON", "PRN", "AUX", "NUL":
		return false
	}
	device := strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")
	return !device || len(stem) != 4 || stem[3] < '1' || stem[3] > '9'
}

func (v *saveView) take(path string) {
	v.dialog.Close()
	v.chosen(path)
}

// documents is where people look for a file they wrote: the folder for
// documents where it has its usual name, else their own folder.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	for _, name := range documentFolders() {
		path := filepath.Join(home, name)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
	}
	return home
}
