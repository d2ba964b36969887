package main

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/diagnosis"
	"quietline/internal/platform"
)

// What may be shown to anybody holds nothing of the user, whatever is in the
// workspace, in the log and in what a fault has left.
func TestNoCanaryInTheBundle(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "王桂芳 13800138777")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	n := &nest{t: t, dir: filepath.Join(folder, "data")}
	t.Setenv(platform.DataDirEnv, n.dir)
	n.run("", "people", "add", "王桂芳", "--number", "13800138777")
	n.run("canary-token\n", "channels", "add", "canary-note", "--url", endpointWith(t, "error500=1"), "--token-stdin")
	n.run("", "complaints", "new", "--number", "95013998877", "--at", "2024-05-20 09:15", "--category", "loan", "--technique", "human",
		"--on-behalf-of", "王桂芳", "--description", "canary-note", "--channel", "canary-note")
	n.run("", "complaints", "send")
	n.run("", "calls", "add", "--number", "95013998877", "--at", "2024-05-20 09:15", "--note", "canary-note", "--person", "王桂芳")
	n.run("", "contacts", "add", "--number", "13800138777", "--name", "王桂芳")
	n.run("", "people", "watch", "王桂芳", folder)
	secret := "canary-token 王桂芳 13800138777 95013998877 canary-passphrase " + folder
	for name, text := range map[string]string{
		diagnosis.LogFile:       `time=2024-05-20T09:15:00Z level=WARN msg=attempt err="` + secret + `"` + "\n" + n.logs.String(),
		diagnosis.CrashFile:     "panic: " + secret + "\n\ngoroutine 1 [running]:\nmain.main({\"" + secret + "\"})\n\t" + folder + "/main.go:1\n",
		diagnosis.LastCrashFile: secret + "\n",
	} {
		if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bundle := filepath.Join(folder, "help.zip")
	if code := n.run("", "doctor", "--bundle", bundle); code != 0 {
		t.Fatalf("exit %d", code)
	}
	z, err := zip.OpenReader(bundle)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	said := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		said += f.Name + "\n" + string(data) + "\n"
	}
	for _, want := range []string{`"complaints.retry": 1`, `"people": 2`, `"schema": `, `"check": "database"`, "msg=attempt", "main.main", `"language": "en"`} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
	for _, c := range append(canaries, folder, filepath.Dir(folder), "127.0.0.1", "http://") {
		if strings.Contains(said, c) {
			t.Errorf("%s is in the bundle:\n%s", c, said)
		}
	}
}
