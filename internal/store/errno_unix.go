//go:build unix

package store

import "syscall"

func isDiskFull(e syscall.Errno) bool { return e == syscall.ENOSPC || e == syscall.EDQUOT }

func isReadOnlyDisk(e syscall.Errno) bool { return e == syscall.EROFS }
