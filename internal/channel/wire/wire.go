// Package wire is the HTTP that every channel speaks, whatever its protocol. It
// keeps the client's rules of intake-api.md: one attempt is one request on the
// wire, no redirect is followed, answers are bounded, an attempt takes at most
// Timeout, and what is secret reaches neither a log nor an error. What an answer
// means is the protocol's to say; the rules that all protocols share stand in
// answer.go.
package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Timeout is how long one attempt may take, from connecting to the last byte
// of the answer.
const Timeout = 12 * time.Second

const (
	// maxAnswer is how much of an answer's body is read, in bytes.
	maxAnswer = 1 << 20
	// maxAnswerHeader bounds the headers of an answer, in bytes.
	maxAnswerHeader = 64 << 10
	// idle is how long an unused connection is kept: shorter than servers do,
	// because a request on a connection that the server is just closing ends
	// without an answer.
	idle = 2 * time.Second
)

var (
	// errTimeout ends an attempt that took too long.
	errTimeout = errors.New("the attempt took too long")
	// errSecond keeps a request from being sent a second time.
	errSecond = errors.New("the connection was lost, and the request is not repeated")
	// errTooLarge is an answer that was cut off.
	errTooLarge = errors.New("the answer is over 1 MiB")
)

// wireKey is where the context of a request counts how often the transport
// set out to send it.
type wireKey struct{}

// newTransport makes connections by HTTP/1.1.
//
// The transport of net/http silently repeats a request on a new connection when
// a reused one breaks, if it is a GET or carries an Idempotency-Key. One attempt
// must be one request, so the function that chooses the proxy, which is asked
// before each of those sendings, refuses the second.
//
// A connection that is being made does not end with the request that wanted it,
// so it has a time limit of its own.
func newTransport(roots *x509.CertPool, proxy func(*http.Request) (*url.URL, error), limit time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: limit, KeepAlive: 15 * time.Second}
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			if n, ok := r.Context().Value(wireKey{}).(*atomic.Int32); ok && n.Add(1) > 1 {
				return nil, errSecond
			}
			return proxy(r)
		},
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:    limit,
		DisableCompression:     true,                  // bytes are counted as they come
		MaxIdleConnsPerHost:    filing.MaxConcurrency, // each worker keeps its own
		IdleConnTimeout:        idle,
		MaxResponseHeaderBytes: maxAnswerHeader,
	}
}

// Params set up the client of one endpoint.
type Params struct {
	// BaseURL is where the endpoint lives.
	BaseURL string
	// CAFile is a PEM file with an authority that is trusted besides those of
	// the system, or empty.
	CAFile    string
	UserAgent string
	// Accept is the media types that answers may have.
	Accept string
	// Bearer is sent as the token of every request, empty for none.
	Bearer string
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

// Client sends requests to one endpoint. It is safe for concurrent use and logs
// nothing.
type Client struct {
	base    string
	client  *resty.Client
	clock   domain.Clock
	timeout time.Duration
	after   func(d time.Duration, f func()) (stop func() bool)
}

// New prepares a client; it does not connect. It fails as Check does.
func New(p Params) (*Client, error) {
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
	return &Client{
		base: base, clock: p.Clock, timeout: p.Timeout, after: p.AfterFunc,
		client: newClient(p, newTransport(roots, p.Proxy, p.Timeout)),
	}, nil
}

// Watch puts a transport around the client's own; it is for tests.
func (c *Client) Watch(wrap func(http.RoundTripper) http.RoundTripper) {
	h := c.client.GetClient()
	h.Transport = wrap(h.Transport)
}

// newClient makes a client that does one thing a call: no retries, no
// redirects, no cookies, no log.
func newClient(p Params, transport http.RoundTripper) *resty.Client {
	c := resty.NewWithClient(&http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
	c.SetRetryCount(0).SetDoNotParseResponse(true).SetDisableWarn(true).SetLogger(silent{})
	for name, value := range map[string]string{"Accept": p.Accept, "User-Agent": p.UserAgent} {
		if value != "" {
			c.SetHeader(name, value)
		}
	}
	if p.Bearer != "" {
		c.SetHeader("Authorization", "Bearer "+p.Bearer)
	}
	c.SetPreRequestHook(func(_ *resty.Client, r *http.Request) error {
		r.GetBody = nil // nobody can send the body a second time
		if n, ok := r.Context().Value(sizeKey{}).(int64); ok {
			r.ContentLength = n // else it would go in pieces of unknown number
		}
		return nil
	})
	return c
}

// silent is a logger that logs nothing: messages of the library may hold
// addresses with tokens in them.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// Request is one call.
type Request struct {
	Method, Path string
	Query        url.Values
	// Header is what this call has besides the headers of every call.
	Header map[string]string
	// Body is sent byte for byte; nil for none.
	Body []byte
}

// Answer is what came back, whole or not.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// Err is why the body is not whole, or nil.
	Err error
}

// Do sends one request and reads the answer. A fault means that there is no
// answer at all.
func (c *Client) Do(ctx context.Context, r Request) (Answer, *Fault) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer c.after(c.timeout, func() { cancel(errTimeout) })()
	var body any
	if r.Body != nil {
		body = bytes.Clone(r.Body)
	}
	return c.execute(ctx, r, body)
}

// execute sends a request with this body, nil for none, within the context.
func (c *Client) execute(ctx context.Context, r Request, body any) (Answer, *Fault) {
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// From the moment there is a connection, handshakes included, the
		// request may have left.
		GotConn: func(httptrace.GotConnInfo) { left.Store(true) },
	})
	ctx = context.WithValue(ctx, wireKey{}, &atomic.Int32{})

	req := c.client.R().SetContext(ctx).SetHeaders(r.Header)
	if body != nil {
		req.SetBody(body)
	}
	target := c.base + r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	resp, err := req.Execute(r.Method, target)
	if err != nil {
		return Answer{}, &Fault{Left: left.Load(), cause: context.Cause(ctx), err: err}
	}
	return readAnswer(resp), nil
}

// readAnswer reads what came back, as far as it is read at all.
func readAnswer(resp *resty.Response) Answer {
	body := resp.RawBody()
	defer body.Close()
	a := Answer{Status: resp.StatusCode(), Header: resp.Header()}
	a.Body, a.Err = io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if len(a.Body) > maxAnswer {
		a.Body, a.Err = a.Body[:maxAnswer], errTooLarge
	}
	return a
}
