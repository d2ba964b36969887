package insight

import (
	"time"

	"quietline/internal/domain"
)

// oneRing finds calls of strangers that ring once, so that they are called
// back. Where the log does not tell how long it rang, it is possible only. A
// withheld number cannot be called back.
type oneRing struct {
	most   int64
	end    int64
	drafts drafts
	sure   map[*draft]bool
}

func newOneRing(s Settings, p period) *oneRing {
	return &oneRing{
		most: int64(s.RingSeconds) * int64(time.Second/time.Millisecond), end: p.end,
		drafts: newDrafts(KindOneRing, p), sure: map[*draft]bool{},
	}
}

func (o *oneRing) see(c *Call) {
	if c.At >= o.end || c.Direction != domain.DirectionMissed || c.Number == "" || c.Ring > o.most || !c.Stranger() {
		return
	}
	if d := o.drafts.of(c.Number); d != nil {
		d.add(c)
		o.sure[d] = o.sure[d] || c.Ring >= 0
	}
}

func (o *oneRing) found() []Alert {
	return o.drafts.finished(func(d *draft) (domain.Severity, string) {
		if o.sure[d] {
			return domain.SeverityCaution, "one_ring.sure"
		}
		return domain.SeverityInfo, "one_ring.possible"
	})
}
