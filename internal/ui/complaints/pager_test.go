package complaints

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

func outbox(o *office, search string) *listing {
	return &listing{
		counts: func(ctx context.Context) (map[domain.SendState]int64, error) {
			return o.service.CountMatching(ctx, domain.ComplaintFilter{Text: search})
		},
		states: SegmentOutbox.States(), pages: []pager{newPager(o.service.Complaints, domain.ComplaintFilter{Text: search}, SegmentOutbox.States())},
	}
}

// TestListingIsTheMergedList compares pages, asked for in any order, with the
// plain list of all complaints.
func TestListingIsTheMergedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice(testkit.NewClock())
		var all []domain.Complaint
		states := rapid.SliceOfN(rapid.SampledFrom(domain.SendStates()), 0, 60).Draw(t, "states")
		for n, s := range states {
			c := *o.file(s, n)
			if slices.Contains(SegmentOutbox.States(), s) {
				all = append(all, c)
			}
		}
		slices.Reverse(all)
		size := rapid.IntRange(1, 9).Draw(t, "page size")
		l := outbox(o, "")
		count, err := l.count(context.Background())
		if err != nil || count != len(all) {
			t.Fatalf("count %d, want %d (%v)", count, len(all), err)
		}
		names := append([]string{""}, cursors(count, size)...)
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(names)-1)).Draw(t, "pages") {
			rows, err := l.page(context.Background(), pageOf(names[i]), size)
			want := all[min(i*size, len(all)):min((i+1)*size, len(all))]
			if err != nil || ids(rows) != ids(want) {
				t.Fatalf("page %d of %d: %q, want %q (%v)", i, size, ids(rows), ids(want), err)
			}
		}
	})
}

func TestSearchCountsWhatIsFound(t *testing.T) {
	o := newOffice(testkit.NewClock())
	for n := range 30 {
		c := o.file(domain.SendQueued, n)
		c.Body.Description = fmt.Sprint("number ", n)
	}
	l := outbox(o, "number 1")
	if n, err := l.count(t.Context()); err != nil || n != 11 {
		t.Errorf("%d %v", n, err)
	}
	rows, err := l.page(t.Context(), 2, 4)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "last page", ids(rows), "11 10 1")
}

func TestFaultLeavesTheListingAsItWas(t *testing.T) {
	o := newOffice(testkit.NewClock())
	for n := range 5 {
		o.file(domain.SendQueued, n)
	}
	l := outbox(o, "")
	o.desk.err = errors.New("disk")
	if _, err := l.page(t.Context(), 1, 2); err == nil {
		t.Fatal("no error")
	}
	o.desk.err = nil
	rows, err := l.page(t.Context(), 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "second page", ids(rows), "2 1")
}

func TestStatesAreInOneSegmentEach(t *testing.T) {
	seen := map[domain.SendState]int{}
	for _, s := range Segments() {
		if s == SegmentStuck {
			continue // part of the outbox
		}
		for _, state := range s.States() {
			seen[state]++
			if SegmentOf(state) != s {
				t.Errorf("%s is in %s", state, SegmentOf(state))
			}
		}
	}
	for _, state := range domain.SendStates() {
		if seen[state] != 1 {
			t.Errorf("%s is in %d segments", state, seen[state])
		}
	}
}

func TestPageNames(t *testing.T) {
	for name, want := range map[string]int{"": 0, "3": 3, "-1": 0, "x": 0} {
		if got := pageOf(name); got != want {
			t.Errorf("%q: %d", name, got)
		}
	}
	if got := cursors(401, 200); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("%q", got)
	}
	if got := cursors(400, 200); !slices.Equal(got, []string{"1"}) {
		t.Errorf("%q", got)
	}
}
