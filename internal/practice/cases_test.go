package practice_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/practice"
)

// story is the history of a case as "state offset" from the clock's start.
func story(t *testing.T, a answer) []string {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var out []string
	list, _ := a.doc(t)["history"].([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		at, err := time.Parse(time.RFC3339, fmt.Sprint(m["at"]))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%v %v", m["state"], at.Sub(time.Date(2024, 5, 20, 1, 0, 0, 0, time.UTC))))
	}
	return out
}

func TestCaseGoesOnByItself(t *testing.T) {
	r := start(t, nil)
	path := "/v1/complaints/" + r.filed(1)
	all := []string{"received 0s", "accepted 20s", "transferred 1m0s", "investigating 2m0s", "action_taken 5m0s", "closed 10m0s"}
	for _, tc := range []struct {
		advance time.Duration
		known   int
	}{
		{0, 1},
		{20*time.Second - time.Millisecond, 1},
		{time.Millisecond, 2},
		{40 * time.Second, 3},
		{time.Minute, 4},
		{3 * time.Minute, 5},
		{5 * time.Minute, 6},
		{1000 * time.Hour, 6},
	} {
		r.clock.Advance(tc.advance)
		a := r.get(path)
		if diff := cmp.Diff(all[:tc.known], story(t, a)); diff != "" {
			t.Errorf("at %v (-want +got):\n%s", r.clock.Now(), diff)
		}
		if got, want := a.text(t, "case_state"), fmt.Sprint(a.doc(t)["history"].([]any)[tc.known-1].(map[string]any)["state"]); got != want {
			t.Errorf("case_state %q, last of the history %q", got, want)
		}
	}
}

func TestEntityTag(t *testing.T) {
	r := start(t, nil)
	path := "/v1/complaints/" + r.filed(1)
	tag := r.get(path).header.Get("ETag")
	for _, header := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		a := r.get(path, "If-None-Match", header)
		if a.status != http.StatusNotModified || a.body != "" || a.header.Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d %q", header, a.status, a.body)
		}
	}
	if a := r.get(path, "If-None-Match", `"other"`); a.status != http.StatusOK {
		t.Errorf("another tag: %d", a.status)
	}
	r.clock.Advance(20 * time.Second)
	if a := r.get(path, "If-None-Match", tag); a.status != http.StatusOK || a.header.Get("ETag") == tag {
		t.Errorf("after a change: %d %s", a.status, a.header.Get("ETag"))
	}
}

func TestWithdrawal(t *testing.T) {
	r := start(t, nil)
	path := "/v1/complaints/" + r.filed(1)
	for body, slug := range map[string]string{
		`{}`: "invalid-withdrawal", `{"reason":""}`: "invalid-withdrawal", `[]`: "invalid-withdrawal", `{`: "malformed-json",
	} {
		if a := r.do(http.MethodPost, path+"/withdrawal", body); a.problem(t) != slug {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	r.clock.Advance(time.Minute)
	a := r.do(http.MethodPost, path+"/withdrawal", `{"reason":"已解决"}`)
	r.clock.Advance(time.Hour)
	want := []string{"received 0s", "accepted 20s", "transferred 1m0s", "closed 1m0s"}
	if diff := cmp.Diff(want, story(t, a)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(want, story(t, r.get(path))); diff != "" {
		t.Errorf("later (-want +got):\n%s", diff)
	}
	if a := r.do(http.MethodPost, path+"/withdrawal", `{"reason":"再撤一次"}`); a.status != http.StatusConflict || a.problem(t) != "case-closed" {
		t.Errorf("twice: %d %s", a.status, a.body)
	}
	late := "/v1/complaints/" + r.filed(2) + "/withdrawal"
	r.clock.Advance(10 * time.Minute)
	if a := r.do(http.MethodPost, late, `{"reason":"太晚"}`); a.status != http.StatusConflict {
		t.Errorf("after it was closed: %d %s", a.status, a.body)
	}
	none := "/v1/complaints/" + practice.ReceiptNumber(77, r.clock.Now()) + "/withdrawal"
	if a := r.do(http.MethodPost, none, `{"reason":"x"}`); a.status != http.StatusNotFound {
		t.Errorf("of nothing: %d %s", a.status, a.body)
	}
}

func TestListChangedSince(t *testing.T) {
	r := start(t, nil)
	const n = 230
	numbers := map[string]bool{}
	for i := range n {
		numbers[r.filed(i)] = true
	}
	r.clock.Advance(25 * time.Second) // all are accepted now
	since := "/v1/complaints?updated_since=" + url.QueryEscape("2024-05-20T09:00:20+08:00")
	cursor, pages := "", 0
	for pages = 1; ; pages++ {
		a := r.get(since + cursor)
		for _, item := range items(t, a) {
			m, _ := item.(map[string]any)
			if m["case_state"] != "accepted" || m["note"] == "" {
				t.Errorf("item %v", m)
			}
			delete(numbers, fmt.Sprint(m["receipt_number"]))
		}
		next, said := a.doc(t)["next"]
		if !said {
			t.Fatalf("page %d does not say whether there is more", pages)
		}
		if next == nil {
			break
		}
		cursor = "&cursor=" + url.QueryEscape(fmt.Sprint(next))
		r.clock.Advance(time.Millisecond)
	}
	if len(numbers) != 0 || pages != 3 {
		t.Errorf("%d complaints missing after %d pages", len(numbers), pages)
	}
	if l := items(t, r.get("/v1/complaints?updated_since=2024-05-20T01:00:20.001Z")); len(l) != 0 {
		t.Errorf("%d items changed after the last change", len(l))
	}
}

// A page that is just full is the last one where nothing comes after it.
func TestLastPageIsFull(t *testing.T) {
	r := start(t, nil)
	const size = 100
	for i := range size {
		r.filed(i)
	}
	path := "/v1/complaints?updated_since=2024-05-20T00:00:00Z"
	if a := r.get(path); len(items(t, a)) != size || a.doc(t)["next"] != nil {
		t.Errorf("%d items, next %v", len(items(t, a)), a.doc(t)["next"])
	}
	last := r.filed(size)
	a := r.get(path)
	next := a.text(t, "next")
	if len(items(t, a)) != size || next == "" {
		t.Fatalf("%d items, next %q", len(items(t, a)), next)
	}
	if item := only(t, r.get(path+"&cursor="+url.QueryEscape(next))); item["receipt_number"] != last {
		t.Errorf("the second page has %v, want %s", item, last)
	}
}

func TestListByKey(t *testing.T) {
	r := start(t, nil)
	number := r.filed(1)
	item := only(t, r.get("/v1/complaints?idempotency_key="+key(1)))
	if item["receipt_number"] != number || item["case_state"] != "received" || item["history"] == nil {
		t.Errorf("%v", item)
	}
	none := r.get("/v1/complaints?idempotency_key=" + key(2))
	if l := items(t, none); len(l) != 0 {
		t.Errorf("an unknown key gives %v", l)
	}
	if _, said := none.doc(t)["next"]; said {
		t.Errorf("an answer that has no pages tells of one: %s", none.body)
	}
	for _, query := range []string{
		"", "?idempotency_key=", "?idempotency_key=1", "?updated_since=yesterday", "?updated_since=",
		"?updated_since=2024-05-20T00:00:00Z&idempotency_key=" + key(1), "?idempotency_key=" + key(1) + "&cursor=1",
		"?updated_since=2024-05-20T00:00:00Z&cursor=x", "?updated_since=2024-05-20T00:00:00Z&cursor=-1", "?%zz",
	} {
		if a := r.get("/v1/complaints" + query); a.status != http.StatusBadRequest || a.problem(t) != "invalid-query" {
			t.Errorf("%q: %d %s", query, a.status, a.body)
		}
	}
}

// The check digit finds every single wrong digit and every swap of neighbours
// that matters when a number is read over the telephone.
func TestReceiptCheckDigit(t *testing.T) {
	number := practice.ReceiptNumber(123456, time.Date(2024, 5, 20, 0, 0, 0, 0, domain.China()))
	if !practice.ValidReceipt(number) {
		t.Fatalf("%s is not valid", number)
	}
	for i := range number {
		if number[i] < '0' || number[i] > '9' {
			continue
		}
		for d := byte('0'); d <= '9'; d++ {
			wrong := []byte(number)
			wrong[i] = d
			if got := practice.ValidReceipt(string(wrong)); got != (d == number[i]) {
				t.Errorf("%s instead of %s: valid %v", wrong, number, got)
			}
		}
	}
	// ISO/IEC 7064 gives 0794 with check digit 5 as an example.
	if got := practice.CheckDigit("0794"); got != 5 {
		t.Errorf("check digit of 0794 is %d", got)
	}
	for _, bad := range []string{"", "P", "P20240520-00001-1", number + " ", " " + number, "p" + number[1:]} {
		if practice.ValidReceipt(bad) {
			t.Errorf("%q is valid", bad)
		}
	}
}
