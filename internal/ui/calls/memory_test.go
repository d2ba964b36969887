package calls

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// start is a page in a window that remembers.
func start(t *testing.T, values map[string]string) *Page {
	t.Helper()
	s := show(t, uitest.Options{}, uitest.Calls())
	s.Env.Memory = kit.NewMemory(s.Env, values, func(context.Context, string, string) error { return nil })
	p := New(s.page.p)
	s.Show(p, kit.Route{Page: kit.PageCalls})
	return p
}

func TestFilterIsThereAtTheNextStart(t *testing.T) {
	values := map[string]string{}
	p := start(t, values)
	p.list.filters.change(func(f *Filter) {
		f.Period, f.Verdict, f.Text, f.From = PeriodBetween, domain.VerdictUnlisted, "95013", "2024-05-01"
		f.Person = domain.SelfID
	})
	again := start(t, values)
	want := Filter{Verdict: domain.VerdictUnlisted, Person: domain.SelfID}
	if diff := cmp.Diff(want, again.model.Filter()); diff != "" {
		t.Error("chosen is kept, typed is not:", diff)
	}
	if !again.list.filters.clearAll.Visible() {
		t.Error("nothing says that the list is narrow, or leads out")
	}
	again.model.ClearFilter()
	if f := start(t, values).model.Filter(); f.Narrow() {
		t.Errorf("cleared, and there again: %+v", f)
	}
}

// Where a page leads is about one visit.
func TestFilterOfARouteIsNotKept(t *testing.T) {
	values := map[string]string{}
	p := start(t, values)
	p.Enter(t.Context(), kit.RouteRecentCalls())
	if f := start(t, values).model.Filter(); f.Narrow() {
		t.Errorf("kept %+v", f)
	}
}

func TestFilterOfAnotherVersionOrSomebodyGone(t *testing.T) {
	p := start(t, map[string]string{memory: `{"person":77,"direction":"sideways","period":"decade","verdict":"listed"}`})
	if diff := cmp.Diff(Filter{Verdict: domain.VerdictListed}, p.model.Filter()); diff != "" {
		t.Error(diff)
	}
}
