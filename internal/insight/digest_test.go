package insight_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

func TestDigest(t *testing.T) {
	week := insight.Week(monday().UnixMilli())
	day := 24 * time.Hour
	outgoing := func(c *insight.Call) { c.Direction = domain.DirectionOutgoing }
	b := insight.Defaults().NewDigest("外婆", week)
	for _, c := range []insight.Call{
		call("1", monday().Add(-8*day)),                                 // too early
		call("1", monday().Add(-7*day), talk(time.Minute), named),       // the week before
		call("1", monday().Add(-9*time.Hour-time.Millisecond), missed),  // its last moment
		call("1", monday().Add(-9*time.Hour), missed),                   // the first moment of the week, at night
		call("95013001", monday(), talk(6*time.Minute)),                 // long
		call("95013002", monday().Add(time.Hour), talk(20*time.Minute)), // longer
		call("95013002", monday().Add(2*time.Hour), talk(20*time.Minute), named),
		call("", monday().Add(day), missed),
		call("1", monday().Add(day), outgoing),
		call("2", monday().Add(6*day).Add(14*time.Hour), blocked), // Sunday at 23:00; it rang nowhere
		call("2", monday().Add(7*day)),                            // too late
	} {
		b.See(c)
	}
	alert := func(kind insight.Kind, at time.Time, s domain.Severity) insight.Alert {
		return insight.Alert{Kind: kind, From: at, To: at, Severity: s}
	}
	b.Alert(alert(insight.KindOneRing, monday(), domain.SeverityInfo))
	b.Alert(alert(insight.KindForeignPrefix, monday().Add(day), domain.SeverityDanger))
	b.Alert(alert(insight.KindCampaign, monday().Add(7*day), domain.SeverityDanger))
	got := b.Digest()
	start := time.Date(2024, 5, 20, 0, 0, 0, 0, domain.China())
	want := insight.Digest{
		Person: "外婆", From: start, To: start.AddDate(0, 0, 7),
		Now:    insight.WeekCount{Calls: 6, Answered: 3, Strangers: 5, Night: 1, LongTalks: 2, Numbers: 4, StrangerTalk: 26 * time.Minute},
		Before: insight.WeekCount{Calls: 2, Answered: 1, Strangers: 1, Night: 1, Numbers: 1},
		Talks: []insight.Talk{
			{Number: "95013002", Code: "95013", At: monday().Add(time.Hour), Length: 20 * time.Minute},
			{Number: "95013001", Code: "95013", At: monday(), Length: 6 * time.Minute},
		},
		Codes:      []insight.CodeCount{{Code: "95013", Calls: 3, Numbers: 2}},
		Alerts:     []insight.Alert{alert(insight.KindForeignPrefix, monday().Add(day), domain.SeverityDanger), alert(insight.KindOneRing, monday(), domain.SeverityInfo)},
		AlertCount: 2,
		Do:         []insight.Deed{insight.DeedAsk, insight.DeedPolice, insight.DeedNoReturn, insight.DeedRest},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestDigestOfNothing(t *testing.T) {
	got := insight.Defaults().NewDigest("A", 2800).Digest()
	if got.Now != (insight.WeekCount{}) || len(got.Do) != 1 || got.Do[0] != insight.DeedNothing {
		t.Errorf("%+v", got)
	}
}

// A week of very many calls makes no long digest.
func TestDigestIsBounded(t *testing.T) {
	b := insight.Defaults().NewDigest("A", insight.Week(monday().UnixMilli()))
	for i, c := range every(time.Second, monday(), times(500, "")...) {
		c.Direction, c.Talk, c.Code = domain.DirectionIncoming, int64(i)*60_000, c.Number
		b.See(c)
		b.Alert(insight.Alert{Kind: insight.KindFlood, From: monday(), To: monday()})
	}
	got := b.Digest()
	if len(got.Talks) != 10 || got.Talks[0].Length != 499*time.Minute || len(got.Codes) != 10 || len(got.Alerts) != 20 || got.AlertCount != 500 {
		t.Errorf("%d talks, %d codes, %d alerts", len(got.Talks), len(got.Codes), len(got.Alerts))
	}
}

// Every category is in one class or, on purpose, in none.
func TestClasses(t *testing.T) {
	n := 0
	for _, c := range insight.Classes() {
		n += len(insight.CategoriesOf(c))
		if c.National() <= 0 || c.National() >= 1 {
			t.Errorf("%s: %g", c, c.National())
		}
	}
	if none := insight.CategoriesOf(""); n+len(none) != len(domain.Categories()) || len(none) != 2 {
		t.Errorf("%d of %d, none: %v", n, len(domain.Categories()), none)
	}
}
