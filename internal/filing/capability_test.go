package filing

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
)

func noon() time.Time { return time.Date(2024, 5, 20, 12, 0, 0, 0, domain.China()) }

func TestWhatAnEndpointDoesNotTake(t *testing.T) {
	days := 30
	body := func(change func(*domain.ComplaintBody)) domain.ComplaintBody {
		b := domain.ComplaintBody{
			Category: domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded, domain.TechniqueNight},
			Calls: []domain.CallRef{{StartedAt: noon().AddDate(0, 0, -1)}, {StartedAt: noon().AddDate(0, 0, -30)}},
		}
		change(&b)
		return b
	}
	same := func(*domain.ComplaintBody) {}
	for _, tc := range []struct {
		name string
		body domain.ComplaintBody
		caps domain.Capabilities
		want string
	}{
		{"nothing is said", body(same), domain.Capabilities{OnBehalfAllowed: true}, ""},
		{"all of it is taken", body(same), domain.Capabilities{
			Categories: []domain.Category{domain.CategoryLoan}, Techniques: []domain.Technique{domain.TechniqueNight, domain.TechniqueRecorded},
			MaxCallAgeDays: &days, MaxCallsPerComplaint: 1, OnBehalfAllowed: true,
		}, ""},
		{"category", body(same), domain.Capabilities{Categories: []domain.Category{domain.CategoryFraud}}, "/category complaint.category_not_taken"},
		{"no category yet", body(func(b *domain.ComplaintBody) { b.Category = "" }), domain.Capabilities{Categories: []domain.Category{domain.CategoryFraud}}, ""},
		{"technique, said once", body(same), domain.Capabilities{Techniques: []domain.Technique{domain.TechniqueHuman}}, "/techniques complaint.technique_not_taken"},
		{
			"the second is too old", body(func(b *domain.ComplaintBody) { b.Calls[1].StartedAt = noon().AddDate(0, 0, -30).Add(-time.Second) }),
			domain.Capabilities{MaxCallAgeDays: &days},
			"/calls/1/started_at complaint.call_too_old",
		},
		{"a call without a time", body(func(b *domain.ComplaintBody) { b.Calls[1].StartedAt = time.Time{} }), domain.Capabilities{MaxCallAgeDays: &days}, ""},
		{
			"for somebody else", body(func(b *domain.ComplaintBody) { b.Complainant.OnBehalf = &domain.OnBehalf{} }),
			domain.Capabilities{},
			"/complainant/on_behalf_of/name complaint.on_behalf_not_taken",
		},
	} {
		var got []string
		for _, p := range Refused(tc.body, tc.caps, noon()) {
			got = append(got, p.Field+" "+p.Key)
		}
		if strings.Join(got, "; ") != tc.want {
			t.Errorf("%s: %q", tc.name, got)
		}
	}
}

// Cut into parts, every call is there exactly once, in its order, with its
// place in the log, and no part is too large.
func TestSplitKeepsEveryCallOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calls := rapid.IntRange(1, 40).Draw(t, "calls")
		logged := rapid.IntRange(0, calls).Draw(t, "logged")
		most := rapid.IntRange(0, 12).Draw(t, "most")
		c := domain.Complaint{ID: "first", CreatedAt: noon(), Body: domain.ComplaintBody{
			ClientReference: "first", Description: "d", Loss: &domain.Loss{Amount: "1.00", Currency: domain.Yuan},
		}}
		for i := range calls {
			c.Body.Calls = append(c.Body.Calls, domain.CallRef{StartedAt: noon().Add(time.Duration(i) * time.Second)})
			if i < logged {
				c.CallIDs = append(c.CallIDs, domain.CallID(i))
			}
		}
		n := 0
		parts := split(c, most, func() domain.ComplaintID { n++; return domain.ComplaintID(fmt.Sprint("part ", n)) })
		ch := domain.Channel{Capabilities: &domain.Capabilities{MaxCallsPerComplaint: most}}
		if len(parts) != Parts(calls, ch) {
			t.Fatalf("%d parts, announced %d", len(parts), Parts(calls, ch))
		}
		var refs []domain.CallRef
		var ids []domain.CallID
		seen := map[domain.ComplaintID]bool{}
		losses := 0
		for _, p := range parts {
			if len(p.Body.Calls) == 0 || most > 0 && len(p.Body.Calls) > most {
				t.Fatalf("%d calls in a part, limit %d", len(p.Body.Calls), most)
			}
			if seen[p.ID] || p.Body.ClientReference != p.ID || p.Body.Description != "d" {
				t.Fatalf("%+v", p)
			}
			for i := range p.CallIDs {
				if !p.Body.Calls[i].StartedAt.Equal(noon().Add(time.Duration(p.CallIDs[i]) * time.Second)) {
					t.Fatalf("call %d of the log is not call %d of its part", p.CallIDs[i], i)
				}
			}
			if p.Body.Loss != nil {
				losses++
			}
			seen[p.ID] = true
			refs, ids = append(refs, p.Body.Calls...), append(ids, p.CallIDs...)
		}
		if !slices.Equal(ids, c.CallIDs) || len(refs) != calls || losses != 1 || !seen["first"] {
			t.Fatalf("calls %v, of the log %v, losses %d", refs, ids, losses)
		}
		for i, r := range refs {
			if !r.StartedAt.Equal(c.Body.Calls[i].StartedAt) {
				t.Fatalf("call %d is %v", i, r)
			}
		}
	})
}

func TestHowLongABatchTakes(t *testing.T) {
	half, none := 0.5, 0.0
	limited := func(own float64, endpoint *float64) domain.Channel {
		return domain.Channel{Rate: own, Capabilities: &domain.Capabilities{RateLimitPerSecond: endpoint}}
	}
	for _, tc := range []struct {
		n    int
		ch   domain.Channel
		want time.Duration
	}{
		{500, domain.Channel{}, 0},
		{500, limited(0, nil), 0},
		{500, limited(0, &none), 0},
		{1, limited(0, &half), 0},
		{0, limited(0, &half), 0},
		{501, limited(0, &half), 1000 * time.Second},
		{501, limited(10, &half), 1000 * time.Second},
		{501, limited(0.25, &half), 2000 * time.Second},
		{11, domain.Channel{Rate: 2}, 5 * time.Second},
		{1 << 40, limited(1e-300, nil), maxPace},
	} {
		if got := Pace(tc.n, tc.ch); got != tc.want {
			t.Errorf("%d at %v: %v, want %v", tc.n, Rate(tc.ch), got, tc.want)
		}
	}
}
