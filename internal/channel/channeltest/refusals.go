package channeltest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Problem is a problem document (RFC 9457).
func Problem(status int, slug, more string) Reply {
	return Reply{
		Status: status, Header: []string{"Content-Type", "application/problem+json"},
		Body: fmt.Sprintf(`{"type":"https://endpoint.example/problems/%s","title":"No","status":%d%s}`, slug, status, more),
	}
}

// mostWait is the longest wait that a client takes from an endpoint.
const mostWait = 6 * time.Hour

func (p Protocol) testRefusals(t *testing.T) {
	later := clock{}.Now().Add(90 * time.Second).UTC().Format(http.TimeFormat)
	past := clock{}.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)
	refusal := func(status int) Reply { return p.Refuse(status, "") }
	// The endpoint's own clock counts, however wrong ours may be.
	dated := func(date, retryAfter string) Reply {
		return refusal(429).with("Date", date).with("Retry-After", retryAfter)
	}
	// Without keys, what may have been done before it went wrong is not tried again.
	perhaps := func(wait time.Duration) want {
		if p.Keyless {
			return want{kind: filing.OutcomeUnsettled, key: "channel.fault_unsettled"}
		}
		return want{kind: filing.OutcomeRetry, key: "channel.endpoint_fault", wait: wait}
	}
	conflict := want{kind: filing.OutcomeRetry, key: "channel.in_progress", wait: 3 * time.Second}
	if p.Keyless {
		conflict = want{kind: filing.OutcomeUnsettled, key: "channel.conflict"}
	}
	yearAhead := clock{}.Now().AddDate(1, 0, 0).UTC().Format(http.TimeFormat)
	yearAndMinute := clock{}.Now().AddDate(1, 0, 0).Add(time.Minute).UTC().Format(http.TimeFormat)
	now := clock{}.Now().UTC().Format(http.TimeFormat)
	retry := func(key string, wait time.Duration, hold bool) want {
		return want{kind: filing.OutcomeRetry, key: key, wait: wait, hold: hold}
	}
	for name, tc := range map[string]struct {
		reply Reply
		want  want
	}{
		"400":                   {refusal(400), want{kind: filing.OutcomeRejected, key: "channel.rejected"}},
		"401":                   {refusal(401), want{kind: filing.OutcomeUnauthorised, key: "channel.unauthorised"}},
		"403":                   {refusal(403), want{kind: filing.OutcomeForbidden, key: "channel.forbidden"}},
		"404":                   {refusal(404), want{kind: filing.OutcomeRejected, key: p.NotHere}},
		"405 in HTML":           {Reply{405, []string{"Content-Type", "text/html"}, "<p>"}, want{kind: filing.OutcomeRejected, key: p.NotHere}},
		"408":                   {refusal(408), retry("channel.try_later", 0, false)},
		"409":                   {refusal(409).with("Retry-After", "3"), conflict},
		"413":                   {refusal(413), want{kind: filing.OutcomeRejected, key: "channel.too_large"}},
		"415":                   {refusal(415), want{kind: filing.OutcomeRejected, key: "channel.rejected"}},
		"418":                   {Reply{Status: 418}, want{kind: filing.OutcomeRejected, key: "channel.rejected"}},
		"422":                   {refusal(422), want{kind: filing.OutcomeRejected, key: "channel.rejected"}},
		"425":                   {refusal(425), retry("channel.try_later", 0, false)},
		"429":                   {refusal(429), retry("channel.too_many_requests", 0, true)},
		"429 in seconds":        {refusal(429).with("Retry-After", "120"), retry("channel.too_many_requests", 2*time.Minute, true)},
		"429 with a date":       {dated(now, later), retry("channel.too_many_requests", 90*time.Second, true)},
		"429 with a past date":  {dated(now, past), retry("channel.too_many_requests", 0, true)},
		"429 of another time":   {dated(yearAhead, yearAndMinute), retry("channel.too_many_requests", time.Minute, true)},
		"429 with a bad Date":   {dated("now", later), retry("channel.too_many_requests", 90*time.Second, true)},
		"429 with nonsense":     {refusal(429).with("Retry-After", "soon"), retry("channel.too_many_requests", 0, true)},
		"429 with a negative":   {refusal(429).with("Retry-After", "-5"), retry("channel.too_many_requests", 0, true)},
		"429 with an enormous":  {refusal(429).with("Retry-After", strings.Repeat("9", 400)), retry("channel.too_many_requests", mostWait, true)},
		"429 for a month":       {refusal(429).with("Retry-After", "2592000"), retry("channel.too_many_requests", mostWait, true)},
		"429 till next year":    {dated(now, yearAhead), retry("channel.too_many_requests", mostWait, true)},
		"500":                   {refusal(500), perhaps(0)},
		"500 with a wait":       {Reply{500, []string{"Retry-After", "9"}, "oops"}, perhaps(9 * time.Second)},
		"502":                   {Reply{502, []string{"Content-Type", "text/html"}, "<h1>"}, perhaps(0)},
		"503 for a day":         {Reply{503, []string{"Retry-After", "86400"}, ""}, retry("channel.endpoint_down", mostWait, true)},
		"503":                   {Reply{503, []string{"Retry-After", "60"}, ""}, retry("channel.endpoint_down", time.Minute, true)},
		"504":                   {Reply{Status: 504}, perhaps(0)},
		"a status nobody knows": {Reply{Status: 799}, want{kind: p.unknown(), key: "channel.answer_unusable"}},
	} {
		t.Run(name, func(t *testing.T) { p.replies(t, tc.reply, tc.want) })
	}
	p.testReasons(t)
	t.Run("endless 503", func(t *testing.T) {
		e, _ := p.open(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			endless(w)
		})
		want{kind: filing.OutcomeRetry, key: "channel.endpoint_down", hold: true}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
}

// testReasons is about what an endpoint says of its refusals.
func (p Protocol) testReasons(t *testing.T) {
	t.Run("a reason", func(t *testing.T) {
		out := p.replies(t, p.Refuse(400, "Two\\nfields \\u202eare wrong."), want{kind: filing.OutcomeRejected, key: "channel.rejected"})
		if out.Detail != "Two fields are wrong." {
			t.Errorf("detail %q", out.Detail)
		}
	})
	if !p.Keyless {
		t.Run("422 of another body", func(t *testing.T) {
			p.replies(t, Problem(422, "idempotency-key-reused", ""), want{kind: filing.OutcomeUnknown, key: "channel.key_reused"})
		})
		t.Run("422 at fields", p.testFields)
		t.Run("422 with very much", p.testManyFields)
	}
}

func (p Protocol) testFields(t *testing.T) {
	out := p.replies(t, Problem(422, "invalid-complaint", `,"detail":"Two\nfields \u202eare wrong.","errors":[
		{"pointer":"/calls/0/started_at","code":"invalid_time","detail":"`+wrongTime+`"},
		{"pointer":"#/category","code":"invalid_value","detail":"No."}]`),
		want{kind: filing.OutcomeRejected, key: "channel.fields_rejected", count: 2})
	if out.Detail != "Two fields are wrong." {
		t.Errorf("detail %q", out.Detail)
	}
	for i, w := range []domain.FieldProblem{
		{Pointer: "/calls/0/started_at", Code: "invalid_time", Detail: wrongTime},
		{Pointer: "/category", Code: "invalid_value", Detail: "No."},
	} {
		if i < len(out.Problems) && out.Problems[i] != w {
			t.Errorf("problem %d is %+v, want %+v", i, out.Problems[i], w)
		}
	}
}

func (p Protocol) testManyFields(t *testing.T) {
	one := `{"pointer":"/` + strings.Repeat("p", 600) + `","code":"c","detail":"` + strings.Repeat(oneHan, 600) + `"}`
	out := p.replies(t, Problem(422, "invalid-complaint", `,"detail":"`+strings.Repeat(oneHan, 600)+`","errors":[`+one+strings.Repeat(","+one, 99)+`]`),
		want{kind: filing.OutcomeRejected, key: "channel.fields_rejected", count: 50})
	if n := len([]rune(out.Detail)); n != 500 {
		t.Errorf("a detail of %d characters", n)
	}
	for _, f := range out.Problems {
		if len([]rune(f.Detail)) != 500 || len(f.Pointer) != 500 {
			t.Fatalf("a problem of %d and %d characters", len(f.Pointer), len([]rune(f.Detail)))
		}
	}
}

// endless writes until the client hangs up.
func endless(w http.ResponseWriter) {
	chunk := strings.Repeat(" ", 32<<10)
	for {
		if _, err := io.WriteString(w, chunk); err != nil {
			return
		}
	}
}

func (p Protocol) testFaults(t *testing.T) {
	lost := want{kind: p.unknown(), key: "channel.no_answer"}
	for name, do := range map[string]func(a *alarm, w http.ResponseWriter, r *http.Request){
		"timeout after sending": func(a *alarm, _ http.ResponseWriter, r *http.Request) { a.ring(); hang(r) },
		"timeout in the answer": func(a *alarm, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(p.Filed.Status)
			_, _ = io.WriteString(w, p.Filed.Body[:5])
			_ = http.NewResponseController(w).Flush()
			a.ring()
			hang(r)
		},
		"cut connection": func(_ *alarm, w http.ResponseWriter, _ *http.Request) { cut(w) },
		"cut answer": func(_ *alarm, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			p.Filed.serve(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := &alarm{}
			s := newServer(t, func(w http.ResponseWriter, r *http.Request) { do(a, w, r) })
			s.Start()
			e := p.dial(t, Setup{URL: s.URL, AfterFunc: a.AfterFunc})
			lost.check(t, e.Submit(t.Context(), Key, p.payload()))
			if n := len(s.seen()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
	t.Run("endless answer", func(t *testing.T) {
		e, _ := p.open(t, func(w http.ResponseWriter, _ *http.Request) {
			p.Filed.serve(w)
			endless(w)
		})
		want{kind: p.unknown(), key: "channel.answer_too_large"}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
	t.Run("refused connection", func(t *testing.T) {
		s := httptest.NewServer(http.NotFoundHandler())
		s.Close()
		e := p.dial(t, Setup{URL: s.URL})
		want{kind: filing.OutcomeRetry, key: "channel.unreachable"}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
	t.Run("timeout before sending", func(t *testing.T) {
		a := &alarm{}
		e := p.dial(t, Setup{URL: "https://" + silentListener(t, a.ring), AfterFunc: a.AfterFunc})
		want{kind: filing.OutcomeRetry, key: "channel.connect_timeout"}.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
	t.Run("not HTTP", func(t *testing.T) {
		e, _ := p.open(t, func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			_, _ = io.WriteString(conn, r.Header.Get("Authorization")+" "+Words+"\r\n\r\n")
			_ = conn.Close()
		})
		lost.check(t, e.Submit(t.Context(), Key, p.payload()))
	})
}
