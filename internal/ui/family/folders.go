package family

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// topicFolders is announced when watched folders, or what is known of the files
// in them, changed.
const topicFolders = "folders"

// watchedFolders are the folders of one person in the form. What is done with
// them is done at once and not with the form.
type watchedFolders struct {
	p      *Page
	person domain.Person
	list   *fyne.Container
	// gone is the folder that is watched no longer, until that was read; nil for none.
	gone *folders.Folder
}

// newWatched makes the part of the form; it is for people who are there.
func (p *Page) newWatched(person domain.Person) *watchedFolders {
	w := &watchedFolders{p: p, person: person, list: kit.Stack(1)}
	w.fill()
	return w
}

// object is what to put into the form.
func (w *watchedFolders) object() fyne.CanvasObject {
	e := w.p.env
	return kit.Stack(1,
		kit.NewText(e.T("family.folders"), kit.TextParams{Bold: true}),
		w.list,
		kit.Flow(1, kit.NewButton(e.T("family.folders.add"), theme.FolderNewIcon(), w.add)),
		kit.Caption(e.T("family.folders.help")),
	)
}

func (w *watchedFolders) fill() {
	w.list.RemoveAll()
	if w.gone != nil {
		w.list.Add(w.wayBack())
	}
	for _, f := range w.p.m.FoldersOf(w.person.ID) {
		w.list.Add(w.row(f))
	}
	w.list.Hidden = len(w.list.Objects) == 0
	w.list.Refresh()
}

// wayBack says that a folder is watched no longer, with the way back.
func (w *watchedFolders) wayBack() fyne.CanvasObject {
	e := w.p.env
	undo := kit.NewButton(e.T("family.undo"), theme.ContentUndoIcon(), func() { w.watch(w.gone.Dir) }).On(kit.CommandUndo)
	away := kit.NewQuiet(e.T("kit.close"), theme.CancelIcon(), func() {
		w.gone = nil
		w.fill()
	})
	return kit.Strip(look.Done, e.T("family.folders.removed"), away, undo)
}

func (w *watchedFolders) row(f folders.Folder) fyne.CanvasObject {
	e := w.p.env
	remove := kit.NewQuiet(e.T("family.folders.remove"), theme.ContentRemoveIcon(), func() { w.remove(f) })
	rows := []fyne.CanvasObject{
		kit.Body(f.Dir),
		kit.Caption(w.p.counts(f)),
	}
	if err := f.Trouble(); err != nil {
		x := e.Printer.Explain(err)
		rows = append(rows, kit.Notice(look.Caution, x.Message, x.Hint))
	}
	for _, failure := range f.Failures {
		x := e.Printer.Explain(failure.Reason.Err())
		rows = append(rows, kit.Notice(look.Caution, x.Message, x.Hint))
	}
	return kit.Stack(0.5, append(rows, kit.Flow(1, remove))...)
}

// counts says what became of the files of a folder.
func (p *Page) counts(f folders.Folder) string {
	return p.env.T("family.folders.counts", map[string]any{"Imported": f.Imported, "Failed": f.Failed, "Foreign": f.Foreign})
}

func (w *watchedFolders) add() {
	e := w.p.env
	choose := w.p.m.p.Choose
	if choose == nil {
		choose = func(title string, chosen func(dir string)) { kit.OpenFolder(e, title, chosen) }
	}
	choose(e.T("family.folders.choose"), w.watch)
}

func (w *watchedFolders) watch(dir string) {
	e := w.p.env
	kit.Run(e.Jobs.Base(), e.Jobs, func(ctx context.Context) (folders.Folder, error) {
		return w.p.m.Watch(ctx, w.person.Name, dir)
	}, func(_ folders.Folder, err error) {
		if err != nil {
			e.ShowError(err)
			return
		}
		w.gone = nil
		e.Toast(e.T("family.folders.added"))
		e.Announce(topicFolders)
	})
}

func (w *watchedFolders) remove(f folders.Folder) {
	e := w.p.env
	kit.Do(e.Jobs.Base(), e.Jobs, func(ctx context.Context) error {
		return w.p.m.Unwatch(ctx, f.ID)
	}, func(err error) {
		if err != nil {
			e.ShowError(err)
			return
		}
		w.gone = &f
		e.Announce(topicFolders)
	})
}

// folderFacts is what the card of a person says of the folders: which they are,
// and that something is wrong with one.
func (p *Page) folderFacts(id domain.PersonID) []fyne.CanvasObject {
	e := p.env
	var text string
	var failed int64
	troubled := false
	for _, f := range p.m.FoldersOf(id) {
		if text != "" {
			text += "\n"
		}
		text += f.Dir
		failed += f.Failed
		troubled = troubled || f.Problem != ""
	}
	if text == "" {
		return nil
	}
	out := []fyne.CanvasObject{kit.Fact(e.T("family.folders"), text)}
	if failed > 0 || troubled {
		out = append(out, kit.Notice(look.Caution, e.T("family.folders.trouble"), e.T("family.folders.trouble.hint")))
	}
	return out
}
