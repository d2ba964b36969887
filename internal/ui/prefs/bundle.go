package prefs

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
)

// Bundle writes the diagnostics into a zip file that may be shown to anybody, in
// place of one that is there.
type Bundle func(ctx context.Context, path string) error

// SaveBundle asks where the diagnostics go and writes them there.
func SaveBundle(e *kit.Env, write Bundle) {
	kit.SaveFile(e, e.T("prefs.bundle.title"), "quietline-diagnostics.zip", []string{".zip"}, func(path string) {
		e.Try(e.Jobs.Base(), func(ctx context.Context) error { return write(ctx, path) }, func() {
			e.Toast(e.T("prefs.bundle.done", l10n.Args{"File": filepath.Base(path)}))
		})
	})
}

func (p *Page) bundle() fyne.CanvasObject {
	return kit.NewButton(p.env.T("prefs.bundle"), theme.DocumentSaveIcon(), func() { SaveBundle(p.env, p.m.p.Bundle) })
}
