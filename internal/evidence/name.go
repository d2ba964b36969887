package evidence

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// nameOf is under which name a file goes to an endpoint and is saved again: its
// own without the folder, with nothing in it that rules over the text around it
// or that a file system may read otherwise, of bounded length, and with an
// ending that says what it is. Other says that the name said it is something
// else.
func nameOf(path, mediaType string) (name string, other bool) {
	name = strings.ReplaceAll(filepath.Base(path), "\\", "/") // a name from another system
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, domain.Control(r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	known := endings(mediaType)
	stem, ending := name, filepath.Ext(name)
	switch fits := slices.Contains(known, strings.ToLower(ending)); {
	case fits:
		stem = strings.TrimSuffix(name, ending)
	case ending != "" && slices.ContainsFunc(domain.EvidenceTypes(), func(t string) bool {
		return slices.Contains(endings(t), strings.ToLower(ending))
	}):
		other, ending = true, known[0] // "photo.png" that is none becomes "photo.png.jpg"
	default:
		ending = known[0]
	}
	stem = strings.Trim(clip(strings.TrimSpace(stem), domain.MaxEvidenceName-len(ending)), " .")
	if stem == "" || reserved(stem) {
		stem = "evidence" + stem
	}
	return stem + ending, other
}

// clip cuts a text to at most so many bytes, between characters.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// reserved says whether Windows means a device by that name.
func reserved(stem string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	switch name {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(name) == 4 && (strings.HasPrefix(name, "COM") || strings.HasPrefix(name, "LPT")) && name[3] >= '0' && name[3] <= '9'
}
