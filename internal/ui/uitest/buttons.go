package uitest

import (
	"fyne.io/fyne/v2"

	"quietline/internal/ui/kit"
)

// Buttons finds every visible button with the words of the message key.
func (h *Harness) Buttons(key string) []*kit.Button {
	var out []*kit.Button
	for _, b := range All[*kit.Button](h) {
		if b.Text == h.Env.T(key) {
			out = append(out, b)
		}
	}
	return out
}

// Ask puts the question that a page has before the window closes.
func (h *Harness) Ask(working func() (kit.ConfirmParams, bool)) {
	question, _ := working()
	kit.Confirm(h.Env, question)
	h.Layout()
}

// Unreached names the visible buttons, boxes and fields that Tab never comes
// to in so many steps.
func (h *Harness) Unreached(steps int) []string {
	reached := map[fyne.Focusable]bool{}
	for range steps {
		if f := h.Tab(); f != nil {
			reached[f] = true
		}
	}
	var out []string
	for _, b := range All[*kit.Button](h) {
		if !reached[b] && !b.Disabled() {
			out = append(out, b.Text)
		}
	}
	for _, c := range All[*kit.Check](h) {
		if !reached[c] {
			out = append(out, c.Text)
		}
	}
	for _, e := range All[*kit.Entry](h) {
		if !reached[e] {
			out = append(out, e.PlaceHolder)
		}
	}
	return out
}
