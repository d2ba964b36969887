package store

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// Whoever has put a database in the place of an empty file may rely on that it
// stays there: complaints are written into it from then on.
func TestPublishTogether(t *testing.T) {
	const rounds, n = 100, 8
	dir := t.TempDir()
	for round := range rounds {
		path := filepath.Join(dir, strconv.Itoa(round)+".db")
		drafts := make([]string, n)
		for i := range drafts {
			drafts[i] = filepath.Join(dir, "draft"+strconv.Itoa(i))
			if err := os.WriteFile(drafts[i], []byte(drafts[i]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		found := make([]string, n)
		start := make(chan struct{})
		for i, draft := range drafts {
			group.Go(func() {
				<-start
				if err := publish(t.Context(), draft, path); err != nil {
					t.Error(err)
				}
				b, _ := os.ReadFile(path)
				found[i] = string(b)
			})
		}
		close(start)
		group.Wait()
		for _, f := range found {
			if f == "" || f != found[0] {
				t.Fatalf("round %d: several had their database there: %q", round, found)
			}
		}
	}
}
