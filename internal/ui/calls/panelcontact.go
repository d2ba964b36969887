package calls

import (
	"context"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// contactNote says in the panel whether the number is a contact. What cannot
// be anybody's number has none.
type contactNote struct {
	part kit.Part        // nil for none
	ctx  context.Context //nolint:containedctx // the visit in which it was entered
}

// contactObject makes the note of the open call.
func (v *panelView) contactObject() fyne.CanvasObject {
	c := v.panel.Call
	if v.p.p.Contact == nil || c.Number == "" || v.panel.Check.Verdict == domain.VerdictInvalid {
		nothing := kit.Stack(0)
		nothing.Hide()
		return nothing
	}
	v.contact.part = v.p.p.Contact(c)
	return v.contact.part.Content()
}

// enterContact asks about the number, once a visit.
func (v *panelView) enterContact() {
	if v.contact.part != nil && v.p.ctx != nil && v.contact.ctx != v.p.ctx {
		v.contact.ctx = v.p.ctx
		v.contact.part.Enter(v.p.ctx)
	}
}

// changed hears that stored things changed.
func (v *panelView) changed(topic string) {
	if v.contact.part != nil {
		v.contact.part.Changed(topic)
	}
}
