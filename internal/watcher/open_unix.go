//go:build unix

package watcher

import "syscall"

// openFlags: a link that took the place of the file is not followed, and a pipe
// is not waited for.
const openFlags = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
