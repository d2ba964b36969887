package folders_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/store"
	"quietline/internal/testkit"
	"quietline/internal/watcher"
)

// importer reads files whose first word says what becomes of them.
type importer struct {
	mu      sync.Mutex
	formats []string
	// imports are the contents that were imported, in order.
	imports []string
	// during is called while a file is imported, may be nil.
	during func(path string)
	fault  error
}

func (im *importer) Formats() []string { return im.formats }

func (im *importer) Recognise(_ context.Context, path string) (string, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return "", domain.E("t", domain.NotFound, "import.file_missing", domain.Args{"File": filepath.Base(path)}, nil)
	}
	if err != nil {
		return "", domain.E("t", domain.Denied, "import.file_unreadable", domain.Args{"File": filepath.Base(path)}, nil)
	}
	if string(data[:4]) == "foto" {
		return "", domain.E("t", domain.Invalid, "import.format_unknown", domain.Args{"File": "f", "Kind": "image"}, nil)
	}
	return "memory", nil
}

func (im *importer) Import(ctx context.Context, r journal.ImportRequest, _ *progress.Counter) (journal.ImportReport, error) {
	data, err := os.ReadFile(r.Path)
	if err != nil {
		return journal.ImportReport{}, err
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	im.imports = append(im.imports, string(data))
	if im.during != nil {
		im.during(r.Path)
	}
	if string(data[:4]) == "bang" {
		panic("bang")
	}
	report := journal.ImportReport{File: filepath.Base(r.Path), Rows: 1, Imported: 1}
	switch {
	case ctx.Err() != nil:
		return report, domain.E("t", domain.Cancelled, "cancelled", nil, ctx.Err())
	case im.fault != nil:
		return journal.ImportReport{}, im.fault
	case string(data[:4]) == "torn":
		return report, domain.E("t", domain.Corrupt, "import.truncated", domain.Args{"File": report.File}, nil)
	}
	return report, nil
}

// bench is a Service on a real store and a real folder, with a clock of its
// own.
type bench struct {
	*folders.Service
	t        testing.TB
	params   folders.Params
	store    *store.Store
	clock    *testkit.Clock
	importer *importer
	dir      string
	results  []folders.Result
	troubles []folders.Folder
	passes   []folders.Pass
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, clock: testkit.NewClock(), importer: &importer{formats: []string{"memory"}}}
	var err error
	b.store, err = store.Open(t.Context(), store.Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: b.clock, SelfName: "Owner",
	})
	ok(t, err)
	t.Cleanup(func() { b.store.Close() })
	b.params = folders.Params{
		Store: b.store, Files: watcher.Files{}, People: b.store, Importer: b.importer, Clock: b.clock, Source: &testkit.Source{},
		Wait:  func(_ context.Context, d time.Duration, _, _ <-chan struct{}) { b.clock.Advance(d) },
		Every: func(context.Context, time.Duration, func()) {},
	}
	b.Service = folders.New(b.params)
	b.dir, err = filepath.EvalSymlinks(t.TempDir())
	ok(t, err)
	_, err = b.Add(t.Context(), "", b.dir)
	ok(t, err)
	return b
}

// options gather what a run tells.
func (b *bench) options() folders.RunOptions {
	return folders.RunOptions{
		Once: true, Settle: folders.DefaultSettle,
		OnResult:  func(r folders.Result) { b.results = append(b.results, r) },
		OnTrouble: func(f folders.Folder) { b.troubles = append(b.troubles, f) },
		OnPass:    func(p folders.Pass) { b.passes = append(b.passes, p) },
	}
}

// once runs until nothing waits, with a new run each time, as after a restart.
func (b *bench) once() {
	b.t.Helper()
	ok(b.t, b.Run(b.t.Context(), b.options()))
}

// write makes a file that was changed so many minutes after the Epoch.
func (b *bench) write(name, text string, minute int) {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	ok(b.t, os.MkdirAll(filepath.Dir(path), 0o700))
	ok(b.t, os.WriteFile(path, []byte(text), 0o600))
	at := testkit.Epoch().Add(time.Duration(minute) * time.Minute)
	ok(b.t, os.Chtimes(path, at, at))
}

func (b *bench) folder() folders.Folder {
	b.t.Helper()
	list, err := b.List(b.t.Context())
	ok(b.t, err)
	if len(list) != 1 {
		b.t.Fatalf("%d folders", len(list))
	}
	return list[0]
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
