package custody_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
)

const passphrase = "correct horse 电池"

// What comes out of a backup is what went in, but for the tokens.
func TestBackupAndRestore(t *testing.T) {
	for name, phrase := range map[string]string{"plain": "", "encrypted": passphrase} {
		t.Run(name, func(t *testing.T) {
			dir := lived(t)
			file := backup(t, dir, phrase)
			info, err := os.Stat(file)
			must(t, err)
			if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v", info.Mode())
			}
			text, err := os.ReadFile(file)
			must(t, err)
			if bytes.Contains(text, []byte("xyzzy")) {
				t.Error("a token is in the backup")
			}
			if phrase != "" && bytes.Contains(text, []byte(aunt)) {
				t.Error("a name is readable in the encrypted backup")
			}
			to := filepath.Join(t.TempDir(), "elsewhere")
			must(t, os.Mkdir(to, 0o700))
			got, err := service(to).Restore(t.Context(), custody.RestoreRequest{File: file, Passphrase: phrase})
			must(t, err)
			if got.Files != 2 || got.ByKey != 2 || got.NoToken != 1 || got.Kept != "" {
				t.Errorf("%+v", got)
			}
			if n := ask[int](t, to, "SELECT count(*) FROM call"); n != 82 {
				t.Errorf("%d calls", n)
			}
			now, before := files(t, to), files(t, dir)
			for path, text := range before {
				if strings.HasPrefix(path, custody.EvidenceFolder) && now[path] != text {
					t.Errorf("%s differs", path)
				}
			}
			if len(now) != 2 {
				t.Errorf("left behind: %v", keys(now))
			}
			w := open(t, to)
			defer shut(t, w)
			if r := w.Examine(t.Context()); !r.OK {
				t.Errorf("%+v", r)
			}
		})
	}
}

func keys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

// Two backups of the same state are the same file.
func TestBackupIsDeterministic(t *testing.T) {
	dir := lived(t)
	one, err := os.ReadFile(backup(t, dir, ""))
	must(t, err)
	two, err := os.ReadFile(backup(t, dir, ""))
	must(t, err)
	if !bytes.Equal(one, two) {
		t.Error("they differ")
	}
	var names []string
	r := tar.NewReader(bytes.NewReader(one))
	for h, err := r.Next(); err == nil; h, err = r.Next() {
		names = append(names, h.Name)
	}
	if len(names) != 4 || names[0] != "quietline-backup" || names[1] != custody.DatabaseFile || names[3] != "manifest.json" {
		t.Error(names)
	}
}

func TestBackupRefused(t *testing.T) {
	dir := lived(t)
	there := filepath.Join(t.TempDir(), "there")
	must(t, os.WriteFile(there, []byte("old"), 0o600))
	full := func(p *custody.Params) { p.Free = func(string) (uint64, error) { return 0, nil } }
	for name, tt := range map[string]struct {
		r      custody.BackupRequest
		change func(*custody.Params)
		key    string
	}{
		"a file is there":  {custody.BackupRequest{File: there}, nil, "backup.exists"},
		"a folder":         {custody.BackupRequest{File: filepath.Dir(there)}, nil, "backup.folder"},
		"short passphrase": {custody.BackupRequest{File: there + "2", Passphrase: "1234567"}, nil, "backup.passphrase_short"},
		"inside":           {custody.BackupRequest{File: filepath.Join(dir, "evidence", "b")}, nil, "backup.inside"},
		"no room":          {custody.BackupRequest{File: there + "2"}, full, "custody.no_room"},
		"no such folder":   {custody.BackupRequest{File: filepath.Join(there, "b")}, nil, "custody.unwritable"},
	} {
		t.Run(name, func(t *testing.T) {
			before := files(t, dir)
			s := service(dir)
			if tt.change != nil {
				s = service(dir, tt.change)
			}
			_, err := tryBackup(t, s, dir, tt.r)
			wantKey(t, err, tt.key)
			same(t, before, files(t, dir))
			if text, _ := os.ReadFile(there); string(text) != "old" {
				t.Error("the file that was there changed")
			}
			if entries, _ := os.ReadDir(filepath.Dir(there)); len(entries) != 1 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
	got, err := tryBackup(t, service(dir), dir, custody.BackupRequest{File: there, Force: true})
	if err != nil || got.Bytes < 1000 || got.Files != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestBackupCancelled(t *testing.T) {
	dir := lived(t)
	file := filepath.Join(t.TempDir(), "b")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := open(t, dir)
	defer shut(t, w)
	if _, err := w.Backup(ctx, custody.BackupRequest{File: file}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(file)); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// A backup that is wrong in any way is refused, and nothing changes.
func TestRestoreRefuses(t *testing.T) {
	dir := lived(t)
	plain, sealed := backup(t, dir, ""), backup(t, dir, passphrase)
	text, err := os.ReadFile(plain)
	must(t, err)
	locked, err := os.ReadFile(sealed)
	must(t, err)
	flip := func(b []byte, at int) []byte {
		c := bytes.Clone(b)
		c[at] ^= 1
		return c
	}
	evil := func(change func(h *tar.Header, b []byte) []byte) []byte { return rewrite(t, text, change) }
	named := func(name string) []byte {
		return evil(func(h *tar.Header, b []byte) []byte {
			if strings.HasPrefix(h.Name, "evidence/") {
				h.Name = name
			}
			return b
		})
	}
	newer := lived(t)
	exec(t, newer, "PRAGMA user_version = 999")
	for name, tt := range map[string]struct {
		file   []byte
		phrase string
		key    string
	}{
		"wrong passphrase":        {locked, "another passphrase", "backup.passphrase_wrong"},
		"no passphrase":           {locked, "", "backup.passphrase_needed"},
		"encrypted, cut off":      {locked[:len(locked)/2], passphrase, "backup.damaged"},
		"encrypted, end missing":  {locked[:len(locked)-1], passphrase, "backup.damaged"},
		"encrypted, one bit":      {flip(locked, len(locked)/2), passphrase, "backup.damaged"},
		"encrypted, header":       {flip(locked, bytes.Index(locked, []byte("--- "))+8), passphrase, "backup.damaged"},
		"cut off":                 {text[:len(text)/2], "", "backup.damaged"},
		"manifest missing":        {text[:len(text)-4096], "", "backup.damaged"},
		"one bit in the database": {flip(text, 40_000), "", "backup.damaged"},
		"empty":                   {nil, "", "backup.damaged"},
		"text":                    {[]byte(strings.Repeat("a shopping list ", 100)), "", "backup.damaged"},
		"path upwards":            {named("evidence/../../escaped"), "", "backup.damaged"},
		"absolute path":           {named("/tmp/escaped"), "", "backup.damaged"},
		"backslashes":             {named(`evidence\..\..\escaped`), "", "backup.damaged"},
		"another file":            {named("tokens.json"), "", "backup.damaged"},
		"twice the same":          {named(custody.DatabaseFile), "", "backup.damaged"},
		"link": {evil(func(h *tar.Header, b []byte) []byte {
			if strings.HasPrefix(h.Name, "evidence/") {
				h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "/etc/passwd", 0
				return nil
			}
			return b
		}), "", "backup.damaged"},
		"another digest": {evil(func(h *tar.Header, b []byte) []byte {
			if h.Name == custody.DatabaseFile {
				return append(b, 0)
			}
			return b
		}), "", "backup.damaged"},
		"newer format": {evil(func(_ *tar.Header, b []byte) []byte {
			return bytes.Replace(b, []byte(`"format": 1`), []byte(`"format": 2`), 1)
		}), "", "backup.newer"},
		"newer database": {remanifest(t, text, files(t, newer)[custody.DatabaseFile]), "", "backup.newer"},
		"no database":    {remanifest(t, text, strings.Repeat("no database at all ", 500)), "", "backup.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "b")
			must(t, os.WriteFile(file, tt.file, 0o600))
			before := files(t, dir)
			_, err := service(dir).Restore(t.Context(), custody.RestoreRequest{File: file, Passphrase: tt.phrase})
			wantKey(t, err, tt.key)
			same(t, before, files(t, dir))
		})
	}
	_, err = service(dir).Restore(t.Context(), custody.RestoreRequest{File: filepath.Join(dir, "none")})
	wantKey(t, err, "backup.missing")
}

// rewrite is a tar file with every member changed.
func rewrite(t *testing.T, text []byte, change func(h *tar.Header, b []byte) []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, r := tar.NewWriter(&out), tar.NewReader(bytes.NewReader(text))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			must(t, w.Close())
			return out.Bytes()
		}
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		b = change(h, b)
		h.Size, h.PAXRecords, h.Format = int64(len(b)), nil, tar.FormatUnknown
		must(t, w.WriteHeader(h))
		_, err = w.Write(b)
		must(t, err)
	}
}

// A database with a trigger of somebody else would do what they want.
func TestRestoreRefusesForeignTriggers(t *testing.T) {
	from, to := lived(t), lived(t)
	exec(t, from, "CREATE TRIGGER evil AFTER INSERT ON call BEGIN DELETE FROM complaint; END")
	before := files(t, to)
	file := backup(t, from, "")
	_, err := service(to).Restore(t.Context(), custody.RestoreRequest{File: file})
	wantKey(t, err, "backup.damaged")
	same(t, before, files(t, to))
}

// What was there is kept, and comes back where moving fails half way.
func TestRestoreReplaces(t *testing.T) {
	dir := lived(t)
	file := backup(t, dir, "")
	exec(t, dir, "DELETE FROM call")
	must(t, os.WriteFile(filepath.Join(dir, "evidence", "newer.txt"), []byte("newer"), 0o600))
	before := files(t, dir)
	for fail := 1; fail <= 4; fail++ {
		s := service(dir)
		n := 0
		custody.SetMove(s, func(from, to string) error {
			if n++; n == fail {
				return os.ErrPermission
			}
			return os.Rename(from, to)
		})
		_, err := s.Restore(t.Context(), custody.RestoreRequest{File: file})
		wantKey(t, err, "custody.unwritable")
		same(t, before, files(t, dir))
	}
	got, err := service(dir).Restore(t.Context(), custody.RestoreRequest{File: file})
	must(t, err)
	if n := ask[int](t, dir, "SELECT count(*) FROM call"); n != 82 {
		t.Errorf("%d calls", n)
	}
	if kept := files(t, got.Kept); kept["evidence/newer.txt"] != "newer" || kept[custody.DatabaseFile] == "" {
		t.Errorf("kept: %v", keys(kept))
	}
	// The token stays: it is the same endpoint.
	if !strings.Contains(files(t, dir)[custody.TokensFile], "xyzzy") {
		t.Error("the token is gone")
	}
	if _, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt, GiveUp: true}); err != nil {
		t.Fatal(err)
	}
	if found := readable(t, dir, aunt, auntNumber); len(found) > 0 {
		t.Errorf("still readable: %v", found)
	}
}

// A workspace that is damaged is what a backup is for.
func TestRestoreOverADamagedDatabase(t *testing.T) {
	dir := lived(t)
	file := backup(t, dir, "")
	for _, name := range []string{custody.DatabaseFile, custody.DatabaseFile + "-wal"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("damaged ", 2000)), 0o600))
	}
	got, err := service(dir).Restore(t.Context(), custody.RestoreRequest{File: file})
	must(t, err)
	if kept := files(t, got.Kept); !strings.HasPrefix(kept[custody.DatabaseFile], "damaged") {
		t.Errorf("kept: %v", keys(kept))
	}
	w := open(t, dir)
	defer shut(t, w)
	if r := w.Examine(t.Context()); !r.OK {
		t.Errorf("%+v", r)
	}
}

// A channel that was made after the backup may get its number again; its token
// must not go to another endpoint.
func TestRestoreForgetsTokensOfOthers(t *testing.T) {
	dir := lived(t)
	file := backup(t, dir, "")
	exec(t, dir, "UPDATE channel SET url = 'https://other.invalid/v1'")
	got, err := service(dir).Restore(t.Context(), custody.RestoreRequest{File: file})
	must(t, err)
	if got.NoToken != 1 || strings.Contains(files(t, dir)[custody.TokensFile], "xyzzy") {
		t.Errorf("%+v", got)
	}
}

// A program that dies at any moment of the replacement leaves one of the two
// workspaces, whole.
func TestRestoreKilled(t *testing.T) {
	for at := 1; at <= 5; at++ {
		dir := lived(t)
		file := backup(t, dir, "")
		exec(t, dir, "DELETE FROM call")
		s := service(dir)
		n := 0
		custody.SetMove(s, func(from, to string) error {
			if n++; n == at {
				panic("killed")
			}
			return os.Rename(from, to)
		})
		func() {
			defer func() { _ = recover() }()
			custody.RestoreWithoutCleaning(t.Context(), s, file)
		}()
		w := open(t, dir) // ends what was half done
		page, err := w.Journal.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 5})
		must(t, err)
		shut(t, w)
		want := 0
		if n < at {
			want = 5
		}
		if len(page.Calls) != want {
			t.Errorf("killed at move %d of %d: %d calls", at, n, len(page.Calls))
		}
		for path := range files(t, dir) {
			if strings.HasPrefix(path, ".custody") {
				t.Errorf("killed at move %d: %s was left behind", at, path)
			}
		}
	}
}

func TestRestoreWantsTheWorkspaceToItself(t *testing.T) {
	dir := lived(t)
	file := backup(t, dir, "")
	w := open(t, dir)
	ready, err := w.PrepareRestore(t.Context(), custody.RestoreRequest{File: file})
	must(t, err)
	_, err = service(dir).Restore(t.Context(), custody.RestoreRequest{File: file})
	wantKey(t, err, "workspace.in_use")
	shut(t, w)
	got, err := ready.Replace(t.Context())
	if err != nil || got.ByKey != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}
