package custody

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"quietline/internal/domain"
)

// Params is what New needs.
type Params struct {
	// Dir is the data directory.
	Dir       string
	Databases Databases
	Tokens    Tokens
	Clock     domain.Clock
	// Free is how many bytes may be written where a path is.
	Free func(path string) (uint64, error)
	// DiskFull says whether an error of the file system means that.
	DiskFull func(error) bool
	// Program is the version of the program.
	Program string
	// Work is the strength of the passphrase's key derivation, 0 for the usual.
	Work int
}

// Tokens are those of the channels. They are in no backup: who takes one to
// another place enters them again, and who finds one files in nobody's name.
type Tokens interface {
	// Keep forgets every token of the folder but those of these channels of the
	// workspace of this name. A keyring that is locked hinders it, unless anyway.
	Keep(ctx context.Context, workspace string, channels []domain.ChannelID, anyway bool) error
	// Have gives those of the channels that have a token, without looking at it.
	Have(ctx context.Context, workspace string, channels []domain.ChannelID) ([]domain.ChannelID, error)
}

// Service does what concerns the workspace as a whole. But for Backup it works on
// one that nobody has open.
type Service struct {
	p Params
	// move is os.Rename but in tests.
	move mover
}

// New makes a Service.
func New(p Params) *Service {
	if p.Work == 0 {
		p.Work = workFactor
	}
	return &Service{p: p, move: os.Rename}
}

func (s *Service) path(name string) string { return filepath.Join(s.p.Dir, name) }

// alone takes the workspace for this program, sweeping it but for what is called
// keep, and finds out whether it can be written before anything is read.
func (s *Service) alone(keep string) (*Claim, error) {
	claim, err := takeAlone(s.p.Dir, keep)
	if err != nil {
		return nil, err
	}
	probe, err := os.MkdirTemp(s.p.Dir, workPrefix+"*")
	if err != nil && !s.p.DiskFull(err) {
		_ = claim.Release()
		return nil, unwritable("custody.alone", s.p.Dir, err)
	}
	if err == nil {
		_ = os.Remove(probe) // the next start tries again
	}
	return claim, nil
}

// workFolder makes a folder of its own in the data directory.
func (s *Service) workFolder() (string, error) {
	dir, err := os.MkdirTemp(s.p.Dir, workPrefix+"*") // mode 0700
	if err != nil {
		return "", s.explain("custody.workFolder", s.p.Dir, err)
	}
	return dir, nil
}

// empty makes an empty file that only the user can read, for SQLite to fill.
func empty(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // in a folder of ours
	if err != nil {
		return err
	}
	return f.Close()
}

// room fails with Unavailable "custody.no_room" where fewer bytes are free at a
// path than are needed. Where that cannot be told, writing will tell.
func (s *Service) room(path string, need int64) error {
	free, err := s.p.Free(path)
	if err != nil || free >= uint64(max(0, need))+spare { //nolint:gosec // not negative
		return nil //nolint:nilerr // as it says
	}
	return domain.E("custody.room", domain.Unavailable, "custody.no_room",
		domain.Args{"Need": megabytes(need + spare), "Free": megabytes(int64(free)), "Path": path}, nil) //nolint:gosec // of a real disk
}

// spare is what stays free for others.
const spare = 16 << 20

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

// explain gives an error of the file system its key.
func (s *Service) explain(op, path string, err error) error {
	var known *domain.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case s.p.DiskFull(err):
		return domain.E(op, domain.Unavailable, "custody.disk_full", domain.Args{"Path": path}, err)
	}
	return domain.E(op, domain.Denied, "custody.unwritable", domain.Args{"Path": path}, err)
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
