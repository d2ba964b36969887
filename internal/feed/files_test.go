package feed_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registrar"
)

func TestOpen(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	path := list.Save(t)
	want := registrar.Feed{
		Manifest: list[manifestName], Signature: list[signatureName], Codes: list[codesName], Notes: list[notesName], Key: key.Public,
	}
	check := func(path string) {
		t.Helper()
		got, err := feed.New(feed.Params{}).Open(t.Context(), path, key.Public)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	check(path)
	t.Chdir(filepath.Dir(path))
	check(manifestName) // without a folder
	for _, end := range []string{"", ".minisig"} {
		if err := os.Rename(manifestName+end, "2026-12.json"+end); err != nil {
			t.Fatal(err)
		}
	}
	check("2026-12.json") // under another name
}

func TestOpenRefuses(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, tables())
	write := func(name string, data []byte) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			t.Helper()
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	directory := func(name string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			t.Helper()
			remove(name)(t, dir)
			if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := func(name string) domain.Args { return domain.Args{"File": name} }
	for _, tc := range []struct {
		name  string
		spoil func(t *testing.T, dir string)
		kind  domain.Kind
		want  string
		args  domain.Args
	}{
		{"no manifest", remove(manifestName), domain.NotFound, "registry.feed_file_missing", file(manifestName)},
		{"no signature", remove(signatureName), domain.NotFound, "registry.feed_file_missing", file(signatureName)},
		{"no table", remove(notesName), domain.NotFound, "registry.feed_file_missing", file(notesName)},
		{"folder as manifest", directory(manifestName), domain.Invalid, "registry.feed_file_irregular", file(manifestName)},
		{"folder as table", directory(codesName), domain.Invalid, "registry.feed_file_irregular", file(codesName)},
		{"large manifest", write(manifestName, make([]byte, 1<<20)), domain.Corrupt, "registry.feed_too_large", domain.Args{"File": manifestName, "Limit": 64}},
		{
			"large table", write(codesName, make([]byte, 1<<20)), domain.Corrupt, "registry.feed_longer",
			domain.Args{"File": codesName, "Have": int64(len(list[codesName]) + 1), "Want": int64(len(list[codesName]))},
		},
		{"changed table", write(codesName, bytes.ToUpper(list[codesName])), domain.Corrupt, "registry.feed_digest", file(codesName)},
		{"picture as manifest", write(manifestName, []byte("\x89PNG")), domain.Corrupt, "registry.feed_signature_bad", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := list.Save(t)
			tc.spoil(t, filepath.Dir(path))
			_, err := feed.New(feed.Params{}).Open(t.Context(), path, key.Public)
			keyed(t, err, tc.kind, tc.want, tc.args)
		})
	}
}

func TestOpenStops(t *testing.T) {
	key := feedtest.NewKey(t)
	path := key.Publish(t, tables()).Save(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := feed.New(feed.Params{}).Open(ctx, path, key.Public)
	keyed(t, err, domain.Cancelled, "cancelled", nil)
	_, err = feed.New(feed.Params{}).Open(t.Context(), path, "no key")
	keyed(t, err, domain.Invalid, "registry.feed_key_malformed", nil)
	for _, path := range []string{"", "\x00", filepath.Join(path, "registry.json")} {
		if _, err := feed.New(feed.Params{}).Open(t.Context(), path, key.Public); domain.KindOf(err) != domain.NotFound && domain.KindOf(err) != domain.Invalid {
			t.Errorf("%q: %v", path, err)
		}
	}
}
