package evidence

import (
	"os"
	"path/filepath"

	"quietline/internal/domain"
)

// MediaType tells by its bytes what kind of evidence a file would be, empty for
// nothing that is taken. It fails with Denied "import.file_unreadable".
func MediaType(path string) (string, error) {
	const op = "evidence.MediaType"
	fail := func(err error) (string, error) {
		return "", domain.E(op, domain.Denied, "import.file_unreadable", domain.Args{"File": filepath.Base(path)}, err)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return fail(err) // opening a pipe would wait for its other end
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return fail(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	kind, err := sniff(f)
	if err != nil {
		return "", nil //nolint:nilerr // an empty file, for one, is nothing
	}
	return kind, nil
}
