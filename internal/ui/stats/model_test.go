package stats

import (
	"context"
	"errors"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/report"
	"quietline/internal/testkit"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

// later keeps work back until the test lets it run.
type later struct{ waiting []func() }

func (l *later) run(work func(context.Context) error, done func(error)) func() {
	err := work(context.Background())
	l.waiting = append(l.waiting, func() { done(err) })
	return func() {}
}

func atOnce(work func(context.Context) error, done func(error)) func() {
	done(work(context.Background()))
	return func() {}
}

func newModel(c *counter, run task.Runner) (*Model, *[]error) {
	var failed []error
	return NewModel(ModelParams{
		Lookout: c, Filing: c, People: people{}, Files: c, Clock: testkit.NewClock(), Run: run, Write: atOnce,
		Changed: func() {}, Failed: func(err error) { failed = append(failed, err) },
	}), &failed
}

func TestPeriodOfTheModel(t *testing.T) {
	m, _ := newModel(&counter{stats: sample(), funnel: course()}, atOnce)
	m.Load()
	today := midnight(testkit.Epoch())
	if d := m.Data(); !d.From.Equal(today.AddDate(0, 0, -29)) || !d.To.Equal(today) || d.Stats.Calls != 31 || d.Funnel.Written != 8 {
		t.Errorf("%+v", d)
	}
	m.Ask(0, SpanAll)
	if d := m.Data(); !d.From.IsZero() || !d.To.Equal(today) {
		t.Errorf("from %v to %v", d.From, d.To)
	}
}

// Of two answers the one that was asked for last counts, whichever comes last.
func TestLateCountsAreDropped(t *testing.T) {
	c, l := &counter{stats: sample()}, &later{}
	m, _ := newModel(c, l.run)
	m.Load()
	c.stats.Calls = 99
	m.Ask(0, SpanYear)
	l.waiting[1]()
	l.waiting[0]()
	if m.Stats().Calls != 99 {
		t.Errorf("%d calls", m.Stats().Calls)
	}
	c.funnel = filing.Funnel{Written: 1}
	m.LoadCourse()
	m.Ask(0, SpanMonth)
	c.funnel = filing.Funnel{Written: 2}
	l.waiting[3]()
	l.waiting[2]()
	if got := m.Data().Funnel.Written; got != 1 {
		t.Errorf("%d complaints: those of another period", got)
	}
}

// Work that was begun asks for what was chosen then: the model is another goroutine's.
func TestCourseOfWhatWasChosen(t *testing.T) {
	c := &counter{stats: sample()}
	m, _ := newModel(c, atOnce)
	m.Load()
	var held []func()
	m.p.Run = func(work func(context.Context) error, done func(error)) func() {
		held = append(held, func() { done(work(context.Background())) })
		return func() {}
	}
	m.LoadCourse()
	m.Ask(2, SpanAll)
	held[0]()
	if f := c.courses[len(c.courses)-1]; f.PersonID != 0 || f.From.IsZero() {
		t.Errorf("%+v", f)
	}
}

// Who is chosen may be removed on another page; then everybody's calls are counted,
// and not nobody's for ever.
func TestCountsOfSomebodyWhoWent(t *testing.T) {
	c := &counter{stats: sample()}
	m, _ := newModel(c, atOnce)
	m.Ask(2, SpanAll)
	m.p.People = alone{}
	m.Load()
	if f := c.asked[len(c.asked)-1]; m.Person() != 0 || f.PersonID != 0 || m.Span() != SpanAll {
		t.Errorf("%d, %+v", m.Person(), f)
	}
}

// Whose calls were kept stays chosen, as in the list of calls.
func TestCountsOfSomebodyWhoseCallsStay(t *testing.T) {
	c := &counter{stats: sample()}
	m, _ := newModel(c, atOnce)
	m.Ask(2, SpanAll)
	m.p.People = alone{former: uitest.People()[1]}
	m.Load()
	if f := c.asked[len(c.asked)-1]; m.Person() != 2 || f.PersonID != 2 || !domain.HasPerson(m.Whose(), 2) {
		t.Errorf("%d, %+v, %v", m.Person(), f, m.Whose())
	}
	m.Ask(0, SpanAll)
	if domain.HasPerson(m.Whose(), 2) {
		t.Error("nobody can choose whom they do not see anywhere")
	}
}

// alone is the owner of a workspace without anybody else, but for somebody who was
// removed without their calls, where that is one.
type alone struct{ former domain.Person }

func (a alone) Whose(_ context.Context, id domain.PersonID) ([]domain.Person, error) {
	list := uitest.People()[:1:1]
	if id != 0 && id == a.former.ID {
		list = append(list, a.former)
	}
	return list, nil
}

// Where nothing could be counted so far, a changed complaint counts everything.
func TestCourseAfterAFault(t *testing.T) {
	c := &counter{stats: sample(), funnel: course(), err: errors.New("disk")}
	m, _ := newModel(c, atOnce)
	m.Load()
	if m.Fault() == nil || !m.Loaded() {
		t.Fatal("no fault")
	}
	c.err = nil
	m.LoadCourse()
	if m.Fault() != nil || m.Stats().Calls != 31 || m.Data().Funnel.Written != 8 {
		t.Errorf("%v %+v", m.Fault(), m.Data())
	}
}

func TestSavedIsRemembered(t *testing.T) {
	c := &counter{stats: sample(), funnel: course()}
	m, failed := newModel(c, atOnce)
	m.Load()
	m.Save("a.png", report.ChartWeek, report.Picture{})
	if m.Saved() != (Saved{report.ChartWeek, "a.png"}) {
		t.Errorf("%+v", m.Saved())
	}
	c.err = errors.New("disk")
	m.Save("b.png", report.ChartDays, report.Picture{})
	if m.Saved().Path != "a.png" || len(*failed) != 1 {
		t.Errorf("%+v %v", m.Saved(), *failed)
	}
	c.err = nil
	m.Ask(1, SpanMonth)
	if m.Saved() != (Saved{}) {
		t.Errorf("%+v", m.Saved())
	}
}
