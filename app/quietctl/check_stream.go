package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"quietline/internal/domain"
)

// maxLine bounds a line of standard input, in bytes; a number is far shorter.
const maxLine = 64 << 10

// eachLine calls f with every line, however it ends; a line that is too long
// is handed over cut, so that the answers stay in step with the input. An error
// of the reader that has words of its own is passed on as it is.
func eachLine(r io.Reader, f func(string) error) error {
	in := bufio.NewReaderSize(r, maxLine)
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		text := string(line)
		for err == bufio.ErrBufferFull { //nolint:errorlint // bufio returns it as it is
			_, err = in.ReadSlice('\n')
		}
		if err == io.EOF && text == "" { //nolint:errorlint // bufio returns it as it is
			return nil
		}
		if errors.Is(err, context.Canceled) || domain.KeyOf(err) != "" {
			return err
		}
		if err != nil && err != io.EOF { //nolint:errorlint // bufio returns it as it is
			return domain.E("quietctl.eachLine", domain.Unavailable, "cli.input_failed", nil, err)
		}
		if first {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if err := f(trimLineEnd(text)); err != nil {
			return err
		}
		if err == io.EOF { //nolint:errorlint // bufio returns it as it is
			return nil
		}
	}
}

// trimLineEnd does what strings.TrimRight(s, "\r\n") does, without preparing a
// set of characters for every line.
func trimLineEnd(s string) string {
	for s != "" && (s[len(s)-1] == '\n' || s[len(s)-1] == '\r') {
		s = s[:len(s)-1]
	}
	return s
}

// stream writes answers as they are found. It is the input at the same time:
// before it waits for more, everything that was answered so far goes out. So
// each line of a person or of a slow pipe is answered at once, and a file is
// answered in large writes.
type stream struct {
	ctx context.Context //nolint:containedctx // a reader has no other way to learn of it
	in  io.Reader
	out *bufio.Writer
	// render adds the lines of one answer.
	render func(buf []byte, k domain.Check) []byte
	// buf holds answers that are not written yet: writeSize and one answer at
	// most.
	buf []byte
}

// writeSize is about how much is written at once, in bytes: what a pipe of
// Linux holds.
const writeSize = 64 << 10

func (s *stream) emit(k domain.Check) error {
	s.buf = s.render(s.buf, k)
	if len(s.buf) < writeSize {
		return nil
	}
	return s.flush()
}

// Read writes what is finished and waits for input.
func (s *stream) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if err := s.flush(); err != nil {
		return 0, err
	}
	return s.in.Read(p)
}

func (s *stream) flush() error {
	_, err := s.out.Write(s.buf)
	s.buf = s.buf[:0]
	if err == nil {
		err = s.out.Flush()
	}
	if err != nil {
		return domain.E("quietctl.stream", domain.Unavailable, "cli.output_failed", nil, err)
	}
	return nil
}

// finish writes what is left, also where the run was stopped by err: what was
// answered was answered.
func (s *stream) finish(err error) error {
	if ferr := s.flush(); err == nil {
		err = ferr
	}
	return err
}
