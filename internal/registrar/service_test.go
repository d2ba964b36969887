package registrar_test

import (
	"context"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/registry"
)

func TestNewWorkspaceHasTheShippedList(t *testing.T) {
	b := newBench(t)
	if info := b.Info(); info.Version != "2026.11.0" || info.Entries != 1396 || b.Problem() != nil {
		t.Errorf("%+v %v", info, b.Problem())
	}
	if n := len(b.Entries()); n != 1396 {
		t.Errorf("%d entries", n)
	}
	if len(b.Provinces()) != 31 || len(b.ByProvince("安徽")) == 0 {
		t.Error("no provinces")
	}
	total := 0
	for _, block := range b.Blocks() {
		total += block.Codes + block.Longer
		if in := b.InBlock(block); len(in) != block.Codes+block.Longer {
			t.Errorf("%s: %d entries, %d counted", block.Prefix, len(in), block.Codes+block.Longer)
		}
	}
	if b := b.Blocks()[1]; b.Prefix != "955" || b.Codes > b.Possible || b.Longer == 0 {
		t.Errorf("%+v: 9555801 is no code of the block", b)
	}
	if total != 1396 {
		t.Errorf("%d of 1396 entries lie in a block", total)
	}
	if got := b.Search("zgyh", 5); len(got) == 0 || got[0].Code != "95566" {
		t.Errorf("%+v", got)
	}
}

// Another version of the program may judge by other rules.
func TestAnotherProgramJudgesTheLogAgain(t *testing.T) {
	b := newBench(t)
	b.log(domain.VerdictUnlisted, "95588")
	b.restart()
	if b.verdictOf("95588") != domain.VerdictUnlisted {
		t.Error("the same program did the work twice")
	}
	b.p.Program = "2"
	b.restart()
	if v := b.verdictOf("95588"); v != domain.VerdictListed {
		t.Errorf("still %s", v)
	}
}

func TestWhatAnotherProgramChangesIsNoticed(t *testing.T) {
	b := newBench(t)
	other := *b
	other.restart()
	before, err := b.Fresh(t.Context())
	ok(t, err)
	other.correct(domain.Correction{Code: "95588", Kind: domain.CorrectionHide})
	if b.live.Find("95588") == nil {
		t.Fatal("noticed without asking")
	}
	// Calls that this program stored by the old registry meanwhile.
	b.log(domain.VerdictListed, "95588")
	ok(t, b.Settle(t.Context(), before))
	if b.live.Find("95588") != nil || b.verdictOf("95588") == domain.VerdictListed {
		t.Error("the change was not followed")
	}
	after, err := b.Fresh(t.Context())
	ok(t, err)
	if after == before {
		t.Error("the same generation")
	}
	b.log(domain.VerdictListed, "95566")
	ok(t, b.Settle(t.Context(), after))
	if b.verdictOf("95566") != domain.VerdictListed {
		t.Error("judged again without a reason")
	}
}

// A list that was damaged in the workspace does not count, and says so.
func TestDamagedListDoesNotCount(t *testing.T) {
	b := newBench(t)
	b.publish("2026.12.1", []string{"95588"})
	b.source()
	u, err := b.Look(t.Context())
	ok(t, err)
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	f, _, err := b.store.Feed(t.Context())
	ok(t, err)
	f.Codes[100] ^= 1
	ok(t, b.store.SaveFeed(t.Context(), f))
	b.restart()
	fails(t, b.Problem(), "registry.feed_digest")
	if b.live.Find("95588") == nil || b.Info().Version != "2026.11.0" {
		t.Error("a damaged list counts")
	}
	_, err = b.Revert(t.Context())
	ok(t, err)
	if b.Problem() != nil {
		t.Error(b.Problem())
	}
}

// The program may bring a newer list than the one that was installed.
func TestNewerShippedListCounts(t *testing.T) {
	b := newBench(t)
	f := registrar.Feed{Key: b.key.Public}
	b.publish("2026.10.9", []string{"95588"})
	f.Manifest, f.Signature = b.net.list["registry.json"], b.net.list["registry.json.minisig"]
	f.Codes, f.Notes = b.net.list["registry-95-96.csv"], b.net.list["registry-notes.csv"]
	ok(t, b.store.SaveFeed(t.Context(), f))
	b.restart()
	if b.live.Find("95588") == nil || b.Problem() != nil {
		t.Errorf("an older list counts: %v", b.Problem())
	}
}

func TestCorrectionsOutlastUpdates(t *testing.T) {
	b := newBench(t)
	b.correct(domain.Correction{Code: "95588", Kind: domain.CorrectionEntry, NameZH: "工行"})
	b.correct(domain.Correction{Code: "95566", Kind: domain.CorrectionHide})
	b.correct(domain.Correction{Code: "95599", Kind: domain.CorrectionNote, Note: "我的卡"})
	b.publish("2026.12.1", []string{"95588", "95599"})
	b.source()
	u, err := b.Look(t.Context())
	ok(t, err)
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	b.restart()
	if h := b.live.Find("95588"); len(h) != 1 || !h[0].Own || h[0].NameZH != "工行" {
		t.Errorf("%+v", h)
	}
	if b.live.Find("95566") != nil {
		t.Error("95566 is back")
	}
	if list, err := b.Corrections(t.Context()); err != nil || len(list) != 3 {
		t.Errorf("%+v %v", list, err)
	}
	// The note waits for its row.
	_, err = b.Revert(t.Context())
	ok(t, err)
	if h := b.live.Find("95599"); len(h) != 1 || h[0].OwnNote != "我的卡" {
		t.Errorf("%+v", h)
	}
	if _, ok := b.live.Snapshot().Listed("95588", registry.National); !ok {
		t.Error("the list's own row is lost")
	}
}

// between lets another program work on the same workspace right before the log
// is judged.
type between struct {
	registrar.CallStore
	other func()
}

func (b *between) Rejudge(ctx context.Context, r registrar.Rejudging) (registrar.Rejudged, error) {
	if f := b.other; f != nil {
		b.other = nil
		f()
	}
	return b.CallStore.Rejudge(ctx, r)
}

func TestAnOlderRegistryDoesNotJudgeLast(t *testing.T) {
	b := newBench(t)
	b.log(domain.VerdictListedExtension, "95013000")
	calls := &between{CallStore: b.store}
	p := b.p
	p.Calls, p.Live = calls, &registry.Live{}
	slow := registrar.New(p)
	ok(t, slow.Start(t.Context()))
	calls.other = func() { // reads, stores and judges while the other is about to judge
		_, err := b.Correct(t.Context(), domain.Correction{Code: "95013", Kind: domain.CorrectionHide})
		ok(t, err)
	}
	_, err := slow.Correct(t.Context(), domain.Correction{Code: "95588", Kind: domain.CorrectionHide})
	ok(t, err)
	if got := b.verdictOf("95013000"); got != domain.VerdictUnlisted {
		t.Errorf("the call is %s, judged by a registry that is gone", got)
	}
	if p.Live.Find("95013") != nil {
		t.Error("the other's correction does not count")
	}
}
