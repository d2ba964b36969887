package folders_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/journal"
)

// A fault of the store ends a run that is to end, and not one that stays.
func TestFaultOfTheStore(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.params.Store = faulty{Store: b.store, left: new(2)}
	s := folders.New(b.params)
	if err := s.Run(t.Context(), b.options()); domain.KeyOf(err) != "store.busy" {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	o := b.options()
	o.Once, o.OnResult = false, func(folders.Result) { stop() }
	if err := s.Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	b.imported("call a")
}

// faulty cannot list for some times.
type faulty struct {
	folders.Store
	left *int
}

func (f faulty) Folders(ctx context.Context) ([]folders.Folder, error) {
	if *f.left--; *f.left >= 0 {
		return nil, domain.E("t", domain.Unavailable, "store.busy", nil, nil)
	}
	return f.Store.Folders(ctx)
}

var _ folders.Importer = (*journal.Service)(nil)

func TestPanicIsTheFailureOfItsFile(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "bang", 2)
	b.write("b.xml", "call b", 1)
	b.once()
	b.once()
	b.imported("bang", "call b")
	if f := b.folder(); f.Failed != 1 || f.Imported != 1 || f.Failures[0].Reason.Key != "folder.gave_up" {
		t.Errorf("folder %+v", f)
	}
}

// A file that ends the program is begun three times, and not at every start.
func TestFileThatEndsTheProgramIsGivenUp(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	info, err := os.Stat(filepath.Join(b.dir, "a.xml"))
	ok(t, err)
	for i := range 3 {
		_, claimed, err := b.store.ClaimFile(t.Context(), folders.Claim{
			Folder: b.folder().ID, Entry: folders.Entry{Path: "a.xml", Size: info.Size(), Modified: info.ModTime().UnixNano()},
			Reader: "memory", Owner: fmt.Sprint("dead ", i), Now: b.clock.Now(), Until: b.clock.Now().Add(folders.Lease),
		})
		if err != nil || !claimed {
			t.Fatalf("claimed %v, %v", claimed, err)
		}
		b.clock.Advance(folders.Lease)
	}
	b.once()
	b.once()
	if f := b.folder(); len(b.importer.imports) != 0 || f.Failed != 1 || len(b.results) != 1 {
		t.Errorf("imports %q, folder %+v", b.importer.imports, f)
	}
	b.write("a.xml", "call better", 2)
	b.once()
	b.imported("call better")
}

// A file that goes before it is read is nobody's failure.
func TestFileThatGoesMeanwhile(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 2)
	b.write("b.xml", "call b", 1)
	b.importer.during = func(string) { ok(t, os.Remove(filepath.Join(b.dir, "b.xml"))) }
	b.once()
	b.importer.during = nil
	b.once()
	b.imported("call a")
	if f := b.folder(); f.Failed != 0 || len(b.results) != 1 {
		t.Errorf("folder %+v, results %+v", f, b.results)
	}
}
