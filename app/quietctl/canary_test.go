package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// canaries are names, numbers and secrets that must show up in no log.
var canaries = []string{"王桂芳", "13800138777", "95013998877", "canary-token", "canary-passphrase", "canary-note"} //nolint:gochecknoglobals // of a test

// nest is a workspace whose commands are run with the log on.
type nest struct {
	t    *testing.T
	dir  string
	logs bytes.Buffer
}

// run runs one command; what it says to the user may name what the user named.
func (n *nest) run(in string, args ...string) int {
	n.t.Helper()
	var out, err bytes.Buffer
	code := run(n.t.Context(), append([]string{"--verbose", "--lang", "en"}, args...), streams{
		in: strings.NewReader(in), out: &out, err: &err,
		env: func(name string) string {
			return map[string]string{secretsEnv: "file"}[name]
		},
	})
	for line := range strings.Lines(err.String()) {
		if strings.HasPrefix(line, "time=") {
			n.logs.WriteString(line)
		}
	}
	return code
}

func endpointWith(t *testing.T, faults string) (url string) {
	t.Helper()
	parsed, err := practice.ParseFaults(faults)
	if err != nil {
		t.Fatal(err)
	}
	s, err := practice.New(t.Context(), practice.Params{
		Path: filepath.Join(t.TempDir(), "e.db"), Clock: platform.Clock{}, Source: &testkit.Source{}, Faults: parsed,
		Token: "canary-token", Texts: testkit.Printer(t, "en"),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	url, wait, err := s.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = wait()
		_ = s.Close()
	})
	return url
}

// No name, number, note or secret gets into a log, on whatever way.
func TestNoCanaryInTheLog(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "王桂芳 13800138777")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	n := &nest{t: t, dir: filepath.Join(folder, "data")}
	t.Setenv(platform.DataDirEnv, n.dir)
	n.run("", "people", "add", "王桂芳", "--number", "13800138777")
	n.run("", "people", "add", "王桂芳")
	for name, faults := range map[string]string{
		"fine": "", "broken": "error500=1", "cut": "drop_after=1", "slow": "accepted202=1", "busy": "throttle=1/s",
	} {
		n.run("canary-token\n", "channels", "add", name, "--url", endpointWith(t, faults), "--token-stdin")
	}
	n.run("canary-token-wrong\n", "channels", "add", "refused", "--url", endpointWith(t, ""), "--token-stdin")
	n.run("canary-token\n", "channels", "add", "nobody", "--url", "http://127.0.0.1:1/v1", "--token-stdin")
	for i, channel := range []string{"fine", "broken", "cut", "slow", "busy", "refused", "nobody"} {
		n.run("", "complaints", "new", "--number", "95013998877", "--at", "2024-05-20 0"+string(rune('1'+i))+":15", "--category", "loan",
			"--technique", "human", "--on-behalf-of", "王桂芳", "--description", "canary-note", "--channel", channel)
	}
	n.run("", "complaints", "send")
	n.run("", "complaints", "send", "--now")
	n.run("", "channels", "test", "refused")
	bad := filepath.Join(folder, "95013998877.xml")
	if err := os.WriteFile(bad, []byte("<calls><call number='95013998877' name='王桂芳' date='canary-note'"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"calls", "import", bad, "--person", "王桂芳"},
		{"calls", "import", bad + "-missing"},
		{"calls", "add", "--number", "95013998877", "--at", "2024-05-20 09:15", "--note", "canary-note", "--person", "王桂芳"},
		{"calls", "list", "--text", "canary-note"},
		{"calls", "export", filepath.Join(bad, "x.csv")},
		{"check", "95013998877"},
		{"contacts", "import", bad},
		{"people", "watch", "王桂芳", folder + "-missing"},
		{"alerts"},
		{"doctor"},
		{"restore", bad},
		{"backup", filepath.Join(bad, "x")},
		{"erase", "--person", "王桂芳", "--yes"},
		{"erase", "--person", "王桂芳", "--yes", "--give-up"},
	} {
		n.run("", args...)
	}
	n.run("canary-passphrase\n", "backup", filepath.Join(folder, "b"), "--passphrase-stdin")
	n.run("canary-passphrase 2\n", "restore", filepath.Join(folder, "b"), "--passphrase-stdin")
	if strings.Count(n.logs.String(), "msg=attempt") < 4 || strings.Count(n.logs.String(), "msg=tried") < 7 {
		t.Errorf("the log hardly says anything:\n%s", n.logs.String())
	}
	for _, c := range canaries {
		if i := strings.Index(n.logs.String(), c); i >= 0 {
			t.Errorf("%s is in the log:\n%s", c, n.logs.String()[max(0, i-200):min(n.logs.Len(), i+100)])
		}
	}
}

// Secrets are read from standard input alone: no flag takes one, for arguments
// show in the list of processes.
func TestNoSecretInArguments(t *testing.T) {
	c := &cli{Printer: testkit.Printer(t, "en"), zone: domain.China()}
	walk(c.rootCommand(), func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			secret := strings.Contains(f.Name, "token") || strings.Contains(f.Name, "pass") || strings.Contains(f.Name, "secret")
			if secret && f.Value.Type() != "bool" {
				t.Errorf("%s --%s", cmd.CommandPath(), f.Name)
			}
		})
	})
	n := &nest{t: t}
	t.Setenv(platform.DataDirEnv, filepath.Join(t.TempDir(), "data"))
	for _, args := range [][]string{
		{"channels", "token", "centre", "canary-token"},
		{"channels", "add", "x", "--url", "https://u:canary-token@host.invalid"},
		{"backup", "x", "canary-passphrase"},
	} {
		if code := n.run("", args...); code != exitUsage {
			t.Errorf("%q: %d", args, code)
		}
	}
}
