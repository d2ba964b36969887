package journal

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
)

// TestOrdinals compares with counting the rows themselves.
func TestOrdinals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o ordinals
		counts := map[string]int{}
		for range rapid.IntRange(0, 3000).Draw(t, "rows") {
			number := rapid.SampledFrom([]string{"", "95588", "955881", "+8613800138000"}).Draw(t, "number")
			at := time.UnixMilli(rapid.Int64Range(-50, 50).Draw(t, "ms"))
			d := rapid.SampledFrom(domain.Directions()).Draw(t, "direction")
			key := fmt.Sprint(number, "|", at.UnixMilli(), d)
			if got := o.next(number, at, d); got != counts[key] {
				t.Fatalf("row %s has ordinal %d, want %d", key, got, counts[key])
			}
			counts[key]++
		}
	})
}

// TestOrdinalsMany: many different rows are all the first of their kind.
func TestOrdinalsMany(t *testing.T) {
	var o ordinals
	const n = 200_000
	for round := range 2 {
		for i := range n {
			at := time.UnixMilli(int64(i/100) * 1000)
			if got := o.next(fmt.Sprint(95000000+i%100), at, domain.DirectionIncoming); got != round {
				t.Fatalf("row %d in round %d has ordinal %d", i, round, got)
			}
		}
	}
	bytes := 0
	for _, s := range o.shards {
		bytes += 8 * len(s.slots)
	}
	if bytes > 14*n {
		t.Errorf("%d bytes for %d rows", bytes, n)
	}
}
