//go:build unix

package store_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

func TestOnlyTheUserMayRead(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0)) // the worst case
	dir := filepath.Join(t.TempDir(), "a", "data")
	s := open(t, filepath.Join(dir, "quietline.db"))
	if err := s.SetSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{
		"..": 0o700, ".": 0o700, "quietline.db": 0o600, "quietline.db-wal": 0o600, "quietline.db-shm": 0o600,
	} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
}

func TestRightsOfACopyAreTightened(t *testing.T) {
	path := closed(t)
	if err := os.Chmod(path, 0o664); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if err := s.SetSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{path, path + "-wal"} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
}

// A file that was closed to writing for a while leaves nothing closed behind.
func TestCompanionsAreOpenedAgain(t *testing.T) {
	path := closed(t)
	for _, f := range []string{path + "-wal", path + "-shm"} {
		if err := os.WriteFile(f, nil, 0o400); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, path)
	if err := s.SetSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{path + "-wal", path + "-shm"} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
}

// Root may write everywhere, so the test runs itself as somebody else.
func TestProtectedFileIsLeftAlone(t *testing.T) {
	if path := os.Getenv("QUIETLINE_TEST_PROTECTED"); path != "" {
		_, err := store.Open(t.Context(), store.Params{Path: path, Clock: testkit.NewClock(), SelfName: "me"})
		if domain.KeyOf(err) != "store.read_only" {
			t.Errorf("err = %v", err)
		}
		return
	}
	path := closed(t)
	for _, p := range []string{path, filepath.Dir(path)} {
		if err := os.Chown(p, 65534, 65534); err != nil {
			t.Skip("only root can become somebody else:", err)
		}
	}
	for dir := filepath.Dir(filepath.Dir(path)); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(filepath.Dir(path), "store.test")
	if err := os.WriteFile(program, binary, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run=^TestProtectedFileIsLeftAlone$")
	cmd.Dir, cmd.Env = filepath.Dir(path), append(os.Environ(), "QUIETLINE_TEST_PROTECTED="+path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, f := range []string{path + "-wal", path + "-shm"} {
		if _, err := os.Stat(f); err == nil {
			t.Errorf("%s was made", f)
		}
	}
}

// What was deleted is not in the files any longer, neither as a row nor as a
// word of the index.
func TestDeletedIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	s := open(t, path)
	p := domain.Person{Name: "Aunt-xylograph", Relation: domain.RelationRelative, Numbers: []string{"13800138999"}}
	if err := s.AddPerson(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	calls := someCalls(0, 200)
	for i := range calls {
		calls[i].PersonID, calls[i].Name = p.ID, "contact-zeppelin"
	}
	if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"xylograph", "13800138999", "zeppelin", "95000199"}
	if missing := absent(t, path, secrets); len(missing) > 0 {
		t.Fatalf("the test looks for what was never there: %v", missing)
	}
	if _, err := s.RemovePerson(t.Context(), p.ID, false); err != nil {
		t.Fatal(err)
	}
	if missing := absent(t, path, secrets); len(missing) != len(secrets) {
		t.Errorf("still there: all of %v but %v", secrets, missing)
	}
}

// Nor are copies that stayed on the pages of a table or an index when others came
// in between and its rows moved to other pages.
func TestMovedIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	s := open(t, path)
	p := domain.Person{Name: "Aunt", Relation: domain.RelationRelative}
	if err := s.AddPerson(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	for part := range 8 {
		calls := someCalls(part*1000, 500)
		for i := range calls {
			c := &calls[i]
			c.StartedAt = testkit.Epoch().Add(time.Duration(part/2*2000+i) * time.Minute)
			c.Name, c.Note = fmt.Sprintf("friend%04x", i*7919%65536), fmt.Sprintf("friend note%d", i)
			if part%2 == 1 {
				c.PersonID, c.Name, c.Note = p.ID, fmt.Sprintf("zeppelin%04x", i*7919%65536), fmt.Sprintf("zeppelin note%d", i)
			}
		}
		if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
			t.Fatal(err)
		}
	}
	secrets := []string{"zeppelin"}
	if missing := absent(t, path, secrets); len(missing) > 0 {
		t.Fatalf("the test looks for what was never there: %v", missing)
	}
	if _, err := s.RemovePerson(t.Context(), p.ID, false); err != nil {
		t.Fatal(err)
	}
	if missing := absent(t, path, secrets); len(missing) != len(secrets) {
		t.Errorf("still there: all of %v but %v", secrets, missing)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// absent are the words that are in none of the database's files.
func absent(t *testing.T, path string, words []string) (missing []string) {
	t.Helper()
	var all []byte
	for _, f := range []string{path, path + "-wal"} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	for _, w := range words {
		if !bytes.Contains(all, []byte(w)) {
			missing = append(missing, w)
		}
	}
	return missing
}

// The superuser may write everywhere, so this test runs itself again as
// nobody where it has to.
func TestReadOnlyPlaces(t *testing.T) {
	if os.Geteuid() == 0 {
		runAsNobody(t)
		return
	}
	for name, tt := range map[string]struct {
		file, dir os.FileMode
		key       string
	}{
		"file not writable":   {0o400, 0o700, "store.read_only"},
		"folder not writable": {0o600, 0o500, "store.read_only"},
		"neither":             {0o400, 0o500, "store.read_only"},
		"file not readable":   {0o000, 0o700, "store.denied"},
		"folder closed":       {0o600, 0o000, "store.denied"},
	} {
		t.Run(name, func(t *testing.T) {
			path := closed(t)
			dir := filepath.Dir(path)
			before := snapshot(t, dir)
			chmod(t, path, tt.file)
			chmod(t, dir, tt.dir)
			_, err := tryOpen(t, path)
			chmod(t, dir, 0o700)
			chmod(t, path, 0o600)
			wantError(t, err, domain.Denied, tt.key)
			if snapshot(t, dir)["quietline.db"] != before["quietline.db"] {
				t.Error("the file changed")
			}
		})
	}
	t.Run("nowhere to create", func(t *testing.T) {
		dir := t.TempDir()
		chmod(t, dir, 0o500)
		defer chmod(t, dir, 0o700)
		_, err := tryOpen(t, filepath.Join(dir, "quietline.db"))
		wantError(t, err, domain.Denied, "store.read_only")
		_, err = tryOpen(t, filepath.Join(dir, "data", "quietline.db"))
		wantError(t, err, domain.Denied, "store.no_folder")
	})
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func runAsNobody(t *testing.T) {
	t.Helper()
	// Neither the test's folder nor the binary's is open to others.
	dir := t.TempDir()
	work := filepath.Join(dir, "work")
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "test")
	must(t, os.WriteFile(binary, self, 0o755), os.Mkdir(work, 0o700), os.Chown(work, 65534, 65534),
		os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755))
	cmd := exec.CommandContext(t.Context(), binary, "-test.run=^TestReadOnlyPlaces$", "-test.v")
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "TMPDIR="+work, "HOME="+work)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestReadOnlyPlaces/neither") {
		t.Errorf("%v\n%s", err, out)
	}
}
