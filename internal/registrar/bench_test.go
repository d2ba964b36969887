package registrar_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/registry"
)

// BenchmarkStart is what the registry costs every start of a program: the list
// that comes with it; and an installed list, which is verified again, with
// corrections laid over it.
func BenchmarkStart(b *testing.B) {
	t := newBench(b)
	start := func(b *testing.B) {
		p := t.p
		for b.Loop() {
			p.Live = &registry.Live{}
			if err := registrar.New(p).Read(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("shipped", start)
	t.publish("2026.12.1", []string{"95588"})
	t.source()
	u, err := t.Look(b.Context())
	ok(b, err)
	_, err = t.Install(b.Context(), u)
	ok(b, err)
	for _, e := range t.Entries()[:50] {
		t.correct(domain.Correction{Code: e.Code, Scope: e.Holder.Scope, Kind: domain.CorrectionNote, Note: "x"})
	}
	b.Run("installed", start)
}

// BenchmarkFirstSearch is what the first search after a start pays for the
// index.
func BenchmarkFirstSearch(b *testing.B) {
	t := newBench(b)
	for b.Loop() {
		b.StopTimer()
		t.restart()
		b.StartTimer()
		if len(t.Search("zgyh", 20)) == 0 {
			b.Fatal("nothing")
		}
	}
}
