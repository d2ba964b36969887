package open311_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/open311"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Whatever comes back: a complaint counts as filed only where a 2xx says its number
// as JSON, nothing that may have arrived is to be tried again, and what is shown is
// fit to be shown.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", "", []byte(`[{"service_request_id":"293944","service_notice":"x","account_id":null}]`))
	f.Add(201, "application/json; charset=utf-8", "", []byte(`[{"service_request_id":293944}]`))
	f.Add(200, "application/json", "5", []byte(`[{"token":"12345"}]`))
	f.Add(200, "application/json", "", []byte(`[{"code":"400","description":"No.\u0000"}]`))
	f.Add(200, "application/json", "", []byte(services))
	f.Add(200, "application/json", "", []byte(definition))
	f.Add(200, "application/json", "", []byte(`[{"service_request_id":"1","status":"closed","status_notes":"\u202e"}]`))
	f.Add(400, "application/json", "", []byte(`[{"code":400,"description":"service_code was not provided"},null]`))
	f.Add(503, "text/html", "99999999999999999999", []byte("<p>"))
	f.Fuzz(func(t *testing.T, status int, contentType, retryAfter string, data []byte) {
		if status < 100 || status > 999 {
			return
		}
		e := open(t, open311.Params{BaseURL: "http://127.0.0.1:1", ServiceCode: "HARASS", Service: &domain.CivicService{Code: "HARASS"}})
		e.Watch(func(http.RoundTripper) http.RoundTripper {
			return channeltest.Canned{
				Status: status, Header: http.Header{"Content-Type": {contentType}, "Retry-After": {retryAfter}}, Body: data,
			}
		})
		out := e.Submit(t.Context(), "", []byte("service_code=HARASS"))
		checkOutcome(t, out)
		switch out.Kind {
		case filing.OutcomeSent, filing.OutcomeToken:
			if status < 200 || status > 202 || !json.Valid(data) || out.Kind == filing.OutcomeSent && !channeltest.Fit(out.ReceiptNumber, 64) {
				t.Errorf("%d %q is %+v", status, data, out)
			}
		case filing.OutcomeRetry:
			if status != 307 && status != 308 && status != 408 && status != 425 && status != 429 && status != 503 {
				t.Errorf("%d is tried again", status)
			}
		case filing.OutcomeUnknown, filing.OutcomeNotFound:
			t.Errorf("%d is %s", status, out.Kind)
		default:
		}
		poll := e.PollToken(t.Context(), "t")
		checkOutcome(t, poll)
		if poll.Kind == filing.OutcomeRejected || poll.Kind == filing.OutcomeNotFound || poll.Kind == filing.OutcomeUnsettled {
			t.Errorf("a poll is %s", poll.Kind)
		}
		if a := e.ReadCase(t.Context(), "1", ""); a.Result == filing.CaseRead && (a.Case.State == "" || !channeltest.Fit(a.Case.Note, 500)) {
			t.Errorf("%+v", a)
		}
		if c, err := e.Capabilities(t.Context()); err == nil && (c.Service == nil || c.Service.Code != "HARASS") {
			t.Errorf("%+v", c)
		}
	})
}

// checkOutcome holds for every outcome, whatever the answer was.
func checkOutcome(t *testing.T, out filing.Outcome) {
	t.Helper()
	switch out.Kind {
	case filing.OutcomeSent:
	case filing.OutcomeToken:
		if !channeltest.Fit(out.Token, 256) {
			t.Errorf("token %q", out.Token)
		}
	default:
		if out.ErrorKey == "" {
			t.Errorf("%s without a key", out.Kind)
		}
	}
	if out.RetryAfter < 0 || out.RetryAfter > 6*time.Hour || out.Detail != "" && !channeltest.Fit(out.Detail, 500) {
		t.Errorf("%+v", out)
	}
}
