package uitest

import (
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/settings"
)

// TestEverythingWithATitleHasGoldens looks for all that bears a title in the
// sources of the window (pages, dialogs, questions, cards, empty states, work
// under way), and for what dialogs say below theirs, and for these words in the
// goldens next to them, in each language and size.
func TestEverythingWithATitleHasGoldens(t *testing.T) {
	messages := map[l10n.Language]map[string]any{}
	for _, l := range l10n.Languages() {
		messages[l] = catalogue(t, l)
	}
	folders := windowFolders(t)
	goldens := map[string]goldenWords{}
	everywhere := goldenWords{}
	for _, folder := range folders {
		goldens[folder] = readGoldens(t, folder)
		for look, words := range goldens[folder] {
			everywhere[look] = append(everywhere[look], words...)
		}
	}
	used := map[string]bool{}
	for _, folder := range folders {
		titles := titlesOf(t, folder)
		shown := goldens[folder]
		if filepath.Base(folder) == "kit" { // what others show of it counts
			shown = everywhere
		}
		for _, x := range titles {
			keys := x.keys(messages[l10n.English])
			if in := filepath.Base(folder) + "." + x.in; len(keys) == 0 && !x.told {
				used[in] = true
				if !slices.Contains(given(), in) {
					t.Errorf("%s: which message is this title of? %s is not among those given", x.at, in)
				}
			}
			for _, key := range keys {
				for _, look := range looks() {
					if !shown.have(look, x.above, messages[look.Language][key]) {
						t.Errorf("%s: no golden of %s shows %q (%s)", x.at, filepath.Base(folder), key, look.Name())
					}
				}
			}
		}
	}
	for _, in := range given() {
		if !used[in] {
			t.Errorf("%s chooses its titles", in)
		}
	}
}

// given are the functions in which a title is not chosen: it comes from who calls
// them, from a file or from the user.
func given() []string {
	return []string{
		"advice.entryPanel", "alerts.card", "batch.running", "calls.file", "check.overview",
		"complaints.assisted", "complaints.filedByHandCard", "contacts.file", "digest.written",
		"help.picture", "help.topic", "home.simple", "home.tiles", "kit.Confirm", "kit.Running",
		"kit.SaveFile", "kit.ShowDialog", "kit.TitledCard", "kit.more", "quietline.handOver", "stats.chart", "welcome.sumUp",
	}
}

// TestGoldensComeInSixes says so of a golden that was not taken in both
// languages and all sizes.
func TestGoldensComeInSixes(t *testing.T) {
	for _, folder := range windowFolders(t) {
		found, err := filepath.Glob(filepath.Join(folder, "testdata", "*.xml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			for _, o := range looks() {
				other := goldenOf.ReplaceAllString(path, "$1."+o.Name()+".xml")
				if _, err := os.Stat(other); err != nil {
					t.Errorf("%s, but not %s", path, o.Name())
				}
			}
		}
	}
}

// looks are the languages and sizes of which there are goldens.
func looks() []Options {
	var out []Options
	for _, l := range l10n.Languages() {
		for _, s := range settings.TextSizes() {
			out = append(out, Options{Language: l, TextSize: s}.filled())
		}
	}
	return out
}

// windowFolders are the packages that show something.
func windowFolders(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("../*")
	if err != nil || len(found) < 10 {
		t.Fatal(len(found), err)
	}
	found = slices.DeleteFunc(found, func(f string) bool { return filepath.Base(f) == "uitest" })
	return append(found, filepath.FromSlash("../../../app/quietline"))
}

func catalogue(t *testing.T, l l10n.Language) map[string]any {
	t.Helper()
	data, err := fs.ReadFile(i18n.Files(), string(l)+".json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// goldenWords are the words of each golden of a language and size: those of the
// window, and those of what lies over it.
type goldenWords map[Options][][2]string

var (
	goldenOf = regexp.MustCompile(`^(.*?)\.(zh-Hans|en)\.[a-z]+\.xml$`)
	markText = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)
	holes    = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

func readGoldens(t *testing.T, folder string) goldenWords {
	t.Helper()
	out := goldenWords{}
	for _, o := range looks() {
		found, err := filepath.Glob(filepath.Join(folder, "testdata", "*."+o.Name()+".xml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			window, over, _ := strings.Cut(string(data), "<overlay>")
			out[o] = append(out[o], [2]string{wordsOf(window), wordsOf(over)})
		}
	}
	return out
}

func wordsOf(markup string) string {
	var out strings.Builder
	for _, m := range markText.FindAllStringSubmatch(markup, -1) {
		out.WriteString(squeezed(html.UnescapeString(m[1])))
	}
	return out.String()
}

// squeezed leaves out where lines were broken.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func (g goldenWords) have(look Options, above bool, message any) bool {
	var forms []string
	switch m := message.(type) {
	case string:
		forms = []string{m}
	case map[string]any:
		for _, f := range m {
			forms = append(forms, fmt.Sprint(f))
		}
	}
	for _, f := range forms {
		var parts []string
		for _, p := range holes.Split(f, -1) {
			parts = append(parts, regexp.QuoteMeta(squeezed(p)))
		}
		want := regexp.MustCompile(strings.Join(parts, ".{1,60}?"))
		for _, words := range g[look] {
			if want.MatchString(words[1]) || !above && want.MatchString(words[0]) {
				return true
			}
		}
	}
	return false
}
