//go:build !windows

// Windows has no file names with control characters.

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
)

// What comes from files, arguments and endpoints never reaches the terminal as
// something that it obeys, on either stream and in errors too.
func TestNothingRulesTheTerminal(t *testing.T) {
	const evil = "a\x1b[31m\u009b2J\u202eb\nquietctl: c"
	dir := t.TempDir()
	file := filepath.Join(dir, evil+".csv")
	if err := os.WriteFile(file, []byte("nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(dir, "data")
	env := func(name string) string { return map[string]string{secretsEnv: "file"}[name] }
	for _, args := range [][]string{
		{"calls", "import", file, file},
		{"calls", "import", file},
		{"calls", "import", "--person", evil, file},
		{"check", evil},
		{"channels", "test", evil},
		{"complaints", "new", "--number", evil, "--at", evil},
		{"doctor", "--data-dir", filepath.Join(dir, evil)},
		{evil},
	} {
		t.Run(strings.Join(args[:min(2, len(args)-1)], " "), func(t *testing.T) {
			var out, errs bytes.Buffer
			run(t.Context(), append([]string{"--data-dir", home}, args...), streams{
				in: strings.NewReader(""), out: &out, err: &errs, env: env,
			})
			all := out.String() + errs.String()
			if strings.TrimSpace(all) == "" {
				t.Fatal("nothing was said")
			}
			for _, r := range all {
				if domain.Control(r) && r != '\n' {
					t.Fatalf("%U in %q", r, all)
				}
			}
			if strings.Contains(all, "\nquietctl: c") {
				t.Errorf("a line that is not ours: %q", all)
			}
		})
	}
}
