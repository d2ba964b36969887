package main

import (
	"quietline/internal/domain"
	"quietline/internal/folders"
)

// watch imports what comes into the watched folders until the window goes.
func (d *desktop) watch() {
	err := d.space.Folders.Run(d.ctx, folders.RunOptions{
		Settle: folders.DefaultSettle,
		OnPass: func(p folders.Pass) { d.dispatch(func() { d.tellWatched(p) }) },
	})
	if err != nil && d.ctx.Err() == nil {
		d.log.Error("watching folders ended", "cause", domain.Nameless(err))
	}
}

// tellWatched has the pages read again what a look through the folders changed,
// and says it once, in counts only: the user may not be alone at the screen.
func (d *desktop) tellWatched(p folders.Pass) {
	if d.ctx.Err() != nil || d.shell.Going() {
		return
	}
	e := d.shell.Env()
	if p.Calls > 0 {
		e.Announce("calls")
	}
	e.Announce("folders")
	switch {
	case p.Failed > 0:
		e.Toast(e.N("family.folders.toast.failed", p.Failed, map[string]any{"Calls": p.Calls}))
	case p.Calls > 0:
		e.Toast(e.N("family.folders.toast.calls", p.Calls, nil))
	case p.Troubled > 0:
		e.Toast(e.T("family.folders.toast.trouble"))
	}
}
