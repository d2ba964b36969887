package uitest

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/settings"
)

// TestEverythingWithATitleHasGoldens looks for all that bears a title in the
// sources of the window (pages, dialogs, questions, cards, empty states) and
// for that title in the goldens next to them, in each language and size.
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
			if in := filepath.Base(folder) + "." + x.in; len(keys) == 0 {
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
		"complaints.assisted", "complaints.filedByHandCard", "complaints.rules", "contacts.file", "digest.written",
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

// titled is one place in the sources that gives something a title.
type titled struct {
	// at is where it stands, in the name of the function.
	at, in string
	// above says that it lies over the window, as dialogs do.
	above bool
	// whole are keys, open are the beginning and the end of keys.
	whole []string
	open  [][2]string
}

func (x titled) keys(all map[string]any) []string {
	out := slices.Clone(x.whole)
	for key := range all {
		for _, o := range x.open {
			rest, begins := strings.CutPrefix(key, o[0])
			rest, ends := strings.CutSuffix(rest, o[1])
			if begins && ends && rest != "" && !strings.Contains(rest, ".") {
				out = append(out, key)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// titlesOf finds the titles of a package: what is named so in parameters of the
// kit, and what its functions for headings are given.
func titlesOf(t *testing.T, folder string) []titled {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []titled
	set := token.NewFileSet()
	pkg := source{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				pkg = append(pkg, fn)
			}
		}
	}
	for _, fn := range pkg {
		ast.Inspect(fn, func(n ast.Node) bool {
			if e, over, ok := titleAt(n); ok {
				x := titled{at: set.Position(n.Pos()).String(), in: fn.Name.Name, above: over}
				x.read(pkg, fn, e, nil)
				out = append(out, x)
			}
			return true
		})
	}
	return out
}

// source are the functions of a package.
type source []*ast.FuncDecl

// titleAt gives the expression that is a title, and whether it is that of
// something that lies over the window.
func titleAt(n ast.Node) (title ast.Expr, above, ok bool) {
	switch n := n.(type) {
	case *ast.CompositeLit:
		name := lastName(n.Type)
		if !strings.HasSuffix(name, "Params") {
			return nil, false, false
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && strings.EqualFold(lastName(kv.Key), "Title") {
				return kv.Value, name == "DialogParams" || name == "ConfirmParams", true
			}
		}
	case *ast.CallExpr:
		if name := lastName(n.Fun); (name == "TitledCard" || name == "Heading") && len(n.Args) > 0 {
			return n.Args[0], false, true
		} else if name == "Empty" && len(n.Args) > 2 {
			return &ast.CallExpr{Fun: ast.NewIdent("T"), Args: n.Args[2:3]}, false, true
		}
	}
	return nil, false, false
}

// read gathers the keys of the messages in the expression: in that which a
// variable was given, or which a function named title gives.
func (x *titled) read(pkg source, fn *ast.FuncDecl, e ast.Expr, seen []string) {
	if id, ok := e.(*ast.Ident); ok {
		if !slices.Contains(seen, id.Name) {
			for _, from := range assigned(fn, id.Name) {
				x.read(pkg, fn, from, append(seen, id.Name))
			}
		}
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch lastName(c.Fun) {
		case "T", "N":
			x.key(fn, c.Args[0], nil)
			return false
		case "title":
			for _, other := range pkg {
				if other.Name.Name == "title" {
					ast.Inspect(other, func(n ast.Node) bool {
						if r, ok := n.(*ast.ReturnStmt); ok {
							x.read(nil, other, r.Results[0], nil)
						}
						return true
					})
				}
			}
		}
		return true
	})
}

func (x *titled) key(fn *ast.FuncDecl, e ast.Expr, seen []string) {
	switch e := e.(type) {
	case *ast.BasicLit:
		x.whole = append(x.whole, literal(e))
	case *ast.BinaryExpr:
		first := e.X
		for {
			more, ok := first.(*ast.BinaryExpr)
			if !ok {
				break
			}
			first = more.X
		}
		if begin := literal(first); begin != "" {
			x.open = append(x.open, [2]string{begin, literal(e.Y)})
		}
	case *ast.Ident:
		if !slices.Contains(seen, e.Name) {
			for _, from := range assigned(fn, e.Name) {
				x.key(fn, from, append(seen, e.Name))
			}
		}
	}
}

// literal is the text of a literal, else nothing.
func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	return ""
}

// assigned are the values that the function gives a variable.
func assigned(fn *ast.FuncDecl, name string) []ast.Expr {
	var out []ast.Expr
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			for i, l := range a.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name == name {
					out = append(out, a.Rhs[i])
				}
			}
		}
		return true
	})
	return out
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.IndexExpr:
		return lastName(e.X)
	}
	return ""
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
