package feed

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/registry"
)

const opOpen = "feed.Open"

// Open reads a list from the path of its manifest; the signature and the tables
// lie beside it. Only regular files are opened.
//
// It fails as registry.VerifyManifest and registry.CheckTables do, and with
// NotFound "registry.feed_file_missing", Invalid "registry.feed_file_irregular",
// Denied "registry.feed_file_unreadable" (Args: File), Cancelled "cancelled".
func (f *Fetcher) Open(ctx context.Context, path, key string) (registrar.Feed, error) {
	if err := registry.CheckKey(key); err != nil {
		return registrar.Feed{}, err
	}
	folder, name := filepath.Split(path)
	read := func(file string, limit int64) ([]byte, error) {
		if ctx.Err() != nil {
			return nil, domain.E(opOpen, domain.Cancelled, "cancelled", nil, context.Cause(ctx))
		}
		return readFile(filepath.Join(folder, file), limit)
	}
	manifest, err := read(name, registry.MaxManifest)
	if err != nil {
		return registrar.Feed{}, err
	}
	return verified(read, name, manifest, key)
}

// readFile reads at most one byte more than the limit. A pipe is refused before
// it is opened: opening one would wait for a writer that may never come.
func readFile(path string, limit int64) ([]byte, error) {
	args := domain.Args{"File": filepath.Base(path)}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, unreadable(args, err)
	case err != nil:
		return nil, domain.E(opOpen, domain.NotFound, "registry.feed_file_missing", args, withoutPath(err))
	case !info.Mode().IsRegular():
		return nil, domain.E(opOpen, domain.Invalid, "registry.feed_file_irregular", args, nil)
	}
	file, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return nil, unreadable(args, err)
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, unreadable(args, err)
	}
	return data, nil
}

func unreadable(args domain.Args, err error) error {
	return domain.E(opOpen, domain.Denied, "registry.feed_file_unreadable", args, withoutPath(err))
}

// withoutPath is what the operating system said, but not of which file: a log
// must not hold names.
func withoutPath(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}
