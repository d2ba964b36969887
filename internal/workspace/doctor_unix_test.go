//go:build unix

package workspace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"quietline/internal/workspace"
)

// What others may read is found, also where the folder is a link.
func TestExaminePermissions(t *testing.T) {
	p := made(t)
	must(t, os.WriteFile(filepath.Join(p.Dir, "notes"), nil, 0o600))
	link := p
	link.Dir = filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(p.Dir, link.Dir))
	for _, p := range []workspace.Params{p, link} {
		must(t, os.Chmod(filepath.Join(p.Dir, "notes"), 0o600))
		if r := workspace.Examine(t.Context(), p); found(r)["permissions"] != "ok" {
			t.Errorf("%s: %+v", p.Dir, r)
		}
		must(t, os.Chmod(filepath.Join(p.Dir, "notes"), 0o640))
		if r := workspace.Examine(t.Context(), p); r.OK || found(r)["permissions"] != "doctor.readable_by_others" {
			t.Errorf("%s: %+v", p.Dir, r)
		}
	}
}

// Logs and drafts come and go while it is looked around.
func TestExaminePermissionsOfPassingFiles(t *testing.T) {
	const files, rounds = 30, 50
	p := params(t, t.TempDir())
	w := open(t, p)
	var group sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	group.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			name := filepath.Join(p.Dir, fmt.Sprint("passing", i%files))
			if os.WriteFile(name, nil, 0o600) != nil || os.Remove(name) != nil {
				t.Error("no file to pass")
			}
		}
	})
	for range rounds {
		if r := w.Examine(t.Context()); found(r)["permissions"] != "ok" {
			t.Errorf("%+v", r)
			break
		}
	}
	cancel()
	group.Wait()
}
