package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/diagnosis"
)

// No file of the log grows without end, and only the user reads them.
func TestLogRotates(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, diagnosis.LogFile)
	if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil { //nolint:gosec // that is the point
		t.Fatal(err)
	}
	log, closeLog := openLog(dir)
	for range 3 * 64 * logMegabytes / 2 {
		log.Info("line", "text", strings.Repeat("x", 16<<10))
	}
	closeLog()
	files, err := filepath.Glob(filepath.Join(dir, "quietline*.log"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if os.IsNotExist(err) {
			continue // one too many, just removed
		}
		if err != nil || info.Size() > logMegabytes<<20 || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Errorf("%s: %+v, %v", filepath.Base(f), info, err)
		}
	}
}
