package wire

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Bounds of what an endpoint hands out and says, in characters.
const (
	MaxReceipt = 64
	MaxToken   = 256
	// maxText is the longest sentence taken over from an endpoint.
	maxText = 500
)

var (
	// ErrType is an answer of another media type, charset or coding.
	ErrType = errors.New("the answer is not JSON in UTF-8")
	// ErrShape is JSON of another shape.
	ErrShape = errors.New("the answer does not have the promised shape")
)

// Sound says why a body cannot be trusted to be a whole document of one of the
// media types.
func (a Answer) Sound(types ...string) error {
	if a.Err != nil {
		return a.Err
	}
	kind, params, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	charset := params["charset"]
	coding := a.Header.Get("Content-Encoding")
	switch {
	case err != nil,
		!slices.Contains(types, kind),
		charset != "" && !strings.EqualFold(charset, "utf-8"),
		coding != "" && !strings.EqualFold(coding, "identity"),
		!utf8.Valid(a.Body):
		return ErrType
	}
	return nil
}

// Decode reads the body as one JSON document into v, where it is one.
func (a Answer) Decode(v any) error {
	if err := a.Sound("application/json"); err != nil {
		return err
	}
	return json.Unmarshal(a.Body, v)
}

// Unusable is the outcome of a 2xx that is not what was promised: the endpoint
// may well hold the complaint.
func (a Answer) Unusable(err error) filing.Outcome {
	out := filing.Outcome{
		Kind: filing.OutcomeUnknown, HTTPStatus: a.Status, ErrorKey: "channel.answer_unusable", Cause: ErrShape,
	}
	switch {
	case errors.Is(a.Err, errTooLarge):
		out.ErrorKey, out.Cause = "channel.answer_too_large", errTooLarge
	case a.Err != nil:
		out.ErrorKey, out.Cause = "channel.no_answer", (&Fault{Left: true, err: a.Err}).Safe()
	case errors.Is(err, ErrType):
		out.Cause = ErrType
	}
	return out
}

// Meaning is what those statuses mean that mean the same in every protocol, and
// the key of the reason; known is false for the others.
func Meaning(status int) (kind filing.OutcomeKind, key string, known bool) {
	switch status {
	case http.StatusUnauthorized:
		return filing.OutcomeUnauthorised, "channel.unauthorised", true
	case http.StatusForbidden:
		return filing.OutcomeForbidden, "channel.forbidden", true
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return filing.OutcomeRetry, "channel.try_later", true
	case http.StatusTooManyRequests:
		return filing.OutcomeRetry, "channel.too_many_requests", true
	case http.StatusServiceUnavailable:
		return filing.OutcomeRetry, "channel.endpoint_down", true
	case http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		// RFC 9110, 15.4.8 and 15.4.9: the same request is to be made elsewhere,
		// so this one was not performed. It is not made there, because the token
		// and the complaint belong to this endpoint alone.
		return filing.OutcomeRetry, "channel.redirect_refused", true
	}
	switch {
	case status >= 300 && status < 400:
		// A form handler takes a POST and then points at a page with 302 or 303.
		return filing.OutcomeUnknown, "channel.redirect_refused", true
	case status < 300, status >= 600:
		// A 2xx of another kind, or a status that HTTP does not know.
		return filing.OutcomeUnknown, "channel.answer_unusable", true
	}
	return "", "", false
}

// Wait fills in how long the endpoint wants to be left alone, where the outcome
// is to try again.
func (c *Client) Wait(a Answer, out *filing.Outcome) {
	if out.Kind == filing.OutcomeRetry {
		out.RetryAfter = c.RetryAfter(a.Header)
		out.Hold = a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable
	}
}

// Lookup is a refused question. It says nothing of the complaint itself, which
// may be filed, so it is never a final no.
func Lookup(out filing.Outcome) filing.Outcome {
	if out.Kind == filing.OutcomeRejected {
		out.Kind, out.ErrorKey, out.Problems = filing.OutcomeUnknown, "channel.lookup_refused", nil
	}
	return out
}

// AsError turns an outcome into an error, where a call gives no outcome.
func AsError(op string, out filing.Outcome) error {
	kind := domain.Unavailable
	switch {
	case out.ErrorKey == KeyCancelled:
		kind = domain.Cancelled
	case out.Kind == filing.OutcomeUnauthorised, out.Kind == filing.OutcomeForbidden:
		kind = domain.Denied
	case out.Kind == filing.OutcomeRejected:
		kind = domain.Conflict
	}
	return domain.E(op, kind, out.ErrorKey, nil, out.Cause)
}

// RetryAfter reads Retry-After in both forms (RFC 9110, 10.2.3); 0 where there
// is none that can be read. A date is measured by the clock of the endpoint,
// where the answer tells it, because ours may be wrong.
func (c *Client) RetryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v != "" && strings.Trim(v, "0123456789") == "" {
		seconds, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return filing.LongestWait // more digits than a number can have
		}
		return Bounded(seconds)
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = c.clock.Now()
	}
	return Bounded(at.Sub(now).Seconds())
}

// Bounded is a number of seconds as a wait from 0 to filing.LongestWait.
func Bounded(seconds float64) time.Duration {
	switch {
	case !(seconds > 0):
		return 0
	case seconds >= filing.LongestWait.Seconds():
		return filing.LongestWait
	default:
		return time.Duration(seconds * float64(time.Second))
	}
}

// Printable says whether an endpoint's number or token can be shown and kept:
// 1 to most characters, none of them a control or formatting character, no
// space at either end.
func Printable(s string, most int) bool {
	if s == "" || len(s) > 4*most || utf8.RuneCountInString(s) > most || strings.TrimSpace(s) != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) })
}

// Segment says whether what an endpoint handed out can be kept and asked about:
// it becomes a segment of a path.
func Segment(s string, most int) bool { return Printable(s, most) && s != "." && s != ".." }

// Clean makes an endpoint's sentence fit to be stored and shown: one line,
// without characters that control or reorder text, of bounded length.
func Clean(s string) string {
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
