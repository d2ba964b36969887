package main

import (
	"context"

	"quietline/internal/workspace"
)

// sayWaiting tells a reader of text what does not go on by itself, and what to
// do about it.
func (c *cli) sayWaiting(ctx context.Context, w *workspace.Workspace) error {
	if c.json {
		return nil
	}
	waiting, err := w.Filing.CountWaiting(ctx)
	if err != nil {
		return err
	}
	if waiting.Stuck > 0 {
		c.say(c.N("cli.complaints.stuck_count", waiting.Stuck))
	}
	for _, s := range waiting.Stopped {
		c.say(c.N("cli.complaints.stopped", s.Count, map[string]any{"Channel": plain(s.Channel.Name)}))
	}
	return nil
}
