package platform

import (
	"runtime/debug"
	"time"
)

// What the linker sets (see the Makefile); it can set nothing but these.
//
//nolint:gochecknoglobals // the linker can set nothing else
var (
	version = "dev"
	commit  = ""
	date    = ""
)

// Version is the version the program was built as, "dev" for a plain build.
func Version() string { return version }

// Commit is the revision the program was built from, or empty.
func Commit() string {
	if commit != "" {
		return commit
	}
	return buildSetting("vcs.revision")
}

// Date is when that revision was made, as a day in UTC (2006-01-02), or empty.
// It is not the time of the build: the same sources give the same program.
func Date() string {
	for _, stamp := range []string{date, buildSetting("vcs.time")} {
		if t, err := time.Parse(time.RFC3339, stamp); err == nil {
			return t.UTC().Format(time.DateOnly)
		}
	}
	return ""
}

// buildSetting is what the go command wrote into the program under a key.
func buildSetting(key string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
