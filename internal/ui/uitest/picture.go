package uitest

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
)

// GoldenImage compares the window as it is painted with
// testdata/NAME.THEME.png: what markup does not tell, as shapes, outlines and
// patterns. With UPDATE_GOLDEN=1 in the environment it writes the file instead.
// Where it differs, the picture goes to UITEST_PICTURES, if that is set.
func (h *Harness) GoldenImage(name string) {
	h.T.Helper()
	h.Layout()
	name += "." + string(h.Options.Theme)
	path := filepath.Join("testdata", name+".png")
	got := h.Image()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		var buf bytes.Buffer
		enc := png.Encoder{CompressionLevel: png.BestCompression}
		if err := enc.Encode(&buf, points(got)); err != nil {
			h.T.Fatal(err)
		}
		if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
			h.T.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		h.T.Fatalf("%v (UPDATE_GOLDEN=1 writes it)", err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		h.T.Fatalf("%s: %v", path, err)
	}
	if problem := unlike(got, want); problem != "" {
		h.Draw(name)
		h.T.Errorf("%s: %s (UPDATE_GOLDEN=1 writes it; look at the change)", path, problem)
	}
}

// Processors round differently, so a colour may be off by a little, and at the
// edges of letters a few points by more.
const (
	colourSlack = 12
	pointsSlack = 2000 // one of so many
)

// unlike says in what two pictures differ, or nothing.
func unlike(got, want image.Image) string {
	if got.Bounds().Size() != want.Bounds().Size() {
		return fmt.Sprintf("is %v, want %v", got.Bounds().Size(), want.Bounds().Size())
	}
	a, b := points(got), points(want)
	var others int
	var where image.Rectangle
	for i := 0; i < len(a.Pix); i += 4 {
		for c := range 4 {
			if d := int(a.Pix[i+c]) - int(b.Pix[i+c]); d > colourSlack || d < -colourSlack {
				others++
				x, y := i%a.Stride/4, i/a.Stride
				where = where.Union(image.Rect(x, y, x+1, y+1))
				break
			}
		}
	}
	if all := len(a.Pix) / 4; others > all/pointsSlack {
		return fmt.Sprintf("%d of %d points differ, within %v", others, all, where)
	}
	return ""
}

func points(i image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: i.Bounds().Size()})
	draw.Draw(out, out.Bounds(), i, i.Bounds().Min, draw.Src)
	return out
}
