package report

import (
	"image"
	"image/draw"
	"image/png"
	"io"
	"path/filepath"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"quietline/assets/fonts"
	"quietline/internal/chart"
	"quietline/internal/domain"
)

// Picture is a chart with the words around it, as it is printed or sent.
type Picture struct {
	// Language is the BCP 47 tag of the words.
	Language string
	Title    string
	// Lines stand between title and chart.
	Lines  []string
	Footer string
	Chart  chart.Chart
}

// The sheet of a picture in points: A4, and upright for a chart that is too high
// for it to lie.
const (
	sheetLong   = 842.0
	sheetShort  = 595.0
	sheetMargin = 36.0
	sheetTitle  = 24.0
	sheetBody   = 14.0
	sheetSmall  = 12.0
	sheetGap    = 8.0
	// leading and ascent are the bundled font's, for a size of 1.
	sheetLeading = 1.448
	sheetAscent  = 1.16
	// pixels is how many of them a point has in a PNG.
	pixels = 2.0
)

// CreatePicture writes the picture to the file, by its ending as PNG or as PDF of
// one page. The file is 0600 and appears when it is whole. It fails with Conflict
// "report.exists" where a file is there that is not to be replaced, with Invalid
// "report.picture_ending" for another ending and with Unavailable "report.failed"
// (Args: File).
func CreatePicture(path string, replace bool, p Picture, at time.Time) error {
	const op = "report.CreatePicture"
	write := WritePicturePDF
	switch strings.ToLower(filepath.Ext(path)) {
	case ".png":
		write = func(w io.Writer, p Picture, _ time.Time) error { return WritePNG(w, p) }
	case ".pdf":
	default:
		return domain.E(op, domain.Invalid, "report.picture_ending", domain.Args{"File": path}, nil)
	}
	return whole(op, path, replace, func(w io.Writer) error { return write(w, p, at) })
}

// sheet is a picture that was laid out: its figure has the margins around it.
type sheet struct {
	chart.Figure
	upright bool
}

// lay draws title, lines, chart and footer as one figure. It is the only place
// that says where they stand.
func (p Picture) lay(font *trueType) sheet {
	s := p.at(sheetLong, font)
	if s.H > sheetShort {
		s = p.at(sheetShort, font)
		s.upright = true
	}
	return s
}

func (p Picture) at(width float64, font *trueType) sheet {
	style := chart.Style{
		Width: width - 2*sheetMargin, Body: sheetBody, Small: sheetSmall, Gap: sheetGap, Leading: sheetLeading,
		Measure: func(text string, size float64, _ bool) float64 { return font.measure(text) * size },
	}
	s := sheet{Figure: chart.Figure{W: width}}
	y := sheetMargin
	write := func(text string, size float64, ink chart.Ink) {
		measure := func(t string) float64 { return style.Measure(t, size, false) }
		for _, line := range wrap(p.say(text, font), style.Width, measure) {
			s.Labels = append(s.Labels, chart.Label{
				X: sheetMargin, Y: y, W: measure(line), H: size * sheetLeading, Text: line, Size: size, Ink: ink,
			})
			y += size * sheetLeading
		}
	}
	write(p.Title, sheetTitle, chart.Text)
	for _, text := range p.Lines {
		write(text, sheetBody, chart.Secondary)
	}
	y += 2 * sheetGap
	figure := p.Chart.Draw(style)
	for i := range figure.Labels {
		figure.Labels[i].Text = p.say(figure.Labels[i].Text, font)
	}
	s.Add(figure, sheetMargin, y)
	y += figure.H + 2*sheetGap
	write(p.Footer, sheetSmall, chart.Secondary)
	s.H = y + sheetMargin
	return s
}

// say is a text as the font can write it.
func (p Picture) say(text string, font *trueType) string {
	if !strings.HasPrefix(p.Language, "zh") {
		text = strings.ReplaceAll(text, string(rune(0x2019)), "'")
	}
	return strings.Map(func(r rune) rune {
		if r == ' ' || r < pastPlane && font.glyph(r) != 0 {
			return r
		}
		return noGlyph
	}, oneLine(text))
}

// measure is how wide a text is in size 1.
func (f *trueType) measure(text string) float64 {
	sum := 0
	for _, r := range text {
		sum += f.width(f.glyph(r))
	}
	return float64(sum) / 1000
}

// WritePNG writes the picture as PNG, two pixels to a point.
func WritePNG(w io.Writer, p Picture) error {
	const op = "report.WritePNG"
	fault := func(err error) error { return domain.E(op, domain.Internal, "internal", nil, err) }
	table, err := parseTrueType(fonts.Regular())
	if err != nil {
		return fault(err)
	}
	outlines, err := opentype.Parse(fonts.Regular())
	if err != nil {
		return fault(err)
	}
	s, palette := p.lay(table), chart.Paper()
	img := image.NewRGBA(image.Rect(0, 0, int(s.W*pixels), int(s.H*pixels)))
	draw.Draw(img, img.Bounds(), image.NewUniform(palette[chart.Ground]), image.Point{}, draw.Src)
	s.Paint(img, pixels, palette)
	faces := map[float64]font.Face{}
	for _, l := range s.Labels {
		face := faces[l.Size]
		if face == nil {
			face, err = opentype.NewFace(outlines, &opentype.FaceOptions{Size: l.Size * pixels, DPI: 72, Hinting: font.HintingNone})
			if err != nil {
				return fault(err)
			}
			faces[l.Size] = face
		}
		d := font.Drawer{
			Dst: img, Src: image.NewUniform(palette[l.Ink]), Face: face,
			Dot: fixed.Point26_6{X: units(l.X * pixels), Y: units((l.Y + l.Size*sheetAscent) * pixels)},
		}
		d.DrawString(l.Text)
	}
	return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, img)
}

// units are the fractions of a pixel in which text is placed.
func units(pixels float64) fixed.Int26_6 { return fixed.Int26_6(pixels * 64) }

// WritePicturePDF writes the picture as one page of A4, with text that can be
// selected and shapes that stay sharp. What is higher than the page is made to
// fit. The same picture of the same date gives the same bytes.
func WritePicturePDF(w io.Writer, p Picture, at time.Time) error {
	const op = "report.WritePicturePDF"
	table, err := parseTrueType(fonts.Regular())
	if err != nil {
		return domain.E(op, domain.Internal, "internal", nil, err)
	}
	s := p.lay(table)
	orientation := "L"
	if s.upright {
		orientation = "P"
	}
	f := fpdf.New(orientation, "pt", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(at)
	f.SetModificationDate(at)
	f.SetProducer("Quietline", false)
	f.SetTitle(pdfText(p.Title), true)
	f.SetLang(p.Language)
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes(pdfFont, "", fonts.Regular())
	f.AddPage()
	_, high := f.GetPageSize()
	page := picturePage{f, min(1, high/s.H), chart.Paper()}
	page.paint(s.Figure)
	if err := f.Output(w); err != nil {
		return domain.E(op, domain.Internal, "internal", nil, err)
	}
	return nil
}

// picturePage paints a figure on a page.
type picturePage struct {
	*fpdf.Fpdf
	scale   float64
	palette chart.Palette
}

func (p picturePage) paint(f chart.Figure) {
	for _, r := range f.Rects {
		p.fill(r)
		for _, hole := range r.Holes() {
			p.fill(hole) // in the ink of the ground
		}
	}
	for _, l := range f.Labels {
		c := p.palette[l.Ink]
		p.SetTextColor(int(c.R), int(c.G), int(c.B))
		p.SetFont(pdfFont, "", l.Size*p.scale)
		p.Text(l.X*p.scale, (l.Y+l.Size*sheetAscent)*p.scale, l.Text)
	}
}

func (p picturePage) fill(r chart.Rect) {
	c := p.palette[r.Ink]
	p.SetFillColor(int(c.R), int(c.G), int(c.B))
	x, y, w, h := r.X*p.scale, r.Y*p.scale, r.W*p.scale, r.H*p.scale
	if radius := min(r.Radius*p.scale, w/2, h/2); radius > 0 {
		p.RoundedRect(x, y, w, h, radius, "1234", "F")
		return
	}
	p.Rect(x, y, w, h, "F")
}
