package insight

import "quietline/internal/domain"

// rule watches the calls of one period and of the lookahead after it, in the
// order of time, and says at the end what it found. What it keeps is bounded
// by the period.
type rule interface {
	see(c *Call)
	found() []Alert
}

// Review judges some periods of one person or one code in one pass over their
// calls. It is for one goroutine.
type Review struct {
	pending           []int64
	open              []unit
	out               []Alert
	start             func(period int64) int64
	length, lookahead int64
	lookback          int64
	rules             func(period int64) []rule
	lastAt            int64
	unordered         bool
}

type unit struct {
	end   int64
	rules []rule
}

// Days reviews days of one person, ascending (Day). See wants every call that
// the person received from the start of each day to DayLookahead after its
// end; others may come too.
func (s Settings) Days(person domain.PersonID, days []int64) *Review {
	return &Review{
		pending: days, start: DayStart, length: dayLength, lookahead: DayLookahead,
		rules: func(day int64) []rule {
			p := period{person: person, number: day, start: DayStart(day), end: DayStart(day + 1)}
			return []rule{
				newRepeated(s, p), newFlood(s, p), newOneRing(s, p), newNight(s, p),
				newLongCall(s, p), newForeignPrefix(p), newAfterRefusal(p),
			}
		},
	}
}

// Weeks reviews weeks of one holder code, ascending (Week), over the calls
// that all people received, from WeekLookback before
// the start of each to WeekLookahead after its end.
func (s Settings) Weeks(code string, weeks []int64) *Review {
	return &Review{
		pending: weeks, start: WeekStart, length: weekLength, lookahead: WeekLookahead, lookback: WeekLookback,
		rules: func(week int64) []rule {
			p := period{number: week, start: WeekStart(week), end: WeekStart(week + 1)}
			return []rule{newCampaign(s, p, code)}
		},
	}
}

// period is one day of a person or one week of all.
type period struct {
	person     domain.PersonID
	number     int64
	start, end int64
}

// See takes the next call, in the order of At. The order of calls at the same
// moment is only that of CallIDs.
func (r *Review) See(c Call) {
	r.unordered = r.unordered || c.At < r.lastAt
	r.lastAt = c.At
	r.close(c.At)
	for len(r.pending) > 0 && r.start(r.pending[0])-r.lookback <= c.At {
		start := r.start(r.pending[0])
		if end := start + r.length + r.lookahead; end > c.At {
			r.open = append(r.open, unit{end: end, rules: r.rules(r.pending[0])})
		}
		r.pending = r.pending[1:]
	}
	if c.Contact || c.Direction == domain.DirectionOutgoing {
		return
	}
	for _, u := range r.open {
		for _, rule := range u.rules {
			rule.see(&c)
		}
	}
}

// close ends the periods that a call at the moment no longer belongs to.
func (r *Review) close(at int64) {
	for len(r.open) > 0 && r.open[0].end <= at {
		for _, rule := range r.open[0].rules {
			r.out = append(r.out, rule.found()...)
		}
		r.open = r.open[1:]
	}
}

// Alerts ends the review and gives what was found, by period. It fails with
// Internal "internal" where the calls did not come in their order.
func (r *Review) Alerts() ([]Alert, error) {
	if r.unordered {
		return nil, domain.E("insight.Review", domain.Internal, "internal", nil, nil)
	}
	const never = int64(1) << 62
	r.close(never)
	return r.out, nil
}
