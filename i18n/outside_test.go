package i18n_test

import (
	"go/ast"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// wordy is text for people: two words, or one with a capital. Codes, keys and
	// names of types are not.
	wordy = regexp.MustCompile(`\pL{2,},? +\p{Ll}{2,}|^\p{Lu}\p{Ll}+([ .,:!?…]|$)`)
	// lettered is what is given to no widget that shows words.
	lettered = regexp.MustCompile(`\pL`)
	// shows are the functions of the kit and the toolkit that make one.
	shows = regexp.MustCompile(`^(New(Button|Primary|Danger|Quiet|Text|Badge|Tag|Label|Check|Hyperlink|Entry|Tab.*|Menu.*)|Heading|Title|Body|Strong|Muted|Caption|Fact|` +
		`Notice|Strip|.*Card|Set(Text|PlaceHolder|Title|Label)|Show(Information|Confirm|CustomConfirm|Custom)|Toast)$`)
)

// TestNoWordsOutsideOfHere: what people read comes from the catalogues, by way of T
// or N. Errors and the log of the program are for who mends it.
func TestNoWordsOutsideOfHere(t *testing.T) {
	s := readSource(t)
	seen := map[string]bool{}
	for _, file := range s.files {
		at := s.set.Position(file.Pos()).Filename
		if !showsWords(at) {
			continue
		}
		var within []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				within = within[:len(within)-1]
				return true
			}
			within = append(within, n)
			lit, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			v, ok := text(lit)
			if !ok || !wordy.MatchString(v) && (!lettered.MatchString(v) || !shownAsItIs(lit, within)) || unseen(within) {
				return true
			}
			if name := filepath.Base(filepath.Dir(at)) + "/" + filepath.Base(at) + " " + v; slices.Contains(noWords(), name) {
				seen[name] = true
			} else {
				t.Errorf("%s: %q is text, and not in the catalogues", s.set.Position(lit.Pos()), v)
			}
			return true
		})
	}
	for _, name := range noWords() {
		if !seen[name] {
			t.Errorf("%s stands nowhere", name)
		}
	}
}

// showsWords says of a file whether it shows words to people.
func showsWords(path string) bool {
	base := filepath.Base(path) // pdfstream.go writes what PDF is made of
	if strings.HasPrefix(base, "vocabulary") || base == "pdfstream.go" || strings.Contains(path, "/uitest/") {
		return false
	}
	return slices.ContainsFunc([]string{"../app/", "../internal/ui/", "../internal/report/", "../internal/wording/"}, func(folder string) bool {
		return strings.HasPrefix(path, folder)
	})
}

// noWords are names that are the same in every language, and what others write.
func noWords() []string {
	return []string{
		// The name of the program where no people read, and its usage.
		"quietctl/manual.go Quietline", "quietctl/manual.go Quietline ", "report/pdf.go Quietline", "report/picture.go Quietline",
		"quietctl/manual.go [--data-dir DIR] [--lang zh-Hans|en] [--json] COMMAND",
		// For the log.
		"quietline/display.go Cause: ",
		// Mail has these.
		"report/assistedfile.go Date: ", "report/assistedfile.go Subject: ",
		// How addresses and keys begin.
		"check/lookview.go https://…/registry.json", "check/lookview.go RW…", "endpoint/steps.go https://",
		// Keycaps.
		"kit/shortcuts.go Enter", "kit/shortcuts.go Esc", "kit/shortcuts.go Tab", "kit/shortcuts.go Space", "kit/shortcuts.go Delete",
		"kit/shortcuts.go Menu", "kit/shortcuts.go Shift", "kit/shortcuts.go Shift + Tab", "kit/shortcuts.go Home End", "kit/shortcuts.go Cmd + ", "kit/shortcuts.go Ctrl + ",
		// What the lists write.
		"kit/verdict.go single source",
	}
}

// unseen says whether the literal is for the log or an error, is compared, or is a
// tag or an import.
func unseen(within []ast.Node) bool {
	for i := len(within) - 2; i >= 0; i-- {
		switch n := within[i].(type) {
		case *ast.ImportSpec, *ast.Field, *ast.IndexExpr:
			return true
		case *ast.KeyValueExpr:
			if n.Key == within[i+1] {
				return true
			}
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			switch called(n) {
			case "E", "Errorf", "Debug", "Info", "Warn", "Error", "ErrorContext", "Log", "panic", "FieldByName",
				"Contains", "HasPrefix", "CutPrefix":
				return true
			case "New":
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if ok {
					id, ok := sel.X.(*ast.Ident)
					return ok && id.Name == "errors"
				}
			}
		}
	}
	return false
}

// shownAsItIs says whether the literal is given to a function of the kit or of the
// toolkit that makes something with words.
func shownAsItIs(lit ast.Expr, within []ast.Node) bool {
	call, ok := within[len(within)-2].(*ast.CallExpr)
	if !ok || call.Fun == lit {
		return false
	}
	return shows.MatchString(called(call))
}
