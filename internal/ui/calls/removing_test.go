package calls

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/uitest"
)

// While the log is being judged, whatever is stored waits for its turn: it is said
// that it is under way, and pressing once more is not another time.
func TestWhatIsUnderWayIsSaid(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	m, count := s.page.model, s.page.list.rows.Count()
	ids := ids(s.rows()[:2])
	for _, step := range []struct {
		do           func()
		doing, after string
	}{
		{func() { m.Remove(ids) }, "calls.removing", "calls.removed"},
		{m.Undo, "calls.restoring", "calls.restored"},
		{func() { m.MarkAll(ids, domain.CategoryOther, nil) }, "calls.change.doing", "calls.change.done"},
		{m.Undo, "calls.change.undoing", "calls.change.undone"},
	} {
		s.Hold = true
		step.do()
		s.Layout()
		if !s.Reads(s.Env.N(step.doing, 2)) || s.Shows("calls.undo") {
			t.Errorf("%s: %q", step.doing, s.Texts())
		}
		m.Undo()
		s.Release()
		s.Layout()
		if !s.Reads(s.Env.N(step.after, 2)) {
			t.Errorf("%s: %q", step.after, s.Texts())
		}
	}
	if got := s.page.list.rows.Count(); got != count {
		t.Errorf("%d calls, want %d", got, count)
	}
	// What fails leaves the way back.
	m.Remove(ids)
	s.store.Fail = func(string) error { return domain.E("t", domain.Unavailable, "store.full", nil, nil) }
	m.Undo()
	s.store.Fail = nil
	s.Layout()
	if !s.Reads(s.Env.N("calls.removed", 2)) || !s.Shows("calls.undo") {
		t.Errorf("%q", s.Texts())
	}
}
