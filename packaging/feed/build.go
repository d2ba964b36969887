package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"aead.dev/minisign"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

// tool is the command with all that it takes from outside.
type tool struct {
	in        io.Reader
	out, errs io.Writer
	getenv    func(string) string
	// shipped is the registry folder that comes with the programs.
	shipped fs.FS
	// advice is the table that comes with them.
	advice []byte
	// encrypt protects a new key; tests replace it, as it takes 1 GiB.
	encrypt func(password string, key minisign.PrivateKey) ([]byte, error)
}

type buildParams struct {
	codes, notes string
	// advice is empty for a list without a table of advice.
	advice             string
	version, date, key string
	out                string
}

// build signs a list and writes its files. What the programs would not
// load, or not take for newer than what they come with, is not signed.
func (t *tool) build(p buildParams) error {
	codes, err := readTable(p.codes)
	if err != nil {
		return err
	}
	notes, err := readTable(p.notes)
	if err != nil {
		return err
	}
	shipped, err := registry.Load(t.shipped)
	if err != nil {
		return err
	}
	known, err := t.readAdvice(p.advice)
	if err != nil {
		return err
	}
	manifest, list, err := registry.BuildFeed(registry.FeedParams{
		Embedded: t.shipped, Version: p.version, Date: p.date, Codes: codes, Notes: notes, Advice: known.data,
	})
	if err != nil {
		return err
	}
	if registry.CompareVersions(p.version, shipped.Info().Version) <= 0 {
		return fmt.Errorf("version %s is not newer than the shipped list, %s: no program would take it", p.version, shipped.Info().Version)
	}
	key, err := t.unlock(p.key)
	if err != nil {
		return err
	}
	sig, err := registry.SignManifest(manifest, key)
	if err != nil {
		return err
	}
	public := publicLine(key)
	m, err := registry.VerifyManifest(manifest, sig, public)
	if err != nil {
		return err
	}
	t.report(shipped, list)
	t.reportAdvice(known.changes)
	if err := os.MkdirAll(p.out, 0o755); err != nil { //nolint:gosec // it is for publishing
		return err
	}
	type file struct {
		name string
		data []byte
	}
	files := []file{{m.Codes.Name, codes}, {m.Notes.Name, notes}}
	if m.HasAdvice() {
		files = append(files, file{m.Advice.Name, known.data})
	}
	// The manifest comes last: with it, the list is there.
	files = append(files, file{registry.ManifestFile + registry.SignatureEnd, sig}, file{registry.ManifestFile, manifest})
	for _, f := range files {
		if err := replace(filepath.Join(p.out, f.name), f.data); err != nil {
			return err
		}
	}
	fmt.Fprintf(t.out, "signed %s in %s; public key:\n%s\n", p.version, p.out, public)
	return nil
}

// readTable reads a table; one byte more than a table may have is enough to
// refuse it.
func readTable(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the maintainer names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(io.LimitReader(f, registry.MaxTable+1))
}

// report prints what the list changes, to be looked at before it is published.
func (t *tool) report(shipped, list *registry.Snapshot) {
	added, changed, removed := registry.Diff(shipped, list)
	for _, part := range []struct {
		mark    string
		changes []domain.RegistryChange
	}{{"+", added}, {"~", changed}, {"-", removed}} {
		for _, c := range part.changes {
			fmt.Fprintf(t.out, "%s %s %s: %s\n", part.mark, c.Code, scopeOf(c), difference(c))
		}
	}
	fmt.Fprintf(t.out, "%s to %s: %d rows, %d added, %d changed, %d removed\n",
		shipped.Info().Version, list.Info().Version, list.Info().Entries, len(added), len(changed), len(removed))
}

func scopeOf(c domain.RegistryChange) string {
	if c.Scope == "" {
		return "(no scope)"
	}
	return c.Scope
}

// difference names the holder, and of a changed one what differs.
func difference(c domain.RegistryChange) string {
	switch {
	case c.Before == nil:
		return c.After.NameZH
	case c.After == nil:
		return c.Before.NameZH
	}
	text := c.After.NameZH
	for _, f := range []struct{ what, before, after string }{
		{"name", c.Before.NameZH, c.After.NameZH},
		{"English name", c.Before.NameEN, c.After.NameEN},
		{"category", c.Before.Category, c.After.Category},
		{"source", c.Before.Source, c.After.Source},
		{"confidence", c.Before.Confidence, c.After.Confidence},
		{"note", c.Before.Note, c.After.Note},
	} {
		if f.before != f.after {
			text += fmt.Sprintf("; %s %q, was %q", f.what, f.after, f.before)
		}
	}
	return text
}

// replace writes a file so that it is there whole or as it was.
func replace(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".feed-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone where it was renamed
	_, werr := tmp.Write(data)
	if err := errors.Join(werr, tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
