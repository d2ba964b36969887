package main

import (
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
	"quietline/internal/workspace"
)

// What quietctl corrects while the window is open is on the page that is shown
// as soon as the window is looked at again.
func TestCorrectionsOfAnotherProgramAreNoticed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	d := newDesk(t, uitest.Options{Language: l10n.English}, dir)
	defer func() {
		if err := d.end(); err != nil {
			t.Error(err)
		}
	}()
	d.shell.Env().Navigate(kit.RouteCheck("95023"))
	if !d.Shows("verdict.unlisted.title") {
		t.Fatalf("%q", d.Texts())
	}
	other, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.English, Clock: platform.Clock{}})
	if err != nil {
		t.Fatal(err)
	}
	c := domain.Correction{Code: "95023", Kind: domain.CorrectionEntry, NameEN: "Neighbour's firm"}
	if _, err := other.Registrar.Correct(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	d.noticeRegistry()
	if !d.Shows("verdict.own.title") || !d.Reads("Neighbour's firm") {
		t.Errorf("%q", d.Texts())
	}
}

func TestFilesOfTheCheckPage(t *testing.T) {
	dir, f := t.TempDir(), files{}
	path := filepath.Join(dir, "numbers.txt")
	if err := os.WriteFile(path, []byte("95588\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := f.Read(t.Context(), path, 6); err != nil || string(data) != "95588\n" {
		t.Errorf("%q %v", data, err)
	}
	for name, tt := range map[string]struct {
		path string
		most int64
		key  string
	}{
		"larger":  {path, 5, "check.file_large"},
		"missing": {filepath.Join(dir, "none"), 9, "import.file_missing"},
		"folder":  {dir, 9, "import.is_directory"},
	} {
		if _, err := f.Read(t.Context(), tt.path, tt.most); domain.KeyOf(err) != tt.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	out := filepath.Join(dir, "out.csv")
	rows := func(rows ...[]string) iter.Seq[[]string] { return slices.Values(rows) }
	if err := f.Export(t.Context(), out, []string{"number"}, rows([]string{"0551"}, []string{"=1+1"})); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(data), "0551") || strings.Contains(string(data), "\n=1+1") {
		t.Errorf("%q %v", data, err)
	}
	if err := f.Export(t.Context(), filepath.Join(dir, "out.doc"), []string{"number"}, rows()); err == nil {
		t.Error("a kind of file that is none")
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("%v are left", left)
	}
}
