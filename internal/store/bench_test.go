package store

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// benchRows is a family's call log of some years.
const benchRows = 200_000

func benchStore(b *testing.B, rows int) *Store {
	b.Helper()
	s := fresh(b)
	calls := manyCalls(rows)
	for i := range calls {
		if i%10 == 0 {
			calls[i].Note = fmt.Sprintf("对方说我涉嫌诈骗，要我转账 %d 元", i)
		}
	}
	for part := range slices.Chunk(calls, 1000) {
		if _, err := s.AddCalls(b.Context(), part, false); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func BenchmarkAddCalls(b *testing.B) {
	s := fresh(b)
	calls := manyCalls(1000)
	for n := 0; b.Loop(); n++ {
		for i := range calls {
			calls[i].StartedAt = testkit.Epoch().Add(time.Duration(n*1000+i) * time.Second)
		}
		if _, err := s.AddCalls(b.Context(), calls, false); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

func BenchmarkAddCallsAgain(b *testing.B) {
	s := fresh(b)
	calls := manyCalls(1000)
	for b.Loop() {
		if _, err := s.AddCalls(b.Context(), calls, false); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

func BenchmarkReading(b *testing.B) {
	s := benchStore(b, benchRows)
	info, err := os.Stat(s.path)
	if err != nil {
		b.Fatal(err)
	}
	middle, err := s.IndexCalls(b.Context(), domain.CallFilter{}, benchRows/2)
	if err != nil {
		b.Fatal(err)
	}
	for name, page := range map[string]domain.Page{
		"first page": {Limit: 100}, "page in the middle": {Limit: 100, After: middle.Cursors[0]},
	} {
		b.Run(name, func(b *testing.B) { benchCalls(b, s, domain.CallFilter{}, page) })
	}
	for name, filter := range map[string]domain.CallFilter{
		"number": {Number: "95000007"}, "Chinese text": {Text: "诈骗"}, "rare text": {Text: "4990"}, "no such text": {Text: "zebra"},
	} {
		b.Run(name, func(b *testing.B) { benchCalls(b, s, filter, domain.Page{Limit: 100}) })
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.IndexCalls(b.Context(), domain.CallFilter{}, 200); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(info.Size())/benchRows, "bytes/call")
	})
}

func benchCalls(b *testing.B, s *Store, f domain.CallFilter, p domain.Page) {
	b.Helper()
	for b.Loop() {
		if _, err := s.Calls(b.Context(), f, p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOutbox is what a complaint costs on our side: queue, claim, record.
func BenchmarkOutbox(b *testing.B) {
	s := fresh(b)
	ch := domain.Channel{Name: "c", Kind: domain.ChannelIntake}
	if err := s.AddChannel(b.Context(), &ch); err != nil {
		b.Fatal(err)
	}
	source, now := &testkit.Source{}, testkit.Epoch()
	for b.Loop() {
		id := source.UUID()
		c := domain.Complaint{ID: domain.ComplaintID(id), PersonID: domain.SelfID, ChannelID: ch.ID}
		if err := s.Queue(b.Context(), filing.QueueRequest{Complaint: c, Key: id, Payload: []byte("{}"), Now: now}); err != nil {
			b.Fatal(err)
		}
		jobs, err := s.Claim(b.Context(), filing.ClaimRequest{Owner: "w", Now: now, Until: now.Add(time.Minute), Limit: 1})
		if err != nil || len(jobs) != 1 {
			b.Fatal(jobs, err)
		}
		held, err := s.Record(b.Context(), []filing.Result{{
			ComplaintID: c.ID, Owner: "w", AttemptN: 1, Now: now, Outcome: domain.AttemptSent, State: domain.SendSent,
		}})
		if err != nil || !held[0] {
			b.Fatal(held, err)
		}
	}
}
