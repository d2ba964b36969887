package main

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/review"
)

// reviewAfter is how long changes are collected before the alerts are brought
// up to date: the outbox may store many times a second.
const reviewAfter = 2 * time.Second

// newReview makes what keeps the alerts up to date until the window goes.
func (d *desktop) newReview(e *kit.Env, app fyne.App) *review.Model {
	soon := kit.NewThrottle(e.Jobs, reviewAfter)
	return review.New(review.Params{
		Lookout:  d.space.Lookout,
		Run:      kit.Runner(e.Jobs, func() context.Context { return d.ctx }),
		Soon:     func(f func()) { soon.Call(d.ctx, f) },
		Wanted:   func() bool { return d.shell.Settings().Notify == settings.On && !d.shell.Going() },
		Tell:     func(c lookout.Counts) { d.notify(e, app, review.Sentence(e.Printer, c)) },
		Reviewed: func() { e.Announce("alerts") },
		Failed:   func(err error) { d.log.Warn("alerts not reviewed", "cause", domain.Nameless(err)) },
	})
}

// notify shows a sentence on the desktop. The toolkit asks the system for it and
// waits for the answer, so this is done elsewhere. Where there is no service for
// it the toolkit says so in the log.
func (d *desktop) notify(e *kit.Env, app fyne.App, sentence string) {
	note := fyne.NewNotification(e.T("app.name"), sentence)
	kit.Do(d.ctx, e.Jobs, func(context.Context) error {
		app.SendNotification(note)
		return nil
	}, nil)
}
