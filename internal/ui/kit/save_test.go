package kit_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// saving is the dialog over an empty home, and what it gave.
func saving(t *testing.T, o uitest.Options) (h *uitest.Harness, home string, got *string) {
	t.Helper()
	home, got = t.TempDir(), new(string)
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	h = uitest.New(t, o)
	kit.SaveFile(h.Env, "Write the numbers", "numbers.csv", []string{".csv", ".xlsx"}, func(path string) { *got = path })
	h.Layout()
	return h, home, got
}

func name(h *uitest.Harness) *kit.Entry { return uitest.One[*kit.Entry](h, nil) }

func TestSaveFileIsCalledAsItsButtonWithoutTheDots(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	kit.SaveFile(h.Env, "保存结果表格……", "results.csv", nil, func(string) {})
	h.Layout()
	if !slices.Contains(h.Texts(), "保存结果表格") {
		t.Errorf("%q", h.Texts())
	}
}

func TestSaveFileGivesThePath(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"numbers.csv", "numbers.csv"}, {" 号码.XLSX ", "号码.XLSX"}, {"numbers", "numbers.csv"}, {"my.numbers", "my.numbers.csv"},
	} {
		h, home, got := saving(t, uitest.Options{})
		h.Type(name(h), c.typed)
		h.Press("kit.save.do")
		if *got != filepath.Join(home, c.want) || kit.Dialogs(h.Window.Canvas()) {
			t.Errorf("%q gives %q", c.typed, *got)
		}
		if left, _ := os.ReadDir(home); len(left) != 0 {
			t.Errorf("%v before anything is written", left)
		}
	}
}

func TestSaveFileAsksBeforeItReplaces(t *testing.T) {
	h, home, got := saving(t, uitest.Options{})
	path := filepath.Join(home, "numbers.csv")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.Type(name(h), "numbers")
	h.Press("kit.save.do")
	if !h.Shows("kit.save.replace") || *got != "" {
		t.Fatalf("%q; %q", *got, h.Texts())
	}
	h.Key(fyne.KeyEscape)
	h.Press("kit.save.do")
	h.Press("kit.save.replace.yes")
	if data, _ := os.ReadFile(path); *got != path || string(data) != "mine" {
		t.Errorf("%q holds %q before anything is written", *got, data)
	}
}

func TestSaveFileNeedsAName(t *testing.T) {
	h, home, got := saving(t, uitest.Options{})
	if err := os.Mkdir(filepath.Join(home, "folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	for typed, key := range map[string]string{
		"": "kit.save.unusable", "..": "kit.save.unusable", "a/b": "kit.save.unusable", `a\b`: "kit.save.unusable",
		"folder.csv": "kit.save.is_folder",
		// Windows takes none of these, or takes them for something else.
		"a:b.csv": "kit.save.unusable", "a?.csv": "kit.save.unusable", "a*.csv": "kit.save.unusable", `"a".csv`: "kit.save.unusable",
		"<a>.csv": "kit.save.unusable", "a|b.csv": "kit.save.unusable", "a\tb.csv": "kit.save.unusable",
		"CON": "kit.save.unusable", "nul.csv": "kit.save.unusable", "com1.a.csv": "kit.save.unusable",
	} {
		h.Type(name(h), typed)
		h.Press("kit.save.do")
		if *got != "" || !h.Shows(key) {
			t.Errorf("%q gives %q: %q", typed, *got, h.Texts())
		}
	}
	h.Key(fyne.KeyEscape)
	if kit.Dialogs(h.Window.Canvas()) {
		t.Error("Escape closes it")
	}
}

func TestSaveFileFindsTheDocuments(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	folder := filepath.Join(home, "文档")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	got := ""
	kit.SaveFile(h.Env, "title", "numbers.csv", nil, func(path string) { got = path })
	h.Layout()
	h.Press("kit.save.do")
	if got != filepath.Join(folder, "numbers.csv") {
		t.Errorf("%q", got)
	}
}

func TestSaveFileFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h, home, _ := saving(t, o)
		if err := os.WriteFile(filepath.Join(home, "numbers.csv"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		h.Check()
		h.Draw("kit.save")
		h.Press("kit.save.do")
		h.Check()
		h.Draw("kit.replace")
		uitest.One(h, func(x *kit.Text) bool { return x.Text() == home }).SetText("/home/lin")
		h.Golden("replace")
	})
}
