package main

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// given makes a file as a user might open it.
func given(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	someCalls = "时间,号码,类型,响铃时长\n2024-06-20 23:30:00,13900000007,未接,20\n"
	someCards = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:李\r\nTEL:13800138000\r\nEND:VCARD\r\n"
	someSheet = "number,called_at,category\n95013000,2024-05-20 09:15,loan\n"
	someText  = "He said that he was from the bank.\n"
)

// A file opens what imports it, whatever its name.
func TestFilesOpenTheRightImport(t *testing.T) {
	for name, tc := range map[string]struct {
		data, reads string
		page        kit.PageID
	}{
		"calls.txt":    {someCalls, "Import call logs", kit.PageCalls},
		"contacts.txt": {someCards, "Import contacts", kit.PageFamily},
		"sheet.txt":    {someSheet, "Sheet: sheet.txt", kit.PageBatch},
	} {
		d := newDesk(t, uitest.Options{Language: l10n.English}, "")
		d.openFiles([]string{given(t, name, tc.data)})
		d.Layout()
		if d.shell.Route().Page != tc.page || !d.Reads(tc.reads) {
			t.Errorf("%s: on %v, %q", name, d.shell.Route(), d.Texts())
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQuestionAboutEvidenceFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		d := newDesk(t, o, "")
		d.shell.Apply(settings.All{Language: o.Language, TextSize: o.TextSize, Theme: o.Theme})
		d.openFiles([]string{given(t, "note.txt", someText)})
		d.Check()
		d.dialogGolden("evidence")
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	})
}

// What is dropped onto the window goes where it belongs by its contents, but for
// what the page that is shown does with any file.
func TestDroppedFilesGoWhereTheyBelong(t *testing.T) {
	const numbers = "95588\n13800138000\n"
	for name, tc := range map[string]struct {
		from        kit.Route
		data, reads string
		page        kit.PageID
	}{
		"calls on home":     {kit.Route{Page: kit.PageHome}, someCalls, "Import call logs", kit.PageCalls},
		"sheet on calls":    {kit.Route{Page: kit.PageCalls}, someSheet, "Sheet: ", kit.PageBatch},
		"cards on batch":    {kit.Route{Page: kit.PageBatch}, someCards, "Import contacts", kit.PageFamily},
		"calls on check":    {kit.Route{Page: kit.PageCheck}, someCalls, "13900000007", kit.PageCheck},
		"numbers on check":  {kit.Route{Page: kit.PageCheck}, numbers, "13800138000", kit.PageCheck},
		"evidence on form":  {kit.RouteComplain("95588"), someText, "evidence on form", kit.PageComplaints},
		"calls on form":     {kit.RouteComplain("95588"), someCalls, "calls on form", kit.PageComplaints},
		"nothing on home":   {kit.Route{Page: kit.PageHome}, "\x7fELF\x02\x00\x00", "is nothing that Quietline can take.", kit.PageHome},
		"backup on batch":   {kit.Route{Page: kit.PageBatch}, "age-encryption.org/v1\n-> scrypt", "Passphrase", kit.PageSettings},
		"evidence on calls": {kit.Route{Page: kit.PageCalls}, someText, "", kit.PageCalls},
	} {
		d := newDesk(t, uitest.Options{Language: l10n.English}, "")
		d.shell.Go(tc.from)
		d.Layout()
		d.shell.Dropped([]fyne.URI{storage.NewFileURI(given(t, name+".txt", tc.data))})
		d.Layout()
		if d.shell.Route().Page != tc.page || !d.Reads(tc.reads) {
			t.Errorf("%s: on %v, %q", name, d.shell.Route(), d.Texts())
		}
		if err := d.end(); err != nil {
			t.Fatal(err)
		}
	}
}

// Evidence goes into the complaint that is being written, else the user is asked.
func TestEvidenceOpensAComplaint(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	d.openFiles([]string{given(t, "note.txt", someText)})
	d.Layout()
	if !d.Shows("app.open.evidence") || d.shell.Route().Page != kit.PageHome {
		t.Fatalf("on %v: %q", d.shell.Route(), d.Texts())
	}
	d.Draw("app-open-evidence")
	d.Press("app.open.evidence.yes")
	d.Layout()
	if d.shell.Route().Page != kit.PageComplaints || !d.Reads("note.txt") {
		t.Fatalf("on %v: %q", d.shell.Route(), d.Texts())
	}
	d.openFiles([]string{given(t, "more.txt", "More.\n")})
	d.Layout()
	if d.Shows("app.open.evidence") || !d.Reads("more.txt") || !d.Reads("note.txt") {
		t.Fatalf("on %v: %q", d.shell.Route(), d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// What cannot be opened now or at all is said, and nothing is lost by it.
func TestFilesThatDoNotOpen(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	d.openFiles([]string{given(t, "program", "\x7fELF\x02\x00\x00")})
	d.Layout()
	if !d.Reads("program is nothing that Quietline can take.") {
		t.Fatalf("%q", d.Texts())
	}
	calls := given(t, "calls.csv", someCalls)
	d.openFiles([]string{calls})
	d.Layout()
	if d.shell.Route().Page != kit.PageHome || !d.Shows("app.open.busy") {
		t.Fatalf("below a dialog: on %v, %q", d.shell.Route(), d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, uitest.Options{Language: l10n.English}, "")
	d.openFiles([]string{calls, given(t, "sheet.csv", someSheet)})
	d.Layout()
	if d.shell.Route().Page != kit.PageCalls || !d.Shows("app.open.others") {
		t.Fatalf("of two kinds: on %v, %q", d.shell.Route(), d.Texts())
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

func TestPathsOfArguments(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	got, err := pathsOf([]string{"a.csv", "file:///tmp/%E7%8E%8B%20b.vcf", "/x y"})
	if err != nil || got[0] != filepath.Join(dir, "a.csv") || got[1] != filepath.FromSlash("/tmp/王 b.vcf") || got[2] != filepath.FromSlash("/x y") {
		t.Fatalf("%q, %v", got, err)
	}
}
