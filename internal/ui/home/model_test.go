package home

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/journal"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

// fakes stand for the use cases behind the page.
type fakes struct {
	people []domain.Person
	calls  []domain.Call
	counts map[domain.SendState]int64
	// waiting is what does not go on by itself.
	waiting filing.Waiting
	pending filing.Pending
	// channels are the ways to file, the default first.
	channels []domain.Channel
	err      error
}

func (f *fakes) People(context.Context) ([]domain.Person, error) { return f.people, f.err }

func (f *fakes) Calls(_ context.Context, _ domain.CallFilter, p domain.Page) (journal.CallPage, error) {
	return journal.CallPage{Calls: f.calls[:min(p.Limit, len(f.calls))]}, f.err
}

func (f *fakes) TimesOf(_ context.Context, q lookout.StatsFilter) (insight.Stats, error) {
	var s insight.Stats
	counts := map[domain.Family]int64{}
	for _, c := range slices.Backward(f.calls) { // the oldest first
		switch {
		case c.StartedAt.Before(q.From):
		case c.Direction == domain.DirectionOutgoing:
			s.Outgoing++
		default:
			s.AddHour((c.StartedAt.Unix()+8*3600)/3600, c.Family, 1)
			counts[c.Family]++
		}
	}
	for _, family := range slices.Sorted(maps.Keys(counts)) {
		s.Families = append(s.Families, insight.FamilyCount{Family: family, Calls: counts[family]})
	}
	return s, f.err
}

func (f *fakes) CountByState(context.Context) (map[domain.SendState]int64, error) {
	return f.counts, f.err
}

func (f *fakes) ChannelsWithoutTokens(context.Context) ([]domain.Channel, error) {
	return f.channels, f.err
}

func (f *fakes) CountWaiting(context.Context) (filing.Waiting, error) { return f.waiting, f.err }

func (f *fakes) Pending(context.Context) (filing.Pending, error) { return f.pending, f.err }

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

func newModel(f *fakes, run task.Runner) (*Model, *int) {
	verdicts := 0
	return NewModel(ModelParams{
		Checker: &uitest.Checker{}, Journal: f, Filing: f, Lookout: f, Clock: testkit.NewClock(), Run: run,
		PictureChanged: func() {}, VerdictChanged: func() { verdicts++ },
	}), &verdicts
}

func TestPicture(t *testing.T) {
	f := &fakes{people: uitest.People(), calls: uitest.Calls(), counts: map[domain.SendState]int64{
		domain.SendDraft: 1, domain.SendQueued: 2, domain.SendSending: 1, domain.SendRetry: 1, domain.SendUnknown: 1,
		domain.SendToken: 1, domain.SendSent: 5, domain.SendFailed: 3, domain.SendSkipped: 9, domain.SendCancelled: 9,
	}}
	next := testkit.Epoch().Add(time.Hour)
	f.pending = filing.Pending{Waiting: 2, NextAt: next}
	m, _ := newModel(f, atOnce)
	m.Load()
	want := Picture{Loaded: true, Recent: 7, Made: 1, AnyCalls: true, Drafts: 1, Waiting: 6, Filed: 5, Trouble: 3, NextAttempt: next}
	if diff := cmp.Diff(want, m.Picture()); diff != "" {
		t.Error(diff)
	}
	if m.Picture().Empty() {
		t.Error("not empty")
	}
}

func TestPictureOfOldCallsIsNotEmpty(t *testing.T) {
	calls := uitest.Calls()
	m, _ := newModel(&fakes{calls: calls[len(calls)-1:]}, atOnce)
	m.Load()
	if p := m.Picture(); p.Recent != 0 || !p.AnyCalls || p.Empty() {
		t.Errorf("%+v", p)
	}
	m, _ = newModel(&fakes{}, atOnce)
	if m.Picture().Empty() {
		t.Error("nothing is known before the first load, so nothing is empty")
	}
	m.Load()
	if !m.Picture().Empty() {
		t.Error("want empty")
	}
}

func TestPictureKeepsTheLastGoodOne(t *testing.T) {
	f := &fakes{calls: uitest.Calls()}
	m, _ := newModel(f, atOnce)
	m.Load()
	before := m.Picture()
	f.err = errors.New("disk")
	m.Load()
	if m.Fault() == nil || m.Picture() != before {
		t.Errorf("fault %v, picture %+v", m.Fault(), m.Picture())
	}
	f.err = nil
	m.Load()
	if m.Fault() != nil {
		t.Error("the fault is over")
	}
}

func TestLateAnswerIsDropped(t *testing.T) {
	f := &fakes{counts: map[domain.SendState]int64{domain.SendSent: 1}}
	l := &later{}
	m, _ := newModel(f, l.run)
	m.Load()
	f.counts = map[domain.SendState]int64{domain.SendSent: 2}
	m.Load()
	l.waiting[1]()
	l.waiting[0]()
	if got := m.Picture().Filed; got != 2 {
		t.Errorf("filed %d: the older answer came last and must not count", got)
	}
}

func TestProvinceOfTheOwnerCounts(t *testing.T) {
	c := &uitest.Checker{}
	m := NewModel(ModelParams{
		Checker: c, Journal: &fakes{people: uitest.People()}, Filing: &fakes{}, Lookout: &fakes{}, Clock: testkit.NewClock(),
		Run: atOnce, PictureChanged: func() {}, VerdictChanged: func() {},
	})
	m.Type("0551-96588")
	m.Load()
	m.Load()
	if diff := cmp.Diff([]string{"", "江苏"}, c.Provinces); diff != "" {
		t.Error(diff)
	}
}

// The tile, the chart and the list behind both begin with the same day, and the
// tile and the chart count the same calls.
func TestRecentMeansThirtyDays(t *testing.T) {
	today := midnight(testkit.Epoch())
	f := &fakes{calls: []domain.Call{
		{StartedAt: today.Add(time.Hour), Family: domain.FamilyMobile},
		{StartedAt: today.AddDate(0, 0, 1-RecentDays), Family: domain.FamilyMobile},
		{StartedAt: today.AddDate(0, 0, 1-RecentDays).Add(-time.Second), Family: domain.FamilyMobile},
		{StartedAt: today, Family: domain.FamilyMobile, Direction: domain.DirectionOutgoing},
	}}
	m, _ := newModel(f, atOnce)
	m.Load()
	month := m.Month()
	if p := m.Picture(); p.Recent != 2 || p.Made != 1 || month.Stats.Calls != 2 {
		t.Errorf("%d and %d calls, want 2, and %d, want 1", p.Recent, month.Stats.Calls, p.Made)
	}
	if !month.From.Equal(today.AddDate(0, 0, -29)) || !month.To.Equal(today) {
		t.Errorf("from %v to %v", month.From, month.To)
	}
}

func midnight(t time.Time) time.Time {
	t = t.In(domain.China())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
