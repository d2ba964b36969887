// Package platform is where the program meets the machine: the wall clock,
// randomness, the data directory, the version it was built as.
package platform

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/google/uuid"

	"quietline/internal/domain"
)

// Clock is the wall clock.
type Clock struct{}

// Now is the current instant.
func (Clock) Now() time.Time { return time.Now() }

// Source is the machine's randomness.
type Source struct{}

// UUID is a new random UUID.
func (Source) UUID() string { return uuid.NewString() }

// Float64 is a number in [0, 1).
func (Source) Float64() float64 { return rand.Float64() }

// DataDirEnv names the environment variable that overrides the data directory.
const DataDirEnv = "QUIETLINE_DATA_DIR"

// DataDir is where the data lives: flag, else DataDirEnv, else the place that
// the platform keeps for an application's data of one user. The result is
// absolute; nothing is created. Fails with Unavailable "data_dir.unknown"
// where the user has no home directory.
func DataDir(flag string) (string, error) {
	const op = "platform.DataDir"
	dir := flag
	if dir == "" {
		dir = os.Getenv(DataDirEnv)
	}
	if dir == "" {
		base, err := userDataDir()
		if err != nil {
			return "", domain.E(op, domain.Unavailable, "data_dir.unknown", nil, err)
		}
		dir = base
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", domain.E(op, domain.Unavailable, "data_dir.unknown", nil, err)
	}
	return abs, nil
}

func userDataDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Quietline"), nil
		}
	case "darwin":
	default:
		// XDG base directory specification: an entry that is not absolute is
		// to be ignored.
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "quietline"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(home, "AppData", "Local", "Quietline"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Quietline"), nil
	default:
		return filepath.Join(home, ".local", "share", "quietline"), nil
	}
}

// databaseFile and databaseMark tell a folder of ours: workspace.DatabaseFile,
// with the store's application ID at byte 68.
const (
	databaseFile = "quietline.db"
	databaseMark = "QLIN"
)

// MakeDataDir creates the data directory with mode 0700, or tightens one that
// others may look into, if it is ours alone: empty, or with our database. Any
// other one keeps its mode, for closing it could lock others out of their
// files, and is refused. Fails with Denied "data_dir.unwritable", or Invalid
// "data_dir.not_directory" or "data_dir.shared".
func MakeDataDir(dir string) error {
	const op = "platform.MakeDataDir"
	args := domain.Args{"Path": dir}
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		err = os.MkdirAll(dir, 0o700)
	case err == nil && !info.IsDir():
		return domain.E(op, domain.Invalid, "data_dir.not_directory", args, nil)
	case err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		var own bool
		if own, err = ours(dir, info); err == nil && !own {
			// Another start may have closed the folder and begun to fill it.
			if now, err := os.Stat(dir); err == nil && now.Mode().Perm()&0o077 == 0 {
				return nil
			}
			return domain.E(op, domain.Invalid, "data_dir.shared", args, nil)
		}
		if err == nil {
			err = os.Chmod(dir, 0o700)
		}
	}
	if err != nil {
		return domain.E(op, domain.Denied, "data_dir.unwritable", args, err)
	}
	return nil
}

// ours says whether nobody else has use for the folder. One with the sticky
// bit, like /tmp, is made for everybody, whatever lies in it.
func ours(dir string, info fs.FileInfo) (bool, error) {
	if info.Mode()&fs.ModeSticky != 0 {
		return false, nil
	}
	f, err := os.Open(dir) //nolint:gosec // the user names the folder
	if err != nil {
		return false, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	_, err = f.Readdirnames(1)
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	return err == nil && ourDatabase(filepath.Join(dir, databaseFile)), err
}

func ourDatabase(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false // opening a pipe would wait for its other end
	}
	f, err := os.Open(path) //nolint:gosec // in the folder that the user names
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	mark := make([]byte, len(databaseMark))
	_, err = f.ReadAt(mark, 68)
	return err == nil && string(mark) == databaseMark
}
