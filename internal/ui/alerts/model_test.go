package alerts

import (
	"context"
	"errors"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/ui/uitest"
)

// inline does work at once.
func inline(work func(context.Context) error, done func(error)) func() {
	done(work(context.Background()))
	return func() {}
}

func newModel(w *tower) (m *Model, failed *[]error) {
	failed = &[]error{}
	return NewModel(ModelParams{
		Lookout: w, People: people{}, Run: inline, Write: inline, Changed: func() {},
		Failed: func(err error) { *failed = append(*failed, err) },
	}), failed
}

func TestPagesOfAlerts(t *testing.T) {
	w := &tower{}
	for i := range 2*PageSize + 1 {
		a := sample()[0]
		a.ID = lookout.AlertID(i + 1)
		w.alerts = append(w.alerts, a)
	}
	m, _ := newModel(w)
	m.GoLater() // there is nothing yet
	m.Enter()
	for _, want := range []struct {
		step           func()
		first          lookout.AlertID
		later, earlier bool
	}{
		{func() {}, 1, false, true},
		{m.GoEarlier, PageSize + 1, true, true},
		{m.GoEarlier, 2*PageSize + 1, true, false},
		{m.GoEarlier, 2*PageSize + 1, true, false},
		{m.Reload, 2*PageSize + 1, true, false},
		{m.GoLater, PageSize + 1, true, true},
		{func() { m.SetFilter(lookout.AlertFilter{PersonID: 2}) }, 1, false, true},
	} {
		want.step()
		if got := m.Alerts()[0].ID; got != want.first || m.Later() != want.later || m.Earlier() != want.earlier {
			t.Errorf("begins with %d, later %t, earlier %t, want %+v", got, m.Later(), m.Earlier(), want)
		}
	}
	if w.refreshed != 2 {
		t.Errorf("judged %d times", w.refreshed)
	}
}

// Who is chosen may be removed on another page; then everybody's alerts are shown,
// and not nobody's for ever.
func TestAlertsOfSomebodyWhoWent(t *testing.T) {
	w := &tower{alerts: sample()}
	m, _ := newModel(w)
	m.SetFilter(lookout.AlertFilter{PersonID: 2, Dismissed: true})
	m.p.People = alone{}
	m.Reload()
	if f := w.asked[len(w.asked)-1]; m.Filter() != f || f != (lookout.AlertFilter{Dismissed: true}) {
		t.Errorf("%+v, %+v", m.Filter(), f)
	}
}

// Whose calls were kept stays chosen, as in the list of calls.
func TestAlertsOfSomebodyWhoseCallsStay(t *testing.T) {
	w := &tower{alerts: sample()}
	m, _ := newModel(w)
	m.SetFilter(lookout.AlertFilter{PersonID: 2})
	m.p.People = alone{former: uitest.People()[1]}
	m.Reload()
	if f := w.asked[len(w.asked)-1]; m.Filter() != f || f.PersonID != 2 || !domain.HasPerson(m.Whose(), 2) {
		t.Errorf("%+v, %+v, %v", m.Filter(), f, m.Whose())
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

// What is new is marked as seen once and stays fresh until the list is entered
// again.
func TestFreshAlerts(t *testing.T) {
	w := &tower{alerts: sample()}
	m, failed := newModel(w)
	m.Enter()
	m.Reload()
	if len(w.seen) != 3 || !m.Fresh(w.alerts[0]) {
		t.Errorf("seen %v", w.seen)
	}
	m.Enter()
	if m.Fresh(w.alerts[0]) {
		t.Error("fresh for ever")
	}
	dismissed := false
	m.Dismiss(1, func() { dismissed = true })
	if !dismissed || len(m.Alerts()) != 2 {
		t.Errorf("%d left", len(m.Alerts()))
	}
	m.Restore(1)
	if len(m.Alerts()) != 3 || len(*failed) != 0 {
		t.Errorf("%d are back, %v", len(m.Alerts()), *failed)
	}
}

// A fault is told and what was there is kept; the answer of an older load is not
// shown in place of a newer one.
func TestFaultsAndLateAnswers(t *testing.T) {
	w := &tower{alerts: sample()}
	m, failed := newModel(w)
	m.Enter()
	w.err = errors.New("disk")
	m.Reload()
	if !m.Loaded() || m.Fault() == nil || len(m.Alerts()) != 3 {
		t.Errorf("%v, %d alerts", m.Fault(), len(m.Alerts()))
	}
	m.Dismiss(1, func() { t.Error("done") })
	if len(*failed) != 1 {
		t.Errorf("%v", *failed)
	}
	w.err = nil
	var late []func()
	m.p.Run = func(work func(context.Context) error, done func(error)) func() {
		err := work(t.Context())
		late = append(late, func() { done(err) })
		return func() {}
	}
	m.SetFilter(lookout.AlertFilter{PersonID: 99})
	m.SetFilter(lookout.AlertFilter{PersonID: 2})
	late[1]()
	late[0]()
	if len(m.Alerts()) == 0 {
		t.Error("the older answer is shown")
	}
}
