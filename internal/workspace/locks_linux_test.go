package workspace_test

import (
	"testing"

	"quietline/internal/store/storetest"
	"quietline/internal/workspace"
)

// The desktop program examines what it works with: SQLite's locks stay.
func TestExamineLeavesTheLocks(t *testing.T) {
	p := made(t)
	held := storetest.WatchLock(t, database(p))
	w := open(t, p)
	if !held() {
		t.Fatal("the open database is not locked")
	}
	if r := w.Examine(t.Context()); !r.OK || !held() {
		t.Errorf("locked %v after %+v", held(), r)
	}
	if r := workspace.Examine(t.Context(), p); !r.OK || !held() {
		t.Errorf("locked %v after %+v", held(), r)
	}
}
