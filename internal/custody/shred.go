package custody

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// Shred removes a file after it has been overwritten. A disk may keep older
// versions of what it stores where no program can reach them; what can be
// reached is gone. A file that is not there is no error.
func Shred(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().IsRegular() && info.Size() > 0:
		overwrite(path, info.Size())
	}
	return os.Remove(path)
}

// overwrite does what it can: that the file goes matters more.
func overwrite(path string, size int64) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // a file of the data directory
	if err != nil {
		return
	}
	_, _ = io.CopyN(f, zeros{}, size)
	_ = f.Sync()
	_ = f.Close()
}

// zeros reads as nothing but zeros.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// shredAll removes a file, or a folder with everything in it.
func shredAll(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return Shred(path)
	}
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		err = errors.Join(err, shredAll(path+string(os.PathSeparator)+e.Name()))
	}
	return errors.Join(err, os.Remove(path))
}
