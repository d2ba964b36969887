package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// bundle is what a module brings along that others have made, so that the module's
// own licence does not speak of it.
type bundle struct {
	module, name string
	// texts are the files of the module with its licence; a C file has it in
	// its first comment.
	texts []string
	// versionFile tells the version, by its only group.
	versionFile string
	version     *regexp.Regexp
}

//nolint:gochecknoglobals // a table
var bundles = []bundle{
	{
		module: "github.com/mattn/go-sqlite3", name: "SQLite", texts: []string{"sqlite3-binding.h"},
		versionFile: "sqlite3-binding.h", version: regexp.MustCompile(`(?m)^#define SQLITE_VERSION\s+"([^"]+)"`),
	},
	{
		module: "github.com/go-gl/glfw/v3.4/glfw", name: "GLFW", texts: []string{"glfw/LICENSE.md"},
		versionFile: "GLFW_C_REVISION.txt", version: regexp.MustCompile(`^([0-9a-f]{40})`),
	},
	{
		module: "quietline", name: "Noto Sans SC (subset)", texts: []string{"assets/fonts/OFL.txt"},
		versionFile: "assets/fonts/README.md", version: regexp.MustCompile("noto-sans-sc` ([0-9.]+)"),
	},
}

// part takes the bundle out of the module that holds it.
func (b bundle) part(m *part) (*part, error) {
	p := &part{name: b.name, foreign: true, dir: m.dir}
	for _, name := range b.texts {
		body, err := os.ReadFile(filepath.Join(m.dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		t := text{name, tidy(string(body))}
		if strings.HasSuffix(name, ".h") || strings.HasSuffix(name, ".c") {
			if t.body, err = firstComment(t.body); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		p.texts = append(p.texts, t)
		m.drop(name)
	}
	body, err := os.ReadFile(filepath.Join(m.dir, filepath.FromSlash(b.versionFile)))
	if err != nil {
		return nil, err
	}
	found := b.version.FindSubmatch(body)
	if found == nil {
		return nil, fmt.Errorf("%s does not tell the version of %s", b.versionFile, b.name)
	}
	p.version = string(found[1])
	return p, nil
}

// drop takes a text away, which is that of another part.
func (p *part) drop(name string) {
	kept := p.texts[:0]
	for _, t := range p.texts {
		if t.name != name {
			kept = append(kept, t)
		}
	}
	p.texts = kept
}

// firstComment is the text of the first /* */ up to its line of asterisks.
func firstComment(source string) (string, error) {
	_, after, ok := strings.Cut(source, "/*\n")
	comment, _, end := strings.Cut(after, "\n*****")
	if !ok || !end {
		return "", fmt.Errorf("there is no comment with a licence at its beginning")
	}
	lines := strings.Split(comment, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimPrefix(line, "**"), " ")
	}
	return tidy(strings.Join(lines, "\n")), nil
}
