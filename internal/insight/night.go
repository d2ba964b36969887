package insight

import (
	"time"

	"quietline/internal/domain"
)

// night finds calls in the hours of rest. A night belongs to the day on which
// it begins. Calls that the phone blocked woke nobody.
type night struct {
	s        Settings
	from, to int64 // of this night
	drafts   drafts
}

func newNight(s Settings, p period) *night {
	minute := int64(time.Minute / time.Millisecond)
	return &night{
		s: s, from: p.start + int64(s.NightFrom)*minute, to: p.end + int64(s.NightTo)*minute,
		drafts: newDrafts(KindNight, p),
	}
}

func (n *night) see(c *Call) {
	if c.At >= n.from && c.At < n.to && c.rang() {
		n.drafts.add(c)
	}
}

func (n *night) found() []Alert {
	return n.drafts.finished(func(d *draft) (domain.Severity, string) {
		why := "night.rang"
		if d.Facts.Talk > 0 {
			why = "night.talked"
		}
		switch {
		case !d.stranger:
			return domain.SeverityInfo, why
		case d.Facts.Talk >= int64(n.s.LongMinutes)*60:
			return domain.SeverityDanger, why
		}
		return domain.SeverityCaution, why
	})
}
