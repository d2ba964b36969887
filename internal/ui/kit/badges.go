package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/look"
)

// SendStateBadge shows how far our sending has come. It is never mixed with
// the case state.
func SendStateBadge(e *Env, s domain.SendState) *Badge {
	return NewBadge(look.ToneOfSendState(s), e.Printer.Term("send_state", string(s)))
}

// CaseStateBadge shows what the regulator says of a complaint.
func CaseStateBadge(e *Env, s domain.CaseState) *Badge {
	if s == domain.CaseNone {
		return NewBadge(look.Unknown, e.T("kit.case.none"))
	}
	return NewBadge(look.ToneOfCaseState(s), e.Printer.Term("case_state", string(s)))
}

// VerdictBadge shows what is known about a number, never more than that.
func VerdictBadge(e *Env, v domain.Verdict) *Badge {
	return NewBadge(look.ToneOfVerdict(v), e.Printer.Term("verdict", string(v)))
}

// ChannelName is how a channel is called on the screen: the built-in one has a
// name in the language of the moment, the others that which the user gave.
func ChannelName(e *Env, c domain.Channel) string {
	if c.URL == domain.PracticeURL {
		return e.T("kit.channel.practice")
	}
	return c.Name
}

// PracticeBanner says that what is filed here goes nowhere. It stands on every
// screen that uses the practice endpoint.
func PracticeBanner(e *Env) fyne.CanvasObject {
	words := NewText(e.T("kit.practice"), TextParams{Bold: true, Color: look.Caution.Text(), Wrap: true})
	return container.NewStack(
		newSurface(look.Caution.Back(), "", ""),
		Pad(1, 3, Row(1.5, 1, Icon(look.Caution.Icon(), 1), words)),
	)
}

// NewCopy makes a button that puts a text on the clipboard and says so.
func NewCopy(e *Env, text func() string) *Button {
	return NewQuiet(e.T("kit.copy"), theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(text())
		e.Toast(e.T("kit.copied"))
	})
}

// NewPaste makes a button that hands over what is on the clipboard, for those
// who would rather not type.
func NewPaste(e *Env, take func(string)) *Button {
	return NewButton(e.T("kit.paste"), theme.ContentPasteIcon(), func() {
		text := fyne.CurrentApp().Clipboard().Content()
		if strings.TrimSpace(text) == "" {
			e.Toast(e.T("kit.paste.nothing"))
			return
		}
		take(text)
	})
}

// PasteInto makes a button that puts what is on the clipboard into a field, in
// place of what is there, and the caret behind it. The function, or nil, picks
// out what is wanted.
func PasteInto(e *Env, into *Entry, pick func(string) string) *Button {
	return NewPaste(e, func(text string) {
		if pick != nil {
			text = pick(text)
		}
		into.Put(text)
		e.Window.Canvas().Focus(into)
	})
}

// Fact is one line of particulars: what it is, and what it says, which can be
// several lines.
func Fact(label, value string) fyne.CanvasObject {
	return container.New(&factLayout{}, NewText(label, TextParams{Color: look.ColorSecondary, Wrap: true}), Body(value))
}

// factLayout gives the label a third of the width, at most 22 units, and puts
// it above where that leaves too little.
type factLayout struct{ above bool }

func (l *factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := look.Gap(2)
	left := min(look.Gap(22), size.Width/3)
	l.above = size.Width < look.Gap(34)
	if l.above {
		h := settle(objects[0], size.Width)
		objects[0].Move(fyne.NewPos(0, 0))
		objects[1].Move(fyne.NewPos(0, h))
		settle(objects[1], size.Width)
		return
	}
	settle(objects[0], left)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Move(fyne.NewPos(left+gap, 0))
	settle(objects[1], size.Width-left-gap)
}

func (l *factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.above {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
	}
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}
