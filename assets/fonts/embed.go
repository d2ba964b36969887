// Package fonts carries the bundled Chinese fonts, Noto Sans SC in two weights.
// They add 5.8 MB to a binary, half each, so only what draws or writes a PDF
// imports them.
package fonts

import _ "embed" // for the directives below

//go:embed NotoSansSC-Regular.ttf
var regular []byte

//go:embed NotoSansSC-Bold.ttf
var bold []byte

// Regular gives the normal weight (400) as a TrueType file. The slice is shared:
// callers must not write to it.
func Regular() []byte { return regular }

// Bold gives the bold weight (700) as a TrueType file. The slice is shared:
// callers must not write to it.
func Bold() []byte { return bold }
