package stats

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// BenchmarkView builds all charts of a month and lays them out, as a switch to
// the page does.
func BenchmarkView(b *testing.B) {
	h := uitest.New(b, uitest.Options{Language: l10n.Chinese, Size: fyne.NewSize(1000, 3600)})
	c := &counter{stats: sample(), funnel: course()}
	part := New(Params{Env: h.Env, Lookout: c, Filing: c, People: people{}, Files: c})
	for b.Loop() {
		h.Window.SetContent(kit.Pad(2, 2, part.Content()))
		part.Enter(b.Context())
		part.Leave()
	}
}
