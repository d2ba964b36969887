// Package family is the Family page: the people whose calls are kept, what
// they are to the user, and whether the user may act for them.
package family

import (
	"context"
	"strings"
	"unicode"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/journal"
)

// Draft is what the form for a person holds.
type Draft struct {
	Name      string
	Relation  domain.Relation
	Authority domain.Authority
	// Province is the Chinese name of the province, or empty.
	Province string
	// Numbers are the person's own numbers as typed.
	Numbers []string
}

// People keeps the people (journal.Service, adapted).
type People interface {
	// People lists the present people, the owner first.
	People(ctx context.Context) ([]domain.Person, error)
	// Add stores a new person.
	Add(ctx context.Context, d Draft) (domain.Person, error)
	// Update stores changed particulars of a person.
	Update(ctx context.Context, id domain.PersonID, d Draft) (domain.Person, error)
	// Extent counts what is kept of a person, by name.
	Extent(ctx context.Context, name string) (journal.Extent, error)
	// Remove removes a person, by name, together with the calls, or keeps the
	// calls.
	Remove(ctx context.Context, name string, keepCalls bool) (journal.Removed, error)
}

// Folders keeps the watched folders (folders.Service).
type Folders interface {
	// List lists the folders of all people.
	List(ctx context.Context) ([]folders.Folder, error)
	// Add has a folder watched for the person of the name.
	Add(ctx context.Context, name, dir string) (folders.Folder, error)
	// RemoveByID stops watching a folder.
	RemoveByID(ctx context.Context, id folders.FolderID) error
}

// Params is what NewModel needs.
type Params struct {
	People  People
	Folders Folders
	// Contacts is the part of the page with the contacts.
	Contacts Contacts
	// Choose lets the user choose a folder; the toolkit's dialog where nil.
	Choose func(title string, chosen func(dir string))
	// Provinces are offered in the form.
	Provinces []domain.Province
	// Thresholds opens the thresholds of the alerts, Digest the weekly digest of
	// a person; nil for no button.
	Thresholds func()
	Digest     func(domain.Person)
}

// Model is the state of the page. Its fields belong to the widgets' goroutine;
// the methods that take a context do not touch them.
type Model struct {
	p         Params
	People    []domain.Person
	Folders   []folders.Folder
	Loaded    bool
	LoadError error
	// Removal is what was done last, as long as the page tells of it.
	Removal *Removal
}

// NewModel makes a Model.
func NewModel(p Params) *Model { return &Model{p: p} }

// Provinces are those the form offers.
func (m *Model) Provinces() []domain.Province { return m.p.Provinces }

// Listing is what the page shows.
type Listing struct {
	People  []domain.Person
	Folders []folders.Folder
}

// List reads the people and their folders.
func (m *Model) List(ctx context.Context) (l Listing, err error) {
	if l.People, err = m.p.People.People(ctx); err != nil {
		return l, err
	}
	l.Folders, err = m.p.Folders.List(ctx)
	return l, err
}

// Listed takes what List gave.
func (m *Model) Listed(l Listing, err error) {
	m.LoadError = err
	if err == nil {
		m.People, m.Folders, m.Loaded = l.People, l.Folders, true
	}
}

// FoldersOf are the watched folders of a person.
func (m *Model) FoldersOf(id domain.PersonID) (out []folders.Folder) {
	for _, f := range m.Folders {
		if f.PersonID == id {
			out = append(out, f)
		}
	}
	return out
}

// Watch has a folder watched for the person of the name.
func (m *Model) Watch(ctx context.Context, name, dir string) (folders.Folder, error) {
	return m.p.Folders.Add(ctx, name, dir)
}

// Unwatch stops watching a folder.
func (m *Model) Unwatch(ctx context.Context, id folders.FolderID) error {
	return m.p.Folders.RemoveByID(ctx, id)
}

// Save stores a new person (id 0) or changed particulars.
func (m *Model) Save(ctx context.Context, id domain.PersonID, d Draft) (domain.Person, error) {
	d.Name = strings.TrimSpace(d.Name)
	if id == domain.SelfID {
		d.Relation, d.Authority = domain.RelationSelf, domain.AuthorityNone
	}
	if id == 0 {
		return m.p.People.Add(ctx, d)
	}
	return m.p.People.Update(ctx, id, d)
}

// DraftOf is the form for a person who is there already.
func DraftOf(p domain.Person) Draft {
	return Draft{
		Name: p.Name, Relation: p.Relation, Authority: p.Authority, Province: p.Province, Numbers: p.Numbers,
	}
}

// SplitNumbers reads several numbers out of one field: a comma, a semicolon or
// a line feed ends a number, in Chinese form too. Spaces and hyphens stay,
// because people write numbers with them.
func SplitNumbers(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;，、；\n", r) }) {
		if part = strings.TrimFunc(part, unicode.IsSpace); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// MayAct says whether the user may complain in the person's name: for oneself
// always, for others once they allowed it.
func MayAct(p domain.Person) bool {
	return p.ID == domain.SelfID || p.Authority != domain.AuthorityNone
}

// Others says whether anybody but the owner is there.
func (m *Model) Others() bool { return len(m.People) > 1 }
