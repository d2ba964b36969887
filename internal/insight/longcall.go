package insight

import "quietline/internal/domain"

// longCall finds long talks with somebody the person never had to do with:
// how old people are worked on begins with one.
type longCall struct {
	s      Settings
	end    int64
	drafts drafts
	// nightly: one of the calls was at night.
	nightly map[*draft]bool
}

func newLongCall(s Settings, p period) *longCall {
	return &longCall{s: s, end: p.end, drafts: newDrafts(KindLongStrangerCall, p), nightly: map[*draft]bool{}}
}

func (l *longCall) see(c *Call) {
	if c.At >= l.end || c.talked() < int64(l.s.LongMinutes)*60_000 || !c.Stranger() {
		return
	}
	if d := l.drafts.of(c.Number); d != nil {
		d.add(c)
		l.nightly[d] = l.nightly[d] || l.s.atNight(c.At)
	}
}

func (l *longCall) found() []Alert {
	const far = 3 // times the threshold
	return l.drafts.finished(func(d *draft) (domain.Severity, string) {
		if l.nightly[d] || d.Facts.Talk >= far*int64(l.s.LongMinutes)*60 {
			return domain.SeverityDanger, "long_stranger_call"
		}
		return domain.SeverityCaution, "long_stranger_call"
	})
}
