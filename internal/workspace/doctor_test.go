package workspace_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/workspace"
)

// found is what a report says of each check: its status, or the code of what is
// wrong.
func found(r workspace.Report) map[string]string {
	all := map[string]string{}
	for _, f := range r.Findings {
		all[f.Check] = string(f.Status)
		if f.Status == workspace.StatusFault {
			all[f.Check] = f.Code
		}
	}
	return all
}

func database(p workspace.Params) string { return filepath.Join(p.Dir, workspace.DatabaseFile) }

// made is a closed workspace.
func made(t *testing.T) workspace.Params {
	t.Helper()
	p := params(t, t.TempDir())
	w, err := workspace.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Open or closed, the same is looked at and found sound.
func TestExamineSoundWorkspace(t *testing.T) {
	p := made(t)
	shut := workspace.Examine(t.Context(), p)
	if !shut.OK {
		t.Errorf("closed: %+v", shut)
	}
	now := open(t, p).Examine(t.Context())
	for _, r := range []workspace.Report{shut, now} {
		for i := range r.Findings {
			if r.Findings[i].Check == "disk" {
				r.Findings[i].Text = "" // others write meanwhile
			}
		}
	}
	if d := cmp.Diff(shut, now); d != "" {
		t.Errorf("(-closed +open)\n%s", d)
	}
}

func TestExamineBeforeTheFirstStart(t *testing.T) {
	p := params(t, filepath.Join(t.TempDir(), "new"))
	if r := workspace.Examine(t.Context(), p); !r.OK || found(r)["folder"] != "ok" {
		t.Errorf("%+v", r)
	}
	must(t, os.Mkdir(p.Dir, 0o700))
	if r := workspace.Examine(t.Context(), p); !r.OK || found(r)["database"] != "ok" {
		t.Errorf("%+v", r)
	}
	if entries, _ := os.ReadDir(p.Dir); len(entries) > 0 {
		t.Errorf("something was made: %v", entries)
	}
}

func TestExamineClosedDatabase(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(path string) error
		code   string
	}{
		"no database": {func(path string) error { return os.WriteFile(path, make([]byte, 5000), 0o600) }, "store.damaged"},
		"folder":      {func(path string) error { return os.Mkdir(path, 0o700) }, "store.not_file"},
		"log without database": {func(path string) error {
			return os.WriteFile(path+"-wal", []byte("log"), 0o600)
		}, "store.orphan"},
	} {
		t.Run(name, func(t *testing.T) {
			p := params(t, t.TempDir())
			must(t, tt.change(database(p)))
			if r := workspace.Examine(t.Context(), p); r.OK || found(r)["database"] != tt.code {
				t.Errorf("%+v", r)
			}
		})
	}
}

// The store that is open sees what other programs have done to its file.
func TestExamineOpenDatabase(t *testing.T) {
	run := func(query string) func(path string) error {
		return func(path string) error {
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				return err
			}
			defer db.Close()
			_, err = db.ExecContext(t.Context(), query)
			return err
		}
	}
	for name, tt := range map[string]struct {
		change func(path string) error
		code   string
	}{
		"newer":         {run("PRAGMA user_version = 99"), "store.newer"},
		"other program": {run("PRAGMA application_id = 7"), "store.foreign"},
		"deleted":       {os.Remove, "store.moved"},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && name == "deleted" {
				t.Skip("an open file keeps its name there")
			}
			p := params(t, t.TempDir())
			w := open(t, p)
			must(t, tt.change(database(p)))
			if r := w.Examine(t.Context()); r.OK || found(r)["database"] != tt.code {
				t.Errorf("%+v", r)
			}
		})
	}
}
