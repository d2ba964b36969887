package main

import (
	"strings"

	"quietline/internal/advice"
)

// adviceChangesJSON names the entries of advice that a newer list changes.
type adviceChangesJSON struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

func toAdviceChangesJSON(c advice.Changes) adviceChangesJSON {
	ids := func(list []advice.Entry) []string {
		out := make([]string, len(list))
		for i, e := range list {
			out[i] = e.ID
		}
		return out
	}
	return adviceChangesJSON{ids(c.Added), ids(c.Changed), ids(c.Removed)}
}

// adviceChangesText says what a newer list changes of the advice; empty where
// that is nothing.
func (c *cli) adviceChangesText(changes advice.Changes) string {
	if changes.None() {
		return ""
	}
	var b strings.Builder
	b.WriteString(c.T("advice.changes", map[string]any{
		"Added": len(changes.Added), "Changed": len(changes.Changed), "Removed": len(changes.Removed),
	}) + "\n")
	for _, list := range [][]advice.Entry{changes.Added, changes.Changed, changes.Removed} {
		for i, e := range list {
			if i == mostShown {
				b.WriteString("  " + c.N("cli.registry.more", len(list)-mostShown) + "\n")
				break
			}
			b.WriteString("  " + row([]int{20}, e.ID, c.inWords(e.Title)) + "\n")
		}
	}
	return b.String()
}
