//go:build unix

package evidence_test

import (
	"path/filepath"
	"syscall"
	"testing"
)

func diskFull() error { return syscall.ENOSPC }

// A pipe that nobody writes to must not be waited for.
func TestTakeRefusesPipes(t *testing.T) {
	p := newPlace(t)
	pipe := filepath.Join(p.dir, "pipe.txt")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	_, err := p.v.Take(t.Context(), pipe)
	wantKey(t, err, "evidence.not_file")
}
