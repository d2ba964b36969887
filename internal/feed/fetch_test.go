package feed_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registrar"
	"quietline/internal/registry"
)

const (
	manifestName  = registry.ManifestFile
	signatureName = registry.ManifestFile + registry.SignatureEnd
	codesName     = "registry-95-96.csv"
	notesName     = "registry-notes.csv"
	codesHead     = "code,scope,organisation_zh,organisation_en,category,source,confidence\n"
	notesHead     = "code,scope,note_zh\n"
)

func tables() registry.FeedParams {
	return registry.FeedParams{
		Embedded: assets.Registry(), Version: "2026.12.1", Date: "2026-12-01",
		Codes: []byte(codesHead + "95588,national,工行,,bank,list,single source\n96588,安徽,徽商银行,,bank,list,single source\n"),
		Notes: []byte(notesHead + "96588,安徽,旧名\n"),
	}
}

// keyed checks that an error has the kind, key and arguments, and that its text
// for the log names no address.
func keyed(t *testing.T, err error, kind domain.Kind, key string, args domain.Args) {
	t.Helper()
	var e *domain.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want %s", err, key)
	}
	if e.Kind != kind || e.Key != key {
		t.Errorf("got %v of kind %s, want %s %s", e, e.Kind, kind, key)
	}
	if diff := cmp.Diff(args, e.Args); diff != "" {
		t.Error(diff)
	}
	if text := err.Error(); strings.Contains(text, "http:") || strings.Contains(text, "https:") {
		t.Errorf("for the log: %s", text)
	}
}

// server serves over TLS and remembers what was asked for.
type server struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	last  http.Header
}

func serve(t *testing.T, h http.Handler) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked, s.last = append(s.asked, strings.TrimPrefix(r.URL.Path, "/feed/")), r.Header.Clone()
		s.mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // clients that hang up are wanted
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// fetcher trusts the server and asks no proxy but ours.
func (s *server) fetcher(p feed.Params) *feed.Fetcher {
	p.Roots = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	return feed.New(p)
}

func (s *server) fetch(ctx context.Context, key string) (registrar.Feed, error) {
	f, _, err := s.fetcher(feed.Params{}).Fetch(ctx, s.URL+feedtest.Path, key, "")
	return f, err
}

func TestFetch(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "me", Path: "/"})
		list.ServeHTTP(w, r)
	}))
	got, unchanged, err := s.fetcher(feed.Params{UserAgent: "Quietline/1"}).Fetch(t.Context(), s.URL+feedtest.Path, key.Public, "")
	if err != nil || unchanged {
		t.Fatal(unchanged, err)
	}
	want := registrar.Feed{
		Manifest: list[manifestName], Signature: list[signatureName], Codes: list[codesName], Notes: list[notesName],
		Key: key.Public, ETag: `"v1"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{manifestName, signatureName, codesName, notesName}, s.asked); diff != "" {
		t.Error(diff)
	}
	if s.last.Get("User-Agent") != "Quietline/1" || s.last.Get("Cookie") != "" || s.last.Get("Authorization") != "" {
		t.Errorf("the last request had %v", s.last)
	}
}

func TestFetchOverPlainLoopback(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	s := httptest.NewServer(list)
	defer s.Close()
	f := feed.New(feed.Params{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New("a proxy was asked") }})
	got, _, err := f.Fetch(t.Context(), s.URL+feedtest.Path, key.Public, "")
	if err != nil || !bytes.Equal(got.Codes, list[codesName]) {
		t.Error(err)
	}
}

func TestFetchOnlyWhatChanged(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	etag, never := `"v1"`, "never"
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		if given := r.Header.Get("If-None-Match"); given == etag || given == never {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		list.ServeHTTP(w, r)
	}))
	for _, tc := range []struct {
		given, kept string
		etag        string
		unchanged   bool
	}{
		{`"v1"`, "", `"v1"`, true},
		{`"v0"`, `"v1"`, `"v1"`, false},
		{"", `"v1"`, `"v1"`, false},
		{"\"v1\"\r\nX: y", `"v1"`, `"v1"`, false}, // cannot be sent
		{"", "", strings.Repeat("e", 300), false}, // is not kept
	} {
		etag, s.asked = tc.etag, nil
		got, unchanged, err := s.fetcher(feed.Params{}).Fetch(t.Context(), s.URL+feedtest.Path, key.Public, tc.given)
		if err != nil || unchanged != tc.unchanged || got.ETag != tc.kept {
			t.Errorf("%q: unchanged %v, kept %q, %v", tc.given, unchanged, got.ETag, err)
		}
		if unchanged && (len(s.asked) != 1 || got.Manifest != nil) {
			t.Errorf("of an unchanged list %v was asked for, and came %d bytes", s.asked, len(got.Manifest))
		}
	}
	// 304 to a question that was not put.
	never, etag = "", "x"
	_, err := s.fetch(t.Context(), key.Public)
	keyed(t, err, domain.Unavailable, "registry.feed_server", domain.Args{"File": manifestName, "Status": 304})
}

func TestFetchInflates(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	var pad []byte
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(list[strings.TrimPrefix(r.URL.Path, "/feed/")])
		_, _ = z.Write(pad)
		_ = z.Close()
	}))
	if got, err := s.fetch(t.Context(), key.Public); err != nil || !bytes.Equal(got.Notes, list[notesName]) {
		t.Fatal(err)
	}
	// The limit is on what comes out: 1 MiB of blanks is 1 KiB on the wire.
	pad = bytes.Repeat([]byte(" "), 1<<20)
	_, err := s.fetch(t.Context(), key.Public)
	keyed(t, err, domain.Corrupt, "registry.feed_too_large", domain.Args{"File": manifestName, "Limit": 64})
}

func TestFetchRefusesAddresses(t *testing.T) {
	key, f := feedtest.NewKey(t), feed.New(feed.Params{})
	for address, want := range map[string]string{
		"http://lists.example.org/registry.json":   "registry.feed_https_required",
		"https://lists.example.org/":               "registry.feed_url_invalid",
		"https://lists.example.org":                "registry.feed_url_invalid",
		"https://lists.example.org/feed/":          "registry.feed_url_invalid",
		"https://a:b@lists.example.org/r.json":     "registry.feed_url_invalid",
		"https://lists.example.org/r.json?a=b":     "registry.feed_url_invalid",
		"file:///etc/passwd":                       "registry.feed_url_invalid",
		"":                                         "registry.feed_url_invalid",
		"https://lists.example.org:x/r.json":       "registry.feed_url_invalid",
		"https://" + strings.Repeat("a", 3000):     "registry.feed_url_invalid",
		"https://lists.example.org/\x00/r.json":    "registry.feed_url_invalid",
		"ftp://lists.example.org/registry.json":    "registry.feed_url_invalid",
		"https://lists.example.org/registry.json#": "registry.feed_url_invalid",
	} {
		_, _, err := f.Fetch(t.Context(), address, key.Public, "")
		keyed(t, err, domain.Invalid, want, nil)
		keyed(t, f.CheckAddress(address), domain.Invalid, want, nil)
	}
	if err := f.CheckAddress("https://lists.example.org/registry.json"); err != nil {
		t.Error(err)
	}
	_, _, err := f.Fetch(t.Context(), "https://lists.example.org/r.json", "no key", "")
	keyed(t, err, domain.Invalid, "registry.feed_key_malformed", nil)
}

// TestFetchRefusesLists spoils one file, and checks what is asked for: nothing
// behind a signature that is not good.
func TestFetchRefusesLists(t *testing.T) {
	key, other := feedtest.NewKey(t), feedtest.NewKey(t)
	list := key.Publish(t, tables())
	size := func(file string) int64 { return int64(len(list[file])) }
	html := []byte("<!DOCTYPE html><title>Log in</title>")
	for _, tc := range []struct {
		name  string
		spoil feedtest.List
		want  string
		args  domain.Args
		asked int
	}{
		{"page instead of a manifest", feedtest.List{manifestName: html}, "registry.feed_no_manifest", nil, 1},
		{"nothing", feedtest.List{manifestName: nil}, "registry.feed_no_manifest", nil, 1},
		{"endless manifest", feedtest.List{manifestName: bytes.Repeat([]byte("{"), 1<<20)}, "registry.feed_too_large", domain.Args{"File": manifestName, "Limit": 64}, 2},
		{"changed manifest", feedtest.List{manifestName: bytes.Replace(list[manifestName], []byte("12.1"), []byte("12.2"), 1)}, "registry.feed_signature_bad", nil, 2},
		{"another's manifest", feedtest.List{signatureName: other.Sign(t, list[manifestName])}, "registry.feed_key_other", nil, 2},
		{"page instead of a signature", feedtest.List{signatureName: html}, "registry.feed_signature_malformed", nil, 2},
		{"endless signature", feedtest.List{signatureName: make([]byte, 5000)}, "registry.feed_too_large", domain.Args{"File": signatureName, "Limit": 4}, 2},
		{"changed table", feedtest.List{codesName: bytes.Replace(list[codesName], []byte("95588"), []byte("95599"), 1)}, "registry.feed_digest", domain.Args{"File": codesName}, 4},
		{"short table", feedtest.List{notesName: list[notesName][:9]}, "registry.feed_truncated", domain.Args{"File": notesName, "Have": int64(9), "Want": size(notesName)}, 4},
		{"long table", feedtest.List{notesName: append(bytes.Clone(list[notesName]), "more and more"...)}, "registry.feed_longer", domain.Args{"File": notesName, "Have": size(notesName) + 1, "Want": size(notesName)}, 4},
		{"swapped tables", feedtest.List{codesName: list[notesName], notesName: list[codesName]}, "registry.feed_truncated", domain.Args{"File": codesName, "Have": size(notesName), "Want": size(codesName)}, 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			spoilt := maps.Clone(list)
			maps.Copy(spoilt, tc.spoil)
			s := serve(t, spoilt)
			_, err := s.fetch(t.Context(), key.Public)
			if tc.want == "registry.feed_key_other" {
				var e *domain.Error
				if !errors.As(err, &e) || e.Args["Have"] == e.Args["Want"] || len(fmt.Sprint(e.Args["Have"])) != 16 {
					t.Fatalf("%v with %v", err, e.Args)
				}
				tc.args = e.Args
			}
			keyed(t, err, domain.Corrupt, tc.want, tc.args)
			if len(s.asked) != tc.asked {
				t.Errorf("asked for %v", s.asked)
			}
		})
	}
}

func TestFetchedListLoads(t *testing.T) {
	key, p := feedtest.NewKey(t), tables()
	s := serve(t, key.Publish(t, p))
	f, err := s.fetch(t.Context(), key.Public)
	if err != nil {
		t.Fatal(err)
	}
	m, err := registry.VerifyManifest(f.Manifest, f.Signature, f.Key)
	if err != nil {
		t.Fatal(err)
	}
	after, err := registry.LoadFeed(p.Embedded, m, f.Codes, f.Notes)
	if err != nil {
		t.Fatal(err)
	}
	before, err := registry.Load(p.Embedded)
	if err != nil {
		t.Fatal(err)
	}
	added, changed, removed := registry.Diff(before, after)
	// The shipped list has both codes, under longer names, and 1,396 rows.
	if len(added) != 0 || len(changed) != 2 || len(removed) != 1394 {
		t.Errorf("%d added, %d changed, %d removed", len(added), len(changed), len(removed))
	}
	if err := registry.CheckNotOlder(before.Info(), after.Info()); err != nil {
		t.Error(err)
	}
}

// never is a time limit that does not strike.
func never(time.Duration, func()) func() bool { return func() bool { return true } }
