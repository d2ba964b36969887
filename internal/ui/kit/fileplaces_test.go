package kit_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// The places that the toolkit's dialog offers have their names in our words.
func TestPlacesSpeakTheLanguage(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("PATH", "") // xdg-user-dir would tell other places
	for _, name := range []string{"Desktop", "Documents", "Downloads", "Music", "Pictures", "Videos"} {
		if err := os.Mkdir(filepath.Join(home, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	h := uitest.New(t, uitest.Options{Language: l10n.Chinese})
	kit.OpenFolder(h.Env, "title", func(string) {})
	h.Layout()
	for _, key := range []string{"home", "computer", "desktop", "documents", "downloads", "music", "pictures", "videos"} {
		if !h.Shows("kit.place." + key) {
			t.Errorf("%s is not there: %q", key, h.Texts())
		}
	}
	if h.Reads("Home") || h.Reads("Computer") {
		t.Errorf("%q", h.Texts())
	}
}

// A place that a newer toolkit brings is not to turn up untranslated.
func TestEveryPlaceHasAName(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "dialog", "file*.go"))
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`locName: "([^"]+)"|^\t\t"([A-Z][a-z]+)",$|order\[\d\] = "([^"]+)"`)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			m := name.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			found++
			if word := m[1] + m[2] + m[3]; !kit.KnowsPlace(word) {
				t.Errorf("%s: %q has no word of ours", filepath.Base(file), word)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d places were found in the toolkit", found)
	}
}
