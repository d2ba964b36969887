package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/report"
)

// lists is what the Check page needs of the registrar.
type lists struct{ *registrar.Service }

// LookIn looks into a folder with the key that is set.
func (l lists) LookIn(ctx context.Context, path string) (*registrar.Update, error) {
	return l.Service.LookIn(ctx, path, "")
}

// files reads lists of numbers and writes tables.
type files struct{}

const opRead = "quietline.files.Read"

// Read gives a whole file; it fails where that is larger than most bytes.
func (files) Read(ctx context.Context, path string, most int64) ([]byte, error) {
	args := domain.Args{"File": path}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, domain.E(opRead, domain.NotFound, "import.file_missing", args, err)
	case err != nil:
		return nil, domain.E(opRead, domain.Denied, "import.file_unreadable", args, err)
	case info.IsDir():
		return nil, domain.E(opRead, domain.Invalid, "import.is_directory", args, nil)
	case !info.Mode().IsRegular(): // a pipe may never give anything
		return nil, domain.E(opRead, domain.Denied, "import.file_unreadable", args, nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, domain.E(opRead, domain.Denied, "import.file_unreadable", args, err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(reading{ctx, f}, most+1))
	switch {
	case ctx.Err() != nil:
		return nil, domain.E(opRead, domain.Cancelled, "cancelled", nil, ctx.Err())
	case err != nil:
		return nil, domain.E(opRead, domain.Unavailable, "import.file_unreadable", args, err)
	case int64(len(data)) > most:
		return nil, domain.E(opRead, domain.Invalid, "check.file_large", domain.Args{"File": path, "Most": most >> 20}, nil)
	}
	return data, nil
}

// reading is a reader that ends with the context.
type reading struct {
	ctx context.Context //nolint:containedctx // lives as long as one call
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// Export writes a table as CSV or XLSX.
func (files) Export(ctx context.Context, path string, header []string, rows iter.Seq[[]string]) error {
	f, err := report.Create(path, header)
	if err != nil {
		return err
	}
	defer f.Discard() // nothing after Commit
	for row := range rows {
		if err := ctx.Err(); err != nil {
			return domain.E("quietline.files.Export", domain.Cancelled, "cancelled", nil, err)
		}
		if err := f.Write(row); err != nil {
			return err
		}
	}
	return f.Commit()
}
