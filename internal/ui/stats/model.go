// Package stats is the picture of the log: when calls come, of which kinds, which
// holder codes stand behind them, and how far complaints have come.
package stats

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/task"
)

// Lookout counts calls.
type Lookout interface {
	StatsOf(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error)
}

// Filing counts complaints.
type Filing interface {
	Funnel(ctx context.Context, f filing.FunnelFilter) (filing.Funnel, error)
}

// Files writes charts. A file is the user's alone and appears when it is whole.
type Files interface {
	Save(ctx context.Context, path string, p report.Picture) error
}

// People lists those whose calls are kept, with the one of the ID where that one
// was removed without them.
type People interface {
	Whose(ctx context.Context, id domain.PersonID) ([]domain.Person, error)
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
	Filing  Filing
	People  People
	Files   Files
	Clock   domain.Clock
	// Run is for reading; it may be cancelled when the page is left. Write goes on.
	Run, Write task.Runner
	// Changed is called after what is shown changed; Failed hears why something
	// that the user asked for did not work.
	Changed func()
	Failed  func(error)
}

// Model is the state of the picture. It is used on one goroutine only.
type Model struct {
	p      ModelParams
	person domain.PersonID
	span   Span
	whose  []domain.Person
	data   report.ChartData
	loaded bool
	fault  error
	loads  int // counts loads; the answer of an older one is dropped
	saved  Saved
}

// Saved is a chart that was written, the zero value for none.
type Saved struct {
	Chart report.ChartName
	Path  string
}

// NewModel makes a Model of everybody's last month.
func NewModel(p ModelParams) *Model { return &Model{p: p, span: SpanMonth} }

// Person is whose calls are counted, 0 for everybody's.
func (m *Model) Person() domain.PersonID { return m.person }

// Span is how far back it looks.
func (m *Model) Span() Span { return m.span }

// Whose are those whose calls are kept, the owner first, and whoever was chosen and
// removed since without their calls.
func (m *Model) Whose() []domain.Person { return m.whose }

// Stats are the counts; Loaded says that they are real.
func (m *Model) Stats() insight.Stats { return m.data.Stats }

// Data are the counts of calls and complaints with the days that were asked for.
func (m *Model) Data() report.ChartData { return m.data }

// Saved is the chart that was written last since other calls were asked for.
func (m *Model) Saved() Saved { return m.saved }

// Loaded says that Stats are real, or Fault why there are none.
func (m *Model) Loaded() bool { return m.loaded }

// Fault is why nothing could be counted, nil where it could.
func (m *Model) Fault() error { return m.fault }

// Ask counts other calls.
func (m *Model) Ask(person domain.PersonID, span Span) {
	if person != m.person || span != m.span {
		m.person, m.span, m.saved = person, span, Saved{}
		m.Load()
	}
}

// Begin says what is counted first.
func (m *Model) Begin(person domain.PersonID, span Span) { m.person, m.span = person, span }

// Load counts anew.
func (m *Model) Load() {
	m.loads++
	load := m.loads
	now := m.p.Clock.Now()
	got := report.ChartData{To: midnight(now)}
	if n := m.span.days(); n > 0 {
		got.From = got.To.AddDate(0, 0, 1-n)
	}
	calls := lookout.StatsFilter{PersonID: m.person, From: got.From}
	course := filing.FunnelFilter{PersonID: m.person, From: got.From}
	var whose []domain.Person
	m.p.Run(func(ctx context.Context) (err error) {
		if whose, err = m.p.People.Whose(ctx, calls.PersonID); err != nil {
			return err
		}
		if got.Stats, err = m.p.Lookout.StatsOf(ctx, calls); err != nil {
			return err
		}
		got.Funnel, err = m.p.Filing.Funnel(ctx, course)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		if err == nil && m.person != 0 && !domain.HasPerson(whose, m.person) {
			m.Ask(0, m.span) // who was chosen is gone with the calls
			return
		}
		m.loaded, m.fault = true, err
		if err == nil {
			m.whose, m.data = whose, got
		}
		m.p.Changed()
	})
}

// LoadCourse counts the complaints alone anew, which the outbox may change many
// times a second.
func (m *Model) LoadCourse() {
	if !m.loaded || m.fault != nil {
		m.Load()
		return
	}
	load, course := m.loads, filing.FunnelFilter{PersonID: m.person, From: m.data.From}
	var got filing.Funnel
	m.p.Run(func(ctx context.Context) (err error) {
		got, err = m.p.Filing.Funnel(ctx, course)
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		if m.fault = err; err == nil {
			m.data.Funnel = got
		}
		m.p.Changed()
	})
}

// Save writes a chart.
func (m *Model) Save(path string, name report.ChartName, p report.Picture) {
	m.p.Write(func(ctx context.Context) error { return m.p.Files.Save(ctx, path, p) }, func(err error) {
		if err != nil {
			m.p.Failed(err)
			return
		}
		m.saved = Saved{Chart: name, Path: path}
		m.p.Changed()
	})
}

func midnight(t time.Time) time.Time {
	t = t.In(domain.China())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
