package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"quietline/internal/l10n"
)

// source is what the Go files of the project say about keys.
type source struct {
	set   *token.FileSet
	files []*ast.File
	// literals are all strings that stand there, near is those of each folder.
	literals map[string]bool
	near     map[string]map[string]bool
	// made are the keys that are put together at run time.
	made []made
	// heads are what codes begin with that are put together ("attempt_").
	heads map[string]bool
	// ends are what each folder puts behind keys that come in a variable (".text").
	ends map[string]map[string]bool
	// named are the names that each folder gives to arguments.
	named map[string]map[string]bool
	// empties are what the kit's Empty says.
	empties []string
	// kinds are those of which terms are asked.
	kinds map[string]bool
}

// made is a key that is put together at run time: how it begins, how it looks
// with its codes, and what these may be.
type made struct {
	at             token.Pos
	folder, begins string
	like           *regexp.Regexp
	code           func(part string) bool
}

// readSource reads the Go files of the project that are no tests.
func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{
		set: token.NewFileSet(), literals: map[string]bool{}, near: map[string]map[string]bool{}, named: map[string]map[string]bool{},
		heads: map[string]bool{}, ends: map[string]map[string]bool{}, kinds: map[string]bool{},
	}
	for _, root := range []string{"../app", "../internal"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(s.set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			s.files = append(s.files, file)
			s.read(file, filepath.Dir(path))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *source) read(file *ast.File, folder string) {
	if s.near[folder] == nil {
		s.near[folder], s.ends[folder], s.named[folder] = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	var within []ast.Node
	inner := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			within = within[:len(within)-1]
			return true
		}
		within = append(within, n)
		switch n := n.(type) {
		case *ast.CallExpr:
			s.call(n, folder)
		case *ast.KeyValueExpr:
			s.name(n.Key, folder)
		case *ast.IndexExpr:
			s.name(n.Index, folder)
		case *ast.BinaryExpr:
			if n.Op == token.ADD && !inner[n] {
				s.sum(n, folder, within, inner)
			}
		case *ast.BasicLit:
			if v, ok := text(n); ok {
				s.literal(v, folder)
				if begin.MatchString(v) && !inner[n] {
					s.make(folder, []ast.Expr{n, nil}, nil)
				}
			}
		}
		return true
	})
}

var (
	// begin is what a key begins with that is put together.
	begin = regexp.MustCompile(`^[a-z][a-z0-9_]*\.([a-z0-9_]+\.)*$`)
	// usage is how a command of quietctl is called: its name, then what it takes.
	usage = regexp.MustCompile(`^([a-z]+) [A-Z\[]`)
	// headLike and endLike are parts of a code and of a key.
	headLike, endLike = regexp.MustCompile(`^[a-z]+_$`), regexp.MustCompile(`^\.[a-z_]+$`)
)

func (s *source) literal(v, folder string) {
	s.literals[v], s.near[folder][v] = true, true
	if m := usage.FindStringSubmatch(v); m != nil {
		s.near[folder][m[1]] = true
	}
}

func (s *source) name(e ast.Expr, folder string) {
	if v, ok := text(e); ok {
		s.named[folder][v] = true
	}
}

// call notes the kinds of terms, and what the kit's Empty says besides its title.
func (s *source) call(n *ast.CallExpr, folder string) {
	switch called(n) {
	case "Term", "Terms", "term":
		for _, a := range n.Args {
			if v, ok := text(a); ok {
				s.kinds[v] = true
			}
		}
	case "Empty":
		if len(n.Args) > 2 {
			if v, ok := text(n.Args[2]); ok {
				s.empties = append(s.empties, v)
				s.literals[v+".text"] = true
			} else {
				s.ends[folder][".text"] = true
			}
		}
	}
}

// sum reads the parts of "a" + b + "c".
func (s *source) sum(n *ast.BinaryExpr, folder string, within []ast.Node, inner map[ast.Node]bool) {
	var parts []ast.Expr
	var walk func(e ast.Expr)
	walk = func(e ast.Expr) {
		inner[e] = true
		if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
			walk(b.X)
			walk(b.Y)
			return
		}
		parts = append(parts, e)
	}
	walk(n)
	for i := range parts {
		v, ok := text(parts[i])
		switch {
		case !ok:
		case begin.MatchString(v) && i+1 < len(parts):
			s.make(folder, parts[i:], within)
		case i == 0 && headLike.MatchString(v):
			s.heads[v] = true
			if c, ok := parts[1].(*ast.CallExpr); ok && called(c) == "FormatBool" {
				s.literal("true", folder)
				s.literal("false", folder)
			}
		case i > 0 && endLike.MatchString(v):
			s.ends[folder][v] = true
		}
	}
}

// make notes a key of these parts; nil stands for any code. What a function
// within a function is given, as the name of a column, stands in the same
// folder; other codes may stand anywhere.
func (s *source) make(folder string, parts []ast.Expr, within []ast.Node) {
	var like strings.Builder
	given, digits, cut := true, false, ""
	for _, p := range parts {
		if v, ok := text(p); ok {
			like.WriteString(regexp.QuoteMeta(v))
			continue
		}
		like.WriteString(`([\w.]+)`)
		given = given && givenWithin(p, within)
		if c, ok := p.(*ast.CallExpr); ok {
			digits = digits || called(c) == "Itoa"
			switch called(c) {
			case "TrimPrefix":
				cut, _ = text(c.Args[1])
			case "name": // of a kind of file, which is its ending
				cut = "."
			}
		}
	}
	begins, _ := text(parts[0])
	s.made = append(s.made, made{parts[0].Pos(), folder, begins, regexp.MustCompile("^" + like.String() + "$"), func(part string) bool {
		switch {
		case digits:
			return strings.Trim(part, "0123456789") == ""
		case given:
			return s.isCode(part, s.near[folder])
		}
		return s.isCode(part, s.literals) || cut != "" && s.literals[cut+part]
	}})
}

// givenWithin says whether e is a parameter of a function literal.
func givenWithin(e ast.Expr, within []ast.Node) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	for _, n := range within {
		if f, ok := n.(*ast.FuncLit); ok {
			for _, field := range f.Type.Params.List {
				if slices.ContainsFunc(field.Names, func(name *ast.Ident) bool { return name.Name == id.Name }) {
					return true
				}
			}
		}
	}
	return false
}

// isCode says whether a part of a key is among the codes, as it is or put together.
func (s *source) isCode(part string, codes map[string]bool) bool {
	if codes[part] || codes[strings.ReplaceAll(part, "_", "-")] {
		return true
	}
	for head := range s.heads {
		if rest, ok := strings.CutPrefix(part, head); ok && s.isCode(rest, codes) {
			return true
		}
	}
	return false
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.IndexExpr:
		if id, ok := f.X.(*ast.Ident); ok {
			return id.Name
		}
	}
	return ""
}

func text(n ast.Expr) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	v, err := strconv.Unquote(lit.Value)
	return v, err == nil
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
		return s.literals[strings.TrimSuffix(rest, ".hint")]
	}
	if term := strings.SplitN(key, ".", 3); term[0] == "term" {
		if codes := enumerations()[term[1]]; codes != nil {
			return len(term) == 3 && s.kinds[term[1]] && slices.Contains(codes, term[2])
		}
		return len(term) == 3 && s.kinds[term[1]] && s.isCode(term[2], s.literals)
	}
	if kind, ok := strings.CutPrefix(key, "cli.type."); ok {
		return slices.Contains([]string{"string", "stringArray", "int", "float64", "duration"}, kind) // as pflag calls them
	}
	if slices.ContainsFunc(s.made, func(m made) bool { return m.makes(key) }) {
		return true
	}
	for folder, ends := range s.ends {
		for end := range ends {
			if rest, ok := strings.CutSuffix(key, end); ok && s.usedIn(folder, rest) {
				return true
			}
		}
	}
	return false
}

func (s *source) usedIn(folder, key string) bool {
	return s.near[folder][key] || slices.ContainsFunc(s.made, func(m made) bool { return m.folder == folder && m.makes(key) })
}

func (m made) makes(key string) bool {
	if !strings.HasPrefix(key, m.begins) {
		return false
	}
	parts := m.like.FindStringSubmatch(key)
	return parts != nil && !slices.ContainsFunc(parts[1:], func(p string) bool { return !m.code(p) })
}
