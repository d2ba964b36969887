package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"

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

// A batch is what is judged and written at once. It ends where no more input is
// at hand, or after so many lines or bytes of input.
const (
	batchLines = 512
	batchBytes = 64 << 10
	// minShare is the least number of lines that are worth a goroutine.
	minShare = 64
	// maxWorkers bounds the memory that workers keep, not the speed.
	maxWorkers = 8
)

// answerer adds the lines of the answer about one number to a buffer.
type answerer func(buf []byte, number string) []byte

// stream answers numbers in batches. It is the input at the same time: before
// it waits for more, everything that came so far is answered. So each line of a
// person or of a slow pipe is answered at once, and a file is answered by all
// processors and in large writes.
type stream struct {
	ctx context.Context //nolint:containedctx // a reader has no other way to learn of it
	in  io.Reader
	out *bufio.Writer
	// workers are one answerer for each processor; each keeps things of its own.
	workers []answerer
	// bufs are what the workers write into.
	bufs  [][]byte
	batch []string
	bytes int // of the batch
}

// newStream makes a stream with as many answerers as can work at once.
func newStream(ctx context.Context, in io.Reader, out *bufio.Writer, newAnswerer func() answerer) *stream {
	n := min(runtime.GOMAXPROCS(0), maxWorkers)
	s := &stream{ctx: ctx, in: in, out: out, bufs: make([][]byte, n)}
	for range n {
		s.workers = append(s.workers, newAnswerer())
	}
	return s
}

// add takes a number to be answered.
func (s *stream) add(number string) error {
	s.batch = append(s.batch, number)
	s.bytes += len(number)
	if len(s.batch) < batchLines && s.bytes < batchBytes {
		return nil
	}
	return s.flush()
}

// Read answers what is there and waits for input.
func (s *stream) Read(p []byte) (int, error) {
	if err := s.flush(); err != nil {
		return 0, err
	}
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.in.Read(p)
}

// flush answers the batch, in order.
func (s *stream) flush() error {
	if len(s.batch) == 0 {
		return nil
	}
	shares := max(1, min(len(s.workers), len(s.batch)/minShare))
	var others sync.WaitGroup
	for i := 1; i < shares; i++ {
		others.Go(func() { s.answer(i, shares) })
	}
	s.answer(0, shares)
	others.Wait()
	s.batch, s.bytes = s.batch[:0], 0
	for _, b := range s.bufs[:shares] {
		if _, err := s.out.Write(b); err != nil {
			return outputFailed(err)
		}
	}
	if err := s.out.Flush(); err != nil {
		return outputFailed(err)
	}
	return nil
}

// answer works on the share i of the batch.
func (s *stream) answer(i, shares int) {
	n, buf := len(s.batch), s.bufs[i][:0]
	for _, number := range s.batch[n*i/shares : n*(i+1)/shares] {
		buf = s.workers[i](buf, number)
	}
	s.bufs[i] = buf
}

func outputFailed(err error) error {
	return domain.E("quietctl.stream", domain.Unavailable, "cli.output_failed", nil, err)
}

// finish answers what is left, also where the input ended with err: what came
// as a whole is answered.
func (s *stream) finish(err error) error {
	if ferr := s.flush(); err == nil {
		err = ferr
	}
	return err
}
