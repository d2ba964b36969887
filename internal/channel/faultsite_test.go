package channel_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quietline/assets"
	"quietline/internal/channel/intake"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/numbers"
	"quietline/internal/registry"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// site is an endpoint with one fault, until it is healed.
type site struct {
	*httptest.Server
	other *httptest.Server // another host
	fault fault
	// stored says that the complaint is kept before the fault happens.
	stored bool

	mu        sync.Mutex
	healed    bool
	key, body string // of the first request
	changed   bool   // another key or body came later
	elsewhere bool   // the other host was asked
	filed     map[string]string
	asked     []string // the methods after it was healed
	ring      func()   // lets the timeout of the attempt strike
}

func newSite(t *testing.T, f fault, stored bool) *site {
	t.Helper()
	s := &site{fault: f, stored: stored, filed: map[string]string{}}
	s.Server = httptest.NewServer(s)
	s.other = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.elsewhere = true
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
		s.other.Close()
	})
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	healed := s.healed
	if healed && r.URL.Path != "/v1/capabilities" {
		s.asked = append(s.asked, r.Method)
	}
	switch {
	case r.URL.Path == "/v1/capabilities":
		s.mu.Unlock()
		http.NotFound(w, r) // sending works without
		return
	case r.Method == http.MethodGet:
		receipt, ok := s.filed[r.URL.Query().Get("idempotency_key")]
		s.mu.Unlock()
		items := ""
		if ok {
			items = fmt.Sprintf(`{"receipt_number":%q,"case_state":"received"}`, receipt)
		}
		reply(200, "application/json", `{"items":[`+items+`]}`)(s, w, r)
		return
	}
	key := strings.Trim(r.Header.Get("Idempotency-Key"), `"`)
	if s.key == "" {
		s.key, s.body = key, string(body)
	}
	s.changed = s.changed || key != s.key || string(body) != s.body
	if healed || s.stored {
		s.filed[key] = "R-" + key[:8]
	}
	receipt := s.filed[key]
	s.mu.Unlock()
	if !healed {
		s.fault.do(s, w, r)
		return
	}
	reply(201, "application/json", fmt.Sprintf(`{"receipt_number":%q,"case_state":"received"}`, receipt))(s, w, r)
}

// hang gives no answer until the time is up.
func (s *site) hang(_ http.ResponseWriter, r *http.Request) {
	s.ring()
	<-r.Context().Done()
}

func (s *site) cut(w http.ResponseWriter, _ *http.Request) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// stall begins an answer and stops.
func (s *site) stall(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, `{"receipt`)
	_ = http.NewResponseController(w).Flush()
	s.hang(w, r)
}

func (s *site) endless(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	for chunk := strings.Repeat(" ", 32<<10); ; {
		if _, err := io.WriteString(w, chunk); err != nil {
			return
		}
	}
}

// The channels that do not reach the site.

func closedPort(t *testing.T, _ *site) domain.Channel {
	t.Helper()
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	return domain.Channel{URL: s.URL}
}

// silentPort takes connections and says nothing, so that no handshake ends.
func silentPort(t *testing.T, s *site) domain.Channel {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				if _, err := conn.Read(make([]byte, 1)); err == nil {
					s.ring()
				}
			}()
		}
	}()
	return domain.Channel{URL: "https://" + l.Addr().String()}
}

func unknownAuthority(t *testing.T, _ *site) domain.Channel {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	s.StartTLS()
	t.Cleanup(s.Close)
	return domain.Channel{URL: s.URL}
}

// desk is filing on a real store, with one complaint in the outbox and the
// client of the intake API.
type desk struct {
	t      *testing.T
	clock  *testkit.Clock
	site   *site
	file   *filing.Service
	outbox *filing.Outbox
	id     domain.ComplaintID
	opened domain.Channel // what the channel leads to at the moment
}

func newDesk(t *testing.T, f fault, stored bool) *desk {
	t.Helper()
	d := &desk{t: t, clock: testkit.NewClock(), site: newSite(t, f, stored)}
	db, err := store.Open(t.Context(), store.Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: d.clock, SelfName: domain.SelfName,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	snap, err := registry.Load(assets.Registry())
	if err != nil {
		t.Fatal(err)
	}
	source, log := &testkit.Source{}, slog.New(slog.DiscardHandler)
	d.outbox = filing.NewOutbox(filing.OutboxParams{
		Store: db, Endpoints: d, Secrets: noSecrets{}, Clock: d.clock, Source: source, Log: log,
		Wait: func(_ context.Context, dur time.Duration, _ <-chan struct{}) { d.clock.Advance(dur) },
	})
	d.file = filing.New(filing.Params{
		Store: db, Calls: db, People: db, Checker: numbers.New(numbers.Params{Registry: snap}),
		Endpoints: d, Secrets: noSecrets{}, Clock: d.clock, Source: source, Log: log,
	})
	d.opened = domain.Channel{URL: d.site.URL}
	if f.reach != nil {
		d.opened = f.reach(t, d.site)
	}
	_, err = d.file.AddChannel(t.Context(), filing.ChannelInput{Name: "c", Kind: domain.ChannelIntake, URL: d.site.URL})
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.file.New(t.Context(), filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().Add(-time.Hour), Category: domain.CategoryLoan, Language: "zh-Hans",
	})
	if err != nil {
		t.Fatal(err)
	}
	d.id = c.ID
	return d
}

// Open opens the client that the program uses, with a timeout that strikes when
// the site lets it.
func (d *desk) Open(context.Context, domain.Channel, string) (filing.Endpoint, error) {
	return intake.New(intake.Params{
		BaseURL: d.opened.URL, Clock: d.clock, AfterFunc: func(_ time.Duration, f func()) func() bool {
			d.site.ring = f
			return func() bool { return true }
		},
	})
}

func (d *desk) Validate(domain.Channel) error { return nil }

// sendOnce makes one attempt.
func (d *desk) sendOnce() {
	d.t.Helper()
	ctx, stop := context.WithCancel(d.t.Context())
	_, err := d.outbox.Run(ctx, filing.RunOptions{Concurrency: 1, OnResult: func(filing.Result, bool) { stop() }})
	stop()
	if err != nil && domain.KindOf(err) != domain.Cancelled {
		d.t.Fatal(err)
	}
}

// heal takes the fault away; the user lets the channel and the complaint go on.
func (d *desk) heal() {
	d.t.Helper()
	d.site.mu.Lock()
	d.site.healed = true
	d.site.mu.Unlock()
	d.opened = domain.Channel{URL: d.site.URL}
	if err := d.file.ResumeChannel(d.t.Context(), "c"); err != nil {
		d.t.Fatal(err)
	}
	if err := d.file.TryNow(d.t.Context(), ""); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) sendAll() {
	d.t.Helper()
	if _, err := d.outbox.Run(d.t.Context(), filing.RunOptions{Concurrency: 1}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) complaint() domain.Complaint {
	d.t.Helper()
	got, err := d.file.Show(d.t.Context(), string(d.id))
	if err != nil {
		d.t.Fatal(err)
	}
	return got.Complaint
}

type noSecrets struct{}

func (noSecrets) Token(context.Context, domain.ChannelID) (string, error)  { return "", nil }
func (noSecrets) HasToken(context.Context, domain.ChannelID) (bool, error) { return false, nil }
func (noSecrets) Version() string                                          { return "" }
func (noSecrets) SetToken(context.Context, domain.ChannelID, string) error { return nil }
func (noSecrets) DeleteToken(context.Context, domain.ChannelID) error      { return nil }
