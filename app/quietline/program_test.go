package main

import (
	"bytes"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/diagnosis"
	"quietline/internal/l10n"
)

// asProgram makes the test binary behave as the program, so that it can be
// started with the environment of a test.
const asProgram = "QUIETLINE_TEST_AS_PROGRAM"

// dieIn makes it die of a fault.
const dieIn = "QUIETLINE_TEST_DIE_IN"

func TestMain(m *testing.M) {
	if where := os.Getenv(dieIn); where != "" {
		die(where, os.Args[1])
	}
	if os.Getenv(asProgram) != "" {
		os.Exit(Main())
	}
	// No test asks anybody but this machine: for others there is a proxy that is
	// not there. It is read once in the life of a process.
	for name, value := range map[string]string{"HTTP_PROXY": noProxy, "HTTPS_PROXY": noProxy, "NO_PROXY": ""} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

const noProxy = "http://127.0.0.1:9"

// start runs the program and gives its exit code and what it wrote.
func start(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, args...)
	home := t.TempDir()
	cmd.Env = append([]string{
		asProgram + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "QUIETLINE_SECRETS=file",
	}, env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

func TestWordsWithoutAWindow(t *testing.T) {
	for _, tc := range []struct {
		name     string
		env      []string
		args     []string
		code     int
		out, err string
	}{
		{"version", nil, []string{"--version"}, 0, "quietline dev\n", ""},
		{"help in English", []string{"LANG=C"}, []string{"--help"}, 0, "Usage: quietline [flags]", ""},
		{"help in Chinese", []string{"LANG=zh_CN.UTF-8"}, []string{"-h"}, 0, "用法：quietline", ""},
		{"help in the language asked for", []string{"LANG=zh_CN.UTF-8"}, []string{"--lang", "en", "--help"}, 0, "Usage:", ""},
		{"unknown flag", nil, []string{"--lng", "en"}, 2, "", "These flags are not understood.\nSee quietline --help.\n"},
		{"unknown language", []string{"LANG=zh_CN.UTF-8"}, []string{"--lang", "fr"}, 2, "", "看不懂这些选项。"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			code, out, errs := start(t, tc.env, tc.args...)
			if code != tc.code || !strings.Contains(out, tc.out) || !strings.Contains(errs, tc.err) || (tc.err == "" && errs != "") {
				t.Fatalf("code %d, out %q, err %q", code, out, errs)
			}
		})
	}
}

func TestToolkitLogStopsTheOpening(t *testing.T) {
	for _, reason := range []string{"failed to initialise GLFW", "window creation error", "failed to initialise OpenGL"} {
		var buf bytes.Buffer
		l := &toolkitLog{log: slog.New(slog.NewTextHandler(&buf, nil)), opening: true}
		_, _ = l.Write([]byte("Fyne error:  " + reason + "\n"))
		func() {
			defer func() {
				if f, ok := recover().(displayFailure); !ok || f.cause != "Cause: no GLX" {
					t.Errorf("%s: recovered %+v", reason, f)
				}
			}()
			_, _ = l.Write([]byte("  Cause: no GLX\n"))
			t.Errorf("%s: the opening goes on", reason)
		}()
	}
	var buf bytes.Buffer
	l := &toolkitLog{log: slog.New(slog.NewTextHandler(&buf, nil))}
	_, _ = l.Write([]byte("Fyne error:  window creation error\n"))
	_, _ = l.Write([]byte("  Cause: later\n"))
	if !strings.Contains(buf.String(), "later") {
		t.Errorf("logged %q", buf.String())
	}
}

// A fault ends the process; what it leaves becomes a report without what the
// program was working on, which is told of once.
func TestCrashFile(t *testing.T) {
	for _, where := range []string{"widgets", "goroutine"} {
		dir := t.TempDir()
		code, _, errs := start(t, []string{dieIn + "=" + where}, dir)
		if code != 2 || !strings.Contains(errs, "13800138777") {
			t.Fatalf("%s: code %d, %s", where, code, errs)
		}
		raw := filepath.Join(dir, diagnosis.CrashFile)
		if info, err := os.Stat(raw); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Fatalf("%s: %+v, %v", where, info, err)
		}
		c, last := watchCrashes(dir)
		kept, err := os.ReadFile(last)
		if err != nil || !strings.Contains(string(kept), ".die") || strings.Contains(string(kept), "13800138777") {
			t.Errorf("%s: %q holds %s %v", where, last, kept, err)
		}
		if info, err := os.Stat(last); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Errorf("%s: %+v, %v", where, info, err)
		}
		c.close(false)
		if c, last = watchCrashes(dir); last != "" {
			t.Errorf("%s: an empty file counts as a crash", where)
		}
		c.close(true)
		if _, err := os.Stat(raw); err == nil {
			t.Errorf("%s: the file stays after a good end", where)
		}
	}
}

// die is what TestCrashFile has the program do.
func die(where, dir string) {
	_ = watched(dir, func(string) error {
		fault := func() { panic("王桂芳 13800138777") }
		if where == "goroutine" {
			go fault()
			select {}
		}
		fault()
		return nil
	})
}

// TestFyneApp compares what is compiled in with FyneApp.toml, which packaging
// reads; a plain build does not.
func TestFyneApp(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	value := func(key string) string {
		m := regexp.MustCompile(`(?m)^` + key + ` = "?([^"\n]*)"?$`).FindSubmatch(data)
		if m == nil {
			t.Fatalf("FyneApp.toml has no %s", key)
		}
		return string(m[1])
	}
	printer, err := newPrinter(l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	if value("ID") != appID || value("Name") != printer.T("app.name") || value("fyneDo") != "true" {
		t.Errorf("ID %s, name %s, fyneDo %s", value("ID"), value("Name"), value("fyneDo"))
	}
	if v := value("Version"); !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(v) {
		t.Errorf("version %q", v)
	}
	if _, err := os.Stat(filepath.Join("..", "..", value("Icon"))); err != nil {
		t.Error(err)
	}
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil || !bytes.Contains(makefile, []byte("FyneApp.toml")) || !bytes.Contains(makefile, []byte("platform.version=")) {
		t.Errorf("the build does not take the version from FyneApp.toml (%v)", err)
	}
	if !regexp.MustCompile(`(?m)^TAGS := .*\bno_animations\b`).Match(makefile) {
		t.Error("a caret that blinks costs a third of a core where OpenGL is done in software")
	}
}
