package main

import (
	"os"
	"syscall"
)

// peakMB is the most memory that a process held at once, in units of a million
// bytes. Linux counts in kibibytes, and counts what the parent held when it
// started the process, so it may be less.
func peakMB(p *os.ProcessState) float64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	const kibibyte, megabyte = 1 << 10, 1e6
	return float64(usage.Maxrss) * kibibyte / megabyte
}
