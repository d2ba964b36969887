// Package testkit holds what tests of many packages share: a clock that is
// set by hand, identifiers in a known order, printers in both languages.
package testkit

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// Epoch is when a new Clock starts: a Monday morning in China.
func Epoch() time.Time { return time.Date(2024, 5, 20, 9, 0, 0, 0, domain.China()) }

// Clock is a domain.Clock that moves only when told to.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that stands at Epoch.
func NewClock() *Clock { return &Clock{now: Epoch()} }

// Now is the time the clock was set to.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Source is a domain.Source that counts: its UUIDs are valid, different and
// the same in every run; Float64 is always one half.
type Source struct {
	mu sync.Mutex
	n  int
}

// UUID is the next UUID.
func (s *Source) UUID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return fmt.Sprintf("%08x-0000-4000-8000-%012x", s.n, s.n)
}

// Float64 is one half.
func (s *Source) Float64() float64 { return 0.5 }

// Printer gives our catalogues in the language.
func Printer(t testing.TB, lang l10n.Language) *l10n.Printer {
	t.Helper()
	p, err := catalogues()
	if err != nil {
		t.Fatal(err)
	}
	return p.In(lang)
}

// catalogues reads them once: that takes as long as a test of a page.
var catalogues = sync.OnceValues(func() (*l10n.Printer, error) {
	return l10n.New(i18n.Files(), l10n.English)
})

// EachLanguage runs a subtest in every language.
func EachLanguage(t *testing.T, f func(t *testing.T, p *l10n.Printer)) {
	t.Helper()
	for _, lang := range l10n.Languages() {
		t.Run(string(lang), func(t *testing.T) { f(t, Printer(t, lang)) })
	}
}

// HeapInUse is how many bytes are in use once memory was collected.
func HeapInUse() uint64 {
	runtime.GC()
	runtime.GC() // the first one may leave what has a finalizer
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
