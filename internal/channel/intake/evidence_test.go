package intake_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/intake"
	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// shelf is an endpoint that takes files as the contract says.
type shelf struct {
	t        *testing.T
	mu       sync.Mutex
	stored   map[string][]byte
	requests atomic.Int32
	// answer, where it is not nil, answers in its place.
	answer http.HandlerFunc
	watch  http.RoundTripper
}

func newShelf(t *testing.T, answer http.HandlerFunc) (*shelf, *intake.Endpoint) {
	t.Helper()
	s := &shelf{t: t, stored: map[string][]byte{}, answer: answer}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	e, err := intake.New(intake.Params{BaseURL: server.URL, Token: "token", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	return s, e
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	if s.answer != nil {
		s.answer(w, r)
		return
	}
	data, err := io.ReadAll(r.Body)
	digest := r.URL.EscapedPath()[strings.LastIndex(r.URL.EscapedPath(), "/")+1:]
	sum := sha256.Sum256(data)
	switch {
	case err != nil, r.ContentLength != int64(len(data)), r.TransferEncoding != nil,
		r.Header.Get("Authorization") != "Bearer token", r.Header.Get("Idempotency-Key") != "":
		s.t.Errorf("%v, %d bytes of %d, %v", err, len(data), r.ContentLength, r.Header)
		w.WriteHeader(http.StatusInternalServerError)
	case hex.EncodeToString(sum[:]) != digest:
		problem(w, 422, "digest-differs")
	default:
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, there := s.stored[r.URL.Path]; there {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		s.stored[r.URL.Path] = data
		w.WriteHeader(http.StatusCreated)
	}
}

func problem(w http.ResponseWriter, status int, slug string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"type":"https://quietline.example/problems/`+slug+`","title":"no","status":`+strconv.Itoa(status)+`}`)
}

func put(data []byte) filing.EvidencePut {
	sum := sha256.Sum256(data)
	return filing.EvidencePut{
		ReceiptNumber: "P/2024 1", Body: bytes.NewReader(data), Evidence: domain.Evidence{
			SHA256: hex.EncodeToString(sum[:]), MediaType: domain.MediaPNG, Bytes: int64(len(data)), FileName: "a.png",
		},
	}
}

func TestPutEvidence(t *testing.T) {
	s, e := newShelf(t, nil)
	data := bytes.Repeat([]byte("picture "), 200_000)
	for _, status := range []int{201, 204} {
		out := e.PutEvidence(t.Context(), put(data))
		if out.Kind != filing.OutcomeSent || out.HTTPStatus != status {
			t.Errorf("%+v", out)
		}
	}
	if got := s.stored["/v1/complaints/P/2024 1/evidence/"+put(data).Evidence.SHA256]; !bytes.Equal(got, data) || s.requests.Load() != 2 {
		t.Errorf("%d bytes in %d requests", len(got), s.requests.Load())
	}
	other := put(data)
	other.Body = bytes.NewReader(append(bytes.Clone(data[1:]), 'x'))
	if out := e.PutEvidence(t.Context(), other); out.Kind != filing.OutcomeRejected || out.ErrorKey != "evidence.digest_differs" {
		t.Errorf("%+v", out)
	}
}

func TestPutEvidenceAnswers(t *testing.T) {
	for _, tc := range []struct {
		status int
		slug   string
		kind   filing.OutcomeKind
		key    string
	}{
		{413, "too-large", filing.OutcomeRejected, "evidence.refused_size"},
		{415, "media-type", filing.OutcomeRejected, "evidence.refused_type"},
		{422, "digest-differs", filing.OutcomeRejected, "evidence.digest_differs"},
		{422, "other", filing.OutcomeRejected, "evidence.refused"},
		{404, "not-found", filing.OutcomeRejected, "evidence.refused"},
		{501, "evidence-not-offered", filing.OutcomeRejected, "evidence.not_offered"},
		{401, "unauthorised", filing.OutcomeUnauthorised, "channel.unauthorised"},
		{403, "forbidden", filing.OutcomeForbidden, "channel.forbidden"},
		{409, "busy", filing.OutcomeRetry, "channel.in_progress"},
		{429, "too-many", filing.OutcomeRetry, "channel.too_many_requests"},
		{500, "fault", filing.OutcomeRetry, "channel.endpoint_fault"},
		{503, "down", filing.OutcomeRetry, "channel.endpoint_down"},
		{302, "elsewhere", filing.OutcomeRetry, "channel.redirect_refused"},
		{307, "elsewhere", filing.OutcomeRetry, "channel.redirect_refused"},
		{206, "odd", filing.OutcomeRetry, "channel.answer_unusable"},
	} {
		// An answer to a file of this size comes while it is still being sent.
		s, e := newShelf(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.Header().Set("Retry-After", "7")
			problem(w, tc.status, tc.slug)
		})
		for _, size := range []int{10, 200_000} {
			out := e.PutEvidence(t.Context(), put(make([]byte, size)))
			if out.Kind != tc.kind || out.ErrorKey != tc.key || out.HTTPStatus != tc.status {
				t.Errorf("%d %s, %d bytes: %+v", tc.status, tc.slug, size, out)
			}
			if hold := tc.status == 429 || tc.status == 503; out.Hold != hold || hold && out.RetryAfter != 7*time.Second {
				t.Errorf("%d: %+v", tc.status, out)
			}
		}
		if n := s.requests.Load(); n != 2 {
			t.Errorf("%d: %d requests for two calls", tc.status, n)
		}
	}
}

// Nothing of this was a whole request, so it is tried again; and a connection
// that breaks costs one request, not two.
func TestPutEvidenceThatBreaksOff(t *testing.T) {
	cut := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.CopyN(io.Discard, r.Body, 10)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
	s, e := newShelf(t, cut)
	out := e.PutEvidence(t.Context(), put(make([]byte, 1<<20)))
	if out.Kind != filing.OutcomeRetry || out.ErrorKey != "channel.no_answer" || s.requests.Load() != 1 {
		t.Errorf("%+v, %d requests", out, s.requests.Load())
	}
	// On a connection that was good before.
	var later atomic.Bool
	s, e = newShelf(t, func(w http.ResponseWriter, r *http.Request) {
		if !later.Swap(true) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusCreated)
			return
		}
		cut(w, r)
	})
	for _, kind := range []filing.OutcomeKind{filing.OutcomeSent, filing.OutcomeRetry} {
		if out := e.PutEvidence(t.Context(), put(make([]byte, 1000))); out.Kind != kind {
			t.Errorf("%+v", out)
		}
	}
	if s.requests.Load() != 2 {
		t.Errorf("%d requests for two calls", s.requests.Load())
	}
	if out := e.PutEvidence(t.Context(), filing.EvidencePut{ReceiptNumber: "..", Evidence: put(nil).Evidence}); out.Kind != filing.OutcomeRejected {
		t.Errorf("%+v", out)
	}
}

// A file that turns out to be another one at its end must never be a whole
// request.
func TestPutEvidenceThatCannotBeRead(t *testing.T) {
	var got atomic.Int64
	s, e := newShelf(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		got.Store(n)
		if err == nil {
			t.Error("a whole request came")
		}
		w.WriteHeader(http.StatusCreated)
	})
	p := put(make([]byte, 300_000))
	p.Body = io.MultiReader(bytes.NewReader(make([]byte, 299_000)), failing{})
	if out := e.PutEvidence(t.Context(), p); out.Kind != filing.OutcomeRetry {
		t.Errorf("%+v", out)
	}
	if s.requests.Load() > 1 || got.Load() >= 300_000 {
		t.Errorf("%d requests, %d bytes", s.requests.Load(), got.Load())
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("changed") }

// What does not move ends, and so does what takes all too long: both by the
// size of the file.
func TestPutEvidenceTimeouts(t *testing.T) {
	if got := wire.UploadTimeout(20 << 20); got != 30*time.Second+320*time.Second {
		t.Errorf("%v for 20 MiB", got)
	}
	for _, which := range []time.Duration{30 * time.Second, wire.UploadTimeout(1 << 20)} {
		arrived, release := make(chan struct{}), make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			close(arrived)
			<-release // silence
		}))
		var once sync.Once
		e, err := intake.New(intake.Params{BaseURL: server.URL, Clock: testkit.NewClock(), AfterFunc: func(d time.Duration, f func()) func() bool {
			if d == which {
				once.Do(func() {
					go func() {
						<-arrived
						f() // the time is over
					}()
				})
			}
			return func() bool { return true }
		}})
		if err != nil {
			t.Fatal(err)
		}
		out := e.PutEvidence(t.Context(), put(make([]byte, 1<<20)))
		close(release)
		server.Close()
		if out.Kind != filing.OutcomeRetry || out.ErrorKey != "channel.no_answer" {
			t.Errorf("%v: %+v", which, out)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, e := newShelf(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		_, _ = io.Copy(io.Discard, r.Body)
	})
	if out := e.PutEvidence(ctx, put(make([]byte, 8<<20))); out.Kind != filing.OutcomeRetry || out.ErrorKey != "cancelled" {
		t.Errorf("%+v", out)
	}
}

// The exchange is the one that the description of the API asks for.
func TestPutEvidenceKeepsTheContract(t *testing.T) {
	s := &shelf{t: t, stored: map[string][]byte{}, watch: channeltest.Contract(t, http.DefaultTransport)}
	inner := httptest.NewServer(s)
	defer inner.Close()
	// A relay, so that the exchange of the client itself is what is looked at.
	relay := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req, err := http.NewRequestWithContext(r.Context(), r.Method, inner.URL+r.URL.EscapedPath(), r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		req.Header, req.ContentLength = r.Header.Clone(), r.ContentLength
		resp, err := s.watch.RoundTrip(req)
		if err != nil {
			t.Error(err)
			return
		}
		defer resp.Body.Close()
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
	}))
	defer relay.Close()
	e, err := intake.New(intake.Params{BaseURL: relay.URL, Token: "token", Clock: testkit.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	p := put([]byte("picture"))
	p.ReceiptNumber = "P20240520-000001-9"
	if out := e.PutEvidence(t.Context(), p); out.Kind != filing.OutcomeSent {
		t.Errorf("%+v", out)
	}
}
