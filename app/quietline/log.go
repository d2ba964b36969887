package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"quietline/internal/diagnosis"
)

// The log is at most three files of so many megabytes.
const (
	logMegabytes = 2
	oldLogs      = 2
)

// openLog opens the log of the desktop program. It holds no number and no
// name: errors are logged by key and cause. Only the user reads it; a log that an
// older program or a restored folder left open to others is closed to them, since
// later files take over its mode.
func openLog(dir string) (log *slog.Logger, closeLog func()) {
	path := filepath.Join(dir, diagnosis.LogFile)
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
		_ = os.Chmod(path, 0o600) // the diagnostics say where that failed
	}
	out := &lumberjack.Logger{Filename: path, MaxSize: logMegabytes, MaxBackups: oldLogs}
	return slog.New(slog.NewTextHandler(out, nil)), func() { _ = out.Close() }
}
