package custody

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	// workPrefix begins the folders in which things are prepared, or kept until
	// others have taken their place. They are ours whatever is in them.
	workPrefix = ".custody-"
	// planFile says what is being replaced. It is there from the first file that
	// is moved to the last.
	planFile = ".custody.json"
)

// plan is a replacement of files under way.
type plan struct {
	// Aside is the folder that takes what was there, Staged the one with what
	// comes; both are in the data directory.
	Aside  string `json:"aside"`
	Staged string `json:"staged"`
	// Items are the names that are replaced, Come those of them that lie in
	// Staged at the beginning.
	Items []string `json:"items"`
	Come  []string `json:"come"`
	// Then are names in the data directory that go once all is in its place.
	Then []string `json:"then"`
	// Evidence are the digests of files of evidence that go too.
	Evidence []string `json:"evidence"`
	// Shown says that copies of evidence that were shown, and half-written ones, go
	// too.
	Shown bool `json:"shown"`
	// Done says that everything is in its place.
	Done bool `json:"done"`
}

// mover moves files; tests let it fail.
type mover func(from, to string) error

// carry does the plan. settle is called with all in its place, while there is a
// way back still; nil for nothing. Where carry fails, everything is as it was. What
// is left to do then is finish's.
func (p plan) carry(dir string, move mover, settle func() error) error {
	for _, item := range p.Items {
		if there(filepath.Join(dir, p.Staged, item)) {
			p.Come = append(p.Come, item)
		}
	}
	if err := p.write(dir); err != nil {
		return err
	}
	err := p.swap(dir, move)
	if err == nil && settle != nil {
		err = settle()
	}
	if err == nil {
		p.Done = true
		err = p.write(dir)
	}
	if err != nil {
		return errors.Join(err, p.undo(dir))
	}
	return nil
}

func (p plan) swap(dir string, move mover) error {
	for _, item := range p.Items {
		if err := moveIfThere(filepath.Join(dir, item), filepath.Join(dir, p.Aside, item), move); err != nil {
			return err
		}
		if err := moveIfThere(filepath.Join(dir, p.Staged, item), filepath.Join(dir, item), move); err != nil {
			return err
		}
	}
	return syncDir(dir)
}

// undo puts back what was moved aside, however far it came. What stands in its
// place came out of the staged folder and is not needed.
func (p plan) undo(dir string) error {
	var errs []error
	for _, item := range p.Items {
		kept, place := filepath.Join(dir, p.Aside, item), filepath.Join(dir, item)
		switch {
		case there(kept):
			errs = append(errs, os.RemoveAll(place), os.Rename(kept, place))
		case slices.Contains(p.Come, item) && !there(filepath.Join(dir, p.Staged, item)):
			errs = append(errs, os.RemoveAll(place))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err // the plan stays, and with it what was kept
	}
	errs = append(errs, os.Remove(filepath.Join(dir, planFile)), shredAll(filepath.Join(dir, p.Staged)), os.Remove(filepath.Join(dir, p.Aside)))
	return errors.Join(errs...)
}

// finish removes what is no longer needed. What cannot be removed now is tried
// again at the next start.
func (p plan) finish(dir string) error {
	errs := []error{shredAll(filepath.Join(dir, p.Staged))}
	for _, name := range p.Then {
		errs = append(errs, shredAll(filepath.Join(dir, name)))
	}
	errs = append(errs, dropEvidence(dir, p.Evidence, p.Shown))
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, planFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncDir(dir)
}

func (p plan) write(dir string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, planFile), text)
}

// recoverFiles ends what a program that died has left half done: a replacement
// that was not complete is undone, one that was is finished, and what was being
// prepared goes, but for what is called keep. It is called with the workspace to itself.
func recoverFiles(dir, keep string) error {
	text, err := os.ReadFile(filepath.Join(dir, planFile)) //nolint:gosec // our own file
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return unwritable("custody.recover", dir, err)
	default:
		var p plan
		switch {
		case json.Unmarshal(text, &p) != nil || !p.within():
			// It was never written whole, so nothing was moved.
			err = os.Remove(filepath.Join(dir, planFile))
		case p.Done:
			err = p.finish(dir)
		default:
			err = p.undo(dir)
		}
		if err != nil {
			return unwritable("custody.recover", dir, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil //nolint:nilerr // opening the database says what is wrong
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), workPrefix) && e.Name() != keep {
			_ = shredAll(filepath.Join(dir, e.Name())) // the next start tries again
		}
	}
	return nil
}

// within says whether the plan names nothing outside of the folder.
func (p plan) within() bool {
	for _, names := range [][]string{{p.Aside, p.Staged}, p.Items, p.Come, p.Then} {
		for _, n := range names {
			if n == "" || n == "." || n == ".." || strings.ContainsAny(n, `/\:`) {
				return false
			}
		}
	}
	return true
}

func moveIfThere(from, to string, move mover) error {
	if !there(from) {
		return nil
	}
	return move(from, to)
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// writeWhole writes a file that is there whole or not at all.
func writeWhole(path string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), workPrefix+"*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(text)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
