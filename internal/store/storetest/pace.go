package storetest

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func paceTests() []test {
	return []test{
		{"pace/no two at once", paceTogether},
		{"pace/what is past is lost", paceLate},
		{"pace/the clock was wrong", paceClock},
		{"pace/unknown channel", paceUnknown},
	}
}

func slots(t tb, s Full, r filing.SlotRequest) time.Time {
	t.Helper()
	first, err := s.TakeSlots(t.Context(), r)
	ok(t, err)
	return first
}

// paceTogether: whoever takes how many whenever, between two moments of a
// channel there is always the interval, and none lies in the past.
func paceTogether(t *testing.T, s Full) {
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		ch := channel(rt, s, uuid(n))
		interval := time.Duration(rapid.IntRange(1, 2000).Draw(rt, "ms")) * time.Millisecond
		now := start()
		var all []time.Time
		for range rapid.IntRange(1, 20).Draw(rt, "requests") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(rt, "later")) * time.Millisecond)
			r := filing.SlotRequest{ChannelID: ch.ID, Now: now, Interval: interval, N: rapid.IntRange(1, 9).Draw(rt, "n")}
			if ahead := r.Furthest(); len(all) > 0 && all[len(all)-1].Add(interval).Sub(now) > ahead {
				continue // nobody is that far ahead of the others
			}
			first := slots(rt, s, r)
			if first.Before(now) {
				rt.Fatalf("%v is over at %v", first, now)
			}
			for i := range r.N {
				all = append(all, first.Add(time.Duration(i)*interval))
			}
		}
		if !slices.IsSortedFunc(all, time.Time.Compare) {
			rt.Fatalf("out of order: %v", all)
		}
		for i := 1; i < len(all); i++ {
			if all[i].Sub(all[i-1]) < interval {
				rt.Fatalf("%v and %v are closer than %v", all[i-1], all[i], interval)
			}
		}
	})
}

func paceLate(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	r := filing.SlotRequest{ChannelID: a.ID, Now: start(), Interval: time.Second, N: 2}
	same(t, slots(t, s, r).Equal(start()), true)
	same(t, slots(t, s, r).Equal(after(2*time.Second)), true)
	r.Now = after(time.Minute)
	same(t, slots(t, s, r).Equal(after(time.Minute)), true)
	same(t, slots(t, s, filing.SlotRequest{ChannelID: b.ID, Now: start(), Interval: time.Second, N: 1}).Equal(start()), true)
}

// paceClock: a clock that was an hour ahead does not stop the channel for an
// hour after it was put right.
func paceClock(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	r := filing.SlotRequest{ChannelID: ch.ID, Now: after(time.Hour), Interval: time.Second, N: 1}
	slots(t, s, r)
	r.Now = start()
	same(t, slots(t, s, r).Equal(start()), true)
}

func paceUnknown(t *testing.T, s Full) {
	_, err := s.TakeSlots(t.Context(), filing.SlotRequest{ChannelID: 99, Now: start(), Interval: time.Second, N: 1})
	fails(t, err, domain.NotFound, "channel.not_found")
}
