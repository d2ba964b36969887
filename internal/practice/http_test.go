package practice_test

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/channel/channeltest"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

func TestCapabilities(t *testing.T) {
	for spec, limit := range map[string]*float64{"": nil, "throttle=20/s": ptr(20.0), "throttle=0.5/s": ptr(0.5)} {
		faults, err := practice.ParseFaults(spec)
		if err != nil {
			t.Fatal(err)
		}
		r := start(t, func(p *practice.Params) { p.Faults = faults })
		a := r.get("/v1/capabilities")
		var got domain.Capabilities
		if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.status != http.StatusOK {
			t.Fatalf("%d %s: %v", a.status, a.body, err)
		}
		want := domain.Capabilities{
			Name: "Practice endpoint", APIVersion: "1", Practice: true,
			Categories: domain.Categories(), Techniques: domain.Techniques(),
			MaxCallsPerComplaint: 100, MaxEvidenceBytes: 20 << 20, EvidenceTypes: got.EvidenceTypes, RateLimitPerSecond: limit, OnBehalfAllowed: true,
		}
		if diff := cmp.Diff(want, got); diff != "" || !slices.Contains(got.EvidenceTypes, "image/png") {
			t.Errorf("%q (-want +got):\n%s", spec, diff)
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestRefusals(t *testing.T) {
	r := start(t, nil)
	number := r.filed(1)
	sha := strings.Repeat("ab", 32)
	for _, tc := range []struct {
		method, path string
		status       int
		slug, allow  string
	}{
		{"GET", "/nothing", 404, "not-found", ""},
		{"GET", "/v1", 404, "not-found", ""},
		{"GET", "/v1/", 404, "not-found", ""},
		{"GET", "//v1/complaints", 404, "not-found", ""},
		{"GET", "/v1/complaints/", 404, "not-found", ""},
		{"GET", "/v1/tokens/a/b", 404, "not-found", ""},
		{"GET", "/v2/capabilities", 404, "not-found", ""},
		{"GET", "/v1/complaints/P20240520-000001-x", 404, "not-found", ""},
		{"GET", "/v1/complaints/" + number + "/nothing", 404, "not-found", ""},
		{"POST", "/", 405, "method-not-allowed", "GET, HEAD"},
		{"POST", "/v1/capabilities", 405, "method-not-allowed", "GET, HEAD"},
		{"DELETE", "/v1/complaints", 405, "method-not-allowed", "GET, POST, HEAD"},
		{"OPTIONS", "/v1/complaints", 405, "method-not-allowed", "GET, POST, HEAD"},
		{"GET", "/v1/complaints/" + number + "/withdrawal", 405, "method-not-allowed", "POST"},
		{"GET", "/received/", 404, "not-found", ""},
		{"GET", "/received/" + number + "/x", 404, "not-found", ""},
		{"POST", "/received/" + number, 405, "method-not-allowed", "GET, HEAD"},
		{"GET", "/v1/complaints/" + number + "/evidence/" + sha, 405, "method-not-allowed", "PUT"},
	} {
		a := r.do(tc.method, tc.path, "")
		if a.status != tc.status || a.problem(t) != tc.slug || a.header.Get("Allow") != tc.allow {
			t.Errorf("%s %s: %d %s, Allow %q", tc.method, tc.path, a.status, a.body, a.header.Get("Allow"))
		}
	}
	if a := r.do(http.MethodHead, "/v1/capabilities", ""); a.status != http.StatusOK || a.body != "" {
		t.Errorf("HEAD: %d %q", a.status, a.body)
	}
}

// A web page must not be able to read the endpoint through a name of its own
// that resolves to this machine.
func TestForeignHostIsRefused(t *testing.T) {
	r := start(t, nil)
	for host, status := range map[string]int{
		"evil.example": 421, "evil.example:80": 421, "192.0.2.1": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example": 421,
		"localhost": 200, "LOCALHOST:99": 200, "127.9.9.9:1": 200, "[::1]:80": 200, "[::1]": 200,
	} {
		a := r.get("/v1/capabilities", "Host", host)
		if a.status != status || status == 421 && a.problem(t) != "misdirected" {
			t.Errorf("%s: %d %s", host, a.status, a.body)
		}
	}
}

func TestBearerToken(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Token = "practice-token" })
	basic := func(password string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte("me:"+password))
	}
	for _, tc := range []struct {
		path, header string
		status       int
	}{
		{"/v1/capabilities", "", 401},
		{"/v1/capabilities", "Bearer", 401},
		{"/v1/capabilities", "Bearer ", 401},
		{"/v1/capabilities", "Bearer wrong", 401},
		{"/v1/capabilities", "practice-token", 401},
		{"/v1/capabilities", basic("practice-token"), 401},
		{"/v1/capabilities", "Bearer practice-token", 200},
		{"/v1/capabilities", "bearer practice-token", 200},
		{"/v1/complaints?idempotency_key=" + key(1), "", 401},
		{"/v1/openapi.yaml", "", 200},
		{"/", "", 401},
		{"/", basic("wrong"), 401},
		{"/", basic("practice-token"), 200},
		{"/", "Bearer practice-token", 200},
	} {
		a := r.get(tc.path, "Authorization", tc.header)
		if a.status != tc.status {
			t.Errorf("%s with %q: %d %s", tc.path, tc.header, a.status, a.body)
		}
		if a.status == http.StatusUnauthorized && (a.problem(t) != "unauthorised" || a.header.Get("WWW-Authenticate") == "") {
			t.Errorf("%s with %q: %v", tc.path, tc.header, a.header)
		}
	}
	if a := r.file(1, complaint(1)); a.status != http.StatusUnauthorized {
		t.Errorf("POST without a token: %d %s", a.status, a.body)
	}
	if l := items(t, r.get("/v1/complaints?idempotency_key="+key(1), "Authorization", "Bearer practice-token")); len(l) != 0 {
		t.Error("it was filed all the same")
	}
}

func TestDocumentIsServed(t *testing.T) {
	r := start(t, nil)
	a := r.get("/v1/openapi.yaml")
	if a.status != http.StatusOK || a.body != string(channeltest.IntakeDocument(t)) || a.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("%d, %d bytes, %v", a.status, len(a.body), a.header)
	}
	r = start(t, func(p *practice.Params) { p.OpenAPI = nil })
	if a := r.get("/v1/openapi.yaml"); a.status != http.StatusNotFound {
		t.Errorf("without a document: %d", a.status)
	}
}

func TestPage(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, texts *l10n.Printer) {
		r := start(t, func(p *practice.Params) { p.Texts, p.Faults.Accepted202 = texts, 0 })
		empty := r.get("/")
		for _, want := range []string{texts.T("practice.page.warning"), texts.N("practice.page.count", 0), texts.T("practice.name"), `lang="` + string(texts.Language())} {
			if !strings.Contains(empty.body, want) {
				t.Errorf("the empty page lacks %q", want)
			}
		}
		number := r.filed(1)
		r.file(2, complaint(2, func(m map[string]any) {
			m["caller"] = map[string]any{"displayed": "<script>alert(1)</script>"}
		}))
		r.clock.Advance(20 * time.Second)
		full := r.get("/")
		for _, want := range []string{number, "95013000", html.EscapeString(texts.Term("category", "loan")), texts.Term("case_state", "accepted"), texts.N("practice.page.count", 2)} {
			if !strings.Contains(full.body, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		for _, secret := range []string{"示例投诉人", "13800138000", "<script>", "practice.", "录音推销贷款"} {
			if strings.Contains(full.body, secret) {
				t.Errorf("the page shows %q", secret)
			}
		}
		if got := full.header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") {
			t.Errorf("Content-Security-Policy %q", got)
		}
	})
}
