package channeltest

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func (p Protocol) testRedirects(t *testing.T) {
	elsewhere := newServer(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
	elsewhere.Start()
	for status, kind := range map[int]filing.OutcomeKind{
		301: p.unknown(), 302: p.unknown(), 303: p.unknown(),
		307: filing.OutcomeRetry, 308: filing.OutcomeRetry,
	} {
		for _, location := range []string{elsewhere.URL + p.Path, "/elsewhere"} {
			r := Reply{Status: status, Header: []string{"Location", location}}
			p.replies(t, r, want{kind: kind, key: "channel.redirect_refused"})
		}
	}
	e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) {
		Reply{Status: http.StatusFound, Header: []string{"Location", elsewhere.URL}}.serve(w)
	})
	if _, err := e.Capabilities(t.Context()); domain.KeyOf(err) != "channel.redirect_refused" {
		t.Errorf("capabilities: %v", err)
	}
	for i, ask := range p.lookups(t) {
		want{kind: filing.OutcomeUnknown, key: "channel.redirect_refused"}.check(t, ask(e))
		if n := len(s.seen()); n != i+2 {
			t.Errorf("%d requests for %d questions", n, i+2)
		}
	}
	if seen := elsewhere.seen(); len(seen) != 0 {
		t.Errorf("the other host was asked %d times, with %q", len(seen), seen[0].Header.Get("Authorization"))
	}
}

// lookups are the questions that are asked after a complaint, each one request.
func (p Protocol) lookups(t *testing.T) []func(filing.Endpoint) filing.Outcome {
	poll := func(e filing.Endpoint) filing.Outcome { return e.PollToken(t.Context(), p.Token) }
	if p.Keyless {
		return []func(filing.Endpoint) filing.Outcome{poll}
	}
	return []func(filing.Endpoint) filing.Outcome{
		poll, func(e filing.Endpoint) filing.Outcome { return e.FindByKey(t.Context(), Key) },
	}
}

// A connection that is used for the second time and then breaks makes the
// transport of net/http send the request again, if nobody stops it.
func (p Protocol) testOnce(t *testing.T) {
	asks := append(p.lookups(t), func(e filing.Endpoint) filing.Outcome { return e.Submit(t.Context(), Key, p.payload()) })
	for i, ask := range asks {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			s := CutSecond(t, p.Filed)
			e := p.dial(t, Setup{URL: s.URL})
			want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), Key, p.payload()))
			lost := filing.OutcomeUnknown
			if i == len(asks)-1 {
				lost = p.unknown()
			}
			want{kind: lost, key: "channel.no_answer"}.check(t, ask(e))
			if n := s.Count(); n != 2 {
				t.Errorf("%d requests for two calls", n)
			}
			want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), Key, p.payload()))
		})
	}
}

// Cutter is a server that cuts the second request it gets.
type Cutter struct{ *server }

// Count is how many requests arrived.
func (c Cutter) Count() int { return len(c.seen()) }

// CutSecond answers every request with the reply but the second, which it
// reads to the end and then cuts off.
func CutSecond(t testing.TB, r Reply) Cutter {
	t.Helper()
	c := Cutter{}
	c.server = newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		if c.Count() == 2 {
			cut(w)
			return
		}
		r.serve(w)
	})
	c.Start()
	return c
}

func (p Protocol) testTLS(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
	s.StartTLS()
	t.Run("unknown authority", func(t *testing.T) {
		e := p.dial(t, Setup{URL: s.URL})
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), Key, p.payload()))
		if n := len(s.seen()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
	t.Run("other name", func(t *testing.T) {
		u := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
		e := p.dial(t, Setup{URL: u, CAFile: s.caFile(t)})
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
	t.Run("own authority", func(t *testing.T) {
		e := p.dial(t, Setup{URL: s.URL, CAFile: s.caFile(t)})
		want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
	t.Run("plain HTTP behind https", func(t *testing.T) {
		plain := newServer(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
		plain.Start()
		e := p.dial(t, Setup{URL: strings.Replace(plain.URL, "http:", "https:", 1)})
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
}

func (p Protocol) testCapabilities(t *testing.T) {
	for name, tc := range map[string]struct {
		reply Reply
		key   string
		kind  domain.Kind
	}{
		"401":   {p.Refuse(401, ""), "channel.unauthorised", domain.Denied},
		"403":   {p.Refuse(403, ""), "channel.forbidden", domain.Denied},
		"404":   {p.Refuse(404, ""), p.NotHere, domain.Conflict},
		"429":   {p.Refuse(429, ""), "channel.too_many_requests", domain.Unavailable},
		"500":   {p.Refuse(500, ""), "channel.endpoint_fault", domain.Unavailable},
		"HTML":  {Reply{200, []string{"Content-Type", "text/html"}, "<p>"}, "channel.answer_unusable", domain.Unavailable},
		"empty": {JSON(200, ""), "channel.answer_unusable", domain.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := p.open(t, func(w http.ResponseWriter, _ *http.Request) { tc.reply.serve(w) })
			_, err := e.Capabilities(t.Context())
			if domain.KeyOf(err) != tc.key || domain.KindOf(err) != tc.kind {
				t.Errorf("%v, want %s %s", err, tc.kind, tc.key)
			}
			if err != nil && strings.Contains(err.Error(), Token) {
				t.Errorf("the error tells the token: %v", err)
			}
		})
	}
}
