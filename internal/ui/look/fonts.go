package look

import (
	"fyne.io/fyne/v2"

	"quietline/assets/fonts"
)

// faces are the bundled weights. Noto Sans SC has digits of equal width, so
// the regular weight also serves where a monospaced face is asked for; the
// toolkit's own monospaced face cuts off the feet of Chinese characters.
type faces struct {
	regular, bold fyne.Resource
}

func bundled() faces {
	return faces{
		regular: fyne.NewStaticResource("NotoSansSC-Regular.ttf", fonts.Regular()),
		bold:    fyne.NewStaticResource("NotoSansSC-Bold.ttf", fonts.Bold()),
	}
}

// Font gives the face for a style. Italics do not exist in Chinese type, so
// they come out upright.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return t.base.Font(style)
	case style.Bold:
		return t.fonts.bold
	default:
		return t.fonts.regular
	}
}
