package workspace_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

func params(t *testing.T, dir string) workspace.Params {
	t.Helper()
	return workspace.Params{
		Dir: dir, Printer: testkit.Printer(t, "en"), Clock: testkit.NewClock(), Source: &testkit.Source{},
	}
}

func open(t *testing.T, p workspace.Params) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// meeting is a source whose identifiers come when everybody has asked for one.
type meeting struct {
	testkit.Source
	everybody sync.WaitGroup
}

func (m *meeting) UUID() string {
	m.everybody.Done()
	m.everybody.Wait()
	return m.Source.UUID()
}

// Programs that start for the first time at once agree on the name under which
// the tokens lie in the keyring.
func TestFirstStartsShareTheirTokens(t *testing.T) {
	const n = 2
	p := params(t, t.TempDir())
	source := &meeting{}
	source.everybody.Add(n)
	p.Source = source
	spaces := make([]*workspace.Workspace, n)
	var group sync.WaitGroup
	for i := range spaces {
		group.Go(func() { spaces[i], _ = workspace.Open(t.Context(), p) })
	}
	group.Wait()
	for i, w := range spaces {
		if w == nil {
			t.Fatal("a start failed")
		}
		defer w.Close()
		if err := w.Secrets.SetToken(t.Context(), 1, "token"); err != nil {
			t.Fatal(err)
		}
		later := open(t, params(t, p.Dir))
		if got, err := later.Secrets.Token(t.Context(), 1); got != "token" || err != nil {
			t.Errorf("the token of start %d is lost: %q, %v", i, got, err)
		}
		if err := w.Secrets.DeleteToken(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
}

// A look-up takes over the corrections of a workspace, makes none where there
// is none, and falls back on the registry of the program.
func TestLookup(t *testing.T) {
	p := params(t, filepath.Join(t.TempDir(), "data"))
	look := func(p workspace.Params) workspace.Lookup {
		t.Helper()
		l, err := workspace.OpenLookup(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if l := look(p); l.Problem != nil || l.Checker.Check("95023", "").Verdict != domain.VerdictUnlisted {
		t.Errorf("%+v", l)
	}
	if _, err := os.Stat(p.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("a look-up made a workspace")
	}
	w := open(t, p)
	if _, err := w.Registrar.Correct(t.Context(), domain.Correction{Code: "95023", Kind: domain.CorrectionEntry, NameZH: "x"}); err != nil {
		t.Fatal(err)
	}
	if l := look(p); l.Problem != nil || l.Checker.Check("95023", "").Verdict != domain.VerdictListed {
		t.Errorf("%+v", l)
	}
	bad := params(t, t.TempDir())
	if err := os.WriteFile(filepath.Join(bad.Dir, workspace.DatabaseFile), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l := look(bad); l.Problem == nil || l.Checker.Check("95588", "").Verdict != domain.VerdictListed {
		t.Errorf("%+v", l)
	}
}
