package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"quietline/internal/diagnosis"
	"quietline/internal/platform"
)

// deadline is when the other side has to have answered.
func deadline(patience time.Duration) time.Time { return platform.Clock{}.Now().Add(patience) }

// crashes is the file into which the Go runtime writes when the process dies
// of a fault, whichever goroutine it is in.
type crashes struct {
	path string
	file *os.File
}

// watched does the work with the runtime writing into the file where it dies.
// crashed is the path of the report about how an earlier run died, or empty.
func watched(dir string, work func(crashed string) error) error {
	c, crashed := watchCrashes(dir)
	err := work(crashed)
	c.close(err == nil) // not deferred: a panic on its way up has to find the file
	return err
}

// watchCrashes opens the file and gives the path of the report about what the
// last run left, or an empty one. Without a file the program works as well.
func watchCrashes(dir string) (c *crashes, last string) {
	c = &crashes{path: filepath.Join(dir, diagnosis.CrashFile)}
	last = keepCrash(dir)
	file, err := os.OpenFile(c.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return c, last
	}
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		_ = file.Close()
		return c, last
	}
	c.file = file
	return c, last
}

// keepCrash makes a report of what the runtime wrote, which may hold what the
// program was working on, and empties that.
func keepCrash(dir string) (report string) {
	raw := filepath.Join(dir, diagnosis.CrashFile)
	info, err := os.Stat(raw)
	if err != nil || info.Size() == 0 {
		return ""
	}
	report = filepath.Join(dir, diagnosis.LastCrashFile)
	data, err := os.ReadFile(raw) //nolint:gosec // in the data folder
	if err != nil {
		return ""
	}
	head := diagnosis.Program().String() + "\n" + info.ModTime().UTC().Format(time.RFC3339) + "\n\n"
	_ = os.Remove(report) // its mode may be another
	if os.WriteFile(report, []byte(head+diagnosis.Stack(data)), 0o600) != nil {
		return ""
	}
	return report
}

// close removes the file where the program ended well.
func (c *crashes) close(well bool) {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	if c.file == nil {
		return
	}
	_ = c.file.Close()
	if well {
		_ = os.Remove(c.path)
	}
}
