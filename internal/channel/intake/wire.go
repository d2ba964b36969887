package intake

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
)

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
		DisableCompression:     true, // bytes are counted as they come
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        idle,
		MaxResponseHeaderBytes: maxAnswerHeader,
	}
}

// newClient makes a client that does one thing a call: no retries, no
// redirects, no cookies, no log.
func newClient(token, userAgent string, transport http.RoundTripper) *resty.Client {
	c := resty.NewWithClient(&http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
	c.SetRetryCount(0).SetDoNotParseResponse(true).SetDisableWarn(true).SetLogger(silent{})
	c.SetHeader("Accept", "application/json, application/problem+json")
	if userAgent != "" {
		c.SetHeader("User-Agent", userAgent)
	}
	if token != "" {
		c.SetHeader("Authorization", "Bearer "+token)
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

// request is one call.
type request struct {
	method, path string
	query        url.Values
	// key is the idempotency key of a POST.
	key  string
	body []byte
}

// answer is what came back, whole or not.
type answer struct {
	status int
	header http.Header
	body   []byte
	// err is why the body is not whole, or nil.
	err error
}

// do sends one request and reads the answer. A fault means that there is no
// answer at all.
func (e *Endpoint) do(ctx context.Context, r request) (answer, *fault) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer e.after(e.timeout, func() { cancel(errTimeout) })()
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// From the moment there is a connection, handshakes included, the
		// request may have left.
		GotConn: func(httptrace.GotConnInfo) { left.Store(true) },
	})
	ctx = context.WithValue(ctx, wireKey{}, &atomic.Int32{})

	req := e.client.R().SetContext(ctx)
	if r.body != nil {
		req.SetHeader("Content-Type", "application/json").SetHeader("Idempotency-Key", `"`+r.key+`"`)
		req.SetBody(bytes.Clone(r.body))
	}
	target := e.base + r.path
	if len(r.query) > 0 {
		target += "?" + r.query.Encode()
	}
	resp, err := req.Execute(r.method, target)
	if err != nil {
		return answer{}, &fault{left: left.Load(), cause: context.Cause(ctx), err: err}
	}
	return readAnswer(resp), nil
}

// readAnswer reads what came back, as far as it is read at all.
func readAnswer(resp *resty.Response) answer {
	body := resp.RawBody()
	defer body.Close()
	a := answer{status: resp.StatusCode(), header: resp.Header()}
	a.body, a.err = io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if len(a.body) > maxAnswer {
		a.body, a.err = a.body[:maxAnswer], errTooLarge
	}
	return a
}
