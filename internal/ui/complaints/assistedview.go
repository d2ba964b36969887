package complaints

import (
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// assisted is the card with which the user files a complaint: what goes into
// each field of the form, files to take along, and the receipt number in the
// end.
func (v *detailView) assisted() fyne.CanvasObject {
	form := report.Assisted(v.env.Printer, v.d.Complaint)
	parts := []fyne.CanvasObject{kit.Notice(look.Info, v.env.T("complaints.by_hand"), form.Notes[0])}
	if form.Urgent != "" {
		parts = append([]fyne.CanvasObject{kit.Notice(look.Danger, form.Urgent, "")}, parts...)
	}
	var notes []fyne.CanvasObject
	last := len(form.Notes) - 1 // what an e-mail is good for, which stands beside the button
	for _, note := range form.Notes[1:last] {
		notes = append(notes, kit.Caption(note))
	}
	parts = append(parts, kit.Stack(0.75, notes...))
	for i, f := range form.Fields {
		parts = append(parts, v.assistedField(i+1, f))
	}
	parts = append(parts, kit.Stack(1, kit.Flow(1, v.paperButtons(form)...), kit.Caption(form.Notes[last])))
	return kit.TitledCard(form.Title, "", kit.Stack(2, append(parts, v.numberField(v.env.T("complaints.by_hand.receipt.help"), func() fyne.CanvasObject {
		return kit.Row(1, -1, kit.NewPrimary(v.env.T("complaints.by_hand.filed"), theme.ConfirmIcon(), v.p.model.SetReceipt))
	}))...))
}

// assistedField is one field: what the form calls it, and what goes in, with a
// button that takes it along.
func (v *detailView) assistedField(n int, f report.AssistedField) fyne.CanvasObject {
	head := kit.NewText(strconv.Itoa(n)+". "+f.Heading(), kit.TextParams{Bold: true, Wrap: true})
	var words []fyne.CanvasObject
	if f.Text == "" {
		words = append(words, head, kit.Muted(v.env.T("assist.missing")))
	} else {
		take := kit.NewCopy(v.env, func() string { return f.Text })
		v.copies = append(v.copies, take)
		words = append(words, kit.TopRow(1, 0, kit.Stack(0.25, head, kit.Body(f.Text)), take))
	}
	if f.Hint != "" {
		words = append(words, kit.Caption(f.Hint))
	}
	return kit.Stack(0.25, words...)
}

// numberField is where the receipt number goes, with what can be done with it
// below.
func (v *detailView) numberField(help string, actions func() fyne.CanvasObject) fyne.CanvasObject {
	m, e := v.p.model, v.env
	entry := kit.NewEntry("")
	entry.SetText(m.Receipt())
	v.receiptEntry = entry
	form := kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("complaints.receipt"), Help: help, Input: entry, Pointer: "/receipt_number",
		Beside: kit.PasteInto(e, entry, nil),
	}))
	form.Mark(v.shown.unsure)
	entry.OnChanged = func(text string) {
		m.TypeReceipt(text)
		if v.shown.unsure != nil { // it was about what stood here before
			v.shown.unsure = nil
			form.Clear()
		}
	}
	return kit.Stack(1, form.Object(), actions())
}

func (v *detailView) save(f Format, form report.AssistedForm) {
	v.p.saveFile(v.env.T("complaints.by_hand.choose"), "complaint-"+v.d.Complaint.ID.Short()+string(f), string(f), func(path string) {
		v.p.model.SaveForm(path, f, form)
	})
}

// savedNotice says where the file is. A PDF can be opened, to be printed from
// there; an e-mail opens as a draft.
func (v *detailView) savedNotice(path string) fyne.CanvasObject {
	key, icon := "complaints.by_hand.open_mail", theme.MailComposeIcon()
	if strings.EqualFold(filepath.Ext(path), string(PDF)) {
		key, icon = "digest.open", theme.DocumentPrintIcon()
	}
	return kit.Notice(look.Done, v.env.T("digest.saved"), path, kit.NewButton(v.env.T(key), icon, func() {
		v.p.openFile(path)
	}))
}
