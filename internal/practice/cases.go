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

	at  time.Time
	key string // of the note
}

// step is a state that a case reaches some time after it got its number.
type step struct {
	after time.Duration
	state domain.CaseState
	note  string // message key
}

// course is how a case goes on, oldest first.
type course []step

// usual is how every case goes on where nothing is drawn: quickly enough to be
// watched, and the same each time.
func usual() course {
	return course{
		{20 * time.Second, domain.CaseAccepted, "practice.note.accepted"},
		{time.Minute, domain.CaseTransferred, "practice.note.transferred"},
		{2 * time.Minute, domain.CaseInvestigating, "practice.note.investigating"},
		{5 * time.Minute, domain.CaseActionTaken, "practice.note.action_taken"},
		{10 * time.Minute, domain.CaseClosed, "practice.note.closed"},
	}
}

// courses are those that are drawn, each as often as the others. Together they
// show every case state there is.
func courses() []course {
	return []course{
		usual(),
		append(usual()[:3], step{5 * time.Minute, domain.CaseNoAction, "practice.note.no_action"},
			step{10 * time.Minute, domain.CaseClosed, "practice.note.closed"}),
		append(usual(), step{12 * time.Minute, domain.CaseReopened, "practice.note.reopened"},
			step{13 * time.Minute, domain.CaseActionTaken, "practice.note.action_taken"},
			step{15 * time.Minute, domain.CaseClosed, "practice.note.closed"}),
		{{20 * time.Second, domain.CaseRejectedInsufficient, "practice.note.rejected_insufficient"}},
		{{20 * time.Second, domain.CaseRejectedOutOfScope, "practice.note.rejected_out_of_scope"}},
		append(usual()[:1], step{time.Minute, domain.CaseDuplicate, "practice.note.duplicate"}),
	}
}

// course is that of one case: the usual one, or, with a seed, one that the seed
// draws. Its times are those of the pace.
func (s *Server) course(r record) course {
	all, which := []course{usual()}, 0
	if s.p.Faults.Seed != 0 {
		all = courses()
		which = choose(s.p.Faults.Seed, r.digest[:], len(all))
	}
	c := all[which]
	for i := range c {
		c[i].after = s.paced(c[i].after)
	}
	return c
}

// paced is a wait at the pace that is set; times are stored in milliseconds.
func (s *Server) paced(d time.Duration) time.Duration {
	return time.Duration(float64(d) / s.p.Faults.pace()).Truncate(time.Millisecond)
}

// longest is how long after it got its number a case may still change by itself.
func (s *Server) longest() time.Duration {
	var most time.Duration
	for _, c := range courses() {
		most = max(most, c[len(c)-1].after)
	}
	return s.paced(most) + time.Millisecond
}

// over says whether a case is at its end, so that it cannot be withdrawn.
func (s *Server) over(r record, now time.Time) bool {
	if r.withdrawn() {
		return true
	}
	h := s.history(r, now)
	switch h[len(h)-1].State {
	case domain.CaseClosed, domain.CaseRejectedInsufficient, domain.CaseRejectedOutOfScope, domain.CaseDuplicate:
		return true
	default:
		return false
	}
}

// history is the story of a case until now, oldest first. It is computed from
// the times that are stored, so that it needs no timer and survives a restart.
func (s *Server) history(r record, now time.Time) []entry {
	h := []entry{{State: domain.CaseReceived, at: r.receivedAt, key: "practice.note.received"}}
	until := now
	if r.withdrawn() && r.withdrawnAt.Before(now) {
		until = r.withdrawnAt
	}
	for _, st := range s.course(r) {
		if at := r.numberAt.Add(st.after); !at.After(until) {
			h = append(h, entry{State: st.state, at: at, key: st.note})
		}
	}
	if r.withdrawn() {
		h = append(h, entry{State: domain.CaseClosed, at: r.withdrawnAt, key: "practice.note.withdrawn"})
	}
	for i := range h {
		h[i].At, h[i].Note = stamp(h[i].at), s.text(h[i].key)
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
