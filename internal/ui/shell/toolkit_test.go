package shell_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/i18n"
	"quietline/internal/l10n"
)

// TestToolkitSentences compares the keys of our words for the toolkit's own
// sentences with those of the toolkit that the module pins, so that a new one
// does not turn up untranslated.
func TestToolkitSentences(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatalf("where the toolkit lies: %v", err)
	}
	path := filepath.Join(strings.TrimSpace(string(out)), "lang", "translations", "base.en.json")
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
