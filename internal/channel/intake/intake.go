// Package intake speaks the complaint intake API (assets/openapi) with a
// regulator's endpoint. It keeps the client's rules: one call is one request on
// the wire, no redirect is followed, answers are bounded, and what an answer or
// its absence means is judged on the safe side: a complaint counts as filed
// only where the endpoint said so in the promised shape.
package intake

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/go-resty/resty/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Timeout is how long one attempt may take, from connecting to the last byte
// of the answer.
const Timeout = 12 * time.Second

// Params set up the client of one endpoint.
type Params struct {
	// BaseURL is where the endpoint lives, without /v1.
	BaseURL string
	// Token is the bearer token, empty for none.
	Token string
	// CAFile is a PEM file with an authority that is trusted besides those of
	// the system, or empty.
	CAFile    string
	UserAgent string
	// Clock reads Retry-After where it is a date and the answer has none.
	Clock domain.Clock
	// Timeout replaces the constant of that name where it is not 0.
	Timeout time.Duration
	// AfterFunc replaces time.AfterFunc for that timeout, so that tests decide
	// when it strikes; nil for the real one.
	AfterFunc func(d time.Duration, f func()) (stop func() bool)
	// Proxy replaces the proxy settings of the environment; nil for those. An
	// endpoint on this machine is spoken to without any.
	Proxy func(*http.Request) (*url.URL, error)
}

// Endpoint is a client. It is safe for concurrent use and logs nothing.
type Endpoint struct {
	base    string
	client  *resty.Client
	clock   domain.Clock
	timeout time.Duration
	after   func(d time.Duration, f func()) (stop func() bool)
}

var _ filing.Endpoint = (*Endpoint)(nil)

// New prepares a client; it does not connect. It fails as Check does.
func New(p Params) (*Endpoint, error) {
	base, local, err := checkURL(p.BaseURL)
	if err != nil {
		return nil, err
	}
	roots, err := trust(p.CAFile)
	if err != nil {
		return nil, err
	}
	if p.Timeout == 0 {
		p.Timeout = Timeout
	}
	if p.AfterFunc == nil {
		p.AfterFunc = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	switch {
	case local:
		// net/http knows some spellings of this machine only, and would hand the
		// token and the complaint of the others to the proxy.
		p.Proxy = func(*http.Request) (*url.URL, error) { return nil, nil }
	case p.Proxy == nil:
		p.Proxy = http.ProxyFromEnvironment
	}
	return &Endpoint{
		base: base, clock: p.Clock, timeout: p.Timeout, after: p.AfterFunc,
		client: newClient(p.Token, p.UserAgent, newTransport(roots, p.Proxy, p.Timeout)),
	}, nil
}

// Capabilities reads what the endpoint says of itself. Its errors carry the
// same keys as the ErrorKey of an outcome, and Conflict
// "channel.version_unsupported" where the endpoint speaks another version.
func (e *Endpoint) Capabilities(ctx context.Context) (domain.Capabilities, error) {
	a, f := e.do(ctx, request{method: http.MethodGet, path: "/v1/capabilities"})
	switch {
	case f != nil:
		return domain.Capabilities{}, asError(f.outcome())
	case a.status != http.StatusOK:
		return domain.Capabilities{}, asError(e.refused(a))
	}
	var c domain.Capabilities
	if err := a.decode(&c); err != nil {
		return domain.Capabilities{}, asError(a.unusable(err))
	}
	if c.APIVersion != "1" {
		return domain.Capabilities{}, domain.E("intake.Capabilities", domain.Conflict, "channel.version_unsupported", nil, nil)
	}
	if err := checkCapabilities(c); err != nil {
		return domain.Capabilities{}, asError(a.unusable(err))
	}
	return c, nil
}

// Submit posts the payload, byte for byte, under the idempotency key.
func (e *Endpoint) Submit(ctx context.Context, key string, payload []byte) filing.Outcome {
	a, f := e.do(ctx, request{method: http.MethodPost, path: "/v1/complaints", key: key, body: payload})
	switch {
	case f != nil:
		return f.outcome()
	case a.status == http.StatusCreated:
		return a.filed()
	case a.status == http.StatusAccepted:
		return e.accepted(a)
	default:
		return e.refused(a)
	}
}

// FindByKey asks what became of a key.
func (e *Endpoint) FindByKey(ctx context.Context, key string) filing.Outcome {
	a, f := e.do(ctx, request{
		method: http.MethodGet, path: "/v1/complaints", query: url.Values{"idempotency_key": {key}},
	})
	switch {
	case f != nil:
		return f.outcome()
	case a.status == http.StatusOK:
		return a.found()
	default:
		return lookup(e.refused(a))
	}
}

// PollToken asks for the receipt number behind a token.
func (e *Endpoint) PollToken(ctx context.Context, token string) filing.Outcome {
	if !usableToken(token) {
		// Stored by something else than this client; no path can be made of it.
		return filing.Outcome{Kind: filing.OutcomeNotFound}
	}
	a, f := e.do(ctx, request{method: http.MethodGet, path: "/v1/tokens/" + url.PathEscape(token)})
	switch {
	case f != nil:
		return f.outcome()
	case a.status == http.StatusOK:
		return a.filed()
	case a.status == http.StatusAccepted:
		return e.waiting(a, token)
	case a.status == http.StatusNotFound, a.status == http.StatusGone:
		return filing.Outcome{Kind: filing.OutcomeNotFound, HTTPStatus: a.status}
	default:
		return lookup(e.refused(a))
	}
}

// lookup is a refused question. It says nothing of the complaint itself, which
// may be filed, so it is never a final no.
func lookup(out filing.Outcome) filing.Outcome {
	if out.Kind == filing.OutcomeRejected {
		out.Kind, out.ErrorKey, out.Problems = filing.OutcomeUnknown, "channel.lookup_refused", nil
	}
	return out
}

// asError turns an outcome into an error, for Capabilities gives no outcome.
func asError(out filing.Outcome) error {
	kind := domain.Unavailable
	switch {
	case out.ErrorKey == keyCancelled:
		kind = domain.Cancelled
	case out.Kind == filing.OutcomeUnauthorised, out.Kind == filing.OutcomeForbidden:
		kind = domain.Denied
	case out.Kind == filing.OutcomeRejected:
		kind = domain.Conflict
	}
	return domain.E("intake.Capabilities", kind, out.ErrorKey, nil, out.Cause)
}
