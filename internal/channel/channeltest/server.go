package channeltest

import (
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
)

// Reply is one answer of the server.
type Reply struct {
	Status int
	// Header holds name, value pairs; Content-Type is application/json unless
	// it is among them.
	Header []string
	Body   string
}

// JSON is a reply with a JSON body.
func JSON(status int, body string) Reply { return Reply{Status: status, Body: body} }

// with returns the reply with one more header.
func (r Reply) with(name, value string) Reply {
	r.Header = append(slices.Clone(r.Header), name, value)
	return r
}

func (r Reply) serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	for i := 0; i+1 < len(r.Header); i += 2 {
		w.Header().Set(r.Header[i], r.Header[i+1])
	}
	w.WriteHeader(r.Status)
	_, _ = io.WriteString(w, r.Body) // the client may have gone
}

// Request is what arrived.
type Request struct {
	Method, Path string
	Header       http.Header
	Body         string
}

// server answers as told and remembers what arrived.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []Request
}

// newServer runs a server that records each request and then does as told.
func newServer(t testing.TB, do http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a body that breaks off is recorded as far as it came
		s.mu.Lock()
		s.requests = append(s.requests, Request{r.Method, r.URL.RequestURI(), r.Header.Clone(), string(body)})
		s.mu.Unlock()
		do(w, r)
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

func (s *server) seen() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// caFile writes the certificate of a TLS server into a file.
func (s *server) caFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hang waits until the client is gone.
func hang(r *http.Request) { <-r.Context().Done() }

// cut closes the connection without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_ = conn.Close()
}

// silentListener accepts connections and never says a word; ring is called at
// the first byte that arrives.
func silentListener(t testing.TB, ring func()) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // closed below
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan net.Conn, 1)
	go func() {
		defer close(accepted)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		accepted <- conn
		if _, err := conn.Read(make([]byte, 1)); err == nil {
			ring()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		for conn := range accepted {
			_ = conn.Close()
		}
	})
	return l.Addr().String()
}

// alarm is a timer that strikes when told.
type alarm struct {
	mu  sync.Mutex
	set map[int]func()
	n   int
}

// AfterFunc has the shape of the client's timeout.
func (a *alarm) AfterFunc(_ time.Duration, f func()) (stop func() bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.set == nil {
		a.set = map[int]func(){}
	}
	a.n++
	n := a.n
	a.set[n] = f
	return func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		_, waiting := a.set[n]
		delete(a.set, n)
		return waiting
	}
}

// ring lets every timeout that is set strike.
func (a *alarm) ring() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for n, f := range a.set {
		delete(a.set, n)
		f()
	}
}

// clock stands still.
type clock struct{}

// Now is a fixed instant, a whole second.
func (clock) Now() time.Time { return time.Date(2024, 5, 20, 9, 0, 0, 0, domain.China()) }
