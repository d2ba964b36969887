package insight

import (
	"time"

	"quietline/internal/domain"
)

// repeated finds numbers that call again and again within minutes. The numbers
// of one holder code count together, because a firm that is not answered takes
// the next of its extensions. A withheld number is nobody's, so it does not
// count here.
type repeated struct {
	s       Settings
	period  period
	windows map[string]*window
	drafts  drafts
}

func newRepeated(s Settings, p period) *repeated {
	return &repeated{s: s, period: p, windows: map[string]*window{}, drafts: newDrafts(KindRepeated, p)}
}

func (r *repeated) see(c *Call) {
	subject := c.Code
	if subject == "" {
		subject = c.Number
	}
	if subject == "" {
		return
	}
	w := r.windows[subject]
	if w == nil {
		if c.At >= r.period.end {
			return // no window that begins in the period has it in it
		}
		w = &window{length: int64(r.s.RepeatedMinutes) * int64(time.Minute/time.Millisecond), end: r.period.end}
		r.windows[subject] = w
	}
	if !w.push(c) || len(w.calls) < r.s.RepeatedCalls {
		return
	}
	if d := r.drafts.of(subject); d != nil {
		w.into(d)
	}
}

// muchMore times the threshold is no longer a nuisance but an attack.
const muchMore = 5

func (r *repeated) found() []Alert {
	return r.drafts.finished(func(d *draft) (domain.Severity, string) {
		d.Facts.Minutes = r.s.RepeatedMinutes
		severity, why := domain.SeverityCaution, "repeated.number"
		if len(d.numbers) > 1 {
			why = "repeated.code"
		}
		if d.Calls >= muchMore*r.s.RepeatedCalls {
			severity = domain.SeverityDanger
		}
		return severity, why
	})
}
