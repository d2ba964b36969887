package filing

import (
	"slices"
	"time"

	"quietline/internal/domain"
)

// KnownCase is what is known of a case.
type KnownCase struct {
	State domain.CaseState
	// UpdatedAt is the endpoint's time of the answer that State is from, zero
	// where none told it.
	UpdatedAt time.Time
	// Told are the lines of the endpoint's history so far.
	Told []CaseEntry
	// Guessed are lines made from a bare state. A line of the history with the
	// same state takes the place of one.
	Guessed []CaseEntry
}

// CaseStep is what an answer adds to what is known. It is pure.
type CaseStep struct {
	// Place are lines of the history in its order, the new ones only.
	Place []PlacedEntry
	// State and UpdatedAt count from now on.
	State     domain.CaseState
	UpdatedAt time.Time
	// WantsHistory says that the answer does not tell everything: the case
	// should be read.
	WantsHistory bool
}

// PlacedEntry is a line to be written.
type PlacedEntry struct {
	CaseEntry
	// Guess is the index in KnownCase.Guessed of the line whose place it takes,
	// -1 where it is a line of its own.
	Guess int
	// Told is its place in the endpoint's history, from 1; 0 for a bare state.
	Told int
}

// Take says what an answer adds. The order in which answers come, and how often,
// does not matter in the end: lines are a set, and a state gives way only to one
// that the endpoint says is younger. As its clock may have been put back, a
// history that goes on from the known one is younger whatever its times say.
func (k KnownCase) Take(c Case) CaseStep {
	step := CaseStep{State: k.State, UpdatedAt: k.UpdatedAt}
	if len(c.History) == 0 {
		k.takeBare(c, &step)
		return step
	}
	guesses := make([]bool, len(k.Guessed))
	for n, e := range c.History {
		if slices.ContainsFunc(k.Told, e.same) || slices.ContainsFunc(step.Place, func(p PlacedEntry) bool { return e.same(p.CaseEntry) }) {
			continue
		}
		placed := PlacedEntry{CaseEntry: e, Guess: -1, Told: n + 1}
		for i, g := range k.Guessed {
			if !guesses[i] && g.State == e.State {
				guesses[i], placed.Guess = true, i
				break
			}
		}
		step.Place = append(step.Place, placed)
	}
	if k.gives(c, slices.Contains(guesses, false)) {
		step.State, step.UpdatedAt = c.State, c.UpdatedAt
	}
	return step
}

// gives says whether the known state gives way to an answer with a history.
// ahead says that a bare state told of something that this history lacks.
func (k KnownCase) gives(c Case, ahead bool) bool {
	in := func(list []CaseEntry) func(CaseEntry) bool {
		return func(e CaseEntry) bool { return !slices.ContainsFunc(list, e.same) }
	}
	holdsAll := !slices.ContainsFunc(k.Told, in(c.History))
	addsSome := slices.ContainsFunc(c.History, in(k.Told))
	switch {
	case k.State == domain.CaseNone:
		return true
	case !holdsAll && !addsSome:
		// A piece of what is known: an old answer, unless it was corrected since.
		return c.UpdatedAt.After(k.UpdatedAt) && !slices.ContainsFunc(k.Told, func(e CaseEntry) bool { return !e.At.Before(c.UpdatedAt) })
	case c.UpdatedAt.After(k.UpdatedAt):
		return true
	default:
		return holdsAll && !ahead && (addsSome || c.UpdatedAt.Equal(k.UpdatedAt))
	}
}

// takeBare takes a state without a history.
func (k KnownCase) takeBare(c Case, step *CaseStep) {
	e := CaseEntry{State: c.State, At: c.UpdatedAt, Note: c.Note}
	known := func(o CaseEntry) bool { return o.State == e.State && o.At.Equal(e.At) }
	fresh := !slices.ContainsFunc(k.Told, known) && !slices.ContainsFunc(k.Guessed, known)
	younger := k.UpdatedAt.IsZero() || c.UpdatedAt.IsZero() || c.UpdatedAt.After(k.UpdatedAt) || c.UpdatedAt.Equal(k.UpdatedAt) && fresh
	switch {
	case !younger:
		step.WantsHistory = fresh
		return
	case c.State != k.State:
		step.Place = []PlacedEntry{{CaseEntry: e, Guess: -1}}
	}
	// A case begins by being received: there is no more to its history.
	step.WantsHistory = fresh && !(c.State == domain.CaseReceived && k.State == c.State)
	step.State = c.State
	if !c.UpdatedAt.IsZero() {
		step.UpdatedAt = c.UpdatedAt
	}
}

// same says whether both are the same line of a history.
func (e CaseEntry) same(o CaseEntry) bool {
	return e.State == o.State && e.Note == o.Note && e.At.Equal(o.At)
}
