package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/endpoint"
)

const capabilities = `{"name":"Office","api_version":"1","practice":false,"categories":[],"techniques":[],
	"max_calls_per_complaint":5,"max_call_age_days":null,"max_evidence_bytes":0,"evidence_types":[],
	"rate_limit_per_second":null,"on_behalf_allowed":false}`

func answers(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// TestWhatATestSays asks real servers that are not what they should be, by the real
// use case: each says what is wrong, and what can be done about it.
func TestWhatATestSays(t *testing.T) {
	d := newFirst(t, filepath.Join(t.TempDir(), "data"))
	defer closed(t, d)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, tc := range map[string]struct {
		serve http.HandlerFunc
		key   string
		mend  endpoint.Mend
	}{
		"an office":       {answers(200, "application/json", capabilities), "", ""},
		"a web site":      {answers(200, "text/html", "<h1>Welcome</h1>"), "channel.answer_unusable", endpoint.MendAddress},
		"nothing there":   {http.NotFound, "channel.not_intake", endpoint.MendAddress},
		"a wrong token":   {answers(401, "application/problem+json", "{}"), "channel.unauthorised", endpoint.MendToken},
		"not allowed":     {answers(403, "application/problem+json", "{}"), "channel.forbidden", endpoint.MendToken},
		"down":            {answers(503, "text/plain", ""), "channel.endpoint_down", endpoint.MendLater},
		"too much":        {answers(429, "text/plain", ""), "channel.too_many_requests", endpoint.MendLater},
		"another version": {answers(200, "application/json", `{"name":"x","api_version":"2"}`), "channel.version_unsupported", endpoint.MendVersion},
		"moved":           {http.RedirectHandler("https://other.example.org", http.StatusMovedPermanently).ServeHTTP, "channel.redirect_refused", endpoint.MendRedirect},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9999")
			_, _ = w.Write([]byte("{"))
		}, "channel.no_answer", endpoint.MendLater},
		"switched off": {nil, "channel.unreachable", endpoint.MendNetwork},
	} {
		url := gone.URL
		if tc.serve != nil {
			s := httptest.NewServer(tc.serve)
			defer s.Close()
			url = s.URL
		}
		m := endpoint.NewModel(endpoint.Params{Filing: d.space.Filing})
		m.Kind, m.URL, m.Token = domain.ChannelIntake, url, "token"
		in := m.Input()
		caps, err := m.Test(t.Context(), in)
		m.Tested(endpoint.Result{For: in, Capabilities: caps, Err: err})
		if domain.KeyOf(err) != tc.key || err != nil && endpoint.MendOf(err) != tc.mend || m.Passed() != (tc.key == "") {
			t.Errorf("%s: %v, %s", name, err, endpoint.MendOf(err))
		}
	}
	if list, err := d.space.Filing.ChannelsWithoutTokens(t.Context()); len(list) != 1 || err != nil {
		t.Errorf("a test added something: %+v %v", list, err)
	}
}

// An authority of its own is trusted by its file, and by nothing else.
func TestAnAuthorityOfItsOwn(t *testing.T) {
	d := newFirst(t, filepath.Join(t.TempDir(), "data"))
	defer closed(t, d)
	s := httptest.NewTLSServer(answers(200, "application/json", capabilities))
	defer s.Close()
	file := filepath.Join(t.TempDir(), "office.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	m := endpoint.NewModel(endpoint.Params{Filing: d.space.Filing})
	m.Kind, m.URL = domain.ChannelIntake, s.URL
	if _, err := m.Test(t.Context(), m.Input()); domain.KeyOf(err) != "channel.tls_failed" || endpoint.MendOf(err) != endpoint.MendCertificate {
		t.Errorf("%v", err)
	}
	m.CAFile = filepath.Join(t.TempDir(), "none.pem")
	if err := m.Check(t.Context(), m.Input()); domain.KeyOf(err) != "channel.ca_unreadable" {
		t.Errorf("%v", err)
	}
	m.CAFile = file
	if caps, err := m.Test(t.Context(), m.Input()); err != nil || caps.Name != "Office" {
		t.Errorf("%+v %v", caps, err)
	}
}
