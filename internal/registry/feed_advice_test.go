package registry_test

import (
	"bytes"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registry"
)

const table = "entry,group,part\nx,scam,title\n"

func withAdvice() registry.FeedParams {
	p := smallFeed()
	p.Advice = []byte(table)
	return p
}

func TestManifestBindsTheAdvice(t *testing.T) {
	key := feedtest.NewKey(t)
	list := key.Publish(t, withAdvice())
	manifest, sig := list[registry.ManifestFile], list[registry.ManifestFile+registry.SignatureEnd]
	m, err := registry.VerifyManifest(manifest, sig, key.Public)
	if err != nil {
		t.Fatal(err)
	}
	if !m.HasAdvice() || m.Advice.Name != "advice.csv" || m.Advice.Rows != 1 || m.Advice.Size != int64(len(table)) {
		t.Errorf("%+v", m.Advice)
	}
	if !bytes.Contains(manifest, []byte(registry.AdviceFormat)) || !bytes.Contains(sig, []byte(registry.AdviceFormat)) {
		t.Error("neither manifest nor signature name the format")
	}
	if err := registry.CheckAdvice(m, []byte(table)); err != nil {
		t.Error(err)
	}
	changed := []byte(strings.Replace(table, "x", "y", 1))
	keyed(t, registry.CheckAdvice(m, changed), domain.Corrupt, "registry.feed_digest", domain.Args{"File": "advice.csv"})
	if err := registry.CheckAdvice(m, nil); domain.KeyOf(err) != "registry.feed_truncated" {
		t.Errorf("a missing table: %v", err)
	}
	// Without a table it is a list as before, which older programs read too.
	plain := key.Publish(t, smallFeed())
	m, err = registry.ParseManifest(plain[registry.ManifestFile])
	if err != nil || m.HasAdvice() || !bytes.Contains(plain[registry.ManifestFile], []byte(registry.FeedFormat)) ||
		bytes.Contains(plain[registry.ManifestFile], []byte("advice")) {
		t.Errorf("%+v, %v", m, err)
	}
	if err := registry.CheckAdvice(m, nil); err != nil {
		t.Error(err)
	}
	if err := registry.CheckAdvice(m, []byte(table)); domain.KeyOf(err) != "registry.feed_longer" {
		t.Errorf("a table that the manifest does not name: %v", err)
	}
}

func TestManifestsOfAdviceThatAreRefused(t *testing.T) {
	sound, _, err := registry.BuildFeed(withAdvice())
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, old, new, part string }{
		{"advice in the format without", registry.AdviceFormat, registry.FeedFormat, "files"},
		{"no advice in the format with it", `"advice"`, `"tips"`, "files"},
		{"name of another table", `"advice.csv"`, `"Registry-notes.csv"`, "files.advice.name"},
		{"name of the manifest", `"advice.csv"`, `"registry.json"`, "files.advice.name"},
		{"path", `"advice.csv"`, `"../advice.csv"`, "files.advice.name"},
		{"no rows", `"rows": 1
    }
  }`, `"rows": -1
    }
  }`, "files.advice.rows"},
	} {
		data := strings.Replace(string(sound), tc.old, tc.new, 1)
		if data == string(sound) {
			t.Fatalf("%s: nothing was spoilt in\n%s", tc.name, sound)
		}
		_, err := registry.ParseManifest([]byte(data))
		keyed(t, err, domain.Corrupt, "registry.feed_malformed", domain.Args{"Part": tc.part})
	}
}
