package intake_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// wellFormed is what a 201 must be, in other words than those of the client.
func wellFormed(contentType string, body []byte) bool {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "application/json" || params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return false
	}
	var doc any
	if len(body) > 1<<20 || !utf8.Valid(body) || json.Unmarshal(body, &doc) != nil {
		return false
	}
	m, _ := doc.(map[string]any)
	number, _ := m["receipt_number"].(string)
	for name, v := range m {
		if _, isText := v.(string); (name == "token" || name == "case_state") && v != nil && !isText {
			return false
		}
	}
	token, _ := m["token"].(string)
	return channeltest.Fit(number, 64) && (token == "" || channeltest.Fit(token, 256) && token != "." && token != "..")
}

// checkOutcome holds for every outcome, whatever the answer was.
func checkOutcome(t *testing.T, out filing.Outcome) {
	t.Helper()
	switch out.Kind {
	case filing.OutcomeSent:
		if !channeltest.Fit(out.ReceiptNumber, 64) {
			t.Errorf("sent with %q", out.ReceiptNumber)
		}
	case filing.OutcomeToken:
		if !channeltest.Fit(out.Token, 256) {
			t.Errorf("token %q", out.Token)
		}
	case filing.OutcomeNotFound:
	case filing.OutcomeUnknown, filing.OutcomeRetry, filing.OutcomeRejected, filing.OutcomeUnauthorised, filing.OutcomeForbidden:
		if out.ErrorKey == "" {
			t.Errorf("%s without a key", out.Kind)
		}
	default:
		t.Errorf("kind %q", out.Kind)
	}
	if out.RetryAfter < 0 || out.RetryAfter > 6*time.Hour {
		t.Errorf("wait %v", out.RetryAfter)
	}
	if utf8.RuneCountInString(out.Detail) > 500 || strings.ContainsFunc(out.Detail, unicode.IsControl) || len(out.Problems) > 50 {
		t.Errorf("%d problems, detail %q", len(out.Problems), out.Detail)
	}
	for _, p := range out.Problems {
		for _, s := range []string{p.Pointer, p.Code, p.Detail} {
			if utf8.RuneCountInString(s) > 500 || strings.ContainsFunc(s, unicode.IsControl) {
				t.Errorf("problem %+v", p)
			}
		}
	}
}

// Whatever the body of an answer, only a well-formed 201 is a complaint filed.
func FuzzAnswer(f *testing.F) {
	good := `{"receipt_number":"P20240520-000001-9","case_state":"received","received_at":"2024-05-20T09:20:00+08:00"}`
	f.Add(201, "application/json", "", []byte(good))
	f.Add(201, "application/json; charset=utf-8", "", []byte(`{"receipt_number":"a","RECEIPT_NUMBER":7,"token":null}`))
	f.Add(202, "application/json", "5", []byte(`{"token":"t","retry_after_seconds":1e300}`))
	f.Add(200, "application/json", "", []byte(`{"items":[{"token":"t"}]}`))
	f.Add(422, "application/problem+json", "", []byte(`{"type":"x/invalid-complaint","errors":[{"pointer":"#/a","code":"b","detail":"c\u0000"}]}`))
	f.Add(429, "", "Mon, 20 May 2024 01:00:05 GMT", []byte(nil))
	f.Add(503, "text/html", "99999999999999999999", []byte("<p>"))
	f.Fuzz(func(t *testing.T, status int, contentType, retryAfter string, body []byte) {
		if status < 100 || status > 999 {
			return
		}
		e, err := intake.New(intake.Params{BaseURL: "http://127.0.0.1:1", Clock: testkit.NewClock()})
		if err != nil {
			t.Fatal(err)
		}
		e.Watch(func(http.RoundTripper) http.RoundTripper {
			return channeltest.Canned{
				Status: status, Header: http.Header{"Content-Type": {contentType}, "Retry-After": {retryAfter}}, Body: body,
			}
		})
		out := e.Submit(t.Context(), key(1), []byte("{}"))
		checkOutcome(t, out)
		if want := status == http.StatusCreated && wellFormed(contentType, body); (out.Kind == filing.OutcomeSent) != want {
			t.Errorf("%d %q %q is %s, well formed: %v", status, contentType, body, out.Kind, want)
		}
		if (out.Kind == filing.OutcomeToken) && status != http.StatusAccepted {
			t.Errorf("%d is a token", status)
		}
		found := e.FindByKey(t.Context(), key(1))
		checkOutcome(t, found)
		if (found.Kind == filing.OutcomeNotFound || found.Kind == filing.OutcomeSent) && status != http.StatusOK {
			t.Errorf("a search answered with %d is %s", status, found.Kind)
		}
		checkOutcome(t, e.PollToken(t.Context(), "t"))
		if c, err := e.Capabilities(t.Context()); err == nil && (c.APIVersion != "1" || c.Name == "" || c.MaxCallsPerComplaint < 1) {
			t.Errorf("%+v", c)
		}
	})
}

// Whatever bytes come back on the connection, nothing panics, nothing is taken
// for a receipt that is none, and nothing that the server says reaches the log.
func FuzzWire(f *testing.F) {
	const head = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
	f.Add([]byte(head + "Content-Length: 22\r\n\r\n{\"receipt_number\":\"a\"}"))
	f.Add([]byte(head + "\r\n{\"receipt_number\":\"cut by the end\"}"))
	f.Add([]byte(head + "Content-Length: 99\r\n\r\n{\"receipt_number\":\"a\"}"))
	f.Add([]byte(head + "Transfer-Encoding: chunked\r\n\r\n16\r\n{\"receipt_number\":\"a\"}\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\n" + head + "\r\n"))
	f.Add([]byte("HTTP/1.1 302 Found\r\nLocation: http://%zz\r\n\r\n"))
	f.Add([]byte("secret-of-the-server secret-of-the-server\r\n\r\n"))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	replies := make(chan []byte, 1)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			// The whole request first: closing with bytes unread would reset the
			// connection, and what was written with it.
			if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = conn.Write(<-replies)
			}
			conn.Close()
		}
	}()
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		e, err := intake.New(intake.Params{BaseURL: "http://" + l.Addr().String(), Token: "our-token", Clock: testkit.NewClock()})
		if err != nil {
			t.Fatal(err)
		}
		replies <- data
		out := e.Submit(ctx, key(1), []byte("{}"))
		checkOutcome(t, out)
		if out.Kind == filing.OutcomeSent && out.HTTPStatus != http.StatusCreated {
			t.Errorf("%q is %+v", data, out)
		}
		if cause := fmt.Sprint(out.Cause); strings.Contains(cause, "secret-of") || strings.Contains(cause, "our-token") {
			t.Errorf("the cause tells too much: %s", cause)
		}
	})
}
