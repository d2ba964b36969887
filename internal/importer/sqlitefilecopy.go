package importer

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"quietline/internal/domain"
)

// maxDatabase is the size of a database and the log beside it together, in
// bytes: a million calls take a tenth of it. More is the store of another
// program, which is not worth the time and the disk that its copy takes.
const maxDatabase = 2 << 30

// sqliteCopy is a private copy of a SQLite file with what SQLite keeps beside
// it. Reading the original would leave files next to it and wait for the
// program that has it open.
type sqliteCopy struct {
	dir, path string
	// size is that of the file and of the log beside it, in bytes.
	size int64
	// cut tells that the file is shorter than it says of itself.
	cut bool
}

// copyDatabase makes the copy. A file that another program writes to
// meanwhile is copied once more.
func copyDatabase(ctx context.Context, tempDir, path string) (*sqliteCopy, error) {
	const tries = 3
	for n := 1; ; n++ {
		before := stateOf(path)
		c, err := copyOnce(ctx, tempDir, path)
		if err != nil || n == tries || before == stateOf(path) {
			return c, err
		}
		if err := c.remove(); err != nil {
			return nil, copyError(err)
		}
	}
}

// fileState tells whether files changed between two looks at them.
type fileState [2]struct {
	size int64
	at   time.Time
}

// stateOf looks at a database and the log beside it.
func stateOf(path string) (s fileState) {
	for i, p := range [...]string{path, beside(path, "-wal")} {
		if info, err := os.Stat(p); err == nil {
			s[i].size, s[i].at = info.Size(), info.ModTime()
		}
	}
	return s
}

func copyOnce(ctx context.Context, tempDir, path string) (*sqliteCopy, error) {
	dir, err := os.MkdirTemp(tempDir, "quietline-import-") // 0700
	if err != nil {
		return nil, copyError(err)
	}
	c := &sqliteCopy{dir: dir, path: filepath.Join(dir, "log.db")}
	if err := c.fill(ctx, path); err != nil {
		_ = c.remove() // the error that came before counts
		return nil, err
	}
	return c, nil
}

// fill copies the file and, where they are, its write-ahead log and rollback
// journal. The index of the log is not copied: SQLite makes it anew from the
// log, and a stale one would hide calls.
func (c *sqliteCopy) fill(ctx context.Context, path string) error {
	left, hasLog := int64(maxDatabase), false
	for _, suffix := range [...]string{"", "-wal", "-journal"} {
		from := path
		if suffix != "" {
			from = beside(path, suffix)
			if info, err := os.Stat(from); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
				continue
			}
		}
		n, err := copyFile(ctx, c.path+suffix, from, left)
		if err != nil {
			return err
		}
		left -= n
		c.size += n
		hasLog = hasLog || suffix == "-wal"
	}
	if hasLog {
		return nil // pages that the file lacks may be in its log
	}
	return c.complete()
}

// copyFile copies at most so many bytes into a new file that only its owner
// may read, until the context ends.
func copyFile(ctx context.Context, to, from string, most int64) (int64, error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, domain.E(opOpen, domain.Denied, "import.file_unreadable",
			domain.Args{"File": filepath.Base(from)}, withoutPath(err))
	}
	defer func() { _ = in.Close() }() // it was only read
	if info, err := in.Stat(); err == nil && info.Size() > most {
		return 0, largeDatabase(from)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, copyError(err)
	}
	const piece = 4 << 20
	var done int64
	for err == nil && done <= most {
		if err = ctx.Err(); err == nil {
			var n int64
			n, err = io.CopyN(out, in, piece)
			done += n
		}
	}
	if closing := out.Close(); errors.Is(err, io.EOF) {
		err = closing
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return 0, ctx.Err()
	case err != nil:
		return 0, copyError(err)
	case done > most:
		return 0, largeDatabase(from) // it grew meanwhile
	}
	return done, nil
}

// complete makes a file that was cut off as long as it says it is, which
// SQLite asks for. Its lost pages become zeros, which are no page of a table,
// so that reading ends where they begin. Offsets: https://sqlite.org/fileformat.html.
func (c *sqliteCopy) complete() error {
	const headerSize, minPage, maxPage = 100, 512, 64 << 10
	file, err := os.OpenFile(c.path, os.O_RDWR, 0)
	if err != nil {
		return copyError(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return copyError(err)
	}
	size := info.Size()
	var head [headerSize]byte
	if _, err := io.ReadFull(file, head[:]); err != nil {
		return truncated()
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = maxPage
	}
	if page < minPage || page&(page-1) != 0 {
		return damagedDatabase(nil)
	}
	// Old programs leave the number of pages alone; then it does not count.
	pages := int64(binary.BigEndian.Uint32(head[28:]))
	if binary.BigEndian.Uint32(head[24:]) != binary.BigEndian.Uint32(head[92:]) || pages == 0 {
		pages = (size + page - 1) / page
	}
	if c.cut = size < pages*page; !c.cut {
		return nil
	}
	whole := size / page * page
	if whole == 0 || pages*page > maxDatabase {
		return truncated()
	}
	if err = file.Truncate(whole); err == nil {
		err = file.Truncate(pages * page)
	}
	if err != nil {
		return copyError(err)
	}
	return nil
}

// remove removes the copy.
func (c *sqliteCopy) remove() error { return removeAll(c.dir) }

func largeDatabase(path string) error {
	return domain.E(opOpen, domain.Invalid, "import.database_too_large",
		domain.Args{"File": filepath.Base(path), "Most": maxDatabase >> 30}, nil)
}

func copyError(err error) error {
	return domain.E(opOpen, domain.Unavailable, "import.copy_failed", nil, withoutPath(err))
}
