package chart

import "math"

// Ways of cutting: how thick what is cut out is, and how far apart.
const (
	cutThin  = 1.25
	cutEvery = 7.0
	frame    = 2.0
)

// Holes are what the pattern of a rectangle cuts out of it, in the ink of the
// ground. A rectangle that is too small for its pattern has none.
func (r Rect) Holes() []Rect {
	switch r.Pattern {
	case Stripes:
		return r.across()
	case Posts:
		return r.along()
	case Hollow:
		if r.W < 3*frame || r.H < 3*frame {
			return nil
		}
		return []Rect{{X: r.X + frame, Y: r.Y + frame, W: r.W - 2*frame, H: r.H - 2*frame}}
	case Dots:
		return r.dots()
	case Weave:
		return append(r.across(), r.along()...)
	case Solid:
	}
	return nil
}

// across are lines from left to right. They are counted from the ground of the
// chart, not from the rectangle, so that neighbours look alike.
func (r Rect) across() (out []Rect) {
	for y := math.Ceil(r.Y/cutEvery) * cutEvery; y+cutThin < r.Y+r.H; y += cutEvery {
		if y > r.Y+frame && y+cutThin < r.Y+r.H-frame {
			out = append(out, Rect{X: r.X, Y: y, W: r.W, H: cutThin})
		}
	}
	return out
}

// along are lines from top to bottom.
func (r Rect) along() (out []Rect) {
	const apart = 9
	n := int(r.W / apart)
	if n == 0 && r.W > 3*frame {
		n = 1
	}
	for i := 1; i <= n; i++ {
		x := r.X + r.W*float64(i)/float64(n+1) - cutThin/2
		out = append(out, Rect{X: x, Y: r.Y, W: cutThin, H: r.H})
	}
	return out
}

// dots are small squares in rows.
func (r Rect) dots() (out []Rect) {
	const side = 2.5
	n := max(1, int(r.W/cutEvery))
	for y := math.Ceil(r.Y/cutEvery) * cutEvery; y+side < r.Y+r.H-1; y += cutEvery {
		if y <= r.Y+frame {
			continue
		}
		for i := range n {
			x := r.X + r.W*(float64(i)+0.5)/float64(n) - side/2
			if r.W > 2*side {
				out = append(out, Rect{X: x, Y: y, W: side, H: side})
			}
		}
	}
	return out
}
