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

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Params set up the client of one endpoint.
type Params struct {
	// BaseURL is where the endpoint lives, without /v1.
	BaseURL string
	// Token is the bearer token, empty for none.
	Token string
	// CAFile, UserAgent, Clock, AfterFunc and Proxy are as in wire.Params.
	CAFile    string
	UserAgent string
	Clock     domain.Clock
	AfterFunc func(d time.Duration, f func()) (stop func() bool)
	Proxy     func(*http.Request) (*url.URL, error)
}

// Endpoint is a client. It is safe for concurrent use and logs nothing.
type Endpoint struct{ *wire.Client }

var _ filing.Endpoint = (*Endpoint)(nil)

// New prepares a client; it does not connect. It fails as wire.Check does.
func New(p Params) (*Endpoint, error) {
	c, err := wire.New(wire.Params{
		BaseURL: p.BaseURL, Bearer: p.Token, CAFile: p.CAFile, UserAgent: p.UserAgent,
		Accept: "application/json, application/problem+json", Clock: p.Clock, AfterFunc: p.AfterFunc, Proxy: p.Proxy,
	})
	if err != nil {
		return nil, err
	}
	return &Endpoint{c}, nil
}

// request is one call.
type request struct {
	method, path string
	query        url.Values
	// key is the idempotency key of a POST.
	key  string
	body []byte
	// etag is that of the answer which is held, empty for none.
	etag string
}

// do sends one request and reads the answer.
func (e *Endpoint) do(ctx context.Context, r request) (answer, *wire.Fault) {
	w := wire.Request{Method: r.method, Path: r.path, Query: r.query, Body: r.body, Header: map[string]string{}}
	if r.body != nil {
		w.Header["Content-Type"] = "application/json"
	}
	if r.key != "" {
		w.Header["Idempotency-Key"] = `"` + r.key + `"`
	}
	if r.etag != "" {
		w.Header["If-None-Match"] = r.etag
	}
	a, f := e.Do(ctx, w)
	return answer{a}, f
}

// Capabilities reads what the endpoint says of itself. Its errors carry the
// same keys as the ErrorKey of an outcome, and Conflict
// "channel.version_unsupported" where the endpoint speaks another version.
func (e *Endpoint) Capabilities(ctx context.Context) (domain.Capabilities, error) {
	a, f := e.do(ctx, request{method: http.MethodGet, path: "/v1/capabilities"})
	switch {
	case f != nil:
		return domain.Capabilities{}, wire.AsError("intake.Capabilities", f.Outcome())
	case a.Status != http.StatusOK:
		return domain.Capabilities{}, wire.AsError("intake.Capabilities", e.refused(a))
	}
	var c domain.Capabilities
	if err := a.Decode(&c); err != nil {
		return domain.Capabilities{}, wire.AsError("intake.Capabilities", a.Unusable(err))
	}
	if c.APIVersion != "1" {
		return domain.Capabilities{}, domain.E("intake.Capabilities", domain.Conflict, "channel.version_unsupported", nil, nil)
	}
	if err := checkCapabilities(c); err != nil {
		return domain.Capabilities{}, wire.AsError("intake.Capabilities", a.Unusable(err))
	}
	return c, nil
}

// Submit posts the payload, byte for byte, under the idempotency key.
func (e *Endpoint) Submit(ctx context.Context, key string, payload []byte) filing.Outcome {
	a, f := e.do(ctx, request{method: http.MethodPost, path: "/v1/complaints", key: key, body: payload})
	switch {
	case f != nil:
		return f.Outcome()
	case a.Status == http.StatusCreated:
		return a.filed()
	case a.Status == http.StatusAccepted:
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
		return f.Outcome()
	case a.Status == http.StatusOK:
		return a.found()
	default:
		return wire.Lookup(e.refused(a))
	}
}

// PollToken asks for the receipt number behind a token.
func (e *Endpoint) PollToken(ctx context.Context, token string) filing.Outcome {
	if !wire.Segment(token, wire.MaxToken) {
		// Stored by something else than this client; no path can be made of it.
		return filing.Outcome{Kind: filing.OutcomeNotFound}
	}
	a, f := e.do(ctx, request{method: http.MethodGet, path: "/v1/tokens/" + url.PathEscape(token)})
	switch {
	case f != nil:
		return f.Outcome()
	case a.Status == http.StatusOK:
		return a.filed()
	case a.Status == http.StatusAccepted:
		return e.waiting(a, token)
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		return filing.Outcome{Kind: filing.OutcomeNotFound, HTTPStatus: a.Status}
	default:
		return wire.Lookup(e.refused(a))
	}
}
