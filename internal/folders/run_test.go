package folders_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/folders"
)

func (b *bench) imported(want ...string) {
	b.t.Helper()
	if d := cmp.Diff(want, b.importer.imports); d != "" {
		b.t.Fatalf("imports (-want +got)\n%s", d)
	}
}

func TestNewestFirstAndEachOnce(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.write("phone/b.xml", "call b", 3)
	b.write("c.xml", "call c", 2)
	b.write("phone/deep/d.xml", "call d", 4)
	b.write(".hidden.xml", "call e", 5)
	b.write(".stversions/f.xml", "call f", 5)
	b.write("g.xml.crdownload", "call g", 5)
	b.write("empty.xml", "", 5)
	b.once()
	b.imported("call b", "call c", "call a")
	b.once() // after a restart
	if len(b.importer.imports) != 3 || len(b.results) != 3 || b.results[0].Path != "phone/b.xml" {
		t.Errorf("imports %q, results %+v", b.importer.imports, b.results)
	}
	if want := []folders.Pass{{Files: 3, Calls: 3}}; !cmp.Equal(want, b.passes) {
		t.Errorf("passes %+v", b.passes)
	}
	if f := b.folder(); f.Imported != 3 || f.Failed+f.Foreign != 0 {
		t.Errorf("folder %+v", f)
	}
}

func TestSameContentIsNotImportedAgain(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.once()
	ok(t, os.Rename(filepath.Join(b.dir, "a.xml"), filepath.Join(b.dir, "renamed.xml")))
	b.once()
	b.write("renamed.xml", "call a", 9) // synchronised again
	b.write("copy.xml", "call a", 2)
	b.once()
	b.imported("call a")
	b.write("renamed.xml", "call a and more", 10)
	b.once()
	b.imported("call a", "call a and more")
}

// Somebody else's copy of the same file is theirs.
func TestSameContentOfSomebodyElse(t *testing.T) {
	b := newBench(t)
	aunt := domain.Person{Name: "Aunt", Relation: domain.RelationChild}
	ok(t, b.store.AddPerson(t.Context(), &aunt))
	inner := filepath.Join(b.dir, "aunt")
	b.write("aunt/a.xml", "call a", 1)
	_, err := b.Add(t.Context(), "Aunt", inner)
	ok(t, err)
	b.once()
	if len(b.results) != 1 || b.results[0].Folder.Person != "Aunt" {
		t.Fatalf("a folder with a person of its own was read for another: %+v", b.results)
	}
	b.write("b.xml", "call a", 1)
	b.once()
	b.imported("call a", "call a")
}

func TestHalfWrittenFileIsWaitedFor(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call", 1)
	waits := 0
	b.params.Wait = func(_ context.Context, d time.Duration, _, _ <-chan struct{}) {
		// Every nine seconds a piece more, four times.
		if waits++; waits <= 4 {
			b.write("a.xml", "call"+strings.Repeat("x", waits), 1)
			d = min(d, 9*time.Second)
		}
		b.clock.Advance(d)
	}
	b.Service = folders.New(b.params)
	b.once()
	b.imported("callxxxx")
}

func TestFailureIsToldOnceAndTriedWhenTheFileChanges(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "torn", 1)
	b.once()
	b.once()
	b.write("a.xml", "torn", 2) // only its date
	b.once()
	b.imported("torn")
	if len(b.results) != 1 || domain.KeyOf(b.results[0].Err) != "import.truncated" {
		t.Fatalf("results %+v", b.results)
	}
	f := b.folder()
	if f.Failed != 1 || len(f.Failures) != 1 || f.Failures[0].Reason.Key != "import.truncated" ||
		f.Failures[0].Reason.Kind != domain.Corrupt || f.Failures[0].Reason.Args["File"] != "a.xml" {
		t.Fatalf("folder %+v", f)
	}
	b.write("a.xml", "call whole", 3)
	b.once()
	b.imported("torn", "call whole")
	if f := b.folder(); f.Failed != 0 || f.Imported != 1 {
		t.Errorf("folder %+v", f)
	}
	b.write("b.xml", "torn too", 1)
	b.once()
	ok(t, os.Remove(filepath.Join(b.dir, "b.xml")))
	b.once()
	if f := b.folder(); f.Failed != 0 {
		t.Errorf("a file that is gone still fails: %+v", f)
	}
}

func TestWhatIsNoCallLogIsCountedSilently(t *testing.T) {
	b := newBench(t)
	b.write("photo.jpg", "foto", 1)
	b.once()
	b.once()
	if len(b.results) != 0 || len(b.importer.imports) != 0 || b.folder().Foreign != 1 || b.folder().Failed != 0 {
		t.Errorf("results %+v, folder %+v", b.results, b.folder())
	}
	if want := []folders.Pass{{Silent: 1}}; !cmp.Equal(want, b.passes) {
		t.Errorf("looked at again: %+v", b.passes)
	}
	// A version that reads more formats looks again.
	b.importer.formats = append(b.importer.formats, "new")
	b.once()
	if len(b.passes) != 2 {
		t.Errorf("passes %+v", b.passes)
	}
}

func TestWhatMayPassIsTriedAgain(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.importer.fault = domain.E("t", domain.Unavailable, "import.read_failed", nil, nil)
	b.once()
	b.once() // too soon
	b.imported("call a")
	b.clock.Advance(time.Minute)
	b.once()
	b.imported("call a", "call a")
	b.clock.Advance(time.Minute) // the second wait is twice as long
	b.once()
	b.imported("call a", "call a")
	if len(b.results) != 1 || b.folder().Failed != 1 {
		t.Fatalf("results %+v, folder %+v", b.results, b.folder())
	}
	b.importer.fault = nil
	b.clock.Advance(time.Minute)
	b.once()
	if len(b.results) != 2 || b.results[1].Err != nil || b.folder().Failed != 0 {
		t.Errorf("results %+v, folder %+v", b.results, b.folder())
	}
}

func TestFolderThatIsGoneIsToldOnceAndLosesNothing(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.write("torn.xml", "torn", 1)
	b.once()
	away := b.dir + "-away"
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	o := b.options()
	o.Once = false
	looks := 0
	b.params.Wait = func(_ context.Context, d time.Duration, wake, _ <-chan struct{}) {
		b.clock.Advance(d)
		if wake == nil {
			return
		}
		switch looks++; looks {
		case 1:
			ok(t, os.Rename(b.dir, away))
		case 3:
			if f := b.folder(); f.Problem != "folder.missing" || domain.KeyOf(f.Trouble()) != "folder.missing" {
				t.Errorf("folder %+v", f)
			}
			ok(t, os.Mkdir(b.dir, 0o700)) // where it is mounted
		case 4:
			ok(t, os.Remove(b.dir))
			ok(t, os.Rename(away, b.dir))
		case 6:
			stop()
		}
	}
	if err := folders.New(b.params).Run(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range b.troubles {
		keys = append(keys, f.Problem)
	}
	if d := cmp.Diff([]string{"folder.missing", ""}, keys); d != "" {
		t.Errorf("troubles %s", d)
	}
	if f := b.folder(); f.Problem != "" || f.Imported != 1 || f.Failed != 1 {
		t.Errorf("folder %+v", f)
	}
	b.imported("call a", "torn")
}

func TestManyFilesAreDealtWithInTurns(t *testing.T) {
	const files = 1100
	b := newBench(t)
	for i := range files {
		b.write(fmt.Sprintf("%04d.jpg", i), fmt.Sprint("foto", i), i)
	}
	b.once()
	if f := b.folder(); f.Foreign != files {
		t.Errorf("%d of %d", f.Foreign, files)
	}
	if len(b.passes) < 2 || b.passes[0].Silent != 1000 {
		t.Errorf("passes %+v", b.passes)
	}
}

func TestTwoProgramsShareTheWork(t *testing.T) {
	b := newBench(t)
	for i := range 20 {
		b.write(fmt.Sprintf("%d.xml", i), fmt.Sprint("call ", i), i)
	}
	other := folders.New(b.params)
	done := make(chan error, 2)
	o := folders.RunOptions{Once: true}
	for _, s := range []*folders.Service{b.Service, other} {
		go func() { done <- s.Run(t.Context(), o) }()
	}
	for range 2 {
		ok(t, <-done)
	}
	slices.Sort(b.importer.imports)
	if got := slices.Compact(slices.Clone(b.importer.imports)); len(got) != 20 || len(b.importer.imports) != 20 {
		t.Errorf("%d imports of %d files", len(b.importer.imports), len(got))
	}
}

// While one program imports a file another leaves it alone, for as long as the
// first renews its claim; a dead one's file is taken over.
func TestClaimIsKeptWhileImporting(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	tick, done := make(chan func()), make(chan struct{})
	b.params.Every = func(ctx context.Context, _ time.Duration, f func()) {
		select {
		case tick <- f:
			<-ctx.Done()
			close(done)
		case <-ctx.Done():
		}
	}
	first := folders.New(b.params)
	b.params.Every = func(context.Context, time.Duration, func()) {}
	second := folders.New(b.params)
	b.importer.during = func(string) {
		b.importer.during = nil
		renew := <-tick
		b.clock.Advance(folders.Lease - time.Second)
		renew()
		b.clock.Advance(folders.Lease - time.Second)
		ok(t, second.Run(t.Context(), folders.RunOptions{Once: true}))
	}
	ok(t, first.Run(t.Context(), folders.RunOptions{Once: true}))
	<-done
	b.imported("call a")
}

func TestStoppedImportIsGivenBack(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	ctx, stop := context.WithCancel(t.Context())
	b.importer.during = func(string) { stop() }
	if err := b.Run(ctx, b.options()); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if len(b.results) != 0 {
		t.Errorf("told %+v", b.results)
	}
	// What it stored before is in the log, and has to be seen there.
	if want := []folders.Pass{{Calls: 1}}; !cmp.Equal(want, b.passes) {
		t.Errorf("passes %+v", b.passes)
	}
	b.importer.during = nil
	b.once()
	b.imported("call a", "call a")
	if len(b.results) != 1 || b.results[0].Err != nil {
		t.Errorf("results %+v", b.results)
	}
}

// A file that changes while it is read is read again as it is then, also where
// it becomes what it was noted for.
func TestFileThatChangesMeanwhile(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	b.importer.during = func(string) {
		b.importer.during = nil
		b.write("a.xml", "call b", 2)
	}
	b.once()
	b.once()
	b.write("a.xml", "call a", 3)
	b.once()
	b.imported("call a", "call b", "call a")
}

func TestRemovedFolderIsLeftAlone(t *testing.T) {
	b := newBench(t)
	b.write("a.xml", "call a", 1)
	if _, err := b.Remove(t.Context(), "", b.dir+"x"); domain.KeyOf(err) != "folder.not_watched" {
		t.Errorf("error %v", err)
	}
	_, err := b.Remove(t.Context(), "", b.dir)
	ok(t, err)
	b.once()
	if len(b.importer.imports) != 0 {
		t.Errorf("imports %q", b.importer.imports)
	}
}

// A folder that is gone can still be taken from the list.
func TestMissingFolderCanBeRemoved(t *testing.T) {
	b := newBench(t)
	ok(t, os.Remove(b.dir))
	_, err := b.Remove(t.Context(), "Owner", b.dir)
	ok(t, err)
}

func TestAddRefuses(t *testing.T) {
	b := newBench(t)
	b.write("file", "x", 1)
	for dir, key := range map[string]string{
		b.dir: "folder.taken", b.dir + "/": "folder.taken", b.dir + "/none": "folder.missing",
		b.dir + "/file": "folder.not_folder", " ": "folder.empty",
	} {
		if _, err := b.Add(t.Context(), "", dir); domain.KeyOf(err) != key {
			t.Errorf("%q: %v", dir, err)
		}
	}
	if _, err := b.Add(t.Context(), "Nobody", b.dir); domain.KeyOf(err) != "person.not_found" {
		t.Errorf("error %v", err)
	}
}
