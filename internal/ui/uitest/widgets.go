package uitest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// OwnWidgets names the types in a folder that are widgets of ours: those built on
// one of the toolkit's, and those with a renderer of their own.
func OwnWidgets(t testing.TB, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && slices.ContainsFunc(s.Fields.List, isWidget) {
					out = append(out, n.Name.Name)
				}
			case *ast.FuncDecl:
				if n.Recv != nil && n.Name.Name == "CreateRenderer" {
					out = append(out, receiver(n.Recv.List[0].Type))
				}
			}
			return true
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isWidget says whether the field makes its type a widget.
func isWidget(f *ast.Field) bool {
	sel, ok := f.Type.(*ast.SelectorExpr)
	if !ok || len(f.Names) > 0 {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "widget"
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// Widgets names the types of all that is visible, as OwnWidgets does.
func (h *Harness) Widgets() []string {
	var out []string
	h.Walk(func(s Seen) {
		name, _, _ := strings.Cut(fmt.Sprintf("%T", s.Object), "[") // without what it is of
		out = append(out, name[strings.LastIndex(name, ".")+1:])
	})
	slices.Sort(out)
	return slices.Compact(out)
}
