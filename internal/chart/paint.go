package chart

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// Palette gives every ink its colour.
type Palette [inks]color.NRGBA

// Paper is the palette of pictures and PDFs: dark on white, as printed.
func Paper() Palette {
	return Palette{
		Ground: rgb(0xffffff), Text: rgb(0x16262a), Secondary: rgb(0x4a5b5f), Line: rgb(0xdbe4e4),
		Main: rgb(0x0f5c66), Empty: rgb(0xe9f0f0),
		Series1: rgb(0x0f5c66), Series2: rgb(0xb85c00), Series3: rgb(0x3567b0), Series4: rgb(0x9a3f86),
		Series5: rgb(0x4f7d1f), Series6: rgb(0x65747a),
	}.Shaded()
}

// Shaded fills in the shades of Main.
func (p Palette) Shaded() Palette {
	for i, part := range []float64{0.62, 0.75, 0.87, 1} {
		p[Shade1+Ink(i)] = mix(p[Ground], p[Main], part)
	}
	return p
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func mix(a, b color.NRGBA, part float64) color.NRGBA {
	of := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-part) + float64(y)*part)) }
	return color.NRGBA{R: of(a.R, b.R), G: of(a.G, b.G), B: of(a.B, b.B), A: 0xff}
}

// Paint paints the rectangles of a figure, so many pixels to a unit. Edges fall
// between pixels, so that they are sharp. Labels are the business of who has a
// font.
func (f Figure) Paint(on draw.Image, scale float64, p Palette) {
	for _, r := range f.Rects {
		fill(on, r, scale, p[r.Ink])
		for _, hole := range r.Holes() {
			fill(on, hole, scale, p[Ground])
		}
	}
}

func fill(on draw.Image, r Rect, scale float64, c color.NRGBA) {
	at := func(v float64) int { return int(math.Round(v * scale)) }
	box := image.Rect(at(r.X), at(r.Y), at(r.X+r.W), at(r.Y+r.H))
	// What is there is seen, be it thinner than a pixel.
	box.Max.X, box.Max.Y = max(box.Max.X, box.Min.X+1), max(box.Max.Y, box.Min.Y+1)
	radius := min(r.Radius*scale, float64(min(box.Dx(), box.Dy()))/2)
	if radius < 1 {
		draw.Draw(on, box, image.NewUniform(c), image.Point{}, draw.Over)
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	round(z, float32(box.Dx()), float32(box.Dy()), float32(radius))
	z.Draw(on, box, image.NewUniform(c), image.Point{})
}

// round draws the outline of a box with round corners.
func round(z *vector.Rasterizer, w, h, r float32) {
	const k = 0.44772 // of a Bézier curve that is a quarter of a circle
	z.MoveTo(r, 0)
	z.LineTo(w-r, 0)
	z.CubeTo(w-r*k, 0, w, r*k, w, r)
	z.LineTo(w, h-r)
	z.CubeTo(w, h-r*k, w-r*k, h, w-r, h)
	z.LineTo(r, h)
	z.CubeTo(r*k, h, 0, h-r*k, 0, h-r)
	z.LineTo(0, r)
	z.CubeTo(0, r*k, r*k, 0, r, 0)
	z.ClosePath()
}
