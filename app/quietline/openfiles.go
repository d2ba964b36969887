package main

import (
	"context"
	"net/url"
	"path/filepath"

	"quietline/internal/domain"
	"quietline/internal/evidence"
	"quietline/internal/ui/kit"
	"quietline/internal/workspace"
)

// pathsOf are the absolute paths of files given as arguments, also as addresses
// such as file:///home/… .
func pathsOf(args []string) ([]string, error) {
	paths := make([]string, len(args))
	for i, a := range args {
		if u, err := url.Parse(a); err == nil && u.Scheme == "file" {
			a = filepath.FromSlash(u.Path)
		}
		abs, err := filepath.Abs(a)
		if err != nil {
			return nil, domain.E("quietline.pathsOf", domain.Invalid, "import.file_missing", domain.Args{"File": filepath.Base(a)}, err)
		}
		paths[i] = abs
	}
	return paths, nil
}

// pageOf is where files of a kind are taken.
func pageOf(k workspace.FileKind) kit.PageID {
	switch k {
	case workspace.FileOfContacts:
		return kit.PageFamily
	case workspace.FileOfComplaints:
		return kit.PageBatch
	case workspace.FileOfEvidence:
		return kit.PageComplaints
	case workspace.FileOfBackup:
		return kit.PageSettings
	case workspace.FileOfCalls:
	}
	return kit.PageCalls
}

// sorted are files by what they are, in the order in which the kinds came.
type sorted struct {
	kinds []workspace.FileKind
	files map[workspace.FileKind][]string
	// text: the first one is plain text, which is evidence where nothing else is
	// asked for.
	text bool
}

// openFiles finds out what the files are and opens what imports them.
func (d *desktop) openFiles(paths []string) { d.openWith(paths, d.openSorted, d.shell.Env().ShowError) }

// openDropped opens files that were dropped onto the window. What the page that is
// shown does with any file comes before what they are: numbers are checked, contacts
// read, evidence put to the complaint that is being written.
func (d *desktop) openDropped(paths []string) {
	here := d.shell.Route().Page
	takes := (here == kit.PageCheck || here == kit.PageFamily || here == kit.PageComplaints) && d.shell.Takes(here, paths)
	d.openWith(paths, func(s sorted) {
		kind := s.kinds[0]
		words := kind == workspace.FileOfCalls || kind == workspace.FileOfComplaints || s.text
		if takes && (words || here == kit.PageComplaints) {
			d.shell.Open(here, paths)
			return
		}
		d.openSorted(s)
	}, func(err error) {
		if takes && domain.KeyOf(err) == "app.file_unknown" {
			d.shell.Open(here, paths) // which says better what it could not read
			return
		}
		d.shell.Env().ShowError(err)
	})
}

func (d *desktop) openWith(paths []string, open func(sorted), failed func(error)) {
	e := d.shell.Env()
	if len(paths) == 0 {
		return
	}
	kit.Run(d.ctx, e.Jobs, func(ctx context.Context) (sorted, error) {
		s := sorted{files: map[workspace.FileKind][]string{}}
		for _, path := range paths {
			kind, err := d.space.SortFile(ctx, path)
			if err != nil {
				return s, err
			}
			if len(s.kinds) == 0 && kind == workspace.FileOfEvidence {
				media, err := evidence.MediaType(path)
				s.text = err == nil && media == domain.MediaText
			}
			if s.files[kind] == nil {
				s.kinds = append(s.kinds, kind)
			}
			s.files[kind] = append(s.files[kind], path)
		}
		return s, nil
	}, func(s sorted, err error) {
		if err != nil {
			failed(err)
			return
		}
		open(s)
	})
}

// openSorted opens the first kind; two imports at a time would lie over each other.
func (d *desktop) openSorted(s sorted) {
	e, kind := d.shell.Env(), s.kinds[0]
	files, page := s.files[kind], pageOf(kind)
	opened := func(ok bool) {
		switch {
		case !ok:
			e.Toast(e.T("app.open.busy"))
		case len(s.kinds) > 1:
			e.Toast(e.T("app.open.others"))
		}
	}
	if kind != workspace.FileOfEvidence || d.shell.Takes(page, files) {
		opened(d.shell.Open(page, files))
		return
	}
	if kit.Dialogs(e.Window.Canvas()) {
		opened(false)
		return
	}
	kit.Confirm(e, kit.ConfirmParams{
		Title: e.T("app.open.evidence"), Text: e.N("app.open.evidence.text", len(files)),
		Yes: e.T("app.open.evidence.yes"),
		OnYes: func() {
			e.Navigate(kit.RouteComplain(""))
			opened(d.shell.Takes(page, files) && d.shell.Open(page, files))
		},
	})
}
