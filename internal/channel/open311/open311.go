// Package open311 speaks Open311 GeoReport v2 with a civic server. The protocol has
// no idempotency key: a complaint that may have arrived cannot be asked for, so it
// is unsettled, which a person clears up, and nothing here ever sends it twice.
package open311

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Version is the version of GeoReport that is spoken.
const Version = "2"

// Params set up the client of one server.
type Params struct {
	// BaseURL is where the server lives, without /services.json.
	BaseURL string
	// APIKey is sent in the body of a complaint and nowhere else; empty for none.
	APIKey       string
	Jurisdiction string
	// ServiceCode is the service that complaints go to, empty where none is chosen
	// yet; Service is what was last known of it, or nil.
	ServiceCode string
	Service     *domain.CivicService
	// CAFile, UserAgent, Clock, AfterFunc and Proxy are as in wire.Params.
	CAFile    string
	UserAgent string
	Clock     domain.Clock
	AfterFunc func(d time.Duration, f func()) (stop func() bool)
	Proxy     func(*http.Request) (*url.URL, error)
}

// Endpoint is a client. It is safe for concurrent use and logs nothing.
type Endpoint struct {
	*wire.Client
	key, jurisdiction, code string
	service                 atomic.Pointer[domain.CivicService]
}

var _ filing.Endpoint = (*Endpoint)(nil)

// New prepares a client; it does not connect. It fails as wire.Check does.
func New(p Params) (*Endpoint, error) {
	c, err := wire.New(wire.Params{
		BaseURL: p.BaseURL, CAFile: p.CAFile, UserAgent: p.UserAgent, Accept: "application/json",
		Clock: p.Clock, AfterFunc: p.AfterFunc, Proxy: p.Proxy,
	})
	if err != nil {
		return nil, err
	}
	e := &Endpoint{Client: c, key: p.APIKey, jurisdiction: p.Jurisdiction, code: p.ServiceCode}
	e.service.Store(p.Service)
	return e, nil
}

// answer is what came back, read as GeoReport has it.
type answer struct{ wire.Answer }

func (e *Endpoint) get(ctx context.Context, path string) (answer, *wire.Fault) {
	var query url.Values
	if e.jurisdiction != "" {
		query = url.Values{"jurisdiction_id": {e.jurisdiction}}
	}
	a, f := e.Do(ctx, wire.Request{Method: http.MethodGet, Path: path, Query: query})
	return answer{a}, f
}

// Capabilities reads the services, and, where one is chosen and asks for more than
// a description, what it asks for: that is a second request. Its errors carry the
// same keys as the ErrorKey of an outcome, and Conflict "channel.service_missing"
// where the server does not have the service.
func (e *Endpoint) Capabilities(ctx context.Context) (domain.Capabilities, error) {
	const op = "open311.Capabilities"
	a, f := e.get(ctx, "/services.json")
	switch {
	case f != nil:
		return domain.Capabilities{}, wire.AsError(op, f.Outcome())
	case a.Status != http.StatusOK:
		return domain.Capabilities{}, wire.AsError(op, e.refused(a))
	}
	list, err := a.services()
	if err != nil {
		return domain.Capabilities{}, wire.AsError(op, a.Unusable(err))
	}
	caps := domain.Capabilities{ // what it does not say keeps nothing back
		APIVersion: Version, OnBehalfAllowed: true,
		Categories: []domain.Category{}, Techniques: []domain.Technique{}, EvidenceTypes: []string{},
	}
	if e.code == "" {
		caps.Services = list
		return caps, nil
	}
	i := slices.IndexFunc(list, func(s domain.CivicService) bool { return s.Code == e.code })
	if i < 0 {
		return domain.Capabilities{}, domain.E(op, domain.Conflict, "channel.service_missing", domain.Args{"Code": e.code}, nil)
	}
	s := list[i]
	if s.Metadata {
		if s.Attributes, err = e.attributes(ctx, op); err != nil {
			return domain.Capabilities{}, err
		}
	}
	e.service.Store(&s)
	caps.Name, caps.Service = s.Name, &s
	return caps, nil
}

func (e *Endpoint) attributes(ctx context.Context, op string) ([]domain.ServiceAttribute, error) {
	if !wire.Segment(e.code, maxCode) { // no path can be made of it
		return nil, domain.E(op, domain.Conflict, "channel.service_missing", domain.Args{"Code": e.code}, nil)
	}
	a, f := e.get(ctx, "/services/"+url.PathEscape(e.code)+".json")
	switch {
	case f != nil:
		return nil, wire.AsError(op, f.Outcome())
	case a.Status != http.StatusOK:
		return nil, wire.AsError(op, e.refused(a))
	}
	list, err := a.attributes()
	if err != nil {
		return nil, wire.AsError(op, a.Unusable(err))
	}
	return list, nil
}

// Submit posts a form as it was frozen, with the api_key behind it. Whatever may
// have arrived without a usable answer is unsettled.
func (e *Endpoint) Submit(ctx context.Context, _ string, payload []byte) filing.Outcome {
	body := slices.Clone(payload)
	if e.key != "" {
		body = append(body, "&api_key="+url.QueryEscape(e.key)...)
	}
	a, f := e.Do(ctx, wire.Request{
		Method: http.MethodPost, Path: "/requests.json", Body: body,
		Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
	})
	if f != nil {
		return unsettled(f.Outcome())
	}
	return unsettled(e.posted(answer{a}, payload))
}

// posted judges the answer to a complaint.
func (e *Endpoint) posted(a answer, payload []byte) filing.Outcome {
	switch a.Status {
	case http.StatusOK, http.StatusCreated, http.StatusAccepted:
		out := a.filed(e.givesNoNumber(payload))
		if out.Kind == filing.OutcomeToken {
			out.RetryAfter = e.RetryAfter(a.Header)
		}
		return out
	}
	return e.refused(a)
}

// givesNoNumber says whether the service for which a complaint was written takes
// it without ever giving a number.
func (e *Endpoint) givesNoNumber(payload []byte) bool {
	s := e.service.Load()
	form, err := url.ParseQuery(string(payload))
	return s != nil && err == nil && s.Type == domain.ServiceBlackbox && form.Get("service_code") == s.Code
}

// unsettled is an outcome of a protocol in which nobody can be asked what became
// of a complaint.
func unsettled(out filing.Outcome) filing.Outcome {
	if out.Kind == filing.OutcomeUnknown {
		out.Kind = filing.OutcomeUnsettled
		if out.ErrorKey == "channel.endpoint_fault" { // whose hint promises another try
			out.ErrorKey = "channel.fault_unsettled"
		}
	}
	return out
}

// FindByKey asks nobody: there are no keys.
func (e *Endpoint) FindByKey(context.Context, string) filing.Outcome {
	return filing.Outcome{Kind: filing.OutcomeUnsettled, ErrorKey: "channel.no_keys"}
}

// PollToken asks for the number behind a token. The standard does not say how a
// server answers that has none yet: an empty number, an empty list and "not found"
// all mean to ask again.
func (e *Endpoint) PollToken(ctx context.Context, token string) filing.Outcome {
	later := filing.Outcome{Kind: filing.OutcomeToken, Token: token, ErrorKey: "channel.token_unknown"}
	if !wire.Segment(token, wire.MaxToken) {
		// Stored by something else than this client; no path can be made of it.
		return later
	}
	a, f := e.get(ctx, "/tokens/"+url.PathEscape(token)+".json")
	switch {
	case f != nil:
		return f.Outcome()
	case a.Status == http.StatusOK, a.Status == http.StatusAccepted:
		out := a.numbered(token)
		if out.Kind == filing.OutcomeToken {
			out.RetryAfter = e.RetryAfter(a.Header)
		}
		return out
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		later.HTTPStatus, later.RetryAfter = a.Status, e.RetryAfter(a.Header)
		return later
	}
	return wire.Lookup(e.refused(a))
}
