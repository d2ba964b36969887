package filing_test

import (
	"os"
	"testing"

	"quietline/internal/evidence"
	"quietline/internal/filing"
)

func (c *cabinet) taken(name, text string) filing.TakenEvidence {
	c.t.Helper()
	t, err := c.file.TakeEvidence(c.t.Context(), c.write(name, text))
	if err != nil {
		c.t.Fatal(err)
	}
	return t
}

func (c *cabinet) drop(files ...filing.TakenEvidence) {
	c.t.Helper()
	if err := c.file.DropEvidence(c.t.Context(), files); err != nil {
		c.t.Fatal(err)
	}
}

// One file may be for two forms: what one gives up stays as long as the other has
// it, and goes with the last.
func TestHeldByAnotherForm(t *testing.T) {
	c := newCabinet(t)
	first, second := c.taken("a.txt", "one"), c.taken("b.txt", "one")
	c.drop(first)
	c.drop(first) // once is enough
	if !c.there(second.Evidence) {
		t.Fatal("the other form has lost it")
	}
	if err := c.file.SweepEvidence(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.new(c.input(second.Evidence))
	c.drop(second)
	if !c.there(second.Evidence) {
		t.Error("a complaint has lost it")
	}
	third, fourth := c.taken("c.txt", "two"), c.taken("d.txt", "two")
	c.drop(fourth)
	c.drop(third)
	if c.there(third.Evidence) {
		t.Error("nobody has it, and it is there")
	}
}

// What a complaint that is cancelled had may be for a form that is open.
func TestHeldWhileAComplaintIsCancelled(t *testing.T) {
	c := newCabinet(t)
	file := c.taken("a.txt", "one")
	k := c.new(c.input(file.Evidence))
	c.drop(file)
	held := c.taken("a.txt", "one")
	if _, err := c.file.Cancel(t.Context(), string(k.ID)); err != nil {
		t.Fatal(err)
	}
	if !c.there(held.Evidence) {
		t.Error("the form has lost it")
	}
}

// A form that stays open for days keeps its files.
func TestHeldWhileSwept(t *testing.T) {
	c := newCabinet(t)
	held := c.taken("a.txt", "one")
	old := c.clock.Now().Add(-2 * filing.EvidenceGrace)
	if err := os.Chtimes(c.path(held.Evidence), old, old); err != nil {
		t.Fatal(err)
	}
	if err := c.file.SweepEvidence(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !c.there(held.Evidence) {
		t.Error("the form has lost it")
	}
}

// What another process has taken for a form is not this one's to remove.
func TestHeldByAnotherProcess(t *testing.T) {
	c := newCabinet(t)
	held := c.taken("a.txt", "one")
	c.file, c.outbox = c.with(c.ends, evidence.New(evidence.Params{Dir: c.vault}))
	c.drop(c.taken("a.txt", "one"))
	if !c.there(held.Evidence) {
		t.Error("the other process has lost it")
	}
}
