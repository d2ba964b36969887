package practice_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// Every problem has a title and a sentence that says more, in every language.
func TestProblemsHaveDetails(t *testing.T) {
	data, err := fs.ReadFile(i18n.Files(), "en.json")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[string]any
	if err := json.Unmarshal(data, &messages); err != nil {
		t.Fatal(err)
	}
	testkit.EachLanguage(t, func(t *testing.T, texts *l10n.Printer) {
		titles := 0
		for key := range messages {
			name, ok := strings.CutPrefix(key, "practice.problem.")
			if !ok {
				continue
			}
			titles++
			if detail := "practice.detail." + name; !texts.Has(detail) || texts.T(detail) == texts.T(key) {
				t.Errorf("%s says no more than %s", detail, key)
			}
		}
		if titles == 0 {
			t.Error("there are no titles")
		}
	})
}
