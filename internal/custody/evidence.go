package custody

import (
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// shownFolder is where, in the folder of evidence, copies lie that another
// program shows.
const shownFolder = "open"

// digestIn finds the digest in the name of a file of evidence, in small letters;
// empty where there is none.
func digestIn(name string) string {
	return regexp.MustCompile("[0-9a-f]{64}").FindString(strings.ToLower(name))
}

// filesOf walks the folder of evidence; one that is not there has no files.
func filesOf(dir string, each func(path string, d fs.DirEntry) error) error {
	return filepath.WalkDir(filepath.Join(dir, EvidenceFolder), func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || d.IsDir():
			return err
		}
		return each(path, d)
	})
}

// unneeded gives the digests of the files that no complaint needs: they were
// added to a form that was never kept, or to a draft that was removed, and whose
// they were nobody knows any more.
func (s *Service) unneeded(needed []string) []string {
	var out []string
	_ = filesOf(s.p.Dir, func(_ string, d fs.DirEntry) error { // what cannot be read now, cannot be removed later
		if digest := digestIn(d.Name()); digest != "" && !slices.Contains(needed, digest) {
			out = append(out, digest)
		}
		return nil
	})
	return out
}

// dropEvidence removes the files of evidence with these digests, whatever stands
// before or behind the digest in their names; and, where shown is true, copies
// that were shown and half-written files.
func dropEvidence(dir string, digests []string, shown bool) error {
	if len(digests) == 0 && !shown {
		return nil
	}
	gone := map[string]bool{}
	for _, digest := range digests {
		if len(digest) == 64 {
			gone[strings.ToLower(digest)] = true
		}
	}
	var errs []error
	err := filesOf(dir, func(path string, d fs.DirEntry) error {
		draft := strings.HasPrefix(d.Name(), ".") && d.Name() != ".lock"
		if gone[digestIn(d.Name())] || shown && (draft || filepath.Base(filepath.Dir(path)) == shownFolder) {
			errs = append(errs, Shred(path))
		}
		return nil
	})
	return errors.Join(append(errs, err)...)
}
