package kit

import "slices"

// Typed says whether an open dialog holds something typed that is not stored.
func (e *Env) Typed() bool { return slices.ContainsFunc(e.dialogs, (*Dialog).holdsTyped) }

// UnlessUnsaved goes on, but asks first where that would throw away what was
// typed. It gives the question, nil where there is none.
func UnlessUnsaved(e *Env, unsaved bool, goOn func()) *Dialog {
	if !unsaved {
		goOn()
		return nil
	}
	return Confirm(e, ConfirmParams{
		Title: e.T("kit.discard"), Text: e.T("kit.discard.text"),
		Yes: e.T("kit.discard.yes"), No: e.T("kit.discard.no"),
		Danger: true, OnYes: goOn,
	})
}
