package custody

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"quietline/internal/domain"
)

// LockFile is held in common by everybody who has the workspace open, and alone
// by who replaces its files.
const LockFile = "workspace.lock"

const (
	// patience is how long a start waits for somebody who replaces the files.
	patience = 10 * time.Second
	// between is the pause between two looks at the lock.
	between = 50 * time.Millisecond
)

// Claim says that a workspace is in use.
type Claim struct{ lock *flock.Flock }

// Release ends it. A nil Claim holds nothing.
func (c *Claim) Release() error {
	if c == nil || c.lock == nil {
		return nil
	}
	return c.lock.Close()
}

// Use is called before the database of a folder is opened. Where nobody else has
// it open, it first ends what a program that died has left half done. Fails with
// Unavailable "workspace.being_replaced" where somebody replaces its files for
// long.
func Use(ctx context.Context, dir string) (*Claim, error) {
	const op = "custody.Use"
	lock := newLock(dir)
	if got, err := lock.TryLock(); err != nil {
		// The folder cannot be written, or its disk knows no locks: opening the
		// database will say what that means.
		return &Claim{}, nil //nolint:nilerr // as it says
	} else if got {
		if err := recoverFiles(dir, ""); err != nil {
			_ = lock.Close()
			return nil, err
		}
		if err := lock.Unlock(); err != nil {
			return nil, unwritable(op, dir, err)
		}
	}
	wait, enough := context.WithTimeout(ctx, patience)
	defer enough()
	got, err := lock.TryRLockContext(wait, between)
	switch {
	case ctx.Err() != nil:
		_ = lock.Close()
		return nil, ctx.Err()
	case !got:
		_ = lock.Close()
		return nil, domain.E(op, domain.Unavailable, "workspace.being_replaced", nil, err)
	}
	return &Claim{lock}, nil
}

// takeAlone sweeps the folder, but for what is called keep. It fails with Conflict "workspace.in_use" where somebody has the
// workspace open.
func takeAlone(dir, keep string) (*Claim, error) {
	const op = "custody.takeAlone"
	lock := newLock(dir)
	got, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, unwritable(op, dir, err)
	case !got:
		_ = lock.Close()
		return nil, inUse(op, dir, nil)
	}
	if err := recoverFiles(dir, keep); err != nil {
		_ = lock.Close()
		return nil, err
	}
	return &Claim{lock}, nil
}

func newLock(dir string) *flock.Flock {
	return flock.New(filepath.Join(dir, LockFile), flock.SetPermissions(0o600))
}

func inUse(op, dir string, cause error) error {
	return domain.E(op, domain.Conflict, "workspace.in_use", domain.Args{"Path": dir}, cause)
}

func unwritable(op, dir string, cause error) error {
	return domain.E(op, domain.Denied, "data_dir.unwritable", domain.Args{"Path": dir}, cause)
}
