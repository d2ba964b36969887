package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/journal"
	"quietline/internal/lookout"
)

func alertTests() []test {
	return []test{
		{"alerts/found, listed and paged", listAlerts},
		{"alerts/judged once", judgeOnce},
		{"alerts/state stays", keepState},
		{"alerts/new again when worse", worsen},
		{"alerts/what is raised is counted once", countRaised},
		{"alerts/pressing ones first", pressing},
		{"alerts/campaign of several people", listCampaign},
		{"alerts/person goes", losePerson},
		{"alerts/settings to and fro", changeRules},
		{"alerts/contacts", changeContacts},
		{"alerts/refusals", readRefusals},
		{"alerts/old calls make known", becomeKnown},
		{"alerts/missing ID", missAlert},
		{"received/what the rules see", seeReceived},
	}
}

// lookOver runs the rules until nothing is left, in the smallest steps. Contacts
// and refusals only count for what is marked here.
func lookOver(t *testing.T, s Full, rules insight.Settings, contacts ...lookout.Contact) (judged int) {
	t.Helper()
	judged, _ = lookOverAndCount(t, s, rules, contacts...)
	return judged
}

// lookOverAndCount also gives what was raised.
func lookOverAndCount(
	t *testing.T, s Full, rules insight.Settings, contacts ...lookout.Contact,
) (judged int, raised lookout.Counts) {
	t.Helper()
	_, err := s.Prepare(t.Context(), rules.Fingerprint(), contacts)
	ok(t, err)
	for n := 1; n > 0; {
		n, err = s.TakeIn(t.Context(), 2)
		ok(t, err)
	}
	for {
		r, err := s.ReviewDays(t.Context(), 1, func(p domain.PersonID, days []int64) lookout.Review { return rules.Days(p, days) })
		ok(t, err)
		if r.Periods == 0 {
			break
		}
		judged += r.Calls
		raised = raised.Plus(r.Raised)
	}
	for {
		r, err := s.ReviewWeeks(t.Context(), 1, func(code string, weeks []int64) lookout.Review { return rules.Weeks(code, weeks) })
		ok(t, err)
		if r.Periods == 0 {
			return judged, raised
		}
		raised = raised.Plus(r.Raised)
	}
}

func alerts(t *testing.T, s Full, f lookout.AlertFilter) []lookout.Alert {
	t.Helper()
	var out []lookout.Alert
	for p := (domain.Page{Limit: 1}); ; {
		page, err := s.Alerts(t.Context(), f, p)
		ok(t, err)
		out = append(out, page.Alerts...)
		if page.Next == "" {
			return out
		}
		p.After = page.Next
	}
}

func kindsOf(list []lookout.Alert) []insight.Kind {
	out := make([]insight.Kind, len(list))
	for i, a := range list {
		out[i] = a.Kind
	}
	return out
}

// ringing are calls of one number a minute apart, which nobody answered.
func ringing(number string, from time.Time, n int) []domain.Call {
	ring := 30 * time.Second
	calls := make([]domain.Call, n)
	for i := range calls {
		calls[i] = newCall(number, from.Add(time.Duration(i)*time.Minute))
		calls[i].Direction, calls[i].Ring = domain.DirectionMissed, &ring
	}
	return calls
}

func idsOf(calls []domain.Call) []domain.CallID {
	out := make([]domain.CallID, len(calls))
	for i, c := range calls {
		out[len(calls)-1-i] = c.ID // all() gives the newest first
	}
	return out
}

func listAlerts(t *testing.T, s Full) {
	night := time.Date(2024, 5, 20, 23, 0, 0, 0, domain.China())
	add(t, s, ringing("13800000001", start(), 3)...)
	add(t, s, ringing("13800000002", night, 1)...)
	lookOver(t, s, insight.Defaults())
	got := alerts(t, s, lookout.AlertFilter{})
	same(t, kindsOf(got), []insight.Kind{insight.KindNight, insight.KindRepeated})
	rows := idsOf(all(t, s, domain.CallFilter{}, 10))
	same(t, got[1], lookout.Alert{
		ID: got[1].ID, State: lookout.StateNew, PersonName: Owner, Alert: insight.Alert{
			Kind: insight.KindRepeated, Person: domain.SelfID, Subject: "13800000001", Period: insight.Day(start().UnixMilli()),
			Number: "13800000001", From: start(), To: after(2 * time.Minute), Calls: 3, CallIDs: rows[:3],
			People: []domain.PersonID{domain.SelfID}, Severity: domain.SeverityCaution, Why: "repeated.number",
			Facts: insight.Facts{Numbers: 1, People: 1, Minutes: 10},
		},
	})
	n, err := s.NewAlerts(t.Context())
	ok(t, err)
	same(t, n, lookout.Counts{Caution: 2})
	for _, tt := range []struct {
		filter lookout.AlertFilter
		want   []insight.Kind
	}{
		{lookout.AlertFilter{To: night}, []insight.Kind{insight.KindRepeated}},
		{lookout.AlertFilter{From: night}, []insight.Kind{insight.KindNight}},
		{lookout.AlertFilter{From: after(time.Minute), To: after(time.Hour)}, []insight.Kind{insight.KindRepeated}},
		{lookout.AlertFilter{PersonID: domain.SelfID, To: start()}, nil},
		{lookout.AlertFilter{PersonID: 99}, nil},
	} {
		same(t, kindsOf(alerts(t, s, tt.filter)), tt.want)
	}
	_, err = s.Alerts(t.Context(), lookout.AlertFilter{}, domain.Page{After: "x"})
	fails(t, err, domain.Invalid, "page.cursor_invalid")
}

func judgeOnce(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	if n := lookOver(t, s, insight.Defaults()); n < 3 {
		t.Fatalf("%d calls judged", n)
	}
	before := alerts(t, s, lookout.AlertFilter{})
	same(t, lookOver(t, s, insight.Defaults()), 0)
	r, err := s.AddCalls(t.Context(), ringing("13800000001", start(), 3), false)
	ok(t, err)
	same(t, r, journal.AddResult{Duplicates: 3})
	same(t, lookOver(t, s, insight.Defaults()), 0)
	add(t, s, ringing("13800000001", after(30*24*time.Hour), 1)...)
	if n := lookOver(t, s, insight.Defaults()); n > 2 {
		t.Fatalf("%d calls judged for a new one", n)
	}
	same(t, alerts(t, s, lookout.AlertFilter{}), before)
}

func keepState(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	add(t, s, ringing("13800000002", start(), 3)...)
	lookOver(t, s, insight.Defaults())
	got := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{got[0].ID}, lookout.StateDismissed))
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{got[1].ID}, lookout.StateSeen))
	add(t, s, ringing("13800000001", after(3*time.Minute), 1)...)
	add(t, s, ringing("13800000002", after(3*time.Minute), 1)...)
	lookOver(t, s, insight.Defaults())
	same(t, len(alerts(t, s, lookout.AlertFilter{})), 1)
	for i, a := range alerts(t, s, lookout.AlertFilter{Dismissed: true}) {
		if a.Calls != 4 || a.ID != got[i].ID || a.State == lookout.StateNew {
			t.Errorf("%+v", a)
		}
	}
	n, err := s.NewAlerts(t.Context())
	ok(t, err)
	same(t, n.All(), 0)
}

func worsen(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	lookOver(t, s, insight.Defaults())
	first := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{first[0].ID}, lookout.StateDismissed))
	add(t, s, ringing("13800000001", after(3*time.Minute), 12)...)
	lookOver(t, s, insight.Defaults())
	got := alerts(t, s, lookout.AlertFilter{})
	if len(got) != 1 || got[0].ID != first[0].ID || got[0].State != lookout.StateNew || got[0].Severity != domain.SeverityDanger {
		t.Errorf("%+v", got)
	}
}

// An alert is raised when it appears and when it gets worse, not when it grows
// or is judged again.
func countRaised(t *testing.T, s Full) {
	judge := func(want lookout.Counts) {
		t.Helper()
		_, got := lookOverAndCount(t, s, insight.Defaults())
		same(t, got, want)
	}
	add(t, s, ringing("13800000001", start(), 3)...)
	judge(lookout.Counts{Caution: 1})
	judge(lookout.Counts{})
	add(t, s, ringing("13800000001", after(3*time.Minute), 1)...)
	judge(lookout.Counts{})
	add(t, s, ringing("13800000001", after(4*time.Minute), 11)...)
	judge(lookout.Counts{Danger: 1})
	add(t, s, ringing("13800000001", after(15*time.Minute), 1)...)
	judge(lookout.Counts{})
}

func pressing(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 15)...)
	add(t, s, ringing("13800000002", after(time.Hour), 3)...)
	add(t, s, ringing("13800000003", after(2*time.Hour), 3)...)
	add(t, s, ringing("13800000004", after(3*time.Hour), 3)...)
	lookOver(t, s, insight.Defaults())
	numbers := func(most int) (out []string) {
		list, err := s.Pressing(t.Context(), most)
		ok(t, err)
		for _, a := range list {
			out = append(out, a.Number)
		}
		return out
	}
	same(t, numbers(3), []string{"13800000001", "13800000004", "13800000003"})
	latest := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{latest[0].ID}, lookout.StateSeen))
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{latest[1].ID}, lookout.StateDismissed))
	same(t, numbers(3), []string{"13800000001", "13800000002"})
	list, err := s.Pressing(t.Context(), 1)
	ok(t, err)
	same(t, list, latest[3:])
}

// campaign are calls of one code to two people.
func campaign(t *testing.T, s Full) domain.Person {
	t.Helper()
	aunt := person(t, s, "Aunt")
	for i := range 5 {
		c := ringing("95013001", after(time.Duration(i)*time.Hour), 1)[0]
		c.Code = "95013"
		if i > 2 {
			c.PersonID = aunt.ID
		}
		add(t, s, c)
	}
	lookOver(t, s, insight.Defaults())
	return aunt
}

func listCampaign(t *testing.T, s Full) {
	aunt := campaign(t, s)
	for _, id := range []domain.PersonID{0, domain.SelfID, aunt.ID} {
		got := alerts(t, s, lookout.AlertFilter{PersonID: id})
		if len(got) != 1 || got[0].Kind != insight.KindCampaign || got[0].PersonName != "" || len(got[0].People) != 2 {
			t.Errorf("%d: %+v", id, got)
		}
	}
	same(t, len(alerts(t, s, lookout.AlertFilter{PersonID: 99})), 0)
}

func losePerson(t *testing.T, s Full) {
	aunt := campaign(t, s)
	calls := ringing("13800000001", start(), 3)
	for i := range calls {
		calls[i].PersonID = aunt.ID
	}
	add(t, s, calls...)
	lookOver(t, s, insight.Defaults())
	same(t, len(alerts(t, s, lookout.AlertFilter{})), 2)
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	lookOver(t, s, insight.Defaults())
	same(t, len(alerts(t, s, lookout.AlertFilter{Dismissed: true})), 0)
}

func changeRules(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	lookOver(t, s, insight.Defaults())
	first := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{first[0].ID}, lookout.StateDismissed))
	lax := insight.Defaults()
	lax.RepeatedCalls = 4
	lookOver(t, s, lax)
	same(t, len(alerts(t, s, lookout.AlertFilter{Dismissed: true})), 0)
	fails(t, s.SetAlertState(t.Context(), []lookout.AlertID{first[0].ID}, lookout.StateSeen), domain.NotFound, "alerts.not_found")
	lookOver(t, s, insight.Defaults())
	first[0].State = lookout.StateDismissed
	same(t, alerts(t, s, lookout.AlertFilter{Dismissed: true}), first)
}

func changeContacts(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	lookOver(t, s, insight.Defaults())
	friend := lookout.Contact{PersonID: domain.SelfID, Number: "13800000001"}
	// The period is judged again when a contact comes or goes, and only then.
	for _, contacts := range [][]lookout.Contact{{friend}, {friend, {Number: "13800000001"}}, nil} {
		if n := lookOver(t, s, insight.Defaults(), contacts...); n == 0 {
			t.Errorf("%v: not judged again", contacts)
		}
		same(t, lookOver(t, s, insight.Defaults(), contacts...), 0)
	}
	same(t, lookOver(t, s, insight.Defaults(), lookout.Contact{PersonID: 99, Number: "13800000001"}), 0)
}

func readRefusals(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	add(t, s, ringing("95013000", after(time.Hour), 1)...)
	lookOver(t, s, insight.Defaults())
	early, late := after(time.Minute), after(2*time.Minute)
	for i, at := range []*time.Time{&late, &early, nil} {
		c := newComplaint(i+1, ch.ID)
		c.Body.RefusedAt, c.Body.Caller.Code = at, "95013"
		queue(t, s, start(), c)
	}
	draft := newComplaint(9, ch.ID)
	draft.Body.RefusedAt = &early
	draft.Body.Caller.Number = "13800000001"
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	want := []lookout.Refusal{{PersonID: domain.SelfID, Number: "95013000", Code: "95013", At: early}}
	for range 2 {
		got, err := s.Prepare(t.Context(), insight.Defaults().Fingerprint(), nil)
		ok(t, err)
		same(t, got, want)
	}
	if n := lookOver(t, s, insight.Defaults()); n == 0 {
		t.Error("a refusal changes nothing")
	}
	ok(t, s.CancelComplaint(t.Context(), domain.ComplaintID(uuid(2)), start()))
	got, err := s.Prepare(t.Context(), insight.Defaults().Fingerprint(), nil)
	ok(t, err)
	want[0].At = late
	same(t, got, want)
}

func becomeKnown(t *testing.T, s Full) {
	missed := newCall("13800000001", after(time.Hour))
	missed.Direction = domain.DirectionMissed
	add(t, s, missed)
	lookOver(t, s, insight.Defaults())
	same(t, kindsOf(alerts(t, s, lookout.AlertFilter{})), []insight.Kind{insight.KindOneRing})
	// A call that was made long ago, and imported now.
	made := newCall("13800000001", start().AddDate(-1, 0, 0))
	made.Direction = domain.DirectionOutgoing
	add(t, s, made)
	lookOver(t, s, insight.Defaults())
	same(t, len(alerts(t, s, lookout.AlertFilter{})), 0)
}

func missAlert(t *testing.T, s Full) {
	add(t, s, ringing("13800000001", start(), 3)...)
	lookOver(t, s, insight.Defaults())
	got := alerts(t, s, lookout.AlertFilter{})
	fails(t, s.SetAlertState(t.Context(), []lookout.AlertID{got[0].ID, 4711}, lookout.StateDismissed), domain.NotFound, "alerts.not_found")
	same(t, alerts(t, s, lookout.AlertFilter{}), got)
}

func seeReceived(t *testing.T, s Full) {
	talk, ring := 65*time.Second, 4*time.Second
	full, bare, made := newCall("+8695588", start()), newCall("", after(time.Minute)), newCall("1", after(2*time.Minute))
	full.Verdict, full.Code, full.Duration, full.Ring = domain.VerdictInvalid, "95588", &talk, &ring
	full.Name, full.Techniques = "Li", []domain.Technique{domain.TechniqueHuman, domain.TechniqueRedialAfterRefusal}
	bare.Direction = domain.DirectionMissed
	made.Direction = domain.DirectionOutgoing
	ncid := newCall("2", after(3*time.Minute))
	ncid.Name, ncid.Source = "CALLER", "ncid"
	overseas := newCall("+123", after(4*time.Minute))
	overseas.Verdict, overseas.Family = domain.VerdictInvalid, domain.FamilyInternational
	add(t, s, full, bare, made, ncid, overseas)
	lookOver(t, s, insight.Defaults())
	ids := idsOf(all(t, s, domain.CallFilter{}, 10))
	var got []insight.Call
	ok(t, s.Received(t.Context(), domain.SelfID, start(), after(4*time.Minute), func(c insight.Call) { got = append(got, c) }))
	want := []insight.Call{
		{
			ID: ids[0], Person: domain.SelfID, Number: "+8695588", Code: "95588", At: start().UnixMilli(), Talk: 65_000, Ring: 4000,
			Direction: domain.DirectionIncoming, Forged: true, Named: true, Marked: true, KnownSince: start().UnixMilli(),
		},
		{ID: ids[1], Person: domain.SelfID, At: after(time.Minute).UnixMilli(), Talk: -1, Ring: -1, Direction: domain.DirectionMissed},
		{ID: ids[3], Person: domain.SelfID, Number: "2", At: after(3 * time.Minute).UnixMilli(), Talk: -1, Ring: -1, Direction: domain.DirectionIncoming},
	}
	same(t, got, want)
	got = nil
	ok(t, s.Received(t.Context(), domain.SelfID, after(4*time.Minute), after(time.Hour), func(c insight.Call) { got = append(got, c) }))
	if len(got) != 1 || got[0].Forged {
		t.Errorf("%+v", got)
	}
}
