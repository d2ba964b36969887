package practice

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"

	"quietline/internal/domain"
)

const (
	// longest is how long a call hangs where the client does not go: inside the
	// server's own limits.
	longest = maxLatency
	// throttledFor is the wait that made-up 429 and 503 ask for.
	throttledFor = time.Second
	// slowEvery is how often a slow answer sends a byte.
	slowEvery = 100 * time.Millisecond
	// endlessBytes ends an endless answer where the client does not.
	endlessBytes = 64 << 20
)

// fate is what chance has in store for one call: before and after are names of
// faults, or empty.
type fate struct{ before, after string }

// draw decides the fate of one try of a call.
func (s *Server) draw(strikes func(name string, probability float64) bool) (f fate) {
	faults := s.p.Faults
	for _, d := range faults.draws() {
		switch hit := strikes(d.name, *d.probability); {
		case !hit:
		case !d.after:
			return fate{before: d.name}
		case f.after == "":
			f.after = d.name
		}
	}
	return f
}

// struck makes every call of a kind meet the faults that are told for it.
func (s *Server) struck(kind Scope, h handler) handler {
	if !s.p.Faults.covers(kind) {
		return h
	}
	return func(w http.ResponseWriter, r *http.Request) *problem {
		f := s.draw(s.dice.roll(r.Method + " " + r.URL.RequestURI()))
		if done, p := s.before(f, w, r); done || p != nil {
			return p
		}
		if f.after == "" {
			return h(w, r)
		}
		kept := newKept()
		if p := h(kept, r); p != nil {
			return p
		}
		s.after(f, w, r, kept)
		return nil
	}
}

// before lets a fault strike before anything is done. done says that the call is
// over without an answer.
func (s *Server) before(f fate, w http.ResponseWriter, r *http.Request) (done bool, _ *problem) {
	switch f.before {
	case "":
		return false, nil
	case "drop_before":
		cut(w)
		return true, nil
	case "timeout_before":
		hang(r)
		cut(w)
		return true, nil
	case "redirect", "redirect307":
		status := http.StatusFound
		if f.before == "redirect307" {
			status = http.StatusTemporaryRedirect
		}
		// To another host: nobody must take the complaint or the token there.
		w.Header().Set("Location", "https://elsewhere.example"+r.URL.Path)
		w.WriteHeader(status)
		return true, nil
	default:
		return false, s.madeUp(f.before)
	}
}

// madeUp is the problem of a fault that answers with a status.
func (s *Server) madeUp(name string) *problem {
	status := func(code int, slug string) problem { return problem{status: code, slug: slug} }
	switch name {
	case "error401":
		return unauthorised("Bearer")
	case "error403":
		return &problem{status: http.StatusForbidden, slug: "forbidden"}
	case "error408":
		return &problem{status: http.StatusRequestTimeout, slug: "request-timeout"}
	case "error409":
		return inProgress()
	case "error413":
		return &problem{status: http.StatusRequestEntityTooLarge, slug: "body-too-large"}
	case "error422":
		return s.invalid("invalid-complaint", []domain.FieldProblem{{Pointer: "/description", Code: codeValue}})
	case "error425":
		return &problem{status: http.StatusTooEarly, slug: "too-early"}
	case "error429":
		return status(http.StatusTooManyRequests, "too-many-requests").with("Retry-After", retryAfter(throttledFor))
	case "error429_date":
		at := s.p.Clock.Now().Add(throttledFor).UTC()
		if at.Nanosecond() > 0 {
			at = at.Truncate(time.Second).Add(time.Second) // a date has whole seconds: rather later
		}
		return status(http.StatusTooManyRequests, "too-many-requests").with("Retry-After", at.Format(http.TimeFormat))
	case "error502":
		return &problem{status: http.StatusBadGateway, slug: "bad-gateway"}
	case "error503":
		return unavailable()
	default:
		return internalFault()
	}
}

// after spoils an answer to what was done.
func (s *Server) after(f fate, w http.ResponseWriter, r *http.Request, kept *keptAnswer) {
	switch f.after {
	case "":
		kept.send(w)
	case "timeout_after":
		hang(r)
		cut(w)
	case "drop_after":
		cut(w)
	case "cut":
		kept.head(w)
		_, _ = w.Write(kept.body.Bytes()[:kept.body.Len()/2])
		flush(w)
		cut(w)
	case "endless":
		kept.header.Del("Content-Length")
		kept.head(w)
		chunk := bytes.Repeat([]byte(" "), 64<<10)
		for n := 0; n < endlessBytes && r.Context().Err() == nil; n += len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	case "slow":
		kept.head(w)
		for _, b := range kept.body.Bytes() {
			if !pause(r, slowEvery) {
				return
			}
			_, _ = w.Write([]byte{b})
			flush(w)
		}
	case "wrong_type":
		kept.replace("text/html; charset=utf-8", []byte("<!DOCTYPE html><title>OK</title>"))
		kept.send(w)
	case "invalid_json":
		kept.replace(kept.header.Get("Content-Type"), kept.body.Bytes()[:kept.body.Len()/2])
		kept.send(w)
	case "no_receipt":
		kept.replace(kept.header.Get("Content-Type"), []byte("{}"))
		kept.send(w)
	}
}

// hang waits until the client has gone, but not for ever. Only when the body is
// read does the server notice that.
func hang(r *http.Request) {
	_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxEvidenceBytes))
	pause(r, longest)
}

// pause is false where the client goes meanwhile.
func pause(r *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func flush(w http.ResponseWriter) {
	_ = http.NewResponseController(w).Flush() // a client that is gone needs no answer
}

// keptAnswer is an answer that has not been sent yet.
type keptAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newKept() *keptAnswer { return &keptAnswer{header: http.Header{}, status: http.StatusOK} }

// Header is http.ResponseWriter's.
func (k *keptAnswer) Header() http.Header { return k.header }

// WriteHeader is http.ResponseWriter's.
func (k *keptAnswer) WriteHeader(status int) { k.status = status }

// Write is http.ResponseWriter's.
func (k *keptAnswer) Write(b []byte) (int, error) { return k.body.Write(b) }

func (k *keptAnswer) replace(contentType string, body []byte) {
	body = bytes.Clone(body)
	k.header.Set("Content-Type", contentType)
	k.header.Set("Content-Length", strconv.Itoa(len(body)))
	k.body.Reset()
	_, _ = k.body.Write(body)
}

func (k *keptAnswer) head(w http.ResponseWriter) {
	for name, values := range k.header {
		w.Header()[name] = values
	}
	w.WriteHeader(k.status)
}

func (k *keptAnswer) send(w http.ResponseWriter) {
	k.head(w)
	_, _ = w.Write(k.body.Bytes()) // a client that is gone needs no answer
}
