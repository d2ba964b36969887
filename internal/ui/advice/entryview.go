package advice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/advice"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// entryPanel is all that an entry says.
func (p *Page) entryPanel(x advice.Entry) fyne.CanvasObject {
	e := p.env
	head := []fyne.CanvasObject{
		kit.Row(1, -1, kit.NewQuiet(e.T("advice.back"), theme.NavigateBackIcon(), p.model.Close).On(kit.CommandBack)),
		kit.Heading(say(e, x.Title)),
		kit.Flow(1, markBadge(e, x.Certainty), kit.NewCopy(e, func() string { return shareText(e, x) })),
	}
	if source := sourceText(e, x.Source); source != "" {
		head = append(head, kit.Caption(source))
	}
	parts := []fyne.CanvasObject{kit.Stack(0.75, head...)}
	for _, part := range advice.Parts() {
		if points := x.Of(part); len(points) > 0 {
			parts = append(parts, p.section(under{x.Certainty, x.Source}, part, points))
		}
	}
	return kit.Scrolled(kit.Stack(2, parts...))
}

func markBadge(e *kit.Env, c advice.Certainty) *kit.Badge {
	return kit.NewBadge(toneOf(c), markText(e, c))
}

// under is what stands above statements: a mark and a source that hold for them
// unless they say otherwise.
type under struct {
	certainty advice.Certainty
	source    string
}

// shared is what all of the points share, and otherwise what is above them.
func shared(points []advice.Point, above under) under {
	out := under{points[0].Certainty, points[0].Source}
	for _, q := range points {
		if q.Certainty != out.certainty {
			out.certainty = above.certainty
		}
		if q.Source != out.source {
			out.source = above.source
		}
	}
	return out
}

// section is a card with the statements of one part. A mark and a source that
// all of them share stand once, below the heading.
func (p *Page) section(above under, part advice.Part, points []advice.Point, actions ...fyne.CanvasObject) fyne.CanvasObject {
	e := p.env
	all := shared(points, above)
	head := []fyne.CanvasObject{kit.Heading(e.T("advice.part." + string(part)))}
	if all.certainty != above.certainty {
		head = append(head, markBadge(e, all.certainty))
	}
	objects := []fyne.CanvasObject{kit.Flow(1.5, append(head, actions...)...)}
	if source := sourceText(e, all.source); source != "" && all.source != above.source {
		objects[0] = kit.Stack(0.5, objects[0], kit.Caption(source))
	}
	for _, q := range points {
		objects = append(objects, p.point(all, q))
	}
	return kit.Card(objects...)
}

// marks are the mark and the source of a statement, as far as they are not those
// of what is above it.
func marks(e *kit.Env, above under, q advice.Point) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if q.Certainty != above.certainty {
		out = append(out, markBadge(e, q.Certainty))
	}
	if source := sourceText(e, q.Source); source != "" && q.Source != above.source {
		out = append(out, kit.Caption(source))
	}
	if len(out) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.Flow(1, out...)}
}

// point is one statement.
func (p *Page) point(above under, q advice.Point) fyne.CanvasObject {
	e := p.env
	about := marks(e, above, q)
	switch q.Part {
	case advice.PartPhone:
		return usable(e, usableParams{what: q.Value, why: say(e, q.Text), copied: q.Value, about: about})
	case advice.PartSMS:
		return usable(e, usableParams{what: smsText(e, q.Value), why: say(e, q.Text), copied: smsCode(q.Value), about: about})
	case advice.PartLink:
		open := kit.NewButton(e.T("advice.open"), theme.ComputerIcon(), func() { kit.OpenWeb(e, q.Value) })
		words := []fyne.CanvasObject{kit.Body(say(e, q.Text)), kit.Caption(q.Value)}
		return kit.Stack(0.5, append(append(words, about...), kit.Flow(1, open))...)
	case advice.PartSign, advice.PartDo, advice.PartSay, advice.PartKeep, advice.PartFact, advice.PartCaution:
	}
	words := append([]fyne.CanvasObject{kit.Body(say(e, q.Text))}, about...)
	return kit.TopRow(1, 1, kit.Line("•"), kit.Stack(0.5, words...))
}

// usableParams is something to call or to send.
type usableParams struct {
	// what is shown large, why below it; copied goes to the clipboard.
	what, why, copied string
	about             []fyne.CanvasObject
}

func usable(e *kit.Env, p usableParams) fyne.CanvasObject {
	words := []fyne.CanvasObject{
		kit.NewText(p.what, kit.TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true}), kit.Body(p.why),
	}
	return kit.Beside(20, kit.Stack(0.25, append(words, p.about...)...), kit.NewCopy(e, func() string { return p.copied }))
}

// numbered are statements to be followed in their order.
func numbered(e *kit.Env, above under, points []advice.Point) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, q := range points {
		words := append([]fyne.CanvasObject{kit.Strong(say(e, q.Text))}, marks(e, above, q)...)
		number := kit.NewText(e.Printer.Number(int64(i+1)), kit.TextParams{
			Size: theme.SizeNameSubHeadingText, Bold: true, Color: look.Danger.Text(),
		})
		out = append(out, kit.TopRow(1.5, 1, number, kit.Stack(0.5, words...)))
	}
	return out
}
