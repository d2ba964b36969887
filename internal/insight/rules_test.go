package insight_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// monday is the morning of a Monday in China.
func monday() time.Time { return time.Date(2024, 5, 20, 9, 0, 0, 0, domain.China()) }

func call(number string, at time.Time, change ...func(*insight.Call)) insight.Call {
	c := insight.Call{Person: 1, Number: number, At: at.UnixMilli(), Talk: -1, Ring: -1, Direction: domain.DirectionIncoming}
	if len(number) == 8 && number[:2] == "95" {
		c.Code = number[:5]
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func missed(c *insight.Call) { c.Direction = domain.DirectionMissed }

func blocked(c *insight.Call) { c.Direction = domain.DirectionBlocked }

func contact(c *insight.Call) { c.Contact = true }

func named(c *insight.Call) { c.Named = true }

func talk(d time.Duration) func(*insight.Call) {
	return func(c *insight.Call) { c.Talk = d.Milliseconds() }
}

func ring(d time.Duration) func(*insight.Call) {
	return func(c *insight.Call) { c.Ring = d.Milliseconds() }
}

func of(person domain.PersonID) func(*insight.Call) {
	return func(c *insight.Call) { c.Person = person }
}

func knownSince(at time.Time) func(*insight.Call) {
	return func(c *insight.Call) { c.KnownSince = at.UnixMilli() }
}

// every gives calls of the numbers in turn, so far apart.
func every(gap time.Duration, from time.Time, numbers ...string) []insight.Call {
	var out []insight.Call
	for i, n := range numbers {
		out = append(out, call(n, from.Add(time.Duration(i)*gap), missed, ring(30*time.Second)))
	}
	return out
}

func times(n int, number string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = number
		if number == "" {
			out[i] = fmt.Sprintf("1380000%04d", i)
		}
	}
	return out
}

func with(calls []insight.Call, change ...func(*insight.Call)) []insight.Call {
	for i := range calls {
		for _, f := range change {
			f(&calls[i])
		}
	}
	return calls
}

// judged runs the rules over every period that the calls could touch.
func judged(t *testing.T, s insight.Settings, calls []insight.Call) []insight.Alert {
	t.Helper()
	for i := range calls {
		calls[i].ID = domain.CallID(i + 1)
	}
	var days, weeks []int64
	first, last := calls[0].At, calls[len(calls)-1].At
	for d := insight.Day(first) - 1; d <= insight.Day(last); d++ {
		days = append(days, d)
	}
	for w := insight.Week(first) - 1; w <= insight.Week(last); w++ {
		weeks = append(weeks, w)
	}
	reviews := []*insight.Review{s.Days(1, days)}
	for _, c := range calls {
		if c.Person == 1 {
			reviews[0].See(c)
		}
	}
	byCode := s.Weeks("95013", weeks)
	for _, c := range calls {
		if c.Code == "95013" {
			byCode.See(c)
		}
	}
	var out []insight.Alert
	for _, r := range append(reviews, byCode) {
		got, err := r.Alerts()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, got...)
	}
	return out
}

// said is an alert in one line.
func said(a insight.Alert) string {
	return fmt.Sprintf("%s %s number=%s code=%s calls=%v %s %s", a.Kind, a.From.Format("02 15:04"), a.Number, a.Code, a.CallIDs, a.Severity, a.Why)
}

func TestRules(t *testing.T) {
	night := time.Date(2024, 5, 20, 23, 30, 0, 0, domain.China())
	refused := func(c *insight.Call) { c.NumberRefused = monday().Add(-time.Hour).UnixMilli() }
	for name, tt := range map[string]struct {
		calls []insight.Call
		want  []string
	}{
		"two are not again and again": {every(time.Minute, monday(), times(2, "13800000001")...), nil},
		"three in ten minutes": {
			every(5*time.Minute, monday(), times(3, "13800000001")...),
			[]string{"repeated 20 09:00 number=13800000001 code= calls=[1 2 3] caution repeated.number"},
		},
		"three in eleven": {every(5*time.Minute+time.Second, monday(), times(3, "13800000001")...), nil},
		"numbers of one code": {
			every(time.Minute, monday(), "95013001", "95013002", "95013003"),
			[]string{"repeated 20 09:00 number= code=95013 calls=[1 2 3] caution repeated.code"},
		},
		"other codes between": {every(time.Minute, monday(), "95013001", "95014002", "95015003"), nil},
		"nobody's numbers":    {every(time.Minute, monday(), "", "", ""), nil},
		"contacts may call":   {with(every(time.Minute, monday(), times(3, "13800000001")...), contact), nil},
		"the phone rang often": {
			every(20*time.Second, monday(), times(15, "13800000001")...),
			[]string{"repeated 20 09:00 number=13800000001 code= calls=[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15] danger repeated.number"},
		},
		"a run over midnight stands once": {
			every(4*time.Minute, time.Date(2024, 5, 20, 23, 56, 0, 0, domain.China()), "95013001", "95013001", "95013001")[:3],
			[]string{
				"repeated 20 23:56 number=95013001 code=95013 calls=[1 2 3] caution repeated.number",
				"night 20 23:56 number=95013001 code=95013 calls=[1 2 3] caution night.rang",
			},
		},
		"nineteen strangers": {every(3*time.Minute, monday(), times(19, "")...), nil},
		"a flood": {
			every(3*time.Minute, monday(), times(20, "")...),
			[]string{"flood 20 09:00 number= code= calls=[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20] caution flood"},
		},
		"people the phone knows": {with(every(3*time.Minute, monday(), times(20, "")...), named), nil},
		"one ring": {
			[]insight.Call{call("13800000001", monday(), missed, ring(5*time.Second))},
			[]string{"one_ring 20 09:00 number=13800000001 code= calls=[1] caution one_ring.sure"},
		},
		"six seconds": {[]insight.Call{call("13800000001", monday(), missed, ring(6*time.Second))}, nil},
		"possibly one ring": {
			[]insight.Call{call("13800000001", monday(), missed)},
			[]string{"one_ring 20 09:00 number=13800000001 code= calls=[1] info one_ring.possible"},
		},
		"nobody to call back": {[]insight.Call{call("", monday(), missed)}, nil},
		"known before":        {[]insight.Call{call("13800000001", monday(), missed, knownSince(monday().Add(-time.Hour)))}, nil},
		"known only later": {
			[]insight.Call{call("13800000001", monday(), missed, knownSince(monday()))},
			[]string{"one_ring 20 09:00 number=13800000001 code= calls=[1] info one_ring.possible"},
		},
		"night": {
			[]insight.Call{call("13800000001", night), call("13800000001", night.Add(6*time.Hour)), call("13800000001", night.Add(6*time.Hour+30*time.Minute))},
			[]string{"night 20 23:30 number=13800000001 code= calls=[1 2] caution night.rang"},
		},
		"talked at night": {
			[]insight.Call{call("13800000001", night, talk(12*time.Minute))},
			[]string{
				"night 20 23:30 number=13800000001 code= calls=[1] danger night.talked",
				"long_stranger_call 20 23:30 number=13800000001 code= calls=[1] danger long_stranger_call",
			},
		},
		"blocked at night":     {[]insight.Call{call("13800000001", night, blocked)}, nil},
		"a known one at night": {[]insight.Call{call("13800000001", night, named)}, []string{"night 20 23:30 number=13800000001 code= calls=[1] info night.rang"}},
		"a long first talk": {
			[]insight.Call{call("13800000001", monday(), talk(5*time.Minute)), call("13800000001", monday().Add(time.Hour), talk(time.Hour), knownSince(monday()))},
			[]string{"long_stranger_call 20 09:00 number=13800000001 code= calls=[1] caution long_stranger_call"},
		},
		"not so long": {[]insight.Call{call("13800000001", monday(), talk(5*time.Minute-time.Second))}, nil},
		"forged": {
			[]insight.Call{call("+8695588", monday(), named, func(c *insight.Call) { c.Forged = true })},
			[]string{"foreign_prefix 20 09:00 number=+8695588 code= calls=[1] danger foreign_prefix"},
		},
		"after a refusal": {
			[]insight.Call{call("13800000001", monday(), refused)},
			[]string{"after_refusal 20 09:00 number=13800000001 code= calls=[1] caution after_refusal.number"},
		},
		"before the refusal": {[]insight.Call{call("13800000001", monday().Add(-2*time.Hour), refused)}, nil},
		"marked": {
			[]insight.Call{call("13800000001", monday(), func(c *insight.Call) { c.Marked = true })},
			[]string{"after_refusal 20 09:00 number=13800000001 code= calls=[1] caution after_refusal.marked"},
		},
		"the code was refused": {
			[]insight.Call{call("95013001", monday(), func(c *insight.Call) { c.CodeRefused = 1 })},
			[]string{"after_refusal 20 09:00 number=95013001 code=95013 calls=[1] info after_refusal.code"},
		},
		"a campaign to several people": {
			[]insight.Call{
				call("95013001", monday()), call("95013001", monday().Add(24*time.Hour)), call("95013001", monday().Add(48*time.Hour)),
				call("95013001", monday().Add(72*time.Hour)), call("95013001", monday().Add(6*24*time.Hour), of(2)),
			},
			[]string{"campaign 20 09:00 number=95013001 code=95013 calls=[1 2 3 4 5] caution campaign.people"},
		},
		"a campaign over two weeks, from three numbers": {
			[]insight.Call{
				call("95013001", monday().Add(5*24*time.Hour)), call("95013002", monday().Add(6*24*time.Hour)), call("95013003", monday().Add(7*24*time.Hour)),
				call("95013001", monday().Add(8*24*time.Hour)), call("95013001", monday().Add(9*24*time.Hour)),
			},
			[]string{"campaign 25 09:00 number= code=95013 calls=[1 2 3 4 5] caution campaign.numbers"},
		},
		"a campaign that goes on into another week is one": {
			every(24*time.Hour, monday().Add(3*24*time.Hour), "95013001", "95013002", "95013003", "95013001", "95013002", "95013003",
				"95013001", "95013002", "95013003"),
			[]string{"campaign 23 09:00 number= code=95013 calls=[1 2 3 4 5 6 7 8 9] caution campaign.numbers"},
		},
		"a campaign of weeks": {
			every(12*time.Hour, monday(), slices.Repeat([]string{"95013001", "95013002", "95013003"}, 14)...),
			[]string{
				"campaign 20 09:00 number= code=95013 calls=[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28] danger campaign.numbers",
				"campaign 03 09:00 number= code=95013 calls=[29 30 31 32 33 34 35 36 37 38 39 40 41 42] caution campaign.numbers",
			},
		},
		"one call after a campaign": {
			append(every(time.Hour, monday().Add(6*24*time.Hour), "95013001", "95013002", "95013003", "95013001", "95013002"),
				every(time.Hour, monday().Add(9*24*time.Hour), "95013001", "95013002", "95013003", "95013001", "95013002")...),
			[]string{"campaign 26 09:00 number= code=95013 calls=[1 2 3 4 5 6 7 8 9 10] caution campaign.numbers"},
		},
		"too slow for a campaign": {every(48*time.Hour, monday(), "95013001", "95013002", "95013003", "95013001", "95013002"), nil},
		"one number, one person":  {every(time.Hour, monday(), times(5, "95013001")...), nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, a := range judged(t, insight.Defaults(), tt.calls) {
				got = append(got, said(a))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestFacts(t *testing.T) {
	got := judged(t, insight.Defaults(), every(time.Minute, monday(), "95013001", "95013002", "95013003", "95013001"))
	if len(got) != 1 || got[0].Facts != (insight.Facts{Numbers: 3, People: 1, Minutes: 10}) || got[0].Calls != 4 ||
		!got[0].To.Equal(monday().Add(3*time.Minute)) || len(got[0].People) != 1 || got[0].Subject != "95013" ||
		got[0].Period != insight.Day(monday().UnixMilli()) {
		t.Errorf("%+v", got)
	}
}

// What a log can hold does not bound what an alert holds.
func TestAlertsAreBounded(t *testing.T) {
	got := judged(t, insight.Defaults(), every(time.Second, monday(), times(5000, "95013001")...))
	if len(got) != 2 || got[0].Calls != 5000 || len(got[0].CallIDs) != insight.MaxCallIDs {
		t.Errorf("%d alerts", len(got))
	}
	rings := map[insight.Kind]int{}
	for _, a := range judged(t, insight.Defaults(), with(every(time.Second, monday(), times(5000, "")...), ring(time.Second))) {
		rings[a.Kind]++
	}
	if rings[insight.KindOneRing] != 200 || rings[insight.KindFlood] != 1 {
		t.Error(rings)
	}
}

func TestOrderIsAsked(t *testing.T) {
	r := insight.Defaults().Days(1, []int64{insight.Day(monday().UnixMilli())})
	r.See(call("1", monday()))
	r.See(call("1", monday().Add(-time.Second)))
	if _, err := r.Alerts(); domain.KindOf(err) != domain.Internal {
		t.Error(err)
	}
}

func TestPeriods(t *testing.T) {
	for _, at := range []time.Time{monday(), time.Date(2024, 5, 26, 23, 59, 59, 0, domain.China()), domain.OldestCall()} {
		ms := at.UnixMilli()
		start := time.UnixMilli(insight.DayStart(insight.Day(ms))).In(domain.China())
		if y, m, d := at.Date(); !start.Equal(time.Date(y, m, d, 0, 0, 0, 0, domain.China())) {
			t.Errorf("%s is in the day of %s", at, start)
		}
		week := time.UnixMilli(insight.WeekStart(insight.Week(ms))).In(domain.China())
		if week.Weekday() != time.Monday || week.After(at) || at.Sub(week) >= 7*24*time.Hour || week.Hour() != 0 {
			t.Errorf("%s is in the week of %s", at, week)
		}
	}
}

func TestThresholds(t *testing.T) {
	s := insight.Defaults()
	for _, th := range insight.Thresholds() {
		if err := th.Set(&s, th.Value(s)); err != nil {
			t.Errorf("the default of %s: %v", th.Name, err)
		}
		for _, bad := range []string{"", "-1", "99999", "x", "25:00", "1:5", "12:60", "+5:00"} {
			before := s
			if err := th.Set(&s, bad); domain.KeyOf(err) != "alerts.setting_range" || s != before {
				t.Errorf("%s = %q: %v", th.Name, bad, err)
			}
		}
	}
	if s != insight.Defaults() || s.Fingerprint() != insight.Defaults().Fingerprint() {
		t.Errorf("%+v", s)
	}
	for _, th := range insight.Thresholds() {
		text := map[bool]string{true: "18:30", false: "7"}[th.Clock]
		if th.Name == "night_to" {
			text = "05:30"
		}
		if err := th.Set(&s, text); err != nil || th.Value(s) != text || s.Fingerprint() == insight.Defaults().Fingerprint() {
			t.Errorf("%s: %q, %v", th.Name, th.Value(s), err)
		}
	}
}
