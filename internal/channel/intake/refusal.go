package intake

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

const (
	// maxText is the longest sentence taken over from an endpoint, and
	// maxProblems the most field problems.
	maxText     = 500
	maxProblems = 50
)

// refused judges every answer that is not the success of its call.
func (e *Endpoint) refused(a answer) filing.Outcome {
	p := a.problem()
	out := filing.Outcome{HTTPStatus: a.status, Detail: clean(p.Detail)}
	if out.Detail == "" {
		out.Detail = clean(p.Title)
	}
	out.Kind, out.ErrorKey = meaning(a.status, p)
	if out.Kind == filing.OutcomeRetry {
		out.RetryAfter = e.retryAfter(a.header)
		out.Hold = a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable
	}
	if out.Kind != filing.OutcomeRejected {
		return out
	}
	for _, f := range p.Errors[:min(len(p.Errors), maxProblems)] {
		out.Problems = append(out.Problems, domain.FieldProblem{
			// RFC 9457 writes pointers as fragments in its example.
			Pointer: strings.TrimPrefix(clean(f.Pointer), "#"), Code: clean(f.Code), Detail: clean(f.Detail),
		})
	}
	return out
}

// meaning is what a status means for the complaint, and the key of the reason.
func meaning(status int, p problemDoc) (filing.OutcomeKind, string) {
	switch status {
	case http.StatusUnauthorized:
		return filing.OutcomeUnauthorised, "channel.unauthorised"
	case http.StatusForbidden:
		return filing.OutcomeForbidden, "channel.forbidden"
	case http.StatusConflict:
		return filing.OutcomeRetry, "channel.in_progress"
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return filing.OutcomeRetry, "channel.try_later"
	case http.StatusTooManyRequests:
		return filing.OutcomeRetry, "channel.too_many_requests"
	case http.StatusServiceUnavailable:
		return filing.OutcomeRetry, "channel.endpoint_down"
	case http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		// RFC 9110, 15.4.8 and 15.4.9: the same request is to be made elsewhere,
		// so this one was not performed. It is not made there, because the token
		// and the complaint belong to this endpoint alone.
		return filing.OutcomeRetry, "channel.redirect_refused"
	}
	switch {
	case status == http.StatusUnprocessableEntity && strings.HasSuffix(p.Type, "/idempotency-key-reused"):
		// The endpoint holds something under our key, and may tell what when it is
		// asked by that key. A final no would let the same complaint be filed anew
		// under another one.
		return filing.OutcomeUnknown, "channel.key_reused"
	case status >= 500 && status < 600:
		return filing.OutcomeRetry, "channel.endpoint_fault"
	case status >= 400 && status < 500:
		return filing.OutcomeRejected, finalKey(status, p)
	case status >= 300 && status < 400:
		// A form handler takes a POST and then points at a page with 302 or 303:
		// asking with the key clears up which it was.
		return filing.OutcomeUnknown, "channel.redirect_refused"
	default:
		// A 2xx of another kind, or a status that HTTP does not know.
		return filing.OutcomeUnknown, "channel.answer_unusable"
	}
}

// finalKey is the key of a final no.
func finalKey(status int, p problemDoc) string {
	switch {
	case len(p.Errors) > 0:
		return "channel.fields_rejected"
	case status == http.StatusRequestEntityTooLarge:
		return "channel.too_large"
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusGone:
		return "channel.not_intake"
	default:
		return "channel.rejected"
	}
}

// retryAfter reads Retry-After in both forms (RFC 9110, 10.2.3); 0 where there
// is none that can be read. A date is measured by the clock of the endpoint,
// where the answer tells it, because ours may be wrong.
func (e *Endpoint) retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v != "" && strings.Trim(v, "0123456789") == "" {
		seconds, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return filing.LongestWait // more digits than a number can have
		}
		return bounded(seconds)
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = e.clock.Now()
	}
	return bounded(at.Sub(now).Seconds())
}

// clean makes an endpoint's sentence fit to be stored and shown: one line,
// without characters that control or reorder text, of bounded length.
func clean(s string) string {
	if len(s) > 4*maxText {
		s = s[:4*maxText]
	}
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsGraphic(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		default:
			return -1
		}
	}, s)
	if utf8.RuneCountInString(s) > maxText {
		s = string([]rune(s)[:maxText])
	}
	return strings.TrimSpace(s)
}
