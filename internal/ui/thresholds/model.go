// Package thresholds is the form of what the alerts go by: from how many calls,
// minutes or hours on something counts as one.
package thresholds

import (
	"context"
	"strings"

	"golang.org/x/text/width"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// Lookout keeps the thresholds.
type Lookout interface {
	Settings(ctx context.Context) (insight.Settings, error)
	// SetAll stores them by their names, all or none.
	SetAll(ctx context.Context, values map[string]string) error
}

// Draft holds what stands in the fields, by the names of the thresholds.
type Draft map[string]string

// Rule is one rule with its thresholds.
type Rule struct {
	Kind       insight.Kind
	Thresholds []insight.Threshold
}

// Rules lists the rules that have thresholds, in the order of the form.
func Rules() []Rule {
	var out []Rule
	for _, t := range insight.Thresholds() {
		if n := len(out); n == 0 || out[n-1].Kind != t.Kind {
			out = append(out, Rule{Kind: t.Kind})
		}
		last := &out[len(out)-1]
		last.Thresholds = append(last.Thresholds, t)
	}
	return out
}

// DraftOf is what stands in the fields for the settings.
func DraftOf(s insight.Settings) Draft {
	d := Draft{}
	for _, t := range insight.Thresholds() {
		d[t.Name] = t.Value(s)
	}
	return d
}

// Model reads and stores the thresholds. Its methods may run on any goroutine.
type Model struct{ lookout Lookout }

// NewModel makes a Model.
func NewModel(l Lookout) *Model { return &Model{lookout: l} }

// Read gives the thresholds as they are.
func (m *Model) Read(ctx context.Context) (Draft, error) {
	s, err := m.lookout.Settings(ctx)
	return DraftOf(s), err
}

// Save stores what differs from before; changed says whether anything does. What
// cannot be read or is out of its range is in domain.Problems at the pointer of
// its field, and nothing is stored then.
func (m *Model) Save(ctx context.Context, before, now Draft) (changed bool, err error) {
	var problems domain.Problems
	values, scratch := map[string]string{}, insight.Defaults()
	for _, t := range insight.Thresholds() {
		if err := t.Set(&scratch, folded(now[t.Name])); err != nil {
			problems = append(problems, outOfRange(t, err))
			continue
		}
		if v := t.Value(scratch); v != before[t.Name] {
			values[t.Name] = v
		}
	}
	if err := problems.Err(); err != nil || len(values) == 0 {
		return false, err
	}
	return true, m.lookout.SetAll(ctx, values)
}

// outOfRange says at the field of a threshold what belongs there.
func outOfRange(t insight.Threshold, cause error) *domain.Error {
	key := "thresholds.number"
	if t.Clock {
		key = "thresholds.time"
	}
	least, most := t.Range()
	return domain.E("thresholds.Save", domain.Invalid, key, domain.Args{"Min": least, "Max": most}, cause).At(Pointer(t))
}

// Pointer is the pointer of the field of a threshold.
func Pointer(t insight.Threshold) string { return "/" + t.Name }

// folded is a value in ASCII, as a Chinese keyboard may not write it.
func folded(text string) string { return strings.TrimSpace(width.Narrow.String(text)) }
