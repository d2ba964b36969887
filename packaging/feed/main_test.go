package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"quietline/assets"
	"quietline/internal/feed"
	"quietline/internal/registry"
)

const (
	testKey      = "testdata/for-tests-only.key"
	testPassword = "for tests only"
	testPublic   = "RWRUoYF4RFq7zkr2vkaWn2jJWLCr884ufBTPjWH+maZrZlzaEuwJy8rI"
)

// desk is a tool with everything around it.
type desk struct {
	tool
	stdout, stderr bytes.Buffer
	env            map[string]string
}

func newDesk(stdin string) *desk {
	d := &desk{env: map[string]string{}}
	d.tool = tool{
		in: strings.NewReader(stdin), out: &d.stdout, errs: &d.stderr,
		getenv: func(name string) string { return d.env[name] }, shipped: assets.Registry(), advice: assets.Advice(),
		encrypt: func(password string, key minisign.PrivateKey) ([]byte, error) {
			text, err := key.MarshalText()
			return append([]byte("locked with "+password+"\n"), text...), err
		},
	}
	return d
}

// shippedTables writes the shipped tables, changed, and gives their paths.
func shippedTables(t *testing.T, change *strings.Replacer) (codes, notes string) {
	t.Helper()
	dir := t.TempDir()
	path := func(file string) string {
		data, err := fs.ReadFile(assets.Registry(), file)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, file)
		if err := os.WriteFile(path, []byte(change.Replace(string(data))), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return path("registry-95-96.csv"), path("registry-notes.csv")
}

// edits changes, adds and removes a row.
func edits() *strings.Replacer {
	return strings.NewReplacer(
		"95588,national,中国工商银行", "95588,national,工商银行",
		"95599,national,中国农业银行", "95598765,national,农行",
		"confidence\n", "confidence\n96999999,安徽,新公司,,other,list,single source\n",
	)
}

// TestPublishedListArrives signs a list, serves the folder as it is, fetches and
// loads it, and looks at what it changes.
func TestPublishedListArrives(t *testing.T) {
	codes, notes := shippedTables(t, edits())
	out := filepath.Join(t.TempDir(), "new", "feed")
	d := newDesk(testPassword + "\n")
	if err := d.run([]string{
		"build", "-codes", codes, "-notes", notes, "-version", "2026.12.1", "-date", "2026-12-01", "-key", testKey, "-out", out,
	}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"+ 95598765 national: 农行\n", "+ 96999999 安徽: 新公司\n", "- 95599 national: 中国农业银行\n",
		"~ 95588 national: 工商银行; name \"工商银行\", was \"中国工商银行\"\n",
		"2026.11.0 to 2026.12.1: 1397 rows, 2 added, 1 changed, 1 removed\n", testPublic,
	} {
		if !strings.Contains(d.stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, d.stdout.String())
		}
	}
	files, err := os.ReadDir(out)
	if err != nil || len(files) != 4 {
		t.Fatalf("%v, %v", files, err)
	}

	server := httptest.NewTLSServer(http.FileServer(http.Dir(out)))
	defer server.Close()
	fetcher := feed.New(feed.Params{Roots: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs})
	got, _, err := fetcher.Fetch(t.Context(), server.URL+"/registry.json", testPublic, "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := registry.VerifyManifest(got.Manifest, got.Signature, testPublic)
	if err != nil {
		t.Fatal(err)
	}
	list, err := registry.LoadFeed(assets.Registry(), m, got.Codes, got.Notes)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := registry.Load(assets.Registry())
	if err != nil {
		t.Fatal(err)
	}
	added, changed, removed := registry.Diff(shipped, list)
	if len(added) != 2 || len(changed) != 1 || len(removed) != 1 {
		t.Errorf("added %v, changed %v, removed %v", added, changed, removed)
	}
	if list.Info() != m.Info() || list.Info().Version != "2026.12.1" || list.Info().Entries != 1397 {
		t.Errorf("%+v", list.Info())
	}
	// From the folder it is the same.
	opened, err := fetcher.Open(t.Context(), filepath.Join(out, "registry.json"), testPublic)
	if err != nil || !bytes.Equal(opened.Codes, got.Codes) || !bytes.Equal(opened.Signature, got.Signature) {
		t.Errorf("from the folder: %v", err)
	}
	// http.FileServer gives a Last-Modified and no ETag; then all is fetched.
	if got.ETag != "" {
		t.Errorf("ETag %q", got.ETag)
	}
}

func TestBuildSignsNothingThatWouldBeRefused(t *testing.T) {
	codes, notes := shippedTables(t, strings.NewReplacer())
	spoilt, _ := shippedTables(t, strings.NewReplacer("95588,national,中国工商银行", "95588,national,"))
	plain := filepath.Join(t.TempDir(), "plain.key")
	_, key, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := key.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(plain, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, flag, value, password, want string }{
		{"spoilt table", "-codes", spoilt, testPassword, "registry.feed_row"},
		{"tables swapped", "-codes", notes, testPassword, "registry.feed_row"},
		{"no table", "-notes", filepath.Join(t.TempDir(), "none.csv"), testPassword, "none.csv"},
		{"shipped version", "-version", "2026.11.0", testPassword, "not newer"},
		{"older version", "-version", "2026.9.30", testPassword, "not newer"},
		{"no version", "-version", "0.5.0+abc", testPassword, "registry.feed_malformed"},
		{"no day", "-date", "today", testPassword, "registry.feed_malformed"},
		{"another password", "-key", testKey, "for other tests", "does not open"},
		{"no password", "-key", testKey, "", "the password is empty"},
		{"key without a password", "-key", plain, testPassword, "with a password"},
		{"no key", "-key", codes, testPassword, "with a password"},
		{"flag without a value", "-date", "", testPassword, "-date is missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			d := newDesk("")
			d.env["QUIETLINE_FEED_PASSWORD"] = tc.password
			err := d.run([]string{
				"build", "-codes", codes, "-notes", notes, "-version", "2026.12.1", "-date", "2026-12-01", "-key", testKey,
				"-out", out, tc.flag, tc.value,
			})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
				t.Error("something was written")
			}
			d.explain(err)
			if d.stderr.Len() == 0 || strings.Contains(d.stderr.String(), "{{") || d.stdout.Len() != 0 {
				t.Errorf("said %q, and %q", d.stderr.String(), d.stdout.String())
			}
		})
	}
}

func TestKeygen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	d := newDesk("a word\r\nanother line\n")
	if err := d.run([]string{"keygen", "-out", dir}); err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile(filepath.Join(dir, secretFile))
	if err != nil || !bytes.HasPrefix(secret, []byte("locked with a word\n")) {
		t.Fatalf("%q, %v", secret, err)
	}
	if info, err := os.Stat(filepath.Join(dir, secretFile)); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the key: %v, %v", info.Mode(), err)
	}
	public, err := os.ReadFile(filepath.Join(dir, publicFile))
	if err != nil {
		t.Fatal(err)
	}
	var key minisign.PrivateKey
	_, text, _ := bytes.Cut(secret, []byte("\n"))
	if err := key.UnmarshalText(text); err != nil {
		t.Fatal(err)
	}
	line := publicLine(key)
	if !strings.Contains(d.stdout.String(), line) || !bytes.Contains(public, []byte(line)) || registry.CheckKey(string(public)) != nil {
		t.Errorf("the public key is %s, the file has %q, said was %q", line, public, d.stdout.String())
	}
	// No key is written over, not even half of a pair.
	for _, left := range []string{secretFile, publicFile} {
		again := newDesk("a word\n")
		if err := again.run([]string{"keygen", "-out", dir}); err == nil || !strings.Contains(err.Error(), "not written over") {
			t.Errorf("over %s: %v", left, err)
		}
		if err := os.Remove(filepath.Join(dir, secretFile)); err != nil && left == secretFile {
			t.Fatal(err)
		}
	}
	if err := newDesk("\n").run([]string{"keygen", "-out", t.TempDir()}); err == nil {
		t.Error("a key without a password was made")
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		nil, {"help"}, {"keygen"}, {"keygen", "-out"}, {"keygen", "-out", "x", "more"}, {"keygen", "-key", "x"}, {"build", "-out", "x"},
	} {
		d := newDesk("")
		err := d.run(args)
		if !errors.Is(err, errUsage) {
			t.Errorf("%v: %v", args, err)
		}
		d.explain(err)
		if !strings.HasPrefix(d.stderr.String(), "feed: ") {
			t.Errorf("said %q", d.stderr.String())
		}
	}
}
