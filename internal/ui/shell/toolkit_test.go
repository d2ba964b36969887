package shell_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// TestToolkitSentences compares the keys of our words for the toolkit's own
// sentences with those of the toolkit that the module pins, so that a new one
// does not turn up untranslated.
func TestToolkitSentences(t *testing.T) {
	path := filepath.Join(toolkit(t), "lang", "translations", "base.en.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := keys(t, data)
	if len(want) < 30 {
		t.Fatalf("the toolkit has only %d sentences", len(want))
	}
	for _, l := range l10n.Languages() {
		ours, err := i18n.Files().ReadFile("fyne." + string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, keys(t, ours)); diff != "" {
			t.Errorf("%s (-toolkit +ours):\n%s", l, diff)
		}
	}
}

func keys(t *testing.T, data []byte) []string {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(all))
}

// toolkit is the folder of the pinned toolkit.
func toolkit(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatalf("where the toolkit lies: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// sentence is a call in which the toolkit says something: its key, and in the longer
// forms the words that stand there where nobody has others.
var sentence = regexp.MustCompile(`\blang\.(?:L|N|X|XN|Localize|LocalizeKey|LocalizePlural|LocalizePluralKey)\("([^"]+)"`)

// TestEverythingTheToolkitSays looks for what the source of the pinned toolkit says,
// in case its own list is not whole: each has our words, in each language.
func TestEverythingTheToolkitSays(t *testing.T) {
	root, said := toolkit(t), map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		if err != nil || d.IsDir() && (name == "cmd" || name == "testdata" || name == "lang") && path != root {
			if err == nil {
				err = fs.SkipDir
			}
			return err
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		for _, m := range sentence.FindAllStringSubmatch(string(data), -1) {
			said[m[1]] = path
		}
		return err
	})
	if err != nil || len(said) < 15 {
		t.Fatalf("%v; found only %v", err, said)
	}
	for _, l := range l10n.Languages() {
		data, err := i18n.Files().ReadFile("fyne." + string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var ours map[string]any
		if err := json.Unmarshal(data, &ours); err != nil {
			t.Fatal(err)
		}
		for key, path := range said {
			if ours[key] == nil {
				t.Errorf("%s: no words for %q of %s", l, key, path)
			}
		}
	}
}

// TestToolkitWordsAreInTheirLanguage: none is empty, none is the other language's.
func TestToolkitWordsAreInTheirLanguage(t *testing.T) {
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	for _, l := range l10n.Languages() {
		data, err := i18n.Files().ReadFile("fyne." + string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		for key, v := range all {
			text, ok := v.(string)
			if !ok {
				text, _ = v.(map[string]any)["other"].(string)
			}
			if text == "" || strings.ContainsFunc(text, han) != (l == l10n.Chinese) {
				t.Errorf("%s: %q is %q", l, key, text)
			}
		}
	}
}

// What the toolkit shows by itself speaks the chosen language, and the other one
// after a switch.
func TestTheToolkitSpeaksTheChosenLanguage(t *testing.T) {
	for _, l := range []l10n.Language{l10n.Chinese, l10n.English, l10n.Chinese} {
		w := open(t, uitest.Options{Language: l})
		kit.OpenFile(w.Env, w.Env.T("kit.save.choose"), nil, func(string) {})
		w.Layout()
		open, cancel := "打开", "取消"
		if l == l10n.English {
			open, cancel = "Open", "Cancel"
		}
		if !w.Reads(open) || !w.Reads(cancel) {
			t.Errorf("%s: %q", l, w.Texts())
		}
	}
}
