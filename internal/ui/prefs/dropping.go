package prefs

import (
	"path/filepath"
	"slices"

	"quietline/internal/ui/kit"
)

var _ kit.Picker = (*Page)(nil)

// Takes says yes to backups, by their names.
func (p *Page) Takes(paths []string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool {
		ending := filepath.Ext(path)
		return ending != ".tar" && ending != ".age"
	})
}

// Drop goes on with the first backup as if it had been chosen.
func (p *Page) Drop(paths []string) {
	if r, ok := p.keeping.(interface{ Restore(path string) }); ok {
		r.Restore(paths[0])
	}
}
