package lookout_test

import (
	"os"
	"testing"
	"time"

	"quietline/internal/filing"
	"quietline/internal/lookout"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// BenchmarkCharts measures what the charts ask of a large workspace, in time of
// the processor: that of the first page, and those of the Calls page for its
// shortest and its longest span. The environment names the database
// (packaging/bench-import.sh makes one).
func BenchmarkCharts(b *testing.B) {
	path := os.Getenv("QUIETLINE_BENCH_LARGE")
	if path == "" {
		b.Skip("QUIETLINE_BENCH_LARGE names no database; see packaging/bench-import.sh")
	}
	s, err := store.Open(b.Context(), store.Params{Path: path, Clock: testkit.NewClock()})
	ok(b, err)
	b.Cleanup(func() { _ = s.Close() })
	all, err := s.Stats(b.Context(), lookout.StatsFilter{})
	ok(b, err)
	month := all.Last.AddDate(0, 0, -29).Truncate(time.Hour)
	for _, tt := range []struct {
		name string
		ask  func() error
	}{
		{"home", func() error { _, err := s.Times(b.Context(), lookout.StatsFilter{From: month}); return err }},
		{"a month", func() error { _, err := s.Stats(b.Context(), lookout.StatsFilter{From: month}); return err }},
		{"everything", func() error { _, err := s.Stats(b.Context(), lookout.StatsFilter{}); return err }},
		{"complaints of a month", func() error {
			_, err := s.CountStates(b.Context(), filing.FunnelFilter{From: month})
			return err
		}},
		{"all complaints", func() error { _, err := s.CountStates(b.Context(), filing.FunnelFilter{}); return err }},
	} {
		b.Run(tt.name, func(b *testing.B) {
			busy := cpu()
			for b.Loop() {
				ok(b, tt.ask())
			}
			b.ReportMetric(float64((cpu()-busy).Milliseconds())/float64(b.N), "cpu-ms/op")
			b.ReportMetric(0, "ns/op")
		})
	}
	b.Logf("%d calls, from %v to %v", all.Calls+all.Outgoing, all.First, all.Last)
}
