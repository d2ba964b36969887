package complaints

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
)

// callPart is about the number and the calls.
func (v *formView) callPart() fyne.CanvasObject {
	f := v.m.Form()
	if f.Logged() {
		return kit.TitledCard(v.env.T("complaints.part.call"), "", v.loggedCalls()...)
	}
	v.number = v.text(v.env.T("complaints.number.placeholder"), AtNumber, &f.Number)
	paste := kit.NewPaste(v.env, func(s string) { v.number.SetText(strings.TrimSpace(s)) })
	v.person = kit.NewChoice(v.env.T("complaints.person.prompt"), v.whoever(), func(id domain.PersonID) {
		v.edit(AtPerson, func(f *Form) { f.Person = id })
	})
	return kit.TitledCard(v.env.T("complaints.part.call"), "",
		kit.Stack(1,
			v.add("number", AtNumber, kit.FieldParams{Required: true, Input: v.number, Beside: paste}),
			v.verdict, v.guard, v.related,
		),
		kit.Stack(1, v.typedCall(), v.recording),
		v.add("person", AtPerson, kit.FieldParams{Input: v.person, Help: v.env.T("complaints.person.help")}),
	)
}

// whoever are the people for whom it can be, and who stands in the sheet.
func (v *formView) whoever() []kit.Option[domain.PersonID] {
	list := kit.PersonOptions(v.env, v.m.People())
	c := v.m.Stated()
	if c == nil {
		return list
	}
	args := l10n.Args{"Name": cmp.Or(c.Name, c.Phone, v.env.T("calls.person.self")), "Whom": c.OnBehalfOf}
	text := v.env.T("complaints.person.stated", args)
	if c.OnBehalfOf != "" {
		text = v.env.T("complaints.person.stated_for", args)
	}
	return append([]kit.Option[domain.PersonID]{{Code: asStated, Text: text}}, list...)
}

// typedCall is when it rang: a time to enter, or the calls that are there.
func (v *formView) typedCall() fyne.CanvasObject {
	f := v.m.Form()
	if len(f.Further) > 0 && f.At == "" {
		return v.add("calls", AtCalls, kit.FieldParams{Input: v.furtherCalls()})
	}
	at, field := v.moment("at", AtCalls, &f.At, kit.FieldParams{Required: true})
	v.at = at
	return field
}

// loggedCalls shows the calls that the complaint is about; they are facts and
// not edited here.
func (v *formView) loggedCalls() []fyne.CanvasObject {
	f := v.m.Form()
	lines := make([]string, len(f.Calls))
	for i, c := range f.Calls {
		lines[i] = kit.FormatTime(c.StartedAt)
		if c.Duration != nil {
			lines[i] += v.env.T("complaints.separator") + kit.FormatSeconds(v.env, int64(c.Duration.Seconds()))
		}
		lines[i] += v.env.T("complaints.separator") + v.env.Printer.Term("direction", string(c.Direction))
	}
	number := kit.NewText(f.Number, kit.TextParams{Size: theme.SizeNameSubHeadingText, Bold: true, Wrap: true})
	whose := f.Calls[0].Person
	if f.Calls[0].PersonID == domain.SelfID {
		whose = v.env.T("calls.person.self")
	}
	return []fyne.CanvasObject{
		kit.Stack(1, v.add("number", AtNumber, kit.FieldParams{Input: number}), v.verdict, v.guard, v.related),
		kit.Stack(1, v.add("calls", AtCalls, kit.FieldParams{
			Input: kit.Stack(0.5, kit.Body(strings.Join(lines, "\n")), v.furtherCalls()),
		}), v.recording),
		v.add("person", AtPerson, kit.FieldParams{Input: kit.Body(whose)}),
	}
}

// contentPart is about what happened.
func (v *formView) contentPart() fyne.CanvasObject {
	f := v.m.Form()
	v.category = kit.NewChoice(v.env.T("complaints.category.prompt"), kit.Terms(v.env.Printer, "category", domain.Categories()),
		func(c domain.Category) {
			v.edit(AtCategory, func(f *Form) { f.Category = c })
			v.showWarning()
			v.showFraud()
		})
	v.category.Set(f.Category)
	return kit.TitledCard(v.env.T("complaints.part.content"), "",
		v.add("category", AtCategory, kit.FieldParams{Required: true, Input: v.category}),
		v.fraudField(), v.warning,
	)
}

// wordsPart is the user's own account.
func (v *formView) wordsPart() fyne.CanvasObject {
	f := v.m.Form()
	v.description = kit.NewTextArea(v.env.T("complaints.description.placeholder"), 5)
	v.description.SetText(f.Description)
	v.description.OnChanged = func(s string) {
		v.edit(AtDescription, func(f *Form) { f.Description = s })
		v.showUndo()
	}
	v.undo = kit.NewButton(v.env.T("complaints.propose.undo"), theme.ContentUndoIcon(), v.undoProposal)
	buttons := []fyne.CanvasObject{
		kit.NewButton(v.env.T("complaints.propose"), theme.DocumentCreateIcon(), v.propose),
		v.undo, kit.NewPaste(v.env, v.insert),
	}
	if note := notes(f.Calls); note != "" {
		buttons = append(buttons, kit.NewButton(v.env.T("complaints.insert_note"), theme.ContentAddIcon(), func() { v.insert(note) }))
	}
	v.showUndo()
	return kit.TitledCard(v.env.T("complaints.part.words"), "",
		kit.Stack(1,
			v.add("description", AtDescription, kit.FieldParams{Input: v.description, Help: v.env.T("complaints.description.help")}),
			kit.Flow(1, buttons...),
		),
	)
}

// wherePart is about the way the complaint goes.
func (v *formView) wherePart() fyne.CanvasObject {
	v.channel = kit.NewChoice(v.env.T("complaints.channel.prompt"), []kit.Option[string]{}, func(name string) {
		v.edit(AtChannel, func(f *Form) { f.Channel = name })
		v.showWhere()
		v.env.Refresh() // another channel may be a practice endpoint, or not
	})
	return kit.TitledCard(v.env.T("complaints.part.where"), "",
		v.add("channel", AtChannel, kit.FieldParams{Input: v.channel}), v.where)
}

// insert puts a text behind what is written already.
func (v *formView) insert(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if before := strings.TrimRight(v.description.Text, " \n"); before != "" {
		text = before + "\n" + text
	}
	v.description.SetText(text)
	v.env.Window.Canvas().Focus(v.description)
}

// notes are what the user noted about the calls, each once.
func notes(calls []domain.Call) string {
	var list []string
	for _, c := range calls {
		if c.Note != "" && !slices.Contains(list, c.Note) {
			list = append(list, c.Note)
		}
	}
	return strings.Join(list, "\n")
}

func harms(e *kit.Env) []kit.Option[domain.Harm] {
	var out []kit.Option[domain.Harm]
	for h := domain.Harm(0); h <= domain.MaxHarm; h++ {
		out = append(out, kit.Option[domain.Harm]{Code: h, Text: harmTerm(e, h)})
	}
	return out
}

func harmTerm(e *kit.Env, h domain.Harm) string { return e.Printer.Term("harm", strconv.Itoa(int(h))) }

// fieldKey is the message key of a field of the form.
func fieldKey(pointer string) string {
	switch pointer {
	case AtNumber:
		return "number"
	case AtCalls:
		return "at"
	case AtDuration:
		return "duration"
	case AtPerson:
		return "person"
	case AtLoss:
		return "loss"
	case AtRefused:
		return "refused"
	case AtConsent:
		return "consent"
	}
	return strings.TrimPrefix(pointer, "/")
}
