package custody

import (
	"archive/tar"
	"bytes"
	"io"
	"os"
)

// sealedBegin begins every file that age has encrypted.
const sealedBegin = "age-encryption.org/v1\n"

// IsBackup says by its beginning whether a file is a backup, sealed or not. What
// else age has encrypted counts as one, for only its passphrase would tell.
func IsBackup(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	if i, err := f.Stat(); err != nil || !i.Mode().IsRegular() {
		return false
	}
	// The mark stands behind at most a header of PAX and its records.
	begin, err := io.ReadAll(io.LimitReader(f, 4*512))
	if err != nil {
		return false
	}
	if bytes.HasPrefix(begin, []byte(sealedBegin)) {
		return true
	}
	h, err := tar.NewReader(bytes.NewReader(begin)).Next()
	return err == nil && h.Name == markMember
}
