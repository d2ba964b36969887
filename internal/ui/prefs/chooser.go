package prefs

import (
	"context"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// Settings keeps how the program looks and speaks; it is Model.
type Settings interface {
	InForce() settings.All
	// Choose stores what differs from the settings in force.
	Choose(ctx context.Context, now, next settings.All) error
	// Chosen puts them in force; the page is built anew by it.
	Chosen(next settings.All)
}

// Chooser stores and applies what the user chooses, one thing after the other: each
// is a change of what is in force then. It belongs to the widgets' goroutine.
type Chooser struct {
	env     *kit.Env
	s       Settings
	waiting []choice // the first is being stored
}

type choice struct {
	change func(*settings.All)
	then   func()
}

// NewChooser makes a Chooser.
func NewChooser(e *kit.Env, s Settings) *Chooser { return &Chooser{env: e, s: s} }

// Choose makes a change; then, which may be nil, is called once it is in force.
func (c *Chooser) Choose(change func(*settings.All), then func()) {
	c.waiting = append(c.waiting, choice{change, then})
	if len(c.waiting) == 1 {
		c.store()
	}
}

func (c *Chooser) store() {
	first, now := c.waiting[0], c.s.InForce()
	next := now
	first.change(&next)
	kit.Do(c.env.Jobs.Base(), c.env.Jobs, func(ctx context.Context) error { return c.s.Choose(ctx, now, next) }, func(err error) {
		c.waiting = c.waiting[1:]
		if err != nil {
			c.env.ShowError(err)
		} else {
			c.s.Chosen(next)
			if first.then != nil {
				first.then()
			}
		}
		if len(c.waiting) > 0 {
			c.store()
		}
	})
}
