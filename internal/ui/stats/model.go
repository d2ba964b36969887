// Package stats is the picture of the log: when calls come, of which kinds, and
// which holder codes stand behind them.
package stats

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/ui/task"
)

// Lookout counts calls.
type Lookout interface {
	StatsOf(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error)
}

// People lists those whose calls are kept.
type People interface {
	People(ctx context.Context) ([]domain.Person, error)
}

// Span is how far back the picture looks.
type Span string

// The spans; all end now.
const (
	SpanMonth   Span = "month"
	SpanQuarter Span = "quarter"
	SpanYear    Span = "year"
	SpanAll     Span = "all"
)

// Spans lists every span, the shortest first.
func Spans() []Span { return []Span{SpanMonth, SpanQuarter, SpanYear, SpanAll} }

// days is how many days the span has, today included; 0 for all.
func (s Span) days() int {
	switch s {
	case SpanMonth:
		return 30
	case SpanQuarter:
		return 90
	case SpanYear:
		return 365
	case SpanAll:
	}
	return 0
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Lookout Lookout
	People  People
	Clock   domain.Clock
	Run     task.Runner
	// Changed is called after what is shown changed.
	Changed func()
}

// Model is the state of the picture. It is used on one goroutine only.
type Model struct {
	p      ModelParams
	person domain.PersonID
	span   Span
	people []domain.Person
	stats  insight.Stats
	loaded bool
	fault  error
	loads  int // counts loads; the answer of an older one is dropped
}

// NewModel makes a Model of everybody's last month.
func NewModel(p ModelParams) *Model { return &Model{p: p, span: SpanMonth} }

// Person is whose calls are counted, 0 for everybody's.
func (m *Model) Person() domain.PersonID { return m.person }

// Span is how far back it looks.
func (m *Model) Span() Span { return m.span }

// People are those whose calls are kept, the owner first.
func (m *Model) People() []domain.Person { return m.people }

// Stats are the counts; Loaded says that they are real.
func (m *Model) Stats() insight.Stats { return m.stats }

// Loaded says that Stats are real, or Fault why there are none.
func (m *Model) Loaded() bool { return m.loaded }

// Fault is why nothing could be counted, nil where it could.
func (m *Model) Fault() error { return m.fault }

// Ask counts other calls.
func (m *Model) Ask(person domain.PersonID, span Span) {
	if person != m.person || span != m.span {
		m.person, m.span = person, span
		m.Load()
	}
}

// Load counts anew.
func (m *Model) Load() {
	m.loads++
	load := m.loads
	f := lookout.StatsFilter{PersonID: m.person}
	if n := m.span.days(); n > 0 {
		f.From = midnight(m.p.Clock.Now()).AddDate(0, 0, 1-n)
	}
	var people []domain.Person
	var got insight.Stats
	m.p.Run(func(ctx context.Context) (err error) {
		if people, err = m.p.People.People(ctx); err != nil {
			return err
		}
		got, err = m.p.Lookout.StatsOf(ctx, f)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		m.loaded, m.fault = true, err
		if err == nil {
			m.people, m.stats = people, got
		}
		m.p.Changed()
	})
}

func midnight(t time.Time) time.Time {
	t = t.In(domain.China())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
