package practice

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// handler does one call. It returns a problem where it refuses, and otherwise
// has answered.
type handler func(w http.ResponseWriter, r *http.Request) *problem

// route is what a path offers: handlers by method.
type route map[string]handler

// route finds what lies at a path. Paths are matched exactly: nothing is
// redirected to a cleaner one.
func (s *Server) route(path string) (route, bool) {
	seg := strings.Split(strings.TrimPrefix(path, "/"), "/")
	api := func(method string, kind Scope, h handler) (route, bool) {
		return route{method: s.admit(s.struck(kind, h))}, true
	}
	switch {
	case path == "/":
		return route{http.MethodGet: s.page}, true
	case path == "/v1/openapi.yaml":
		return route{http.MethodGet: s.document}, true
	case strings.HasPrefix(path, receivedPath):
		return route{http.MethodGet: s.casePage(strings.TrimPrefix(path, receivedPath))}, true
	case path == "/v1/capabilities":
		return route{http.MethodGet: s.admit(s.tellCapabilities)}, true
	case path == "/v1/complaints":
		return route{http.MethodGet: s.admit(s.struck(ScopeCases, s.list)), http.MethodPost: s.file}, true
	case len(seg) < 3 || seg[0] != "v1" || slices.Contains(seg, ""):
		return route{}, false
	case seg[1] == "tokens" && len(seg) == 3:
		return api(http.MethodGet, ScopeCases, s.token(seg[2]))
	case seg[1] != "complaints":
		return route{}, false
	case len(seg) == 3:
		return api(http.MethodGet, ScopeCases, s.readCase(seg[2]))
	case len(seg) == 4 && seg[3] == "withdrawal":
		return api(http.MethodPost, ScopeWithdrawals, s.withdraw(seg[2]))
	case len(seg) == 5 && seg[3] == "evidence":
		return api(http.MethodPut, ScopeEvidence, s.evidence(seg[2], seg[4]))
	default:
		return route{}, false
	}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if p := s.dispatch(w, r); p != nil {
		s.refuse(w, p)
	}
}

func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) *problem {
	if !loopbackHost(r.Host) {
		return &problem{status: http.StatusMisdirectedRequest, slug: "misdirected"}
	}
	found, ok := s.route(r.URL.Path)
	if !ok {
		return notFound()
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	h, ok := found[method]
	if !ok {
		return problem{status: http.StatusMethodNotAllowed, slug: "method-not-allowed"}.
			with("Allow", allow(found))
	}
	return h(w, r)
}

// admit makes a call of the API wait for the latency and show the bearer
// token.
func (s *Server) admit(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		if !s.wait(r) {
			return nil // nobody is there any more
		}
		if !s.bearer(r) {
			return unauthorised("Bearer")
		}
		return h(w, r)
	}
}

func allow(methods route) string {
	names := slices.Sorted(maps.Keys(methods))
	if slices.Contains(names, http.MethodGet) {
		names = append(names, http.MethodHead)
	}
	return strings.Join(names, ", ")
}

// wait lets the latency pass; it is false where the client went meanwhile.
func (s *Server) wait(r *http.Request) bool {
	if s.p.Faults.Latency <= 0 {
		return true
	}
	t := time.NewTimer(s.p.Faults.Latency)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// bearer checks the token of a call of the API.
func (s *Server) bearer(r *http.Request) bool {
	if s.p.Token == "" {
		return true
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && s.isToken(strings.TrimSpace(token))
}

// isToken compares without telling by its time how much is right.
func (s *Server) isToken(token string) bool {
	got, want := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(s.p.Token))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// loopbackHost says whether a host, with or without a port, is this machine
// under one of its loopback names.
func loopbackHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// read takes in a JSON body: its exact bytes and what they say.
func read(w http.ResponseWriter, r *http.Request) (body []byte, doc any, _ *problem) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || kind != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, nil, mediaType()
	}
	if c := r.Header.Get("Content-Encoding"); c != "" && !strings.EqualFold(c, "identity") {
		return nil, nil, mediaType()
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	var late net.Error
	switch {
	case errors.As(err, &large):
		return nil, nil, &problem{status: http.StatusRequestEntityTooLarge, slug: "body-too-large"}
	case errors.As(err, &late) && late.Timeout():
		return nil, nil, &problem{status: http.StatusRequestTimeout, slug: "request-timeout"}
	case err != nil:
		return nil, nil, malformed()
	}
	if !utf8.Valid(body) {
		return nil, nil, malformed()
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil {
		return nil, nil, malformed()
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, malformed() // something stands behind the document
	}
	return body, doc, nil
}

func malformed() *problem { return badRequest("malformed-json") }
