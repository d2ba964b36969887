package complaints

import (
	"context"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// vault keeps files by their names: what is taken is known beforehand.
type vault struct {
	taken   map[string]filing.TakenEvidence // by path
	there   map[string]bool
	removed []string
	copies  []string
	err     error // fails copying
}

func (v *vault) Take(_ context.Context, path string) (filing.TakenEvidence, error) {
	t, ok := v.taken[path]
	if !ok {
		return t, domain.E("vault", domain.Invalid, "evidence.type_unknown", domain.Args{"Name": filepath.Base(path)}, nil)
	}
	v.there[t.SHA256] = true
	return t, nil
}

func (v *vault) Look(e domain.Evidence) error {
	if !v.there[e.SHA256] {
		return domain.E("vault", domain.Conflict, "evidence.missing", domain.Args{"Name": e.FileName}, nil)
	}
	return nil
}
func (v *vault) Check(_ context.Context, e domain.Evidence) error { return v.Look(e) }
func (v *vault) Open(domain.Evidence) (io.ReadCloser, error)      { return nil, nil }

func (v *vault) Export(_ context.Context, e domain.Evidence, path string) error {
	if v.err == nil {
		v.copies = append(v.copies, e.FileName+" to "+path)
	}
	return v.err
}

func (v *vault) ExportToOpen(_ context.Context, e domain.Evidence) (string, error) {
	return "/open/" + e.FileName, v.err
}
func (v *vault) Lock(context.Context) (func(), error) { return func() {}, nil }
func (v *vault) Stored(context.Context) ([]filing.StoredEvidence, error) {
	return nil, nil
}

func (v *vault) Remove(digest string) error {
	v.removed = append(v.removed, digest)
	delete(v.there, digest)
	return nil
}
func (v *vault) Tidy(time.Time) error { return nil }

func (d *desk) Evidence(_ context.Context, id domain.ComplaintID) ([]domain.EvidenceStatus, error) {
	if list, ok := d.evidence[id]; ok {
		return slices.Clone(list), d.err
	}
	var list []domain.EvidenceStatus
	for _, e := range d.complaints[d.find(string(id))].Body.Evidence {
		list = append(list, domain.EvidenceStatus{Evidence: e, State: domain.EvidenceStored})
	}
	return list, d.err
}

func (d *desk) EvidenceInUse(context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	for _, c := range d.complaints {
		for _, e := range c.Body.Evidence {
			used[e.SHA256] = true
		}
	}
	return used, d.err
}

func (d *desk) ResendEvidence(_ context.Context, id domain.ComplaintID, digest string, now time.Time) error {
	for i, e := range d.evidence[id] {
		if e.SHA256 == digest {
			d.evidence[id][i] = domain.EvidenceStatus{Evidence: e.Evidence, State: domain.EvidenceWaiting, NextAt: now}
		}
	}
	return d.err
}

func (d *desk) HastenUploads(context.Context, filing.HastenRequest) error { return d.err }

func sample(name, media string, size int64) domain.Evidence {
	return domain.Evidence{SHA256: "digest of " + name, MediaType: media, Bytes: size, FileName: name}
}

func newVault() *vault {
	chat := filing.TakenEvidence{Evidence: sample("聊天记录.png.jpg", domain.MediaJPEG, 1_300_000), LocationRemoved: true, DetailsRemoved: true, NameDiffers: true}
	return &vault{there: map[string]bool{}, taken: map[string]filing.TakenEvidence{
		"/home/聊天记录.png":      chat,
		"/home/Call 0520.m4a": {Evidence: sample("Call 0520.m4a", domain.MediaMP4, 5<<20), MayTellPlace: true},
		"/home/Note 1.txt":    {Evidence: sample("Note 1.txt", domain.MediaText, 800)},
		"/home/Bill 5.pdf":    {Evidence: sample("Bill 5.pdf", domain.MediaPDF, 90<<10)},
	}}
}

// filedWithFiles is a filed complaint with a file in each state.
func filedWithFiles(o *office) {
	c := o.file(domain.SendSent, 1)
	c.ReceiptNumber = "PR-20240520-000007"
	at := c.CreatedAt
	list := []domain.EvidenceStatus{
		{Evidence: sample("聊天记录.jpg", domain.MediaJPEG, 1_300_000), State: domain.EvidenceUploaded, Attempts: 1, HTTPStatus: 201},
		{Evidence: sample("Call 0520.m4a", domain.MediaMP4, 5<<20), State: domain.EvidenceWaiting, Attempts: 2, ErrorKey: "channel.endpoint_down", HTTPStatus: 503, NextAt: at.Add(30 * time.Minute)},
		{Evidence: sample("Note 1.txt", domain.MediaText, 800), State: domain.EvidenceRefused, Attempts: 1, ErrorKey: "evidence.refused_type", HTTPStatus: 415, Detail: "Only pictures, please."},
		{Evidence: sample("Bill 5.pdf", domain.MediaPDF, 90<<10), State: domain.EvidenceMissing, Attempts: 1, ErrorKey: "evidence.missing"},
	}
	for i, e := range list {
		c.Body.Evidence = append(c.Body.Evidence, e.Evidence)
		if i < 3 {
			o.vault.there[e.SHA256] = true
		}
	}
	o.desk.evidence = map[domain.ComplaintID][]domain.EvidenceStatus{c.ID: list}
	o.desk.timeline[c.ID] = append(o.desk.timeline[c.ID],
		domain.TimelineEvent{At: at, Kind: "evidence_uploaded", Note: "聊天记录.jpg"},
		domain.TimelineEvent{At: at, Kind: "evidence_refused", Note: "Note 1.txt"},
		domain.TimelineEvent{At: at, Kind: "evidence_missing", Note: "Bill 5.pdf"},
	)
}

func attachAll(s *stage) {
	s.page.Drop([]string{"/home/聊天记录.png", "/home/Call 0520.m4a", "/home/Note 1.txt", "/home/Movie.avi"})
	s.page.form.scroll.ScrollToBottom()
}

func TestEvidencePages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1200, 1300)
		form := show(t, o, kit.RouteComplain("95013000"), takesPictures)
		attachAll(form)
		form.Check()
		form.Draw("complaints.evidence_form")
		form.Golden("evidence_form")
		detail := show(t, o, kit.RouteComplaint("00000001"), filedWithFiles)
		detail.page.list.detail.scroll.ScrollToOffset(fyne.NewPos(0, 500))
		detail.Check()
		detail.Draw("complaints.evidence_detail")
		detail.Golden("evidence_detail")
	})
}

// What else the form says of files.
func TestEvidenceInTheForm(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(*office)
		do      func(*stage)
		says    string
	}{
		{"removed", nil, func(s *stage) {
			s.page.Drop([]string{"/home/Call 0520.m4a"})
			s.Press("complaints.evidence.remove")
		}, "已移除 Call 0520.m4a。"},
		{"by_hand", byHand, chooseByHand, "文件也请自行附上"},
		{"none", func(o *office) {
			o.desk.channels[0].Capabilities = &domain.Capabilities{Name: "x", Practice: true}
		}, nil, "不接收文件"},
		{"unknown", nil, nil, "目前还不知道"},
		{"wrong", takesPictures, func(s *stage) {
			attachAll(s)
			s.Press("complaints.file")
		}, "受理端不接收 Call 0520.m4a 这类文件"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := show(t, uitest.Options{}, kit.RouteComplain("95013000"), c.prepare)
			if c.do != nil {
				c.do(s)
			}
			s.page.form.scroll.ScrollToBottom()
			s.Check()
			s.Draw("complaints.evidence_" + c.name)
			if !s.Reads(c.says) {
				t.Errorf("%q is not there: %q", c.says, s.Texts())
			}
		})
	}
}

func takesPictures(o *office) {
	o.desk.channels[0].Capabilities = &domain.Capabilities{
		Name: "x", Practice: true, MaxEvidenceBytes: 10 << 20, EvidenceTypes: []string{"image/jpeg", "image/jpg", "image/png", "text/plain"},
	}
}

// From files that are dropped to a complaint that carries them; what the
// endpoint will not take is said at the field, before anything is filed.
func TestFilesFromTheDropToTheOutbox(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), takesPictures)
	if !s.page.Takes(nil) {
		t.Fatal("files are for the form that is open")
	}
	s.page.Drop([]string{"/home/聊天记录.png", "/home/聊天记录.png"})
	s.page.Drop([]string{"/home/Call 0520.m4a", "/home/Movie.avi"})
	s.Layout()
	if f := s.page.model.Form(); len(f.Files) != 2 || !f.Changed || len(f.NotAdded) != 1 {
		t.Fatalf("%+v", f.formFiles)
	}
	for _, words := range []string{"Location data removed.", "Picture · JPEG · 1.2 MB", "Recording · M4A · 5 MB", "Movie.avi is neither", "up to 10 MB: JPEG; PNG; TXT"} {
		if !s.Reads(words) {
			t.Errorf("%q is not there: %q", words, s.Texts())
		}
	}
	s.page.form.category.Set(domain.CategoryLoan)
	s.page.model.Edit(AtCategory, func(f *Form) { f.Category = domain.CategoryLoan })
	s.page.form.at.SetText("2024-05-20 08:20")
	s.Press("complaints.file")
	if !s.Reads("does not take files like Call 0520.m4a") {
		t.Fatalf("%q", s.Texts())
	}
	s.page.model.RemoveFile("digest of Call 0520.m4a")
	if s.Reads("does not take files like Call 0520.m4a") {
		t.Error("it is about a file that is not there any more")
	}
	s.Press("complaints.evidence.undo")
	if got := len(s.page.model.Form().Files); got != 2 {
		t.Fatalf("%d files after undo", got)
	}
	s.page.model.RemoveFile("digest of Call 0520.m4a")
	s.Press("complaints.file")
	s.Press("complaints.confirm.yes")
	if len(s.desk.complaints) != 1 || len(s.desk.complaints[0].Body.Evidence) != 1 || s.desk.complaints[0].Body.Evidence[0].FileName != "聊天记录.png.jpg" {
		t.Fatalf("%+v", s.desk.complaints)
	}
	if s.page.Takes(nil) || !s.Shows("complaints.evidence.open") {
		t.Errorf("the complaint is shown with its file: %q", s.Texts())
	}
}

// A form that is thrown away takes its files along, but not those of a draft.
func TestFilesOfAFormThatIsThrownAway(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplain("95013000"), nil)
	s.page.Drop([]string{"/home/Note 1.txt"})
	s.page.form.at.SetText("2024-05-20 08:20")
	s.Press("complaints.save_draft")
	s.page.model.EditDraft()
	s.page.Drop([]string{"/home/Bill 5.pdf", "/home/Call 0520.m4a"})
	s.page.model.RemoveFile("digest of Call 0520.m4a")
	s.page.model.CloseForm()
	if got := slices.Sorted(maps.Keys(s.vault.there)); len(got) != 1 || got[0] != "digest of Note 1.txt" {
		t.Errorf("%q is left", got)
	}
	s.page.model.EditDraft()
	if f := s.page.model.Form(); len(f.Files) != 1 || f.Files[0].FileName != "Note 1.txt" {
		t.Errorf("%+v", f.formFiles)
	}
	s.page.model.CloseForm()
	if !s.vault.there["digest of Note 1.txt"] {
		t.Error("the draft needs it")
	}
}

// While a file is being copied nothing can be filed, and what arrives for a form
// that is gone is removed again.
func TestFilesThatArriveLate(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplain("95013000"), nil)
	s.Hold = true
	s.page.model.AddFiles([]string{"/home/Note 1.txt"})
	if !s.Shows("complaints.evidence.adding") || !s.page.form.file.Disabled() {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.SaveDraft("en")
	if s.page.model.Form().Busy {
		t.Error("it would lose the file")
	}
	s.page.model.CloseForm()
	s.Release()
	if len(s.vault.there) != 0 {
		t.Errorf("%v", s.vault.there)
	}
}

// The form that is opened next may be given the same file while the one before has
// not got it yet: it keeps its copy.
func TestFilesOfTwoForms(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplain("95013000"), nil)
	s.Hold = true
	s.page.model.AddFiles([]string{"/home/Note 1.txt"})
	s.Show(s.page, kit.RouteComplain("95013001"))
	s.page.model.AddFiles([]string{"/home/Note 1.txt"})
	s.Release()
	f := s.page.model.Form()
	if f == nil || len(f.Files) != 1 || !s.vault.there["digest of Note 1.txt"] {
		t.Fatalf("%+v, %v", f, s.vault.there)
	}
	// Twice in one form is once, and what was taken out is gone when another is.
	s.page.model.AddFiles([]string{"/home/Note 1.txt", "/home/Call 0520.m4a"})
	s.page.model.RemoveFile("digest of Note 1.txt")
	s.page.model.RemoveFile("digest of Call 0520.m4a")
	if s.vault.there["digest of Note 1.txt"] || !s.vault.there["digest of Call 0520.m4a"] {
		t.Errorf("%v", s.vault.there)
	}
	s.page.model.CloseForm()
	if len(s.vault.there) != 0 {
		t.Errorf("%v", s.vault.there)
	}
}

func TestFilesOfAFiledComplaint(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 3400)}, kit.RouteComplaint("00000001"), filedWithFiles)
	var opened, saved []string
	choose := ""
	s.page.p.OpenFile = func(path string) { opened = append(opened, path) }
	s.page.p.SaveFile = func(name string, chosen func(string)) {
		saved = append(saved, name)
		chosen("/out/" + name)
	}
	s.page.p.ChooseFile = func(chosen func(string)) { chosen(choose) }
	s.Buttons("complaints.evidence.open")[0].OnTapped()
	s.Buttons("complaints.evidence.save")[1].OnTapped()
	want(t, "opened", strings.Join(opened, " "), "/open/聊天记录.jpg")
	want(t, "saved", strings.Join(s.vault.copies, " "), "Call 0520.m4a to /out/Call 0520.m4a")
	if n := len(s.Buttons("complaints.evidence.open")); n != 3 {
		t.Errorf("%d of 4 can be opened", n)
	}
	choose = "/home/Note 1.txt"
	again := s.Buttons("complaints.evidence.again")
	if len(again) != 2 {
		t.Fatalf("%d can be attached again", len(again))
	}
	choose = "/home/聊天记录.png"
	again[1].OnTapped()
	if !s.Shows("err.evidence.other_file.hint") {
		t.Errorf("%q", s.Texts())
	}
	s.Key(fyne.KeyEscape)
	choose = "/home/Bill 5.pdf"
	s.Buttons("complaints.evidence.again")[1].OnTapped()
	s.Layout()
	if got := s.desk.evidence["00000001-0000-4000-8000-000000000000"][3]; got.State != domain.EvidenceWaiting || s.kicks == 0 {
		t.Errorf("%+v", got)
	}
	if n := len(s.Buttons("complaints.evidence.again")); n != 1 {
		t.Errorf("%d left to attach again", n)
	}
}
