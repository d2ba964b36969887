package i18n_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// catalogue reads every message of a language: key → plural form → text.
func catalogue(t *testing.T, lang l10n.Language) map[string]map[string]string {
	t.Helper()
	data, err := fs.ReadFile(i18n.Files(), string(lang)+".json")
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	if lines := keyLine.FindAll(data, -1); len(lines) != len(raw) {
		t.Errorf("%s.json: %d lines for %d keys; one stands there twice", lang, len(lines), len(raw))
	}
	out := map[string]map[string]string{}
	for key, msg := range raw {
		forms := map[string]string{}
		var text string
		if json.Unmarshal(msg, &text) == nil {
			forms[""] = text
		} else if err := json.Unmarshal(msg, &forms); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		out[key] = forms
	}
	return out
}

// keyLine is where a key stands: one a line, indented by two.
var keyLine = regexp.MustCompile(`(?m)^  "`)

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(forms map[string]string) []string {
	set := map[string]bool{}
	for _, text := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if m[1] != "Count" {
				set[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	en, zh := catalogue(t, l10n.English), catalogue(t, l10n.Chinese)
	for key := range en {
		if zh[key] == nil {
			t.Errorf("%q is missing in Chinese", key)
			continue
		}
		if e, z := placeholders(en[key]), placeholders(zh[key]); !slices.Equal(e, z) {
			t.Errorf("%q: placeholders %v in English, %v in Chinese", key, e, z)
		}
		if _, plural := en[key]["other"]; plural && (en[key]["one"] == "" || zh[key]["other"] == "") {
			t.Errorf("%q: a plural form is missing", key)
		}
	}
	for key := range zh {
		if en[key] == nil {
			t.Errorf("%q is missing in English", key)
		}
	}
	for lang, all := range map[string]map[string]map[string]string{"English": en, "Chinese": zh} {
		for key, forms := range all {
			for _, text := range forms {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s %q is empty", lang, key)
				}
			}
		}
	}
}

func TestEnglishHoldsNoChineseButNames(t *testing.T) {
	for key, forms := range catalogue(t, l10n.English) {
		for _, text := range forms {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !mayQuoteChinese(key) {
				t.Errorf("%q: %q", key, text)
			}
		}
	}
}

// The bundled fonts are Chinese: they draw curly quotes a whole character wide,
// which tears English words apart.
func TestEnglishQuotesAreStraight(t *testing.T) {
	for key, forms := range catalogue(t, l10n.English) {
		for _, text := range forms {
			if strings.ContainsAny(text, "\u2018\u2019\u201c\u201d") {
				t.Errorf("%q: %q", key, text)
			}
		}
	}
}

// mayQuoteChinese names the messages that show a Chinese word on purpose.
func mayQuoteChinese(key string) bool {
	for _, k := range []string{"err.cli.province_unknown.hint", "assist.note.where", "quote."} {
		if strings.HasPrefix(key, k) {
			return true
		}
	}
	return strings.Contains(key, "language") || strings.Contains(key, "province") || strings.Contains(key, "app.name")
}

// source is what the Go files of the project say about keys.
type source struct {
	literals map[string]bool
	prefixes []string
	errors   map[string]token.Position
	direct   map[string]token.Position
}

// readSource collects every string literal, the literals that end in a dot
// (prefixes of keys put together at run time), the keys of domain.E and those
// given straight to T or N.
func readSource(t *testing.T) source {
	t.Helper()
	s := source{map[string]bool{}, nil, map[string]token.Position{}, map[string]token.Position{}}
	for _, root := range []string{"../app", "../internal"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool { s.visit(set, n); return true })
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return s
}

func (s *source) visit(set *token.FileSet, n ast.Node) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if v, ok := text(n); ok {
			s.literals[v] = true
			if strings.HasSuffix(v, ".") && len(v) > 3 && !strings.Contains(v, " ") {
				s.prefixes = append(s.prefixes, v)
			}
		}
	case *ast.CallExpr:
		sel, ok := n.Fun.(*ast.SelectorExpr)
		if !ok {
			return
		}
		switch {
		case sel.Sel.Name == "E" && len(n.Args) == 5:
			if v, ok := text(n.Args[2]); ok {
				s.errors[v] = set.Position(n.Pos())
			}
		case (sel.Sel.Name == "T" || sel.Sel.Name == "N") && len(n.Args) > 0:
			if v, ok := text(n.Args[0]); ok {
				s.direct[v] = set.Position(n.Pos())
			}
		case sel.Sel.Name == "Empty" && len(n.Args) > 2: // of the kit
			if v, ok := text(n.Args[2]); ok {
				s.direct[v], s.direct[v+".text"] = set.Position(n.Pos()), set.Position(n.Pos())
				s.literals[v+".text"] = true
			}
		}
	}
}

func text(n ast.Expr) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	v, err := strconv.Unquote(lit.Value)
	return v, err == nil
}

func TestEveryKeyInTheSourceHasWords(t *testing.T) {
	en, s := catalogue(t, l10n.English), readSource(t)
	for key, at := range s.direct {
		if en[key] == nil {
			t.Errorf("%s: no words for %q", at, key)
		}
	}
	for key, at := range s.errors {
		for _, k := range []string{"err." + key, "err." + key + ".hint"} {
			if en[k] == nil {
				t.Errorf("%s: no words for %q", at, k)
			}
		}
	}
}

func TestNoWordsWithoutUse(t *testing.T) {
	s := readSource(t)
	for key := range catalogue(t, l10n.English) {
		if !s.uses(key) {
			t.Errorf("nothing uses %q", key)
		}
	}
}

func (s *source) uses(key string) bool {
	if s.literals[key] {
		return true
	}
	if rest, ok := strings.CutPrefix(key, "err."); ok {
		return s.literals[strings.TrimSuffix(rest, ".hint")] || s.literals[rest]
	}
	for _, p := range s.prefixes {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

func TestEveryTermHasWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		check := func(key string) {
			if !p.Has(key) {
				t.Errorf("no words for %q", key)
			}
		}
		terms(check, "category", domain.Categories())
		terms(check, "technique", domain.Techniques())
		terms(check, "direction", domain.Directions())
		terms(check, "relation", domain.Relations())
		terms(check, "authority", domain.Authorities())
		terms(check, "mark", domain.ContactMarks())
		terms(check, "demand", domain.Demands())
		terms(check, "send_state", domain.SendStates())
		terms(check, "case_state", domain.CaseStates())
		terms(check, "family", domain.Families())
		terms(check, "verdict", domain.Verdicts())
		for _, r := range domain.Rules() {
			check("rule." + string(r))
			check("term.severity." + string(r.Severity()))
		}
		for _, v := range domain.Verdicts() {
			check("verdict." + string(v) + ".title")
		}
		for h := range domain.MaxHarm + 1 {
			check("term.harm." + strconv.Itoa(int(h)))
		}
	})
}

func terms[T ~string](check func(string), kind string, codes []T) {
	for _, c := range codes {
		check("term." + kind + "." + string(c))
	}
}
