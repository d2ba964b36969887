package wire

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

const (
	// uploadPace is the slowest line on which a file still arrives, in bytes a
	// second: a picture of 5 MB may take a minute and a half.
	uploadPace = 64 << 10
	// stall is how long nothing of a file may move, or its answer be late.
	stall = 30 * time.Second
)

// UploadTimeout is how long sending a file of so many bytes may take, from
// connecting to the last byte of the answer.
func UploadTimeout(size int64) time.Duration {
	return stall + time.Duration(size/uploadPace)*time.Second
}

// sizeKey is where the context of a request carries the size of its body.
type sizeKey struct{}

// Upload sends one request with a file of that size as its body, as Do sends one
// with a body of its own. The time it may take grows with the size, but something
// must move all the time.
func (c *Client) Upload(ctx context.Context, r Request, file io.Reader, size int64) (Answer, *Fault) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	late := func() { cancel(errTimeout) }
	defer c.after(UploadTimeout(size), late)()
	watch := &stallWatch{after: func() func() bool { return c.after(stall, late) }}
	watch.again()
	defer watch.end()
	body := &lent{body: file, moved: watch.again}
	defer body.takeBack()
	return c.execute(context.WithValue(ctx, sizeKey{}, size), r, io.NopCloser(body))
}

// errLent is a read by a transport that is through with the file.
var errLent = errors.New("the attempt is over")

// lent is a file while a transport has it. The transport may go on reading for a
// moment after it has given its answer; then it gets nothing any more, for the
// file belongs to somebody else again.
type lent struct {
	mu    sync.Mutex
	body  io.Reader
	moved func() // called with each piece
}

func (l *lent) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.body == nil {
		return 0, errLent
	}
	l.moved()
	return l.body.Read(p)
}

func (l *lent) takeBack() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.body = nil
}

// stallWatch calls late when nothing has moved for long.
type stallWatch struct {
	mu    sync.Mutex
	after func() (stop func() bool)
	stop  func() bool
	over  bool
}

func (w *stallWatch) again() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stop != nil {
		w.stop()
	}
	if !w.over {
		w.stop = w.after()
	}
}

func (w *stallWatch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	w.stop()
}
