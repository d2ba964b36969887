package practice

import (
	"time"

	"quietline/internal/domain"
)

// tokenWait is how long a complaint that got a token has no receipt number.
const tokenWait = time.Second

// entry is one line of a case's history.
type entry struct {
	State domain.CaseState `json:"state"`
	At    string           `json:"at"`
	Note  string           `json:"note"`

	at time.Time
}

// step is a state that a case reaches some time after it got its number.
type step struct {
	after time.Duration
	state domain.CaseState
	note  string // message key
}

// steps are how every case here goes on: quickly enough to be watched, and the
// same each time.
func steps() []step {
	return []step{
		{20 * time.Second, domain.CaseAccepted, "practice.note.accepted"},
		{time.Minute, domain.CaseTransferred, "practice.note.transferred"},
		{2 * time.Minute, domain.CaseInvestigating, "practice.note.investigating"},
		{5 * time.Minute, domain.CaseActionTaken, "practice.note.action_taken"},
		{closedAfter, domain.CaseClosed, "practice.note.closed"},
	}
}

// closedAfter is how long after it got its number a case is closed.
const closedAfter = 10 * time.Minute

// history is the story of a case until now, oldest first. It is computed from
// the times that are stored, so that it needs no timer and survives a restart.
func (s *Server) history(r record, now time.Time) []entry {
	h := []entry{{State: domain.CaseReceived, at: r.receivedAt, Note: s.text("practice.note.received")}}
	until := now
	if r.withdrawn() && r.withdrawnAt.Before(now) {
		until = r.withdrawnAt
	}
	for _, st := range steps() {
		if at := r.numberAt.Add(st.after); !at.After(until) {
			h = append(h, entry{State: st.state, at: at, Note: s.text(st.note)})
		}
	}
	if r.withdrawn() {
		h = append(h, entry{State: domain.CaseClosed, at: r.withdrawnAt, Note: s.text("practice.note.withdrawn")})
	}
	for i := range h {
		h[i].At = stamp(h[i].at)
	}
	return h
}

// caseView is a case as the API tells it.
type caseView struct {
	ReceiptNumber string           `json:"receipt_number,omitempty"`
	Token         string           `json:"token,omitempty"`
	CaseState     domain.CaseState `json:"case_state"`
	UpdatedAt     string           `json:"updated_at"`
	Note          *string          `json:"note,omitempty"`
	History       []entry          `json:"history,omitempty"`

	updatedAt time.Time
}

// view tells a case in full.
func (s *Server) view(r record, now time.Time) caseView {
	h := s.history(r, now)
	last := h[len(h)-1]
	v := caseView{CaseState: last.State, History: h, updatedAt: last.at}
	if r.numbered(now) {
		v.ReceiptNumber = r.receipt
		if r.numberAt.After(v.updatedAt) {
			v.updatedAt = r.numberAt // getting the number is a change, too
		}
	}
	v.UpdatedAt = stamp(v.updatedAt)
	return v
}

// stamp writes a time as the API does: RFC 3339 with milliseconds, in China.
func stamp(t time.Time) string {
	return t.In(domain.China()).Format("2006-01-02T15:04:05.000Z07:00")
}

func (s *Server) text(key string) string { return s.p.Texts.T(key) }
