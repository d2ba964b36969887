package look

import (
	"image/color"
	"maps"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/chart"
)

// ColorEmpty is the place of what could be in a chart and is not.
const ColorEmpty fyne.ThemeColorName = "quietline.chart.empty"

// ColorSeries is the colour of one of chart.MostSeries things that are counted
// beside each other.
func ColorSeries(n int) fyne.ThemeColorName {
	return "quietline.chart.series" + fyne.ThemeColorName(strconv.Itoa(n+1))
}

func (p palette) with(more palette) palette {
	maps.Copy(p, more)
	return p
}

func series(empty uint32, colours ...uint32) palette {
	p := palette{ColorEmpty: rgb(empty)}
	for n, c := range colours {
		p[ColorSeries(n)] = rgb(c)
	}
	return p
}

// lightChart are the colours of paper: what is saved looks like what was seen.
func lightChart() palette {
	paper := chart.Paper()
	p := palette{ColorEmpty: paper[chart.Empty]}
	for n := range chart.MostSeries {
		p[ColorSeries(n)] = paper[chart.Series1+chart.Ink(n)]
	}
	return p
}

func darkChart() palette {
	return series(0x28363a, 0x86d3c8, 0xf0a860, 0x8fb8f5, 0xe59ad2, 0xb3d17a, 0x9fb0b5)
}

func contrastChart() palette {
	return series(0x2a2a2a, 0xffe14d, 0xff9f40, 0x5ad1ff, 0xff9ecb, 0x9ff0b4, 0xd0d0d0)
}

// ChartPalette gives the inks of charts in a theme.
func ChartPalette(th fyne.Theme, v fyne.ThemeVariant) chart.Palette {
	of := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(th.Color(name, v)).(color.NRGBA)
	}
	p := chart.Palette{
		chart.Ground: of(ColorSurface), chart.Text: of(theme.ColorNameForeground), chart.Secondary: of(ColorSecondary),
		chart.Line: of(theme.ColorNameSeparator), chart.Main: of(theme.ColorNamePrimary), chart.Empty: of(ColorEmpty),
	}
	for n := range chart.MostSeries {
		p[chart.Series1+chart.Ink(n)] = of(ColorSeries(n))
	}
	return p.Shaded()
}
