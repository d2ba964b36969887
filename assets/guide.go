package assets

import (
	"embed"
	"io/fs"
)

//go:embed guide/*/*.png
var guidePictures embed.FS

// GuidePictures gives the pictures of the guide: a folder for each language, in
// it the same names.
func GuidePictures() fs.FS { return sub(guidePictures, "guide") }
