package watcher

import (
	"errors"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/fsnotify/fsnotify"

	"quietline/internal/folders"
)

// errNoHints says that the operating system would have to be asked about every
// single file: kqueue opens each, and a folder may hold thousands.
var errNoHints = errors.New("watcher: no cheap notifications on this system")

// Notifier hears from the operating system that something changed. It
// implements folders.Notifier; only its signal is safe for concurrent use.
type Notifier struct {
	fs      *fsnotify.Watcher
	changed chan struct{}
	done    chan struct{}
}

var _ folders.Notifier = (*Notifier)(nil)

// NewNotifier starts to listen, to nothing yet. It fails on systems other than
// Linux and Windows, and where the system has no more to give.
func NewNotifier() (*Notifier, error) {
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		return nil, errNoHints
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	n := &Notifier{fs: w, changed: make(chan struct{}, 1), done: make(chan struct{})}
	go n.listen()
	return n, nil
}

// listen turns events into the signal. Too many events at once are a reason to
// look as well.
func (n *Notifier) listen() {
	defer close(n.done)
	for {
		select {
		case e, ok := <-n.fs.Events:
			if !ok {
				return
			}
			if e.Op != fsnotify.Chmod && !folders.Ignored(filepath.Base(e.Name)) {
				n.signal()
			}
		case _, ok := <-n.fs.Errors:
			if !ok {
				return
			}
			n.signal()
		}
	}
}

func (n *Notifier) signal() {
	select {
	case n.changed <- struct{}{}:
	default: // nobody has looked since the last one
	}
}

// Watch sets the folders. One that is gone, or for which the system has no
// watch left, is tried again with the next call.
func (n *Notifier) Watch(dirs []string) {
	// The system drops what is gone, so it is asked what it still has.
	now := n.fs.WatchList()
	for _, d := range now {
		if !slices.Contains(dirs, d) {
			_ = n.fs.Remove(d) // gone meanwhile
		}
	}
	for _, d := range dirs {
		if !slices.Contains(now, d) {
			_ = n.fs.Add(d) // the slow scan is there for those
		}
	}
}

// Changed gets a value when something happened in a folder.
func (n *Notifier) Changed() <-chan struct{} { return n.changed }

// Close ends it.
func (n *Notifier) Close() error {
	err := n.fs.Close()
	<-n.done
	return err
}
