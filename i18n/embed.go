// Package i18n holds every sentence that a user can read, one catalogue a
// language, and our own copy of the sentences built into the GUI toolkit.
package i18n

import "embed"

//go:embed *.json
var files embed.FS

// Files gives the catalogues.
func Files() embed.FS { return files }
