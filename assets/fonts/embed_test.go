package fonts_test

import (
	"encoding/binary"
	"io/fs"
	"os"
	"testing"

	"quietline/assets"
	"quietline/assets/fonts"
)

var weights = map[string]struct {
	data   []byte
	weight uint16
}{
	"Regular": {fonts.Regular(), 400},
	"Bold":    {fonts.Bold(), 700},
}

// PDF writers refuse CFF outlines, and a "bold" file with the regular weight is
// how Chinese captions end up thin.
func TestOutlinesAndWeight(t *testing.T) {
	for name, font := range weights {
		t.Run(name, func(t *testing.T) {
			tables := tablesOf(t, font.data)
			if _, ok := tables["glyf"]; !ok {
				t.Error("no TrueType outlines")
			}
			// usWeightClass is the third 16-bit field of OS/2.
			if got := binary.BigEndian.Uint16(tables["OS/2"][4:]); got != font.weight {
				t.Errorf("weight %d, want %d", got, font.weight)
			}
		})
	}
}

// Every character that the programs can show from their own files must be drawn
// by the bundled fonts.
func TestEveryCharacterOfOurTextsHasAGlyph(t *testing.T) {
	texts := map[string]string{
		"names outside GB 2312": "镕喆堃",
		"interface":             "，。：；“”‘’（）《》【】、？！…—·•✓×→←↑↓▲▼○●★￥¥€℃№①②③０１９ＡＺ",
	}
	for _, name := range []string{"registry-95-96.csv", "registry-notes.csv", "provinces.csv", "area-codes.csv", "mobile-segments.csv"} {
		data, err := fs.ReadFile(assets.Registry(), name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	catalogs, err := fs.Glob(os.DirFS("../../i18n"), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range catalogs {
		data, err := fs.ReadFile(os.DirFS("../../i18n"), name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	for weight, font := range weights {
		have := charactersOf(t, tablesOf(t, font.data)["cmap"])
		for name, text := range texts {
			for _, r := range text {
				if r != '\n' && r != '\r' && r != '\t' && !have[r] {
					t.Errorf("%s has no glyph for %q (U+%04X) of %s", weight, r, r, name)
					have[r] = true // say it once
				}
			}
		}
	}
}

// tablesOf reads the table directory of an sfnt file.
func tablesOf(t *testing.T, font []byte) map[string][]byte {
	t.Helper()
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		entry := font[12+16*i:]
		offset, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		tables[string(entry[:4])] = font[offset : offset+length]
	}
	return tables
}

// charactersOf reads the segmented coverage (format 12) of a cmap table.
func charactersOf(t *testing.T, cmap []byte) map[rune]bool {
	t.Helper()
	found := map[rune]bool{}
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		part := cmap[binary.BigEndian.Uint32(cmap[4+8*i+4:]):]
		if binary.BigEndian.Uint16(part) != 12 {
			continue
		}
		for group := range int(binary.BigEndian.Uint32(part[12:])) {
			entry := part[16+12*group:]
			first, last := binary.BigEndian.Uint32(entry), binary.BigEndian.Uint32(entry[4:])
			for r := first; r <= last; r++ {
				found[rune(r)] = true
			}
		}
	}
	if len(found) == 0 {
		t.Fatal("no format 12 character map")
	}
	return found
}
