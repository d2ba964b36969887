package check

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/numberbox"
)

// oneView is the number box with all that is known of the number.
type oneView struct {
	p        *Page
	env      *kit.Env
	box      *numberbox.View
	province *kit.Choice[string]
	// The widgets stay the same while the answer changes, so that the keyboard
	// keeps its place.
	deeds   *fyne.Container
	log     *fyne.Container
	correct *kit.Button
	object  fyne.CanvasObject
}

func newOneView(p *Page) *oneView {
	v := &oneView{p: p, env: p.env}
	v.box = numberbox.NewView(numberbox.ViewParams{
		Env: p.env, Model: p.model.One.Model, Context: func() context.Context { return p.ctx }, Contact: p.p.Contact,
	})
	var field *kit.Field
	v.province, field = p.provinceField()
	v.deeds = kit.Flow(1,
		kit.NewButton(v.env.T("check.complain"), look.IconComplaints.Resource(), func() {
			v.env.Navigate(kit.RouteComplain(p.model.One.Input()))
		}),
		kit.NewButton(v.env.T("check.log"), look.IconCalls.Resource(), func() {
			v.env.Navigate(kit.RouteLogCall(p.model.One.Input()))
		}),
		kit.NewButton(v.env.T("check.copy"), theme.ContentCopyIcon(), v.copy),
	)
	v.correct = kit.NewButton("", theme.DocumentCreateIcon(), v.correctEntry)
	v.deeds.Add(v.correct)
	v.log = kit.Stack(2)
	v.object = kit.Scrolled(kit.Readable(kit.PageWidth, kit.Stack(2,
		kit.Card(v.box.Question()),
		v.box.Verdict, v.deeds, v.log, v.box.Details,
		// Below the answer, which must not be pushed out of sight.
		kit.Card(field.Object()),
		kit.Muted(v.env.T("check.one.text")),
	)))
	v.show()
	return v
}

// show puts the answer on the screen.
func (v *oneView) show() {
	one := v.p.model.One
	v.box.Show(v.p.p.Registry.Info(), v.p.p.Registry.Province)
	v.deeds.Hidden = !v.box.Answered()
	entry, several, ok := one.Correctable()
	v.correct.Hidden = !ok
	key := "check.correct.add"
	switch {
	case several:
		key = "check.correct.several"
	case entry.Holder.NameZH+entry.Holder.NameEN != "":
		key = "check.correct"
	}
	if text := v.env.T(key); v.correct.Text != text {
		v.correct.SetText(text)
	}
	v.showLog()
	if v.object != nil {
		v.object.Refresh()
	}
}

// showLog says what the log knows of the number, and what to do.
func (v *oneView) showLog() {
	v.log.RemoveAll()
	if card, ok := v.p.model.One.Card(); ok && v.box.Answered() {
		if card.Logged || card.SiblingNumbers > 0 {
			v.log.Add(kit.NumberLog(v.env, kit.NumberLogParams{
				Card:      card,
				OnCalls:   func() { v.env.Navigate(kit.RouteCallsFrom(card.Check.Number)) },
				OnCode:    func() { v.env.Navigate(kit.RouteCallsOfCode(card.Check.Code)) },
				OnSibling: v.p.askOne,
			}))
		}
		v.log.Add(kit.Deeds(v.env, card.Do))
	}
	v.log.Hidden = len(v.log.Objects) == 0
}

// copy puts the answer on the clipboard, to be sent to somebody.
func (v *oneView) copy() {
	fyne.CurrentApp().Clipboard().SetContent(v.p.answer(v.p.model.One.Check()))
	v.env.Toast(v.env.T("check.copied"))
}

// correctEntry corrects the entry of the number, or lets the user choose among
// several.
func (v *oneView) correctEntry() {
	entry, several, ok := v.p.model.One.Correctable()
	switch {
	case !ok:
	case several:
		v.p.find(Query{Text: entry.Code})
	default:
		v.p.correct(draftOf(entry))
	}
}
