//go:build unix

package lookout_test

import (
	"syscall"
	"time"
)

// cpu is how long this process has kept a processor busy.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
