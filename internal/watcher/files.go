// Package watcher is the adapter of the use cases on watched folders to the
// machine's file system: it lists folders, reads files, and hears from the
// operating system when something changed.
package watcher

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/folders"
)

// Files is the file system. It implements folders.Files.
type Files struct{}

var _ folders.Files = Files{}

// chunk is how many names are read at a time: a folder may hold any number.
const chunk = 512

// Resolve gives the absolute path of a folder with links resolved.
func (Files) Resolve(dir string) (string, error) {
	const op = "watcher.Resolve"
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", folderError(op, dir, err)
	}
	resolved, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", folderError(op, abs, err)
	}
	d, err := openFolder(op, resolved)
	if err != nil {
		return "", err
	}
	defer d.Close() //nolint:errcheck // it was only read
	if _, err := d.ReadDir(1); err != nil && !errors.Is(err, io.EOF) {
		return "", folderError(op, resolved, err)
	}
	return resolved, nil
}

// openFolder opens nothing but a folder: opening a pipe would wait for its
// other end.
func openFolder(op, dir string) (*os.File, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, folderError(op, dir, err)
	}
	if !info.IsDir() {
		return nil, domain.E(op, domain.Invalid, "folder.not_folder", domain.Args{"Path": dir}, nil)
	}
	d, err := os.Open(dir) //nolint:gosec // the user names the folder
	if err != nil {
		return nil, folderError(op, dir, err)
	}
	return d, nil
}

func folderError(op, dir string, err error) error {
	args := domain.Args{"Path": dir}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return domain.E(op, domain.NotFound, "folder.missing", args, withoutPath(err))
	case errors.Is(err, fs.ErrPermission):
		return domain.E(op, domain.Denied, "folder.unreadable", args, withoutPath(err))
	}
	return domain.E(op, domain.Unavailable, "folder.read_failed", args, withoutPath(err))
}

// withoutPath is what the operating system said, but not of which file: a log
// must not hold names.
func withoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// List calls see with every regular file of the folder and of the folders
// directly in it; see folders.Files.
func (Files) List(ctx context.Context, dir string, except []string, see func(folders.Entry)) (complete bool, err error) {
	const op = "watcher.List"
	var inner []string
	err = each(ctx, op, dir, func(d fs.DirEntry) {
		switch {
		case d.IsDir():
			if !slices.Contains(except, filepath.Join(dir, d.Name())) {
				inner = append(inner, d.Name())
			}
		default:
			report(d, d.Name(), see)
		}
	})
	complete = err == nil
	for _, name := range inner {
		if err != nil {
			return false, err
		}
		ierr := each(ctx, op, filepath.Join(dir, name), func(d fs.DirEntry) { report(d, path.Join(name, d.Name()), see) })
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		complete = complete && ierr == nil
	}
	return complete, err
}

// each reads the names of a folder piece by piece.
func each(ctx context.Context, op, dir string, f func(fs.DirEntry)) error {
	d, err := openFolder(op, dir)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // it was only read
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		list, err := d.ReadDir(chunk)
		for _, e := range list {
			if !folders.Ignored(e.Name()) {
				f(e)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return folderError(op, dir, err)
		}
	}
}

// report tells of a regular file. One that goes meanwhile is none.
func report(d fs.DirEntry, name string, see func(folders.Entry)) {
	if !d.Type().IsRegular() {
		return
	}
	if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
		see(entry(name, info))
	}
}

func entry(name string, info fs.FileInfo) folders.Entry {
	return folders.Entry{Path: name, Size: info.Size(), Modified: info.ModTime().UnixNano()}
}

// Stat looks at one file again.
func (f Files) Stat(dir, name string) (folders.Entry, bool) {
	info, err := os.Lstat(f.Path(dir, name))
	if err != nil || !info.Mode().IsRegular() {
		return folders.Entry{}, false
	}
	return entry(name, info), true
}

// Path is where the file lies.
func (Files) Path(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }

// Hash is the SHA-256 of a regular file.
func (f Files) Hash(ctx context.Context, dir, name string) (string, error) {
	const op = "watcher.Hash"
	args := domain.Args{"File": path.Base(name)}
	file, err := openRegular(f.Path(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", domain.E(op, domain.NotFound, "import.file_missing", args, withoutPath(err))
	case errors.Is(err, fs.ErrPermission):
		return "", domain.E(op, domain.Denied, "import.file_unreadable", args, withoutPath(err))
	case errors.Is(err, errIrregular):
		return "", domain.E(op, domain.Invalid, "import.not_regular", args, nil)
	case err != nil:
		return "", domain.E(op, domain.Unavailable, "import.read_failed", args, withoutPath(err))
	}
	defer file.Close() //nolint:errcheck // it was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, stoppable{ctx: ctx, r: file}); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", domain.E(op, domain.Unavailable, "import.read_failed", args, withoutPath(err))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// errIrregular is a pipe, a device or a link where a file was.
var errIrregular = errors.New("watcher: not a regular file")

// openRegular opens a file for reading that is one at that moment too.
func openRegular(name string) (*os.File, error) {
	if info, err := os.Lstat(name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errIrregular
	}
	file, err := os.OpenFile(name, os.O_RDONLY|openFlags, 0) //nolint:gosec // in a folder that the user names
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errIrregular
	}
	if err != nil {
		_ = file.Close() // the error that came before counts
		return nil, err
	}
	return file, nil
}

// stoppable ends with its context.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
