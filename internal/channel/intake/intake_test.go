package intake_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

func protocol() channeltest.Protocol {
	return channeltest.Protocol{
		Open: func(t testing.TB, s channeltest.Setup) filing.Endpoint {
			t.Helper()
			e, err := intake.New(intake.Params{
				BaseURL: s.URL, Token: s.Token, CAFile: s.CAFile, UserAgent: "Quietline/test",
				Clock: s.Clock, AfterFunc: s.AfterFunc,
			})
			if err != nil {
				t.Fatal(err)
			}
			return e
		},
		Path:    "/v1/complaints",
		Payload: `{"description":"` + channeltest.Words + `"}`,
		Other:   http.StatusOK,
		NotHere: "channel.not_intake",
		Posted:  posted,
		Refuse: func(status int, words string) channeltest.Reply {
			return channeltest.Problem(status, "x", `,"detail":"`+words+`"`)
		},
		Receipt:      "P20240520-000001-9",
		Token:        "2f1c7d0e/9f55?4a39#{token}",
		Filed:        channeltest.JSON(201, `{"receipt_number":"P20240520-000001-9","case_state":"received","received_at":"2024-05-20T09:20:00+08:00"}`),
		Pending:      channeltest.JSON(202, `{"retry_after_seconds":2,"token":"2f1c7d0e/9f55?4a39#{token}"}`),
		FoundFiled:   channeltest.JSON(200, `{"items":[{"receipt_number":"P20240520-000001-9","token":"t","case_state":"accepted"}]}`),
		FoundPending: channeltest.JSON(200, `{"items":[{"token":"2f1c7d0e/9f55?4a39#{token}","case_state":"received"}]}`),
		FoundNone:    channeltest.JSON(200, `{"items":[]}`),
		NumberThere:  channeltest.JSON(200, `{"receipt_number":"P20240520-000001-9"}`),
		NumberLater:  channeltest.JSON(202, `{"token":"x","retry_after_seconds":2}`),
	}
}

// posted checks the body, the token and the key of a complaint.
func posted(t *testing.T, r channeltest.Request) {
	if r.Body != `{"description":"`+channeltest.Words+`"}` {
		t.Errorf("%q", r.Body)
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer " + channeltest.Token, "Idempotency-Key": `"` + channeltest.Key + `"`, "Content-Type": "application/json",
	} {
		if got := r.Header.Values(name); len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

func TestConformance(t *testing.T) { channeltest.Run(t, protocol()) }

// The reason for the care in newTransport: without it, net/http sends a POST
// with an Idempotency-Key again, and a GET as well. When this test fails, Go
// has changed, and the care may go.
func TestPlainTransportSendsTwice(t *testing.T) {
	s := channeltest.CutSecond(t, protocol().Filed)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for range 2 {
		req, err := http.NewRequest(http.MethodPost, s.URL, bytes.NewReader([]byte("{}")))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Idempotency-Key", `"x"`)
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := new(bytes.Buffer).ReadFrom(resp.Body); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	if n := s.Count(); n != 3 {
		t.Errorf("%d requests for two calls, want 3", n)
	}
}

func TestPathOfTheEndpointIsKept(t *testing.T) {
	var paths []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.URL.RequestURI())
		w.WriteHeader(http.StatusNotFound)
	}))
	defer s.Close()
	e, err := intake.New(intake.Params{BaseURL: s.URL + "/city/intake//", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	e.Submit(t.Context(), "k", []byte("{}"))
	e.FindByKey(t.Context(), "a&b=c")
	e.PollToken(t.Context(), "a/../b{c}")
	for _, token := range []string{"", ".", "..", "a\nb", strings.Repeat("x", 257)} {
		if out := e.PollToken(t.Context(), token); out.Kind != filing.OutcomeNotFound {
			t.Errorf("token %q: %+v", token, out)
		}
	}
	want := []string{
		"/city/intake/v1/complaints", "/city/intake/v1/complaints?idempotency_key=a%26b%3Dc", "/city/intake/v1/tokens/a%2F..%2Fb%7Bc%7D",
	}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// The proxy is asked for the endpoint, and one that refuses means that nothing
// has left.
func TestProxyIsRespected(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.Host)
		w.WriteHeader(http.StatusForbidden)
	}))
	defer proxy.Close()
	through, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	e, err := intake.New(intake.Params{
		BaseURL: "https://intake.example", Token: "secret", Clock: testkit.NewClock(), Proxy: http.ProxyURL(through),
	})
	if err != nil {
		t.Fatal(err)
	}
	out := e.Submit(t.Context(), "k", []byte("{}"))
	if out.Kind != filing.OutcomeRetry || out.HTTPStatus != 0 {
		t.Errorf("%+v", out)
	}
	if diff := cmp.Diff([]string{"CONNECT intake.example:443"}, asked); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What goes to this machine goes through no proxy, however its name is spelt:
// without TLS a proxy would read the token and the complaint.
func TestNoProxyForLoopback(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.Host) }))
	defer proxy.Close()
	through, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	var hosts []string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { hosts = append(hosts, r.Host) }))
	defer s.Close()
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, base := range []string{
		s.URL, "http://localhost" + port, "http://LOCALHOST" + port, "http://LocalHost." + port, "HTTP://localhost." + port,
		// Nothing need listen there.
		"http://127.1.2.3" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "https://Localhost" + port,
	} {
		e, err := intake.New(intake.Params{BaseURL: base, Token: "secret", Clock: testkit.NewClock(), Proxy: http.ProxyURL(through)})
		if err != nil {
			t.Fatal(err)
		}
		e.Submit(t.Context(), "k", []byte("{}"))
	}
	if len(asked) > 0 {
		t.Errorf("the proxy was asked for %q", asked)
	}
	if n := len(hosts); n < 5 || hosts[2] != "localhost"+port {
		t.Errorf("hosts %q", hosts)
	}
}

func TestCapabilities(t *testing.T) {
	good := `{"name":"受理端","api_version":"1","practice":false,"categories":["loan","new_one"],"techniques":["human"],` +
		`"max_calls_per_complaint":5,"max_call_age_days":30,"max_evidence_bytes":0,"evidence_types":[],"rate_limit_per_second":2.5,"on_behalf_allowed":true}`
	reply := ""
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(reply))
	}))
	defer s.Close()
	e, err := intake.New(intake.Params{BaseURL: s.URL, Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	reply = good
	got, err := e.Capabilities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	days, rate := 30, 2.5
	want := domain.Capabilities{
		Name: "受理端", APIVersion: "1", Categories: []domain.Category{"loan", "new_one"}, Techniques: []domain.Technique{"human"},
		MaxCallsPerComplaint: 5, MaxCallAgeDays: &days, EvidenceTypes: []string{}, RateLimitPerSecond: &rate, OnBehalfAllowed: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for old, change := range map[string]string{
		`"api_version":"1"`: `"api_version":"2"`, `"name":"受理端"`: `"name":"a\u0000"`, `"max_calls_per_complaint":5`: `"max_calls_per_complaint":0`,
		`"rate_limit_per_second":2.5`: `"rate_limit_per_second":0`, `"max_call_age_days":30`: `"max_call_age_days":-1`,
		`"categories":["loan"`: `"categories":["\n"`, `"techniques":["human"]`: `"techniques":{}`, `"evidence_types":[]`: `"evidence_types":[""]`,
	} {
		reply = strings.Replace(good, old, change, 1)
		key := "channel.answer_unusable"
		if old == `"api_version":"1"` {
			key = "channel.version_unsupported"
		}
		if got, err := e.Capabilities(t.Context()); domain.KeyOf(err) != key || got.Name != "" {
			t.Errorf("%s: %+v, %v", change, got, err)
		}
	}
}
