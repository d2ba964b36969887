package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
	"quietline/internal/workspace"
)

// newHostDesk is the window over a workspace that can be put down.
func newHostDesk(t *testing.T) (*uitest.Harness, *host) {
	t.Helper()
	h := uitest.New(t, uitest.Options{})
	p, dp := deskParams(t, h, filepath.Join(t.TempDir(), "data"))
	host := newHost(t.Context(), p, dp)
	if err := host.open(nil); err != nil {
		t.Fatal(err)
	}
	h.Layout()
	t.Cleanup(func() {
		if err := host.end(); err != nil {
			t.Error(err)
		}
	})
	return h, host
}

// A backup that is restored in a running window takes the place of what it shows,
// and the page says so.
func TestRestoreInTheWindow(t *testing.T) {
	h, host := newHostDesk(t)
	file := filepath.Join(t.TempDir(), "b.tar")
	if _, err := host.desk.space.Backup(t.Context(), custody.BackupRequest{File: file}); err != nil {
		t.Fatal(err)
	}
	before, err := host.desk.space.Journal.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := host.desk.space.Journal.RemovePerson(t.Context(), before[1].Name, false); err != nil {
		t.Fatal(err)
	}
	ready, err := host.desk.space.PrepareRestore(t.Context(), custody.RestoreRequest{File: file})
	if err != nil {
		t.Fatal(err)
	}
	first := host.desk
	host.handOver(handedOver{"title", func(ctx context.Context, _ *progress.Counter) keeping.Outcome {
		out, err := ready.Replace(ctx)
		return keeping.Outcome{Restored: &out, Err: err}
	}})
	h.Layout()
	if host.desk == nil || host.desk == first {
		t.Fatal("the workspace was not taken up again")
	}
	after, err := host.desk.space.Journal.People(t.Context())
	if err != nil || len(after) != len(before) {
		t.Errorf("%d people after, %d before; %v", len(after), len(before), err)
	}
	if host.desk.shell.Route().Page != kit.PageSettings || !h.Reads("before-restore-") {
		t.Errorf("%v: %q", host.desk.shell.Route(), h.Texts())
	}
}

// A person is erased under the window; one that cannot be leaves everything.
func TestEraseInTheWindow(t *testing.T) {
	h, host := newHostDesk(t)
	people, err := host.desk.space.Journal.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name := people[1].Name
	erase := func(r custody.EraseRequest) {
		d := host.desk
		host.handOver(handedOver{"title", func(ctx context.Context, c *progress.Counter) keeping.Outcome { return d.erase(ctx, r, c) }})
		h.Layout()
	}
	erase(custody.EraseRequest{Person: "nobody of this name"})
	if !h.Shows("err.person.not_found", map[string]any{"Name": "nobody of this name"}) {
		t.Errorf("%q", h.Texts())
	}
	erase(custody.EraseRequest{Person: name, GiveUp: true})
	if !h.Shows("erase.done", map[string]any{"Name": name}) {
		t.Errorf("%q", h.Texts())
	}
	if data, err := os.ReadFile(filepath.Join(host.dp.dir, workspace.DatabaseFile)); err != nil || strings.Contains(string(data), name) {
		t.Errorf("the name is still in the file, or %v", err)
	}
	erase(custody.EraseRequest{})
	if !h.Shows("erase.done_all") {
		t.Errorf("%q", h.Texts())
	}
	people, err = host.desk.space.Journal.People(t.Context())
	if err != nil || len(people) != 1 || people[0].ID != domain.SelfID {
		t.Errorf("%v, %v", people, err)
	}
}

// What cannot be opened any more is said in the window.
func TestHandOverSaysWhatCannotBeOpened(t *testing.T) {
	h, host := newHostDesk(t)
	host.handOver(handedOver{"title", func(context.Context, *progress.Counter) keeping.Outcome {
		path := filepath.Join(host.dp.dir, workspace.DatabaseFile)
		return keeping.Outcome{Err: errors.Join(os.Remove(path), os.WriteFile(path, []byte(strings.Repeat("no database ", 100)), 0o600))}
	}})
	h.Layout()
	if host.desk != nil || !h.Shows("app.cannot_open") {
		t.Errorf("%q", h.Texts())
	}
}
