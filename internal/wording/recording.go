package wording

import (
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// RecordingDays is for how many days at least a call-centre line has to keep
// the recording, both numbers, the time and the proof of consent (§1,
// verified).
const RecordingDays = 30

// Recording says until when records of calls had to be kept.
type Recording struct {
	// Until is the last day, as its midnight in China, for the oldest call.
	Until time.Time
	// Days is how many days are left after today; negative when it is over.
	Days int
}

// Over says whether the operator need no longer have the records.
func (r Recording) Over() bool { return r.Days < 0 }

// KeptUntil says until when the records of the calls must have been kept at
// least, on the day of now: counted in Chinese time from the oldest call. ok is
// false where the notice does not oblige anybody: the number is no call-centre
// line, or the calls were before it.
func KeptUntil(family domain.Family, calls []domain.CallRef, now time.Time) (r Recording, ok bool) {
	if family != domain.FamilyCallCentre95 {
		return Recording{}, false
	}
	for _, c := range calls {
		if !received(c) || c.StartedAt.Before(noticeSince()) {
			continue
		}
		if last := lastDay(c); !ok || last.Before(r.Until) {
			r.Until, ok = last, true
		}
	}
	// China has no summer time, so days have 24 hours.
	r.Days = int(r.Until.Sub(midnight(now)) / (24 * time.Hour))
	return r, ok
}

// noticeSince is from when calls are held against the notice of June 2020.
func noticeSince() time.Time { return day(2020, time.July, 31) }

// lastDay is the last day on which the records of a call must be there.
func lastDay(c domain.CallRef) time.Time {
	return midnight(c.StartedAt).AddDate(0, 0, RecordingDays)
}

// Sentence says it in words: until when, and how much time that leaves.
func (r Recording) Sentence(p *l10n.Printer) string {
	args := l10n.Args{"Date": r.Until.Format(time.DateOnly), "Min": RecordingDays}
	switch {
	case r.Over():
		return p.T("recording.over", args)
	case r.Days == 0:
		return p.T("recording.today", args)
	}
	return p.N("recording.left", r.Days, args)
}
