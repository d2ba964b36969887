package channeltest

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Setup is what a client under test is opened with.
type Setup struct {
	URL    string
	Token  string
	CAFile string
	Clock  domain.Clock
	// AfterFunc takes the place of time.AfterFunc for the timeout of an attempt.
	AfterFunc func(d time.Duration, f func()) (stop func() bool)
}

// Protocol is what the suite must know of a protocol.
type Protocol struct {
	Open func(t testing.TB, s Setup) filing.Endpoint
	// Filed answers a complaint with the receipt number Receipt, Pending with
	// the token Token and a wait of two seconds.
	Filed, Pending Reply
	Receipt, Token string
	// FoundFiled, FoundPending and FoundNone answer a question by key; the
	// other way round, NumberThere and NumberLater one by token.
	FoundFiled, FoundPending, FoundNone, NumberThere, NumberLater Reply
	// Path is where a complaint is posted, Payload what is, with Words in it.
	Path, Payload string
	// Posted checks the request of a complaint, but for its method and path.
	Posted func(t *testing.T, r Request)
	// Refuse is a refusal with that status and, where words are given, that reason.
	Refuse func(status int, words string) Reply
	// Other is a 2xx that does not answer a complaint, NotHere the key of a 404
	// without a reason.
	Other   int
	NotHere string
	// Keyless says that the protocol has no keys: nobody can be asked what became
	// of a complaint, and FoundFiled, FoundPending and FoundNone are not needed.
	Keyless bool
}

// Token, Words and Key must never turn up in what is logged or stored. The token
// is the secret of the channel, the words stand in the payload.
const (
	Token = "suite-secret-token"
	Words = "suite-private-words"
	Key   = "7b0f6b7e-55a1-4a6b-9a55-2d2f0e6b8c11"
)

func (p Protocol) payload() []byte { return []byte(p.Payload) }

// unknown is the outcome of what may have arrived.
func (p Protocol) unknown() filing.OutcomeKind {
	if p.Keyless {
		return filing.OutcomeUnsettled
	}
	return filing.OutcomeUnknown
}

// Run holds a client against the rules for clients of intake-api.md: what each
// answer, or the lack of one, means, and that one call is one request. Where there
// are no keys, nothing is tried again that may have arrived.
func Run(t *testing.T, p Protocol) {
	t.Run("request", p.testRequest)
	t.Run("answers", p.testAnswers)
	t.Run("refusals", p.testRefusals)
	t.Run("faults", p.testFaults)
	t.Run("redirects", p.testRedirects)
	t.Run("once", p.testOnce)
	t.Run("tls", p.testTLS)
	t.Run("lookups", p.testLookups)
	t.Run("stopped", p.testStopped)
	t.Run("capabilities", p.testCapabilities)
}

// open opens a client on a server that does as told.
func (p Protocol) open(t *testing.T, do http.HandlerFunc) (filing.Endpoint, *server) {
	t.Helper()
	s := newServer(t, do)
	s.Start()
	return p.dial(t, Setup{URL: s.URL}), s
}

func (p Protocol) dial(t *testing.T, s Setup) filing.Endpoint {
	t.Helper()
	s.Token, s.Clock = Token, clock{}
	if s.AfterFunc == nil {
		s.AfterFunc = (&alarm{}).AfterFunc
	}
	return p.Open(t, s)
}

// discreet fails the test if an outcome tells what it must not.
func discreet(t *testing.T, out filing.Outcome) {
	t.Helper()
	all := fmt.Sprintf("%+v %v", out, out.Cause)
	for _, secret := range []string{Token, Words, Key} {
		if strings.Contains(all, secret) {
			t.Errorf("the outcome tells %q: %s", secret, all)
		}
	}
}

// want is what an outcome must be.
type want struct {
	kind  filing.OutcomeKind
	key   string
	wait  time.Duration
	hold  bool
	count int // of field problems
}

func (w want) check(t *testing.T, out filing.Outcome) {
	t.Helper()
	discreet(t, out)
	got := want{out.Kind, out.ErrorKey, out.RetryAfter, out.Hold, len(out.Problems)}
	if got != w {
		t.Errorf("got %+v, want %+v; status %d, cause %v", got, w, out.HTTPStatus, out.Cause)
	}
	if out.Kind != filing.OutcomeSent && out.ReceiptNumber != "" {
		t.Errorf("%s with the receipt number %q", out.Kind, out.ReceiptNumber)
	}
}

// replies submits once to a server that gives the reply.
func (p Protocol) replies(t *testing.T, r Reply, w want) filing.Outcome {
	t.Helper()
	e, s := p.open(t, func(rw http.ResponseWriter, _ *http.Request) { r.serve(rw) })
	out := e.Submit(t.Context(), Key, p.payload())
	w.check(t, out)
	if out.HTTPStatus != r.Status {
		t.Errorf("status %d, want %d", out.HTTPStatus, r.Status)
	}
	if n := len(s.seen()); n != 1 {
		t.Errorf("%d requests", n)
	}
	return out
}

func (p Protocol) testRequest(t *testing.T) {
	e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
	body := p.payload()
	out := e.Submit(t.Context(), Key, body)
	if out.Kind != filing.OutcomeSent || out.ReceiptNumber != p.Receipt || out.HTTPStatus != p.Filed.Status {
		t.Errorf("%+v", out)
	}
	if string(body) != string(p.payload()) {
		t.Error("the payload was changed")
	}
	seen := s.seen()
	if len(seen) != 1 {
		t.Fatalf("%d requests", len(seen))
	}
	r := seen[0]
	if r.Method != http.MethodPost || r.Path != p.Path {
		t.Errorf("%s %s", r.Method, r.Path)
	}
	p.Posted(t, r)
	if got := r.Header.Get("Cookie") + r.Header.Get("Referer"); got != "" {
		t.Errorf("Cookie, Referer: %q", got)
	}
}

func (p Protocol) testAnswers(t *testing.T) {
	t.Run("token", func(t *testing.T) {
		out := p.replies(t, p.Pending, want{kind: filing.OutcomeToken, wait: 2 * time.Second})
		if out.Token != p.Token {
			t.Errorf("token %q", out.Token)
		}
	})
	t.Run("token with a later Retry-After", func(t *testing.T) {
		p.replies(t, p.Pending.with("Retry-After", "7"), want{kind: filing.OutcomeToken, wait: 7 * time.Second})
	})
	t.Run("token for too long", func(t *testing.T) {
		p.replies(t, p.Pending.with("Retry-After", "2592000"), want{kind: filing.OutcomeToken, wait: mostWait})
	})
	unusable := want{kind: p.unknown(), key: "channel.answer_unusable"}
	for _, base := range []Reply{p.Filed, p.Pending} {
		for name, r := range map[string]Reply{
			"another 2xx":      {Status: p.Other, Body: base.Body},
			"no content":       {Status: http.StatusNoContent},
			"HTML":             base.with("Content-Type", "text/html"),
			"no content type":  base.with("Content-Type", ""),
			"problem document": base.with("Content-Type", "application/problem+json"),
			"other charset":    base.with("Content-Type", "application/json; charset=gbk"),
			"compressed":       base.with("Content-Encoding", "gzip"),
			"empty":            JSON(base.Status, ""),
			"null":             JSON(base.Status, "null"),
			"empty object":     JSON(base.Status, "{}"),
			"list":             JSON(base.Status, "["+base.Body+"]"),
			"half":             JSON(base.Status, base.Body[:len(base.Body)/2]),
			"something behind": JSON(base.Status, base.Body+"x"),
			"not UTF-8":        JSON(base.Status, base.Body[:len(base.Body)-1]+",\"x\":\"\xff\"}"),
		} {
			t.Run(fmt.Sprint(base.Status, " ", name), func(t *testing.T) { p.replies(t, r, unusable) })
		}
		for name, bad := range map[string]string{
			"empty": `""`, "fraction": `7.5`, "null": `null`, "object": `{}`, "line break": `"a\nb"`, "NUL": `"a\u0000b"`, "spaces": `" "`,
			"right to left": `"a\u202eb"`, "space before": `" a"`, "half a character": `"\ud800"`, "too long": `"` + strings.Repeat("9", 600) + `"`,
		} {
			body := strings.NewReplacer(`"`+p.Receipt+`"`, bad, `"`+p.Token+`"`, bad).Replace(base.Body)
			t.Run(fmt.Sprint(base.Status, " ", name), func(t *testing.T) { p.replies(t, JSON(base.Status, body), unusable) })
		}
	}
	t.Run("longest receipt number", func(t *testing.T) {
		long := strings.Repeat(oneHan, 64)
		r := JSON(p.Filed.Status, strings.ReplaceAll(p.Filed.Body, p.Receipt, long))
		if out := p.replies(t, r, want{kind: filing.OutcomeSent}); out.ReceiptNumber != long {
			t.Errorf("receipt number %q", out.ReceiptNumber)
		}
		p.replies(t, JSON(p.Filed.Status, strings.ReplaceAll(p.Filed.Body, p.Receipt, long+oneHan)), unusable)
	})
}

func (p Protocol) testStopped(t *testing.T) {
	t.Run("before", func(t *testing.T) {
		e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		want{kind: filing.OutcomeRetry, key: "cancelled"}.check(t, e.Submit(ctx, Key, p.payload()))
		if n := len(s.seen()); n != 0 {
			t.Errorf("%d requests", n)
		}
	})
	t.Run("meanwhile", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		e, _ := p.open(t, func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			hang(r)
		})
		want{kind: p.unknown(), key: "cancelled"}.check(t, e.Submit(ctx, Key, p.payload()))
		if _, err := e.Capabilities(ctx); domain.KeyOf(err) != "cancelled" || domain.KindOf(err) != domain.Cancelled {
			t.Errorf("capabilities: %v", err)
		}
	})
}
