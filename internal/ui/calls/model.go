// Package calls is the page of the call history: a list with filters, the side
// panel of a number, importing call logs, typing in a call.
package calls

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Journal is what the page needs of the use cases on calls and people.
type Journal interface {
	People(ctx context.Context) ([]domain.Person, error)
	Former(ctx context.Context, id domain.PersonID) (domain.Person, error)
	Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error)
	IndexCalls(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error)
	Call(ctx context.Context, id domain.CallID) (domain.Call, error)
	Card(ctx context.Context, input, province string) (journal.Card, error)
	MarkCall(ctx context.Context, id domain.CallID, category domain.Category, techniques []domain.Technique, note string) error
	AddCall(ctx context.Context, in journal.CallInput) (domain.Call, error)
	Import(ctx context.Context, r journal.ImportRequest, c *progress.Counter) (journal.ImportReport, error)
	Preview(ctx context.Context, r journal.PreviewRequest) (journal.Preview, error)
	RemoveCalls(ctx context.Context, ids []domain.CallID) (journal.Removed, error)
	EachCall(ctx context.Context, what journal.CallSelection, take func(domain.Call) error, c *progress.Counter) error
}

// Checker judges a number as displayed. It does no I/O.
type Checker interface {
	Check(input, province string) domain.Check
}

// Events tell the page what changed in the model. All are called where the
// model lives; none may be nil.
type Events struct {
	// List: the filter, so that the rows have to be fetched again.
	List func()
	// People: who can be chosen.
	People func()
	// Panel: the call that is open, or what is known of its number.
	Panel func()
	// Log: the form of a call that is typed in.
	Log func()
	// LogVerdict: the verdict of its number.
	LogVerdict func()
	// Logged: a call was stored.
	Logged func(domain.Call)
	// Removed: calls were removed, so that what is marked may be gone.
	Removed func()
	// Changed: what the user says of calls was stored, or can no longer be taken
	// back where it is nil.
	Changed func(*Change)
	// Output: a file for the user moved on to another stage.
	Output func()
	// Drafts: what is to become of marked calls.
	Drafts func()
	// Import: the import moved on to another stage.
	Import func()
	// Columns: what is chosen for the columns of a table.
	Columns func()
	// Stored: calls were stored or changed.
	Stored func()
	// Failed: something that the user asked for did not work.
	Failed func(error)
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Journal Journal
	Checker Checker
	Filing  Filing
	Files   Files
	Clock   domain.Clock
	// ReadTime reads a moment as people type it; its error has a key.
	ReadTime func(text string) (time.Time, error)
	// Run is for reading; it may be cancelled when the page is left.
	Run task.Runner
	// Write is for storing and importing; it goes on when the page is left.
	Write  task.Runner
	Events Events
}

// Model is the state of the page. It is used on one goroutine only, apart
// from Index and Page.
type Model struct {
	p ModelParams

	filter   Filter
	problems domain.Problems
	query    atomic.Pointer[domain.CallFilter]

	people    []domain.Person
	former    domain.Person // see Whose
	gatherers int           // counts loads of people; the answer of an older one is dropped

	panel  *Panel
	panels int // counts loads of the panel

	log  *LogForm
	logs int // counts forms

	job     *Import
	columns *Columns
	output  *Output
	drafts  *Drafts
	change  *Change
	doing   *Change // see Change.Doing
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	m := &Model{p: p}
	m.query.Store(&domain.CallFilter{})
	return m
}

// Reload fetches everything anew: people, list, and the open call.
func (m *Model) Reload() {
	m.loadPeople()
	m.ask()
	if m.panel != nil {
		m.fetchPanel(m.panel.Call.ID)
	}
}

// People are those whose calls are kept, the owner first.
func (m *Model) People() []domain.Person { return m.people }

// Whose are those whose calls the list can be asked for: the people, and whoever
// it is asked for who was removed while the calls were kept.
func (m *Model) Whose() []domain.Person {
	if m.former.ID == 0 {
		return m.people
	}
	return append(slices.Clone(m.people), m.former)
}

func (m *Model) loadPeople() {
	m.gatherers++
	load, who := m.gatherers, m.filter.Person
	var people []domain.Person
	var former domain.Person
	m.p.Run(func(ctx context.Context) (err error) {
		if people, err = m.p.Journal.People(ctx); err != nil || who == 0 || domain.HasPerson(people, who) {
			return err
		}
		former, err = m.p.Journal.Former(ctx, who)
		return err
	}, func(err error) {
		if load != m.gatherers {
			return
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.people, m.former = people, former
		m.forgetPerson()
		m.p.Events.People()
	})
}

// forgetPerson widens a filter about somebody who is gone with the calls, which
// would show nothing for ever.
func (m *Model) forgetPerson() {
	f := m.filter
	if f.Person == 0 || domain.HasPerson(m.Whose(), f.Person) {
		return
	}
	f.Person = 0
	m.SetFilter(f)
}

// province is where a person's phone rings; it decides how a 96 code reads.
func (m *Model) province(id domain.PersonID) string {
	for _, p := range m.people {
		if p.ID == id {
			return p.Province
		}
	}
	return ""
}

// Filter is what the list is asked for.
func (m *Model) Filter() Filter { return m.filter }

// FilterProblems are the days of the filter that cannot be read.
func (m *Model) FilterProblems() domain.Problems { return m.problems }

// SetFilter asks the list for something else. Where a day cannot be read the
// list stays as it is and FilterProblems says why.
func (m *Model) SetFilter(f Filter) {
	if f == m.filter {
		return
	}
	m.filter = f
	m.ask()
}

// ClearFilter shows every call again.
func (m *Model) ClearFilter() { m.SetFilter(Filter{}) }

func (m *Model) ask() {
	q, problems := m.filter.Query(m.p.Clock.Now())
	m.problems = problems
	if len(problems) == 0 {
		m.query.Store(&q)
	}
	m.p.Events.List()
}

// Index counts the rows of the list and gives the cursor before every `every`
// rows. It may be called on any goroutine.
func (m *Model) Index(ctx context.Context, every int) (journal.CallIndex, error) {
	return m.p.Journal.IndexCalls(ctx, *m.query.Load(), every)
}

// Page gives rows of the list after the cursor. It may be called on any
// goroutine.
func (m *Model) Page(ctx context.Context, after string, limit int) ([]domain.Call, error) {
	page, err := m.p.Journal.Calls(ctx, *m.query.Load(), domain.Page{Limit: limit, After: after})
	return page.Calls, err
}

// Together says whether all calls can stand in one complaint: from one number
// to one person, and not from a withheld number.
func Together(calls []domain.Call) bool {
	for _, c := range calls {
		first := calls[0]
		if c.Number == "" || c.Number != first.Number || c.AreaCode != first.AreaCode || c.PersonID != first.PersonID {
			return false
		}
	}
	return len(calls) > 0
}
