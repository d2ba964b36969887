package practice_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"quietline/internal/practice"
)

func TestFileAndReplay(t *testing.T) {
	r := start(t, nil)
	first := r.file(1, complaint(1))
	if first.status != http.StatusCreated {
		t.Fatalf("%d %s", first.status, first.body)
	}
	number := first.text(t, "receipt_number")
	if number != "P20240520-000001-"+number[len(number)-1:] {
		t.Errorf("receipt number %q", number)
	}
	if got := first.text(t, "received_at"); got != "2024-05-20T09:00:00.000+08:00" {
		t.Errorf("received at %q", got)
	}
	if first.header.Get("Idempotency-Replayed") != "" {
		t.Error("the first answer says that it is a replay")
	}
	if got := first.header.Get("Location"); got != "/v1/complaints/"+number {
		t.Errorf("Location %q", got)
	}
	r.clock.Advance(48 * time.Hour)
	again := r.file(1, complaint(1))
	if again.status != http.StatusCreated || again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("the replay is %d %s, want the first answer %s", again.status, again.body, first.body)
	}
	upper := r.file(1, complaint(1), "Idempotency-Key", strings.ToUpper(quoted(1)))
	if upper.body != first.body {
		t.Errorf("the key in capitals gives %s", upper.body)
	}
}

func TestKeyReusedWithOtherBytes(t *testing.T) {
	r := start(t, nil)
	r.filed(1)
	for name, body := range map[string]string{
		"other complaint": complaint(2),
		"a space more":    complaint(1) + " ",
		"invalid":         `{}`,
	} {
		a := r.file(1, body)
		if a.status != http.StatusUnprocessableEntity || a.problem(t) != "idempotency-key-reused" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestRefusedComplaintLeavesTheKeyFree(t *testing.T) {
	r := start(t, nil)
	if a := r.file(1, `{}`); a.problem(t) != "invalid-complaint" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	r.filed(1)
}

func TestRequestsThatCannotBeRead(t *testing.T) {
	r := start(t, nil)
	big := complaint(1, func(m map[string]any) { m["unknown"] = strings.Repeat("x", 1<<20) })
	for _, tc := range []struct {
		name, body string
		header     []string
		status     int
		slug       string
	}{
		{"no key", complaint(1), []string{"Idempotency-Key", ""}, 400, "idempotency-key-missing"},
		{"key without quotation marks", complaint(1), []string{"Idempotency-Key", key(1)}, 400, "idempotency-key-invalid"},
		{"key that is no UUID", complaint(1), []string{"Idempotency-Key", `"1"`}, 400, "idempotency-key-invalid"},
		{"one quotation mark", complaint(1), []string{"Idempotency-Key", `"`}, 400, "idempotency-key-invalid"},
		{"no content type", complaint(1), []string{"Content-Type", ""}, 415, "media-type"},
		{"form", complaint(1), []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "media-type"},
		{"other charset", complaint(1), []string{"Content-Type", "application/json; charset=gbk"}, 415, "media-type"},
		{"compressed", complaint(1), []string{"Content-Encoding", "gzip"}, 415, "media-type"},
		{"not JSON", "{", nil, 400, "malformed-json"},
		{"two documents", "{}{}", nil, 400, "malformed-json"},
		{"not UTF-8", "{\"a\":\"\xff\"}", nil, 400, "malformed-json"},
		{"too large", big, nil, 413, "body-too-large"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := r.file(1, tc.body, tc.header...)
			if a.status != tc.status || a.problem(t) != tc.slug {
				t.Errorf("%d %s, want %d %s", a.status, a.body, tc.status, tc.slug)
			}
		})
	}
	if a := r.file(1, complaint(1), "Content-Type", "application/json; charset=UTF-8"); a.status != http.StatusCreated {
		t.Errorf("after all of them: %d %s", a.status, a.body)
	}
}

func TestTokenBecomesReceipt(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Faults.Accepted202 = 1 })
	a := r.file(1, complaint(1))
	token := a.text(t, "token")
	if a.status != http.StatusAccepted || token == "" || a.header.Get("Retry-After") != "1" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if again := r.file(1, complaint(1)); again.status != a.status || again.body != a.body || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("the replay is %d %s", again.status, again.body)
	}
	if p := r.get("/v1/tokens/" + token); p.status != http.StatusAccepted {
		t.Errorf("at once: %d %s", p.status, p.body)
	}
	item := only(t, r.get("/v1/complaints?idempotency_key="+key(1)))
	if item["token"] != token || item["receipt_number"] != nil {
		t.Errorf("by key, at once: %v", item)
	}
	if l := r.get("/v1/complaints?updated_since=2024-05-01T00:00:00Z"); len(items(t, l)) != 0 {
		t.Errorf("by time, at once: %s", l.body)
	}
	r.clock.Advance(time.Second)
	p := r.get("/v1/tokens/" + token)
	number := p.text(t, "receipt_number")
	if p.status != http.StatusOK || number == "" {
		t.Fatalf("a second later: %d %s", p.status, p.body)
	}
	item = only(t, r.get("/v1/complaints?idempotency_key="+key(1)))
	if item["token"] != token || item["receipt_number"] != number {
		t.Errorf("by key, a second later: %v", item)
	}
	if item := only(t, r.get("/v1/complaints?updated_since=2024-05-20T09:00:01%2B08:00")); item["receipt_number"] != number {
		t.Errorf("by time, a second later: %v", item)
	}
	if p := r.get("/v1/tokens/unknown"); p.status != http.StatusNotFound || p.problem(t) != "not-found" {
		t.Errorf("an unknown token: %d %s", p.status, p.body)
	}
}

// Many clients at once, some with the same key: every key is filed once, and
// nobody sees an answer that the contract does not know.
func TestConcurrentFiling(t *testing.T) {
	r := start(t, nil)
	const keys, clients = 10, 4
	var mu sync.Mutex
	numbers := map[int]map[string]bool{}
	var wg sync.WaitGroup
	for n := range keys {
		for range clients {
			wg.Go(func() {
				a, err := r.try(http.MethodPost, "/v1/complaints", complaint(n), "Idempotency-Key", quoted(n))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil:
					t.Error(err)
				case a.status == http.StatusCreated:
					if numbers[n] == nil {
						numbers[n] = map[string]bool{}
					}
					numbers[n][a.text(t, "receipt_number")] = true
				case a.status != http.StatusConflict || a.problem(t) != "request-in-progress":
					t.Errorf("%d %s", a.status, a.body)
				}
			})
		}
	}
	wg.Wait()
	all := map[string]bool{}
	for n := range keys {
		if len(numbers[n]) != 1 {
			t.Errorf("key %d has the receipts %v", n, numbers[n])
		}
		for number := range numbers[n] {
			all[number] = true
		}
	}
	if len(all) != keys {
		t.Errorf("%d different receipt numbers for %d complaints", len(all), keys)
	}
}

func TestSecondRequestWhileTheFirstRuns(t *testing.T) {
	r := start(t, nil)
	end, ok := practice.Begin(r.server, key(1))
	if !ok {
		t.Fatal("the key is taken")
	}
	a := r.file(1, complaint(1))
	if a.status != http.StatusConflict || a.problem(t) != "request-in-progress" || a.header.Get("Retry-After") != "1" {
		t.Errorf("%d %s", a.status, a.body)
	}
	r.filed(2)
	end()
	r.filed(1)
}

func TestRestartKeepsEverything(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Faults = practice.Faults{Accepted202: 0.5, Seed: 3} })
	answers := map[int]answer{}
	for n := range 20 {
		answers[n] = r.file(n, complaint(n))
	}
	if err := r.server.Close(); err != nil {
		t.Fatal(err)
	}
	again := start(t, func(p *practice.Params) { p.Path = r.path })
	tokens := 0
	for n, first := range answers {
		a := again.file(n, complaint(n))
		if a.status != first.status || a.body != first.body || a.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("complaint %d: %d %s, before %d %s", n, a.status, a.body, first.status, first.body)
		}
		if a.status == http.StatusAccepted {
			tokens++
		}
	}
	if tokens == 0 || tokens == 20 {
		t.Errorf("%d tokens of 20: the draw is no draw", tokens)
	}
	if got := again.filed(99); !strings.HasPrefix(got, "P20240520-000021-") {
		t.Errorf("the next number is %s", got)
	}
}

func items(t *testing.T, a answer) []any {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	l, ok := a.doc(t)["items"].([]any)
	if !ok {
		t.Fatalf("no items: %s", a.body)
	}
	return l
}

func only(t *testing.T, a answer) map[string]any {
	t.Helper()
	l := items(t, a)
	if len(l) != 1 {
		t.Fatal(fmt.Sprint(len(l), " items: ", a.body))
	}
	m, _ := l[0].(map[string]any)
	return m
}

// Two processes on one file: the one that comes second under a key answers
// with what the first one filed.
func TestTwoEndpointsOnOneFile(t *testing.T) {
	r := start(t, nil)
	other := start(t, func(p *practice.Params) { p.Path = r.path })
	rec, added, err := practice.Add(t.Context(), r.server, key(1), []byte(complaint(1)), r.clock.Now())
	if err != nil || !added {
		t.Fatal(added, err)
	}
	again, added, err := practice.Add(t.Context(), other.server, key(1), []byte(complaint(2)), r.clock.Now())
	if err != nil || added || again != rec {
		t.Errorf("%q, %v, %v, want %q", again, added, err, rec)
	}
	if a, b := r.filed(2), other.filed(3); a == b {
		t.Errorf("both give %s", a)
	}
}
