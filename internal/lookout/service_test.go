package lookout_test

import (
	"context"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
)

func TestSettingsAreKept(t *testing.T) {
	d := open(t)
	ok(t, d.Set(t.Context(), "night_from", "21:50"))
	got, err := d.Settings(t.Context())
	want := insight.Defaults()
	want.NightFrom = 21*60 + 50
	if got != want || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	for name, key := range map[string]string{"night_from": "alerts.setting_range", "nothing": "alerts.setting_unknown"} {
		if err := d.Set(t.Context(), name, "x"); domain.KeyOf(err) != key {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What a newer program may have stored does not count.
	ok(t, d.store.SetSetting(t.Context(), "alerts.night_from", "03:00"))
	if got, err := d.Settings(t.Context()); got != insight.Defaults() || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// One threshold that is wrong keeps the others from being stored too.
func TestSettingsAreKeptTogetherOrNotAtAll(t *testing.T) {
	d := open(t)
	for name, key := range map[string]string{"night_to": "alerts.setting_range", "nothing": "alerts.setting_unknown"} {
		err := d.SetAll(t.Context(), map[string]string{"ring_seconds": "9", name: "13:00"})
		if domain.KeyOf(err) != key {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := d.Settings(t.Context()); got != insight.Defaults() || err != nil {
			t.Errorf("%+v, %v", got, err)
		}
	}
	ok(t, d.SetAll(t.Context(), map[string]string{"ring_seconds": "9", "night_to": "05:30"}))
	want := insight.Defaults()
	want.RingSeconds, want.NightTo = 9, 5*60+30
	if got, err := d.Settings(t.Context()); got != want || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// Whoever brings the alerts up to date, what arose is told once.
func TestWhatWasRaisedIsGivenOnce(t *testing.T) {
	d := open(t)
	for range 2 {
		d.add(t, domain.Call{
			PersonID: domain.SelfID, Number: "13800000001", Family: domain.FamilyMobile, Verdict: domain.VerdictNotServiceLine,
			StartedAt: d.clock.Now(), Direction: domain.DirectionMissed,
		})
		d.refresh(t)
		d.clock.Advance(48 * time.Hour)
	}
	if got := d.TakeRaised(); got != (lookout.Counts{Info: 2}) {
		t.Errorf("%+v", got)
	}
	d.refresh(t)
	if got := d.TakeRaised(); got != (lookout.Counts{}) {
		t.Errorf("%+v once more", got)
	}
	list, err := d.Pressing(t.Context(), 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	ok(t, d.MarkSeen(t.Context(), list[0].ID))
	ok(t, d.MarkNew(t.Context(), list[0].ID))
	if n, err := d.NewAlerts(t.Context()); n.All() != 2 || err != nil {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestWeeks(t *testing.T) {
	for text, want := range map[string]string{
		"2024-W21": "2024-W21", "2024-w01": "2024-W01", "2020-W53": "2020-W53",
		"2024-W53": "", "2024-W00": "", "2024-21": "", "24-W21": "", "2024-W": "", "": "", "2024-W-1": "", "1979-W05": "", "2024-W21x": "",
	} {
		w, err := lookout.ParseWeek(text)
		if want == "" && domain.KeyOf(err) != "digest.week_invalid" || want != "" && (err != nil || w.String() != want) {
			t.Errorf("%q: %s, %v", text, w, err)
		}
	}
	if w := lookout.WeekOf(testkit.Epoch()); w != (lookout.Week{Year: 2024, Number: 21}) {
		t.Error(w)
	}
	if w := lookout.WeekOf(time.Date(2024, 12, 30, 0, 0, 0, 0, domain.China())); w.String() != "2025-W01" {
		t.Error(w)
	}
	d := open(t)
	if last, now := d.LastWeek(), d.ThisWeek(); last.String() != "2024-W20" || now.String() != "2024-W21" {
		t.Error(last, now)
	}
	for _, step := range []struct {
		from string
		n    int
		want string
	}{{"2024-W21", 1, "2024-W22"}, {"2020-W53", 1, "2021-W01"}, {"2021-W01", -1, "2020-W53"}, {"2024-W01", -1, "2023-W52"}} {
		w, err := lookout.ParseWeek(step.from)
		ok(t, err)
		if got := w.Plus(step.n).String(); got != step.want {
			t.Errorf("%s %+d: %s, want %s", step.from, step.n, got, step.want)
		}
	}
	first, err := lookout.ParseWeek("1981-W01")
	if err != nil || !first.First() || first.Plus(1).First() {
		t.Error(first, err)
	}
}

func TestDigestOfAPerson(t *testing.T) {
	d := open(t)
	aunt := domain.Person{Name: "Aunt", Relation: domain.RelationRelative, Numbers: []string{"13800000005"}}
	ok(t, d.store.AddPerson(t.Context(), &aunt))
	talk := 6 * time.Minute
	c := func(number string, person domain.PersonID, at time.Time) domain.Call {
		return domain.Call{
			PersonID: person, Number: number, Family: domain.FamilyMobile, Verdict: domain.VerdictNotServiceLine,
			StartedAt: at, Duration: &talk, Direction: domain.DirectionIncoming,
		}
	}
	d.add(t, c("13800000001", aunt.ID, testkit.Epoch()), c("13800000002", aunt.ID, testkit.Epoch().Add(time.Hour)),
		c("13800000003", domain.SelfID, testkit.Epoch()), c("13800000005", domain.SelfID, testkit.Epoch()))
	d.book.contacts = []lookout.Contact{{PersonID: aunt.ID, Number: "13800000002"}}
	got, err := d.Digest(t.Context(), "Aunt", lookout.Week{Year: 2024, Number: 21})
	if err != nil || got.Person != "Aunt" || got.Now.Calls != 2 || got.Now.LongTalks != 1 || got.AlertCount != 1 ||
		got.Alerts[0].Number != "13800000001" {
		t.Errorf("%+v, %v", got, err)
	}
	// The owner without a name; and who is one of the family is no stranger.
	got, err = d.Digest(t.Context(), "", lookout.Week{Year: 2024, Number: 21})
	if err != nil || got.Person != "Owner" || got.Now.Calls != 2 || got.Now.LongTalks != 1 || got.AlertCount != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if same, err := d.DigestOf(t.Context(), domain.SelfID, lookout.Week{Year: 2024, Number: 21}); err != nil || same.Now != got.Now {
		t.Errorf("%+v, %v", same, err)
	}
	if _, err := d.DigestOf(t.Context(), 99, lookout.Week{Year: 2024, Number: 21}); domain.KeyOf(err) != "person.not_found" {
		t.Error(err)
	}
	if _, err := d.Digest(t.Context(), "nobody", lookout.Week{Year: 2024, Number: 21}); domain.KeyOf(err) != "person.not_found" {
		t.Error(err)
	}
	if _, err := d.Stats(t.Context(), "nobody", time.Time{}, time.Time{}); domain.KeyOf(err) != "person.not_found" {
		t.Error(err)
	}
	if s, err := d.Stats(t.Context(), "Aunt", time.Time{}, time.Time{}); err != nil || s.Calls != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

// stopping stops the run after the first step that judged something.
type stopping struct {
	lookout.Store
	stop  context.CancelFunc
	steps int
}

func (s *stopping) ReviewDays(
	ctx context.Context, most int, begin func(domain.PersonID, []int64) lookout.Review,
) (lookout.Reviewed, error) {
	s.steps++
	defer s.stop()
	return s.Store.ReviewDays(ctx, most, begin)
}

// A stopped run is carried on where it was.
func TestStoppedRefreshGoesOn(t *testing.T) {
	d := open(t)
	var calls []domain.Call
	for i := range 200 {
		calls = append(calls, domain.Call{
			PersonID: domain.SelfID, Number: "13800000001", Family: domain.FamilyMobile, Verdict: domain.VerdictNotServiceLine,
			StartedAt: testkit.Epoch().AddDate(0, 0, -3*i), Direction: domain.DirectionMissed,
		})
	}
	d.add(t, calls...)
	ctx, cancel := context.WithCancel(t.Context())
	s := &stopping{Store: d.store, stop: cancel}
	halfway := lookout.New(lookout.Params{Store: s, Settings: d.store, People: d.store, Clock: d.clock})
	if err := halfway.Refresh(ctx, nil); domain.KindOf(err) != domain.Cancelled || s.steps != 1 {
		t.Errorf("%d steps, %v", s.steps, err)
	}
	if n, err := d.NewAlerts(t.Context()); n.Info == 0 || n.Info == 200 || err != nil {
		t.Errorf("%+v, %v", n, err)
	}
	d.refresh(t)
	if n, err := d.NewAlerts(t.Context()); n.Info != 200 || err != nil {
		t.Errorf("%+v, %v", n, err)
	}
}

// A campaign whose beginning is imported later is one alert still: what the week
// before tells by then is not told twice.
func TestEarlierWeekTakesOver(t *testing.T) {
	d := open(t)
	days := func(from, to int) {
		for day := from; day < to; day++ {
			d.add(t, domain.Call{
				PersonID: domain.SelfID, Number: "9501300" + string(rune('1'+day%3)), Family: domain.FamilyCallCentre95, Code: "95013",
				Verdict: domain.VerdictListed, StartedAt: testkit.Epoch().AddDate(0, 0, day), Direction: domain.DirectionMissed,
			})
		}
		d.refresh(t)
	}
	campaigns := func() (out []int) {
		for _, a := range d.all(t) {
			if a.Kind == insight.KindCampaign {
				out = append(out, a.Calls)
			}
		}
		return out
	}
	days(7, 12)
	if got := campaigns(); len(got) != 1 || got[0] != 5 {
		t.Fatalf("the second week: %v", got)
	}
	days(3, 7)
	if got := campaigns(); len(got) != 1 || got[0] != 9 {
		t.Errorf("both: %v", got)
	}
}
