package complaints

import (
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Filter is what the list is asked for besides its segment; all of it holds at
// once. A zero field does not restrict.
type Filter struct {
	Text string
	// Send is ours and Case theirs; they are never one field.
	Send  domain.SendState
	Case  domain.CaseState
	Batch string
	// Number is as typed.
	Number string
}

// Narrow says whether the filter leaves anything out.
func (f Filter) Narrow() bool { return f.trimmed() != Filter{} }

func (f Filter) trimmed() Filter {
	f.Text, f.Number = strings.TrimSpace(f.Text), strings.TrimSpace(f.Number)
	return f
}

// Filter is what the list is asked for.
func (m *Model) Filter() Filter { return m.filter }

// SetFilter asks the list for something else. It stays until it is changed, also
// when the page is left.
func (m *Model) SetFilter(f Filter) {
	if !slices.Contains(m.segment.States(), f.Send) {
		f.Send = ""
	}
	if f.trimmed() == m.filter.trimmed() {
		return
	}
	m.filter = f
	m.relist()
	m.p.Events.List()
}

// ClearFilter asks for the whole segment.
func (m *Model) ClearFilter() { m.SetFilter(Filter{}) }

// Batches are the batches to choose from, the newest first.
func (m *Model) Batches() []string { return m.batches }

// selection is what the list shows.
func (m *Model) selection() filing.Selection {
	f := m.filter.trimmed()
	what := filing.Selection{
		States: m.segment.States(),
		Filter: domain.ComplaintFilter{CaseState: f.Case, Batch: f.Batch, Text: f.Text, Number: f.Number, Stuck: m.segment == SegmentStuck},
	}
	if f.Send != "" {
		what.States = []domain.SendState{f.Send}
	}
	if n := m.p.Checker.Check(f.Number, "").Number; f.Number != "" && n != "" {
		what.Filter.Number = n
	}
	return what
}

// Retrying is how many complaints wait for a later try, and when the next one
// is; the zero time where none waits.
func (m *Model) Retrying() (n int, next time.Time) {
	if m.pending.Waiting == 0 {
		return 0, time.Time{}
	}
	return m.pending.Waiting, m.pending.NextAt
}
