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

// PlacedEntry is a line to be written: a new one, or one that takes the place of
// another.
type PlacedEntry struct {
	CaseEntry
	// Guess is the index in KnownCase.Guessed of the line whose place it takes,
	// Line that in KnownCase.Told whose note it corrects; -1 for none.
	Guess, Line int
	// Told is its place in the endpoint's history, from 1; 0 for a bare state.
	Told int
}

// New says that it is a line of its own.
func (p PlacedEntry) New() bool { return p.Guess < 0 && p.Line < 0 }

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
	line, left := k.match(c.History)
	fresh, guessed := 0, make([]bool, len(k.Guessed))
	var corrections []PlacedEntry
	for n, e := range c.History {
		switch {
		case line[n] < 0:
			fresh++
			guess := k.guess(e.State, guessed)
			step.Place = append(step.Place, PlacedEntry{CaseEntry: e, Guess: guess, Line: -1, Told: n + 1})
		case e.Note != k.Told[line[n]].Note:
			corrections = append(corrections, PlacedEntry{CaseEntry: e, Guess: -1, Line: line[n], Told: n + 1})
		}
	}
	if k.gives(c, comparison{fresh: fresh, left: left, ahead: slices.Contains(guessed, false)}) {
		step.State, step.UpdatedAt = c.State, c.UpdatedAt
		step.Place = append(step.Place, corrections...)
	}
	return step
}

// guess finds a guessed line of the state that no other line has taken the place
// of, and takes it; -1 where there is none.
func (k KnownCase) guess(state domain.CaseState, taken []bool) int {
	for i, g := range k.Guessed {
		if !taken[i] && g.State == state {
			taken[i] = true
			return i
		}
	}
	return -1
}

// match finds the known line of each line of a history, -1 for a new one. left is
// how many known lines the history lacks. An endpoint may change the words of a
// line, so a line of the same state and time is the same, but one with the same
// note is so first.
func (k KnownCase) match(history []CaseEntry) (line []int, left int) {
	line, used := make([]int, len(history)), make([]bool, len(k.Told))
	for i := range line {
		line[i] = -1
	}
	for _, exact := range []bool{true, false} {
		for n, e := range history {
			if line[n] >= 0 {
				continue
			}
			for i, o := range k.Told {
				if !used[i] && e.State == o.State && e.At.Equal(o.At) && (!exact || e.Note == o.Note) {
					line[n], used[i] = i, true
					break
				}
			}
		}
	}
	for _, u := range used {
		if !u {
			left++
		}
	}
	return line, left
}

// comparison is how a history stands to what is known: fresh lines are new, left
// ones are missing in it, and ahead says that a bare state told of something
// that it lacks.
type comparison struct {
	fresh, left int
	ahead       bool
}

// gives says whether the known state gives way to that of an answer.
func (k KnownCase) gives(c Case, o comparison) bool {
	younger := c.UpdatedAt.After(k.UpdatedAt)
	switch {
	case k.State == domain.CaseNone:
		return true
	case o.left > 0 && o.fresh == 0:
		// A piece of what is known: an old answer, unless it was corrected since.
		return younger && !slices.ContainsFunc(k.Told, func(e CaseEntry) bool { return !e.At.Before(c.UpdatedAt) })
	case younger:
		return true
	default:
		return o.left == 0 && !o.ahead && (o.fresh > 0 || c.UpdatedAt.Equal(k.UpdatedAt))
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
		step.Place = []PlacedEntry{{CaseEntry: e, Guess: -1, Line: -1}}
	}
	// A case begins by being received: there is no more to its history.
	step.WantsHistory = fresh && (c.State != domain.CaseReceived || k.State != c.State)
	step.State = c.State
	if !c.UpdatedAt.IsZero() {
		step.UpdatedAt = c.UpdatedAt
	}
}
