package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// portrait is a widget of ours, as large as it has to be to be seen.
type portrait struct {
	name          string
	width, height float32
	make          func(e *kit.Env) fyne.CanvasObject
	// then is done before the picture is taken; may be nil.
	then func(h *uitest.Harness)
}

func focus[T interface {
	fyne.CanvasObject
	fyne.Focusable
}](h *uitest.Harness) {
	h.Window.Canvas().Focus(uitest.All[T](h)[0])
}

func portraits() []portrait {
	return []portrait{
		{"badges", 420, 105, func(e *kit.Env) fyne.CanvasObject {
			out := []fyne.CanvasObject{kit.NewTag("95013")}
			for _, v := range domain.Verdicts() {
				out = append(out, kit.VerdictBadge(e, v))
			}
			return kit.Flow(1, out...)
		}, nil},
		{"states", 420, 110, func(e *kit.Env) fyne.CanvasObject {
			var out []fyne.CanvasObject
			for _, s := range domain.SendStates() {
				out = append(out, kit.SendStateBadge(e, s))
			}
			return kit.Flow(1, out...)
		}, nil},
		{"notices", 420, 325, func(e *kit.Env) fyne.CanvasObject {
			var out []fyne.CanvasObject
			for _, tone := range []look.Tone{look.Done, look.Info, look.Caution, look.Danger} {
				out = append(out, kit.Notice(tone, e.T("kit.practice"), ""))
			}
			return kit.Stack(1, out...)
		}, nil},
		{"bars", 420, 200, func(*kit.Env) fyne.CanvasObject {
			return kit.Bars([]kit.Bar{{Label: "95013", Note: "北京某某科技有限公司", N: 41, Tapped: func() {}}, {Label: "95588", N: 7}, {Label: "96588", N: 0}})
		}, nil},
		{"shares", 420, 120, func(e *kit.Env) fyne.CanvasObject {
			return kit.Shares([]kit.Share{{Label: e.Printer.Term("category", "loan"), Own: 0.62, Other: 0.4135}}, "A", "B")
		}, nil},
		{"hours", 420, 180, func(e *kit.Env) fyne.CanvasObject {
			return kit.Hours(e, [24]int64{8: 2, 9: 7, 10: 4, 14: 1, 19: 9, 22: 3})
		}, nil},
		{"buttons", 420, 60, func(e *kit.Env) fyne.CanvasObject {
			off := kit.NewButton(e.T("kit.retry"), nil, nil)
			off.Disable()
			return kit.Flow(1, kit.NewPrimary(e.T("kit.save.do"), theme.DocumentSaveIcon(), nil), kit.NewButton(e.T("kit.retry"), nil, nil),
				kit.NewDanger(e.T("kit.close"), nil, nil), kit.NewQuiet(e.T("kit.cancel"), nil, nil), off)
		}, nil},
		{"focus", 420, 60, func(e *kit.Env) fyne.CanvasObject {
			return kit.Flow(1, kit.NewButton(e.T("kit.retry"), nil, nil), kit.NewButton(e.T("kit.close"), nil, nil))
		}, focus[*kit.Button]},
		{"tile", 420, 150, func(e *kit.Env) fyne.CanvasObject {
			return kit.NewTile(kit.TileParams{Icon: look.IconCalls, Figure: "12", Title: e.T("kit.retry"), Text: e.T("kit.practice"), Tone: look.Caution})
		}, nil},
		{"tile-primary", 420, 130, func(e *kit.Env) fyne.CanvasObject {
			return kit.NewTile(kit.TileParams{Icon: look.IconCheck, Title: e.T("home.check"), Text: e.T("kit.practice"), Primary: true})
		}, func(h *uitest.Harness) {
			focus[*kit.Tile](h)
			uitest.All[*kit.Tile](h)[0].MouseIn(&desktop.MouseEvent{})
		}},
		{"segments", 420, 140, func(e *kit.Env) fyne.CanvasObject {
			return kit.NewSegments(kit.Terms(e.Printer, "direction", domain.Directions()), domain.DirectionMissed, func(domain.Direction) {}).Object()
		}, nil},
		{"picks", 420, 270, func(e *kit.Env) fyne.CanvasObject {
			return kit.NewPicks([]kit.Pick[int]{
				{Code: 1, Title: e.T("home.check"), Text: e.T("kit.practice")}, {Code: 2, Title: e.T("kit.retry"), Text: e.T("kit.practice")},
			}, 2, nil).Object()
		}, nil},
		{"checks", 420, 90, func(e *kit.Env) fyne.CanvasObject {
			c := kit.NewChecks(kit.Terms(e.Printer, "technique", domain.Techniques()[:4]), nil)
			c.Set([]domain.Technique{domain.Techniques()[1]})
			return c.Object()
		}, focus[*kit.Check]},
		{"strip", 420, 100, func(e *kit.Env) fyne.CanvasObject {
			return kit.Strip(look.Caution, e.T("kit.practice"), kit.NewButton(e.T("kit.close"), nil, nil), kit.NewButton(e.T("kit.retry"), nil, nil))
		}, nil},
		{"step", 420, 380, func(e *kit.Env) fyne.CanvasObject {
			return kit.Step(e, kit.StepParams{
				At: 2, Of: 5, Title: e.T("home.check"), Text: e.T("kit.practice"), Body: kit.Card(kit.Body(e.T("kit.practice"))),
				Back: kit.NewButton(e.T("kit.cancel"), nil, nil), Onward: []fyne.CanvasObject{kit.NewPrimary(e.T("kit.close"), nil, nil)},
			})
		}, nil},
		{"progress", 420, 105, func(e *kit.Env) fyne.CanvasObject {
			bar := kit.NewProgress(e, kit.ProgressParams{Title: e.T("keeping.backup.running"), OnCancel: func() {}})
			bar.Set(progress.Snapshot{Done: 620, Total: 1000, Items: 620, Failed: 2})
			return bar.Object()
		}, nil},
		{"toast", 420, 100, func(e *kit.Env) fyne.CanvasObject {
			toaster := kit.NewToaster(e)
			toaster.Show(e.T("kit.copied"))
			return toaster.Below(kit.Spring())
		}, nil},
		{"empty", 420, 290, func(e *kit.Env) fyne.CanvasObject {
			return kit.Empty(e, look.IconCalls, "calls.none", kit.NewPrimary(e.T("kit.retry"), nil, nil))
		}, nil},
		{"verdict", 420, 230, func(e *kit.Env) fyne.CanvasObject {
			return kit.VerdictHead(e, kit.VerdictParams{Check: (&uitest.Checker{}).Check("+95588", ""), Registry: uitest.Registry()})
		}, nil},
		{"field", 420, 240, func(e *kit.Env) fyne.CanvasObject {
			at := kit.NewEntry("")
			at.SetText("2024-05")
			f := kit.NewField(e, kit.FieldParams{Label: e.T("kit.save.name"), Required: true, Pointer: "/name", Input: at})
			form := kit.NewForm(e, f, kit.NewField(e, kit.FieldParams{
				Label: e.Printer.Term("direction", "incoming"), Pointer: "/x",
				Input: kit.NewChoice(e.T("kit.case.none"), kit.Terms(e.Printer, "category", domain.Categories()), nil),
			}))
			form.Show(domain.E("t", domain.Invalid, "time.unreadable", nil, nil).At("/name"))
			return form.Object()
		}, focus[*kit.Entry]},
	}
}

// TestImages compares pictures of our widgets in the three themes: shapes,
// outlines, icons and the mark of the keyboard are no text.
func TestImages(t *testing.T) {
	for _, th := range settings.Themes()[1:] {
		for _, p := range slices.Concat(portraits(), states()) {
			t.Run(p.name+" "+string(th), func(t *testing.T) {
				h := p.show(t, th)
				h.Check()
				h.GoldenImage("image." + p.name)
			})
		}
	}
}

// show shows the widget in its state.
func (p portrait) show(t *testing.T, th settings.Theme) *uitest.Harness {
	h := uitest.New(t, uitest.Options{Theme: th, Language: l10n.Chinese, Size: fyne.NewSize(p.width, p.height)})
	h.ShowObject(kit.Ground(theme.ColorNameBackground, kit.Pad(1, 1, container.NewStack(p.make(h.Env)))))
	if p.then != nil {
		p.then(h)
	}
	return h
}

// TestEveryWidgetHasAnImage looks for the widgets of the kit in what is shown for
// the pictures.
func TestEveryWidgetHasAnImage(t *testing.T) {
	var seen []string
	for _, p := range slices.Concat(portraits(), states()) {
		seen = append(seen, p.show(t, settings.ThemeLight).Widgets()...)
	}
	h, _ := showChart(t, uitest.Options{}, func(*kit.Env) kit.ChartParams { return kit.ChartParams{Chart: sampleBars(), Title: "title"} })
	seen = append(seen, h.Widgets()...)
	seen = append(seen, newTable(t, uitest.Options{}, 5, true).Widgets()...)
	for _, name := range uitest.OwnWidgets(t, ".") {
		if !slices.Contains(seen, name) {
			t.Errorf("no picture shows a %s", name)
		}
	}
}

// TestTableImage is the same of a table: its heads, and rows that have the
// keyboard, the pointer or a mark.
func TestTableImage(t *testing.T) {
	for _, th := range settings.Themes()[1:] {
		t.Run(string(th), func(t *testing.T) {
			b := newTable(t, uitest.Options{Theme: th, Size: fyne.NewSize(420, 220)}, 5, true)
			b.Window.Canvas().Focus(b.table.Focus())
			b.Key(fyne.KeyDown)
			b.table.Mark(2, true)
			test.MoveMouse(b.Window.Canvas(), fyne.NewPos(200, 190))
			b.GoldenImage("image.table")
		})
	}
}
