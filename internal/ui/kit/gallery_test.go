package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// gallery shows every part of the kit once, with words of the domain.
func gallery(e *kit.Env) fyne.CanvasObject {
	form := kit.NewForm(e,
		kit.NewField(e, kit.FieldParams{Label: e.Printer.Term("category", "loan"), Required: true, Pointer: "/name", Input: kit.NewEntry("9558812")}),
		kit.NewField(e, kit.FieldParams{Label: e.Printer.Term("direction", "incoming"), Help: e.T("err.time.unreadable.hint"), Pointer: "/at", Input: kit.NewTimeInput(e, nil).Object()}),
		kit.NewField(e, kit.FieldParams{Label: e.Printer.Term("case_state", "accepted"), Pointer: "/category", Input: kit.NewChoice(e.T("kit.case.none"), kit.Terms(e.Printer, "category", domain.Categories()), nil)}),
	)
	form.Show(domain.E("t", domain.Invalid, "time.unreadable", nil, nil).At("/at"))
	bar := kit.NewProgress(e, kit.ProgressParams{Title: e.Printer.Term("send_state", "sending"), OnCancel: func() {}})
	bar.Set(progress.Snapshot{Done: 620, Total: 1000, Items: 620, Failed: 2})
	var badges []fyne.CanvasObject
	for _, s := range domain.SendStates() {
		badges = append(badges, kit.SendStateBadge(e, s))
	}
	checks := kit.NewChecks(kit.Terms(e.Printer, "technique", domain.Techniques()[:6]), nil)
	checks.Set([]domain.Technique{domain.TechniqueHuman})
	seg := kit.NewSegments(kit.Terms(e.Printer, "demand", domain.Demands()), domain.DemandBlockLine, func(domain.Demand) {})
	return kit.Frame(kit.FrameParams{
		Title: e.Printer.Term("demand", "stop_calls"), Explanation: e.T("err.internal.hint"),
		Actions: []fyne.CanvasObject{kit.NewButton(e.T("kit.retry"), theme.ViewRefreshIcon(), nil), kit.NewPrimary(e.T("kit.close"), nil, nil)},
		Body: kit.Stack(2,
			kit.PracticeBanner(e),
			kit.Notice(look.Danger, e.T("err.internal"), e.T("err.internal.hint"), kit.NewButton(e.T("kit.retry"), nil, nil)),
			kit.Columns(2, 40,
				kit.Card(form.Object()),
				kit.Stack(2, kit.TitledCard(e.T("kit.error.title"), e.T("kit.practice"), kit.Flow(1, badges...), seg.Object()),
					kit.Card(bar.Object())),
			),
			kit.Card(checks.Object()),
			kit.ToneCard(look.Info, kit.NewText("9558 8123", kit.TextParams{Size: look.SizeDisplay, Bold: true}), kit.Body(e.T("kit.practice"))),
			kit.Empty(e, look.IconCalls, "calls.none", kit.NewPrimary(e.T("kit.retry"), nil, nil)),
		),
	})
}

func TestGallery(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, th := range settings.Themes()[1:] {
			o.Theme = th
			o.Size = fyne.NewSize(1000, 2000)
			h := uitest.New(t, o)
			h.ShowObject(kit.Ground(theme.ColorNameBackground, gallery(h.Env)))
			h.Check()
			h.Draw("gallery")
		}
	})
}
