package journal_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

// records draws a log with few numbers and few moments, so that many rows are
// equal.
func records() *rapid.Generator[[]journal.Record] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) journal.Record {
		r := journal.Record{
			Line: 1, Number: rapid.SampledFrom([]string{"", "95588", "0551-96588", "055196588", "bank"}).Draw(t, "number"),
			StartedAt: testkit.Epoch().Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "minute")) * time.Minute),
			Direction: rapid.SampledFrom([]domain.Direction{domain.DirectionIncoming, domain.DirectionMissed}).Draw(t, "direction"),
		}
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			r.Skip = "filler"
		case 1:
			r.Reject, r.Text = "time", "x"
		}
		return r
	}), 0, 40)
}

// contents counts the calls of a store by all that makes them what they are
// but the ordinal.
func contents(t *rapid.T, s *journal.Service) map[string]int {
	out := map[string]int{}
	page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: domain.MaxPageSize})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Calls {
		out[fmt.Sprint(c.Number, c.StartedAt.UnixMilli(), c.Direction)]++
	}
	return out
}

func imported(t *rapid.T, b *bench, log []journal.Record) journal.ImportReport {
	b.files.Files["f"] = journaltest.File{Records: log}
	r, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	if empty := len(log) == 0; (domain.KeyOf(err) == "import.no_rows") != empty || err != nil && !empty {
		t.Fatal(err)
	}
	if r.Rows != len(log) || r.Rows != r.Imported+r.Duplicates+r.Skipped+r.Rejected {
		t.Fatalf("%d rows: %+v", len(log), r)
	}
	return r
}

func TestImportTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := records().Draw(t, "log")
		b := newBench()
		first := imported(t, b, log)
		once := contents(t, b.Service)
		again := imported(t, b, log)
		if again.Imported != 0 || again.Duplicates != first.Imported+first.Duplicates || first.Duplicates != 0 {
			t.Fatalf("first %+v, again %+v", first, again)
		}
		if !maps.Equal(once, contents(t, b.Service)) {
			t.Fatal("the second import changed the store")
		}
	})
}

// TestImportOverlapIsUnion: of two logs that overlap, a call that both have is
// there as often as the log that has it more often says.
func TestImportOverlapIsUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := records().Draw(t, "log")
		from := rapid.IntRange(0, len(log)).Draw(t, "from")
		to := rapid.IntRange(0, len(log)).Draw(t, "to")
		a, z := log[:max(from, to)], log[min(from, to):]
		want := map[string]int{}
		for _, part := range [][]journal.Record{a, z} {
			alone := newBench()
			imported(t, alone, part)
			for key, n := range contents(t, alone.Service) {
				want[key] = max(want[key], n)
			}
		}
		both, turned := newBench(), newBench()
		imported(t, both, a)
		imported(t, both, z)
		imported(t, turned, z)
		imported(t, turned, a)
		if got := contents(t, both.Service); !maps.Equal(want, got) {
			t.Fatalf("%v, want %v", got, want)
		}
		if got := contents(t, turned.Service); !maps.Equal(want, got) {
			t.Fatalf("the other way round %v, want %v", got, want)
		}
	})
}
