package platform_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/workspace"
)

func nothing(*testing.T, string) {}

// open makes a workspace there.
func open(t *testing.T, dir string) {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.English})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func file(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("text ", 40)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMakeDataDir(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder has no mode there")
	}
	const absent fs.FileMode = 0
	const shared = "data_dir.shared"
	for name, tc := range map[string]struct {
		mode fs.FileMode
		fill func(t *testing.T, dir string)
		key  string
		want fs.FileMode
	}{
		"new":                           {absent, nothing, "", 0o700},
		"empty":                         {0o755, nothing, "", 0o700},
		"ours":                          {0o700, open, "", 0o700},
		"ours, opened":                  {0o755, open, "", 0o700},
		"with a letter":                 {0o755, file("letter.txt"), shared, 0o755},
		"with a letter, for a group":    {0o750, file("letter.txt"), shared, 0o750},
		"with a letter, but private":    {0o700, file("letter.txt"), "", 0o700},
		"with another's database":       {0o755, file(workspace.DatabaseFile), shared, 0o755},
		"everybody's, like /tmp":        {0o777 | fs.ModeSticky, nothing, shared, 0o777 | fs.ModeSticky},
		"everybody's, but we are there": {0o777 | fs.ModeSticky, open, shared, 0o777 | fs.ModeSticky},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if tc.mode != absent {
				if err := os.Mkdir(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				tc.fill(t, dir)
				if err := os.Chmod(dir, tc.mode); err != nil {
					t.Fatal(err)
				}
			}
			// By way of a link, as of a folder on another disk.
			link := filepath.Join(filepath.Dir(dir), "link")
			if err := os.Symlink(dir, link); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{dir, link} {
				err := platform.MakeDataDir(path)
				if domain.KeyOf(err) != tc.key || err != nil && domain.KindOf(err) != domain.Invalid {
					t.Errorf("%s: %v, want %q", path, err, tc.key)
				}
				info, err := os.Stat(path)
				if err != nil {
					t.Fatal(err)
				}
				if got := info.Mode() &^ fs.ModeDir; got != tc.want {
					t.Errorf("%s: mode %v, want %v", path, got, tc.want)
				}
			}
		})
	}
}

func TestMakeDataDirOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := platform.MakeDataDir(path); domain.KeyOf(err) != "data_dir.not_directory" {
		t.Error(err)
	}
	if err := platform.MakeDataDir(filepath.Join(path, "below")); domain.KeyOf(err) != "data_dir.unwritable" {
		t.Error(err)
	}
}
