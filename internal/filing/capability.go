package filing

import (
	"slices"
	"time"

	"quietline/internal/domain"
)

// This file holds what an endpoint said it takes (domain.Capabilities) against
// what is to be filed, so that everything it would refuse is known before
// anything is sent. All of it is pure.

// Refused says what of a complaint an endpoint does not take. How many calls it
// takes at a time is no reason to refuse one: see Parts.
func Refused(body domain.ComplaintBody, caps domain.Capabilities, now time.Time) domain.Problems {
	var list domain.Problems
	add := func(pointer, key string, args domain.Args) {
		list = append(list, domain.E("filing.Refused", domain.Invalid, key, args, nil).At(pointer))
	}
	if refuses(caps.Categories, body.Category, domain.Categories()) {
		add("/category", "complaint.category_not_taken", nil)
	}
	for _, t := range body.Techniques {
		if refuses(caps.Techniques, t, domain.Techniques()) {
			add("/techniques", "complaint.technique_not_taken", domain.Args{"Codes": joined(caps.Techniques)})
			break
		}
	}
	if i := TooOld(body.Calls, caps, now); i >= 0 {
		add(startPointer(i), "complaint.call_too_old", domain.Args{"Days": *caps.MaxCallAgeDays})
	}
	if body.Complainant.OnBehalf != nil && !caps.OnBehalfAllowed {
		add("/complainant/on_behalf_of/name", "complaint.on_behalf_not_taken", nil)
	}
	return list
}

// refuses says whether a list of what is taken leaves a code out. An empty list
// restricts nothing, and what is no code at all is somebody else's problem.
func refuses[T comparable](taken []T, code T, known []T) bool {
	return len(taken) > 0 && slices.Contains(known, code) && !slices.Contains(taken, code)
}

// TooOld is the index of the first call that is older than an endpoint takes,
// -1 where there is none.
func TooOld(calls []domain.CallRef, caps domain.Capabilities, now time.Time) int {
	if caps.MaxCallAgeDays == nil {
		return -1
	}
	oldest := now.AddDate(0, 0, -*caps.MaxCallAgeDays)
	return slices.IndexFunc(calls, func(c domain.CallRef) bool {
		return !c.StartedAt.IsZero() && c.StartedAt.Before(oldest)
	})
}

// Parts is how many complaints it takes to file that many calls through a
// channel.
func Parts(calls int, ch domain.Channel) int {
	most := mostCalls(ch)
	if most < 1 || calls <= most {
		return 1
	}
	return (calls + most - 1) / most
}

// mostCalls is how many calls a channel takes at a time, 0 for any number.
func mostCalls(ch domain.Channel) int {
	if ch.Capabilities == nil {
		return 0
	}
	return ch.Capabilities.MaxCallsPerComplaint
}

// split cuts a complaint into as many as the limit needs, each with other calls
// and an ID of its own; the first keeps the ID. Calls keep their order. What
// was lost is stated once: filed with every part, it would be claimed as often.
func split(c domain.Complaint, most int, id func() domain.ComplaintID) []domain.Complaint {
	if most < 1 || len(c.Body.Calls) <= most {
		return []domain.Complaint{c}
	}
	var parts []domain.Complaint
	for from := 0; from < len(c.Body.Calls); from += most {
		to := min(from+most, len(c.Body.Calls))
		part := c
		part.Body.Calls = slices.Clone(c.Body.Calls[from:to])
		// Calls of the log stand first (builder.calls).
		part.CallIDs = slices.Clone(c.CallIDs[min(from, len(c.CallIDs)):min(to, len(c.CallIDs))])
		if from > 0 {
			part.ID, part.CreatedAt = id(), time.Time{}
			part.Body.ClientReference, part.Body.Loss = part.ID, nil
		}
		parts = append(parts, part)
	}
	return parts
}

// Rate is how many requests a second a channel sends at most, 0 where nothing
// limits it: the lower of what the user and the endpoint say.
func Rate(ch domain.Channel) float64 {
	rate := ch.Rate
	if c := ch.Capabilities; c != nil && c.RateLimitPerSecond != nil {
		if limit := *c.RateLimitPerSecond; limit > 0 && (rate <= 0 || limit < rate) {
			rate = limit
		}
	}
	return rate
}

// Pace is how long a channel's rate makes n complaints take at least, 0 where
// nothing limits it. Answers that come slowly are not in it.
func Pace(n int, ch domain.Channel) time.Duration {
	rate := Rate(ch)
	if rate <= 0 || n < 2 {
		return 0
	}
	seconds := float64(n-1) / rate
	if seconds >= float64(maxPace/time.Second) {
		return maxPace
	}
	return time.Duration(seconds * float64(time.Second))
}

// maxPace bounds Pace: a longer time is not worth telling apart.
const maxPace = 365 * 24 * time.Hour
