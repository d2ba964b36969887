package main

import (
	"fmt"

	"quietline/internal/advice"
)

// knowledge is a table of advice that is to be published, and what it changes of
// the shipped one; without data there is none.
type knowledge struct {
	data    []byte
	changes advice.Changes
}

// readAdvice reads a table of advice as the programs would; an empty path is
// none.
func (t *tool) readAdvice(path string) (knowledge, error) {
	if path == "" {
		return knowledge{}, nil
	}
	data, err := readTable(path)
	if err != nil {
		return knowledge{}, err
	}
	table, err := advice.Parse(data)
	if err != nil {
		return knowledge{}, err
	}
	shipped, err := advice.Parse(t.advice)
	if err != nil {
		return knowledge{}, err
	}
	return knowledge{data, advice.Diff(shipped, table)}, nil
}

// reportAdvice prints which entries are different, to be looked at before they
// are published.
func (t *tool) reportAdvice(c advice.Changes) {
	for _, part := range []struct {
		mark    string
		entries []advice.Entry
	}{{"+", c.Added}, {"~", c.Changed}, {"-", c.Removed}} {
		for _, e := range part.entries {
			fmt.Fprintf(t.out, "%s advice %s: %s\n", part.mark, e.ID, e.Title.ZH)
		}
	}
}
