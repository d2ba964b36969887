package diagnosis

import (
	"os"
	"regexp"
	"runtime"
	"strings"

	"quietline/internal/platform"
)

// The files about the program itself, in the data folder.
const (
	// LogFile is what happened. It holds no number and no name: errors are
	// logged by key and cause.
	LogFile = "quietline.log"
	// CrashFile is what the Go runtime writes when the process dies of a fault.
	// It may hold anything that the program was working on.
	CrashFile = "crash.txt"
	// LastCrashFile is what of it may be shown, of the last time.
	LastCrashFile = "crash-last.txt"
)

// About says which program runs on which kind of machine.
type About struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	// System is what the system calls itself, Desktop which desktop and which
	// kind of display there is; empty where that is not known.
	System  string `json:"system"`
	Desktop string `json:"desktop"`
}

// Program is About of this process.
func Program() About {
	desktop := strings.TrimSpace(plain(os.Getenv("XDG_CURRENT_DESKTOP")) + " " + plain(os.Getenv("XDG_SESSION_TYPE")))
	return About{
		Version: platform.Version(), Commit: platform.Commit(), Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, System: system("/etc/os-release"), Desktop: desktop,
	}
}

// String is one line.
func (a About) String() string {
	return "quietline " + a.Version + " " + a.Platform + " " + a.Go
}

var (
	prettyName = regexp.MustCompile(`(?m)^PRETTY_NAME="?([\w ./()+-]{1,80})"?$`)
	plainWord  = regexp.MustCompile(`^[A-Za-z:_-]{1,40}$`)
)

// system is the name in a file of the form of os-release(5).
func system(file string) string {
	data, err := os.ReadFile(file) //nolint:gosec // a fixed place
	if err != nil {
		return ""
	}
	m := prettyName.FindSubmatch(data)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// plain leaves out what is more than a word.
func plain(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return ""
}
