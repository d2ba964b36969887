package insight

import (
	"cmp"
	"slices"
	"time"

	"quietline/internal/domain"
)

// Digest is what a person's week was like.
type Digest struct {
	Person string
	// From is the Monday on which it begins, To the Monday after; in China.
	From, To time.Time
	// Now counts the week, Before the one before it.
	Now, Before WeekCount
	// Talks are the talks with strangers that were long, the longest first, at
	// most maxListed of Now.LongTalks.
	Talks []Talk
	// Codes are the holder codes with the most calls, at most maxListed.
	Codes []CodeCount
	// Alerts are those of the week, the most severe first, then by time, at most
	// maxDigestAlerts of AlertCount.
	Alerts     []Alert
	AlertCount int
	// Do are the things to do, in their order; never empty.
	Do []Deed
}

// WeekCount counts the calls that were received in a week.
type WeekCount struct {
	Calls, Answered, Strangers, Night, LongTalks int
	// Numbers are the different numbers that called, withheld ones apart.
	Numbers int
	// StrangerTalk is how long strangers talked in all, in whole seconds.
	StrangerTalk time.Duration
}

// Talk is a long talk with a stranger.
type Talk struct {
	Number, Code string
	At           time.Time
	Length       time.Duration
}

// Deed is something to do; its words are the message "digest.do." + Deed.
type Deed string

// The deeds, in the order of doing them.
const (
	DeedAsk      Deed = "ask"
	DeedPolice   Deed = "police"
	DeedNoReturn Deed = "no_return"
	DeedComplain Deed = "complain"
	DeedBlock    Deed = "block"
	DeedRest     Deed = "rest"
	DeedNothing  Deed = "nothing"
)

// Deeds lists every deed in the order of doing.
func Deeds() []Deed {
	return []Deed{DeedAsk, DeedPolice, DeedNoReturn, DeedComplain, DeedBlock, DeedRest, DeedNothing}
}

const (
	maxListed       = 10
	maxDigestAlerts = 20
)

// DigestBuilder makes a Digest of calls and alerts. It is for one goroutine.
type DigestBuilder struct {
	s               Settings
	d               Digest
	start, from, to int64
	now, before     map[string]struct{}
	codes           map[string]map[string]int
	kinds           map[Kind]bool
}

// NewDigest begins the digest of a week (Week) of a person.
func (s Settings) NewDigest(person string, week int64) *DigestBuilder {
	return &DigestBuilder{
		s: s, d: Digest{Person: person, From: moment(WeekStart(week)), To: moment(WeekStart(week + 1))},
		start: WeekStart(week - 1), from: WeekStart(week), to: WeekStart(week + 1),
		now: map[string]struct{}{}, before: map[string]struct{}{}, codes: map[string]map[string]int{}, kinds: map[Kind]bool{},
	}
}

// See takes a call of the person; those outside the week and the one before it
// do not count.
func (b *DigestBuilder) See(c Call) {
	if c.At < b.start || c.At >= b.to || c.Direction == domain.DirectionOutgoing {
		return
	}
	if c.At < b.from {
		b.count(&b.d.Before, b.before, &c)
		return
	}
	b.count(&b.d.Now, b.now, &c)
	if b.isLong(&c) {
		b.d.Talks = append(b.d.Talks, Talk{
			Number: c.Number, Code: c.Code, At: moment(c.At), Length: time.Duration(c.talked()/1000) * time.Second,
		})
		slices.SortStableFunc(b.d.Talks, func(x, y Talk) int { return cmp.Compare(y.Length, x.Length) })
		b.d.Talks = b.d.Talks[:min(len(b.d.Talks), maxListed)]
	}
	if c.Code != "" {
		if b.codes[c.Code] == nil {
			b.codes[c.Code] = map[string]int{}
		}
		b.codes[c.Code][c.Number]++
	}
}

func (b *DigestBuilder) isLong(c *Call) bool {
	return c.Stranger() && c.talked() >= int64(b.s.LongMinutes)*60_000
}

func (b *DigestBuilder) count(w *WeekCount, numbers map[string]struct{}, c *Call) {
	w.Calls++
	if c.talked() > 0 {
		w.Answered++
	}
	if c.Stranger() {
		w.Strangers++
		w.StrangerTalk += time.Duration(c.talked()/1000) * time.Second
	}
	if b.s.atNight(c.At) && c.rang() && !c.Contact {
		w.Night++
	}
	if b.isLong(c) {
		w.LongTalks++
	}
	if c.Number != "" {
		numbers[c.Number] = struct{}{}
		w.Numbers = len(numbers)
	}
}

// Alert takes an alert of the person; one that lies outside the week does not
// count.
func (b *DigestBuilder) Alert(a Alert) {
	if a.To.UnixMilli() < b.from || a.From.UnixMilli() >= b.to {
		return
	}
	b.d.AlertCount++
	b.kinds[a.Kind] = true
	b.d.Alerts = append(b.d.Alerts, a)
	slices.SortStableFunc(b.d.Alerts, func(x, y Alert) int {
		return cmp.Or(cmp.Compare(y.Severity.Rank(), x.Severity.Rank()), x.From.Compare(y.From))
	})
	b.d.Alerts = b.d.Alerts[:min(len(b.d.Alerts), maxDigestAlerts)]
}

// Digest ends the digest.
func (b *DigestBuilder) Digest() Digest {
	b.d.Codes = nil
	for code, numbers := range b.codes {
		c := CodeCount{Code: code, Numbers: int64(len(numbers))}
		for _, n := range numbers {
			c.Calls += int64(n)
		}
		b.d.Codes = append(b.d.Codes, c)
	}
	slices.SortFunc(b.d.Codes, func(x, y CodeCount) int {
		return cmp.Or(cmp.Compare(y.Calls, x.Calls), cmp.Compare(x.Code, y.Code))
	})
	b.d.Codes = b.d.Codes[:min(len(b.d.Codes), maxListed)]
	b.d.Do = b.deeds()
	return b.d
}

// deeds says what follows from what the week brought.
func (b *DigestBuilder) deeds() []Deed {
	has := func(kinds ...Kind) bool { return slices.ContainsFunc(kinds, func(k Kind) bool { return b.kinds[k] }) }
	var out []Deed
	for _, d := range []struct {
		deed Deed
		due  bool
	}{
		{DeedAsk, len(b.d.Talks) > 0},
		{DeedPolice, has(KindForeignPrefix)},
		{DeedNoReturn, has(KindOneRing)},
		{DeedComplain, has(KindAfterRefusal, KindCampaign, KindRepeated)},
		{DeedBlock, has(KindFlood, KindCampaign, KindRepeated)},
		{DeedRest, b.d.Now.Night > 0},
	} {
		if d.due {
			out = append(out, d.deed)
		}
	}
	if out == nil {
		out = []Deed{DeedNothing}
	}
	return out
}
