package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// The files by which the windows on one data folder know of each other. The
// folder has mode 0700, so that nobody else can reach the socket. quietctl
// does not take part: any number of processes may work on the database, only a
// second window would confuse.
const (
	lockFile   = "quietline.lock"
	socketFile = "instance.sock"
)

// raiseWord asks the first window to come to the front, and is followed by the
// files to open there (writePaths) in the same line; raisedWord says that it did.
const (
	raiseWord  = "raise "
	raisedWord = "ok\n"
	// mostAsked is how long such a line may be.
	mostAsked = 1 << 20
)

// answerTime bounds how long the other window is waited for; it may be busy,
// and is asked again.
const answerTime = time.Second

// waitTime bounds how long a start waits for the other window to answer or to
// end: ending takes as long as what is being stored and sent.
const waitTime = 10 * time.Second

// askAgain is the pause between two tries.
const askAgain = 100 * time.Millisecond

// longestSocketPath is what every system's socket address holds (104 bytes on
// macOS, 108 elsewhere).
const longestSocketPath = 100

// instance is the claim of this process on the data folder.
type instance struct {
	lock     *flock.Flock
	listener net.Listener
	params   claimParams
	// ending is closed when no window will be raised any more.
	ending func()
	ended  <-chan struct{}

	mu       sync.Mutex
	dispatch kit.Dispatch
	raise    func(files []string) bool
}

// claimParams are what claim needs.
type claimParams struct {
	dir string
	// answer is how long one answer of the other window is waited for.
	answer time.Duration
	// files are what this start is to open.
	files []string
}

// claim makes this process the one with the window on the folder. If another
// one is, it asks that one to show its window and returns nil without an
// error. One that does not, because it is only starting or about to end, is
// asked again until ctx ends; then it fails with Conflict "app.data_in_use".
func claim(ctx context.Context, p claimParams) (*instance, error) {
	const op = "quietline.claim"
	lock := flock.New(filepath.Join(p.dir, lockFile), flock.SetPermissions(0o600))
	path := filepath.Join(p.dir, socketFile)
	for {
		got, err := lock.TryLock()
		if err != nil {
			return nil, domain.E(op, domain.Denied, "data_dir.unwritable", domain.Args{"Path": p.dir}, err)
		}
		if got {
			return listen(lock, path, p), nil
		}
		if err = askToRaise(path, p); err == nil {
			return nil, lock.Close()
		}
		select {
		case <-ctx.Done():
			return nil, domain.E(op, domain.Conflict, "app.data_in_use", domain.Args{"Path": p.dir}, errors.Join(err, lock.Close()))
		case <-time.After(askAgain):
		}
	}
}

// listen makes the claim known to other starts, where that can be done.
func listen(lock *flock.Flock, path string, p claimParams) *instance {
	i := &instance{lock: lock, params: p}
	ctx, ending := context.WithCancel(context.Background())
	i.ended, i.ending = ctx.Done(), ending
	if len(path) > longestSocketPath {
		return i // a second start is then told that the folder is in use
	}
	// What lies there was left by a process that died: we hold the lock.
	_ = os.Remove(path)
	l, err := net.Listen("unix", path) //nolint:noctx // it lives as long as the process
	if err != nil {
		return i // the window matters more than being raised
	}
	i.listener = l
	// The folder keeps others out; the diagnostics want it of each file too.
	_ = os.Chmod(path, 0o600)
	go i.serve()
	return i
}

// onRaise says what to do when another start asks for the window, and on which
// goroutine. raise takes files to open and says whether the window is there to
// stay.
func (i *instance) onRaise(dispatch kit.Dispatch, raise func(files []string) bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.dispatch, i.raise = dispatch, raise
}

func (i *instance) serve() {
	for {
		c, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		go i.answer(c)
	}
}

func (i *instance) answer(c net.Conn) {
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(deadline(i.params.answer))
	line, err := bufio.NewReader(io.LimitReader(c, mostAsked)).ReadString('\n')
	asked, ok := strings.CutPrefix(line, raiseWord)
	if err != nil || !ok {
		return
	}
	if files, err := readPaths(asked); err == nil && i.show(files) {
		_ = c.SetDeadline(deadline(i.params.answer)) // showing took time, and who is not told asks again
		_, _ = io.WriteString(c, raisedWord)
	}
}

// show says whether the window was raised. The event loop may be busy, or may
// have ended and drop what it is given.
func (i *instance) show(files []string) bool {
	i.mu.Lock()
	dispatch, raise := i.dispatch, i.raise
	i.mu.Unlock()
	if raise == nil {
		return false
	}
	raised := make(chan bool, 1)
	var settled atomic.Bool // what was given up is not done later: it is asked for again
	dispatch(func() {
		if settled.CompareAndSwap(false, true) {
			raised <- raise(files)
		}
	})
	select {
	case ok := <-raised:
		return ok
	case <-i.ended:
	case <-time.After(i.params.answer):
	}
	if settled.CompareAndSwap(false, true) {
		return false
	}
	return <-raised
}

// writePaths and readPaths hand paths over as they are: on Linux a name is any
// bytes, and JSON has texts only.
func writePaths(paths []string) (string, error) {
	raw := make([][]byte, len(paths))
	for i, path := range paths {
		raw[i] = []byte(path)
	}
	text, err := json.Marshal(raw)
	return string(text), err
}

func readPaths(text string) ([]string, error) {
	var raw [][]byte
	err := json.Unmarshal([]byte(text), &raw)
	paths := make([]string, len(raw))
	for i, path := range raw {
		paths[i] = string(path)
	}
	return paths, err
}

// askToRaise fails where the other process does not say that it raised its
// window.
func askToRaise(path string, p claimParams) error {
	asked, err := writePaths(p.files)
	if err != nil {
		return err
	}
	c, err := net.DialTimeout("unix", path, p.answer) //nolint:noctx // bounded by the time
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if err := c.SetDeadline(deadline(2 * p.answer)); err != nil {
		return err
	}
	if _, err := io.WriteString(c, raiseWord+asked+"\n"); err != nil {
		return err
	}
	word, err := bufio.NewReader(io.LimitReader(c, 64)).ReadString('\n')
	if err == nil && word != raisedWord {
		err = errors.New("an answer that is none")
	}
	return err
}

// hush is called when no window will be raised any more. The folder stays
// claimed until close.
func (i *instance) hush() {
	i.ending()
	if i.listener != nil {
		_ = i.listener.Close() // removes the socket too
	}
}

// close gives the folder back.
func (i *instance) close() {
	i.hush()
	_ = i.lock.Unlock()
}
