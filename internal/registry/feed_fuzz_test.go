package registry_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registry"
)

// FuzzFeed reads a feed as somebody might send it, first as it is, then under a
// manifest that says of the tables what is true, as if its owner were the
// attacker.
func FuzzFeed(f *testing.F) {
	key := feedtest.NewKey(f)
	p := smallFeed()
	list := key.Publish(f, p)
	manifest, sig := list[registry.ManifestFile], list[registry.ManifestFile+registry.SignatureEnd]
	f.Add(manifest, sig, key.Public, p.Codes, p.Notes)
	f.Add(bytes.ReplaceAll(manifest, []byte("12"), []byte("13")), sig, key.Public, p.Codes, p.Notes)
	f.Add(manifest, bytes.ReplaceAll(sig, []byte("\n"), []byte("\r\n")), "untrusted comment: k\r\n"+key.Public, p.Notes, p.Codes)
	f.Add([]byte(`{"format":"quietline-registry/1","version":"1","date":"2026-12-01","files":{}}`), []byte("untrusted comment: \nRUQ=\ntrusted comment: \n\n"), "RW",
		[]byte(codesHead+"96588,,\"a\n\u202e\",,bank,x,single source\n"), []byte(notesHead+"96588,,\x1b\n"))
	f.Add([]byte("[]"), []byte{}, "", []byte("\xef\xbb\xbf"+codesHead), []byte(notesHead))
	f.Fuzz(func(t *testing.T, manifest, sig []byte, key string, codes, notes []byte) {
		if m, err := registry.VerifyManifest(manifest, sig, key); err == nil {
			// What was verified is what is read without verifying.
			if again, err := registry.ParseManifest(manifest); err != nil || again != m {
				t.Fatalf("%+v, read again %+v, %v", m, again, err)
			}
		} else if domain.KeyOf(err) == "internal" || domain.KeyOf(err) == "" {
			t.Fatal(err)
		}
		m, err := registry.ParseManifest(manifest)
		if err != nil {
			m = manifestOfSmall(p)
		}
		checkManifest(t, m)
		if err := registry.CheckTables(m, codes, notes); err == nil && (!trueOf(m.Codes, codes) || !trueOf(m.Notes, notes)) {
			t.Fatal("tables passed that are not those of the manifest")
		}
		built, s, err := registry.BuildFeed(registry.FeedParams{
			Embedded: p.Embedded, Version: m.Version, Date: m.Date, Codes: codes, Notes: notes,
		})
		if err != nil {
			if !strings.HasPrefix(domain.KeyOf(err), "registry.feed_") {
				t.Fatal(err)
			}
			return
		}
		checkLoaded(t, s, codes)
		if again, err := registry.ParseManifest(built); err != nil || again.Info() != s.Info() {
			t.Fatalf("what was built is read as %+v, %v", again, err)
		}
		if added, changed, removed := registry.Diff(nil, s); len(added) != s.Info().Entries || changed != nil || removed != nil {
			t.Fatalf("%d of %d rows are new", len(added), s.Info().Entries)
		}
	})
}

// manifestOfSmall is the sound manifest that stands in for a malformed one.
func manifestOfSmall(p registry.FeedParams) registry.Manifest {
	table := func(name string, data []byte) registry.FeedTable {
		sum := sha256.Sum256(data)
		return registry.FeedTable{Name: name, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
	}
	return registry.Manifest{Version: p.Version, Date: p.Date, Codes: table("a.csv", p.Codes), Notes: table("b.csv", p.Notes)}
}

func trueOf(t registry.FeedTable, data []byte) bool {
	sum := sha256.Sum256(data)
	return t.Size == int64(len(data)) && t.SHA256 == hex.EncodeToString(sum[:])
}

func checkManifest(t *testing.T, m registry.Manifest) {
	t.Helper()
	for _, table := range []registry.FeedTable{m.Codes, m.Notes} {
		if table.Name == "" || strings.ContainsAny(table.Name, "/\\:%?#\x00") || strings.Trim(table.Name, ".") == "" ||
			table.Size < 1 || table.Size > registry.MaxTable || table.Rows < 0 || table.Rows > registry.MaxRows {
			t.Fatalf("table %+v", table)
		}
	}
	if registry.CompareVersions(m.Version, m.Version) != 0 || registry.CompareVersions(m.Version, "x") <= 0 {
		t.Fatalf("version %q", m.Version)
	}
}

func checkLoaded(t *testing.T, s *registry.Snapshot, codes []byte) {
	t.Helper()
	type place struct{ code, scope string }
	seen := map[place]bool{}
	for code, h := range s.All() {
		if seen[place{code, h.Scope}] {
			t.Fatalf("%s in %q stands there twice", code, h.Scope)
		}
		seen[place{code, h.Scope}] = true
		if h.Scope != registry.National && !strings.HasPrefix(code, "96") {
			t.Fatalf("%s in %q", code, h.Scope)
		}
		for _, text := range []string{h.NameZH, h.NameEN, h.Source, h.Note} {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, domain.Control) {
				t.Fatalf("%q", text)
			}
		}
		if !bytes.Contains(codes, []byte(code)) {
			t.Fatalf("%s comes from nowhere", code)
		}
	}
}
