package folders_test

import (
	"fmt"
	"testing"

	"quietline/internal/folders"
)

// BenchmarkLookAtKnownFiles is a slow scan of a folder of 2,000 files in which
// nothing is new.
func BenchmarkLookAtKnownFiles(b *testing.B) {
	t := newBench(b)
	for i := range 2000 {
		t.write(fmt.Sprint(i, ".jpg"), fmt.Sprint("foto", i), 0)
	}
	o := folders.RunOptions{Once: true}
	ok(b, t.Run(b.Context(), o))
	for b.Loop() {
		ok(b, t.Run(b.Context(), o))
	}
}
