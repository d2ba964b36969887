package watcher

// List is what the operating system listens to.
func (n *Notifier) List() []string { return n.fs.WatchList() }
