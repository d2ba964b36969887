package channel_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// fault is something that goes wrong between the outbox and an endpoint, with
// what follows. docs/faults.md is made of this table.
type fault struct {
	en, zh string
	// do goes wrong with a complaint that was posted.
	do func(s *site, w http.ResponseWriter, r *http.Request)
	// reach gives a channel that does not reach the site at all; nil where it does.
	reach func(t *testing.T, s *site) domain.Channel

	outcome domain.AttemptOutcome
	state   domain.SendState
	// status is the one of the answer, 0 where none came.
	status int
	key    string
	// due is how much later the next try is; never where there is none.
	due time.Duration
	// paused is why the channel stops, held for how long it is put off.
	paused string
	held   time.Duration
	// problems is how many fields the endpoint marks.
	problems int
}

const (
	never = -1
	// anyStatus: the answer breaks off before or after its status was read.
	anyStatus = -1
)

// problem answers with a problem document.
func problem(status int, more string, header ...string) func(*site, http.ResponseWriter, *http.Request) {
	return func(_ *site, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"type":"https://endpoint.example/problems/x","title":"No","status":%d%s}`, status, more)
	}
}

// reply answers with any body.
func reply(status int, contentType, body string) func(*site, http.ResponseWriter, *http.Request) {
	return func(_ *site, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// faults are in the order of the document. The clock of these tests stands at
// testkit.Epoch.
func faults() []fault {
	inAnHour := testkit.Epoch().Add(time.Hour).UTC().Format(http.TimeFormat)
	now := testkit.Epoch().UTC().Format(http.TimeFormat)
	retry := func(en, zh string, status int, key string, do func(*site, http.ResponseWriter, *http.Request)) fault {
		return fault{en: en, zh: zh, do: do, outcome: domain.AttemptRetry, state: domain.SendRetry, status: status, key: key}
	}
	unknown := func(en, zh string, status int, key string, do func(*site, http.ResponseWriter, *http.Request)) fault {
		return fault{en: en, zh: zh, do: do, outcome: domain.AttemptUnknown, state: domain.SendUnknown, status: status, key: key}
	}
	final := func(en, zh string, status int, key string, problems int, do func(*site, http.ResponseWriter, *http.Request)) fault {
		return fault{
			en: en, zh: zh, do: do, outcome: domain.AttemptFailed, state: domain.SendFailed, status: status, key: key,
			due: never, problems: problems,
		}
	}
	stop := func(en, zh string, status int, key, paused string) fault {
		return fault{
			en: en, zh: zh, do: problem(status, ""), outcome: domain.AttemptPaused, state: domain.SendQueued, status: status,
			key: key, paused: paused,
		}
	}
	hold := func(f fault, wait time.Duration) fault {
		f.due, f.held = wait, wait
		return f
	}
	away := func(f fault, reach func(*testing.T, *site) domain.Channel) fault {
		f.reach = reach
		return f
	}
	return []fault{
		away(retry("Network gone: connection refused", "网络中断：连接被拒绝", 0, "channel.unreachable", nil), closedPort),
		away(retry("Timeout before the complaint was sent", "提交之前超时", 0, "channel.connect_timeout", nil), silentPort),
		away(retry("TLS: the certificate is of an unknown authority", "TLS：证书来自未知机构", 0, "channel.tls_failed", nil), unknownAuthority),
		unknown("Timeout after the complaint was sent", "提交之后超时", 0, "channel.no_answer", (*site).hang),
		unknown("Connection cut instead of an answer", "未答复即断开连接", 0, "channel.no_answer", (*site).cut),
		unknown("Slow answer: it stops in the middle until the time is up", "答复过慢：中途停顿直到超时", anyStatus, "channel.no_answer", (*site).stall),
		unknown("Endless answer (over 1 MiB)", "答复没有尽头（超过 1 MiB）", 201, "channel.answer_too_large", (*site).endless),
		unknown("Answer of another type (201 with HTML)", "答复类型不对（201，内容是 HTML）", 201, "channel.answer_unusable", reply(201, "text/html", "<p>OK</p>")),
		unknown("Answer that is no valid JSON", "答复不是有效的 JSON", 201, "channel.answer_unusable", reply(201, "application/json", `{"receipt_number":`)),
		unknown("Answer without a receipt number", "答复中没有回执编号", 201, "channel.answer_unusable", reply(201, "application/json", `{"case_state":"received"}`)),
		unknown("Success of another kind (200 with a page)", "另一种成功（200，返回网页）", 200, "channel.answer_unusable", reply(200, "text/html", "<p>OK</p>")),
		unknown("Redirect to another host (302)", "重定向到另一台主机（302）", 302, "channel.redirect_refused", redirect(302)),
		retry("Redirect to another host (307)", "重定向到另一台主机（307）", 307, "channel.redirect_refused", redirect(307)),
		stop("401", "401", 401, "channel.unauthorised", domain.PausedUnauthorised),
		stop("403", "403", 403, "channel.forbidden", domain.PausedForbidden),
		retry("408", "408", 408, "channel.try_later", problem(408, "")),
		retry("409: the first request with this key is still running", "409：同一幂等键的前一请求仍在处理", 409, "channel.in_progress", problem(409, "")),
		final("413", "413", 413, "channel.too_large", 0, problem(413, "")),
		final("422 with pointers to fields", "422，指出有误的字段", 422, "channel.fields_rejected", 1,
			problem(422, `,"errors":[{"pointer":"/category","code":"invalid_value","detail":"Not this one."}]`)),
		unknown("422: the endpoint holds another body under the key", "422：受理端在同一幂等键下存有另外的内容", 422, "channel.key_reused",
			reply(422, "application/problem+json", `{"type":"https://endpoint.example/problems/idempotency-key-reused"}`)),
		retry("425", "425", 425, "channel.try_later", problem(425, "")),
		hold(retry("429, Retry-After in seconds (600)", "429，Retry-After 为秒数（600）", 429, "channel.too_many_requests",
			problem(429, "", "Retry-After", "600")), 10*time.Minute),
		hold(retry("429, Retry-After as a date (in an hour)", "429，Retry-After 为日期（一小时后）", 429, "channel.too_many_requests",
			problem(429, "", "Retry-After", inAnHour, "Date", now)), time.Hour),
		retry("500", "500", 500, "channel.endpoint_fault", problem(500, "")),
		retry("502 with a page", "502，返回网页", 502, "channel.endpoint_fault", reply(502, "text/html", "<h1>Bad Gateway</h1>")),
		hold(retry("503, Retry-After 120", "503，Retry-After 为 120", 503, "channel.endpoint_down",
			problem(503, "", "Retry-After", "120")), 2*time.Minute),
	}
}

func redirect(status int) func(*site, http.ResponseWriter, *http.Request) {
	return func(s *site, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", s.other.URL+"/v1/complaints")
		w.WriteHeader(status)
	}
}

// TestFaults lets each fault happen to a complaint in the outbox, looks at what
// is written down, takes the fault away and lets the outbox go on. In the end
// the endpoint holds the complaint once, whether or not it had stored it before
// the fault, or never where it had refused it for good.
func TestFaults(t *testing.T) {
	for _, f := range faults() {
		stored := []bool{false}
		if f.state == domain.SendUnknown {
			stored = append(stored, true)
		}
		for _, s := range stored {
			name := f.en
			if s {
				name += ", stored"
			}
			t.Run(strings.ReplaceAll(name, "/", " "), func(t *testing.T) { f.test(t, s) })
		}
	}
}

func (f fault) test(t *testing.T, stored bool) {
	d := newDesk(t, f, stored)
	d.sendOnce()
	f.check(t, d)
	d.heal()
	d.sendAll()
	got := d.complaint()
	if f.state == domain.SendFailed {
		if got.SendState != domain.SendFailed || len(d.site.filed) != 0 {
			t.Errorf("it is %s in the end, and the endpoint holds %v", got.SendState, d.site.filed)
		}
		return
	}
	if got.SendState != domain.SendSent || len(d.site.filed) != 1 || d.site.filed[d.site.key] != got.ReceiptNumber {
		t.Errorf("it is %s with the receipt %q, and the endpoint holds %v", got.SendState, got.ReceiptNumber, d.site.filed)
	}
	if d.site.changed || d.site.elsewhere {
		t.Errorf("another key or body: %v, another host: %v", d.site.changed, d.site.elsewhere)
	}
	// What may have arrived is asked about before anything is sent again.
	after := strings.Join(d.site.asked, " ")
	want := "POST"
	switch {
	case stored:
		want = "GET"
	case f.state == domain.SendUnknown:
		want = "GET POST"
	}
	if after != want {
		t.Errorf("asked %q afterwards, want %q", after, want)
	}
}

// check compares what is written down after the fault with the table.
func (f fault) check(t *testing.T, d *desk) {
	t.Helper()
	detail, err := d.file.Show(t.Context(), string(d.id))
	if err != nil {
		t.Fatal(err)
	}
	got := detail.Complaint
	if len(detail.Attempts) != 1 {
		t.Fatalf("%d attempts", len(detail.Attempts))
	}
	a := detail.Attempts[0]
	if a.Outcome != f.outcome || a.HTTPStatus != f.status && f.status != anyStatus || a.ErrorKey != f.key {
		t.Errorf("the attempt: %s, HTTP %d, %s", a.Outcome, a.HTTPStatus, a.ErrorKey)
	}
	if got.SendState != f.state || got.LastError != f.key || len(got.Problems) != f.problems || got.ReceiptNumber != "" {
		t.Errorf("the complaint: %s, %s, %+v, receipt %q", got.SendState, got.LastError, got.Problems, got.ReceiptNumber)
	}
	due := time.Duration(never)
	if !got.NextAttemptAt.IsZero() {
		due = got.NextAttemptAt.Sub(testkit.Epoch())
	}
	if due != f.due {
		t.Errorf("the next try is %v later, want %v", due, f.due)
	}
	channels, err := d.file.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	held := time.Duration(0)
	if c := channels[0]; !c.HoldUntil.IsZero() {
		held = c.HoldUntil.Sub(testkit.Epoch())
	}
	if channels[0].Paused != f.paused || held != f.held {
		t.Errorf("the channel: paused %q, held for %v", channels[0].Paused, held)
	}
}
