package filing

import "quietline/internal/domain"

// tally counts how the complaints of a run ended, each once. What is finished
// is only counted, so that a run of any length needs no more memory; of what may
// come again it remembers how it ended last.
type tally struct {
	done Summary
	last map[domain.ComplaintID]domain.SendState
}

func newTally() tally { return tally{last: map[domain.ComplaintID]domain.SendState{}} }

func (t *tally) add(r Result) {
	if !r.DueAt.IsZero() {
		t.last[r.ComplaintID] = r.State
		return
	}
	delete(t.last, r.ComplaintID)
	t.done.count(r.State)
}

func (t *tally) summary() Summary {
	s := t.done
	for _, state := range t.last {
		s.count(state)
	}
	return s
}

func (s *Summary) count(state domain.SendState) {
	switch state {
	case domain.SendSent:
		s.Sent++
	case domain.SendToken:
		s.Token++
	case domain.SendFailed:
		s.Failed++
	case domain.SendUnknown:
		s.Unknown++
	case domain.SendRetry:
		s.Retry++
	case domain.SendSkipped, domain.SendCancelled:
		s.Skipped++
	case domain.SendDraft, domain.SendQueued, domain.SendSending:
	}
}
