// Package channeltest holds what tests of every channel share: one conformance
// suite for filing.Endpoint against a server that misbehaves as told, and a
// transport that holds each exchange against the OpenAPI description.
package channeltest

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"quietline/assets"
)

// IntakeDocument is the OpenAPI description of the complaint intake API.
func IntakeDocument(t testing.TB) []byte {
	t.Helper()
	data, err := readIntake()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readIntake() ([]byte, error) { return fs.ReadFile(assets.OpenAPI(), "intake-v1.yaml") }

// loadIntake is done once a process: it takes a while, and the result is only
// read.
var loadIntake = sync.OnceValues(func() (*openapi3.T, error) {
	data, err := readIntake()
	if err != nil {
		return nil, err
	}
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(loader.Context, openapi3.IsOpenAPI31OrLater(), openapi3.EnableExamplesValidation())
})

// LoadIntake reads the description and checks that it is valid OpenAPI,
// examples included.
func LoadIntake(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := loadIntake()
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// contract is a transport that watches.
type contract struct {
	t      testing.TB
	base   http.RoundTripper
	router routers.Router
	// client says that only the requests are held against the description, all
	// of them.
	client bool
}

// Requests wraps a transport: every request must be one that the description asks
// for, whatever becomes of it. Answers may be anything.
func Requests(t testing.TB, base http.RoundTripper) http.RoundTripper {
	t.Helper()
	c, _ := Contract(t, base).(*contract)
	c.client = true
	return c
}

// Contract wraps a transport: every answer must be one that the description
// allows, and every request that succeeded must be one that it asks for. Paths
// of the API that it does not describe may only be refused.
func Contract(t testing.TB, base http.RoundTripper) http.RoundTripper {
	t.Helper()
	router, err := gorillamux.NewRouter(LoadIntake(t))
	if err != nil {
		t.Fatal(err)
	}
	return &contract{t: t, base: base, router: router}
}

// RoundTrip does the exchange and reports a breach as a failure of the test.
func (c *contract) RoundTrip(r *http.Request) (*http.Response, error) {
	sent, err := swallow(&r.Body)
	if err != nil {
		return nil, err
	}
	resp, err := c.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if c.client {
		c.check(r, sent, resp, nil)
		return resp, nil
	}
	got, err := swallow(&resp.Body)
	if err != nil {
		return nil, err
	}
	c.check(r, sent, resp, got)
	return resp, nil
}

// swallow reads a body and puts it back.
func swallow(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	data, err := io.ReadAll(*body)
	if err != nil {
		return nil, err
	}
	if err := (*body).Close(); err != nil {
		return nil, err
	}
	*body = io.NopCloser(bytes.NewReader(data))
	return data, nil
}

func (c *contract) check(r *http.Request, sent []byte, resp *http.Response, got []byte) {
	c.t.Helper()
	r = r.Clone(context.WithoutCancel(r.Context()))
	r.Body = io.NopCloser(bytes.NewReader(sent))
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		if r.Method != http.MethodHead && strings.HasPrefix(r.URL.Path, "/v1/") && r.URL.Path != "/v1/openapi.yaml" && (c.client || resp.StatusCode < http.StatusBadRequest) {
			c.t.Errorf("%s %s is not described, and was answered with %d", r.Method, r.URL.Path, resp.StatusCode)
		}
		return
	}
	options := &openapi3filter.Options{
		IncludeResponseStatus: true,
		AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: options}
	if c.client || resp.StatusCode < http.StatusBadRequest {
		if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
			c.t.Errorf("%s %s was answered with %d, but breaks the contract: %v", r.Method, r.URL.Path, resp.StatusCode, err)
		}
	}
	if c.client || r.Method == http.MethodHead {
		return
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: resp.StatusCode, Header: resp.Header,
		Body: io.NopCloser(bytes.NewReader(got)), Options: options,
	}
	if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
		c.t.Errorf("the %d to %s %s breaks the contract: %v", resp.StatusCode, r.Method, r.URL.Path, err)
	}
}
