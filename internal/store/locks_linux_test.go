package store_test

import (
	"testing"

	"quietline/internal/store/storetest"
)

// A descriptor that is closed takes every lock of its process on the file with
// it. Without them another program may delete the log that is written to.
func TestAnotherHandleLeavesTheLocks(t *testing.T) {
	path := closed(t)
	held := storetest.WatchLock(t, path)
	if held() {
		t.Fatal("locked by nobody")
	}
	open(t, path)
	if !held() {
		t.Fatal("the open database is not locked")
	}
	second, err := tryOpen(t, path)
	must(t, err)
	if !held() {
		t.Error("opening it a second time took the locks away")
	}
	must(t, second.Close())
	if !held() {
		t.Error("closing the second handle took the locks away")
	}
}
