package prefs

import (
	"context"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
)

// pick is something that the user chose.
type pick struct {
	change func(*settings.All)
	then   func() // once it is in force; nil for nothing
}

// pick stores and applies what the user chose, one choice after the other: each is
// a change of what is in force then.
func (p *Page) pick(change func(*settings.All), then func()) {
	p.picks = append(p.picks, pick{change, then})
	if len(p.picks) == 1 {
		p.storePick()
	}
}

func (p *Page) storePick() {
	first, now, next := p.picks[0], p.m.Now, p.m.Now
	first.change(&next)
	kit.Do(p.env.Jobs.Base(), p.env.Jobs, func(ctx context.Context) error { return p.m.Choose(ctx, now, next) }, func(err error) {
		p.picks = p.picks[1:]
		switch {
		case err != nil:
			p.env.ShowError(err)
		default:
			p.m.Chosen(next)
			if first.then != nil {
				first.then()
			}
		}
		if len(p.picks) > 0 {
			p.storePick()
		}
	})
}
