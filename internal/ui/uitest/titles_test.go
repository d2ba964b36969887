package uitest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// titled is one place in the sources that gives something a title.
type titled struct {
	// at is where it stands, in the name of the function.
	at, in string
	// above says that it lies over the window, as dialogs do.
	above bool
	// told says that it is no title, but what a dialog says below its own.
	told bool
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
		above := opensDialog(fn)
		ast.Inspect(fn, func(n ast.Node) bool {
			for _, e := range wordsAbove(n, above) {
				x := titled{at: set.Position(n.Pos()).String(), in: fn.Name.Name, above: true, told: true}
				x.read(pkg, fn, e, nil)
				out = append(out, x)
			}
			for _, e := range handedOn(filepath.Base(folder), n) {
				x := titled{at: set.Position(n.Pos()).String(), in: fn.Name.Name, told: true}
				x.read(pkg, fn, e, nil)
				out = append(out, x)
			}
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

// opensDialog says whether the function shows something over the window.
func opensDialog(fn *ast.FuncDecl) (yes bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok {
			name := lastName(lit.Type)
			yes = yes || name == "DialogParams" || name == "ConfirmParams"
		}
		return true
	})
	return yes
}

// wordsAbove gives what a dialog says below its title: the text of a question,
// what goes on, and the notices and sentences in a function that opens one.
func wordsAbove(n ast.Node, opens bool) (out []ast.Expr) {
	switch n := n.(type) {
	case *ast.CompositeLit:
		field := map[string]string{"ConfirmParams": "Text", "RunningParams": "Running"}[lastName(n.Type)]
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && field != "" && lastName(kv.Key) == field {
				out = append(out, kv.Value)
			}
		}
	case *ast.CallExpr:
		switch name := lastName(n.Fun); {
		case !opens:
		case name == "Notice" && len(n.Args) > 2:
			out = append(out, n.Args[1:3]...)
		case (name == "Body" || name == "Muted" || name == "Strong" || name == "Caption") && len(n.Args) == 1:
			out = append(out, n.Args[0])
		}
	}
	return out
}

// handedOn gives the messages that a function of those given is handed, of which
// one is the title: as arguments, or in a composite that is one.
func handedOn(pkg string, n ast.Node) (out []ast.Expr) {
	c, ok := n.(*ast.CallExpr)
	if !ok || !slices.Contains(given(), pkg+"."+lastName(c.Fun)) {
		return nil
	}
	args := c.Args
	for _, a := range c.Args {
		if lit, ok := a.(*ast.CompositeLit); ok {
			args = append(args[:len(args):len(args)], lit.Elts...)
		}
	}
	for _, a := range args {
		if said, ok := a.(*ast.CallExpr); ok && (lastName(said.Fun) == "T" || lastName(said.Fun) == "N") {
			out = append(out, a)
		}
	}
	return out
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
			x.key(pkg, fn, c.Args[0], nil)
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

func (x *titled) key(pkg source, fn *ast.FuncDecl, e ast.Expr, seen []string) {
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
				x.key(pkg, fn, from, append(seen, e.Name))
			}
			for _, from := range pkg.given(fn, e.Name) {
				if literal(from) != "" {
					x.whole = append(x.whole, literal(from))
				}
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

// given are the values that the functions of the package call fn with for its
// parameter.
func (pkg source) given(fn *ast.FuncDecl, parameter string) (out []ast.Expr) {
	at, n := -1, 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == parameter {
				at = n
			}
			n++
		}
	}
	for _, other := range pkg {
		ast.Inspect(other, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && lastName(c.Fun) == fn.Name.Name && at >= 0 && at < len(c.Args) {
				out = append(out, c.Args[at])
			}
			return true
		})
	}
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
