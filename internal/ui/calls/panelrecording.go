package calls

import (
	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/wording"
)

// showRecording says until when the operator has to keep the recording, while
// that lasts: of an old call it would say nothing that helps.
func (v *panelView) showRecording() {
	c := v.panel.Call
	r, ok := wording.KeptUntil(c.Family, []domain.CallRef{{StartedAt: c.StartedAt, Direction: c.Direction}}, v.env.Clock.Now())
	if ok && !r.Over() {
		v.facts.Add(kit.Caption(r.Sentence(v.env.Printer)))
	}
}
