package filing_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/importer"
	"quietline/internal/l10n"
	"quietline/internal/numbers"
	"quietline/internal/registry"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// desk is filing on a real store with an endpoint that answers as scripted.
type desk struct {
	t      *testing.T
	clock  *testkit.Clock
	source *testkit.Source
	store  *store.Store
	ends   *endpoints
	file   *filing.Service
	outbox *filing.Outbox
	queued func() // called after a complaint was queued; may be nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: testkit.NewClock(), ends: &endpoints{fake: newFake()}, source: &testkit.Source{}}
	db, err := store.Open(t.Context(), store.Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: d.clock, SelfName: domain.SelfName,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	d.store = db
	d.file, d.outbox = d.with(d.ends, nil)
	return d
}

// with makes the use cases with these endpoints and that vault, which may be
// nil.
func (d *desk) with(ends filing.Endpoints, vault filing.Vault) (*filing.Service, *filing.Outbox) {
	d.t.Helper()
	snap, err := registry.Load(assets.Registry())
	if err != nil {
		d.t.Fatal(err)
	}
	log, db := slog.New(slog.DiscardHandler), d.store
	checker := numbers.New(numbers.Params{Registry: snap})
	outbox := filing.NewOutbox(filing.OutboxParams{
		Store: db, Endpoints: ends, Secrets: noSecrets{}, Vault: vault, Clock: d.clock, Source: d.source, Log: log,
		// Waiting moves the clock, so that a schedule of hours runs at once.
		Wait: func(_ context.Context, dur time.Duration, _ <-chan struct{}) { d.clock.Advance(dur) },
	})
	return filing.New(filing.Params{
		Store: db, Calls: db, People: db, Contacts: db, Checker: checker,
		Batches: db, Sheets: importer.NewSheets(), Terms: l10n.NewTerms(testkit.Printer(d.t, l10n.English)), Provinces: checker,
		Endpoints: ends, Secrets: noSecrets{}, Vault: vault, Clock: d.clock, Source: d.source, Log: log,
		Queued: func() {
			d.outbox.Kick()
			if d.queued != nil {
				d.queued()
			}
		},
	}), outbox
}

// channel adds a channel that leads to the fake endpoint.
func (d *desk) channel(name string) domain.Channel {
	d.t.Helper()
	c, err := d.file.AddChannel(d.t.Context(), filing.ChannelInput{Name: name, Kind: domain.ChannelIntake, URL: "https://intake.example.org"})
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

// queue puts n complaints about different calls into the outbox.
func (d *desk) queue(n int) []domain.ComplaintID {
	d.t.Helper()
	ids := make([]domain.ComplaintID, n)
	for i := range ids {
		c, err := d.file.New(d.t.Context(), filing.ComplaintInput{
			Number: "95013000", At: testkit.Epoch().Add(-time.Duration(i+1) * time.Minute),
			Category: domain.CategoryLoan, Language: "zh-Hans",
		})
		if err != nil {
			d.t.Fatal(err)
		}
		ids[i] = c.ID
	}
	return ids
}

func (d *desk) run(o filing.RunOptions) filing.Summary {
	d.t.Helper()
	if o.Concurrency == 0 {
		o.Concurrency = 1
	}
	s, err := d.outbox.Run(d.t.Context(), o)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desk) show(id domain.ComplaintID) filing.Detail {
	d.t.Helper()
	detail, err := d.file.Show(d.t.Context(), string(id))
	if err != nil {
		d.t.Fatal(err)
	}
	return detail
}

// fake is an endpoint: it keeps what was posted and answers from a script;
// when the script is over, everything is filed.
type fake struct {
	mu       sync.Mutex
	script   []answer
	calls    []string
	filed    map[string]string     // key → receipt
	bodies   map[string]string     // key → payload of the first post
	changed  []string              // keys that came with another payload
	services []domain.CivicService // of an Open311 server
	// What happens besides, where it is not nil: when the channel is opened,
	// before a complaint is taken (the first one or another), and while it is.
	begun  bool
	opened func()
	took   func(payload string, a answer, scripted bool)
	before func(first bool)
	posted func()
}

// answer is one scripted outcome; stored says that the complaint is kept
// although the outcome does not tell.
type answer struct {
	out    filing.Outcome
	stored bool
}

func newFake() *fake { return &fake{filed: map[string]string{}, bodies: map[string]string{}} }

func (f *fake) next(call string) (answer, bool) {
	f.calls = append(f.calls, call)
	if len(f.script) == 0 {
		return answer{}, false
	}
	a := f.script[0]
	f.script = f.script[1:]
	return a, true
}

func (f *fake) Capabilities(context.Context) (domain.Capabilities, error) {
	if f.opened != nil {
		f.opened()
	}
	return domain.Capabilities{Name: "fake", APIVersion: "1", OnBehalfAllowed: true, Services: f.services}, nil
}

func (f *fake) Submit(_ context.Context, key string, payload []byte) filing.Outcome {
	if f.before != nil {
		f.mu.Lock()
		first := len(f.bodies) == 0 && !f.begun
		f.begun = true
		f.mu.Unlock()
		f.before(first)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.posted != nil {
		f.posted()
	}
	if old, ok := f.bodies[key]; ok && old != string(payload) {
		f.changed = append(f.changed, key)
	}
	f.bodies[key] = string(payload)
	a, scripted := f.next("submit")
	if f.took != nil {
		f.took(string(payload), a, scripted)
	}
	if !scripted || a.stored {
		f.filed[key] = "R-" + key[:8]
	}
	if scripted {
		return a.out
	}
	return filing.Outcome{Kind: filing.OutcomeSent, ReceiptNumber: f.filed[key], CaseState: domain.CaseReceived, HTTPStatus: 201}
}

func (f *fake) FindByKey(_ context.Context, key string) filing.Outcome {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, scripted := f.next("find"); scripted {
		return a.out
	}
	if r, ok := f.filed[key]; ok {
		return filing.Outcome{Kind: filing.OutcomeSent, ReceiptNumber: r, CaseState: domain.CaseReceived, HTTPStatus: 200}
	}
	return filing.Outcome{Kind: filing.OutcomeNotFound, HTTPStatus: 200}
}

func (f *fake) PollToken(_ context.Context, token string) filing.Outcome {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a, scripted := f.next("poll"); scripted {
		return a.out
	}
	return filing.Outcome{Kind: filing.OutcomeSent, ReceiptNumber: "R-" + token, HTTPStatus: 200}
}

type endpoints struct {
	fake *fake
	err  error
	// cases or another endpoint stand in for fake where they are not nil.
	cases    *cases
	endpoint filing.Endpoint
	// keyless makes it a protocol without keys; compose, where it is not nil,
	// writes complaints for it.
	keyless bool
	compose func(domain.Channel, domain.ComplaintBody) ([]byte, error)
}

func (e *endpoints) Open(context.Context, domain.Channel, string) (filing.Endpoint, error) {
	switch {
	case e.cases != nil:
		return e.cases, e.err
	case e.endpoint != nil:
		return e.endpoint, e.err
	case e.keyless:
		return keyless{e.fake}, e.err
	}
	return e.fake, e.err
}

func (e *endpoints) Compose(c domain.Channel, b domain.ComplaintBody) ([]byte, error) {
	if e.compose == nil {
		return json.Marshal(b)
	}
	return e.compose(c, b)
}

func (e *endpoints) Validate(domain.Channel) error { return e.err }

type noSecrets struct{}

func (noSecrets) Token(context.Context, domain.ChannelID) (string, error)  { return "", nil }
func (noSecrets) HasToken(context.Context, domain.ChannelID) (bool, error) { return false, nil }
func (noSecrets) Version() string                                          { return "" }
func (noSecrets) SetToken(context.Context, domain.ChannelID, string) error { return nil }
func (noSecrets) DeleteToken(context.Context, domain.ChannelID) error      { return nil }
