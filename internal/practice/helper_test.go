package practice_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/channel/channeltest"
	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// rig is a running endpoint and a client that holds every exchange against the
// OpenAPI description.
type rig struct {
	t      *testing.T
	server *practice.Server
	clock  *testkit.Clock
	url    string
	client *http.Client
	path   string
}

// start runs an endpoint; change may alter its parameters.
func start(t *testing.T, change func(*practice.Params)) *rig {
	t.Helper()
	r := &rig{t: t, clock: testkit.NewClock()}
	p := practice.Params{
		Path: filepath.Join(t.TempDir(), "practice.db"), Clock: r.clock, Source: &testkit.Source{},
		OpenAPI: channeltest.IntakeDocument(t), Texts: testkit.Printer(t, l10n.English),
	}
	if change != nil {
		change(&p)
	}
	r.path = p.Path
	var err error
	if r.server, err = practice.New(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(r.server.Handler())
	t.Cleanup(func() {
		web.Close()
		if err := r.server.Close(); err != nil {
			t.Error(err)
		}
	})
	r.url = web.URL
	r.client = &http.Client{Transport: channeltest.Contract(t, web.Client().Transport)}
	return r
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// doc reads the body as an object.
func (a answer) doc(t *testing.T) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.body), &m); err != nil {
		t.Fatalf("%d %q: %v", a.status, a.body, err)
	}
	return m
}

func (a answer) text(t *testing.T, name string) string {
	t.Helper()
	s, _ := a.doc(t)[name].(string)
	return s
}

// problem is the end of the problem's type. Every problem has a sentence that
// says more than its title.
func (a answer) problem(t *testing.T) string {
	t.Helper()
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("content type %q of a %d", got, a.status)
	}
	if detail := a.text(t, "detail"); detail == "" || detail == a.text(t, "title") || strings.HasPrefix(detail, "practice.") {
		t.Errorf("detail %q of a %d", detail, a.status)
	}
	typ := a.text(t, "type")
	return typ[strings.LastIndexByte(typ, '/')+1:]
}

// try sends a request and may fail; header holds name, value pairs.
func (r *rig) try(method, path, body string, header ...string) (answer, error) {
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Del(header[i])
		if header[i+1] != "" {
			req.Header.Add(header[i], header[i+1])
		}
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(data)}, err
}

func (r *rig) do(method, path, body string, header ...string) answer {
	r.t.Helper()
	a, err := r.try(method, path, body, header...)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

func (r *rig) get(path string, header ...string) answer {
	r.t.Helper()
	return r.do(http.MethodGet, path, "", header...)
}

// file posts a complaint under the nth key.
func (r *rig) file(n int, body string, header ...string) answer {
	r.t.Helper()
	return r.do(http.MethodPost, "/v1/complaints", body, append([]string{"Idempotency-Key", quoted(n)}, header...)...)
}

// filed posts a complaint that must be taken, and gives its receipt number.
func (r *rig) filed(n int) string {
	r.t.Helper()
	a := r.file(n, complaint(n))
	if a.status != http.StatusCreated {
		r.t.Fatalf("%d %s", a.status, a.body)
	}
	return a.text(r.t, "receipt_number")
}

func key(n int) string    { return fmt.Sprintf("%08x-55a1-4a6b-9a55-2d2f0e6b8c11", n) }
func quoted(n int) string { return `"` + key(n) + `"` }

// complaint is a body that is taken; n tells bodies apart.
func complaint(n int, changes ...func(map[string]any)) string {
	doc := map[string]any{
		"schema": "quietline.complaint/1", "client_reference": key(n), "language": "zh-Hans",
		"complainant": map[string]any{
			"name": "示例投诉人", "phone": "13800138000", "province": "江苏", "relation": "child",
			"on_behalf_of": map[string]any{"name": "示例长辈", "phone": "13800138000", "authority": "oral"},
		},
		"caller": map[string]any{
			"displayed": "+8695013000", "number": "95013000", "family": "call_centre_95", "code": "95013", "listed_holder": "",
		},
		"calls": []any{map[string]any{
			"started_at": "2024-05-20T09:15:03+08:00", "duration_seconds": 12, "ring_seconds": nil, "direction": "incoming",
		}},
		"category": "loan", "techniques": []any{"recorded"}, "fraud_kind": nil, "harm": 1,
		"refused_at": nil, "consent_given": false, "loss": map[string]any{"amount": "0.00", "currency": "CNY"},
		"description": "录音推销贷款", "demands": []any{"stop_calls", "disclose_source", "written_answer"}, "evidence": []any{},
	}
	for _, change := range changes {
		change(doc)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(data)
}
