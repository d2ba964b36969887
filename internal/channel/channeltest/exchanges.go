package channeltest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func (p Protocol) testRedirects(t *testing.T) {
	elsewhere := newServer(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
	elsewhere.Start()
	for status, kind := range map[int]filing.OutcomeKind{
		301: filing.OutcomeUnknown, 302: filing.OutcomeUnknown, 303: filing.OutcomeUnknown,
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
	for _, out := range []filing.Outcome{e.FindByKey(t.Context(), idemKey), e.PollToken(t.Context(), p.Token)} {
		want{kind: filing.OutcomeUnknown, key: "channel.redirect_refused"}.check(t, out)
	}
	if n := len(s.seen()); n != 3 {
		t.Errorf("%d requests for three questions", n)
	}
	if seen := elsewhere.seen(); len(seen) != 0 {
		t.Errorf("the other host was asked %d times, with %q", len(seen), seen[0].Header.Get("Authorization"))
	}
}

// A connection that is used for the second time and then breaks makes the
// transport of net/http send the request again, if nobody stops it.
func (p Protocol) testOnce(t *testing.T) {
	for name, ask := range map[string]func(e filing.Endpoint) filing.Outcome{
		"submit": func(e filing.Endpoint) filing.Outcome { return e.Submit(t.Context(), idemKey, payload()) },
		"find":   func(e filing.Endpoint) filing.Outcome { return e.FindByKey(t.Context(), idemKey) },
		"poll":   func(e filing.Endpoint) filing.Outcome { return e.PollToken(t.Context(), p.Token) },
	} {
		t.Run(name, func(t *testing.T) {
			s := CutSecond(t, p.Filed)
			e := p.dial(t, Setup{URL: s.URL})
			want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), idemKey, payload()))
			want{kind: filing.OutcomeUnknown, key: "channel.no_answer"}.check(t, ask(e))
			if n := s.Count(); n != 2 {
				t.Errorf("%d requests for two calls", n)
			}
			want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), idemKey, payload()))
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
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), idemKey, payload()))
		if n := len(s.seen()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
	t.Run("other name", func(t *testing.T) {
		u := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
		e := p.dial(t, Setup{URL: u, CAFile: s.caFile(t)})
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), idemKey, payload()))
	})
	t.Run("own authority", func(t *testing.T) {
		e := p.dial(t, Setup{URL: s.URL, CAFile: s.caFile(t)})
		want{kind: filing.OutcomeSent}.check(t, e.Submit(t.Context(), idemKey, payload()))
	})
	t.Run("plain HTTP behind https", func(t *testing.T) {
		plain := newServer(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
		plain.Start()
		e := p.dial(t, Setup{URL: strings.Replace(plain.URL, "http:", "https:", 1)})
		want{kind: filing.OutcomeRetry, key: "channel.tls_failed"}.check(t, e.Submit(t.Context(), idemKey, payload()))
	})
}

func (p Protocol) testLookups(t *testing.T) {
	find := func(e filing.Endpoint) filing.Outcome { return e.FindByKey(t.Context(), idemKey) }
	poll := func(e filing.Endpoint) filing.Outcome { return e.PollToken(t.Context(), p.Token) }
	refused := want{kind: filing.OutcomeUnknown, key: "channel.lookup_refused"}
	unusable := want{kind: filing.OutcomeUnknown, key: "channel.answer_unusable"}
	for name, tc := range map[string]struct {
		ask   func(filing.Endpoint) filing.Outcome
		reply Reply
		want  want
	}{
		"find filed":       {find, p.FoundFiled, want{kind: filing.OutcomeSent}},
		"find pending":     {find, p.FoundPending, want{kind: filing.OutcomeToken}},
		"find none":        {find, p.FoundNone, want{kind: filing.OutcomeNotFound}},
		"find two":         {find, JSON(200, `{"items":[{"receipt_number":"1"},{"receipt_number":"2"}]}`), unusable},
		"find no list":     {find, JSON(200, `{}`), unusable},
		"find null":        {find, JSON(200, `{"items":null}`), unusable},
		"find an object":   {find, JSON(200, `{"items":{}}`), unusable},
		"find a nothing":   {find, JSON(200, `{"items":[{}]}`), unusable},
		"find a null":      {find, JSON(200, `{"items":[null]}`), unusable},
		"find HTML":        {find, Reply{200, []string{"Content-Type", "text/html"}, "<p>"}, unusable},
		"find 400":         {find, refusal(400, "x", ""), refused},
		"find 404":         {find, refusal(404, "x", ""), refused},
		"find 422":         {find, refusal(422, "x", `,"errors":[{"pointer":"/a","code":"b","detail":"c"}]`), refused},
		"find 401":         {find, refusal(401, "x", ""), want{kind: filing.OutcomeUnauthorised, key: "channel.unauthorised"}},
		"find 403":         {find, refusal(403, "x", ""), want{kind: filing.OutcomeForbidden, key: "channel.forbidden"}},
		"find 503":         {find, refusal(503, "x", "").with("Retry-After", "5"), want{kind: filing.OutcomeRetry, key: "channel.endpoint_down", wait: 5 * time.Second, hold: true}},
		"poll there":       {poll, p.NumberThere, want{kind: filing.OutcomeSent}},
		"poll later":       {poll, p.NumberLater, want{kind: filing.OutcomeToken, wait: 2 * time.Second}},
		"poll bare 202":    {poll, Reply{202, []string{"Retry-After", "4"}, ""}, want{kind: filing.OutcomeToken, wait: 4 * time.Second}},
		"poll 404":         {poll, refusal(404, "x", ""), want{kind: filing.OutcomeNotFound}},
		"poll 410":         {poll, Reply{Status: 410}, want{kind: filing.OutcomeNotFound}},
		"poll 400":         {poll, refusal(400, "x", ""), refused},
		"poll no receipt":  {poll, JSON(200, `{}`), unusable},
		"poll bad receipt": {poll, JSON(200, `{"receipt_number":"a\u0007"}`), unusable},
		"poll 500":         {poll, Reply{Status: 500}, want{kind: filing.OutcomeRetry, key: "channel.endpoint_fault"}},
	} {
		t.Run(name, func(t *testing.T) {
			e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) { tc.reply.serve(w) })
			out := tc.ask(e)
			tc.want.check(t, out)
			if out.Kind == filing.OutcomeSent && out.ReceiptNumber != p.Receipt || out.Kind == filing.OutcomeToken && out.Token != p.Token {
				t.Errorf("%+v", out)
			}
			seen := s.seen()
			if len(seen) != 1 || seen[0].Method != http.MethodGet || seen[0].Body != "" || seen[0].Header.Get("Authorization") == "" {
				t.Errorf("%+v", seen)
			}
		})
	}
	t.Run("refused connection", func(t *testing.T) {
		s := newServer(t, http.NotFound)
		s.Start()
		s.Close()
		e := p.dial(t, Setup{URL: s.URL})
		want{kind: filing.OutcomeRetry, key: "channel.unreachable"}.check(t, find(e))
		want{kind: filing.OutcomeRetry, key: "channel.unreachable"}.check(t, poll(e))
	})
}

func (p Protocol) testCapabilities(t *testing.T) {
	for name, tc := range map[string]struct {
		reply Reply
		key   string
		kind  domain.Kind
	}{
		"401":   {refusal(401, "x", ""), "channel.unauthorised", domain.Denied},
		"403":   {refusal(403, "x", ""), "channel.forbidden", domain.Denied},
		"404":   {refusal(404, "x", ""), "channel.not_intake", domain.Conflict},
		"429":   {refusal(429, "x", ""), "channel.too_many_requests", domain.Unavailable},
		"500":   {refusal(500, "x", ""), "channel.endpoint_fault", domain.Unavailable},
		"HTML":  {Reply{200, []string{"Content-Type", "text/html"}, "<p>"}, "channel.answer_unusable", domain.Unavailable},
		"empty": {JSON(200, ""), "channel.answer_unusable", domain.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := p.open(t, func(w http.ResponseWriter, _ *http.Request) { tc.reply.serve(w) })
			_, err := e.Capabilities(t.Context())
			if domain.KeyOf(err) != tc.key || domain.KindOf(err) != tc.kind {
				t.Errorf("%v, want %s %s", err, tc.kind, tc.key)
			}
			if err != nil && strings.Contains(err.Error(), secretToken) {
				t.Errorf("the error tells the token: %v", err)
			}
		})
	}
}
