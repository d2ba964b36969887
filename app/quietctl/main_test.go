package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"quietline/i18n"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// inScript is set where a script runs the program.
const inScript = "QUIETLINE_IN_SCRIPT"

func TestMain(m *testing.M) {
	// Never the workspace of whoever runs the tests; there is none here. The
	// scripts run this program again, each with a folder of its own.
	if os.Getenv(inScript) == "" {
		_ = os.Setenv(platform.DataDirEnv, filepath.Join(os.TempDir(), "quietline-tests-have-no-workspace"))
	}
	testscript.Main(m, map[string]func(){
		"quietctl": func() { os.Exit(Main()) },
		peerJSON:   peer(peerJSON), peerBytes: peer(peerBytes),
	})
}

// TestScripts runs the scripts of testdata/script. Each has a data directory
// of its own and talks to nothing but loopback.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_GOLDEN") == "1",
		Setup: func(env *testscript.Env) error {
			samples, err := filepath.Abs("testdata/samples")
			if err != nil {
				return err
			}
			env.Setenv("SAMPLES", samples)
			env.Setenv(inScript, "1")
			env.Setenv(platform.DataDirEnv, filepath.Join(env.WorkDir, "data"))
			env.Setenv(secretsEnv, "file")
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("NO_PROXY", "127.0.0.1")
			return nil
		},
		Cmds: batchCommands(map[string]func(*testscript.TestScript, bool, []string){
			"endpoint": endpoint, "cancel": cancel, "id": firstID, "feed": feedCommand(t), "open311": open311, "posted": posted,
			"shelf": shelf, "picture": gpsPicture,
		}),
	})
}

// endpoint [FAULTS]: starts a practice endpoint for the length of the script
// and puts its address into $URL.
func endpoint(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: endpoint [FAULTS]")
	}
	spec := ""
	if len(args) == 1 {
		spec = args[0]
	}
	faults, err := practice.ParseFaults(spec)
	ts.Check(err)
	s, err := practice.New(context.Background(), practice.Params{
		Path: ts.MkAbs("endpoint.db"), Clock: platform.Clock{}, Source: &testkit.Source{},
		Faults: faults, Token: ts.Getenv("ENDPOINT_TOKEN"), Texts: texts(ts),
	})
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	url, wait, err := s.Serve(ctx, "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv("URL", url)
	ts.Defer(func() {
		cancel()
		_ = wait()
		_ = s.Close()
	})
}

// cancel FILE: cancels the complaint in the first line of a list.
func cancel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cancel FILE")
	}
	id, _, _ := strings.Cut(ts.ReadFile(args[0]), " ")
	ts.Check(ts.Exec("quietctl", "complaints", "cancel", id))
}

// id FILE: puts the ID in the first line of a list into $ID.
func firstID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: id FILE")
	}
	id, _, _ := strings.Cut(ts.ReadFile(args[0]), " ")
	ts.Setenv("ID", id)
}

func texts(ts *testscript.TestScript) *l10n.Printer {
	p, err := l10n.New(i18n.Files(), l10n.English)
	ts.Check(err)
	return p
}
