package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// narrowWidth is the width of a window, at normal text size, below which the
// navigation leaves only its icons.
const narrowWidth = 820

// frameLayout puts the navigation at the left, the banner above the page and
// the page into what is left. Its objects are: ground of the navigation, its
// edge, brand, navigation, banner, page.
type frameLayout struct {
	nav   *nav
	brand *fyne.Container
	word  *kit.Text
	// around is the navigation with its ground, edge and brand.
	around []fyne.CanvasObject
}

// show shows the navigation, or leaves the window to a page that stands alone.
func (l *frameLayout) show(navigation bool) {
	if l == nil {
		return // the simple window has none
	}
	for _, o := range l.around {
		if navigation {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	// Larger text needs a wider window for both, but not in full proportion:
	// who reads large text needs the words most.
	narrow := size.Width < narrowWidth*(3+look.Gap(1)/8)/4
	l.nav.setNarrow(narrow)
	l.word.Hidden = narrow
	pad := look.Gap(1.5)
	left := l.nav.MinSize().Width
	if !narrow {
		left = max(left, look.Gap(20))
	}
	ground, edge, brand, list, banner, page := objects[0], objects[1], objects[2], objects[3], objects[4], objects[5]
	ground.Resize(fyne.NewSize(left+2*pad, size.Height))
	line := theme.Size(look.SizeOutline)
	edge.Move(fyne.NewPos(left+2*pad-line, 0))
	edge.Resize(fyne.NewSize(line, size.Height))
	b := brand.MinSize()
	x := pad + look.Gap(1.25)
	if narrow {
		x = (left + 2*pad - b.Width) / 2
	}
	brand.Move(fyne.NewPos(x, look.Gap(3)))
	brand.Resize(b)
	top := look.Gap(3) + b.Height + look.Gap(3)
	list.Move(fyne.NewPos(pad, top))
	list.Resize(fyne.NewSize(left, min(list.MinSize().Height, size.Height-top-pad)))
	x, y := left+2*pad, float32(0)
	if !list.Visible() {
		x = 0
	}
	if banner.Visible() {
		banner.Move(fyne.NewPos(x, 0))
		banner.Resize(fyne.NewSize(size.Width-x, banner.MinSize().Height))
		y = banner.MinSize().Height
		banner.Resize(fyne.NewSize(size.Width-x, y))
	}
	page.Move(fyne.NewPos(x, y))
	page.Resize(fyne.NewSize(size.Width-x, max(0, size.Height-y)))
}

// MinSize lets the window become small; pages scroll and wrap.
func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Gap(48), look.Gap(40))
}

// build makes everything that surrounds the page, in the words, sizes and
// colours of the moment.
func (s *Shell) build() {
	var items []navItem
	for _, e := range s.entries {
		if !e.Alone {
			items = append(items, navItem{page: e.ID, icon: e.Icon, title: s.env.T(e.Page.Title())})
		}
	}
	s.nav = newNav(items, func(id kit.PageID) { s.shortcut(kit.Route{Page: id}) })
	s.nav.show(s.route.Page)
	word := kit.NewText(s.env.T("app.name"), kit.TextParams{Size: theme.SizeNameSubHeadingText, Bold: true})
	mark := kit.Icon(look.IconLine.In(theme.ColorNamePrimary), 1.2)
	brand := kit.Row(1, -1, mark, word)
	s.home, s.frame = nil, nil
	s.banner = container.NewStack(kit.PracticeBanner(s.env))
	s.place = container.NewStack()
	page := s.toaster.Below(s.place)
	if s.now.Simple == settings.On {
		s.buildSimple(page)
		return
	}
	ground, edge := kit.Ground(look.ColorNav, kit.Spring()), kit.Ground(look.ColorOutline, kit.Spring())
	s.frame = &frameLayout{nav: s.nav, brand: brand, word: word, around: []fyne.CanvasObject{ground, edge, brand, s.nav}}
	s.surround(container.New(s.frame, ground, edge, brand, s.nav, s.banner, page))
}

// surround puts the frame into the window.
func (s *Shell) surround(frame fyne.CanvasObject) {
	s.root.Objects = []fyne.CanvasObject{kit.Ground(theme.ColorNameBackground, frame)}
}
