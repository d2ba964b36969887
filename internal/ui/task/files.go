package task

import (
	"path/filepath"
	"sync/atomic"

	"quietline/internal/progress"
)

// Stage is how far something has come that is chosen, done, and reported.
type Stage int

// The stages.
const (
	// Choosing: what is to be done is being chosen.
	Choosing Stage = iota
	// Running: it is being done.
	Running
	// Done: what became of it is there.
	Done
)

// Files are what an import reads, one file after another.
type Files struct {
	Paths []string
	// Counter tells how far the file that is being read has come; the items
	// are those of all files.
	Counter *progress.Counter

	current atomic.Int32
}

// Begin says that the file of the index is being read now.
func (f *Files) Begin(i int) { f.current.Store(int32(i)) } //nolint:gosec // an index

// Current is the index of the file that is being read. It may be called on any
// goroutine.
func (f *Files) Current() int { return int(f.current.Load()) }

// Names are the names of the files without their folders.
func (f *Files) Names() []string {
	names := make([]string, len(f.Paths))
	for n, p := range f.Paths {
		names[n] = filepath.Base(p)
	}
	return names
}
