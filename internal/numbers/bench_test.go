package numbers_test

import (
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"

	"quietline/internal/numbers"
)

// mixed is what a call log holds, service lines first.
func mixed() []string {
	return []string{
		"95013000", "95588", "9521330012", "961234", "96588", "10086", "12321", "4008895588", "95000123", "95105588",
		"13800138000", "17012340000", "01066200000", "053296588", "106575020086", "9558812",
	}
}

func BenchmarkClassify(b *testing.B) {
	_, c := shipped(b)
	list := mixed()
	b.ReportAllocs()
	for b.Loop() {
		for _, number := range list {
			c.Classify(number)
		}
	}
	perNumber(b, len(list))
}

func BenchmarkCheck(b *testing.B) {
	_, c := shipped(b)
	list := mixed()
	b.ReportAllocs()
	for b.Loop() {
		for _, number := range list {
			c.Check(number, "安徽")
		}
	}
	perNumber(b, len(list))
}

// BenchmarkPhonenumbers is the peer: the Go port of libphonenumber on the same
// list in the same run.
func BenchmarkPhonenumbers(b *testing.B) {
	list := mixed()
	b.ReportAllocs()
	for b.Loop() {
		parseAll(list)
	}
	perNumber(b, len(list))
}

func parseAll(list []string) {
	for _, number := range list {
		if n, err := phonenumbers.Parse(number, "CN"); err == nil {
			phonenumbers.IsValidNumber(n)
		}
	}
}

// BenchmarkTimesFasterThanPhonenumbers times both in turn on the same list, so
// that what else the machine does weighs on both, and reports the ratio.
func BenchmarkTimesFasterThanPhonenumbers(b *testing.B) {
	_, c := shipped(b)
	list := mixed()
	const rounds = 64 // of ours for one of the peer, so that reading the time does not count
	var ours, peers time.Duration
	for b.Loop() {
		start := b.Elapsed()
		for range rounds {
			for _, number := range list {
				c.Classify(number)
			}
		}
		middle := b.Elapsed()
		parseAll(list)
		ours += middle - start
		peers += b.Elapsed() - middle
	}
	b.ReportMetric(rounds*float64(peers)/float64(ours), "x-faster")
}

// BenchmarkNew is what start-up pays for the table.
func BenchmarkNew(b *testing.B) {
	s, _ := shipped(b)
	for b.Loop() {
		numbers.New(numbers.Params{Registry: s})
	}
}

func perNumber(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/number")
}

func TestPlainDigitsDoNotAllocate(t *testing.T) {
	_, c := shipped(t)
	for _, number := range append(mixed(), "952133001234567", "123495588", "97123", "66200000") {
		if n := testing.AllocsPerRun(50, func() { c.Classify(number) }); n != 0 {
			t.Errorf("Classify(%s): %v allocations", number, n)
		}
		if n := testing.AllocsPerRun(50, func() { c.Check(number, "安徽") }); n > 1 {
			t.Errorf("Check(%s): %v allocations", number, n)
		}
	}
}
