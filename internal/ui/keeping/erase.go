package keeping

import (
	"fyne.io/fyne/v2"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// everything stands for all people in the choice of whom to erase; no person has
// an empty name.
const everything = ""

// askErase asks whom to erase.
func (v *Part) askErase() {
	v.m.People(func(list []domain.Person, err error) {
		if err != nil {
			v.env.ShowError(err)
			return
		}
		v.askWhom(list)
	})
}

// erasing is the dialog that says what would go, and wants the name typed.
type erasing struct {
	part   *Part
	dialog *kit.Dialog
	whom   *kit.Choice[string]
	typed  *kit.Entry
	giveUp *kit.Check
	yes    *kit.Button
	place  *fyne.Container
	person string
	// word is what has to be typed, empty before it is known what goes.
	word string
	held bool // by complaints that may have arrived
}

func (v *Part) askWhom(list []domain.Person) {
	e := v.env
	var options []kit.Option[string]
	for _, p := range list {
		options = append(options, kit.Option[string]{Code: p.Name, Text: kit.PersonName(e, p.ID, p.Name)})
	}
	options = append(options, kit.Option[string]{Code: everything, Text: e.T("keeping.erase.everything")})
	x := &erasing{part: v, typed: kit.NewEntry(""), place: kit.Stack(2)}
	x.whom = kit.NewChoice(e.T("family.choose"), options, x.choose)
	x.yes = kit.NewDanger(e.T("keeping.erase.yes"), nil, x.erase)
	x.giveUp = kit.NewCheck(e.T("keeping.erase.give_up"), func(bool) { x.look() })
	x.typed.OnChanged = func(string) { x.look() }
	x.look()
	field := kit.NewField(e, kit.FieldParams{Label: e.T("keeping.erase.whom"), Input: x.whom})
	kit.ShowDialog(e, func(d *kit.Dialog) kit.DialogParams {
		x.dialog = d
		no := kit.NewButton(e.T("kit.cancel"), nil, d.Close)
		return kit.DialogParams{
			Title: e.T("keeping.erase.title"), Body: kit.Stack(2, field.Object(), x.place), Width: 68, Focus: x.whom,
			Buttons: []fyne.CanvasObject{no, x.yes},
		}
	})
}

// choose shows what erasing this one would take.
func (x *erasing) choose(person string) {
	e := x.part.env
	x.person, x.word, x.held = person, "", false
	x.typed.SetText("")
	if person == everything {
		x.word = e.T("keeping.erase.word")
		x.show(kit.Body(e.T("keeping.erase.all.what")))
		return
	}
	x.place.Objects = []fyne.CanvasObject{kit.Muted(e.T("keeping.erase.counting"))}
	x.place.Refresh()
	x.part.m.Outlook(person, func(t custody.Toll, err error) {
		if x.person != person || !x.dialog.Open() {
			return
		}
		if err != nil {
			x.place.Objects = []fyne.CanvasObject{e.ErrorNotice(err)}
			x.place.Refresh()
			return
		}
		x.word, x.held = x.whom.Selected, t.Unsettled > 0
		x.show(kit.Stack(1, kit.Strong(e.T("erase.goes")), bullets(report.TollText(e.Printer, t))))
	})
}

func (x *erasing) show(what fyne.CanvasObject) {
	e := x.part.env
	confirm := kit.NewField(e, kit.FieldParams{Label: e.T("keeping.erase.type", l10n.Args{"Word": x.word}), Input: x.typed})
	objects := []fyne.CanvasObject{what, kit.Notice(look.Danger, e.T("keeping.erase.no_way_back"), e.T("keeping.erase.backups"))}
	if x.held {
		objects = append(objects, x.giveUp)
	}
	objects = append(objects, confirm.Object())
	x.place.Objects = objects
	x.place.Refresh()
	x.look()
}

// look lets the button be pressed once all was said.
func (x *erasing) look() {
	if Confirmed(x.typed.Text, x.word) && (!x.held || x.giveUp.Checked) {
		x.yes.Enable()
	} else {
		x.yes.Disable()
	}
}

func (x *erasing) erase() {
	x.dialog.Close()
	x.part.m.Erase(x.person, x.held && x.giveUp.Checked)
}
