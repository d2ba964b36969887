package lookout_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/lookout"
)

// benchRows is what a community's volunteer may have: ten years of logs.
const benchRows = 1_000_000

// benchCalls are calls from the first time to the second, of 20,000 numbers,
// half of them under 300 holder codes.
func benchCalls(seed uint64, n int, person domain.PersonID, from, to time.Time) []domain.Call {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // the same log every time
	span := to.Sub(from).Milliseconds()
	directions := []domain.Direction{
		domain.DirectionIncoming, domain.DirectionIncoming, domain.DirectionMissed, domain.DirectionRejected, domain.DirectionOutgoing,
	}
	calls := make([]domain.Call, n)
	for i := range calls {
		number := fmt.Sprintf("138%08d", r.IntN(10_000))
		code := ""
		if r.IntN(2) == 0 {
			code = fmt.Sprint(95013 + r.IntN(300))
			number = code + fmt.Sprintf("%03d", r.IntN(33))
		}
		length := time.Duration(r.IntN(90)) * time.Second
		calls[i] = domain.Call{
			PersonID: person, Number: number, Display: number, Code: code, Family: domain.FamilyCallCentre95,
			Verdict: domain.VerdictUnlisted, StartedAt: from.Add(time.Duration(r.Int64N(span)) * time.Millisecond),
			Duration: &length, Direction: directions[r.IntN(len(directions))], Source: "generic_csv",
		}
	}
	// As a log has them.
	slices.SortFunc(calls, func(a, b domain.Call) int { return a.StartedAt.Compare(b.StartedAt) })
	return calls
}

func fill(b *testing.B, d *desk, calls []domain.Call) {
	b.Helper()
	for len(calls) > 0 {
		n := min(5000, len(calls))
		d.add(b, calls[:n]...)
		calls = calls[n:]
	}
}

// BenchmarkAlerts judges a million calls once, and then what a further import
// of ten thousand costs: of calls after them, and of calls from the midst.
func BenchmarkAlerts(b *testing.B) {
	begin, end := time.Date(2014, 1, 1, 0, 0, 0, 0, domain.China()), time.Date(2024, 1, 1, 0, 0, 0, 0, domain.China())
	for _, people := range []int{1, 50} {
		d := open(b)
		ids := []domain.PersonID{domain.SelfID}
		for i := range people - 1 {
			p := domain.Person{Name: fmt.Sprint("P", i), Relation: domain.RelationRelative}
			ok(b, d.store.AddPerson(b.Context(), &p))
			ids = append(ids, p.ID)
		}
		for i, id := range ids {
			fill(b, d, benchCalls(uint64(i), benchRows/people, id, begin, end))
		}
		busy := cpu()
		ok(b, d.Refresh(b.Context(), nil))
		n, err := d.NewAlerts(b.Context())
		ok(b, err)
		spent := cpu() - busy
		b.Run(fmt.Sprint(people, " people, the first pass"), func(b *testing.B) {
			b.ReportMetric(spent.Seconds(), "cpu-s")
			b.ReportMetric(float64(n.All()), "alerts")
			b.ReportMetric(0, "ns/op")
		})
		seed := uint64(1000)
		for name, span := range map[string][2]time.Time{
			"later": {end, end.AddDate(0, 3, 0)}, "last year": {end.AddDate(-1, 0, 0), end}, "anywhere": {begin, end},
		} {
			b.Run(fmt.Sprint(people, " people, 10000 calls ", name), func(b *testing.B) {
				var spent time.Duration
				for b.Loop() {
					seed++
					fill(b, d, benchCalls(seed, 10_000, domain.SelfID, span[0], span[1]))
					busy := cpu()
					ok(b, d.Refresh(b.Context(), nil))
					spent += cpu() - busy
				}
				b.ReportMetric(spent.Seconds()/float64(b.N), "cpu-s/import")
			})
		}
		b.Run(fmt.Sprint(people, " people, nothing new"), func(b *testing.B) {
			for b.Loop() {
				ok(b, d.Refresh(b.Context(), nil))
			}
		})
		b.Run(fmt.Sprint(people, " people, first page of alerts"), func(b *testing.B) {
			for b.Loop() {
				_, err := d.Alerts(context.Background(), lookout.AlertFilter{}, domain.Page{Limit: 100})
				ok(b, err)
			}
		})
		b.Run(fmt.Sprint(people, " people, stats"), func(b *testing.B) {
			busy := cpu()
			for b.Loop() {
				_, err := d.store.Stats(context.Background(), lookout.StatsFilter{})
				ok(b, err)
			}
			b.ReportMetric((cpu()-busy).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}
