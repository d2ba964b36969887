package insight

import (
	"time"

	"quietline/internal/domain"
)

// flood finds many calls of strangers within an hour, from whatever numbers:
// what programs do that are rented to wear somebody down.
type flood struct {
	s      Settings
	window window
	draft  *draft
}

func newFlood(s Settings, p period) *flood {
	length := int64(s.FloodMinutes) * int64(time.Minute/time.Millisecond)
	return &flood{s: s, window: window{length: length, end: p.end}, draft: newDraft(KindFlood, p, "")}
}

func (f *flood) see(c *Call) {
	if !c.Stranger() || c.At >= f.window.end && len(f.window.calls) == 0 {
		return
	}
	if f.window.push(c) && len(f.window.calls) >= f.s.FloodCalls {
		f.window.into(f.draft)
	}
}

func (f *flood) found() []Alert {
	if f.draft.Calls == 0 {
		return nil
	}
	const far = 3 // times the threshold
	severity := domain.SeverityCaution
	if f.draft.Calls >= far*f.s.FloodCalls {
		severity = domain.SeverityDanger
	}
	f.draft.Facts.Minutes = f.s.FloodMinutes
	return []Alert{f.draft.finished(severity, "flood")}
}
