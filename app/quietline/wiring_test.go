package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
	"quietline/internal/ui/uitest"
	"quietline/internal/workspace"
)

// desk is the whole program on a real workspace in the toolkit's test driver.
type desk struct {
	*uitest.Harness
	*desktop
	timers []func()
}

// pass ends every pause that something waits for.
func (d *desk) pass() {
	timers := d.timers
	d.timers = nil
	for _, f := range timers {
		f()
	}
	d.Layout()
}

func newDesk(t *testing.T, o uitest.Options, dir string) *desk {
	t.Helper()
	h := uitest.New(t, o)
	if dir == "" {
		dir = filepath.Join(t.TempDir(), "data")
	}
	p, dp := deskParams(t, h, dir)
	d := &desk{Harness: h}
	dp.after = func(_ time.Duration, f func()) func() {
		d.timers = append(d.timers, f)
		return func() {}
	}
	opened, err := p.open(t.Context(), dp)
	if err != nil {
		t.Fatal(err)
	}
	d.desktop = opened
	h.Layout()
	return d
}

// deskParams are a program in the toolkit's test driver.
func deskParams(t *testing.T, h *uitest.Harness, dir string) (*program, desktopParams) {
	t.Helper()
	p := &program{printer: h.Env.Printer, env: func(key string) string {
		if key == secretsEnv {
			return "file"
		}
		return ""
	}}
	return p, desktopParams{
		window: &window{app: h.App, win: h.Window}, dir: dir, options: options{demo: true},
		log: slog.New(slog.DiscardHandler), dispatch: kit.Inline, start: kit.Inline,
		after: func(time.Duration, func()) func() { return func() {} },
	}
}

// dialogGolden takes the golden of a dialog alone: what lies under it are data of
// today.
func (d *desk) dialogGolden(name string) {
	under := d.Window.Content()
	d.Window.SetContent(kit.Spring())
	d.Golden(name)
	d.Window.SetContent(under)
}

func (d *desk) end() error {
	d.shell.Stop()
	return d.close()
}

// TestEveryPageOnSampleData opens every page on real data in both languages at
// normal and largest text and looks for what does not fit.
func TestEveryPageOnSampleData(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		d := newDesk(t, o, "")
		d.shell.Apply(settings.All{Language: o.Language, TextSize: o.TextSize, Theme: o.Theme})
		for _, page := range []kit.PageID{kit.PageHome, kit.PageCalls, kit.PageCheck, kit.PageComplaints, kit.PageBatch, kit.PageFamily, kit.PageAdvice, kit.PageSettings, kit.PageHelp} {
			d.shell.Go(kit.Route{Page: page})
			d.Layout()
			if kit.Dialogs(d.Window.Canvas()) {
				t.Fatalf("%s opened a dialog: %q", page, d.Texts())
			}
			d.Check()
			d.Draw("app-" + string(page))
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFirstStartHasSomewhereToFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for range 2 {
		d := newDesk(t, uitest.Options{}, dir)
		list, err := d.space.Filing.Channels(t.Context())
		if err != nil || len(list) != 1 || list[0].URL != domain.PracticeURL || !list[0].Default {
			t.Fatalf("channels %+v %v", list, err)
		}
		page, err := d.space.Journal.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 100})
		if err != nil || len(page.Calls) < 5 {
			t.Fatalf("%d sample calls %v", len(page.Calls), err)
		}
		people, err := d.space.Journal.People(t.Context())
		if err != nil || len(people) != 2 {
			t.Fatalf("people %+v %v", people, err)
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}

// The window opens, and complaints can be written, whatever is wrong with the
// tokens.
func TestDamagedTokensKeepNoWindowShut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := newDesk(t, uitest.Options{}, dir).end(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tokens.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, uitest.Options{}, dir)
	if _, err := d.space.Filing.Channels(t.Context()); domain.KeyOf(err) != "secrets.damaged" {
		t.Fatalf("the tokens are not damaged: %v", err)
	}
	d.shell.Go(kit.RouteComplain("95588"))
	d.Layout()
	if kit.Dialogs(d.Window.Canvas()) || !d.Shows("complaints.practice.text") {
		t.Errorf("texts %q", d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// The sample calls of the mother are hers, also where she is there already.
func TestSampleCallsOfAKnownMother(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	mother, err := w.Journal.AddPerson(t.Context(), journal.PersonInput{Name: w.Printer.T("demo.mother"), Relation: domain.RelationChild})
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, uitest.Options{Language: l10n.Chinese}, dir)
	for _, id := range []domain.PersonID{domain.SelfID, mother.ID} {
		page, err := d.space.Journal.Calls(t.Context(), domain.CallFilter{PersonID: id}, domain.Page{Limit: 1})
		if err != nil || len(page.Calls) == 0 {
			t.Errorf("no calls of person %d (%v)", id, err)
		}
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

func TestChosenSettingsOutlastARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	d := newDesk(t, uitest.Options{Language: l10n.Chinese}, dir)
	d.shell.Go(kit.Route{Page: kit.PageSettings})
	d.Press("prefs.size.large")
	d.Press("prefs.language.en")
	if !d.Reads("Settings") || d.Reads("设置") {
		t.Errorf("texts %q", d.Texts())
	}
	err := d.end()
	d = newDesk(t, uitest.Options{Language: l10n.Chinese}, dir)
	got := d.shell.Settings()
	if got.Language != l10n.English || got.TextSize != settings.TextLarge || errors.Join(err, d.end()) != nil {
		t.Fatalf("settings %+v", got)
	}
}

func TestLanguageOfTheSystemIsTheDefault(t *testing.T) {
	for _, l := range l10n.Languages() {
		d := newDesk(t, uitest.Options{Language: l}, "")
		if got := d.shell.Settings().Language; got != l {
			t.Errorf("%s became %s", l, got)
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDiagnosticsFindNothing: the folder that the program itself made is sound.
func TestDiagnosticsFindNothing(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	for _, f := range d.examine(t.Context()) {
		if f.Status == prefs.StatusFault {
			t.Errorf("%s: %s", f.Check, f.Text)
		}
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

func TestPeopleThroughTheFamilyPage(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	d.shell.Go(kit.Route{Page: kit.PageFamily})
	d.Layout()
	d.Press("family.add")
	fields := uitest.All[*kit.Entry](d.Harness)
	d.Press("family.save")
	if !kit.Dialogs(d.Window.Canvas()) || d.Window.Canvas().Focused() != fields[0] {
		t.Fatalf("an empty name was taken: %q", d.Texts())
	}
	d.Type(fields[0], "王大爷")
	uitest.All[*kit.Choice[domain.Relation]](d.Harness)[0].SetSelected("Volunteer")
	d.Press("family.save")
	if kit.Dialogs(d.Window.Canvas()) || !d.Reads("王大爷") {
		t.Fatalf("texts %q", d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// What came by itself is said in counts, and the page that shows it reads again.
func TestWatchedFoldersAreTold(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	folder := t.TempDir()
	d.shell.Go(kit.Route{Page: kit.PageFamily})
	d.Layout()
	if _, err := d.space.Folders.Add(t.Context(), "", folder); err != nil {
		t.Fatal(err)
	}
	sample := "时间,号码,类型\n2024-05-20 08:00:00,13900000009,来电\n"
	if err := os.WriteFile(filepath.Join(folder, "calls.csv"), []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	err := d.space.Folders.Run(t.Context(), folders.RunOptions{Once: true, OnPass: d.tellWatched})
	if err != nil {
		t.Fatal(err)
	}
	d.Layout()
	if !d.Reads("1 new call from watched folders.") || !d.Reads("Watched folders") {
		t.Errorf("texts %q", d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// A file that brings no call, but what was not known of one, changes what the pages
// show as well.
func TestFilledCallsAreTold(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	folder := t.TempDir()
	if _, err := d.space.Folders.Add(t.Context(), "", folder); err != nil {
		t.Fatal(err)
	}
	d.shell.Go(kit.Route{Page: kit.PageCalls})
	d.drop(t, folder, "a.csv", "2024-06-20 23:30:00,13900000007,来电,")
	d.Layout()
	book := "号码,姓名,时间,类型\n13900000007,周先生,2024-06-20 23:30:00,来电\n"
	if err := os.WriteFile(filepath.Join(folder, "b.csv"), []byte(book), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.space.Folders.Run(t.Context(), folders.RunOptions{Once: true, OnPass: d.tellWatched}); err != nil {
		t.Fatal(err)
	}
	d.Layout()
	page, err := d.space.Journal.Calls(t.Context(), domain.CallFilter{Number: "13900000007"}, domain.Page{Limit: 2})
	if err != nil || len(page.Calls) != 1 || page.Calls[0].Name != "周先生" {
		t.Fatalf("%+v %v", page, err)
	}
	if !d.Reads("13900000007 周") {
		t.Errorf("texts %q", d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// An address book is dropped onto the window, whose first page does not take
// it; from then on the side of a call knows the number, and a complaint about it is asked back about.
func TestContactsFromTheBookToTheComplaint(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	book := filepath.Join(t.TempDir(), "book.vcf")
	cards := "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:李老师\r\nTEL:+86 138-0000-0001\r\nEND:VCARD\r\n"
	if err := os.WriteFile(book, []byte(cards), 0o600); err != nil {
		t.Fatal(err)
	}
	d.shell.Dropped([]fyne.URI{storage.NewFileURI(book)})
	d.Layout()
	d.Press("calls.import.start")
	d.Press("kit.close")
	if !d.Reads("李老师") || !d.Reads("13800000001") {
		t.Fatalf("the list: %q", d.Texts())
	}
	page, err := d.space.Journal.Calls(t.Context(), domain.CallFilter{Number: "13800000001"}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) != 1 {
		t.Fatalf("%+v %v", page, err)
	}
	d.shell.Go(kit.RouteCall(page.Calls[0].ID))
	d.Layout()
	if !d.Shows("contacts.is_known", map[string]any{"Name": "李老师"}) {
		t.Fatalf("the side of the call: %q", d.Texts())
	}
	known := func() bool { d.Layout(); return d.Shows("contacts.is_known", map[string]any{"Name": "李老师"}) }
	d.shell.Go(kit.RouteCheck("138 0000 0001"))
	if !known() {
		t.Errorf("the Check page: %q", d.Texts())
	}
	d.shell.Go(kit.Route{Page: kit.PageHome})
	d.Type(uitest.All[*kit.Entry](d.Harness)[0], "13800000001")
	if !known() {
		t.Errorf("the first page: %q", d.Texts())
	}
	for _, page := range []kit.PageID{kit.PageHome, kit.PageCheck} {
		d.shell.Go(kit.Route{Page: page})
		if _, err := d.space.Journal.RemoveContact(t.Context(), "13800000001", ""); err != nil {
			t.Fatal(err)
		}
		d.shell.Env().Announce("contacts")
		if known() {
			t.Errorf("%s goes on about a contact that is gone: %q", page, d.Texts())
		}
		if _, err := d.space.Journal.AddContact(t.Context(), journal.ContactInput{Number: "13800000001", Name: "李老师"}); err != nil {
			t.Fatal(err)
		}
	}
	d.shell.Go(kit.RouteComplainAbout(page.Calls[0].ID))
	d.Layout()
	d.Press("complaints.file")
	all, err := d.space.Filing.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1})
	if err != nil || len(all.Complaints) != 0 || !d.Shows("complaints.anyway") {
		t.Errorf("%+v %v, %q", all, err, d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}
