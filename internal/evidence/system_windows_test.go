package evidence_test

import "syscall"

func diskFull() error { return syscall.Errno(112) }
