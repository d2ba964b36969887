// Package feedtest makes and serves signed lists for tests. Its keys are made
// at run time and trusted by nobody.
package feedtest

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"aead.dev/minisign"

	"quietline/internal/registry"
)

// Key is a key pair of one test.
type Key struct {
	// Public is the public key, in one line.
	Public  string
	private minisign.PrivateKey
}

// NewKey makes a key pair.
func NewKey(tb testing.TB) Key {
	tb.Helper()
	public, private, err := minisign.GenerateKey(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return Key{Public: public.String(), private: private}
}

// Sign signs a manifest, whatever is in it.
func (k Key) Sign(tb testing.TB, manifest []byte) []byte {
	tb.Helper()
	sig, err := registry.SignManifest(manifest, k.private)
	if err != nil {
		tb.Fatal(err)
	}
	return sig
}

// SignUnhashed signs as minisign did before 0.10.
func (k Key) SignUnhashed(manifest []byte) []byte { return minisign.Sign(k.private, manifest) }

// List is a published list: its files by name.
type List map[string][]byte

// Publish makes a list.
func (k Key) Publish(tb testing.TB, p registry.FeedParams) List {
	tb.Helper()
	manifest, _, err := registry.BuildFeed(p)
	if err != nil {
		tb.Fatal(err)
	}
	m, err := registry.ParseManifest(manifest)
	if err != nil {
		tb.Fatal(err)
	}
	l := List{m.Codes.Name: p.Codes, m.Notes.Name: p.Notes}
	if m.HasAdvice() {
		l[m.Advice.Name] = p.Advice
	}
	l[registry.ManifestFile] = manifest
	l[registry.ManifestFile+registry.SignatureEnd] = k.Sign(tb, manifest)
	return l
}

// Save writes the files into a new folder and gives the manifest's path.
func (l List) Save(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, data := range l {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return filepath.Join(dir, registry.ManifestFile)
}

// ServeHTTP serves the files in the folder /feed.
func (l List) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	dir, name := filepath.Split(r.URL.Path)
	data, ok := l[name]
	if !ok || dir != "/feed/" || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(data) // the client may have gone
}

// Path is the manifest's on the server.
const Path = "/feed/" + registry.ManifestFile
