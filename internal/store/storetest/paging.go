package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
)

func pagingTests() []test {
	return []test{
		{"paging/each row once while rows come in", eachRowOnce},
		{"paging/equal times are told apart", equalTimes},
		{"paging/limits", limits},
		{"paging/bad cursors", badCursors},
		{"paging/index", index},
		{"paging/index of nothing", indexOfNothing},
	}
}

// spread stores n calls, three of them in each second.
func spread(t tb, s Full, n int) {
	t.Helper()
	for part := range slices.Chunk(numbered(0, n), 1000) {
		add(t, s, part...)
	}
}

func numbered(from, to int) []domain.Call {
	calls := make([]domain.Call, 0, to-from)
	for i := from; i < to; i++ {
		calls = append(calls, newCall(fmt.Sprintf("%08d", i), after(time.Duration(i/3)*time.Second)))
	}
	return calls
}

func eachRowOnce(t *testing.T, s Full) {
	const n = 5000
	spread(t, s, n)
	seen := map[string]int{}
	last := domain.Call{StartedAt: after(n * time.Hour)}
	for p, pages := (domain.Page{Limit: 137}), 0; ; pages++ {
		page, err := s.Calls(t.Context(), domain.CallFilter{}, p)
		ok(t, err)
		for _, c := range page.Calls {
			if c.StartedAt.After(last.StartedAt) || (c.StartedAt.Equal(last.StartedAt) && c.ID >= last.ID) {
				t.Fatalf("%v after %v", c, last)
			}
			seen[c.Number]++
			last = c
		}
		if page.Next == "" {
			break
		}
		// Rows appear before, between and behind the pages.
		add(t, s, newCall("new", after(time.Duration(pages)*time.Hour)),
			newCall("new", after(-time.Duration(pages+1)*time.Hour)),
			newCall("new", last.StartedAt.Add(time.Duration(pages%3-1)*time.Millisecond)))
		p.After = page.Next
	}
	for i := range n {
		if number := fmt.Sprintf("%08d", i); seen[number] != 1 {
			t.Fatalf("call %s was seen %d times", number, seen[number])
		}
	}
}

func equalTimes(t *testing.T, s Full) {
	calls := make([]domain.Call, 10)
	for i := range calls {
		calls[i] = newCall("95013000", start())
		calls[i].Ordinal = i
	}
	add(t, s, calls...)
	for limit := 1; limit <= 11; limit++ {
		got := all(t, s, domain.CallFilter{Number: "95013000"}, limit)
		same(t, len(got), len(calls))
		for i, c := range got {
			same(t, c.Ordinal, len(calls)-1-i)
		}
	}
}

func limits(t *testing.T, s Full) {
	spread(t, s, domain.MaxPageSize+1)
	for _, limit := range []int{domain.MaxPageSize, domain.MaxPageSize + 1, 0, -1} {
		page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: limit})
		ok(t, err)
		if len(page.Calls) != domain.MaxPageSize || page.Next == "" {
			t.Fatalf("limit %d gave %d rows, next %q", limit, len(page.Calls), page.Next)
		}
	}
}

func badCursors(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	spread(t, s, 2)
	queue(t, s, start(), newComplaint(1, ch.ID), newComplaint(2, ch.ID))
	calls, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 1})
	ok(t, err)
	complaints, err := s.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1})
	ok(t, err)
	bad := []string{"x", "!!", "AAAA", calls.Next + "A", calls.Next[1:], " ", "0", "\x00"}
	for _, cursor := range append(bad, complaints.Next) {
		_, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 1, After: cursor})
		fails(t, err, domain.Invalid, "page.cursor_invalid")
	}
	for _, cursor := range append(bad, calls.Next) {
		_, err := s.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1, After: cursor})
		fails(t, err, domain.Invalid, "page.cursor_invalid")
	}
}

func index(t *testing.T, s Full) {
	const n = 1000
	spread(t, s, n)
	rows := all(t, s, domain.CallFilter{}, 1000)
	for _, every := range []int{1, 7, 100, 333, 999, 1000, 1001} {
		got, err := s.IndexCalls(t.Context(), domain.CallFilter{}, every)
		ok(t, err)
		same(t, got.Count, int64(n))
		same(t, len(got.Cursors), (n-1)/every)
		for i, cursor := range got.Cursors {
			if i%97 != 0 && i != len(got.Cursors)-1 {
				continue
			}
			page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 1, After: cursor})
			ok(t, err)
			same(t, page.Calls[0], rows[(i+1)*every])
		}
	}
}

func indexOfNothing(t *testing.T, s Full) {
	spread(t, s, 2)
	got, err := s.IndexCalls(t.Context(), domain.CallFilter{Number: "none"}, 0)
	ok(t, err)
	same(t, got.Count, int64(0))
	same(t, len(got.Cursors), 0)
}
