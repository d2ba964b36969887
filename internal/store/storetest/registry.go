package storetest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/registrar"
)

func registryTests() []test {
	return []test{
		{"registry/corrections", keepCorrections},
		{"registry/feed", keepFeed},
		{"registry/rejudge", rejudgeCalls},
		{"registry/rejudge_reading", rejudgeReading},
		{"registry/rejudge_dry", rejudgeDry},
		{"registry/rejudge_cut", rejudgeCut},
		{"registry/rejudge_outdated", rejudgeOutdated},
	}
}

func keepCorrections(t *testing.T, s Full) {
	ctx := t.Context()
	got, err := s.Corrections(ctx)
	ok(t, err)
	same(t, got, []domain.Correction(nil))
	entry := domain.Correction{
		Code: "96588", Scope: scopeAnhui, Kind: domain.CorrectionEntry, NameZH: nameHuishang, NameEN: "Huishang Bank",
		Category: "bank", Note: "card", UpdatedAt: start(),
	}
	hide := domain.Correction{Code: "95013", Scope: "national", Kind: domain.CorrectionHide, UpdatedAt: start()}
	ok(t, s.SaveCorrection(ctx, entry))
	ok(t, s.SaveCorrection(ctx, hide))
	got, err = s.Corrections(ctx)
	ok(t, err)
	same(t, got, []domain.Correction{hide, entry})

	note := domain.Correction{Code: "96588", Scope: scopeAnhui, Kind: domain.CorrectionNote, Note: "again", UpdatedAt: after(1e9)}
	ok(t, s.SaveCorrection(ctx, note))
	ok(t, s.RemoveCorrection(ctx, "95013", "national"))
	got, err = s.Corrections(ctx)
	ok(t, err)
	same(t, got, []domain.Correction{note})
	generation(t, s, 4)
	fails(t, s.RemoveCorrection(ctx, "96588", ""), domain.NotFound, "registry.correction_missing")
	generation(t, s, 4)
}

func generation(t *testing.T, s Full, want int64) {
	t.Helper()
	n, err := s.Generation(t.Context())
	ok(t, err)
	same(t, n, want)
}

func keepFeed(t *testing.T, s Full) {
	ctx := t.Context()
	_, there, err := s.Feed(ctx)
	ok(t, err)
	same(t, there, false)
	for i, f := range []registrar.Feed{
		{Manifest: []byte("{}"), Signature: []byte("s"), Codes: []byte("c"), Notes: []byte("n"), Advice: []byte("a"), Key: "k", URL: "https://a.example/registry.json", ETag: `"1"`},
		{Manifest: []byte("{ }"), Signature: []byte("t"), Codes: []byte("d"), Notes: []byte{}, Key: "l"},
	} {
		ok(t, s.SaveFeed(ctx, f))
		got, there, err := s.Feed(ctx)
		ok(t, err)
		if d := cmp.Diff(f, got, cmpopts.IgnoreFields(f, "InstalledAt"), cmpopts.EquateEmpty()); d != "" || !there || got.InstalledAt.IsZero() {
			t.Fatal(d, there, got.InstalledAt)
		}
		generation(t, s, int64(i+1))
	}
	ok(t, s.RemoveFeed(ctx))
	_, there, err = s.Feed(ctx)
	ok(t, err)
	same(t, there, false)
}

// judge is a registry that knows 95013 only.
func judge(display string) (r domain.Reading, v domain.Verdict, code string) {
	r = domain.Reading{Number: display, Family: domain.FamilyCallCentre95}
	if len(display) > 5 && display[:5] == "95013" {
		return r, domain.VerdictListedExtension, "95013"
	}
	return r, domain.VerdictUnlisted, ""
}

func rejudgeCalls(t *testing.T, s Full) {
	ctx := t.Context()
	name, err := s.JudgedBy(ctx)
	ok(t, err)
	same(t, name, "")
	p := person(t, s, "Aunt")
	hers := newCall("95013000", start())
	hers.PersonID = p.ID
	add(t, s, newCall("95013000", start()), newCall("95013000", after(1e9)), hers, newCall("95013111", start()), newCall("95277", start()))

	got, err := s.Rejudge(ctx, registrar.Rejudging{Judge: judge, JudgedBy: "one"})
	ok(t, err)
	change := domain.VerdictChange{Before: domain.VerdictUnlisted, After: domain.VerdictListedExtension, CodeAfter: "95013"}
	most, least := change, change
	most.Number, most.Calls = "95013000", 3
	least.Number, least.Calls = "95013111", 1
	same(t, got, registrar.Rejudged{Changes: []domain.VerdictChange{most, least}, Numbers: 2, Calls: 4})
	for _, c := range all(t, s, domain.CallFilter{Code: "95013"}, 10) {
		same(t, c.Verdict, domain.VerdictListedExtension)
	}
	same(t, len(all(t, s, domain.CallFilter{Code: "95013"}, 10)), 4)
	name, err = s.JudgedBy(ctx)
	ok(t, err)
	same(t, name, "one")

	got, err = s.Rejudge(ctx, registrar.Rejudging{Judge: judge, JudgedBy: "two"})
	ok(t, err)
	same(t, got, registrar.Rejudged{})
}

// An area code that is taken off by one registry stays in the number by
// another; importing the same log again must still find its calls.
func rejudgeReading(t *testing.T, s Full) {
	ctx := t.Context()
	c := newCall("055196588", start())
	taken := newCall("96588", after(1e9))
	taken.Display = "055196588"
	add(t, s, c, newCall("055196588", after(1e9)), taken)
	_, err := s.Rejudge(ctx, registrar.Rejudging{JudgedBy: "x", Judge: func(string) (domain.Reading, domain.Verdict, string) {
		return domain.Reading{Number: "96588", AreaCode: "0551", Family: domain.FamilyProvincial96}, domain.VerdictListed, "96588"
	}})
	ok(t, err)
	got := all(t, s, domain.CallFilter{Number: "96588"}, 10)
	// The second stands where such a call is already, and stays as it was.
	same(t, len(got), 2)
	for _, k := range got {
		same(t, k.Display, "055196588")
		same(t, k.AreaCode, "0551")
	}
	again := got[1]
	again.ID = 0
	r, err := s.AddCalls(ctx, []domain.Call{again}, false)
	ok(t, err)
	same(t, r.Duplicates, 1)
}

func rejudgeDry(t *testing.T, s Full) {
	ctx := t.Context()
	add(t, s, newCall("95013000", start()))
	got, err := s.Rejudge(ctx, registrar.Rejudging{Judge: judge, JudgedBy: "one", DryRun: true})
	ok(t, err)
	same(t, got.Calls, int64(1))
	same(t, all(t, s, domain.CallFilter{}, 10)[0].Verdict, domain.VerdictUnlisted)
	name, err := s.JudgedBy(ctx)
	ok(t, err)
	same(t, name, "")
}

// What an import kept of a number among many blanks is not the whole of it:
// read again, it would be another number, and the call one that the same log
// no longer finds.
func rejudgeCut(t *testing.T, s Full) {
	ctx := t.Context()
	c := newCall("96588", start())
	c.Display, c.AreaCode = domain.Clip("0551-96"+strings.Repeat(" ", domain.MaxDisplay)+"588", domain.MaxDisplay), "0551"
	add(t, s, c)
	_, err := s.Rejudge(ctx, registrar.Rejudging{JudgedBy: "x", Judge: func(display string) (domain.Reading, domain.Verdict, string) {
		if display != "96588" {
			return domain.Reading{Number: display, Family: domain.FamilyMalformed}, domain.VerdictInvalid, ""
		}
		return domain.Reading{Number: display, Family: domain.FamilyProvincial96}, domain.VerdictListed, display
	}})
	ok(t, err)
	got := all(t, s, domain.CallFilter{}, 10)[0]
	same(t, got.Number, "96588")
	same(t, got.AreaCode, "0551")
	same(t, got.Verdict, domain.VerdictListed)
	same(t, got.Display, c.Display)
}

// A registry that another program changed meanwhile does not get the last word.
func rejudgeOutdated(t *testing.T, s Full) {
	ctx := t.Context()
	add(t, s, newCall("95013000", start()))
	ok(t, s.SaveCorrection(ctx, domain.Correction{Code: "95013", Scope: "national", Kind: domain.CorrectionHide}))
	got, err := s.Rejudge(ctx, registrar.Rejudging{Judge: judge, JudgedBy: "old", Generation: 0})
	ok(t, err)
	same(t, got, registrar.Rejudged{Outdated: true})
	same(t, all(t, s, domain.CallFilter{}, 10)[0].Verdict, domain.VerdictUnlisted)
	name, err := s.JudgedBy(ctx)
	ok(t, err)
	same(t, name, "")
	got, err = s.Rejudge(ctx, registrar.Rejudging{Judge: judge, JudgedBy: "new", Generation: 1})
	ok(t, err)
	same(t, got.Calls, int64(1))
}
