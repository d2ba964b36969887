package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

func TestFilesOfTheCallsPage(t *testing.T) {
	dir, files := t.TempDir(), callFiles{testkit.Printer(t, l10n.English)}
	path := filepath.Join(dir, "calls.csv")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := files.Calls(path)
	if err != nil {
		t.Fatal(err)
	}
	c := domain.Call{Person: "Mum", Display: "95588", Number: "95588", StartedAt: testkit.Epoch(), Note: "=1+1", Source: domain.SourceManual}
	if err := f.Write(c); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "mine" {
		t.Errorf("%q is there before the new file is whole", data)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), ",'=1+1,Typed in") {
		t.Errorf("%q %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	r, err := files.Rejects(filepath.Join(dir, "rejects.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write("a.csv", 3, "import.reject.time", "yesterday"); err != nil {
		t.Fatal(err)
	}
	r.Discard()
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("%v are left", left)
	}
	if _, err := files.Calls(filepath.Join(dir, "none", "calls.json")); domain.KeyOf(err) != "report.failed" {
		t.Errorf("%v", err)
	}
}
