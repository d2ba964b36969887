package uitest

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// TestUnlike paints one rectangle over a white picture.
func TestUnlike(t *testing.T) {
	paint := func(size int, over image.Rectangle, c color.Color) image.Image {
		out := image.NewNRGBA(image.Rect(0, 0, size, size))
		draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(out, over, image.NewUniform(c), image.Point{}, draw.Src)
		return out
	}
	white := paint(200, image.Rectangle{}, nil)
	dark, pale := color.NRGBA{A: 0xff}, color.NRGBA{R: 0xf5, G: 0xff, B: 0xff, A: 0xff}
	for name, tc := range map[string]struct {
		got  image.Image
		like bool
	}{
		"the same":       {paint(200, image.Rectangle{}, nil), true},
		"a shade":        {paint(200, image.Rect(0, 0, 200, 200), pale), true},
		"a few points":   {paint(200, image.Rect(10, 10, 14, 15), dark), true},
		"a small shape":  {paint(200, image.Rect(10, 10, 17, 13), dark), false},
		"another colour": {paint(200, image.Rect(0, 0, 200, 200), dark), false},
		"another size":   {paint(201, image.Rectangle{}, nil), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := unlike(tc.got, white); (got == "") != tc.like {
				t.Errorf("%q", got)
			}
		})
	}
}
