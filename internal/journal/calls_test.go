package journal_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/testkit"
)

func equateEmpty() cmp.Option { return cmpopts.EquateEmpty() }

func TestAddCall(t *testing.T) {
	b := newBench()
	_, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	at := testkit.Epoch().Add(-time.Hour + 1500*time.Microsecond)
	got, err := b.AddCall(t.Context(), journal.CallInput{
		Person: "妈妈", Number: " \u202d0551-96588\u202c ", StartedAt: at, Duration: seconds(65), Ring: seconds(4),
		Direction: domain.DirectionMissed, Category: domain.CategoryLoan,
		Techniques: []domain.Technique{domain.TechniqueRecorded}, Note: " 推销\r\n贷\u200e款\x00 ",
	})
	ok(t, err)
	want := domain.Call{
		ID: got.ID, PersonID: 2, Person: "妈妈", Number: "96588", Display: "0551-96588", AreaCode: "0551", Code: "96588",
		Family: domain.FamilyProvincial96, Verdict: domain.VerdictUnlisted, StartedAt: at.Truncate(time.Millisecond),
		Duration: seconds(65), Ring: seconds(4), Direction: domain.DirectionMissed, Category: domain.CategoryLoan,
		Techniques: []domain.Technique{domain.TechniqueRecorded}, Note: "推销\n贷款", Source: domain.SourceManual,
	}
	if d := cmp.Diff(want, got); d != "" || got.ID == 0 {
		t.Error(d)
	}
	again, err := b.Call(t.Context(), got.ID)
	ok(t, err)
	if d := cmp.Diff(got, again); d != "" {
		t.Error(d)
	}
}

func TestAddCallDefaults(t *testing.T) {
	b := newBench()
	at := testkit.Epoch()
	other, err := b.AddCall(t.Context(), journal.CallInput{Number: "95588", StartedAt: at})
	ok(t, err)
	got, err := b.AddCall(t.Context(), journal.CallInput{Number: "--", StartedAt: at})
	ok(t, err)
	if got.ID == other.ID || got.Number != "" || got.Display != "--" || got.Family != domain.FamilyHidden ||
		got.PersonID != domain.SelfID || got.Direction != domain.DirectionIncoming || got.Duration != nil {
		t.Errorf("a withheld call of the owner: %+v", got)
	}
	_, err = b.AddCall(t.Context(), journal.CallInput{StartedAt: at})
	fails(t, err, domain.Conflict, "call.exists")
	_, err = b.AddCall(t.Context(), journal.CallInput{StartedAt: at, Direction: domain.DirectionMissed})
	ok(t, err)
	if n := len(all(t, b.Service, domain.CallFilter{})); n != 3 {
		t.Errorf("%d calls, want 3", n)
	}
}

func TestCallProblems(t *testing.T) {
	now := testkit.Epoch()
	good := journal.CallInput{Number: "95588", StartedAt: now}
	with := func(change func(*journal.CallInput)) journal.CallInput {
		in := good
		change(&in)
		return in
	}
	tests := []struct {
		name string
		in   journal.CallInput
		want map[string]string
	}{
		{"good", good, nil},
		{"no time", with(func(c *journal.CallInput) { c.StartedAt = time.Time{} }), map[string]string{"/started_at": "call.time_missing"}},
		{"1979", with(func(c *journal.CallInput) { c.StartedAt = now.AddDate(-45, 0, 0) }), map[string]string{"/started_at": "call.time_early"}},
		{"1980", with(func(c *journal.CallInput) { c.StartedAt = now.AddDate(-44, 0, 0) }), nil},
		{"in a day", with(func(c *journal.CallInput) { c.StartedAt = now.Add(24 * time.Hour) }), nil},
		{"in more than a day", with(func(c *journal.CallInput) { c.StartedAt = now.Add(24*time.Hour + 1) }), map[string]string{"/started_at": "call.time_future"}},
		{"negative", with(func(c *journal.CallInput) { c.Duration, c.Ring = seconds(-1), seconds(-1) }), map[string]string{"/duration": "call.duration_range", "/ring": "call.ring_range"}},
		{"too long", with(func(c *journal.CallInput) { c.Duration, c.Ring = seconds(604801), seconds(3601) }), map[string]string{"/duration": "call.duration_range", "/ring": "call.ring_range"}},
		{"as long as can be", with(func(c *journal.CallInput) { c.Duration, c.Ring = seconds(604800), seconds(3600) }), nil},
		{"letters", with(func(c *journal.CallInput) { c.Number = "bank" }), map[string]string{"/number": "call.number_malformed"}},
		{"forged", with(func(c *journal.CallInput) { c.Number = "+95588" }), nil},
		{"nobody", with(func(c *journal.CallInput) { c.Person = "nobody" }), map[string]string{"/person": "person.not_found"}},
		{"nobody by ID", with(func(c *journal.CallInput) { c.PersonID = 4711 }), map[string]string{"/person": "person.not_found"}},
		{"long note", with(func(c *journal.CallInput) { c.Note = strings.Repeat("长", 4001) }), map[string]string{"/note": "call.note_long"}},
		{"longest note", with(func(c *journal.CallInput) { c.Note = strings.Repeat("长", 4000) }), nil},
		{
			"several",
			journal.CallInput{
				Direction: "sideways", Category: "rude",
				Techniques: []domain.Technique{domain.TechniqueHuman, "magic", domain.TechniqueHuman},
			},
			map[string]string{
				"/started_at": "call.time_missing", "/direction": "call.direction_unknown", "/category": "call.category_unknown",
				"/techniques/1": "call.technique_unknown", "/techniques/2": "call.technique_twice",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench()
			_, err := b.AddCall(t.Context(), tt.in)
			if d := cmp.Diff(tt.want, pointers(err), equateEmpty()); d != "" {
				t.Error(d)
			}
			if n := len(all(t, b.Service, domain.CallFilter{})); (n == 1) != (err == nil) {
				t.Errorf("%d calls after %v", n, err)
			}
		})
	}
}

func TestMarkCall(t *testing.T) {
	b := newBench()
	c, err := b.AddCall(t.Context(), journal.CallInput{Number: "95588", StartedAt: testkit.Epoch()})
	ok(t, err)
	ok(t, b.MarkCall(t.Context(), c.ID, domain.CategoryFraud, []domain.Technique{domain.TechniqueNight}, "x\x07y"))
	got, err := b.Call(t.Context(), c.ID)
	ok(t, err)
	if got.Category != domain.CategoryFraud || len(got.Techniques) != 1 || got.Note != "xy" {
		t.Errorf("marked %+v", got)
	}
	err = b.MarkCall(t.Context(), c.ID, "rude", nil, "")
	if d := cmp.Diff(map[string]string{"/category": "call.category_unknown"}, pointers(err)); d != "" {
		t.Error(d)
	}
	fails(t, b.MarkCall(t.Context(), 4711, "", nil, ""), domain.NotFound, "call.not_found")
	_, err = b.Call(t.Context(), 4711)
	fails(t, err, domain.NotFound, "call.not_found")
}

func TestFilters(t *testing.T) {
	b := newBench()
	now := testkit.Epoch()
	for i, number := range []string{"95588", "0551-96588", ""} {
		_, err := b.AddCall(t.Context(), journal.CallInput{Number: number, StartedAt: now.Add(time.Duration(i) * time.Minute)})
		ok(t, err)
	}
	tests := []struct {
		name string
		f    domain.CallFilter
		rows int64
		want map[string]string
	}{
		{"all", domain.CallFilter{}, 3, nil},
		{"a number in another spelling", domain.CallFilter{Number: "+86 955-88"}, 1, nil},
		{"a number with its area code", domain.CallFilter{Number: "0551 96588"}, 1, nil},
		{"no number", domain.CallFilter{Number: "bank"}, 0, nil},
		{"a hidden mark", domain.CallFilter{Number: "--"}, 0, nil},
		{"unknown codes", domain.CallFilter{Direction: "x", Family: "y", Verdict: "z"}, 0, map[string]string{
			"/direction": "call.direction_unknown", "/family": "call.family_unknown", "/verdict": "call.verdict_unknown",
		}},
		{"an empty period", domain.CallFilter{From: now, To: now}, 0, map[string]string{"/to": "call.period_empty"}},
		{"a period", domain.CallFilter{From: now, To: now.Add(time.Minute)}, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, err := b.Calls(t.Context(), tt.f, domain.Page{Limit: 10})
			if d := cmp.Diff(tt.want, pointers(err), equateEmpty()); d != "" || int64(len(page.Calls)) != tt.rows {
				t.Errorf("%d rows, want %d; %s", len(page.Calls), tt.rows, d)
			}
			index, err := b.IndexCalls(t.Context(), tt.f, 0)
			if d := cmp.Diff(tt.want, pointers(err), equateEmpty()); d != "" || index.Count != tt.rows {
				t.Errorf("index of %d rows, want %d; %s", index.Count, tt.rows, d)
			}
		})
	}
	for _, limit := range []int{-1, 0, domain.MaxPageSize + 1} {
		_, err := b.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: limit})
		if d := cmp.Diff(map[string]string{"/limit": "page.limit_range"}, pointers(err)); d != "" {
			t.Error(d)
		}
	}
	_, err := b.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 1, After: "x"})
	fails(t, err, domain.Invalid, "page.cursor_invalid")
}
