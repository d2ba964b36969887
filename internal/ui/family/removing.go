package family

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Removal is somebody who was removed, or whose removal has to be asked about.
type Removal struct {
	Person domain.Person
	journal.Removed
	// Kept: the calls stayed.
	Kept bool
	// Ask: nothing was done yet, because it could not be undone.
	Ask bool
	// Undone: everything is back.
	Undone bool
}

// Remove removes a person with all that is kept of them, as long as that can be
// undone; otherwise it counts what would go.
func (m *Model) Remove(ctx context.Context, who domain.Person) (r Removal, err error) {
	r.Person = who
	if r.Extent, err = m.p.People.Extent(ctx, who.Name); err != nil || !r.Undoable() {
		r.Ask = err == nil
		return r, err
	}
	return m.RemoveSurely(ctx, who, false)
}

// RemoveSurely removes a person and, unless told to keep them, the calls.
func (m *Model) RemoveSurely(ctx context.Context, who domain.Person, keep bool) (r Removal, err error) {
	r.Person, r.Kept = who, keep
	r.Removed, err = m.p.People.Remove(ctx, who.Name, keep)
	return r, err
}

// Undo puts back who was removed.
func (r Removal) undo(ctx context.Context) (Removal, error) {
	if err := r.Undo(ctx); err != nil {
		return r, err
	}
	return Removal{Person: r.Person, Undone: true}, nil
}

// keep puts back who was removed, but for the person.
func (m *Model) keep(ctx context.Context, r Removal) (Removal, error) {
	back, err := r.undo(ctx)
	if err != nil {
		return r, err
	}
	kept, err := m.RemoveSurely(ctx, r.Person, true)
	if err != nil {
		return back, err
	}
	return kept, nil
}

// remove removes without a question what can be brought back.
func (p *Page) remove(person domain.Person) {
	p.change("family.removing", person, func(ctx context.Context) (Removal, error) { return p.m.Remove(ctx, person) })
}

// change does something about who is there, wherever the user goes meanwhile; one
// thing at a time, for who presses twice means once. The message says so long what:
// while the log is being judged, its turn may be some time away.
func (p *Page) change(message string, who domain.Person, do func(ctx context.Context) (Removal, error)) {
	e := p.env
	if p.changing != "" {
		return
	}
	p.changing, p.whom = message, who.Name
	p.fill()
	kit.Run(e.Jobs.Base(), e.Jobs, do, func(r Removal, err error) {
		p.changing = ""
		switch {
		case err != nil:
			e.ShowError(err)
			if !r.Undone { // all is as it was
				p.fill()
				return
			}
		case r.Ask:
			p.fill()
			p.askRemove(r)
			return
		}
		p.m.Removal = &r
		p.fill()
		e.Announce(topic)
	})
}

// extent counts what is kept of somebody.
func (p *Page) extent(key string, r Removal) string {
	n := p.env.Printer.Number
	return p.env.T(key, map[string]any{
		"Name": r.Person.Name, "Calls": n(r.Calls), "Contacts": n(r.Contacts), "Alerts": n(r.Alerts), "Folders": n(r.Folders),
	})
}

// askRemove asks what is to become of a log that is too large to be brought back.
// Both ways remove somebody, so the focus is on the way back.
func (p *Page) askRemove(r Removal) {
	e := p.env
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		remove := func(keep bool) func() {
			return func() {
				d.Close()
				p.change("family.removing", r.Person, func(ctx context.Context) (Removal, error) { return p.m.RemoveSurely(ctx, r.Person, keep) })
			}
		}
		cancel := kit.NewButton(e.T("kit.cancel"), nil, d.Close)
		return kit.DialogParams{
			Title: e.T("family.remove.title", map[string]any{"Name": r.Person.Name}),
			Body: kit.Stack(1, kit.Body(p.extent("family.remove.extent", r)),
				kit.Body(e.T("family.remove.text")), kit.Body(e.T("family.remove.keep.text"))),
			Focus: cancel,
			Buttons: []fyne.CanvasObject{
				cancel,
				kit.NewDanger(e.T("family.remove.all"), nil, remove(false)),
				kit.NewButton(e.T("family.remove.keep"), nil, remove(true)),
			},
		}
	})
}

// removal says above the people what was done, with the ways back. It stays until
// the user has done with it; Escape is pressed too easily to end a way back.
func (p *Page) removal() fyne.CanvasObject {
	e, r := p.env, *p.m.Removal
	away := kit.NewQuiet(e.T("kit.close"), theme.ContentClearIcon(), func() {
		p.m.Removal = nil
		p.fill()
	})
	name := map[string]any{"Name": r.Person.Name}
	switch {
	case r.Undone:
		return kit.Strip(look.Done, e.T("family.restored", name), away)
	case r.Undo == nil:
		return kit.Strip(look.Done, p.extent("family.removed", r), away)
	}
	undo := kit.NewButton(e.T("family.undo"), theme.ContentUndoIcon(), func() {
		p.change("family.restoring", r.Person, r.undo)
	}).On(kit.CommandUndo)
	if r.Kept {
		return kit.Strip(look.Done, e.T("family.removed.kept", name), away, undo)
	}
	text := p.extent("family.removed", r)
	if r.Extent == (journal.Extent{}) {
		return kit.Strip(look.Done, e.T("family.removed.nothing", name), away, undo)
	}
	if r.Calls == 0 {
		return kit.Strip(look.Done, text, away, undo)
	}
	return kit.Strip(look.Done, text, away, undo, kit.NewButton(e.T("family.keep"), nil, func() {
		p.change("family.restoring", r.Person, func(ctx context.Context) (Removal, error) { return p.m.keep(ctx, r) })
	}))
}
