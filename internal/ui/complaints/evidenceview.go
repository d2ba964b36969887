package complaints

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// evidencePart is about the files that go with the complaint.
func (v *formView) evidencePart() fyne.CanvasObject {
	v.files, v.takes = kit.Stack(1), kit.Stack(0)
	add := kit.NewButton(v.env.T("complaints.evidence.add"), theme.ContentAddIcon(), func() {
		v.p.chooseFile(func(path string) { v.m.AddFiles([]string{path}) })
	})
	v.showFiles()
	return kit.TitledCard(v.env.T("complaints.part.evidence"), "",
		v.add("evidence", AtEvidence, kit.FieldParams{
			Input: kit.Stack(1.5, v.files, kit.Row(1, -1, add)), Focus: add, Help: v.env.T("complaints.evidence.help"),
		}), v.takes)
}

// showFiles shows what is attached, what is being copied, and what was refused.
func (v *formView) showFiles() {
	f := v.m.Form()
	v.files.RemoveAll()
	for _, t := range f.Files {
		v.files.Add(v.formFile(t))
	}
	if f.Adding > 0 {
		v.files.Add(kit.Muted(v.env.T("complaints.evidence.adding")))
	}
	if f.Removed != nil {
		v.files.Add(kit.Flow(1,
			kit.NewText(v.env.T("complaints.evidence.removed", l10n.Args{"Name": f.Removed.FileName}), kit.TextParams{Color: look.ColorSecondary, Wrap: true}),
			kit.NewQuiet(v.env.T("complaints.evidence.undo"), theme.ContentUndoIcon(), v.m.PutBack)))
	}
	for _, err := range f.NotAdded {
		x := v.env.Printer.Explain(err)
		v.files.Add(kit.Notice(look.Danger, x.Message, x.Hint))
	}
	v.files.Hidden = len(v.files.Objects) == 0
	v.files.Refresh()
}

// formFile is one file of the form: what it is, what was done to it, and a way
// to leave it out.
func (v *formView) formFile(t filing.TakenEvidence) fyne.CanvasObject {
	words := []fyne.CanvasObject{kit.Strong(t.FileName), kit.Caption(fileFacts(v.env, t.Evidence))}
	for _, note := range t.Notes() {
		tone := look.Info
		switch note {
		case "location", "details":
			tone = look.Done
		case "place":
			tone = look.Caution
		}
		words = append(words, kit.TopRow(0.75, 1, kit.Icon(tone.Icon(), 1),
			kit.NewText(v.env.T("evidence.note."+note), kit.TextParams{Size: theme.SizeNameCaptionText, Color: tone.Text(), Wrap: true})))
	}
	remove := kit.NewQuiet(v.env.T("complaints.evidence.remove"), theme.DeleteIcon(), func() { v.m.RemoveFile(t.SHA256) })
	return kit.Boxed(kit.TopRow(1.5, 1, kit.Icon(fileIcon(t.Evidence), 1.5), kit.Stack(0.5, words...), remove))
}

// showTakes says beforehand which files the channel takes.
func (v *formView) showTakes() {
	v.takes.RemoveAll()
	t, ok := v.m.Takes()
	switch {
	case !ok:
	case t.ByHand:
		v.takes.Add(kit.Caption(v.env.T("complaints.evidence.by_hand")))
	case t.None:
		v.takes.Add(kit.Notice(look.Caution, v.env.T("complaints.evidence.none"), ""))
	case !t.Known:
		v.takes.Add(kit.Caption(v.env.T("complaints.evidence.unknown")))
	default:
		v.takes.Add(kit.Caption(v.env.T("complaints.evidence.limits", l10n.Args{
			"Size": report.Size(v.env.Printer, t.Bytes), "Types": strings.Join(t.Types, v.env.T("complaints.list_separator")),
		})))
	}
	v.takes.Hidden = len(v.takes.Objects) == 0
	v.takes.Refresh()
}

func (p *Page) onEvidence() {
	if p.form != nil && p.model.Form() != nil {
		p.form.showFiles()
	}
}

// Takes says whether dropped files are for this page: only while a complaint is
// being written.
func (p *Page) Takes([]string) bool { return p.ctx != nil && p.model.Form() != nil }

// Drop adds the files to the complaint that is being written.
func (p *Page) Drop(paths []string) { p.model.AddFiles(paths) }

func (p *Page) chooseFile(chosen func(path string)) {
	if p.p.ChooseFile != nil {
		p.p.ChooseFile(chosen)
		return
	}
	kit.OpenFile(p.env, p.env.T("complaints.evidence.choose"), nil, chosen)
}

// evidence shows the files of a complaint, each with how far it is.
func (v *detailView) evidence() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	if v.d.Complaint.ChannelKind == domain.ChannelAssisted {
		lines = append(lines, kit.Muted(v.env.T("complaints.evidence.by_hand")))
	}
	for _, e := range v.d.Evidence {
		lines = append(lines, v.file(e))
	}
	return kit.TitledCard(v.env.T("complaints.evidence"), "", kit.Stack(1.5, lines...))
}

func (v *detailView) file(e domain.EvidenceStatus) fyne.CanvasObject {
	words := []fyne.CanvasObject{
		kit.Strong(e.FileName),
		kit.Flow(1, kit.NewBadge(toneOfFile(e.State), v.env.Printer.Term("evidence_state", string(e.State))),
			kit.NewText(fileFacts(v.env, e.Evidence), kit.TextParams{Size: theme.SizeNameCaptionText, Color: look.ColorSecondary})),
	}
	if err := e.Err(); err != nil {
		x := v.env.Printer.Explain(err)
		words = append(words, kit.Body(x.Message), kit.Caption(x.Hint))
	}
	if e.Detail != "" {
		words = append(words, kit.Body(v.env.T("complaints.endpoint_says", l10n.Args{"Words": e.Detail})))
	}
	if !e.NextAt.IsZero() && e.ErrorKey != "" {
		words = append(words, kit.Caption(v.env.T("complaints.next_attempt", l10n.Args{"Time": kit.FormatTime(e.NextAt)})))
	}
	return kit.Boxed(kit.TopRow(1.5, 1, kit.Icon(fileIcon(e.Evidence), 1.5),
		kit.Stack(0.75, append(words, kit.Flow(1, v.fileActions(e)...))...)))
}

// fileActions are what can be done with a file now.
func (v *detailView) fileActions(e domain.EvidenceStatus) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if e.State != domain.EvidenceMissing {
		out = append(out,
			kit.NewButton(v.env.T("complaints.evidence.open"), theme.VisibilityIcon(), func() {
				v.p.model.OpenFile(e.Evidence, v.p.showFile)
			}),
			kit.NewButton(v.env.T("complaints.evidence.save"), theme.DocumentSaveIcon(), func() { v.p.copyFile(e.Evidence) }),
		)
	}
	again, choose := v.env.T("complaints.evidence.again"), func() { v.p.chooseFile(v.p.model.AttachAgain) }
	switch {
	case v.d.Complaint.SendState == domain.SendCancelled:
	case e.State == domain.EvidenceMissing:
		out = append(out, kit.NewPrimary(again, theme.ContentAddIcon(), choose))
	case e.State == domain.EvidenceRefused:
		out = append(out, kit.NewButton(again, theme.ContentAddIcon(), choose))
	}
	return out
}

func (p *Page) showFile(path string) {
	if p.p.OpenFile != nil {
		p.p.OpenFile(path)
		return
	}
	kit.OpenPath(p.env, path)
}

func (p *Page) copyFile(e domain.Evidence) {
	chosen := func(path string) { p.model.CopyFile(e, path) }
	if p.p.SaveFile != nil {
		p.p.SaveFile(e.FileName, chosen)
		return
	}
	kit.SaveFile(p.env, p.env.T("complaints.evidence.save_title"), e.FileName, nil, chosen)
}

func toneOfFile(s domain.EvidenceState) look.Tone {
	switch s {
	case domain.EvidenceUploaded:
		return look.Done
	case domain.EvidenceWaiting:
		return look.Info
	case domain.EvidenceRefused:
		return look.Danger
	case domain.EvidenceMissing:
		return look.Caution
	case domain.EvidenceStored:
	}
	return look.Neutral
}

func fileIcon(e domain.Evidence) fyne.Resource {
	switch e.Kind() {
	case domain.EvidencePicture:
		return theme.FileImageIcon()
	case domain.EvidenceRecording:
		return theme.FileAudioIcon()
	case domain.EvidenceText:
		return theme.FileTextIcon()
	case domain.EvidenceDocument:
	}
	return theme.DocumentIcon()
}

// fileNames are the files of a form.
func fileNames(e *kit.Env, f *Form) string {
	names := make([]string, len(f.Files))
	for i, t := range f.Files {
		names[i] = t.FileName
	}
	return strings.Join(names, e.T("complaints.list_separator"))
}

// fileFacts is what a file is and how large.
func fileFacts(e *kit.Env, f domain.Evidence) string {
	parts := []string{e.T("evidence.kind." + string(f.Kind()))}
	if f.Kind() != domain.EvidenceText {
		parts = append(parts, domain.MediaName(f.MediaType))
	}
	return strings.Join(append(parts, report.Size(e.Printer, f.Bytes)), e.T("complaints.separator"))
}
