// Package digest shows what a person's week was like, to read, copy, save and
// print, in the words that quietctl digest has too.
package digest

import (
	"context"
	"strings"
	"unicode"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/task"
)

// Lookout makes digests.
type Lookout interface {
	DigestOf(ctx context.Context, person domain.PersonID, week lookout.Week) (insight.Digest, error)
	ThisWeek() lookout.Week
	LastWeek() lookout.Week
}

// Format is what kind of file a digest is saved as.
type Format string

// The formats; each is the ending of its files too.
const (
	PDF  Format = ".pdf"
	Text Format = ".txt"
)

// Files writes digests. A file is the user's alone and appears when it is whole.
type Files interface {
	Save(ctx context.Context, path string, f Format, d report.Document) error
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Lookout Lookout
	Files   Files
	Person  domain.Person
	// Words puts a digest into the language of the moment.
	Words func(d insight.Digest, week lookout.Week) report.Document
	// Run is for reading; it may be cancelled when the digest is closed. Write
	// goes on.
	Run, Write task.Runner
	// Changed is called after what is shown changed; Failed hears why something
	// that the user asked for did not work.
	Changed func()
	Failed  func(error)
}

// Model is a week of a person. It is used on one goroutine only.
type Model struct {
	p    ModelParams
	week lookout.Week
	doc  report.Document
	// ready says that doc is that of the week.
	ready bool
	fault error
	saved string
	kind  Format
	loads int // counts loads; the answer of an older one is dropped
}

// NewModel makes a Model of the last week that is over.
func NewModel(p ModelParams) *Model { return &Model{p: p, week: p.Lookout.LastWeek()} }

// Week is the week that is shown, or being read.
func (m *Model) Week() lookout.Week { return m.week }

// Document is the digest; ok is false while it is being read or could not be.
func (m *Model) Document() (d report.Document, ok bool) { return m.doc, m.ready }

// Fault is why there is no digest, nil where there is one or may be soon.
func (m *Model) Fault() error { return m.fault }

// Saved is the file that this digest was saved in last, empty for none.
func (m *Model) Saved() (path string, f Format) { return m.saved, m.kind }

// Earlier says whether there can be calls in the week before.
func (m *Model) Earlier() bool { return !m.week.First() }

// Later says whether the week after has begun.
func (m *Model) Later() bool { return m.week != m.p.Lookout.ThisWeek() }

// Step goes so many weeks on, or back, where there are any.
func (m *Model) Step(weeks int) {
	if weeks > 0 && m.Later() || weeks < 0 && m.Earlier() {
		m.GoTo(m.week.Plus(weeks))
	}
}

// GoTo shows another week.
func (m *Model) GoTo(w lookout.Week) {
	m.week = w
	m.Load()
}

// Load reads the week.
func (m *Model) Load() {
	m.loads++
	load, week := m.loads, m.week
	m.ready, m.fault, m.saved = false, nil, ""
	m.p.Changed()
	var got insight.Digest
	m.p.Run(func(ctx context.Context) (err error) {
		got, err = m.p.Lookout.DigestOf(ctx, m.p.Person.ID, week)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		if m.fault = err; err == nil {
			m.doc, m.ready = m.p.Words(got, week), true
		}
		m.p.Changed()
	})
}

// Save writes the digest that is shown.
func (m *Model) Save(path string, f Format) {
	if !m.ready {
		return
	}
	doc, load := m.doc, m.loads
	m.p.Write(func(ctx context.Context) error { return m.p.Files.Save(ctx, path, f, doc) }, func(err error) {
		switch {
		case err != nil:
			m.p.Failed(err)
		case load == m.loads:
			m.saved, m.kind = path, f
			m.p.Changed()
		}
	})
}

// FileName is the name of a file for the digest of somebody's week: their name
// as far as every system takes it.
func FileName(name string, week lookout.Week, f Format) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, domain.Clip(name, mostName))
	return strings.Trim(kept, "-") + "-" + week.String() + string(f)
}

// mostName is how many characters of a name go into that of a file.
const mostName = 30
