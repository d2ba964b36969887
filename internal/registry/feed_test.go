package registry_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registry"
)

const notesHead = "code,scope,note_zh\n"

// smallFeed is what a feed of the small folder is made of.
func smallFeed() registry.FeedParams {
	return registry.FeedParams{
		Embedded: folder(), Version: "2026.12.1", Date: "2026-12-01",
		Codes: []byte(codesHead + bankRow + "96588,安徽,徽商银行,,bank,list,single source\n"),
		Notes: []byte(notesHead + "96588,安徽,旧名\n"),
	}
}

// keyed checks that an error has the kind, key and arguments.
func keyed(t *testing.T, err error, kind domain.Kind, key string, args domain.Args) {
	t.Helper()
	var e *domain.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want %s", err, key)
	}
	if e.Kind != kind || e.Key != key {
		t.Errorf("got %s %s, want %s %s", e.Kind, e.Key, kind, key)
	}
	if diff := cmp.Diff(args, e.Args); diff != "" {
		t.Error(diff)
	}
}

func TestFeedLoadsOverTheEmbeddedFolder(t *testing.T) {
	key, p := feedtest.NewKey(t), smallFeed()
	p.Embedded = assets.Registry()
	list := key.Publish(t, p)
	m, err := registry.VerifyManifest(list[registry.ManifestFile], list[registry.ManifestFile+registry.SignatureEnd], key.Public)
	if err != nil {
		t.Fatal(err)
	}
	s, err := registry.LoadFeed(p.Embedded, m, p.Codes, p.Notes)
	if err != nil {
		t.Fatal(err)
	}
	want := domain.RegistryInfo{Version: "2026.12.1", Date: "2026-12-01", Entries: 2}
	if s.Info() != want || m.Info() != want {
		t.Errorf("list %+v, manifest %+v", s.Info(), m.Info())
	}
	if h := s.Find("96588"); len(h) != 1 || h[0].Note != "旧名" {
		t.Errorf("96588 is %+v", h)
	}
	if s.Find("95599") != nil {
		t.Error("a row of the embedded list is still there")
	}
	if len(s.Provinces()) != 31 || s.City("0551") == "" {
		t.Error("the embedded places are gone")
	}
	// Load over the same folder reads the same.
	again, err := registry.Load(registry.FeedFS(p.Embedded, m, p.Codes, p.Notes))
	if err != nil {
		t.Fatal(err)
	}
	if added, changed, removed := registry.Diff(s, again); len(added)+len(changed)+len(removed) != 0 {
		t.Error("Load reads something else than LoadFeed")
	}
}

func TestFeedFSHasFilesAsTheyShouldBe(t *testing.T) {
	p := smallFeed()
	m := registry.Manifest{Version: "1", Date: "2026-12-01"}
	fsys := registry.FeedFS(p.Embedded, m, p.Codes, p.Notes)
	for file, want := range map[string][]byte{
		"registry-95-96.csv": p.Codes, "registry-notes.csv": p.Notes,
		"provinces.csv": folder()["provinces.csv"].Data,
	} {
		if got, err := fs.ReadFile(fsys, file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %q, %v", file, got, err)
		}
		info, err := fs.Stat(fsys, file)
		if err != nil || info.Size() != int64(len(want)) || info.Name() != file || !info.Mode().IsRegular() || info.IsDir() {
			t.Errorf("%s: %+v, %v", file, info, err)
		}
	}
	if _, err := fsys.Open("../registry-95-96.csv"); err == nil {
		t.Error("a path out of the folder opens")
	}
	if _, err := fsys.Open("none.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("none.csv: %v", err)
	}
}

func TestVerifyManifestRefuses(t *testing.T) {
	key, other := feedtest.NewKey(t), feedtest.NewKey(t)
	list := key.Publish(t, smallFeed())
	manifest, sig := list[registry.ManifestFile], list[registry.ManifestFile+registry.SignatureEnd]
	id := func(k feedtest.Key) string {
		_, id, _ := strings.Cut(strings.SplitN(string(k.Sign(t, manifest)), "\n", 2)[0], "key ")
		return id
	}
	const malformedSig = "registry.feed_signature_malformed"
	lines := strings.SplitAfter(string(sig), "\n")
	otherLines := strings.SplitAfter(string(key.Sign(t, []byte("something else"))), "\n")
	for _, tc := range []struct {
		name          string
		manifest, sig []byte
		key           string
		kind          domain.Kind
		want          string
		args          domain.Args
	}{
		{"another key", manifest, sig, other.Public, domain.Corrupt, "registry.feed_key_other", domain.Args{"Have": id(key), "Want": id(other)}},
		{"changed manifest", bytes.Replace(manifest, []byte("12.1"), []byte("12.2"), 1), sig, key.Public, domain.Corrupt, "registry.feed_signature_bad", nil},
		{"a byte more", append(bytes.Clone(manifest), '\n'), sig, key.Public, domain.Corrupt, "registry.feed_signature_bad", nil},
		{"signature of something else", manifest, []byte(strings.Join(otherLines, "")), key.Public, domain.Corrupt, "registry.feed_signature_bad", nil},
		{"trusted comment changed", manifest, bytes.Replace(sig, []byte("trusted comment: q"), []byte("trusted comment: Q"), 1), key.Public, domain.Corrupt, "registry.feed_signature_bad", nil},
		{"signature of the comment from elsewhere", manifest, []byte(lines[0] + lines[1] + lines[2] + otherLines[3]), key.Public, domain.Corrupt, "registry.feed_signature_bad", nil},
		{"not pre-hashed", manifest, key.SignUnhashed(manifest), key.Public, domain.Corrupt, malformedSig, nil},
		{"without the comment's signature", manifest, []byte(strings.Join(lines[:2], "")), key.Public, domain.Corrupt, malformedSig, nil},
		{"no signature", manifest, []byte("<html>"), key.Public, domain.Corrupt, malformedSig, nil},
		{"empty signature", manifest, nil, key.Public, domain.Corrupt, malformedSig, nil},
		{"no key", manifest, sig, "", domain.Invalid, "registry.feed_key_malformed", nil},
		{"key of another kind", manifest, sig, "ssh-ed25519 AAAA", domain.Invalid, "registry.feed_key_malformed", nil},
		{"key cut off", manifest, sig, key.Public[:len(key.Public)-4], domain.Invalid, "registry.feed_key_malformed", nil},
		{"endless key", manifest, sig, key.Public + strings.Repeat("A", 2000), domain.Invalid, "registry.feed_key_malformed", nil},
		{"large manifest", make([]byte, registry.MaxManifest+1), sig, key.Public, domain.Corrupt, "registry.feed_too_large", domain.Args{"File": "registry.json", "Limit": 64}},
		{"large signature", manifest, make([]byte, registry.MaxSignature+1), key.Public, domain.Corrupt, "registry.feed_too_large", domain.Args{"File": "registry.json.minisig", "Limit": 4}},
		{"signed, but no manifest", []byte("{}"), key.Sign(t, []byte("{}")), key.Public, domain.Conflict, "registry.feed_format", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := registry.VerifyManifest(tc.manifest, tc.sig, tc.key)
			keyed(t, err, tc.kind, tc.want, tc.args)
		})
	}
	// The untrusted comment may be anything, and line ends those of Windows.
	for name, sig := range map[string]string{
		"comment":   "untrusted comment: x\n" + strings.Join(lines[1:], ""),
		"line ends": strings.ReplaceAll(string(sig), "\n", "\r\n"),
	} {
		if _, err := registry.VerifyManifest(manifest, []byte(sig), "untrusted comment: y\n"+key.Public+"\n"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSignatureOfMinisign reads a key and a signature of the text "test" that
// minisign itself made (its author's vector, also in jedisct1/go-minisign).
func TestSignatureOfMinisign(t *testing.T) {
	const (
		public = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
		sig    = "untrusted comment: signature from minisign secret key\n" +
			"RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n" +
			"trusted comment: timestamp:1635443258\tfile:test\thashed\n" +
			"/cj37GK60vryibFn+ftOgbCvW9NKhKYgjVpFFQUcWPAnjO23wrvVDTt7cloNC06maoBli9q6qwZDXXoaxweICQ==\n"
	)
	_, err := registry.VerifyManifest([]byte("test"), []byte(sig), public)
	keyed(t, err, domain.Corrupt, "registry.feed_malformed", domain.Args{"Part": "format"}) // after the signature
	_, err = registry.VerifyManifest([]byte("Test"), []byte(sig), public)
	keyed(t, err, domain.Corrupt, "registry.feed_signature_bad", nil)
}

func TestSignatureIsTheSameEveryTime(t *testing.T) {
	key := feedtest.NewKey(t)
	if !bytes.Equal(key.Sign(t, []byte("{}")), key.Sign(t, []byte("{}"))) {
		t.Error("two signatures of one manifest differ")
	}
}

func TestCheckTablesRefuses(t *testing.T) {
	p := smallFeed()
	m := manifestOf(t, p)
	changed := bytes.Replace(p.Codes, []byte("95588"), []byte("95599"), 1)
	for _, tc := range []struct {
		name         string
		codes, notes []byte
		want         string
		args         domain.Args
	}{
		{"changed", changed, p.Notes, "registry.feed_digest", domain.Args{"File": "registry-95-96.csv"}},
		{"cut off", p.Codes[:20], p.Notes, "registry.feed_truncated", domain.Args{"File": "registry-95-96.csv", "Have": int64(20), "Want": m.Codes.Size}},
		{"longer", p.Codes, append(bytes.Clone(p.Notes), '\n'), "registry.feed_longer", domain.Args{"File": "registry-notes.csv", "Have": m.Notes.Size + 1, "Want": m.Notes.Size}},
		{"swapped", p.Notes, p.Codes, "registry.feed_truncated", domain.Args{"File": "registry-95-96.csv", "Have": m.Notes.Size, "Want": m.Codes.Size}},
		{"too large", make([]byte, registry.MaxTable+1), p.Notes, "registry.feed_too_large", domain.Args{"File": "registry-95-96.csv", "Limit": 16 << 10}},
		{"nothing", nil, nil, "registry.feed_truncated", domain.Args{"File": "registry-95-96.csv", "Have": int64(0), "Want": m.Codes.Size}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			keyed(t, registry.CheckTables(m, tc.codes, tc.notes), domain.Corrupt, tc.want, tc.args)
			_, err := registry.LoadFeed(p.Embedded, m, tc.codes, tc.notes)
			keyed(t, err, domain.Corrupt, tc.want, tc.args)
		})
	}
	if err := registry.CheckTables(m, p.Codes, p.Notes); err != nil {
		t.Error(err)
	}
}

func manifestOf(t *testing.T, p registry.FeedParams) registry.Manifest {
	t.Helper()
	data, _, err := registry.BuildFeed(p)
	if err != nil {
		t.Fatal(err)
	}
	m, err := registry.ParseManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBuildFeedRefusesWhatWouldNotLoad(t *testing.T) {
	const codes, notes = "registry-95-96.csv", "registry-notes.csv"
	row := func(file string, line int) domain.Args { return domain.Args{"File": file, "Line": line} }
	for _, tc := range []struct {
		name  string
		spoil func(p *registry.FeedParams)
		want  string
		args  domain.Args
	}{
		{"malformed row", func(p *registry.FeedParams) { p.Codes = []byte(codesHead + bankRow + "x\n") }, "registry.feed_row", row(codes, 3)},
		{"malformed note", func(p *registry.FeedParams) { p.Notes = []byte(notesHead + "96588,安徽,\n") }, "registry.feed_row", row(notes, 2)},
		{"header only of something else", func(p *registry.FeedParams) { p.Notes = []byte("a,b\n") }, "registry.feed_row", row(notes, 1)},
		{"no version", func(p *registry.FeedParams) { p.Version = "" }, "registry.feed_malformed", domain.Args{"Part": "version"}},
		{"no day", func(p *registry.FeedParams) { p.Date = "1 Dec" }, "registry.feed_malformed", domain.Args{"Part": "date"}},
		{"no notes", func(p *registry.FeedParams) { p.Notes = nil }, "registry.feed_malformed", domain.Args{"Part": "files.notes.size"}},
		{"endless", func(p *registry.FeedParams) { p.Codes = make([]byte, registry.MaxTable+1) }, "registry.feed_too_large", domain.Args{"File": codes, "Limit": 16 << 10}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := smallFeed()
			tc.spoil(&p)
			manifest, s, err := registry.BuildFeed(p)
			if manifest != nil || s != nil {
				t.Error("something was made all the same")
			}
			keyed(t, err, domain.Corrupt, tc.want, tc.args)
		})
	}
	// What is wrong with our own folder is not blamed on the feed.
	p := smallFeed()
	p.Embedded = fstest.MapFS{}
	_, _, err := registry.BuildFeed(p)
	keyed(t, err, domain.Corrupt, "registry.missing", domain.Args{"File": "provinces.csv"})
}

func TestRowsThatTheManifestDoesNotCount(t *testing.T) {
	p := smallFeed()
	m := manifestOf(t, p)
	m.Codes.Rows++
	_, err := registry.LoadFeed(p.Embedded, m, p.Codes, p.Notes)
	keyed(t, err, domain.Corrupt, "registry.feed_row", domain.Args{"File": m.Codes.Name, "Line": 3})
	m.Codes.Rows--
	m.Notes.Rows--
	_, err = registry.LoadFeed(p.Embedded, m, p.Codes, p.Notes)
	keyed(t, err, domain.Corrupt, "registry.feed_row", domain.Args{"File": m.Notes.Name, "Line": 2})
}

func TestManifestFileIsReadable(t *testing.T) {
	want, err := os.ReadFile("testdata/registry.json")
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := registry.BuildFeed(smallFeed())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}
