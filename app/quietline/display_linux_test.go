package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/diagnosis"
)

func TestNoDisplayIsSaidInWords(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for lang, want := range map[string]string{"en": "There is no display here", "zh-Hans": "这里没有图形界面"} {
		code, _, errs := start(t, nil, "--data-dir", dir, "--lang", lang)
		if code != 1 || !strings.Contains(errs, want) || !strings.Contains(errs, "quietctl") || strings.Contains(errs, "goroutine") {
			t.Errorf("code %d, err %q", code, errs)
		}
	}
}

// TestUnreachableDisplay: DISPLAY is set, but nobody is there.
func TestUnreachableDisplay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	code, _, errs := start(t, []string{"DISPLAY=:4711"}, "--data-dir", dir, "--lang", "en")
	if code != 1 || !strings.Contains(errs, "The window cannot be opened") || !strings.Contains(errs, "quietctl") || strings.Contains(errs, "goroutine") {
		t.Fatalf("code %d, err %q", code, errs)
	}
	log, err := os.ReadFile(filepath.Join(dir, diagnosis.LogFile))
	if err != nil || !strings.Contains(string(log), "no window") {
		t.Fatalf("the log does not say why: %q %v", log, err)
	}
	if _, err := os.Stat(filepath.Join(dir, diagnosis.CrashFile)); err == nil {
		info, _ := os.Stat(filepath.Join(dir, diagnosis.CrashFile))
		if info.Size() > 0 {
			t.Error("a missing display counts as a crash")
		}
	}
}

// TestDisplayWithoutOpenGL starts an X server that has no GLX.
func TestDisplayWithoutOpenGL(t *testing.T) {
	xvfb, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Fatal("make setup installs it: ", err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), xvfb, "-displayfd", "3", "-extension", "GLX", "-screen", "0", "800x600x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal("Xvfb does not start: ", err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	_ = write.Close()
	buf := make([]byte, 16)
	n, err := read.Read(buf)
	if err != nil {
		t.Fatal("Xvfb does not say its number: ", err)
	}
	display := ":" + strings.TrimSpace(string(buf[:n]))
	code, _, errs := start(t, []string{"DISPLAY=" + display}, "--data-dir", filepath.Join(t.TempDir(), "data"), "--lang", "en")
	if code != 1 || !strings.Contains(errs, "OpenGL 2.1") || !strings.Contains(errs, "quietctl") || strings.Contains(errs, "goroutine") {
		t.Fatalf("code %d, err %q", code, errs)
	}
}
