package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
)

// NumberLogParams say what the log knows of a number and what can be done from
// there.
type NumberLogParams struct {
	Card journal.Card
	// OnCalls shows the calls of the number; nil for no button.
	OnCalls func()
	// OnCode shows the calls of its holder code, OnSibling those of another
	// number; nil for no buttons.
	OnCode    func()
	OnSibling func(number string)
}

// siblingsShown bounds the list of other numbers; all are found by OnCode.
const siblingsShown = 5

// NumberLog tells what the log knows of a number: how often it called whom, at
// which hours, what was noted, and which other numbers its holder uses.
func NumberLog(e *Env, p NumberLogParams) fyne.CanvasObject {
	c := p.Card
	parts := []fyne.CanvasObject{}
	if c.Logged {
		parts = append(parts, Card(logParts(e, p)...))
	}
	if c.SiblingNumbers > 0 {
		parts = append(parts, Card(siblingParts(e, p)...))
	}
	return Stack(2, parts...)
}

func logParts(e *Env, p NumberLogParams) []fyne.CanvasObject {
	c := p.Card
	sum := e.N("calls.times", int(c.Calls))
	if c.Calls == 0 {
		sum = e.N("calls.times.outgoing", int(c.Outgoing))
	}
	parts := []fyne.CanvasObject{Strong(sum)}
	facts := Stack(0.75)
	fact := func(key, value string) {
		facts.Add(Fact(e.T(key), value))
	}
	first, last := day(c.First), day(c.Last)
	if first == last {
		fact("kit.numberlog.on", first)
	} else {
		fact("kit.numberlog.between", e.T("kit.numberlog.days", l10n.Args{"From": first, "To": last}))
	}
	for _, person := range c.People {
		fact("kit.numberlog.person", e.T("kit.numberlog.count", l10n.Args{"Name": PersonName(e, person.PersonID, person.Person), "Calls": e.N("kit.numberlog.calls", int(person.Calls))}))
	}
	for _, a := range c.AreaCodes {
		if a.AreaCode != "" {
			fact("verdict_card.area_code", e.T("kit.numberlog.count", l10n.Args{"Name": a.AreaCode, "Calls": e.N("kit.numberlog.calls", int(a.Calls))}))
		}
	}
	parts = append(parts, facts)
	if c.Calls > 1 {
		parts = append(parts, Hours(e, c.Hours))
	}
	if notes := noteParts(e, c.Notes); notes != nil {
		parts = append(parts, notes)
	}
	if p.OnCalls != nil && c.Calls+c.Outgoing > 1 {
		parts = append(parts, Flow(1, NewButton(e.T("calls.only_number"), theme.SearchIcon(), p.OnCalls)))
	}
	return parts
}

// day is the day of a moment in China.
func day(t time.Time) string { return t.In(domain.China()).Format(time.DateOnly) }

// PersonName is what a person is called; the owner of the workspace is "you".
func PersonName(e *Env, id domain.PersonID, name string) string {
	if id == domain.SelfID {
		return e.T("calls.person.self")
	}
	return name
}

// PersonOptions are people to choose from.
func PersonOptions(e *Env, list []domain.Person) []Option[domain.PersonID] {
	out := make([]Option[domain.PersonID], len(list))
	for i, p := range list {
		out[i] = Option[domain.PersonID]{Code: p.ID, Text: PersonName(e, p.ID, p.Name)}
	}
	return out
}

// notesShown bounds the notes; all stand with their calls.
const notesShown = 3

func noteParts(e *Env, marks []journal.CallMark) fyne.CanvasObject {
	var notes []fyne.CanvasObject
	for _, m := range marks {
		if len(notes) == notesShown {
			break
		}
		text := m.Note
		if text == "" {
			text = e.Printer.Term("category", string(m.Category))
		}
		notes = append(notes, Stack(0.25, Body(domain.Clip(text, 160)),
			Caption(e.T("kit.numberlog.noted", l10n.Args{"Day": day(m.StartedAt), "Name": PersonName(e, m.PersonID, m.Person)}))))
	}
	if notes == nil {
		return nil
	}
	return Stack(1, append([]fyne.CanvasObject{Strong(e.T("kit.numberlog.notes"))}, notes...)...)
}

func siblingParts(e *Env, p NumberLogParams) []fyne.CanvasObject {
	c := p.Card
	parts := []fyne.CanvasObject{
		Strong(e.N("kit.numberlog.siblings", int(c.SiblingNumbers), l10n.Args{
			"Code": c.Check.Code, "Calls": e.Printer.Number(c.SiblingCalls),
		})),
	}
	var buttons []fyne.CanvasObject
	for _, s := range c.Siblings[:min(len(c.Siblings), siblingsShown)] {
		words := e.T("kit.numberlog.count", l10n.Args{"Name": s.Number, "Calls": e.N("kit.numberlog.calls", int(s.Calls))})
		if p.OnSibling == nil {
			parts = append(parts, Body(words))
			continue
		}
		buttons = append(buttons, NewButton(words, nil, func() { p.OnSibling(s.Number) }))
	}
	if len(buttons) > 0 {
		parts = append(parts, Flow(1, buttons...))
	}
	if p.OnCode != nil {
		parts = append(parts, Flow(1, NewButton(e.T("kit.numberlog.code", l10n.Args{"Code": c.Check.Code}), theme.SearchIcon(), p.OnCode)))
	}
	return parts
}

// Deeds say what to do about a number, step by step.
func Deeds(e *Env, deeds []journal.Deed) fyne.CanvasObject {
	steps := make([]fyne.CanvasObject, len(deeds))
	for i, d := range deeds {
		n := NewText(strconv.Itoa(i+1), TextParams{Bold: true, Color: theme.ColorNamePrimary})
		steps[i] = TopRow(1.5, 1, n, Body(e.T("deed."+string(d))))
	}
	return TitledCard(e.T("kit.deeds"), "", Stack(1.25, steps...))
}
