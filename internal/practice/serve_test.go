package practice_test

import (
	"bytes"
	"context"
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

func params(t *testing.T, path string) practice.Params {
	t.Helper()
	return practice.Params{
		Path: path, Clock: testkit.NewClock(), Source: &testkit.Source{}, Texts: testkit.Printer(t, l10n.English),
	}
}

func TestServeOnLoopback(t *testing.T) {
	s, err := practice.New(t.Context(), params(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	url, wait, err := s.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(url + "/v1/capabilities")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%d", resp.StatusCode)
	}
	if _, _, err := s.Serve(ctx, url[len("http://"):]); domain.KeyOf(err) != "practice.listen_failed" {
		t.Errorf("the same port twice: %v", err)
	}
	cancel()
	if err := wait(); err != nil {
		t.Error(err)
	}
	if resp, err := http.Get(url); err == nil {
		resp.Body.Close()
		t.Error("it still answers")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestServeRefusesOtherAddresses(t *testing.T) {
	s, err := practice.New(t.Context(), params(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for addr, key := range map[string]string{
		":0": "practice.loopback_only", "0.0.0.0:0": "practice.loopback_only", "[::]:0": "practice.loopback_only",
		"192.0.2.1:80": "practice.loopback_only", "example.com:80": "practice.loopback_only", "10.0.0.1:0": "practice.loopback_only",
		"": "practice.addr_invalid", "127.0.0.1": "practice.addr_invalid", "127.0.0.1:99999": "practice.listen_failed",
	} {
		_, _, err := s.Serve(t.Context(), addr)
		if domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", addr, err, key)
		}
	}
}

func TestTemporaryDataIsRemoved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s, err := practice.New(t.Context(), params(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if list, _ := os.ReadDir(dir); len(list) != 1 {
			t.Errorf("%d entries while it runs", len(list))
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Errorf("%d entries left over", len(list))
	}
}

func TestDataIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	dir := filepath.Join(t.TempDir(), "50% of #1? 数据")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r := start(t, func(p *practice.Params) { p.Path = filepath.Join(dir, "a b?c#d.db") })
	r.filed(1)
	list, err := os.ReadDir(dir)
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for _, f := range list {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
}

func database(t *testing.T, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte("not a database"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ path, key string }{
		"text":           {text, "practice.data_foreign"},
		"other database": {database(t, "CREATE TABLE complaint (id); PRAGMA user_version = 1"), "practice.data_foreign"},
		"newer":          {database(t, "CREATE TABLE x (id); PRAGMA application_id = 0x514c5072; PRAGMA user_version = 3"), "practice.data_newer"},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := os.ReadFile(tc.path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := practice.New(t.Context(), params(t, tc.path)); domain.KeyOf(err) != tc.key {
				t.Errorf("%v, want %s", err, tc.key)
			}
			after, err := os.ReadFile(tc.path)
			if err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed: %v", err)
			}
			if list, _ := os.ReadDir(filepath.Dir(tc.path)); len(list) != 1 {
				t.Errorf("%d files beside it", len(list)-1)
			}
		})
	}
}

func TestUnusablePaths(t *testing.T) {
	dir := t.TempDir()
	for name, path := range map[string]string{"folder": dir, "no such folder": filepath.Join(dir, "none", "x.db")} {
		if _, err := practice.New(t.Context(), params(t, path)); domain.KeyOf(err) != "practice.data_unusable" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A start that was stopped after it made the file leaves an empty one.
func TestEmptyFileIsTaken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, func(p *practice.Params) { p.Path = path })
	r.filed(1)
}
