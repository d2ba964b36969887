package store

import (
	"os"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// pageRows are how many calls each of the filters below finds in a small log,
// where it finds any, so that both pages are as long.
const pageRows = 40

// pageFilters are the filters of the call list and searches in it, with values
// that many calls have, few, or none.
func pageFilters() []struct {
	name string
	f    domain.CallFilter
} {
	march := time.Date(2020, 3, 1, 0, 0, 0, 0, domain.China())
	return []struct {
		name string
		f    domain.CallFilter
	}{
		{"all", domain.CallFilter{}},
		{"person", domain.CallFilter{PersonID: domain.SelfID}},
		{"nobody", domain.CallFilter{PersonID: 99}},
		{"number", domain.CallFilter{Number: "95510"}},
		{"withheld", domain.CallFilter{Family: domain.FamilyHidden}},
		{"code", domain.CallFilter{Code: "95040"}},
		{"period", domain.CallFilter{From: march, To: march.AddDate(0, 1, 0)}},
		{"missed", domain.CallFilter{Direction: domain.DirectionMissed}},
		{"voicemail", domain.CallFilter{Direction: domain.DirectionVoicemail}},
		{"public service", domain.CallFilter{Family: domain.FamilyPublicService}},
		{"premium", domain.CallFilter{Family: domain.FamilyPremium}},
		{"invalid", domain.CallFilter{Verdict: domain.VerdictInvalid}},
		{"listed mobiles", domain.CallFilter{Verdict: domain.VerdictListed, Family: domain.FamilyMobile}},
		{"outgoing withheld", domain.CallFilter{Direction: domain.DirectionOutgoing, Family: domain.FamilyHidden}},
		{"missed, one person, listed, a month", domain.CallFilter{
			PersonID: domain.SelfID, Direction: domain.DirectionMissed, Verdict: domain.VerdictListed, From: march, To: march.AddDate(0, 1, 0),
		}},
	}
}

func pageSearches() []struct {
	name string
	f    domain.CallFilter
} {
	return []struct {
		name string
		f    domain.CallFilter
	}{
		{"two characters, many", domain.CallFilter{Text: textDoctor}},
		{"one character, many", domain.CallFilter{Text: textMaster}},
		{"two words, few", domain.CallFilter{Text: textMaster + " 144"}},
		{"two characters, none", domain.CallFilter{Text: textNowhere}},
		{"characters and a filter", domain.CallFilter{Text: textDoctor, Direction: domain.DirectionOutgoing}},
		{"Latin, many", domain.CallFilter{Text: "Dr"}},
		{"Latin, none", domain.CallFilter{Text: "nobody"}},
		{"digits, many", domain.CallFilter{Text: "95013"}},
		{"digits, few", domain.CallFilter{Text: "95013123"}},
		{"digits, none", domain.CallFilter{Text: "987654321"}},
	}
}

// BenchmarkFirstPage compares the first page of each filter, as the table of the
// window asks for it, in a large log with that in a small one: "times" is the
// ratio. The two are workspaces' databases named by the environment
// (packaging/bench-import.sh makes them).
func BenchmarkFirstPage(b *testing.B) {
	small, large := benchLog(b, "QUIETLINE_BENCH_SMALL"), benchLog(b, "QUIETLINE_BENCH_LARGE")
	for _, kind := range []struct {
		name string
		list []struct {
			name string
			f    domain.CallFilter
		}
	}{{"filter", pageFilters()}, {"search", pageSearches()}} {
		for _, tt := range kind.list {
			b.Run(kind.name+"/"+tt.name, func(b *testing.B) {
				var times [2]time.Duration
				for b.Loop() {
					for i, s := range []*Store{small, large} {
						began := time.Now()
						if _, err := s.Calls(b.Context(), tt.f, domain.Page{Limit: pageRows}); err != nil {
							b.Fatal(err)
						}
						times[i] += time.Since(began)
					}
				}
				b.ReportMetric(float64(times[1])/float64(times[0]), "times")
				b.ReportMetric(float64(times[0].Microseconds())/float64(b.N), "µs-small")
				b.ReportMetric(float64(times[1].Microseconds())/float64(b.N), "µs-large")
			})
		}
	}
}

func benchLog(b *testing.B, env string) *Store {
	b.Helper()
	path := os.Getenv(env)
	if path == "" {
		b.Skip(env + " names no database; see packaging/bench-import.sh")
	}
	s, err := Open(b.Context(), Params{Path: path, Clock: testkit.NewClock()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}
