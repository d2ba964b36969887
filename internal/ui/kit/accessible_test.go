package kit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// painted are widgets that only paint, only catch what the pointer does or only
// hold another; there is nothing to be said of them.
var painted = map[string]bool{"surface": true, "shield": true, "wheel": true, "enlarged": true, "menuGround": true}

// TestEveryWidgetHasAName finds own widgets, those that embed one of the
// toolkit's, and wants a label and a role of each.
func TestEveryWidgetHasAName(t *testing.T) {
	widgets, methods := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		noteWidgets(file, filepath.Dir(path)+".", widgets, methods)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(widgets) < 12 {
		t.Fatalf("only %d widgets found", len(widgets))
	}
	for name := range widgets {
		if painted[name[strings.LastIndex(name, ".")+1:]] {
			continue
		}
		for _, m := range []string{".AccessibilityLabel", ".AccessibilityRole"} {
			// A kind of button may leave the role to the toolkit's.
			toolkits := strings.HasSuffix(name, ".Button") && m == ".AccessibilityRole"
			if !methods[name+m] && !toolkits {
				t.Errorf("%s lacks %s", name, m[1:])
			}
		}
	}
}

// noteWidgets notes the widgets and methods of a file.
func noteWidgets(file *ast.File, dir string, widgets, methods map[string]bool) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv != nil {
				methods[dir+typeName(decl.Recv.List[0].Type)+"."+decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if s, ok := spec.(*ast.TypeSpec); ok && embedsWidget(s.Type) {
					widgets[dir+s.Name.Name] = true
				}
			}
		}
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func embedsWidget(e ast.Expr) bool {
	s, ok := e.(*ast.StructType)
	if !ok {
		return false
	}
	for _, f := range s.Fields.List {
		if x, ok := f.Type.(*ast.SelectorExpr); ok && len(f.Names) == 0 {
			if p, ok := x.X.(*ast.Ident); ok && p.Name == "widget" {
				return true
			}
		}
	}
	return false
}

// What is said of a control follows its state.
func TestWhatIsSaidOfControls(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	entry, secret := kit.NewEntry("95588"), kit.NewSecret("")
	choice := kit.NewChoice("choose", []kit.Option[string]{{Code: "a", Text: "first"}}, nil)
	check := kit.NewCheck("tick", nil)
	form := kit.NewForm(h.Env,
		kit.NewField(h.Env, kit.FieldParams{Label: "Number", Input: entry}),
		kit.NewField(h.Env, kit.FieldParams{Label: "Token", Input: secret}),
		kit.NewField(h.Env, kit.FieldParams{Label: "Kind", Input: choice}),
	)
	segments := kit.NewSegments([]kit.Option[string]{{Code: "a", Text: "one"}, {Code: "b", Text: "two"}}, "b", func(string) {})
	picks := kit.NewPicks([]kit.Pick[string]{{Code: "a", Title: "this"}, {Code: "b", Title: "that"}}, "", func(string) {})
	h.ShowObject(kit.Stack(1, form.Object(), check, segments.Object(), picks.Object()))
	said := func() string {
		var out []string
		h.Walk(func(s uitest.Seen) {
			_, takes := s.Object.(fyne.Focusable)
			if a, ok := s.Object.(fyne.Accessible); ok && takes {
				out = append(out, a.AccessibilityLabel())
			}
		})
		return strings.Join(out, "|")
	}
	if got := said(); got != "Number|Token|Kind: choose|☐ tick|one|☑ two|this|that" {
		t.Errorf("before: %s", got)
	}
	test.Type(entry, "10086")
	test.Type(secret, "abc")
	choice.Set("a")
	check.SetChecked(true)
	segments.Set("a")
	picks.Set("b")
	if got := said(); got != "Number: 10086|Token: •|Kind: first|☑ tick|☑ one|two|this|☑ that" {
		t.Errorf("after: %s", got)
	}
}
