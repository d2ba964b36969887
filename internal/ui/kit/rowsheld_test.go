package kit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeldRowsComeInPages(t *testing.T) {
	if x := heldIndex(0, 2); x.Count != 0 || len(x.Cursors) != 0 {
		t.Error("an empty one", x)
	}
	all := []int{1, 2, 3, 4, 5}
	x := heldIndex(len(all), 2)
	var got []int
	for _, after := range append([]string{""}, x.Cursors...) {
		got = append(got, heldPage(all, after, 2)...)
	}
	if diff := cmp.Diff(all, got); x.Count != 5 || len(x.Cursors) != 2 || diff != "" {
		t.Error(x, diff)
	}
	if rows := heldPage([]int{1}, "4", 2); len(rows) != 0 {
		t.Errorf("%v: rows that went in the meantime", rows)
	}
}
