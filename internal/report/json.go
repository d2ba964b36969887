package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"

	"quietline/internal/domain"
)

// Objects is a JSON array that is being written beside the place where it will
// stand, an element a line. End it with Commit or Discard. It is for one
// goroutine.
type Objects struct {
	file *File
	line bytes.Buffer
}

// CreateJSON begins the array path. A file that stands there is replaced by
// Commit with replace, and left alone until then; without it, CreateJSON and
// Commit fail with Conflict "report.exists" (Args: File). Both fail with
// Unavailable "report.failed" (Args: File) where the folder cannot be written
// to.
func CreateJSON(path string, replace bool) (*Objects, error) {
	const op = "report.CreateJSON"
	if !replace {
		if _, err := os.Lstat(path); err == nil {
			return nil, exists(op, path)
		}
	}
	f, err := begin(op, path, replace, func(w io.Writer) (Table, error) {
		const size = 64 << 10
		return &jsonArray{w: bufio.NewWriterSize(w, size)}, nil
	})
	if err != nil {
		return nil, err
	}
	return &Objects{file: f}, nil
}

// Write adds an element. It fails with Internal "internal" for what is no JSON
// and with Unavailable "report.failed" where the disk does not take it.
func (o *Objects) Write(v any) error {
	o.line.Reset()
	enc := json.NewEncoder(&o.line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return domain.E("report.Write", domain.Internal, "internal", nil, err)
	}
	return o.file.Write([]string{string(bytes.TrimSpace(o.line.Bytes()))})
}

// Rows is the number of elements written so far.
func (o *Objects) Rows() int { return o.file.Rows() }

// Commit finishes the array and puts it in its place, like File.Commit.
func (o *Objects) Commit() error { return o.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (o *Objects) Discard() { o.file.Discard() }

// jsonArray is a Table whose rows are one cell, a JSON value.
type jsonArray struct {
	w     *bufio.Writer
	begun bool
}

func (a *jsonArray) Write(row []string) error {
	before := "[\n"
	if a.begun {
		before = ",\n"
	}
	a.begun = true
	_, _ = a.w.WriteString(before) // an error comes back with the next write
	_, err := a.w.WriteString(row[0])
	return err
}

func (a *jsonArray) Close() error {
	end := "\n]\n"
	if !a.begun {
		end = "[]\n"
	}
	_, _ = a.w.WriteString(end) // an error comes back with the flush
	return a.w.Flush()
}
