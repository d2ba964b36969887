package registry_test

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

func TestParseManifest(t *testing.T) {
	data, err := os.ReadFile("testdata/registry.json")
	if err != nil {
		t.Fatal(err)
	}
	m, err := registry.ParseManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	if m.Version != "2026.12.1" || m.Date != "2026-12-01" || m.Codes.Name != "registry-95-96.csv" || m.Codes.Rows != 2 ||
		m.Notes.Name != "registry-notes.csv" || m.Notes.Rows != 1 || len(m.Notes.SHA256) != 64 || m.Codes.Size != 168 {
		t.Errorf("%+v", m)
	}
}

func TestParseManifestRefuses(t *testing.T) {
	sound, err := os.ReadFile("testdata/registry.json")
	if err != nil {
		t.Fatal(err)
	}
	m, err := registry.ParseManifest(sound)
	if err != nil {
		t.Fatal(err)
	}
	digest := m.Codes.SHA256
	for _, tc := range []struct{ name, old, new, part string }{
		{"empty", string(sound), "", "format"},
		{"web page", string(sound), "<!DOCTYPE html><html></html>", "format"},
		{"list", string(sound), "[]", "format"},
		{"cut off", "\n  }\n}", "", "format"},
		{"two manifests", string(sound), string(sound) + string(sound), "format"},
		{"field in capitals", `"version"`, `"Version"`, "registry.json"},
		{"unknown field", `"version"`, `"expires": 1, "version"`, "registry.json"},
		{"field twice", `"version"`, `"version": "1", "version"`, "registry.json"},
		{"no date", `"date": "2026-12-01",`, ``, "registry.json"},
		{"unknown file", `"notes": {`, `"areas": {}, "notes": {`, "files"},
		{"file twice", `"notes": {`, `"codes": {}, "notes": {`, "files"},
		{"file missing", `"notes": {`, `"areas": {`, "files"},
		{"files in a list", `"files": {`, `"files": [{}], "x": {`, "registry.json"},
		{"file that is none", `"codes": {`, `"codes": 1, "x": {`, "files"},
		{"no size", `"size": 168,`, ``, "files.codes"},
		{"version as a number", `"2026.12.1"`, `2026.12`, "version"},
		{"version with a letter", `"2026.12.1"`, `"2026.12.1a"`, "version"},
		{"version spelt otherwise", `"2026.12.1"`, `"2026.12.01"`, "version"},
		{"version with a hole", `"2026.12.1"`, `"2026..1"`, "version"},
		{"version below zero", `"2026.12.1"`, `"-1"`, "version"},
		{"endless version", `"2026.12.1"`, `"` + strings.Repeat("1.", 50) + `1"`, "version"},
		{"no version", `"2026.12.1"`, `null`, "registry.json"},
		{"day of no month", `"2026-12-01"`, `"2026-13-01"`, "date"},
		{"date with a time", `"2026-12-01"`, `"2026-12-01T00:00:00Z"`, "date"},
		{"date as a number", `"2026-12-01"`, `20261201`, "date"},
		{"name of another folder", `"registry-95-96.csv"`, `"../registry-95-96.csv"`, "files.codes.name"},
		{"name in a folder", `"registry-95-96.csv"`, `"a/registry-95-96.csv"`, "files.codes.name"},
		{"name in a Windows folder", `"registry-95-96.csv"`, `"a\\b.csv"`, "files.codes.name"},
		{"name of a device", `"registry-95-96.csv"`, `"c:b.csv"`, "files.codes.name"},
		{"name of the folder", `"registry-95-96.csv"`, `".."`, "files.codes.name"},
		{"hidden name", `"registry-95-96.csv"`, `".csv"`, "files.codes.name"},
		{"name with a query", `"registry-95-96.csv"`, `"a.csv?b"`, "files.codes.name"},
		{"name with an escape", `"registry-95-96.csv"`, `"a%2Fb.csv"`, "files.codes.name"},
		{"name of the manifest", `"registry-95-96.csv"`, `"Registry.json"`, "files.codes.name"},
		{"name of the signature", `"registry-95-96.csv"`, `"registry.json.minisig"`, "files.codes.name"},
		{"long name", `"registry-95-96.csv"`, `"` + strings.Repeat("a", 101) + `"`, "files.codes.name"},
		{"no name", `"registry-95-96.csv"`, `""`, "files.codes.name"},
		{"one name for both", `"registry-notes.csv"`, `"Registry-95-96.csv"`, "files.notes.name"},
		{"no bytes", `"size": 168`, `"size": 0`, "files.codes.size"},
		{"fewer bytes than none", `"size": 168`, `"size": -1`, "files.codes.size"},
		{"part of a byte", `"size": 168`, `"size": 1.5`, "files.codes.size"},
		{"more bytes than can be counted", `"size": 168`, `"size": 99999999999999999999`, "files.codes.size"},
		{"short digest", digest, digest[:62], "files.codes.sha256"},
		{"digest in capitals", digest, strings.ToUpper(digest), "files.codes.sha256"},
		{"digest with a g", digest, "g" + digest[1:], "files.codes.sha256"},
		{"rows below zero", `"rows": 2`, `"rows": -2`, "files.codes.rows"},
		{"too many rows", `"rows": 2`, `"rows": 200001`, "files.codes.rows"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := strings.Replace(string(sound), tc.old, tc.new, 1)
			if data == string(sound) {
				t.Fatal("nothing was spoilt")
			}
			_, err := registry.ParseManifest([]byte(data))
			keyed(t, err, domain.Corrupt, "registry.feed_malformed", domain.Args{"Part": tc.part})
		})
	}
	for old, want := range map[string]string{`"size": 168`: "registry-95-96.csv", `"size": 39`: "registry-notes.csv"} {
		_, err = registry.ParseManifest([]byte(strings.Replace(string(sound), old, `"size": 16777217`, 1)))
		keyed(t, err, domain.Corrupt, "registry.feed_too_large", domain.Args{"File": want, "Limit": 16 << 10})
	}
	for _, data := range []string{`{}`, `{"format":"quietline-registry/3","lists":[]}`, `null`} {
		_, err := registry.ParseManifest([]byte(data))
		keyed(t, err, domain.Conflict, "registry.feed_format", nil)
	}
}

func TestCompareVersions(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"2026.11.0", "2026.11.0", 0},
		{"2026.12.1", "2026.11.0", 1},
		{"2026.9.0", "2026.11.0", -1},
		{"2026.11", "2026.11.0", 0},
		{"2026.11", "2026.11.1", -1},
		{"2027", "2026.99.99", 1},
		{"2026.011.0", "2026.11.0", 0},
		{"99999999999999999999999", "100000000000000000000000", -1},
		{"0", "0.0.0", 0},
		{"1", "one", 1},
		{"", "0", -1},
		{"1..2", "0", -1},
		{"x", "", 0},
		{"1.-2", "0", -1},
	} {
		if got := registry.CompareVersions(tc.a, tc.b); sign(got) != tc.want {
			t.Errorf("%q to %q: %d", tc.a, tc.b, got)
		}
		if got := registry.CompareVersions(tc.b, tc.a); sign(got) != -tc.want {
			t.Errorf("%q to %q: %d", tc.b, tc.a, got)
		}
	}
}

func sign(n int) int { return max(-1, min(1, n)) }

func TestCompareVersionsOrders(t *testing.T) {
	version := rapid.OneOf(rapid.StringMatching(`[0-3]{1,2}(\.[0-3]{1,2}){0,3}`), rapid.StringMatching(`[0-3.a]{0,4}`))
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := version.Draw(t, "a"), version.Draw(t, "b"), version.Draw(t, "c")
		ab, bc, ac := sign(registry.CompareVersions(a, b)), sign(registry.CompareVersions(b, c)), sign(registry.CompareVersions(a, c))
		if ab != -sign(registry.CompareVersions(b, a)) {
			t.Fatalf("%q and %q", a, b)
		}
		if ab <= 0 && bc <= 0 && (ac > 0 || ac == 0 && ab+bc != 0) {
			t.Fatalf("%q %q %q: %d %d %d", a, b, c, ab, bc, ac)
		}
	})
}

func TestCheckNotOlder(t *testing.T) {
	info := func(v string) domain.RegistryInfo { return domain.RegistryInfo{Version: v} }
	for _, got := range []string{"2026.11.0", "2026.12.1"} {
		if err := registry.CheckNotOlder(info("2026.11.0"), info(got)); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	keyed(t, registry.CheckNotOlder(info("2026.11.0"), info("2026.9.5")), domain.Conflict, "registry.feed_older",
		domain.Args{"Have": "2026.11.0", "Got": "2026.9.5"})
}
