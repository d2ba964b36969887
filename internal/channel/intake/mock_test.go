package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// mockReceipt is the receipt number in the examples of the description.
const mockReceipt = "P20240520-000001-9"

// preferring asks the mock for one of the answers that the description has, by
// its status or by the name of its example (Prism's header Prefer), and reports
// what the mock finds wrong with a request.
type preferring struct {
	t      *testing.T
	base   http.RoundTripper
	prefer string
}

func (p *preferring) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.prefer != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Prefer", p.prefer)
	}
	resp, err := p.base.RoundTrip(r)
	if err == nil && resp.Header.Get("Sl-Violations") != "" {
		p.t.Errorf("%s %s: %s", r.Method, r.URL.Path, resp.Header.Get("Sl-Violations"))
	}
	return resp, err
}

// TestAgainstTheMock runs under `make test-contract`, which starts the mock: an
// independent program that knows nothing but the description.
func TestAgainstTheMock(t *testing.T) {
	url := os.Getenv("QUIETLINE_CONTRACT_MOCK")
	if url == "" {
		t.Skip("make test-contract starts the mock")
	}
	e, err := intake.New(intake.Params{BaseURL: url, Token: "secret", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	p := &preferring{t: t}
	e.Watch(func(base http.RoundTripper) http.RoundTripper {
		p.base = channeltest.Contract(t, base)
		return p
	})
	since := time.Date(2024, 5, 20, 0, 0, 0, 0, domain.China())
	submit := func(ctx context.Context) string { return outcome(e.Submit(ctx, key(1), body(1))) }
	find := func(ctx context.Context) string { return outcome(e.FindByKey(ctx, key(1))) }
	poll := func(ctx context.Context) string {
		return outcome(e.PollToken(ctx, "2f1c7d0e-9f55-4a39-8a52-0b6f5b1c2d3e"))
	}
	list := func(ctx context.Context) string { return listed(e.ChangedCases(ctx, since, "")) }
	next := func(ctx context.Context) string { return listed(e.ChangedCases(ctx, since, "1")) }
	read := func(ctx context.Context) string { return told(e.ReadCase(ctx, mockReceipt, `"4d5f0c7a9b1e2f30"`)) }
	withdraw := func(ctx context.Context) string { return told(e.Withdraw(ctx, mockReceipt, "对方已道歉")) }
	capabilities := func(ctx context.Context) string {
		c, err := e.Capabilities(ctx)
		return strings.TrimSpace(domain.KeyOf(err) + " " + c.Name)
	}
	for _, tc := range []struct {
		name, prefer string
		ask          func(context.Context) string
		want         string
	}{
		{"capabilities", "", capabilities, "Practice endpoint"},
		{"capabilities", "code=401", capabilities, "channel.unauthorised"},
		{"capabilities", "code=503", capabilities, "channel.endpoint_down"},
		{"submit", "", submit, "sent " + mockReceipt},
		{"submit", "code=202", submit, "token 2f1c7d0e-9f55-4a39-8a52-0b6f5b1c2d3e"},
		{"submit", "code=400", submit, "rejected channel.rejected"},
		{"submit", "code=401", submit, "unauthorised channel.unauthorised"},
		{"submit", "code=403", submit, "forbidden channel.forbidden"},
		{"submit", "code=405", submit, "rejected channel.not_intake"},
		{"submit", "code=408", submit, "retry channel.try_later"},
		{"submit", "code=409", submit, "retry channel.in_progress"},
		{"submit", "code=413", submit, "rejected channel.too_large"},
		{"submit", "code=415", submit, "rejected channel.rejected"},
		{"submit", "code=422, example=fields", submit, "rejected channel.fields_rejected"},
		{"submit", "code=422, example=reused", submit, "unknown channel.key_reused"},
		{"submit", "code=425", submit, "retry channel.try_later"},
		{"submit", "code=429", submit, "retry channel.too_many_requests"},
		{"submit", "code=500", submit, "retry channel.endpoint_fault"},
		{"submit", "code=502", submit, "retry channel.endpoint_fault"},
		{"submit", "code=503", submit, "retry channel.endpoint_down"},
		{"find", "example=by_key", find, "sent " + mockReceipt},
		{"find", "example=by_token", find, "token 2f1c7d0e-9f55-4a39-8a52-0b6f5b1c2d3e"},
		{"find", "example=none", find, "not_found"},
		{"poll", "", poll, "sent " + mockReceipt},
		{"poll", "code=202", poll, "token 2f1c7d0e-9f55-4a39-8a52-0b6f5b1c2d3e"},
		{"poll", "code=404", poll, "not_found"},
		{"list", "example=last_page", list, "read accepted"},
		{"list", "example=changed", list, "read accepted and 1"},
		{"list", "example=none", next, "read"},
		{"list", "code=429", next, "failed retry channel.too_many_requests"},
		{"case", "", read, "read accepted of 2"},
		{"case", "code=304", read, "unchanged"},
		{"case", "code=404", read, "missing rejected case.missing"},
		{"case", "code=403", read, "failed forbidden channel.forbidden"},
		{"withdraw", "", withdraw, "read closed of 2"},
		{"withdraw", "code=409", withdraw, "closed_already rejected withdrawal.closed"},
		{"withdraw", "code=422", withdraw, "failed rejected channel.fields_rejected"},
		{"withdraw", "code=404", withdraw, "missing rejected case.missing"},
	} {
		p.prefer = tc.prefer
		if got := tc.ask(t.Context()); got != tc.want {
			t.Errorf("%s, %s: %q, want %q", tc.name, tc.prefer, got, tc.want)
		}
	}
	file := []byte("\x89PNG not really")
	sum := sha256.Sum256(file)
	for prefer, want := range map[string]int{"": 201, "code=204": 204, "code=413": 413, "code=415": 415, "code=422": 422} {
		p.prefer = prefer
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url+"/v1/complaints/"+mockReceipt+"/evidence/"+hex.EncodeToString(sum[:]), bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "image/png")
		resp, err := p.RoundTrip(r)
		if err != nil || resp.StatusCode != want {
			t.Errorf("evidence, %s: %+v, %v", prefer, resp, err)
		}
		if err == nil {
			_ = resp.Body.Close()
		}
	}
}

func outcome(o filing.Outcome) string {
	return strings.TrimSpace(string(o.Kind) + " " + o.ErrorKey + o.ReceiptNumber + o.Token)
}

func told(a filing.CaseAnswer) string {
	if a.Result == filing.CaseRead {
		return string(a.Result) + " " + string(a.Case.State) + " of " + string(rune('0'+len(a.Case.History)))
	}
	return strings.TrimSpace(string(a.Result) + " " + outcome(a.Failure))
}

func listed(p filing.CasePage) string {
	text := string(p.Result)
	for _, c := range p.Cases {
		text += " " + string(c.State)
	}
	if p.Next != "" {
		text += " and " + p.Next
	}
	return strings.TrimSpace(text + " " + outcome(p.Failure))
}
