package filing_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// logged puts calls of a number to a person into the log, a minute apart, and
// gives their IDs, the oldest first.
func (d *desk) logged(p domain.PersonID, number string, n int) []domain.CallID {
	d.t.Helper()
	list := make([]domain.Call, n)
	for i := range list {
		list[i] = domain.Call{
			PersonID: p, Number: number, Display: number, Family: domain.FamilyCallCentre95, Verdict: domain.VerdictUnlisted,
			StartedAt: testkit.Epoch().Add(time.Duration(i-3*n) * time.Minute), Direction: domain.DirectionIncoming,
		}
	}
	if _, err := d.store.AddCalls(d.t.Context(), list, false); err != nil {
		d.t.Fatal(err)
	}
	page, err := d.store.Calls(d.t.Context(), domain.CallFilter{PersonID: p, Number: number}, domain.Page{Limit: n})
	if err != nil || len(page.Calls) != n {
		d.t.Fatal(len(page.Calls), err)
	}
	ids := make([]domain.CallID, n)
	for i, c := range page.Calls {
		ids[n-1-i] = c.ID
	}
	return ids
}

func (d *desk) drafted(in filing.ComplaintInput) domain.Complaint {
	d.t.Helper()
	in.Draft = true
	c, err := d.file.New(d.t.Context(), in)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

// begins are when the calls of a complaint began, as minutes before the epoch.
func begins(c domain.Complaint) string {
	var out []string
	for _, r := range c.Body.Calls {
		out = append(out, fmt.Sprint(int(testkit.Epoch().Sub(r.StartedAt).Minutes())))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestMoreCallsThanAChannelTakes(t *testing.T) {
	d := newDesk(t)
	ch := d.channel("narrow")
	if err := d.store.SetCapabilities(t.Context(), ch.ID, domain.Capabilities{MaxCallsPerComplaint: 3, OnBehalfAllowed: true}); err != nil {
		t.Fatal(err)
	}
	in := filing.ComplaintInput{
		CallIDs: d.logged(domain.SelfID, "95013000", 7), Category: domain.CategoryLoan, LossAmount: "5", Description: "d",
	}
	if err := d.file.Validate(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	draft := d.drafted(in) // a draft is one, whatever the channel takes
	in.ID = draft.ID
	parts, err := d.file.NewAll(t.Context(), in)
	if err != nil || len(parts) != 3 || parts[0].ID != draft.ID || len(draft.Body.Calls) != 7 {
		t.Fatal(len(parts), err)
	}
	for i, want := range []string{"19 20 21", "16 17 18", "15"} {
		c := parts[i]
		if begins(c) != want || c.Body.ClientReference != c.ID || len(c.CallIDs) != len(c.Body.Calls) || (c.Body.Loss != nil) != (i == 0) {
			t.Errorf("part %d: %s, %+v", i, begins(c), c.Body)
		}
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 3 || len(d.ends.fake.bodies) != 3 {
		t.Errorf("%+v, %d keys", s, len(d.ends.fake.bodies))
	}
	in.ID = ""
	if _, err := d.file.NewAll(t.Context(), in); domain.KeyOf(err) != "complaint.duplicate" {
		t.Errorf("again: %v", err)
	}
}

func TestEditAQueuedComplaint(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	in := good()
	in.LossAmount, in.FraudKind, in.Category = "12", domain.FraudPrize, domain.CategoryFraud
	c, err := d.file.New(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(change func(*filing.ComplaintInput)) ([]domain.Complaint, error) {
		return d.file.Edit(t.Context(), c.ID.Short(), func(in *filing.ComplaintInput) error { change(in); return nil })
	}
	same, err := edit(func(*filing.ComplaintInput) {})
	if err != nil || fmt.Sprintf("%+v", payloadOf(t, same[0])) != fmt.Sprintf("%+v", payloadOf(t, c)) {
		t.Fatalf("nothing was to change: %+v %v", same, err)
	}
	got, err := edit(func(in *filing.ComplaintInput) { in.Description = "more exact" })
	if err != nil || got[0].ID != c.ID || got[0].SendState != domain.SendQueued || got[0].Body.Description != "more exact" ||
		got[0].Body.Loss == nil || got[0].Body.FraudKindOf() != domain.FraudPrize {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := edit(func(in *filing.ComplaintInput) { in.Category = "none" }); err == nil {
		t.Error("a category that is none was taken")
	}
	if _, err := edit(func(in *filing.ComplaintInput) { in.Number = "12321"; in.FraudKind = "" }); domain.KeyOf(err) != "" && !errors.As(err, new(domain.Problems)) || err == nil {
		t.Errorf("another number is asked back about: %v", err)
	}
	if _, err := d.file.Edit(t.Context(), string(c.ID), func(*filing.ComplaintInput) error { return errStop }); !errors.Is(err, errStop) {
		t.Errorf("%v", err)
	}
	back, err := edit(func(in *filing.ComplaintInput) { in.Draft = true })
	if err != nil || back[0].SendState != domain.SendDraft {
		t.Fatalf("%+v %v", back, err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 0 {
		t.Errorf("a draft was sent: %+v", s)
	}
	if _, err := edit(func(in *filing.ComplaintInput) { in.Draft = false }); err != nil {
		t.Fatal(err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 1 {
		t.Fatalf("%+v", s)
	}
	for _, body := range d.ends.fake.bodies {
		if !strings.Contains(body, "more exact") {
			t.Errorf("sent: %s", body)
		}
	}
	if _, err := edit(func(in *filing.ComplaintInput) { in.Description = "too late" }); domain.KeyOf(err) != "complaint.not_draft" {
		t.Errorf("%v", err)
	}
}

var errStop = errors.New("stop")

func payloadOf(t *testing.T, c domain.Complaint) map[string]any {
	t.Helper()
	b, err := json.Marshal(c.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Who edits a draft that was queued meanwhile is told, and nothing is changed.
func TestADraftThatWasQueuedMeanwhile(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	c := d.drafted(good())
	in := good()
	in.ID = c.ID
	if _, err := d.file.New(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	in.Description = "typed in the window"
	for _, draft := range []bool{true, false} {
		in.Draft = draft
		if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "complaint.not_draft" {
			t.Errorf("draft %v: %v", draft, err)
		}
	}
}

func TestMergeDrafts(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	ids := d.logged(domain.SelfID, "95013000", 2)
	yes := true
	typed := good()
	typed.LossAmount, typed.Harm, typed.RefusedAt = "3", 2, testkit.Epoch().Add(-30*time.Minute)
	typed.Techniques, typed.Demands = []domain.Technique{domain.TechniqueNight}, []domain.Demand{domain.DemandStopCalls}
	a := d.drafted(typed)
	b := d.drafted(filing.ComplaintInput{
		CallIDs: ids, Category: domain.CategoryLoan, Description: "the second text", ConsentGiven: &yes, RefusedAt: testkit.Epoch().Add(-20 * time.Minute),
	})
	m, err := d.file.Merge(t.Context(), a.ID.Short(), b.ID.Short(), a.ID.Short())
	if err != nil {
		t.Fatal(err)
	}
	body := m.Complaint.Body
	if m.Complaint.ID != a.ID || begins(m.Complaint) != "1 5 6" && len(body.Calls) != 3 || !slices.Equal(m.Complaint.CallIDs, ids) {
		t.Errorf("calls %s, of the log %v", begins(m.Complaint), m.Complaint.CallIDs)
	}
	if body.Loss == nil || body.Loss.Amount != "3.00" || body.Harm != 2 || body.ConsentGiven == nil ||
		!body.RefusedAt.Equal(typed.RefusedAt) || !slices.Equal(body.Techniques, typed.Techniques) || !slices.Equal(body.Demands, typed.Demands) {
		t.Errorf("%+v", body)
	}
	for _, words := range []string{strings.TrimSpace(good().Description), "the second text"} {
		if !strings.Contains(body.Description, words) {
			t.Errorf("%q is not in %q", words, body.Description)
		}
	}
	if c := d.show(b.ID).Complaint; c.SendState != domain.SendCancelled {
		t.Errorf("the other is %s", c.SendState)
	}
	if err := d.file.Unmerge(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if c := d.show(a.ID).Complaint; fmt.Sprint(c.Body) != fmt.Sprint(a.Body) && begins(c) != begins(a) {
		t.Errorf("the first is %+v", c.Body)
	}
	if c := d.show(b.ID).Complaint; c.SendState != domain.SendDraft || len(c.CallIDs) != 2 {
		t.Errorf("the other is %+v", c)
	}
	d.clock.Advance(time.Second)
	again, err := d.file.Merge(t.Context(), string(a.ID), string(b.ID))
	if err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Second)
	if _, err := d.file.Edit(t.Context(), string(a.ID), func(in *filing.ComplaintInput) error { in.Harm = 1; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := d.file.Unmerge(t.Context(), again); domain.KeyOf(err) != "complaint.merge_changed" {
		t.Errorf("what was changed since is not thrown away: %v", err)
	}
}

func TestWhatIsNotMerged(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	mother := d.person("Mother")
	draft := func(minute int, change func(*filing.ComplaintInput)) string {
		in := good()
		in.At = in.At.Add(-time.Duration(minute) * time.Minute)
		change(&in)
		return string(d.drafted(in).ID)
	}
	no, yes := false, true
	one := draft(1, func(in *filing.ComplaintInput) { in.ConsentGiven, in.LossAmount = &no, "5" })
	for name, tc := range map[string]struct {
		other string
		key   string
	}{
		"itself":         {one, "complaint.merge_two"},
		"another number": {draft(2, func(in *filing.ComplaintInput) { in.Number = "95013111" }), "complaint.merge_caller"},
		"another person": {draft(3, func(in *filing.ComplaintInput) { in.OnBehalfOf = mother.Name }), "complaint.merge_person"},
		"category":       {draft(4, func(in *filing.ComplaintInput) { in.Category = domain.CategoryInsurance }), "complaint.merge_differs"},
		"loss":           {draft(5, func(in *filing.ComplaintInput) { in.LossAmount = "6" }), "complaint.merge_differs"},
		"currency":       {draft(6, func(in *filing.ComplaintInput) { in.LossAmount, in.LossCurrency = "5", "USD" }), "complaint.merge_differs"},
		"consent":        {draft(7, func(in *filing.ComplaintInput) { in.ConsentGiven = &yes }), "complaint.merge_differs"},
		"nothing":        {"ffffffff", "complaint.not_found"},
	} {
		if _, err := d.file.Merge(t.Context(), one, tc.other); domain.KeyOf(err) != tc.key {
			t.Errorf("%s: %v, want %s", name, err, tc.key)
		}
	}
	queued, err := d.file.New(t.Context(), good())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.file.Merge(t.Context(), one, string(queued.ID)); domain.KeyOf(err) != "complaint.not_draft" {
		t.Errorf("queued: %v", err)
	}
	n, err := d.file.CountByState(t.Context())
	if err != nil || n[domain.SendCancelled] != 0 {
		t.Errorf("%v %v", n, err)
	}
}

func TestAddACallToADraft(t *testing.T) {
	d := newDesk(t)
	draft := d.drafted(good())
	in := good()
	in.At, in.Category, in.Description = in.At.Add(-time.Hour), "", ""
	related, err := d.file.Related(t.Context(), in)
	if err != nil || len(related) != 1 || related[0].ID != draft.ID {
		t.Fatal(related, err)
	}
	m, err := d.file.AddTo(t.Context(), string(draft.ID), in)
	if err != nil || len(m.Complaint.Body.Calls) != 2 || m.Complaint.Body.Category != good().Category || len(m.Away) != 0 {
		t.Fatalf("%+v %v", m, err)
	}
	if twice, err := d.file.AddTo(t.Context(), string(draft.ID), in); err != nil || len(twice.Complaint.Body.Calls) != 2 {
		t.Errorf("added twice: %v %v", twice.Complaint.Body.Calls, err)
	}
	if err := d.file.Unmerge(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if c := d.show(draft.ID).Complaint; len(c.Body.Calls) != 1 {
		t.Errorf("%+v", c.Body.Calls)
	}
	in.Number = "95013111"
	if related, err := d.file.Related(t.Context(), in); err != nil || len(related) != 1 {
		t.Errorf("another number of the holder: %v %v", related, err)
	}
	if _, err := d.file.AddTo(t.Context(), string(draft.ID), in); domain.KeyOf(err) != "complaint.merge_caller" {
		t.Errorf("%v", err)
	}
	in.At = time.Time{}
	if _, err := d.file.AddTo(t.Context(), string(draft.ID), in); !errors.As(err, new(domain.Problems)) {
		t.Errorf("a call without a time: %v", err)
	}
	in.Number = ""
	if related, err := d.file.Related(t.Context(), in); err != nil || related != nil {
		t.Errorf("no number: %v %v", related, err)
	}
}

// However drafts are merged, each call of each is there once.
func TestMergeKeepsEveryCallOnce(t *testing.T) {
	d := newDesk(t)
	ids := d.logged(domain.SelfID, "95013000", 6)
	rapid.Check(t, func(rt *rapid.T) {
		want := map[int64]bool{}
		var drafts []string
		for range rapid.IntRange(2, 4).Draw(rt, "drafts") {
			in := filing.ComplaintInput{Number: "95013000"}
			if rapid.Bool().Draw(rt, "logged") {
				in.Number = ""
				in.CallIDs = rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 4, rapid.ID).Draw(rt, "calls")
			} else {
				in.At = testkit.Epoch().Add(-time.Duration(rapid.IntRange(1, 20).Draw(rt, "minute")) * time.Minute)
			}
			c := d.drafted(in)
			for _, r := range c.Body.Calls {
				want[r.StartedAt.Unix()] = true
			}
			drafts = append(drafts, string(c.ID))
		}
		m, err := d.file.Merge(context.WithoutCancel(t.Context()), drafts...)
		if err != nil {
			rt.Fatal(err)
		}
		got := map[int64]bool{}
		for _, r := range m.Complaint.Body.Calls {
			if got[r.StartedAt.Unix()] || !want[r.StartedAt.Unix()] {
				rt.Fatalf("%v is there twice or never was", r.StartedAt)
			}
			got[r.StartedAt.Unix()] = true
		}
		if len(got) != len(want) {
			rt.Fatalf("%d calls of %d", len(got), len(want))
		}
	})
}
