package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// Moment is one thing that happened to a complaint, or will, in words.
type Moment struct {
	At time.Time
	// Kind is that of the event (domain.TimelineEvent), or MomentNext.
	Kind string
	// CaseState is what the endpoint said, empty where it is our own doing.
	CaseState domain.CaseState
	Title     string
	Lines     []string
}

// MomentNext is what has not happened yet: the next attempt.
const MomentNext = "next_attempt"

// The kinds of events that are put into words of their own.
const (
	kindAttempt   = "attempt_"
	kindCase      = "case_state"
	kindEvidence  = "evidence_"
	kindByHand    = "filed_by_hand"
	kindCorrected = "receipt_corrected"
)

// Timeline puts all that happened to a complaint into one list, oldest first:
// each attempt with what came of it, each case state, and when it is tried next.
func Timeline(p *l10n.Printer, d filing.Detail) []Moment {
	t := telling{p: p}
	attempts := d.Attempts
	var out []Moment
	for _, e := range d.Timeline {
		m := Moment{At: e.At, Kind: e.Kind, Title: p.T("event." + e.Kind)}
		switch outcome, tried := strings.CutPrefix(e.Kind, kindAttempt); {
		case e.Kind == kindCase:
			m.CaseState = e.CaseState
			m.Title = p.T("timeline.case", l10n.Args{"State": p.Term("case_state", string(e.CaseState))})
			if e.Note != "" {
				m.Lines = []string{p.T("timeline.note", l10n.Args{"Words": e.Note})}
			}
		case tried && len(attempts) > 0 && string(attempts[0].Outcome) == outcome:
			m.Lines = t.attempt(attempts[0], e.Note)
			attempts = attempts[1:]
		default:
			m.Lines = t.note(nil, e)
		}
		out = append(out, m)
	}
	for _, a := range attempts { // under way, or of a workspace that kept no events
		kind := kindAttempt + string(a.Outcome)
		out = append(out, Moment{At: a.StartedAt, Kind: kind, Title: p.T("event." + kind), Lines: t.attempt(a, "")})
	}
	slices.SortStableFunc(out, func(a, b Moment) int { return a.At.Compare(b.At) })
	if next := d.Complaint.NextAttemptAt; !next.IsZero() {
		out = append(out, Moment{At: next, Kind: MomentNext, Title: p.T("timeline.next"), Lines: []string{p.T("timeline.next.text")}})
	}
	return out
}

// telling puts the parts of a timeline into words.
type telling struct{ p *l10n.Printer }

// attempt is how one try went.
func (t telling) attempt(a domain.Attempt, note string) []string {
	head := []string{t.p.T("complaints.attempt", l10n.Args{"N": a.N})}
	if a.HTTPStatus != 0 {
		head = append(head, t.p.T("complaints.attempt.status", l10n.Args{"Status": a.HTTPStatus}))
	}
	if !a.EndedAt.IsZero() {
		took := strconv.FormatFloat(a.EndedAt.Sub(a.StartedAt).Round(1e8).Seconds(), 'f', -1, 64)
		head = append(head, t.p.T("complaints.attempt.took", l10n.Args{"Seconds": took}))
	}
	lines := []string{strings.Join(head, t.p.T("complaints.separator"))}
	switch {
	case a.ErrorKey != "":
		lines = append(lines, t.reason(a.ErrorKey))
	case note != "" && t.p.Has("err."+note):
		lines = append(lines, t.reason(note))
	case note != "" && a.Outcome == domain.AttemptSent:
		lines = append(lines, t.p.T("complaints.event.receipt", l10n.Args{"Number": note}))
	}
	return t.says(lines, a.Detail)
}

// reason is an error in words, with what to do.
func (t telling) reason(key string) string {
	if !t.p.Has("err." + key) {
		return key
	}
	return t.p.T("err." + key)
}

// says adds the endpoint's own words.
func (t telling) says(lines []string, words string) []string {
	if words == "" {
		return lines
	}
	return append(lines, t.p.T("complaints.endpoint_says", l10n.Args{"Words": words}))
}

// note puts the note of an event that is no attempt into words.
func (t telling) note(lines []string, e domain.TimelineEvent) []string {
	switch {
	case e.Note == "":
		return lines
	case strings.HasPrefix(e.Kind, kindEvidence): // the name of a file, whatever it is
		return append(lines, e.Note)
	case t.p.Has("err." + e.Note):
		return append(lines, t.reason(e.Note))
	case e.Kind == kindByHand, e.Kind == kindCorrected, e.Kind == kindAttempt+string(domain.AttemptSent):
		return append(lines, t.p.T("complaints.event.receipt", l10n.Args{"Number": e.Note}))
	}
	return append(lines, e.Note)
}

// SentAt is when a complaint was filed, zero for not yet: by an attempt, or by
// the user.
func SentAt(d filing.Detail) time.Time {
	for _, e := range d.Timeline {
		switch e.Kind {
		case kindByHand, kindAttempt + string(domain.AttemptSent), kindAttempt + string(domain.AttemptToken):
			return e.At
		}
	}
	return time.Time{}
}
