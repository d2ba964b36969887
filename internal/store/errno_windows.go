package store

import "syscall"

// Codes of Windows that package syscall does not name
// (https://learn.microsoft.com/windows/win32/debug/system-error-codes).
const (
	errorWriteProtect   = syscall.Errno(19)
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

func isDiskFull(e syscall.Errno) bool { return e == errorHandleDiskFull || e == errorDiskFull }

func isReadOnlyDisk(e syscall.Errno) bool { return e == errorWriteProtect }
