// Package assets carries the data files that both programs need at run time:
// the registry of service numbers, the table of advice, sample call logs, the
// description of the intake API and the icon. Fonts are in a package of their
// own (quietline/assets/fonts), which only what draws or writes a PDF carries.
//
// Where each file comes from, its licence and its limits stand in the README.md
// of its folder.
package assets

import (
	"bytes"
	"embed"
	"io/fs"
)

//go:embed registry
var registryFiles embed.FS

//go:embed advice/advice.csv
var adviceTable []byte

//go:embed samples
var sampleFiles embed.FS

//go:embed all:openapi
var openAPIFiles embed.FS

//go:embed icons/quietline.png
var icon string

// Registry gives the folder of the registry: registry-95-96.csv,
// registry-notes.csv, provinces.csv, area-codes.csv, mobile-segments.csv and
// version.json, all at its root, all UTF-8 with one header line.
func Registry() fs.FS { return sub(registryFiles, "registry") }

// Advice gives the table of advice, UTF-8 with one header line. The slice is the
// caller's own.
func Advice() []byte { return bytes.Clone(adviceTable) }

// Samples gives the folder of sample call logs; every number in them is
// invented or a public service line.
func Samples() fs.FS { return sub(sampleFiles, "samples") }

// OpenAPI gives the folder with the OpenAPI description of the complaint intake
// API.
func OpenAPI() fs.FS { return sub(openAPIFiles, "openapi") }

// Icon gives the program's icon, a PNG of 512 by 512 pixels. The slice is the
// caller's own.
func Icon() []byte { return []byte(icon) }

// sub cuts off the folder's name. It cannot fail for a folder that is embedded
// above: fs.Sub refuses malformed paths only.
func sub(files embed.FS, folder string) fs.FS {
	inside, err := fs.Sub(files, folder)
	if err != nil {
		panic("assets: " + err.Error())
	}
	return inside
}
