package intake_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

func key(n int) string { return fmt.Sprintf("%08x-55a1-4a6b-9a55-2d2f0e6b8c11", n) }

func body(n int) []byte {
	return fmt.Appendf(nil, `{"schema":"quietline.complaint/1","client_reference":"%s","language":"zh-Hans","complainant":{"name":"示例投诉人"},
		"caller":{"number":"95013000"},"calls":[{"started_at":"2024-05-20T09:15:03+08:00"}],"category":"loan","techniques":["recorded"]}`, key(n))
}

// pair connects the client with the practice endpoint; every exchange is held
// against the OpenAPI description.
func pair(t *testing.T, faults practice.Faults) (*intake.Endpoint, *testkit.Clock) {
	t.Helper()
	clock := testkit.NewClock()
	s, err := practice.New(t.Context(), practice.Params{
		Clock: clock, Source: &testkit.Source{}, Faults: faults, Token: "secret", Texts: testkit.Printer(t, l10n.Chinese),
	})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		web.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	e, err := intake.New(intake.Params{BaseURL: web.URL, Token: "secret", Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	e.Watch(func(base http.RoundTripper) http.RoundTripper { return channeltest.Contract(t, base) })
	return e, clock
}

func TestWithThePracticeEndpoint(t *testing.T) {
	e, _ := pair(t, practice.Faults{Throttle: 10})
	caps, err := e.Capabilities(t.Context())
	if err != nil || !caps.Practice || len(caps.Categories) != len(domain.Categories()) || *caps.RateLimitPerSecond != 10 {
		t.Errorf("%+v, %v", caps, err)
	}
	if out := e.FindByKey(t.Context(), key(1)); out.Kind != filing.OutcomeNotFound {
		t.Errorf("before: %+v", out)
	}
	out := e.Submit(t.Context(), key(1), body(1))
	if out.Kind != filing.OutcomeSent || out.CaseState != domain.CaseReceived {
		t.Fatalf("%+v", out)
	}
	if again := e.Submit(t.Context(), key(1), body(1)); again.ReceiptNumber != out.ReceiptNumber {
		t.Errorf("again: %+v", again)
	}
	if found := e.FindByKey(t.Context(), key(1)); found.Kind != filing.OutcomeSent || found.ReceiptNumber != out.ReceiptNumber {
		t.Errorf("found: %+v", found)
	}
	if other := e.Submit(t.Context(), key(1), body(2)); other.Kind != filing.OutcomeUnknown || other.ErrorKey != "channel.key_reused" {
		t.Errorf("other body: %+v", other)
	}
	bad := e.Submit(t.Context(), key(2), []byte(strings.Replace(string(body(2)), "loan", "nonsense", 1)))
	if bad.Kind != filing.OutcomeRejected || len(bad.Problems) != 1 || bad.Problems[0].Pointer != "/category" || bad.Problems[0].Detail != "此项不在可选范围内。" {
		t.Errorf("bad: %+v", bad)
	}
}

func TestWithTokensOfThePracticeEndpoint(t *testing.T) {
	e, clock := pair(t, practice.Faults{Accepted202: 1})
	out := e.Submit(t.Context(), key(1), body(1))
	if out.Kind != filing.OutcomeToken || out.RetryAfter != time.Second {
		t.Fatalf("%+v", out)
	}
	if p := e.PollToken(t.Context(), out.Token); p.Kind != filing.OutcomeToken || p.Token != out.Token {
		t.Errorf("at once: %+v", p)
	}
	if f := e.FindByKey(t.Context(), key(1)); f.Kind != filing.OutcomeToken || f.Token != out.Token {
		t.Errorf("found at once: %+v", f)
	}
	clock.Advance(time.Second)
	p := e.PollToken(t.Context(), out.Token)
	if f := e.FindByKey(t.Context(), key(1)); p.Kind != filing.OutcomeSent || f.Kind != filing.OutcomeSent || f.ReceiptNumber != p.ReceiptNumber {
		t.Errorf("later: %+v, found %+v", p, f)
	}
	if p := e.PollToken(t.Context(), "unknown"); p.Kind != filing.OutcomeNotFound {
		t.Errorf("unknown: %+v", p)
	}
}

// A complaint that is stored but not answered is unknown, then found by its
// key: never lost, never filed twice.
func TestWithCutsOfThePracticeEndpoint(t *testing.T) {
	e, _ := pair(t, practice.Faults{DropAfter: 0.4, DropBefore: 0.2, Error503: 0.1, Seed: 5})
	seen, kinds := map[string]bool{}, map[filing.OutcomeKind]int{}
	for n := range 40 {
		out := e.Submit(t.Context(), key(n), body(n))
		for tries := 0; out.Kind != filing.OutcomeSent && tries < 50; tries++ {
			kinds[out.Kind]++
			if out.Kind == filing.OutcomeUnknown {
				out = e.FindByKey(t.Context(), key(n))
			}
			if out.Kind == filing.OutcomeNotFound || out.Kind == filing.OutcomeRetry {
				kinds[out.Kind]++
				out = e.Submit(t.Context(), key(n), body(n))
			}
		}
		if out.Kind != filing.OutcomeSent || seen[out.ReceiptNumber] {
			t.Fatalf("complaint %d: %+v", n, out)
		}
		seen[out.ReceiptNumber] = true
	}
	for _, kind := range []filing.OutcomeKind{filing.OutcomeUnknown, filing.OutcomeNotFound, filing.OutcomeRetry} {
		if kinds[kind] == 0 {
			t.Errorf("no outcome was %s: the faults are badly chosen", kind)
		}
	}
	if n := len(seen); n != 40 {
		t.Errorf("%d receipts", n)
	}
	if last := e.Submit(t.Context(), key(99), body(99)); last.Kind == filing.OutcomeSent && !strings.HasPrefix(last.ReceiptNumber, "P20240520-000041-") {
		t.Errorf("the next number is %s: something was stored twice", last.ReceiptNumber)
	}
}

func TestWrongTokenAtThePracticeEndpoint(t *testing.T) {
	s, err := practice.New(t.Context(), practice.Params{
		Clock: testkit.NewClock(), Source: &testkit.Source{}, Token: "secret", Texts: testkit.Printer(t, l10n.English),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	web := httptest.NewServer(s.Handler())
	defer web.Close()
	e, err := intake.New(intake.Params{BaseURL: web.URL, Token: "wrong", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	if out := e.Submit(t.Context(), key(1), body(1)); out.Kind != filing.OutcomeUnauthorised {
		t.Errorf("%+v", out)
	}
}
