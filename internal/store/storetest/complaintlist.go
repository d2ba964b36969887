package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func complaintListTests() []test {
	return []test{
		{"complaints/find by prefix", findByPrefix},
		{"complaints/pages and filters", pagesAndFilters},
		{"complaints/text", complaintText},
		{"complaints/counts", countByState},
		{"complaints/course", countStates},
		{"complaints/next attempt", nextAttempt},
	}
}

func findByPrefix(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	ids := []string{
		"abcd0000-0000-4000-8000-000000000001", "abcd1111-0000-4000-8000-000000000002", "abce0000-0000-4000-8000-000000000003",
	}
	for i, id := range ids {
		c := newComplaint(i+1, ch.ID)
		c.ID = domain.ComplaintID(id)
		queue(t, s, start(), c)
	}
	for _, prefix := range []string{"abce", "ABCE0", " abce0000 ", ids[2]} {
		c, err := s.Complaint(t.Context(), prefix)
		ok(t, err)
		same(t, string(c.ID), ids[2])
	}
	for _, prefix := range []string{"", "abc", "abcf", "abce%", "____", ids[2] + "0", "ffff", "~~~~", "\xff\xff\xff\xff"} {
		_, err := s.Complaint(t.Context(), prefix)
		fails(t, err, domain.NotFound, "complaint.not_found")
	}
	_, err := s.Complaint(t.Context(), "abcd")
	fails(t, err, domain.Invalid, "complaint.id_ambiguous")
}

func allComplaints(t tb, s Full, f domain.ComplaintFilter, limit int) []domain.ComplaintID {
	t.Helper()
	var out []domain.ComplaintID
	for p := (domain.Page{Limit: limit}); ; {
		page, err := s.Complaints(t.Context(), f, p)
		ok(t, err)
		for _, c := range page.Complaints {
			same(t, get(t, s, c.ID), c)
			out = append(out, c.ID)
		}
		if page.Next == "" {
			return out
		}
		p.After = page.Next
	}
}

func ids(numbers ...int) []domain.ComplaintID {
	out := make([]domain.ComplaintID, len(numbers))
	for i, n := range numbers {
		out[i] = domain.ComplaintID(uuid(n))
	}
	return out
}

func pagesAndFilters(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for n := 1; n <= 5; n++ {
		c := newComplaint(n, ch.ID)
		if n%2 == 0 {
			c.Batch = "even"
		}
		if n == 3 {
			c.Body.Caller.Number = "96588"
		}
		queue(t, s, after(time.Duration(n)*time.Second), c)
	}
	job := claimOne(t, s, "w", after(time.Minute))
	r := sent(job, "w", after(time.Minute))
	r.CaseState = domain.CaseAccepted
	record(t, s, r)
	for limit := 1; limit < 7; limit++ {
		same(t, allComplaints(t, s, domain.ComplaintFilter{}, limit), ids(5, 4, 3, 2, 1))
	}
	for _, tt := range []struct {
		filter domain.ComplaintFilter
		want   []domain.ComplaintID
	}{
		{domain.ComplaintFilter{SendState: domain.SendSent}, ids(1)},
		{domain.ComplaintFilter{SendState: domain.SendQueued}, ids(5, 4, 3, 2)},
		{domain.ComplaintFilter{CaseState: domain.CaseAccepted}, ids(1)},
		{domain.ComplaintFilter{Batch: "even"}, ids(4, 2)},
		{domain.ComplaintFilter{Number: "96588"}, ids(3)},
		{domain.ComplaintFilter{Batch: "even", Number: "96588"}, ids()},
	} {
		same(t, allComplaints(t, s, tt.filter, 2), tt.want)
	}
}

func complaintText(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	a, b := newComplaint(1, ch.ID), newComplaint(2, ch.ID)
	a.Body.Description = textSentence
	a.Body.Caller.ListedHolder = textHolder
	b.Body.Complainant.Name = textName
	b.Body.Caller.Number, b.Body.Caller.Displayed = "02112345678", "021-12345678"
	b.Body.Description = "50% off <now>"
	queue(t, s, start(), a)
	queue(t, s, after(time.Second), b)
	record(t, s, sent(claimOne(t, s, "w", start()), "w", start()))
	for text, want := range map[string][]domain.ComplaintID{
		textFraud: ids(1), textReversed: ids(), textHolder: ids(1), textName: ids(2), "021-1234": ids(2), "95013": ids(1),
		"50%": ids(2), "5_%": ids(), "<now>": ids(2), "R-" + uuid(1): ids(1), textFraud + " 95013000": ids(1),
		"description": ids(), // the name of a field is no text
	} {
		t.Run(text, func(t *testing.T) {
			same(t, allComplaints(t, s, domain.ComplaintFilter{Text: text}, 5), want)
		})
	}
}

func countByState(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	got, err := s.CountByState(t.Context())
	ok(t, err)
	same(t, got, map[domain.SendState]int64{})
	want := map[domain.SendState]int64{}
	n := 0
	for i, state := range domain.SendStates() {
		for range i + 1 {
			n++
			reach(t, s, newComplaint(n, ch.ID), state, start())
			want[state]++
		}
	}
	got, err = s.CountByState(t.Context())
	ok(t, err)
	same(t, got, want)
}

func countStates(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	aunt := person(t, s, "Aunt")
	for i, state := range domain.SendStates() {
		c := newComplaint(i+1, ch.ID)
		if i%2 == 1 {
			c.PersonID = aunt.ID
		}
		reach(t, s, c, state, after(time.Duration(i)*time.Hour))
	}
	funnel := func(f filing.FunnelFilter) filing.Funnel {
		counts, err := s.CountStates(t.Context(), f)
		ok(t, err)
		return filing.FunnelOf(counts)
	}
	// In the order of domain.SendStates: draft, queued, sending, sent, token,
	// unknown, retry, failed, skipped, cancelled.
	same(t, funnel(filing.FunnelFilter{}), filing.Funnel{
		Written: 10, Queued: 9, Filed: 1, Drafts: 1, Waiting: 5, Refused: 1, Aside: 2,
	})
	same(t, funnel(filing.FunnelFilter{PersonID: aunt.ID}), filing.Funnel{
		Written: 5, Queued: 5, Filed: 1, Waiting: 2, Refused: 1, Aside: 1,
	})
	same(t, funnel(filing.FunnelFilter{From: after(3 * time.Hour), To: after(7 * time.Hour)}), filing.Funnel{
		Written: 4, Queued: 4, Filed: 1, Waiting: 3,
	})
	same(t, funnel(filing.FunnelFilter{From: after(100 * time.Hour)}), filing.Funnel{})
}

func nextAttempt(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i, state := range domain.SendStates() {
		c := newComplaint(i+1, ch.ID)
		reach(t, s, c, state, start())
		want := time.Time{}
		switch state {
		case domain.SendQueued:
			want = start()
		case domain.SendRetry, domain.SendUnknown, domain.SendToken:
			want = after(time.Hour)
		default: // no attempt is planned
		}
		if got := get(t, s, c.ID).NextAttemptAt; !got.Equal(want) {
			t.Errorf("%s: next attempt %v, want %v", state, got, want)
		}
	}
}
