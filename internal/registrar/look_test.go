package registrar_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registrar"
)

func TestNothingIsFetchedUnlessSet(t *testing.T) {
	b := newBench(t)
	_, err := b.Look(t.Context())
	fails(t, err, "registry.no_source")
	_, err = b.LookAt(t.Context(), registrar.Source{URL: address})
	fails(t, err, "registry.no_key")
	_, err = b.LookIn(t.Context(), "registry.json", "")
	fails(t, err, "registry.no_key")
	if len(b.net.etags) != 0 {
		t.Error("something was fetched")
	}
}

func TestSourceIsChecked(t *testing.T) {
	b := newBench(t)
	for name, tt := range map[string]struct {
		s    registrar.Source
		want map[string]string
	}{
		"plain http": {registrar.Source{URL: "http://lists.example/registry.json", Key: b.key.Public}, map[string]string{"/url": "registry.feed_https_required"}},
		"no address": {registrar.Source{URL: "lists", Key: b.key.Public}, map[string]string{"/url": "registry.feed_url_invalid"}},
		"no key":     {registrar.Source{URL: address}, map[string]string{"/key": "registry.no_key"}},
		"bad key":    {registrar.Source{URL: address, Key: "RWx"}, map[string]string{"/key": "registry.feed_key_malformed"}},
	} {
		if d := cmp.Diff(tt.want, pointers(b.SetSource(t.Context(), tt.s))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	b.source()
	got, err := b.Source(t.Context())
	ok(t, err)
	if got != (registrar.Source{URL: address, Key: b.key.Public}) {
		t.Errorf("%+v", got)
	}
	ok(t, b.SetSource(t.Context(), registrar.Source{}))
	if got, _ := b.Source(t.Context()); got != (registrar.Source{}) {
		t.Errorf("%+v", got)
	}
}

func TestUpdateShowsWhatItChangesAndDoesNothing(t *testing.T) {
	b := newBench(t)
	b.log(domain.VerdictListed, "95588", "95599", "95599000")
	b.log(domain.VerdictUnlisted, "95023001")
	b.p.Program = "2"
	b.restart()
	b.publish("2026.12.1", []string{"95588", "95533"},
		"95588,national,另一家,,bank,test,single source", "95023,national,新公司,,call_centre,test,single source")
	b.source()
	u, err := b.Look(t.Context())
	ok(t, err)
	codes := func(list []domain.RegistryChange) (out []string) {
		for _, c := range list {
			out = append(out, c.Code)
		}
		return out
	}
	got := [][]string{codes(u.Added), codes(u.Changed), codes(u.Removed)}
	if d := cmp.Diff([][]string{{"95023"}, {"95588"}, {"95533"}}, got); d != "" {
		t.Error(d)
	}
	if u.Changed[0].Before.NameZH != "中国工商银行" || u.Changed[0].After.NameZH != "另一家" {
		t.Errorf("%+v", u.Changed[0])
	}
	want := []domain.VerdictChange{{
		Number: "95023001", Calls: 1, Before: domain.VerdictUnlisted, After: domain.VerdictListedExtension, CodeBefore: "95023", CodeAfter: "95023",
	}}
	if d := cmp.Diff(want, u.Verdicts); d != "" || u.Numbers != 1 || u.Calls != 1 {
		t.Error(d, u.Numbers, u.Calls)
	}
	if b.Info().Version != "2026.11.0" || b.verdictOf("95023001") != domain.VerdictUnlisted {
		t.Error("something changed before it was wanted")
	}
	e, err := b.Install(t.Context(), u)
	ok(t, err)
	if e.Calls != 1 || b.Info().Version != "2026.12.1" || b.verdictOf("95023001") != domain.VerdictListedExtension {
		t.Errorf("%+v %+v", e, b.Info())
	}
	b.restart()
	if b.Info().Version != "2026.12.1" {
		t.Error("forgotten")
	}
}

func TestEtagIsSentToItsOwnAddressOnly(t *testing.T) {
	b := newBench(t)
	b.publish("2026.12.1", nil)
	b.source()
	u, err := b.Look(t.Context())
	ok(t, err)
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	b.net.unchanged = `"1"`
	u, err = b.Look(t.Context())
	ok(t, err)
	if !u.UpToDate || u.From.Version != "2026.12.1" {
		t.Errorf("%+v", u)
	}
	u, err = b.LookAt(t.Context(), registrar.Source{URL: address + "?other", Key: b.key.Public})
	ok(t, err)
	if !u.UpToDate {
		t.Error("the same version is newer")
	}
	other := feedtest.NewKey(t)
	_, err = b.LookAt(t.Context(), registrar.Source{URL: address, Key: other.Public})
	fails(t, err, "registry.feed_key_other")
	if want := []string{"", `"1"`, "", ""}; !slices.Equal(b.net.etags, want) {
		t.Errorf("%q", b.net.etags)
	}
}

func TestOlderListIsRefused(t *testing.T) {
	b := newBench(t)
	b.source()
	b.publish("2026.12.1", []string{"95588"})
	slow, err := b.Look(t.Context())
	ok(t, err)
	b.publish("2026.12.2", nil)
	fast, err := b.Look(t.Context())
	ok(t, err)
	_, err = b.Install(t.Context(), fast)
	ok(t, err)
	// Somebody looked before and decides afterwards.
	_, err = b.Install(t.Context(), slow)
	fails(t, err, "registry.feed_older")
	b.publish("2026.12.1", nil)
	_, err = b.Look(t.Context())
	fails(t, err, "registry.feed_older")
	if b.Info().Version != "2026.12.2" || b.live.Find("95588") == nil {
		t.Errorf("%+v", b.Info())
	}
}

func TestListFromAFolder(t *testing.T) {
	b := newBench(t)
	b.publish("2026.12.1", []string{"95588"})
	path := b.net.list.Save(t)
	info, err := b.Verify(t.Context(), path, b.key.Public)
	ok(t, err)
	if info.Version != "2026.12.1" || b.Info().Version != "2026.11.0" {
		t.Errorf("%+v", info)
	}
	_, err = b.Verify(t.Context(), path, feedtest.NewKey(t).Public)
	fails(t, err, "registry.feed_key_other")
	u, err := b.LookIn(t.Context(), path, b.key.Public)
	ok(t, err)
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	if b.live.Find("95588") != nil {
		t.Error("not in force")
	}
}
