// Package evidence keeps the files that belong to complaints: pictures,
// recordings, documents. It tells what a file is by its bytes, takes out of
// pictures what says where they were taken, and keeps its own copy under the
// SHA-256 of that copy. The user's file is only read.
package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Params say where a Vault keeps its files.
type Params struct {
	// Dir is the folder; it is made when the first file is taken.
	Dir string
}

// Vault is a folder of files, each at ab/abcd…, the SHA-256 of what is in it.
// Several processes may use it at once.
type Vault struct {
	dir string
	// create makes a file that is not there under its name yet.
	create func(dir string) (file, error)
}

// file is what a copy is written to.
type file interface {
	io.WriteCloser
	Name() string
	Sync() error
}

var _ filing.Vault = (*Vault)(nil)

const (
	// partPattern names a file that is being written.
	partPattern = ".part-*"
	lockFile    = ".lock"
	// openFolder is where copies lie that another program shows.
	openFolder = "open"
	digestLen  = 2 * sha256.Size
)

// New makes a Vault. Nothing is created.
func New(p Params) *Vault {
	return &Vault{dir: p.Dir, create: func(dir string) (file, error) { return os.CreateTemp(dir, partPattern) }}
}

// Take copies a file of the user into the vault; see filing.Vault.
func (v *Vault) Take(ctx context.Context, path string) (filing.TakenEvidence, error) {
	const op = "evidence.Take"
	src, err := openOwn(path)
	if err != nil {
		return filing.TakenEvidence{}, about(op, path, err)
	}
	defer src.Close() //nolint:errcheck // it was only read
	mediaType, err := sniff(src)
	switch {
	case err != nil:
		return filing.TakenEvidence{}, about(op, path, err)
	case mediaType == "":
		return filing.TakenEvidence{}, refuse(op, "evidence.type_unknown", path)
	}
	taken, err := v.copy(ctx, mediaType, src)
	if err != nil {
		return filing.TakenEvidence{}, about(op, path, err)
	}
	taken.FileName, taken.NameDiffers = nameOf(path, mediaType)
	return taken, nil
}

// openOwn opens a file of the user, provided it is one, has something in it and
// is not too large. Links are not followed: what they lead to may change.
func openOwn(path string) (*os.File, error) {
	before, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !before.Mode().IsRegular():
		return nil, errNotFile
	}
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case !os.SameFile(before, info) || !info.Mode().IsRegular():
		err = errNotFile
	case info.Size() == 0:
		err = errEmpty
	case info.Size() > domain.MaxEvidenceBytes:
		err = errTooLarge
	default:
		return f, nil
	}
	return nil, errors.Join(err, f.Close())
}

// copy writes a copy beside those that are there and gives it its name when all
// of it is on the disk.
func (v *Vault) copy(ctx context.Context, mediaType string, src io.ReadSeeker) (taken filing.TakenEvidence, err error) {
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		return taken, writing(err)
	}
	f, err := v.create(v.dir)
	if err != nil {
		return taken, writing(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreGone(os.Remove(f.Name())))
		}
	}()
	out := &counter{w: f, sum: sha256.New(), left: domain.MaxEvidenceBytes}
	gone, err := strip(mediaType, out, &stopping{ctx: ctx, ReadSeeker: src})
	if err != nil {
		return taken, errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return taken, writing(err)
	}
	taken.SHA256, taken.MediaType, taken.Bytes = hex.EncodeToString(out.sum.Sum(nil)), mediaType, out.n
	taken.LocationRemoved, taken.DetailsRemoved, taken.MayTellPlace = gone.location, gone.details, gone.unsure
	if out.n == 0 {
		return taken, errEmpty
	}
	_, missing := os.Lstat(v.path(taken.SHA256))
	taken.Found = missing == nil
	return taken, v.place(f.Name(), taken.SHA256)
}

// place gives a finished copy its name. One that is there under it is the same,
// or was damaged and is mended.
func (v *Vault) place(temp, digest string) error {
	path := v.path(digest)
	for tries := 0; ; tries++ {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return writing(err)
		}
		err := os.Rename(temp, path)
		switch {
		case err == nil:
			return writing(syncFolder(filepath.Dir(path)))
		case tries > 2 || !errors.Is(err, fs.ErrNotExist): // its folder was just empty and removed
			return writing(err)
		}
	}
}

func (v *Vault) path(digest string) string { return filepath.Join(v.dir, digest[:2], digest) }

// isDigest says whether a text can name a file of the vault.
func isDigest(s string) bool {
	return len(s) == digestLen && strings.Trim(s, "0123456789abcdef") == ""
}

// Lock keeps other processes from adding references and from removing files;
// see filing.Vault.
func (v *Vault) Lock(ctx context.Context) (unlock func(), err error) {
	const op = "evidence.Lock"
	if err := os.MkdirAll(v.dir, 0o700); err != nil {
		return nil, v.fault(op, writing(err))
	}
	// The file stays: removing it would let two processes hold locks on two
	// files of one name.
	lock := flock.New(filepath.Join(v.dir, lockFile), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return nil, v.fault(op, writing(err))
	}
	return func() { _ = lock.Unlock() }, nil // closing the file unlocks it too
}

const lockRetry = 50 * time.Millisecond

// counter writes, counts and sums up, as far as there may be so much.
type counter struct {
	w    io.Writer
	sum  hash.Hash
	n    int64
	left int64
}

func (c *counter) Write(p []byte) (int, error) {
	if c.left -= int64(len(p)); c.left < 0 {
		return 0, errTooLarge
	}
	n, err := c.w.Write(p)
	c.n += int64(n)
	_, _ = c.sum.Write(p[:n]) // it never fails
	return n, writing(err)
}

// stopping ends reading when the context does.
type stopping struct {
	io.ReadSeeker

	ctx context.Context //nolint:containedctx // of one copy
}

func (s *stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.ReadSeeker.Read(p)
}

var (
	errNotFile  = errors.New("evidence: not a plain file")
	errEmpty    = errors.New("evidence: nothing in it")
	errTooLarge = errors.New("evidence: too large")
	errGone     = errors.New("evidence: not in the vault")
	errChanged  = errors.New("evidence: changed in the vault")
)

// writeError is a failure on our side of a copy.
type writeError struct{ error }

func (e writeError) Unwrap() error { return e.error }

func writing(err error) error {
	var own writeError
	if err == nil || errors.Is(err, errTooLarge) || errors.As(err, &own) {
		return err
	}
	return writeError{err}
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func refuse(op, key, path string) *domain.Error {
	return domain.E(op, domain.Invalid, key, domain.Args{"Name": domain.Clip(filepath.Base(path), 100), "MB": domain.MaxEvidenceBytes >> 20}, nil)
}

// about gives an error its key. The cause of a file error names the path, so of
// that only what the system said is kept.
func about(op, path string, err error) error {
	var known *domain.Error
	if errors.As(err, &known) {
		return known
	}
	args := domain.Args{"Name": domain.Clip(filepath.Base(path), 100), "MB": domain.MaxEvidenceBytes >> 20}
	var own writeError
	var errno syscall.Errno
	var cause error
	if errors.As(err, &errno) {
		cause = errno
	}
	e := func(kind domain.Kind, key string) error { return domain.E(op, kind, key, args, cause) }
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return domain.E(op, domain.Cancelled, "cancelled", nil, err)
	case errors.As(err, &own) && errno != 0 && isDiskFull(errno):
		return e(domain.Unavailable, "evidence.disk_full")
	case errors.As(err, &own):
		return e(domain.Denied, "evidence.unwritable")
	case errors.Is(err, errNotFile):
		return e(domain.Invalid, "evidence.not_file")
	case errors.Is(err, errEmpty):
		return e(domain.Invalid, "evidence.empty")
	case errors.Is(err, errTooLarge):
		return e(domain.Invalid, "evidence.too_large")
	case errors.Is(err, errDamaged):
		return e(domain.Invalid, "evidence.damaged")
	case errors.Is(err, errGone):
		return e(domain.Conflict, "evidence.missing")
	case errors.Is(err, errChanged):
		return e(domain.Conflict, "evidence.changed")
	case errors.Is(err, fs.ErrNotExist):
		return e(domain.NotFound, "evidence.not_found")
	}
	return e(domain.Denied, "evidence.unreadable")
}

func (v *Vault) fault(op string, err error) error { return about(op, v.dir, err) }
