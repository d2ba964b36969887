package main

import (
	"context"
	"sync"

	"quietline/internal/domain"
	"quietline/internal/folders"
)

// watch imports what comes into the watched folders until the window goes, but
// for the time of a pause.
func (d *desktop) watch() {
	for {
		ctx, stop := d.watching.wait(d.ctx)
		if ctx == nil {
			return
		}
		err := d.space.Folders.Run(ctx, folders.RunOptions{
			Settle: folders.DefaultSettle,
			OnPass: func(p folders.Pass) { d.dispatch(func() { d.tellWatched(p) }) },
		})
		over := ctx.Err() == nil
		stop()
		if over {
			if err != nil {
				d.log.Error("watching folders ended", "cause", domain.Nameless(err))
			}
			return
		}
	}
}

// gate lets work go on while it is open; it begins open.
type gate struct {
	mu     sync.Mutex
	closed bool
	// changed is closed at the next change, nil while nobody waits for one.
	changed chan struct{}
}

// set opens or closes the gate.
func (g *gate) set(open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed == !open {
		return
	}
	g.closed = !open
	if g.changed != nil {
		close(g.changed)
		g.changed = nil
	}
}

func (g *gate) look() (open bool, changed <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.changed == nil {
		g.changed = make(chan struct{})
	}
	return !g.closed, g.changed
}

// wait waits until the gate is open, and gives a context that ends with ctx or
// when the gate closes; a nil one where ctx has ended.
func (g *gate) wait(ctx context.Context) (context.Context, context.CancelFunc) {
	for {
		open, changed := g.look()
		if ctx.Err() != nil {
			return nil, nil
		}
		if !open {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		inner, stop := context.WithCancel(ctx)
		go func() {
			select {
			case <-changed:
				stop()
			case <-inner.Done():
			}
		}()
		return inner, stop
	}
}

// tellWatched has the pages read again what a look through the folders changed,
// and says it once, in counts only: the user may not be alone at the screen.
func (d *desktop) tellWatched(p folders.Pass) {
	if d.ctx.Err() != nil || d.shell.Going() {
		return
	}
	e := d.shell.Env()
	if p.Calls > 0 || p.Files > 0 { // one without new calls may tell more of others
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
