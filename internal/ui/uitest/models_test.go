package uitest

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestModelsAreTestedWithoutAWindow looks at each package with a model: neither
// it nor its test knows the toolkit. That a test borrows samples from here is no
// window.
func TestModelsAreTestedWithoutAWindow(t *testing.T) {
	models, err := filepath.Glob("../*/model.go")
	if err != nil || len(models) < 15 {
		t.Fatal(len(models), err)
	}
	for _, model := range models {
		test := strings.TrimSuffix(model, ".go") + "_test.go"
		for _, path := range []string{model, test} {
			for _, i := range importsOf(t, path) {
				if strings.HasPrefix(i, "fyne.io/") || i == "quietline/internal/ui/kit" || i == "quietline/internal/ui/look" {
					t.Errorf("%s imports %s", path, i)
				}
			}
		}
		source, err := os.ReadFile(test)
		if err == nil && (!strings.Contains(string(source), "\nfunc Test") || strings.Contains(string(source), "uitest.New(")) {
			t.Errorf("%s tests the model in a window, or not at all", test)
		}
	}
}

// TestOwnWidgetsAreInTheKit: the tests of the kit and of the shell see to it that
// each of theirs has a picture.
func TestOwnWidgetsAreInTheKit(t *testing.T) {
	for _, folder := range windowFolders(t) {
		own := OwnWidgets(t, folder)
		if name := filepath.Base(folder); (name == "kit" || name == "shell") != (len(own) > 0) {
			t.Errorf("%s has these widgets of its own: %q", name, own)
		}
	}
}

func importsOf(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return nil
	}
	var out []string
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Error(err)
		}
		out = append(out, name)
	}
	return out
}
