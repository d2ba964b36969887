package numberbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// settleAfter is how long a pause in typing has to be until what was typed
// counts as a whole number.
const settleAfter = 1500 * time.Millisecond

// Contact says whether somebody knows the number.
type Contact interface {
	// Content builds what stands above the verdict, as beside a call; it hides
	// where there is nothing to say.
	Content() fyne.CanvasObject
	// Ask is about a number in its normalised form, or about none.
	Ask(ctx context.Context, number string)
}

// ViewParams are what NewView needs.
type ViewParams struct {
	Env   *kit.Env
	Model *Model
	// Context is that of the page as long as it is shown, nil otherwise.
	Context func() context.Context
	// Contact is asked about every number that is answered; nil for nobody.
	Contact Contact
}

// View is the box with the places where the answer appears. A page builds a new
// one with its other widgets.
type View struct {
	p ViewParams
	// Entry is the box itself.
	Entry *kit.Entry
	// Verdict says what the number is worth, or what is missing; Details say
	// how it reads and why. Both hide where there is nothing to say.
	Verdict, Details *fyne.Container
	contact          fyne.CanvasObject
}

// NewView makes the box with the number of the model.
func NewView(p ViewParams) *View {
	v := &View{
		p: p, Entry: kit.NewEntry(p.Env.T("home.placeholder")).On(kit.CommandSearch),
		Verdict: kit.Stack(2), Details: kit.Stack(2),
	}
	if p.Contact != nil {
		v.contact = p.Contact.Content()
	}
	settle := kit.NewDebounce(p.Env.Jobs, settleAfter)
	v.Entry.SetText(p.Model.Input())
	v.Entry.OnChanged = func(s string) {
		p.Model.Type(s)
		if ctx := p.Context(); ctx != nil {
			settle.Call(ctx, p.Model.Settle)
		}
	}
	v.Entry.OnEnter = p.Model.Submit
	return v
}

// Question is the box, large, with the buttons beside it.
func (v *View) Question() fyne.CanvasObject {
	e := v.p.Env
	paste := kit.PasteInto(e, v.Entry, func(s string) string {
		v.p.Model.Paste(s)
		return v.p.Model.Input()
	})
	clearBox := kit.NewButton(e.T("home.clear"), theme.ContentClearIcon(), func() {
		v.Entry.SetText("")
		v.Focus()
	})
	return kit.Beside(32, kit.Enlarge(1.5, v.Entry), paste, clearBox)
}

// Focus puts the keyboard into the box.
func (v *View) Focus() { v.p.Env.Window.Canvas().Focus(v.Entry) }

// Answered says whether a verdict is shown, and not what is missing for one.
func (v *View) Answered() bool {
	m := v.p.Model
	return m.Asked() && !m.Missing() && !m.Incomplete()
}

// Show puts the answer on the screen; registry is the list that gave it,
// province may be nil.
func (v *View) Show(registry domain.RegistryInfo, province func(string) (domain.Province, bool)) {
	e, m := v.p.Env, v.p.Model
	v.Verdict.RemoveAll()
	v.Details.RemoveAll()
	switch {
	case m.Missing():
		v.Verdict.Add(kit.Notice(look.Neutral, e.T("home.missing"), e.T("home.missing.hint")))
	case !m.Asked():
	case m.Incomplete():
		v.Verdict.Add(kit.Notice(look.Neutral, e.T("home.incomplete"), e.T("home.incomplete.hint")))
	default:
		params := kit.VerdictParams{Check: m.Check(), Registry: registry, Province: province}
		if v.contact != nil {
			v.Verdict.Add(v.contact)
		}
		v.Verdict.Add(kit.VerdictHead(e, params))
		v.Details.Add(kit.VerdictDetails(e, params))
	}
	v.AskContact()
	for _, box := range []*fyne.Container{v.Verdict, v.Details} {
		box.Hidden = len(box.Objects) == 0
		box.Refresh()
	}
}

// AskContact asks whether somebody knows the number, as Show does, for when
// contacts or people changed.
func (v *View) AskContact() {
	ctx, number := v.p.Context(), ""
	if v.p.Contact == nil || ctx == nil {
		return
	}
	if c := v.p.Model.Check(); v.Answered() && c.Verdict != domain.VerdictInvalid {
		number = c.Number
	}
	v.p.Contact.Ask(ctx, number)
}
