package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"quietline/internal/domain"
)

// The files by which the windows on one data folder know of each other. The
// folder has mode 0700, so that nobody else can reach the socket. quietctl
// does not take part: any number of processes may work on the database, only a
// second window would confuse.
const (
	lockFile   = "quietline.lock"
	socketFile = "instance.sock"
)

// raiseWord asks the first window to come to the front.
const raiseWord = "raise\n"

// answerTime bounds how long the other window is waited for.
const answerTime = 3 * time.Second

// longestSocketPath is what every system's socket address holds (104 bytes on
// macOS, 108 elsewhere).
const longestSocketPath = 100

// instance is the claim of this process on the data folder.
type instance struct {
	lock     *flock.Flock
	listener net.Listener
	mu       sync.Mutex
	raise    func()
}

// claim makes this process the one with the window on the folder. If another
// one is, it asks that one to show its window and returns nil without an
// error; if it does not answer, it fails with Conflict "app.data_in_use".
func claim(dir string) (*instance, error) {
	const op = "quietline.claim"
	lock := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	if err != nil {
		return nil, domain.E(op, domain.Denied, "data_dir.unwritable", domain.Args{"Path": dir}, err)
	}
	path := filepath.Join(dir, socketFile)
	if !got {
		if err := askToRaise(path); err != nil {
			return nil, domain.E(op, domain.Conflict, "app.data_in_use", domain.Args{"Path": dir}, err)
		}
		return nil, nil
	}
	i := &instance{lock: lock}
	if len(path) > longestSocketPath {
		return i, nil // a second start is then told that the folder is in use
	}
	// What lies there was left by a process that died: we hold the lock.
	_ = os.Remove(path)
	if i.listener, err = net.Listen("unix", path); err != nil { //nolint:noctx // it lives as long as the process
		i.listener = nil
		return i, nil //nolint:nilerr // the window matters more than being raised
	}
	// The folder keeps others out; the diagnostics want it of each file too.
	_ = os.Chmod(path, 0o600)
	go i.serve()
	return i, nil
}

// onRaise says what to do when another start asks for the window.
func (i *instance) onRaise(f func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.raise = f
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
	_ = c.SetDeadline(deadline())
	line, err := bufio.NewReader(io.LimitReader(c, 64)).ReadString('\n')
	if err != nil || line != raiseWord {
		return
	}
	i.mu.Lock()
	raise := i.raise
	i.mu.Unlock()
	if raise != nil {
		raise()
	}
	_, _ = io.WriteString(c, "ok\n")
}

func askToRaise(path string) error {
	c, err := net.DialTimeout("unix", path, answerTime) //nolint:noctx // bounded by the time
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if err := c.SetDeadline(deadline()); err != nil {
		return err
	}
	if _, err := io.WriteString(c, raiseWord); err != nil {
		return err
	}
	_, err = bufio.NewReader(io.LimitReader(c, 64)).ReadString('\n')
	return err
}

// close gives the folder back.
func (i *instance) close() {
	if i.listener != nil {
		_ = i.listener.Close() // removes the socket too
	}
	_ = i.lock.Unlock()
}
