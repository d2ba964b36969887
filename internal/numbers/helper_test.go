package numbers_test

import (
	"strings"
	"sync"
	"testing"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// The use cases on calls see the checker through their port.
var _ journal.Checker = (*numbers.Checker)(nil)

// snapshot is the shipped registry, read once.
var snapshot = sync.OnceValues(func() (*registry.Snapshot, error) { return registry.Load(assets.Registry()) })

func shipped(tb testing.TB) (*registry.Snapshot, *numbers.Checker) {
	tb.Helper()
	s, err := snapshot()
	if err != nil {
		tb.Fatal(err)
	}
	return s, numbers.New(numbers.Params{Registry: s})
}

func words(rules []domain.Rule) string {
	out := make([]string, len(rules))
	for i, r := range rules {
		out[i] = string(r)
	}
	return strings.Join(out, " ")
}

func holders(list []domain.Holder) string {
	out := make([]string, len(list))
	for i, h := range list {
		out[i] = h.NameZH
	}
	return strings.Join(out, "|")
}

// row is one line of the tables: what is asked and what is answered.
type row struct {
	input, province string // asked
	number          string
	family          domain.Family
	verdict         domain.Verdict
	code, extension string
	place           string // area code and province, separated by a blank
	country         string
	holders         string
	rules           string
}

func (r row) run(t *testing.T, c *numbers.Checker) {
	t.Helper()
	k := c.Check(r.input, r.province)
	got := row{
		r.input, r.province, k.Number, k.Family, k.Verdict, k.Code, k.Extension,
		strings.TrimSpace(k.AreaCode + " " + k.Province), k.Country, holders(k.Holders), words(k.Rules),
	}
	if got != r || k.Input != r.input {
		t.Errorf("Check(%q, %q)\n got %q\nwant %q", r.input, r.province, got, r)
	}
	reading, verdict, code := c.Classify(r.input)
	if reading != k.Reading || verdict != k.Verdict || code != k.Code {
		t.Errorf("Classify(%q) = %+v %s %q, Check says %+v %s %q", r.input, reading, verdict, code, k.Reading, k.Verdict, k.Code)
	}
}
