package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"

	"quietline/internal/platform"
)

// The files about the program itself, in the data folder.
const (
	logFile       = "quietline.log"
	crashFile     = "crash.txt"
	lastCrashFile = "crash-last.txt"
)

// deadline is when the other side has to have answered.
func deadline(patience time.Duration) time.Time { return platform.Clock{}.Now().Add(patience) }

// openLog opens the log of the desktop program. It holds no number and no
// name: errors are logged by key and cause.
func openLog(dir string) (log *slog.Logger, closeLog func()) {
	out := &lumberjack.Logger{Filename: filepath.Join(dir, logFile), MaxSize: 2, MaxBackups: 2}
	return slog.New(slog.NewTextHandler(out, nil)), func() { _ = out.Close() }
}

// crashes is the file into which the Go runtime writes when the process dies
// of a fault.
type crashes struct {
	path string
	file *os.File
}

// watchCrashes opens the file and gives the path of what the last run left, or
// an empty one. Without a file the program works as well.
func watchCrashes(dir string) (c *crashes, last string) {
	c = &crashes{path: filepath.Join(dir, crashFile)}
	if info, err := os.Stat(c.path); err == nil && info.Size() > 0 {
		kept := filepath.Join(dir, lastCrashFile)
		if os.Rename(c.path, kept) == nil {
			last = kept
		}
	}
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
