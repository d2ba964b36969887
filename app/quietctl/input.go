package main

import (
	"context"
	"io"
)

// stoppable is a reader that ends with the context. A read from a terminal or
// a pipe cannot be called off, so it is left behind.
type stoppable struct {
	ctx context.Context //nolint:containedctx // a reader has no other way to learn of it
	r   io.Reader
	// pending is the read under way, if any, and what it leaves.
	pending chan struct{}
	buf     []byte
	n       int
	err     error
}

const readSize = 64 << 10

// Read reads, or fails with the context's error once that has ended.
func (s *stoppable) Read(p []byte) (int, error) {
	if s.pending == nil && s.n == 0 && s.err == nil {
		if s.buf == nil {
			s.buf = make([]byte, readSize)
		}
		s.pending = make(chan struct{})
		go func(done chan<- struct{}) {
			s.n, s.err = s.r.Read(s.buf[:min(len(p), readSize)])
			close(done)
		}(s.pending)
	}
	if s.pending != nil {
		select {
		case <-s.ctx.Done():
			return 0, s.ctx.Err()
		case <-s.pending:
			s.pending = nil
		}
	}
	n := copy(p, s.buf[:s.n])
	copy(s.buf, s.buf[n:s.n])
	s.n -= n
	if s.n > 0 {
		return n, nil
	}
	err := s.err
	s.err = nil
	return n, err
}
