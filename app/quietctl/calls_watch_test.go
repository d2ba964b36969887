package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/platform"
)

// A file that is put into the folder while quietctl runs is told in one line,
// and Ctrl+C is a good end.
func TestWatchUntilItIsStopped(t *testing.T) {
	dir, folder := filepath.Join(t.TempDir(), "data"), t.TempDir()
	env := func(key string) string {
		return map[string]string{platform.DataDirEnv: dir, secretsEnv: "file", "LANG": "en_US.UTF-8"}[key]
	}
	quiet := streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: env}
	if code := run(t.Context(), []string{"--data-dir", dir, "people", "watch", "本人", folder}, quiet); code != exitDone {
		t.Fatalf("exit %d", code)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, outEnd := io.Pipe()
	said, saidEnd := io.Pipe()
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"--data-dir", dir, "--json", "calls", "watch", "--settle", "0s"},
			streams{in: strings.NewReader(""), out: outEnd, err: saidEnd, env: env})
		_ = saidEnd.Close()
	}()
	messages := bufio.NewScanner(said)
	if !messages.Scan() || messages.Text() != "Watching 1 folder; Ctrl+C ends it." {
		t.Fatalf("said %q", messages.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	sample, err := os.ReadFile("testdata/samples/calls-20240522090000.xml")
	if err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(folder, "calls.xml.part")
	if err := os.WriteFile(part, sample, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(part, filepath.Join(folder, "calls.xml")); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var v importJSON
	if jerr := json.Unmarshal(line, &v); err != nil || jerr != nil || v.File != "calls.xml" || v.Imported != 11 || v.Error != nil {
		t.Fatalf("%s %v %v", bytes.TrimSpace(line), err, jerr)
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit %d", code)
	}
}
