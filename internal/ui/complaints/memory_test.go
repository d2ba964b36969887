package complaints

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// start is a page in a window that remembers.
func start(t *testing.T, values map[string]string) *stage {
	t.Helper()
	s := show(t, uitest.Options{}, kit.Route{}, history)
	s.Env.Memory = kit.NewMemory(s.Env, values, func(context.Context, string, string) error { return nil })
	s.page = New(s.page.p)
	s.Show(s.page, kit.Route{Page: kit.PageComplaints})
	return s
}

func TestListIsAskedAsBefore(t *testing.T) {
	values := map[string]string{}
	s := start(t, values)
	s.page.choose(SegmentFiled)
	s.page.list.filters.change(func(f *Filter) { f.Case, f.Text = domain.CaseAccepted, "secret" })
	again := start(t, values)
	if m := again.page.model; m.Segment() != SegmentFiled || m.Filter() != (Filter{Case: domain.CaseAccepted}) {
		t.Errorf("%s %+v", m.Segment(), m.Filter())
	}
	again.page.list.filters.clear()
	if f := start(t, values).page.model.Filter(); f.Narrow() {
		t.Errorf("cleared, and there again: %+v", f)
	}
}

func TestListOfAnotherVersion(t *testing.T) {
	m := start(t, map[string]string{memory: `{"segment":"attic","send":"flying","case":"lost"}`}).page.model
	if m.Segment() != SegmentOutbox || m.Filter().Narrow() {
		t.Errorf("%s %+v", m.Segment(), m.Filter())
	}
}

// Delete takes drafts and nothing that is queued or filed; undo brings them
// back.
func TestDraftsAreDeletedAndBroughtBackByKeyboard(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaints(string(SegmentDrafts)), history)
	before := s.page.list.rows.Count()
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyDelete)
	if got := s.page.list.rows.Count(); got != before-1 {
		t.Fatalf("%d drafts, want %d", got, before-1)
	}
	if !s.Env.Obey(kit.CommandUndo) {
		t.Fatal("nothing to take back")
	}
	if got := s.page.list.rows.Count(); got != before {
		t.Errorf("%d drafts after undo, want %d", got, before)
	}
	s.page.choose(SegmentFiled)
	s.Layout()
	filed := s.page.list.rows.Count()
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyDelete)
	if got := s.page.list.rows.Count(); got != filed || filed == 0 {
		t.Errorf("%d filed, want %d", got, filed)
	}
	if last := s.Toasts[len(s.Toasts)-1]; last != s.Env.T("complaints.remove.none") {
		t.Errorf("said %q", last)
	}
}
