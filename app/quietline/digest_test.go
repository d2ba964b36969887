package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
	"quietline/internal/ui/digest"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestFilesOfDigests(t *testing.T) {
	dir := t.TempDir()
	w := digests{testkit.Printer(t, l10n.English), testkit.NewClock()}
	doc := report.Document{Title: "T"}
	for name, f := range map[string]digest.Format{"a.pdf": digest.PDF, "a.txt": digest.Text} {
		path := filepath.Join(dir, name)
		// A file that is there, readable by others; the user was asked.
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := w.Save(t.Context(), path, f, doc); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info, err)
		}
		wrong := filepath.Join(dir, "b.doc")
		if err := w.Save(t.Context(), wrong, f, doc); domain.KindOf(err) != domain.Invalid {
			t.Error(err)
		}
		if _, err := os.Stat(wrong); err == nil {
			t.Error("what was refused leaves a file")
		}
	}
}

// The digest in the window says what quietctl's says.
func TestDigestOfTheFamilyPage(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	d.shell.Go(kit.Route{Page: kit.PageFamily})
	d.Layout()
	test.Tap(d.Buttons("family.digest")[1])
	d.Layout()
	if !d.Reads("Mother: the week's calls") || !d.Shows("digest.steps") || !d.Shows("digest.trend.none") {
		t.Fatalf("%q", d.Texts())
	}
	d.Press("kit.copy")
	if text := d.App.Clipboard().Content(); !strings.Contains(text, d.space.Lookout.LastWeek().String()) {
		t.Errorf("%q", text)
	}
	d.Press("kit.close")
	d.Press("family.thresholds")
	if !d.Shows("thresholds.text") {
		t.Fatalf("%q", d.Texts())
	}
	d.Type(uitest.All[*kit.Entry](d.Harness)[0], "4")
	d.Press("thresholds.save")
	if s, err := d.space.Lookout.Settings(t.Context()); err != nil || s.RepeatedCalls != 4 {
		t.Errorf("%+v %v", s, err)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}
