package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"quietline/internal/domain"
)

// childPath names the database in the environment of the process that is
// killed.
const childPath = "QUIETLINE_TEST_KILLED_WRITER"

// A process that is killed while it writes leaves whole batches and a sound
// file.
func TestKilledWriter(t *testing.T) {
	if path := os.Getenv(childPath); path != "" {
		writeUntilKilled(t, path)
		return
	}
	const rounds, batch = 5, 50
	path := filepath.Join(t.TempDir(), "quietline.db")
	for round := range rounds {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWriter$")
		cmd.Env = append(os.Environ(), childPath+"="+path)
		out, err := cmd.StdoutPipe()
		must(t, err, cmd.Start())
		lines := bufio.NewScanner(out)
		for range 3 + round { // it is somewhere in the next batch by then
			if !lines.Scan() {
				t.Fatal("the writer stopped by itself")
			}
		}
		must(t, cmd.Process.Kill())
		_ = cmd.Wait() // it says "killed"
		s := open(t, path)
		must(t, s.Check(t.Context()))
		index, err := s.IndexCalls(t.Context(), domain.CallFilter{}, batch)
		must(t, err)
		if index.Count == 0 || index.Count%batch != 0 {
			t.Fatalf("%d calls, want whole batches of %d", index.Count, batch)
		}
		must(t, s.Close())
	}
}

func writeUntilKilled(t *testing.T, path string) {
	t.Helper()
	s := open(t, path)
	before, err := s.IndexCalls(t.Context(), domain.CallFilter{}, 1)
	must(t, err)
	for n := int(before.Count); ; n += 50 {
		_, err := s.AddCalls(t.Context(), someCalls(n, 50), false)
		must(t, err)
		fmt.Println("written")
	}
}
