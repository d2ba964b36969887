package registrar_test

import (
	"bytes"
	"testing"

	"quietline/assets"
	"quietline/internal/registry"
)

const parking = "parking,scam,title,,停车罚单,A false parking fine,unverified,list\n"

// publishWith makes the list of the address with a table of advice.
func (b *bench) publishWith(version string, table []byte) {
	b.t.Helper()
	b.net.list = b.key.Publish(b.t, registry.FeedParams{
		Embedded: assets.Registry(), Version: version, Date: "2026-12-01",
		Codes: shipped(b.t, "registry-95-96.csv"), Notes: shipped(b.t, "registry-notes.csv"), Advice: table,
	})
}

// install looks at the address and installs what is there.
func (b *bench) install() {
	b.t.Helper()
	u, err := b.Look(b.t.Context())
	ok(b.t, err)
	_, err = b.Install(b.t.Context(), u)
	ok(b.t, err)
}

func (b *bench) advises(id string) bool {
	_, there := b.Advice().Entry(id)
	return there
}

func TestAdviceIsInstalledAndTakenBack(t *testing.T) {
	b := newBench(t)
	b.source()
	if !b.advises("police") || b.advises("parking") {
		t.Fatal("the advice of the program is another")
	}
	changed := bytes.Replace(assets.Advice(), []byte("Fake police, prosecutors or courts"), []byte("Fake police"), 1)
	b.publishWith("2026.12.1", append(changed, parking...))
	u, err := b.Look(t.Context())
	ok(t, err)
	if c := u.Advice; len(c.Added) != 1 || c.Added[0].ID != "parking" || len(c.Changed) != 1 || c.Changed[0].ID != "police" || len(c.Removed) != 0 {
		t.Errorf("%+v", c)
	}
	if b.advises("parking") {
		t.Error("it counts before it is installed")
	}
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	b.restart()
	if !b.advises("parking") || b.Problem() != nil {
		t.Errorf("it is gone after a start: %v", b.Problem())
	}
	// A list without advice leaves that of the program.
	b.publish("2026.12.2", nil)
	b.install()
	if b.advises("parking") || !b.advises("police") {
		t.Error("advice of a list that is gone")
	}
	b.publishWith("2026.12.3", append(assets.Advice(), parking...))
	b.install()
	if !b.advises("parking") {
		t.Error("not installed")
	}
	_, err = b.Revert(t.Context())
	ok(t, err)
	if b.advises("parking") {
		t.Error("still there")
	}
}

func TestAdviceThatIsNoneIsRefused(t *testing.T) {
	b := newBench(t)
	b.source()
	for name, table := range map[string][]byte{
		"no mark":        append(assets.Advice(), "parking,scam,title,,停车罚单,A false parking fine,sure,list\n"...),
		"no English":     append(assets.Advice(), "parking,scam,title,,停车罚单,,single,list\n"...),
		"nobody to call": bytes.Replace(assets.Advice(), []byte("phone,110,"), []byte("phone,13800000000,"), 1),
		"something else": []byte("code,scope\n"),
	} {
		b.publishWith("2026.12.1", table)
		_, err := b.Look(t.Context())
		if fails(t, err, "registry.feed_row"); t.Failed() {
			t.Fatal(name)
		}
		_, err = b.Verify(t.Context(), b.net.list.Save(t), b.key.Public)
		fails(t, err, "registry.feed_row")
	}
	if b.Installed() || !b.advises("police") {
		t.Error("something was installed")
	}
}

// What was damaged in the workspace does not count, numbers and advice together.
func TestDamagedAdviceDoesNotCount(t *testing.T) {
	b := newBench(t)
	b.source()
	b.publishWith("2026.12.1", append(assets.Advice(), parking...))
	b.install()
	f, _, err := b.store.Feed(t.Context())
	ok(t, err)
	whole := bytes.Clone(f.Advice)
	for _, damaged := range [][]byte{nil, whole[:len(whole)-1], bytes.Replace(whole, []byte("110"), []byte("119"), 1)} {
		f.Advice = damaged
		ok(t, b.store.SaveFeed(t.Context(), f))
		b.restart()
		if b.Problem() == nil || b.advises("parking") || !b.advises("police") || b.Info().Version != "2026.11.0" {
			t.Errorf("it counts: %v", b.Problem())
		}
	}
}
