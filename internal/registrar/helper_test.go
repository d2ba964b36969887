package registrar_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// net is a fetcher whose one address holds a list.
type net struct {
	*feed.Fetcher
	list  feedtest.List
	etags []string
	// unchanged is the etag that is answered with "unchanged".
	unchanged string
}

const address = "https://lists.example/registry.json"

func (n *net) Fetch(_ context.Context, _, key, etag string) (registrar.Feed, bool, error) {
	n.etags = append(n.etags, etag)
	if etag != "" && etag == n.unchanged {
		return registrar.Feed{}, true, nil
	}
	f := registrar.Feed{
		Manifest: n.list["registry.json"], Signature: n.list["registry.json.minisig"],
		Codes: n.list["registry-95-96.csv"], Notes: n.list["registry-notes.csv"], Advice: n.list["advice.csv"], Key: key, ETag: `"1"`,
	}
	_, err := registry.VerifyManifest(f.Manifest, f.Signature, key)
	return f, false, err
}

// bench is a service on a real store.
type bench struct {
	*registrar.Service
	store *store.Store
	live  *registry.Live
	net   *net
	key   feedtest.Key
	clock *testkit.Clock
	t     testing.TB
	p     registrar.Params
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, clock: testkit.NewClock(), net: &net{Fetcher: feed.New(feed.Params{})}, key: feedtest.NewKey(t)}
	var err error
	b.store, err = store.Open(t.Context(), store.Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: b.clock, SelfName: "Owner",
	})
	ok(t, err)
	t.Cleanup(func() { ok(t, b.store.Close()) })
	b.p = registrar.Params{
		Store: b.store, Calls: b.store, Settings: b.store, Fetcher: b.net, Embedded: assets.Registry(), Advice: assets.Advice(),
		Clock: b.clock, Words: func() registry.Words { return registry.Words{} }, Program: "1",
	}
	b.restart()
	return b
}

// restart is the next start of the program, or another program on the same
// workspace.
func (b *bench) restart() {
	b.t.Helper()
	b.live = &registry.Live{}
	b.p.Live = b.live
	b.Service = registrar.New(b.p)
	ok(b.t, b.Start(b.t.Context()))
}

// publish makes the list of the address: the shipped one without some codes and
// with some rows more.
func (b *bench) publish(version string, without []string, with ...string) {
	b.t.Helper()
	codes, notes := shipped(b.t, "registry-95-96.csv"), shipped(b.t, "registry-notes.csv")
	for _, code := range without {
		codes, notes = leaveOut(codes, code), leaveOut(notes, code)
	}
	for _, row := range with {
		codes = append(codes, row+"\n"...)
	}
	b.net.list = b.key.Publish(b.t, registry.FeedParams{
		Embedded: assets.Registry(), Version: version, Date: "2026-12-01", Codes: codes, Notes: notes,
	})
}

func shipped(t testing.TB, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(assets.Registry(), name)
	ok(t, err)
	return data
}

func leaveOut(table []byte, code string) []byte {
	var out []byte
	for row := range bytes.Lines(table) {
		if !bytes.HasPrefix(row, []byte(code+",")) {
			out = append(out, row...)
		}
	}
	return out
}

// source sets the address and the key.
func (b *bench) source() {
	b.t.Helper()
	ok(b.t, b.SetSource(b.t.Context(), registrar.Source{URL: address, Key: b.key.Public}))
}

// log stores calls as a program with another registry judged them.
func (b *bench) log(verdict domain.Verdict, numbers ...string) {
	b.t.Helper()
	calls := make([]domain.Call, len(numbers))
	for i, n := range numbers {
		calls[i] = domain.Call{
			PersonID: domain.SelfID, Number: n, Display: n, Family: domain.FamilyEnterprise95, Verdict: verdict,
			StartedAt: b.clock.Now().Add(-time.Duration(i+1) * time.Minute), Direction: domain.DirectionIncoming,
		}
	}
	_, err := b.store.AddCalls(b.t.Context(), calls, false)
	ok(b.t, err)
}

func (b *bench) verdictOf(number string) domain.Verdict {
	b.t.Helper()
	page, err := b.store.Calls(b.t.Context(), domain.CallFilter{Number: number}, domain.Page{Limit: 1})
	ok(b.t, err)
	if len(page.Calls) == 0 {
		b.t.Fatalf("no call of %s", number)
	}
	return page.Calls[0].Verdict
}

func (b *bench) correct(c domain.Correction) registrar.Effect {
	b.t.Helper()
	e, err := b.Correct(b.t.Context(), c)
	ok(b.t, err)
	return e
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fails(t testing.TB, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Errorf("error %v, want %s", err, key)
	}
}

// pointers gives the field and key of every problem in the error.
func pointers(err error) map[string]string {
	out := map[string]string{}
	var list domain.Problems
	if errors.As(err, &list) {
		for _, e := range list {
			out[e.Field] = e.Key
		}
	}
	return out
}
