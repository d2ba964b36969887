package i18n_test

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"

	"quietline/internal/l10n"
)

// said is a place in the source that says something.
type said struct {
	at string
	// key is what it says; empty where it is put together: then made tells.
	key  string
	made *made
	// counted says that a number chooses the form, failed that it is an error,
	// which has a next step.
	counted, failed bool
	// args are the names that are filled in; nil where they are put together
	// elsewhere. Where they are in a variable, others may ask for them too.
	args   []string
	shared bool
}

// everySaid reads them out of the Go files of the project: T(key), T(key, args),
// N(key, n) and N(key, n, args), whoever has these methods, and whatever is given
// the key of an error with arguments behind it, as domain.E is.
func (s *source) everySaid(en map[string]map[string]string) (out []said) {
	for _, file := range s.files {
		for _, d := range file.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if x, ok := s.sayingAt(call, d, en); ok {
						x.at = s.set.Position(call.Pos()).String()
						out = append(out, x)
					}
				}
				return true
			})
		}
	}
	return out
}

func (s *source) sayingAt(call *ast.CallExpr, within ast.Decl, en map[string]map[string]string) (said, bool) {
	if name := called(call); (name == "T" || name == "N") && len(call.Args) > 0 {
		x, args := said{counted: name == "N"}, call.Args[1:]
		if x.counted {
			args = call.Args[min(2, len(call.Args)):]
		}
		x.args = []string{}
		if len(args) > 0 {
			x.args, x.shared = names(args[0], within)
		}
		x.key, _ = text(call.Args[0])
		if sum, ok := call.Args[0].(*ast.BinaryExpr); ok {
			if i := slices.IndexFunc(s.made, func(m made) bool { return m.at == sum.Pos() }); i >= 0 {
				x.made = &s.made[i]
			}
		}
		return x, true
	}
	for i := range len(call.Args) - 1 {
		key, ok := text(call.Args[i])
		if sure := i == 2 && len(call.Args) == 5 && called(call) == "E"; ok && (sure || en["err."+key] != nil) {
			if args, shared := names(call.Args[i+1], within); sure || args != nil {
				return said{key: "err." + key, failed: true, args: args, shared: shared}, true
			}
		}
	}
	return said{}, false
}

// names are those that a literal of arguments gives, or the one literal that a
// variable holds; nil where that cannot be read.
func names(e ast.Expr, within ast.Decl) (out []string, shared bool) {
	switch e := e.(type) {
	case *ast.Ident:
		if e.Name == "nil" {
			return []string{}, false
		}
		return namesIn(e.Name, within), true
	case *ast.CompositeLit:
		out = []string{}
		for _, x := range e.Elts {
			kv, ok := x.(*ast.KeyValueExpr)
			if !ok {
				return nil, false
			}
			name, ok := text(kv.Key)
			if !ok {
				return nil, false
			}
			out = append(out, name)
		}
		return out, false
	}
	return nil, false
}

// namesIn are those that the variable is given, if that is done once.
func namesIn(variable string, within ast.Decl) (out []string) {
	is := func(e ast.Expr) bool {
		if x, ok := e.(*ast.IndexExpr); ok {
			e = x.X
		}
		id, ok := e.(*ast.Ident)
		return ok && id.Name == variable
	}
	times := 0
	ast.Inspect(within, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for i, l := range a.Lhs {
				if is(l) {
					times++
					if lit, ok := a.Rhs[min(i, len(a.Rhs)-1)].(*ast.CompositeLit); ok {
						out, _ = names(lit, within)
					}
				}
			}
		}
		return true
	})
	if times != 1 {
		return nil
	}
	return out
}

// TestWhatIsFilledInIsAsked: the source fills in what the words ask for, no more and
// no less; of an error, the sentence and the next step ask together, and it may know
// more than they say. What is missing would be an ellipsis on the screen.
func TestWhatIsFilledInIsAsked(t *testing.T) {
	en, s := catalogue(t, l10n.English), readSource(t)
	for _, x := range s.everySaid(en) {
		if x.args == nil || en[x.key] == nil {
			continue
		}
		want := placeholders(en[x.key])
		if x.failed {
			want = slices.Compact(slices.Sorted(slices.Values(append(want, placeholders(en[x.key+".hint"])...))))
		}
		got := slices.DeleteFunc(slices.Sorted(slices.Values(x.args)), func(name string) bool { return name == "Count" })
		more := x.shared || x.failed
		if !slices.Equal(want, got) && (!more || !holdsAll(got, want)) {
			t.Errorf("%s: %q asks for %v and is given %v", x.at, x.key, want, got)
		}
	}
}

// TestEveryKeyInTheSourceHasWords: what is said has words, and an error has a next
// step too.
func TestEveryKeyInTheSourceHasWords(t *testing.T) {
	en, s := catalogue(t, l10n.English), readSource(t)
	for _, x := range s.everySaid(en) {
		if x.key != "" && en[x.key] == nil {
			t.Errorf("%s: no words for %q", x.at, x.key)
		}
		if x.failed && en[x.key+".hint"] == nil {
			t.Errorf("%s: no next step for %q", x.at, x.key)
		}
	}
	for _, key := range s.empties {
		if en[key] == nil || en[key+".text"] == nil {
			t.Errorf("no words for %q, of which there is nothing", key)
		}
	}
}

// TestErrorsAreFilledIn is the same of errors that are made elsewhere than where
// their keys stand: what they ask for is given a name in the same package at least,
// or in the domain, which makes errors of what is stored.
func TestErrorsAreFilledIn(t *testing.T) {
	en, s := catalogue(t, l10n.English), readSource(t)
	for key := range en {
		rest, ok := strings.CutPrefix(key, "err.")
		if !ok {
			continue
		}
		asked := placeholders(en[key])
		filled := holdsAll(slices.Collect(maps.Keys(s.named["../internal/domain"])), asked)
		for folder, near := range s.near {
			if near[strings.TrimSuffix(rest, ".hint")] {
				filled = filled || holdsAll(slices.Collect(maps.Keys(s.named[folder])), asked)
			}
		}
		if !filled {
			t.Errorf("%q asks for %v, which nothing fills in where the error is made", key, asked)
		}
	}
}

func holdsAll(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// TestPutTogetherWordsAreFilledIn is the same of messages whose keys are put
// together where they are said: one of the places that may say them fills in all.
func TestPutTogetherWordsAreFilledIn(t *testing.T) {
	en, s := catalogue(t, l10n.English), readSource(t)
	all := slices.DeleteFunc(s.everySaid(en), func(x said) bool { return x.made == nil })
	seen := 0
	for key := range en {
		if s.literals[key] || strings.HasPrefix(key, "err.") || s.comesFromElsewhere(key, all) {
			continue
		}
		asked := placeholders(en[key])
		var places []string
		filled := false
		for _, x := range all {
			if x.made.makes(key) {
				places = append(places, x.at)
				filled = filled || x.args == nil || holdsAll(x.args, asked)
			}
		}
		if len(places) > 0 {
			seen++
		}
		if !filled && len(places) > 0 {
			t.Errorf("%q asks for %v, and none of these fills it in: %v", key, asked, places)
		}
	}
	if seen < 500 {
		t.Errorf("only %d messages are put together", seen)
	}
}

// comesFromElsewhere says whether the key may also come to where it is said in a
// variable.
func (s *source) comesFromElsewhere(key string, all []said) bool {
	return slices.ContainsFunc(s.made, func(m made) bool {
		return m.makes(key) && !slices.ContainsFunc(all, func(x said) bool { return x.made.at == m.at })
	})
}

// TestPluralsAreCounted: what has plural forms is said with a number, and what is
// said with a number has them; English has two forms, Chinese one.
func TestPluralsAreCounted(t *testing.T) {
	en, zh := catalogue(t, l10n.English), catalogue(t, l10n.Chinese)
	for _, s := range readSource(t).everySaid(en) {
		if forms, ok := en[s.key]; ok && !s.failed && s.counted == (forms["other"] == "") {
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
