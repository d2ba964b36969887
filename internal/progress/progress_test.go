package progress_test

import (
	"sync"
	"testing"

	"quietline/internal/progress"
)

func TestFinalReportHoldsEverything(t *testing.T) {
	var c progress.Counter
	c.SetTotal(1000)
	reports := make(chan progress.Snapshot, 1000)
	stop := c.Report(func(s progress.Snapshot) { reports <- s })
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for range 100 {
				c.AddDone(1)
				c.AddItems(1)
			}
		})
	}
	wg.Wait()
	c.AddFailed(3)
	stop()
	stop()
	close(reports)
	var last progress.Snapshot
	finals := 0
	for s := range reports {
		last = s
		if s.Final {
			finals++
		}
	}
	want := progress.Snapshot{Done: 1000, Total: 1000, Items: 1000, Failed: 3, Final: true}
	if last != want || finals != 1 {
		t.Fatalf("last report %+v after %d final ones, want %+v after 1", last, finals, want)
	}
}

func TestFraction(t *testing.T) {
	for _, tc := range []struct {
		done, total int64
		want        float64
	}{{0, 0, 0}, {5, 0, 0}, {5, 10, .5}, {11, 10, 1}, {-1, 10, 0}} {
		if got := (progress.Snapshot{Done: tc.done, Total: tc.total}).Fraction(); got != tc.want {
			t.Errorf("%d of %d: %v, want %v", tc.done, tc.total, got, tc.want)
		}
	}
}
