package advice

import "slices"

// Changes say what is different in a later table.
type Changes struct{ Added, Changed, Removed []Entry }

// Diff compares two tables, each list in the order of the table that has the
// entries. An entry that differs in anything is changed; of it, the later
// version is given.
func Diff(before, after *Table) Changes {
	var c Changes
	for _, e := range after.entries {
		was, there := before.Entry(e.ID)
		switch {
		case !there:
			c.Added = append(c.Added, e)
		case !same(was, e):
			c.Changed = append(c.Changed, e)
		}
	}
	for _, e := range before.entries {
		if _, still := after.Entry(e.ID); !still {
			c.Removed = append(c.Removed, e)
		}
	}
	return c
}

func same(a, b Entry) bool {
	return a.Group == b.Group && a.Title == b.Title && a.Words == b.Words && a.Certainty == b.Certainty && a.Source == b.Source &&
		slices.Equal(a.Points, b.Points)
}

// None says that nothing is different.
func (c Changes) None() bool { return len(c.Added)+len(c.Changed)+len(c.Removed) == 0 }
