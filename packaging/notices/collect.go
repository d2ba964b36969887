package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// listed is a package as `go list -json` tells of it.
type listed struct {
	ImportPath string
	Dir, Root  string
	Standard   bool
	Imports    []string
	EmbedFiles []string
	CgoFiles   []string
	Module     *struct {
		Path, Version, Dir, Sum string
		Main                    bool
		Replace                 *struct{ Path string }
	}
}

// text is a file with a licence.
type text struct{ name, body string }

// part is one thing that is linked or embedded: a Go module, the standard
// library, or what a module brings along and others have made.
type part struct {
	name, version string
	// main is the program itself; foreign is what is no Go module.
	main, foreign bool
	dir           string
	// sum is the module's checksum as go.sum has it.
	sum   string
	texts []text
	// licence is the SPDX expression of all its texts.
	licence string
	// uses names the parts it needs.
	uses []string
}

// stdlib is what the standard library is called among the parts.
const stdlib = "std"

// collect reads a list of packages and gives their parts by name.
func collect(list io.Reader, golang string) ([]*part, error) {
	packages, err := decode(list)
	if err != nil {
		return nil, err
	}
	parts := map[string]*part{}
	owner := map[string]*part{} // of a package
	for _, p := range packages {
		found, err := newPart(p, golang)
		if err != nil {
			return nil, err
		}
		if parts[found.name] == nil {
			parts[found.name] = found
		}
		owner[p.ImportPath] = parts[found.name]
		if err := parts[found.name].read(p); err != nil {
			return nil, err
		}
	}
	for _, p := range packages {
		for _, i := range p.Imports {
			owner[p.ImportPath].need(owner[i])
		}
	}
	for _, b := range bundles {
		if m := parts[b.module]; m != nil {
			brought, err := b.part(m)
			if err != nil {
				return nil, err
			}
			parts[brought.name] = brought
			m.need(brought)
		}
	}
	return finish(parts)
}

// decode reads packages until the end.
func decode(list io.Reader) ([]listed, error) {
	var packages []listed
	for d := json.NewDecoder(list); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the list of packages: %w", err)
		}
		packages = append(packages, p)
	}
	if len(packages) == 0 {
		return nil, errors.New("the list of packages is empty")
	}
	return packages, nil
}

func newPart(p listed, golang string) (*part, error) {
	switch m := p.Module; {
	case p.Standard:
		return &part{name: stdlib, version: strings.TrimPrefix(golang, "go"), dir: p.Root}, nil
	case m == nil:
		return nil, fmt.Errorf("%s is of no module", p.ImportPath)
	case m.Replace != nil:
		return nil, fmt.Errorf("%s is replaced by %s; the licence would be that of something else", m.Path, m.Replace.Path)
	default:
		return &part{name: m.Path, version: m.Version, main: m.Main, dir: m.Dir, sum: m.Sum}, nil
	}
}

// need notes that the part uses another one.
func (p *part) need(other *part) {
	if other != nil && other != p && !slices.Contains(p.uses, other.name) {
		p.uses = append(p.uses, other.name)
	}
}

// read takes in the licences that hold for a package: those beside it, beside
// the files it embeds and above both; with C, those of the folders below too,
// for C includes what it wants.
func (p *part) read(l listed) error {
	dirs := []string{l.Dir}
	for _, e := range l.EmbedFiles {
		dirs = append(dirs, filepath.Dir(filepath.Join(l.Dir, e)))
	}
	if len(l.CgoFiles) > 0 && !l.Standard {
		err := filepath.WalkDir(l.Dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				dirs = append(dirs, path)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, dir := range dirs {
		for within(p.dir, dir) {
			if err := p.readDir(dir); err != nil {
				return err
			}
			dir = filepath.Dir(dir)
		}
	}
	return nil
}

func within(root, dir string) bool {
	return root != "" && (dir == root || strings.HasPrefix(dir, root+string(filepath.Separator)))
}

// readDir takes in the licences of one folder, each once.
func (p *part) readDir(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !isLicence(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		name, err := filepath.Rel(p.dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if slices.ContainsFunc(p.texts, func(t text) bool { return t.name == name }) {
			continue
		}
		body, err := os.ReadFile(path) //nolint:gosec // of a module
		if err != nil {
			return err
		}
		p.texts = append(p.texts, text{name, tidy(string(body))})
	}
	return nil
}

// tidy is a text with the line ends and spaces of this system.
func tidy(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// finish names the licences and puts everything in order.
func finish(parts map[string]*part) ([]*part, error) {
	out := make([]*part, 0, len(parts))
	var faults []error
	for _, p := range parts {
		slices.SortFunc(p.texts, func(a, b text) int {
			// The licence of the whole comes before those of its folders.
			if d := strings.Count(a.name, "/") - strings.Count(b.name, "/"); d != 0 {
				return d
			}
			return strings.Compare(a.name, b.name)
		})
		slices.Sort(p.uses)
		var err error
		if p.licence, err = expression(p.texts); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p.name, err))
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *part) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return out, errors.Join(faults...)
}
