package intake_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// scripted is a client whose server does as told; every request is held against
// the description.
func scripted(t *testing.T, do http.HandlerFunc) (e *intake.Endpoint, requests *atomic.Int32) {
	t.Helper()
	requests = &atomic.Int32{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		do(w, r)
	}))
	t.Cleanup(web.Close)
	e, err := intake.New(intake.Params{BaseURL: web.URL, Token: "secret", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	e.Watch(func(base http.RoundTripper) http.RoundTripper { return channeltest.Requests(t, base) })
	return e, requests
}

// gives answers everything alike; header holds name, value pairs.
func gives(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body) // the client may have gone
	}
}

const aCase = `{"receipt_number":"R 1","case_state":"under_review","updated_at":"2024-05-20T09:21:00.123456+08:00","note":"n",
	"history":[{"state":"received","at":"2024-05-20T09:20:00+08:00","note":null},{"state":"under_review","at":"2024-05-20T01:21:00Z","note":"a\nb\u202e"}]}`

// failure is what went wrong in short.
func failure(a filing.CaseAnswer) string {
	return strings.Join([]string{string(a.Result), string(a.Failure.Kind), a.Failure.ErrorKey}, " ")
}

func TestReadCase(t *testing.T) {
	e, n := scripted(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.EscapedPath() != "/v1/complaints/R%201" || r.Header.Get("If-None-Match") != `"old"` || r.Header.Get("Idempotency-Key") != "" {
			t.Errorf("%s %v", r.URL.EscapedPath(), r.Header)
		}
		gives(200, aCase, "ETag", `"new"`)(w, r)
	})
	a := e.ReadCase(t.Context(), "R 1", `"old"`)
	if a.Result != filing.CaseRead || a.ETag != `"new"` || n.Load() != 1 {
		t.Fatalf("%+v", a)
	}
	c := a.Case
	if c.State != "under_review" || c.UpdatedAt.UnixMilli() != time.Date(2024, 5, 20, 1, 21, 0, 123e6, time.UTC).UnixMilli() || len(c.History) != 2 {
		t.Errorf("%+v", c)
	}
	if h := c.History; h[0].State != domain.CaseReceived || h[0].Note != "" || h[1].Note != "a b" {
		t.Errorf("%+v", h)
	}
	for number, result := range map[string]string{"": "missing", "..": "missing", "a\nb": "missing"} {
		if a := e.ReadCase(t.Context(), number, ""); string(a.Result) != result || n.Load() != 1 {
			t.Errorf("%q: %+v, %d requests", number, a, n.Load())
		}
	}
}

func TestReadCaseAnswers(t *testing.T) {
	long := strings.Repeat(`{"state":"accepted","at":"2024-05-20T09:20:00Z","note":""},`, 300)
	unusable := "failed unknown channel.answer_unusable"
	for name, tc := range map[string]struct {
		do   http.HandlerFunc
		want string
	}{
		"304":            {gives(304, ""), "unchanged  "},
		"404":            {gives(404, `{}`), "missing rejected case.missing"},
		"410":            {gives(410, `{}`), "missing rejected case.missing"},
		"400":            {gives(400, `{}`), "failed unknown channel.lookup_refused"},
		"401":            {gives(401, `{}`), "failed unauthorised channel.unauthorised"},
		"403":            {gives(403, `{}`), "failed forbidden channel.forbidden"},
		"429":            {gives(429, `{}`, "Retry-After", "7"), "failed retry channel.too_many_requests"},
		"500":            {gives(500, ``), "failed retry channel.endpoint_fault"},
		"503":            {gives(503, ``), "failed retry channel.endpoint_down"},
		"redirect":       {gives(302, ``, "Location", "https://elsewhere.example/"), "failed unknown channel.redirect_refused"},
		"HTML":           {gives(200, aCase, "Content-Type", "text/html"), unusable},
		"half":           {gives(200, aCase[:60]), unusable},
		"empty":          {gives(200, ""), unusable},
		"null":           {gives(200, "null"), unusable},
		"no receipt":     {gives(200, strings.Replace(aCase, "receipt_number", "x", 1)), unusable},
		"no state":       {gives(200, strings.Replace(aCase, `"under_review","upd`, `"","upd`, 1)), unusable},
		"control":        {gives(200, strings.Replace(aCase, `"under_review","upd`, `"a\u0007","upd`, 1)), unusable},
		"long state":     {gives(200, strings.Replace(aCase, `"under_review","upd`, `"`+strings.Repeat("x", 65)+`","upd`, 1)), unusable},
		"no time":        {gives(200, strings.Replace(aCase, "2024-05-20T09:21:00.123456+08:00", "yesterday", 1)), unusable},
		"impossible":     {gives(200, strings.Replace(aCase, "2024-05-20T09:21", "0000-01-01T00:00", 1)), unusable},
		"bad history":    {gives(200, strings.Replace(aCase, `"state":"received"`, `"state":7`, 1)), unusable},
		"history object": {gives(200, `{"receipt_number":"R","case_state":"closed","updated_at":"2024-05-20T09:20:00Z","history":{}}`), unusable},
		"long history":   {gives(200, `{"receipt_number":"R","case_state":"closed","updated_at":"2024-05-20T09:20:00Z","history":[`+strings.TrimSuffix(long, ",")+`]}`), "read  "},
		"no history":     {gives(200, `{"receipt_number":"R","case_state":"closed","updated_at":"2024-05-20T09:20:00Z"}`), "read  "},
		"too large":      {gives(200, aCase+strings.Repeat(" ", 1<<20)), "failed unknown channel.answer_too_large"},
		"cut": {func(w http.ResponseWriter, r *http.Request) {
			gives(200, aCase, "Content-Length", "9999")(w, r)
		}, "failed unknown channel.no_answer"},
	} {
		t.Run(name, func(t *testing.T) {
			e, n := scripted(t, tc.do)
			a := e.ReadCase(t.Context(), "R", `"t"`)
			if failure(a) != tc.want || n.Load() != 1 {
				t.Errorf("%q, want %q; %d requests", failure(a), tc.want, n.Load())
			}
			if len(a.Case.History) > filing.MaxCaseHistory {
				t.Errorf("%d lines", len(a.Case.History))
			}
			if hold := a.Failure.Hold; hold != (name == "429" || name == "503") {
				t.Errorf("hold %t", hold)
			}
		})
	}
	e, _ := scripted(t, gives(304, ""))
	if a := e.ReadCase(t.Context(), "R", ""); failure(a) != "failed unknown channel.redirect_refused" {
		t.Errorf("304 that nobody asked for: %q", failure(a))
	}
}

func TestChangedCases(t *testing.T) {
	item := `{"receipt_number":"R1","case_state":"accepted","updated_at":"2024-05-20T09:20:00Z","note":"x"}`
	for name, tc := range map[string]struct {
		do   http.HandlerFunc
		want string
	}{
		"one":           {gives(200, `{"items":[`+item+`],"next":null}`), "read accepted"},
		"more":          {gives(200, `{"items":[],"next":"c 2"}`), "read and c 2"},
		"no next":       {gives(200, `{"items":[]}`), "read"},
		"a bad item":    {gives(200, `{"items":[{},null,{"token":"t","case_state":"received","updated_at":"2024-05-20T09:20:00Z"},`+item+`]}`), "read accepted"},
		"items null":    {gives(200, `{"items":null}`), "failed unknown channel.answer_unusable"},
		"no items":      {gives(200, `{}`), "failed unknown channel.answer_unusable"},
		"next number":   {gives(200, `{"items":[],"next":7}`), "failed unknown channel.answer_unusable"},
		"next too long": {gives(200, `{"items":[],"next":"`+strings.Repeat("x", 201)+`"}`), "failed unknown channel.answer_unusable"},
		"400":           {gives(400, `{}`), "failed rejected channel.rejected"},
		"404":           {gives(404, `{}`), "failed rejected channel.not_intake"},
		"501":           {gives(501, `{}`), "failed rejected channel.endpoint_fault"},
		"500":           {gives(500, `{}`), "failed retry channel.endpoint_fault"},
		"401":           {gives(401, `{}`), "failed unauthorised channel.unauthorised"},
		"endless":       {gives(200, `{"items":[]`+strings.Repeat(" ", 1<<20)+`}`), "failed unknown channel.answer_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			e, n := scripted(t, tc.do)
			if got := listed(e.ChangedCases(t.Context(), testkit.Epoch(), "c")); got != tc.want || n.Load() != 1 {
				t.Errorf("%q, want %q; %d requests", got, tc.want, n.Load())
			}
		})
	}
	e, _ := scripted(t, func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Get("updated_since") != "2024-05-20T01:00:00Z" || q.Has("cursor") {
			t.Errorf("%s", r.URL)
		}
		gives(200, `{"items":[]}`, "Date", "Mon, 20 May 2024 02:00:00 GMT")(w, r)
	})
	if p := e.ChangedCases(t.Context(), testkit.Epoch(), ""); !p.Date.Equal(testkit.Epoch().Add(time.Hour)) {
		t.Errorf("%+v", p)
	}
}

func TestWithdraw(t *testing.T) {
	for name, tc := range map[string]struct {
		do   http.HandlerFunc
		want string
	}{
		"200":     {gives(200, aCase, "ETag", `"w"`), "read  "},
		"409":     {gives(409, `{"detail":"closed"}`), "closed_already rejected withdrawal.closed"},
		"404":     {gives(404, `{}`), "missing rejected case.missing"},
		"422":     {gives(422, `{"errors":[{"pointer":"/reason","code":"required","detail":"x"}]}`), "failed rejected channel.fields_rejected"},
		"400":     {gives(400, `{}`), "failed rejected channel.rejected"},
		"403":     {gives(403, `{}`), "failed forbidden channel.forbidden"},
		"408":     {gives(408, `{}`), "failed retry channel.try_later"},
		"425":     {gives(425, `{}`), "failed retry channel.try_later"},
		"500":     {gives(500, `{}`), "failed retry channel.endpoint_fault"},
		"no case": {gives(200, `{}`), "failed unknown channel.answer_unusable"},
		"HTML":    {gives(200, `<p>`, "Content-Type", "text/html"), "failed unknown channel.answer_unusable"},
		"302":     {gives(302, ``, "Location", "/"), "failed unknown channel.redirect_refused"},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			_ = conn.Close()
		}, "failed unknown channel.no_answer"},
	} {
		t.Run(name, func(t *testing.T) {
			e, n := scripted(t, tc.do)
			a := e.Withdraw(t.Context(), "R 1", "原因")
			if failure(a) != tc.want || n.Load() != 1 {
				t.Errorf("%q, want %q; %d requests", failure(a), tc.want, n.Load())
			}
			if name == "409" && a.Failure.Detail != "closed" {
				t.Errorf("%+v", a.Failure)
			}
		})
	}
}

// A case with the practice endpoint from its beginning to its withdrawal.
func TestCasesOfThePracticeEndpoint(t *testing.T) {
	e, clock := pair(t, practice.Faults{})
	number := e.Submit(t.Context(), key(1), body(1)).ReceiptNumber
	first := e.ReadCase(t.Context(), number, "")
	if first.Result != filing.CaseRead || len(first.Case.History) != 1 || first.ETag == "" {
		t.Fatalf("%+v", first)
	}
	if same := e.ReadCase(t.Context(), number, first.ETag); same.Result != filing.CaseUnchanged {
		t.Errorf("%+v", same)
	}
	clock.Advance(time.Minute)
	p := e.ChangedCases(t.Context(), clock.Now().Add(-time.Second), "")
	if len(p.Cases) != 1 || p.Cases[0].State != domain.CaseTransferred || p.Next != "" {
		t.Errorf("%+v", p)
	}
	if w := e.Withdraw(t.Context(), number, "对方已道歉"); w.Result != filing.CaseRead || w.Case.State != domain.CaseClosed {
		t.Errorf("%+v", w)
	}
	if w := e.Withdraw(t.Context(), number, "对方已道歉"); w.Result != filing.CaseClosedAlready {
		t.Errorf("%+v", w)
	}
	if a := e.ReadCase(t.Context(), "P20240520-000009-9", ""); a.Result != filing.CaseMissing {
		t.Errorf("%+v", a)
	}
}
