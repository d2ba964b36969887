package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quietline/internal/l10n"
)

// said is a place in the source that says something by a key that stands there.
type said struct {
	at  token.Position
	key string
	// counted says that a number chooses the form.
	counted bool
	// args are the names that are filled in; nil where they are put together
	// elsewhere.
	args []string
}

// everySaid reads them out of the Go files of the project: T(key), T(key, args),
// N(key, n) and N(key, n, args), whoever has these methods.
func everySaid(t *testing.T) (out []said) {
	t.Helper()
	set := token.NewFileSet()
	for _, root := range []string{"../app", "../internal"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := sayingAt(set, n); ok {
					out = append(out, s)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 500 {
		t.Fatalf("the source says only %d things", len(out))
	}
	return out
}

func sayingAt(set *token.FileSet, n ast.Node) (said, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return said{}, false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "T" && sel.Sel.Name != "N" {
		return said{}, false
	}
	key, ok := text(call.Args[0])
	if !ok {
		return said{}, false
	}
	s := said{at: set.Position(call.Pos()), key: key, counted: sel.Sel.Name == "N"}
	before := 1
	if s.counted {
		before = 2
	}
	if len(call.Args) <= before {
		s.args = []string{}
		return s, true
	}
	if lit, ok := call.Args[before].(*ast.CompositeLit); ok {
		s.args = []string{}
		for _, e := range lit.Elts {
			name, ok := text(e.(*ast.KeyValueExpr).Key)
			if !ok {
				s.args = nil
				break
			}
			s.args = append(s.args, name)
		}
	}
	return s, true
}

// TestWhatIsFilledInIsAsked: the source fills in what the words ask for, no more and
// no less. What is missing would be an ellipsis on the screen.
func TestWhatIsFilledInIsAsked(t *testing.T) {
	en := catalogue(t, l10n.English)
	for _, s := range everySaid(t) {
		if s.args == nil || en[s.key] == nil {
			continue
		}
		want := placeholders(en[s.key])
		got := slices.DeleteFunc(slices.Sorted(slices.Values(s.args)), func(name string) bool { return name == "Count" })
		if !slices.Equal(want, got) {
			t.Errorf("%s: %q asks for %v and is given %v", s.at, s.key, want, got)
		}
	}
}

// TestPluralsAreCounted: what has plural forms is said with a number, and what is
// said with a number has them; English has two forms, Chinese one.
func TestPluralsAreCounted(t *testing.T) {
	en, zh := catalogue(t, l10n.English), catalogue(t, l10n.Chinese)
	for _, s := range everySaid(t) {
		if forms, ok := en[s.key]; ok && s.counted == (forms["other"] == "") {
			t.Errorf("%s: %q: counted %v, forms %v", s.at, s.key, s.counted, slices.Sorted(maps.Keys(forms)))
		}
	}
	for key := range en {
		e, z := slices.Sorted(maps.Keys(en[key])), slices.Sorted(maps.Keys(zh[key]))
		plural := slices.Equal(e, []string{"one", "other"}) && slices.Equal(z, []string{"other"})
		if !plural && (!slices.Equal(e, []string{""}) || !slices.Equal(z, []string{""})) {
			t.Errorf("%q: forms %q in English, %q in Chinese", key, e, z)
		}
		if other := en[key]["other"]; plural && strings.Contains(other, "{{.Count}}") && !strings.Contains(zh[key]["other"], "{{.Count}}") {
			t.Errorf("%q: the Chinese does not say how many: %q", key, zh[key]["other"])
		}
	}
}
