package diagnosis_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/diagnosis"
)

func known(key string) bool { return key == "store.locked" }

// canaries are what must not get through.
func canaries() []string {
	return []string{
		"王桂芳", "Guifang", "guifang", "13800138777", "138", "0013", "canary", "/home", "Users", "calls.xml", "example", "192.168",
		"8d7f2a10", "secret",
	}
}

func TestLogKeepsWordsOfErrors(t *testing.T) {
	var raw, out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&raw, nil))
	log.Warn("attempt", "complaint", "8d7f2a10-0000-4000-8000-13800138777a", "n", 2, "outcome", "retry", "status", 503,
		"err", `post: dial tcp 192.168.1.20:443: lookup guifang.example: connection refused`)
	log.Error("outbox ended", "cause", "filing.Run: store.locked: open /home/guifang/calls.xml: no such file or directory")
	log.Error("job panicked", "cause", fmt.Errorf("panic of type %T", io.EOF), "stack", traceback)
	log.Warn("toolkit", "text", `unknown face "王桂芳" of Guifang 138 0013 8777`)
	log.Info("王桂芳 13800138777 called", "guifang", "canary-token")
	raw.WriteString("13800138777 王桂芳\nlevel=INFO msg=canary time=secret\n" + strings.Repeat("time=secret ", 9) + "\n")
	if err := diagnosis.Log(&out, &raw, known); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for _, want := range []string{
		"WARN msg=attempt complaint=… n=2 outcome=retry status=503 err=post: dial tcp … lookup … connection refused\n",
		"ERROR msg=outbox ended cause=filing.Run: store.locked: open … no such file or directory\n",
		"cause=panic of type *errors.errorString\n\tpanic\n",
		"\n\tquietline/internal/ui/calls.(*Model).Read\n", "text=unknown … of …",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, c := range canaries() {
		if strings.Contains(got, c) {
			t.Errorf("%s is in\n%s", c, got)
		}
	}
}

func FuzzLog(f *testing.F) {
	f.Add("time=2024-05-20T09:15:00Z level=INFO msg=x err=\"王 13800138777\"")
	f.Fuzz(func(t *testing.T, raw string) {
		var out bytes.Buffer
		_ = diagnosis.Log(&out, strings.NewReader(raw), func(string) bool { return false }) // a line may be too long
		for _, r := range out.String() {
			if r > 0x7f && r != '…' {
				t.Fatalf("%q lets %q through", raw, r)
			}
		}
	})
}

func TestBundle(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2024, 5, 20, 9, 15, 0, 0, time.UTC)
	p := diagnosis.Params{Dir: dir, Facts: diagnosis.Facts{TakenAt: at, Schema: 11}, Readme: "Read me.", Known: known}
	if diff := cmp.Diff([]string{"readme.txt", "about.json"}, names(t, p)); diff != "" {
		t.Error(diff)
	}
	line := "time=2024-05-20T09:15:00Z level=INFO msg=begun\n"
	write(diagnosis.LogFile, strings.Repeat(line, 10_000)+"time=2024-05-20T09:16:00Z level=WARN msg=last\n")
	write(diagnosis.CrashFile, traceback)
	write(diagnosis.LastCrashFile, "quietline 王桂芳\n"+traceback)
	if diff := cmp.Diff([]string{"readme.txt", "about.json", "log.txt", "crash.txt"}, names(t, p)); diff != "" {
		t.Error(diff)
	}
	files := unpack(t, p)
	if log := files["log.txt"]; len(log) > 300<<10 || !strings.HasSuffix(log, "WARN msg=last\n") || !strings.HasPrefix(log, "2024-05-20T09:15:00Z INFO msg=begun\n") {
		t.Errorf("%d bytes of log, %.80q", len(log), log)
	}
	if strings.Count(files["crash.txt"], "(*Model).Read") != 2 {
		t.Errorf("%q", files["crash.txt"])
	}
	for name, data := range files {
		for _, c := range canaries() {
			if strings.Contains(data, c) {
				t.Errorf("%s is in %s", c, name)
			}
		}
	}
}

func names(t *testing.T, p diagnosis.Params) (out []string) {
	t.Helper()
	each(t, p, func(name, _ string) { out = append(out, name) })
	return out
}

func unpack(t *testing.T, p diagnosis.Params) map[string]string {
	t.Helper()
	out := map[string]string{}
	each(t, p, func(name, data string) { out[name] = data })
	return out
}

func each(t *testing.T, p diagnosis.Params, do func(name, data string)) {
	t.Helper()
	var b bytes.Buffer
	if err := diagnosis.Write(&b, p); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		do(f.Name, string(data))
	}
}
