package i18n_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"quietline/i18n"
	"quietline/internal/l10n"
)

// guideLines gives the lines of the guide by file, without the addresses of its links and
// without what is typed into a terminal.
func guideLines(t *testing.T, lang l10n.Language) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	dir := "guide/" + string(lang)
	entries, err := fs.ReadDir(i18n.Guide(), dir)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(i18n.Guide(), dir+"/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		text := regexp.MustCompile(`\]\([^)]*\)`).ReplaceAllString(string(data), "]")
		text = regexp.MustCompile("`[^`]*`").ReplaceAllString(text, "a")
		for line := range strings.Lines(text) {
			line = regexp.MustCompile(`^(?:#+|\d+\.|-|>|!?\[)\s*`).ReplaceAllString(strings.TrimSpace(line), "")
			out[e.Name()] = append(out[e.Name()], strings.TrimSuffix(line, "]"))
		}
	}
	return out
}

func TestGuideIsSetAsItsLanguage(t *testing.T) {
	for name, lines := range guideLines(t, l10n.Chinese) {
		for _, line := range lines {
			line = action.ReplaceAllString(line, filled)
			for fault, sign := range chineseFaults() {
				if at := sign.FindString(line); at != "" {
					t.Errorf("%s: %s: %q in %q", name, fault, at, line)
				}
			}
			if strings.Count(line, "“") != strings.Count(line, "”") || strings.Count(line, "（") != strings.Count(line, "）") {
				t.Errorf("%s: a pair is not closed: %q", name, line)
			}
			if regexp.MustCompile("点击|密钥环|来电者|回执号|收件端").MatchString(line) {
				t.Errorf("%s: not our word: %q", name, line)
			}
		}
	}
	for name, lines := range guideLines(t, l10n.English) {
		for _, line := range lines {
			if at := regexp.MustCompile(`[\p{Han}\x{2018}\x{2019}\x{201c}\x{201d}]|\S  +\S| [,;:!?]`).FindString(line); at != "" {
				t.Errorf("%s: %q in %q", name, at, line)
			}
		}
	}
}

// A message with a place to be filled in would stand in the guide with a hole.
func TestGuideNamesWholeMessages(t *testing.T) {
	for _, lang := range l10n.Languages() {
		all := catalogue(t, lang)
		for name, lines := range guideLines(t, lang) {
			for _, m := range regexp.MustCompile(`\{\{([^}]*)\}\}`).FindAllStringSubmatch(strings.Join(lines, "\n"), -1) {
				forms, ok := all[m[1]]
				if text := forms[""]; !ok || text == "" || strings.Contains(text, "{{") {
					t.Errorf("%s %s: %q cannot be named", lang, name, m[1])
				}
			}
		}
	}
}
