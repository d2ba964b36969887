package practice_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/practice"
)

func with(t *testing.T, spec string) func(*practice.Params) {
	t.Helper()
	faults, err := practice.ParseFaults(spec)
	if err != nil {
		t.Fatal(err)
	}
	return func(p *practice.Params) { p.Faults = faults }
}

// Every fault before the work leaves nothing behind.
func TestRefusalsOnPurposeStoreNothing(t *testing.T) {
	for name, want := range map[string]struct {
		status int
		slug   string
		retry  string
	}{
		"error401": {401, "unauthorised", ""}, "error403": {403, "forbidden", ""}, "error408": {408, "request-timeout", ""},
		"error409": {409, "request-in-progress", "1"}, "error413": {413, "body-too-large", ""}, "error422": {422, "invalid-complaint", ""},
		"error425": {425, "too-early", ""}, "error429": {429, "too-many-requests", "1"},
		"error429_date": {429, "too-many-requests", "Mon, 20 May 2024 01:00:01 GMT"},
		"error500":      {500, "internal", ""}, "error502": {502, "bad-gateway", ""}, "error503": {503, "unavailable", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, with(t, name+"=1"))
			a := r.file(1, complaint(1))
			if a.status != want.status || a.problem(t) != want.slug || a.header.Get("Retry-After") != want.retry {
				t.Errorf("%d %s %v", a.status, a.body, a.header)
			}
			if l := items(t, r.get("/v1/complaints?idempotency_key="+key(1))); len(l) != 0 {
				t.Errorf("stored: %v", l)
			}
		})
	}
}

func TestRedirectsOnPurpose(t *testing.T) {
	for name, status := range map[string]int{"redirect": 302, "redirect307": 307} {
		r := start(t, with(t, name+"=1"))
		r.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		r.client.Transport = http.DefaultTransport // no answer of the contract
		a := r.file(1, complaint(1))
		if a.status != status || a.header.Get("Location") != "https://elsewhere.example/v1/complaints" {
			t.Errorf("%s: %d %v", name, a.status, a.header)
		}
	}
}

// Every fault after the work leaves the complaint with the endpoint, and the
// client without a usable answer.
func TestSpoiltAnswersAreStored(t *testing.T) {
	for name, usable := range map[string]func(a answer, err error) bool{
		"drop_after":   func(_ answer, err error) bool { return err == nil },
		"cut":          func(_ answer, err error) bool { return err == nil },
		"wrong_type":   func(a answer, _ error) bool { return a.header.Get("Content-Type") != "text/html; charset=utf-8" },
		"invalid_json": func(a answer, err error) bool { return err != nil || strings.HasSuffix(a.body, "}") },
		"no_receipt":   func(a answer, err error) bool { return err != nil || a.body != "{}" || a.status != 201 },
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, with(t, name+"=1"))
			watched := r.client.Transport
			r.client.Transport = http.DefaultTransport
			if a, err := r.try(http.MethodPost, "/v1/complaints", complaint(1), "Idempotency-Key", quoted(1)); usable(a, err) {
				t.Errorf("%d %q %v", a.status, a.body, err)
			}
			r.client.Transport = watched
			if item := only(t, r.get("/v1/complaints?idempotency_key="+key(1))); item["receipt_number"] == nil {
				t.Errorf("not stored: %v", item)
			}
		})
	}
}

// Who waits for an answer that does not come gives up; the endpoint does not.
func TestAnswersThatDoNotEnd(t *testing.T) {
	for name, stored := range map[string]int{"timeout_before": 0, "timeout_after": 1, "slow": 1, "endless": 1} {
		t.Run(name, func(t *testing.T) {
			r := start(t, with(t, name+"=1"))
			watched := r.client.Transport
			ctx, giveUp := context.WithCancel(t.Context())
			defer giveUp()
			r.client.Transport = &impatient{give: giveUp, after: name != "timeout_before" && name != "timeout_after"}
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url+"/v1/complaints", strings.NewReader(complaint(1)))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Idempotency-Key", quoted(1))
			if resp, err := r.client.Do(req); err == nil {
				_ = resp.Body.Close()
			}
			r.client.Transport = watched
			for len(items(t, r.get("/v1/complaints?idempotency_key="+key(1)))) != stored {
				continue // the request is still being looked at
			}
		})
	}
}

// impatient gives up once the request has gone, or once an answer begins.
type impatient struct {
	give  func()
	after bool
}

func (i *impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	if !i.after {
		r.Body = &told{ReadCloser: r.Body, end: i.give}
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	i.give()
	return resp, err
}

func TestFaultsOfOtherCalls(t *testing.T) {
	r := start(t, with(t, "drop_after=1,on=withdrawals"))
	path := "/v1/complaints/" + r.filed(1)
	if a, err := r.try(http.MethodPost, path+"/withdrawal", `{"reason":"x"}`); err == nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := r.get(path); a.text(t, "case_state") != "closed" {
		t.Errorf("not withdrawn: %s", a.body)
	}
	r = start(t, with(t, "error500=1,on=cases"))
	number := r.filed(1)
	if a := r.get("/v1/complaints/" + number); a.status != 500 {
		t.Errorf("%d", a.status)
	}
	if a := r.get("/v1/capabilities"); a.status != 200 {
		t.Errorf("%d", a.status)
	}
}

// A seed draws how cases end, the same each time; the pace is that of all.
func TestCoursesAndPace(t *testing.T) {
	const n = 40
	states := func(spec string) map[string]int {
		r := start(t, with(t, spec))
		seen := map[string]int{}
		for i := range n {
			number := r.filed(i)
			r.clock.Advance(2 * time.Second) // ten minutes and more at this pace
			a := r.get("/v1/complaints/" + number)
			for _, e := range a.doc(t)["history"].([]any) {
				seen[e.(map[string]any)["state"].(string)]++
			}
		}
		return seen
	}
	first := states("pace=500x,seed=7")
	if again := states("pace=500x,seed=7"); len(again) != len(first) || again["closed"] != first["closed"] {
		t.Errorf("%v, then %v", first, again)
	}
	for _, state := range []string{
		"received", "accepted", "rejected_insufficient", "rejected_out_of_scope", "transferred", "investigating", "action_taken",
		"no_action", "duplicate", "closed", "reopened",
	} {
		if first[state] == 0 {
			t.Errorf("no case was ever %s: %v", state, first)
		}
	}
	if usual := states("pace=500x"); usual["closed"] != n || usual["reopened"] != 0 {
		t.Errorf("without a seed: %v", usual)
	}
}
