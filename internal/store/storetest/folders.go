package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/folders"
)

func folderTests() []test {
	return []test{
		{"folders/add list and remove", addFolders},
		{"folders/one person a folder", folderTaken},
		{"folders/go with their person", foldersGoWithPerson},
		{"folders/problem is noted once", problemNoted},
		{"folders/claim once", claimOnce},
		{"folders/lease ends and is renewed", claimLease},
		{"folders/finish and due again", finishFile},
		{"folders/failures are listed", failuresListed},
		{"folders/content is known for the person", contentKnown},
		{"folders/forget what is gone", forgetFiles},
		{"folders/release", releaseClaims},
	}
}

func folder(t tb, s Full, person domain.PersonID, dir string) folders.Folder {
	t.Helper()
	f := folders.Folder{PersonID: person, Dir: dir, CreatedAt: start()}
	ok(t, s.AddFolder(t.Context(), &f))
	return f
}

// claimOf asks for the file as one run, at a time after the start.
func claimOf(f folders.Folder, path, owner string, d time.Duration) folders.Claim {
	return folders.Claim{
		Folder: f.ID, Entry: folders.Entry{Path: path, Size: 10, Modified: 20}, Reader: "a,b", Owner: owner,
		Now: after(d), Until: after(d + folders.Lease),
	}
}

func claims(t tb, s Full, c folders.Claim, want bool) folders.Known {
	t.Helper()
	before, got, err := s.ClaimFile(t.Context(), c)
	ok(t, err)
	if got != want {
		t.Fatalf("claimed %v, want %v", got, want)
	}
	return before
}

func finishes(t tb, s Full, f folders.Finish, want bool) {
	t.Helper()
	held, err := s.FinishFile(t.Context(), f)
	ok(t, err)
	if held != want {
		t.Fatalf("held %v, want %v", held, want)
	}
}

func listed(t tb, s Full) []folders.Folder {
	t.Helper()
	list, err := s.Folders(t.Context())
	ok(t, err)
	return list
}

func addFolders(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	a := folder(t, s, aunt.ID, "/a")
	b := folder(t, s, domain.SelfID, "/b")
	want := []folders.Folder{a, b}
	want[0].Person, want[1].Person = "Aunt", Owner
	same(t, listed(t, s), want)
	ok(t, s.RemoveFolder(t.Context(), a.ID))
	same(t, listed(t, s), want[1:])
	fails(t, s.RemoveFolder(t.Context(), a.ID), domain.NotFound, "folder.not_watched")
	again := folder(t, s, aunt.ID, "/a")
	if again.ID == a.ID {
		t.Error("the id was used again")
	}
}

func folderTaken(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	folder(t, s, aunt.ID, "/a")
	f := folders.Folder{PersonID: domain.SelfID, Dir: "/a", CreatedAt: start()}
	fails(t, s.AddFolder(t.Context(), &f), domain.Conflict, "folder.taken")
	same(t, len(listed(t, s)), 1)
}

func foldersGoWithPerson(t *testing.T, s Full) {
	for _, keep := range []bool{true, false} {
		aunt := person(t, s, "Aunt")
		f := folder(t, s, aunt.ID, "/a")
		claims(t, s, claimOf(f, "x", "one", 0), true)
		_, err := s.RemovePerson(t.Context(), aunt.ID, keep)
		ok(t, err)
		same(t, len(listed(t, s)), 0)
		known, err := s.KnownFiles(t.Context(), f.ID)
		ok(t, err)
		same(t, len(known), 0)
		// A run that is at it meanwhile neither writes nor fails.
		finishes(t, s, folders.Finish{Folder: f.ID, Path: "x", Owner: "one", State: folders.StateImported, Now: start()}, false)
		claims(t, s, claimOf(f, "y", "one", 0), false)
	}
	person(t, s, "Aunt")
	same(t, len(listed(t, s)), 0)
}

func problemNoted(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	for _, tt := range []struct {
		key     string
		changed bool
	}{{"", false}, {"folder.missing", true}, {"folder.missing", false}, {"folder.unreadable", true}, {"", true}} {
		changed, err := s.SetProblem(t.Context(), f.ID, tt.key)
		ok(t, err)
		same(t, changed, tt.changed)
		same(t, listed(t, s)[0].Problem, tt.key)
	}
	changed, err := s.SetProblem(t.Context(), f.ID+1, "folder.missing")
	ok(t, err)
	same(t, changed, false)
}

func claimOnce(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	same(t, claims(t, s, claimOf(f, "x", "one", 0), true), folders.Known{})
	claims(t, s, claimOf(f, "x", "two", time.Second), false)
	other := claimOf(f, "x", "two", time.Second)
	other.Entry.Size++ // also where it has grown: one is still at it
	claims(t, s, other, false)
	claims(t, s, claimOf(f, "y", "two", 0), true)
}

func claimLease(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	claims(t, s, claimOf(f, "x", "one", 0), true)
	ok(t, s.RenewClaims(t.Context(), "one", after(40*time.Second)))
	claims(t, s, claimOf(f, "x", "two", 39*time.Second), false)
	before := claims(t, s, claimOf(f, "x", "two", 40*time.Second), true)
	same(t, before.State, folders.StateClaimed)
	known, err := s.KnownFiles(t.Context(), f.ID)
	ok(t, err)
	same(t, known["x"].Tries, 1) // one ended in the midst
	done := folders.Finish{Folder: f.ID, Path: "x", Owner: "one", State: folders.StateImported, Now: after(time.Minute)}
	finishes(t, s, done, false)
	done.Owner = "two"
	finishes(t, s, done, true)
	finishes(t, s, done, false)
	// A lease longer than any was taken while the clock was wrong.
	far := claimOf(f, "y", "one", 0)
	far.Until = after(1000 * time.Hour)
	claims(t, s, far, true)
	claims(t, s, claimOf(f, "y", "two", 0), true)
}

func finishFile(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	claims(t, s, claimOf(f, "x", "one", 0), true)
	finishes(t, s, folders.Finish{
		Folder: f.ID, Path: "x", Owner: "one", State: folders.StateLater, SHA256: "ab", Imported: 3, Tries: 2, RetryAt: after(time.Minute), Now: start(),
		Reason: folders.Reason{Kind: domain.Denied, Key: "import.file_unreadable", Args: map[string]string{"File": "x"}},
	}, true)
	known, err := s.KnownFiles(t.Context(), f.ID)
	ok(t, err)
	want := folders.Known{
		Size: 10, Modified: 20, State: folders.StateLater, Reader: "a,b", SHA256: "ab", Tries: 2, RetryAt: after(time.Minute),
		Reason: folders.Reason{Kind: domain.Denied, Key: "import.file_unreadable", Args: map[string]string{"File": "x"}},
	}
	same(t, known, map[string]folders.Known{"x": want})
	claims(t, s, claimOf(f, "x", "one", time.Second), false)
	same(t, claims(t, s, claimOf(f, "x", "one", time.Minute), true), want)
	finishes(t, s, folders.Finish{Folder: f.ID, Path: "x", Owner: "one", State: folders.StateImported, Now: start()}, true)
	claims(t, s, claimOf(f, "x", "one", time.Hour), false)
	grown := claimOf(f, "x", "one", time.Hour)
	grown.Entry.Size++
	claims(t, s, grown, true)
}

func failuresListed(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	for i, path := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		claims(t, s, claimOf(f, path, "one", 0), true)
		state := folders.StateFailed
		if i == 6 {
			state = folders.StateLater
		}
		finishes(t, s, folders.Finish{
			Folder: f.ID, Path: path, Owner: "one", State: state, Now: after(time.Duration(i) * time.Minute),
			Reason: folders.Reason{Kind: domain.Invalid, Key: "import.no_rows", Args: map[string]string{"File": path}},
		}, true)
	}
	for path, state := range map[string]folders.State{
		"8": folders.StateImported, "9": folders.StateCopy, "10": folders.StateForeign,
	} {
		claims(t, s, claimOf(f, path, "one", 0), true)
		finishes(t, s, folders.Finish{Folder: f.ID, Path: path, Owner: "one", State: state, Now: start()}, true)
	}
	got := listed(t, s)[0]
	same(t, []int64{got.Imported, got.Failed, got.Foreign}, []int64{2, 7, 1})
	same(t, len(got.Failures), folders.MaxFailures)
	same(t, got.Failures[0], folders.Failure{Path: "7", At: after(6 * time.Minute), Reason: folders.Reason{
		Kind: domain.Invalid, Key: "import.no_rows", Args: map[string]string{"File": "7"},
	}})
}

func contentKnown(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	f, hers := folder(t, s, domain.SelfID, "/a"), folder(t, s, aunt.ID, "/b")
	done := func(f folders.Folder, path, sum string, state folders.State) {
		claims(t, s, claimOf(f, path, "one", 0), true)
		finishes(t, s, folders.Finish{Folder: f.ID, Path: path, Owner: "one", State: state, SHA256: sum, Now: start()}, true)
	}
	done(f, "x", "aa", folders.StateImported)
	done(f, "y", "bb", folders.StateFailed)
	done(f, "z", "", folders.StateImported)
	done(hers, "x", "cc", folders.StateImported)
	for sum, want := range map[string]bool{"aa": true, "bb": false, "": false, "cc": false} {
		got, err := s.Imported(t.Context(), domain.SelfID, sum)
		ok(t, err)
		if got != want {
			t.Errorf("%q: %v", sum, got)
		}
	}
}

func forgetFiles(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	for path, state := range map[string]folders.State{"i": folders.StateImported, "f": folders.StateFailed, "n": folders.StateForeign} {
		claims(t, s, claimOf(f, path, "one", 0), true)
		finishes(t, s, folders.Finish{Folder: f.ID, Path: path, Owner: "one", State: state, Now: start()}, true)
	}
	claims(t, s, claimOf(f, "c", "one", 0), true)
	ok(t, s.ForgetFiles(t.Context(), f.ID, []string{"i", "f", "n", "c", "never"}))
	known, err := s.KnownFiles(t.Context(), f.ID)
	ok(t, err)
	if len(known) != 2 || known["i"].State != folders.StateImported || known["c"].State != folders.StateClaimed {
		t.Errorf("kept %+v", known)
	}
}

func releaseClaims(t *testing.T, s Full) {
	f := folder(t, s, domain.SelfID, "/a")
	claims(t, s, claimOf(f, "x", "one", 0), true)
	claims(t, s, claimOf(f, "y", "two", 0), true)
	ok(t, s.ReleaseClaims(t.Context(), "one", start()))
	claims(t, s, claimOf(f, "x", "three", 0), true)
	claims(t, s, claimOf(f, "y", "three", 0), false)
}
