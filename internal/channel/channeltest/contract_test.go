package channeltest_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"quietline/internal/channel/channeltest"
)

func TestIntakeDocumentIsValid(t *testing.T) {
	doc := channeltest.LoadIntake(t)
	if got := doc.Paths.Len(); got != 6 {
		t.Errorf("%d paths, want 6", got)
	}
}

type watcher struct {
	testing.TB
	failures int
}

func (w *watcher) Errorf(string, ...any) { w.failures++ }
func (w *watcher) Helper()               {}

type canned struct {
	status int
	header http.Header
	body   string
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: c.status, Header: c.header, Request: r,
		Body: io.NopCloser(bytes.NewReader([]byte(c.body))),
	}, nil
}

// The transport itself must notice: otherwise every test that uses it is
// worthless.
func TestContractNoticesBreaches(t *testing.T) {
	jsonHeader := http.Header{"Content-Type": {"application/json"}}
	problemHeader := http.Header{"Content-Type": {"application/problem+json"}}
	const reused = `{"type":"https://x.example/idempotency-key-reused","title":"t","status":422}`
	for _, tc := range []struct {
		name   string
		reply  canned
		breach bool
	}{
		{"good", canned{200, jsonHeader, `{"receipt_number":"R-1"}`}, false},
		{"not yet", canned{202, jsonHeader, `{"token":"t","retry_after_seconds":1}`}, false},
		{"missing member", canned{200, jsonHeader, `{}`}, true},
		{"wrong type", canned{200, jsonHeader, `{"receipt_number":7}`}, true},
		{"control character", canned{200, jsonHeader, `{"receipt_number":"a\u0007b"}`}, true},
		{"unknown status", canned{418, jsonHeader, `{}`}, true},
		{"HTML", canned{404, http.Header{"Content-Type": {"text/html"}}, `<p>`}, true},
		{"problem without title", canned{404, problemHeader, `{"type":"a","status":404}`}, true},
		{"problem of another call", canned{422, problemHeader, reused}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := &watcher{TB: t}
			client := http.Client{Transport: channeltest.Contract(w, tc.reply)}
			resp, err := client.Get("http://127.0.0.1/v1/tokens/t")
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if got := w.failures > 0; got != tc.breach {
				t.Errorf("breach noticed: %v, want %v", got, tc.breach)
			}
		})
	}
}
