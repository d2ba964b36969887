package uitest

import "quietline/internal/ui/kit"

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
