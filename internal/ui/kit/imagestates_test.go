package kit_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// states are fields and other widgets of ours in the states that people meet
// them in.
func states() []portrait {
	return []portrait{
		{"choices", 420, 180, func(e *kit.Env) fyne.CanvasObject {
			chosen, off := categories(e), categories(e)
			chosen.Set(domain.CategoryLoan)
			off.Set(domain.CategoryFraud)
			off.Disable()
			return kit.Stack(1, categories(e), chosen, off)
		}, nil},
		{"choice-focus", 420, 70, func(e *kit.Env) fyne.CanvasObject { return kit.Stack(1, categories(e)) }, focus[*kit.Choice[domain.Category]]},
		{"choice-open", 420, 260, func(e *kit.Env) fyne.CanvasObject {
			c := kit.NewChoice(e.T("kit.case.none"), kit.Terms(e.Printer, "mark", domain.ContactMarks()), nil)
			c.Set(domain.ContactMarks()[0])
			return kit.Stack(1, c)
		}, func(h *uitest.Harness) {
			c := uitest.All[*kit.Choice[domain.ContactMark]](h)[0]
			test.Tap(c)
			h.Layout()
		}},
		{"menu", 420, 200, func(e *kit.Env) fyne.CanvasObject {
			one, off := kit.NewButton(e.T("kit.copy"), nil, nil), kit.NewButton(e.T("kit.retry"), nil, nil)
			off.Disable()
			return kit.WithMenu(kit.Card(kit.Body(e.T("kit.practice"))), func() []*fyne.MenuItem {
				return kit.MenuOf(one, off, kit.NewButton(e.T("kit.close"), nil, nil))
			})
		}, func(h *uitest.Harness) {
			h.Walk(func(s uitest.Seen) {
				if ground, ok := s.Object.(fyne.SecondaryTappable); ok {
					ground.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(60, 50)})
				}
			})
			h.Layout()
		}},
		{"entries", 420, 330, func(e *kit.Env) fyne.CanvasObject {
			full, off, secret, area := kit.NewEntry(""), kit.NewEntry(""), kit.NewSecret(""), kit.NewTextArea(e.T("kit.save.name"), 3)
			full.SetText("95013000")
			off.SetText("95588")
			off.Disable()
			secret.SetText("secret")
			return kit.Stack(1, kit.NewEntry(e.T("kit.save.name")), full, off, secret, area)
		}, nil},
		{"secret-shown", 420, 70, func(*kit.Env) fyne.CanvasObject {
			secret := kit.NewSecret("")
			secret.SetText("secret")
			secret.Password = false
			return kit.Stack(1, secret)
		}, focus[*kit.Entry]},
		{"check-states", 420, 190, func(e *kit.Env) fyne.CanvasObject {
			on, off, onOff := kit.NewCheck(e.T("kit.retry"), nil), kit.NewCheck(e.T("kit.close"), nil), kit.NewCheck(e.T("kit.cancel"), nil)
			on.SetChecked(true)
			onOff.SetChecked(true)
			off.Disable()
			onOff.Disable()
			return kit.Stack(1, kit.NewCheck(e.T("kit.save.do"), nil), on, off, onOff)
		}, nil},
		{"picture", 420, 190, func(*kit.Env) fyne.CanvasObject {
			return kit.Stack(1, kit.NewPicture(kit.PictureParams{Resource: striped(), Name: "95013"}))
		}, nil},
		{"reader", 420, 200, func(e *kit.Env) fyne.CanvasObject {
			text := kit.Stack(1)
			for range 9 {
				text.Add(kit.Body(e.T("kit.practice")))
			}
			return kit.Reader("95013", text)
		}, func(h *uitest.Harness) { h.Tab() }},
		{"enlarged", 420, 100, func(e *kit.Env) fyne.CanvasObject {
			return kit.Stack(1, kit.Enlarge(1.4, kit.NewEntry(e.T("kit.save.name"))))
		}, nil},
		{"dialog", 420, 300, func(*kit.Env) fyne.CanvasObject { return kit.Spring() }, func(h *uitest.Harness) {
			kit.Confirm(h.Env, kit.ConfirmParams{
				Title: h.Env.T("kit.retry"), Text: h.Env.T("kit.practice"), Yes: h.Env.T("kit.save.do"), Danger: true, OnYes: func() {},
			})
			h.Layout()
		}},
		{"shielded", 420, 70, func(e *kit.Env) fyne.CanvasObject {
			return kit.Stack(1, kit.Shielded(e, kit.NewButton(e.T("kit.retry"), theme.ViewRefreshIcon(), nil)))
		}, nil},
	}
}

func categories(e *kit.Env) *kit.Choice[domain.Category] {
	return kit.NewChoice(e.T("kit.case.none"), kit.Terms(e.Printer, "category", domain.Categories()), nil)
}

// striped is a picture.
func striped() fyne.Resource {
	i := image.NewNRGBA(image.Rect(0, 0, 240, 120))
	for x := range 240 {
		for y := range 120 {
			i.Set(x, y, color.NRGBA{R: uint8(x), G: uint8(y / 20 * 40), B: 90, A: 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, i); err != nil {
		panic(err)
	}
	return fyne.NewStaticResource("striped.png", out.Bytes())
}
