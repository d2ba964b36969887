package filing_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// apply does with an answer what a store does.
func apply(k filing.KnownCase, c filing.Case) (filing.KnownCase, filing.CaseStep) {
	step := k.Take(c)
	next := filing.KnownCase{State: step.State, UpdatedAt: step.UpdatedAt, Told: slices.Clone(k.Told)}
	gone := map[int]bool{}
	for _, p := range step.Place {
		if p.Guess >= 0 {
			gone[p.Guess] = true
		}
		switch {
		case p.Line >= 0:
			next.Told[p.Line] = p.CaseEntry
		case p.Told > 0:
			next.Told = append(next.Told, p.CaseEntry)
		}
	}
	for i, g := range k.Guessed {
		if !gone[i] {
			next.Guessed = append(next.Guessed, g)
		}
	}
	for _, p := range step.Place {
		if p.Told == 0 {
			next.Guessed = append(next.Guessed, p.CaseEntry)
		}
	}
	return next, step
}

func at(seconds int) time.Time { return testkit.Epoch().Add(time.Duration(seconds) * time.Second) }

// story is what an endpoint says of one case as it goes on: the i-th answer is
// that after i+1 changes.
type story []filing.CaseEntry

func (s story) whole(i int) filing.Case {
	return filing.Case{ReceiptNumber: "R", State: s[i].State, UpdatedAt: s[i].At, Note: s[i].Note, History: slices.Clone(s[:i+1])}
}

func (s story) bare(i int) filing.Case {
	c := s.whole(i)
	c.History = nil
	return c
}

func drawStory(t *rapid.T) story {
	s := story{{State: domain.CaseReceived, At: at(0)}}
	now := 0
	for range rapid.IntRange(0, 8).Draw(t, "changes") {
		now += rapid.IntRange(0, 3).Draw(t, "pause") // two changes may bear one time
		state := rapid.SampledFrom(append(domain.CaseStates(), "under_review")).Draw(t, "state")
		s = append(s, filing.CaseEntry{State: state, At: at(now), Note: fmt.Sprint("note ", len(s))})
	}
	return s
}

func TestAnyOrderOfAnswersEndsInTheLatestState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		// What the outbox wrote when it filed, by another clock.
		k := filing.KnownCase{State: domain.CaseReceived, Guessed: []filing.CaseEntry{{State: domain.CaseReceived, At: at(-500)}}}
		latest := len(s) - 1
		answers := []filing.Case{s.whole(latest)}
		for range rapid.IntRange(0, 12).Draw(t, "answers") {
			i := rapid.IntRange(0, latest).Draw(t, "which")
			// A bare state with the time of a younger one tells no order.
			if rapid.Bool().Draw(t, "bare") && (i == latest || s[i].At.Before(s[i+1].At)) {
				answers = append(answers, s.bare(i))
			} else {
				answers = append(answers, s.whole(i))
			}
		}
		for _, c := range rapid.Permutation(answers).Draw(t, "order") {
			k, _ = apply(k, c)
		}
		if k.State != s[latest].State {
			t.Fatalf("ends as %s, want %s", k.State, s[latest].State)
		}
		told := slices.Clone(k.Told)
		slices.SortStableFunc(told, func(a, b filing.CaseEntry) int { return a.At.Compare(b.At) })
		if len(told) != len(s) {
			t.Fatalf("%d lines of %d: %+v", len(told), len(s), told)
		}
		for _, c := range answers { // and nothing of it changes anything again
			next, step := apply(k, c)
			if len(step.Place) > 0 || next.State != k.State {
				t.Fatalf("%+v is taken in twice: %+v", c, step)
			}
		}
	})
}

func TestAClockThatWasPutBackDoesNotHideAState(t *testing.T) {
	s := story{{State: domain.CaseReceived, At: at(1000)}, {State: domain.CaseAccepted, At: at(2000)}, {State: domain.CaseClosed, At: at(30)}}
	k, _ := apply(filing.KnownCase{}, s.whole(1))
	k, step := apply(k, s.bare(2))
	if k.State != domain.CaseAccepted || !step.WantsHistory {
		t.Errorf("a bare state of an older time: %s, wants history %t", k.State, step.WantsHistory)
	}
	if k, _ = apply(k, s.whole(2)); k.State != domain.CaseClosed {
		t.Errorf("the history goes on, yet the state is %s", k.State)
	}
	if k, _ = apply(k, s.whole(1)); k.State != domain.CaseClosed {
		t.Errorf("an old answer is taken for a young one: %s", k.State)
	}
}

func TestABareStateIsReplacedByTheLineThatTellsIt(t *testing.T) {
	s := story{{State: domain.CaseReceived, At: at(0)}, {State: domain.CaseAccepted, At: at(20)}, {State: domain.CaseTransferred, At: at(60), Note: "over there"}}
	k, step := apply(filing.KnownCase{State: domain.CaseReceived}, s.bare(2))
	if k.State != domain.CaseTransferred || len(k.Guessed) != 1 || !step.WantsHistory {
		t.Fatalf("%+v %+v", k, step)
	}
	k, step = apply(k, s.whole(2))
	if len(k.Guessed) != 0 || len(k.Told) != 3 || step.WantsHistory {
		t.Errorf("%+v", k)
	}
	if added := slices.DeleteFunc(step.Place, func(p filing.PlacedEntry) bool { return !p.New() }); len(added) != 2 {
		t.Errorf("%d lines are new, want two: %+v", len(added), added)
	}
}

func TestAChangedNoteIsTheSameLine(t *testing.T) {
	s := story{{State: domain.CaseReceived, At: at(0), Note: "here"}, {State: domain.CaseAccepted, At: at(20), Note: "taken"}, {State: domain.CaseAccepted, At: at(20), Note: "and read"}}
	k, _ := apply(filing.KnownCase{}, s.whole(2))
	old := s.whole(1)
	s[1].Note, s[2].Note = "accepted", "and looked at"
	k, step := apply(k, s.whole(2))
	if len(step.Place) != 2 || len(k.Told) != 3 || k.Told[1].Note != "accepted" || k.Told[2].Note != "and looked at" {
		t.Errorf("%+v", k.Told)
	}
	if _, step = apply(k, old); len(step.Place) != 0 {
		t.Errorf("an old answer changes a note back: %+v", step.Place)
	}
}
