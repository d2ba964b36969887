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
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Look says whether a file is there with its size, without reading it; see
// filing.Vault.
func (v *Vault) Look(e domain.Evidence) error {
	const op = "evidence.Look"
	if !isDigest(e.SHA256) {
		return about(op, e.FileName, errGone)
	}
	info, err := os.Lstat(v.path(e.SHA256))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = errGone
	case err != nil:
	case !info.Mode().IsRegular() || info.Size() != e.Bytes:
		err = errChanged
	default:
		return nil
	}
	return about(op, e.FileName, err)
}

// Check reads a file and says whether it is what it was; see filing.Vault.
func (v *Vault) Check(ctx context.Context, e domain.Evidence) error {
	r, err := v.Open(e)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, &stoppingReader{ctx: ctx, Reader: r})
	if cerr := r.Close(); err == nil && cerr != nil {
		err = cerr
	}
	if err == nil {
		return nil
	}
	return about("evidence.Check", e.FileName, err)
}

type stoppingReader struct {
	io.Reader

	ctx context.Context //nolint:containedctx // of one reading
}

func (s *stoppingReader) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}

// Open opens a file of the vault; see filing.Vault.
func (v *Vault) Open(e domain.Evidence) (io.ReadCloser, error) {
	const op = "evidence.Open"
	if err := v.Look(e); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(v.path(e.SHA256), os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, about(op, e.FileName, err)
	}
	return &checked{f: f, name: e.FileName, want: e.SHA256, left: e.Bytes, sum: sha256.New()}, nil
}

// checked reads a file and keeps its last bytes back until all of it has turned
// out to be what it was: who passes on what it reads never has a whole false
// file.
type checked struct {
	f          *os.File
	name, want string
	left       int64
	sum        hash.Hash
	err        error
}

func (c *checked) Read(p []byte) (int, error) {
	switch {
	case c.err != nil:
		return 0, c.err
	case c.left == 0:
		return 0, io.EOF
	case int64(len(p)) > c.left:
		p = p[:c.left]
	}
	n, err := c.f.Read(p)
	_, _ = c.sum.Write(p[:n]) // it never fails
	c.left -= int64(n)
	switch {
	case c.left == 0 && hex.EncodeToString(c.sum.Sum(nil)) != c.want, errors.Is(err, io.EOF) && c.left > 0:
		c.err = about("evidence.Read", c.name, errChanged)
		return 0, c.err
	case err != nil && !errors.Is(err, io.EOF):
		c.err = about("evidence.Read", c.name, err)
		return 0, c.err
	}
	return n, nil
}

func (c *checked) Close() error { return c.f.Close() }

// Export writes a copy for the user; see filing.Vault.
func (v *Vault) Export(ctx context.Context, e domain.Evidence, path string) (err error) {
	const op = "evidence.Export"
	r, err := v.Open(e)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // it was only read
	f, err := v.create(filepath.Dir(path))
	if err != nil {
		return about(op, path, writing(err))
	}
	defer func() {
		if err != nil {
			err = about(op, path, errors.Join(err, ignoreGone(os.Remove(f.Name()))))
		}
	}()
	if _, err := io.Copy(&wrapped{f}, &stoppingReader{ctx: ctx, Reader: r}); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return writing(err)
	}
	return writing(os.Rename(f.Name(), path))
}

// wrapped marks failures of writing.
type wrapped struct{ w io.Writer }

func (w *wrapped) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	return n, writing(err)
}

// ExportToOpen writes a copy that another program can show; see filing.Vault.
func (v *Vault) ExportToOpen(ctx context.Context, e domain.Evidence) (string, error) {
	folder := filepath.Join(v.dir, openFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", about("evidence.ExportToOpen", e.FileName, writing(err))
	}
	name, _ := nameOf(e.FileName, e.MediaType) // it may have come from elsewhere
	path := filepath.Join(folder, name)
	return path, v.Export(ctx, e, path)
}

// Stored lists what is in the vault; see filing.Vault.
func (v *Vault) Stored(ctx context.Context) ([]filing.StoredEvidence, error) {
	const op = "evidence.Stored"
	var list []filing.StoredEvidence
	folders, err := os.ReadDir(v.dir)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, v.fault(op, err)
	}
	for _, folder := range folders {
		if !folder.IsDir() || len(folder.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(v.dir, folder.Name()))
		if err = errors.Join(ignoreGone(err), ctx.Err()); err != nil {
			return nil, v.fault(op, err)
		}
		for _, f := range files {
			info, err := f.Info()
			if err == nil && isDigest(f.Name()) && f.Name()[:2] == folder.Name() {
				list = append(list, filing.StoredEvidence{SHA256: f.Name(), Bytes: info.Size(), At: info.ModTime()})
			}
		}
	}
	return list, nil
}

// Remove removes a file; see filing.Vault.
func (v *Vault) Remove(digest string) error {
	if !isDigest(digest) {
		return nil
	}
	if err := ignoreGone(os.Remove(v.path(digest))); err != nil {
		return v.fault("evidence.Remove", writing(err))
	}
	_ = os.Remove(filepath.Dir(v.path(digest))) // if it is empty now
	return nil
}

// Tidy removes what a crash left half-written and copies that were shown,
// where they are older; see filing.Vault.
func (v *Vault) Tidy(before time.Time) error {
	var faults []error
	for _, folder := range []string{v.dir, filepath.Join(v.dir, openFolder)} {
		files, err := os.ReadDir(folder)
		if err != nil {
			faults = append(faults, ignoreGone(err))
			continue
		}
		for _, f := range files {
			info, err := f.Info()
			ours := folder != v.dir || strings.HasPrefix(f.Name(), strings.TrimSuffix(partPattern, "*"))
			if err == nil && ours && info.Mode().IsRegular() && info.ModTime().Before(before) {
				faults = append(faults, ignoreGone(os.Remove(filepath.Join(folder, f.Name()))))
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return v.fault("evidence.Tidy", writing(err))
	}
	return nil
}
