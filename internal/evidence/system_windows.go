package evidence

import "syscall"

// openFlags: Lstat has told links before.
const openFlags = 0

// Codes of Windows that package syscall does not name
// (https://learn.microsoft.com/windows/win32/debug/system-error-codes).
const (
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

func isDiskFull(e syscall.Errno) bool { return e == errorHandleDiskFull || e == errorDiskFull }

// syncFolder: folders cannot be brought to the disk there.
func syncFolder(string) error { return nil }
