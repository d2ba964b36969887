package registry_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

func ownEntry(code, scope, name string) domain.Correction {
	return domain.Correction{
		Code: code, Scope: scope, Kind: domain.CorrectionEntry, NameZH: name, Category: "other", Note: "mine",
	}
}

func TestOwnEntryTakesThePlaceOfTheListsRow(t *testing.T) {
	s := load(t)
	before, found := s.Listed("95588", registry.National)
	if !found {
		t.Fatal("95588 is not listed")
	}
	own := s.With([]domain.Correction{ownEntry("95588", registry.National, "我的银行")})
	want := []domain.Holder{{NameZH: "我的银行", Category: "other", Scope: "national", Own: true, OwnNote: "mine"}}
	if d := cmp.Diff(want, own.Find("95588")); d != "" {
		t.Error(d)
	}
	if h, ok := own.Listed("95588", registry.National); !ok || h != before {
		t.Errorf("the list says %+v", h)
	}
	if s.Find("95588")[0].Own {
		t.Error("the snapshot changed")
	}
	for _, e := range own.Entries() {
		if e.Code == "95588" && (e.Kind != domain.CorrectionEntry || e.Listed == nil || *e.Listed != before) {
			t.Errorf("%+v", e)
		}
	}
	if len(own.Entries()) != len(s.Entries()) {
		t.Error("another number of rows")
	}
}

func TestOwnEntryStandsBesideAndFirst(t *testing.T) {
	s := load(t).With([]domain.Correction{
		ownEntry("96588", "浙江", "甲"), ownEntry("9509912", registry.National, "乙"), ownEntry("955", registry.National, "丙"),
	})
	holders := s.Find("96588")
	if len(holders) != 3 || !holders[0].Own || holders[1].Own {
		t.Errorf("%+v", holders)
	}
	if code, h := s.Longest("95099123"); code != "9509912" || h[0].NameZH != "乙" {
		t.Errorf("longest is %s %v", code, h)
	}
	if code, _ := s.Longest("95577"); code != "95577" && code != "955" {
		t.Errorf("longest of 95577 is %s", code)
	}
	if s.Info() != load(t).Info() {
		t.Errorf("%+v", s.Info())
	}
}

func TestHiddenRowIsLeftOutButShown(t *testing.T) {
	plain := load(t)
	s := plain.With([]domain.Correction{{Code: "96588", Scope: "安徽", Kind: domain.CorrectionHide}})
	if h := s.Find("96588"); len(h) != 1 || h[0].Scope == "安徽" {
		t.Errorf("%+v", h)
	}
	i := slices.IndexFunc(s.Entries(), func(e domain.RegistryEntry) bool { return e.Code == "96588" && e.Kind == domain.CorrectionHide })
	if i < 0 || s.Entries()[i].Holder.Scope != "安徽" {
		t.Error("the hidden row cannot be shown again")
	}
	if s.With(nil) != s || len(s.List().Find("96588")) != 2 {
		t.Error("the list is not what it was")
	}
	// Corrections are always those of the list, never piled up.
	again := s.With([]domain.Correction{{Code: "96588", Scope: "安徽", Kind: domain.CorrectionNote, Note: "x"}})
	if h := again.Find("96588"); len(h) != 2 || h[0].OwnNote+h[1].OwnNote != "x" {
		t.Errorf("%+v", h)
	}
}

func TestCorrectionOfARowThatWentChangesNothing(t *testing.T) {
	plain := load(t)
	s := plain.With([]domain.Correction{
		{Code: "95", Scope: registry.National, Kind: domain.CorrectionHide},
		{Code: "9599999", Scope: registry.National, Kind: domain.CorrectionNote, Note: "x"},
	})
	if d := cmp.Diff(plain.Entries(), s.Entries()); d != "" {
		t.Error(d)
	}
}

func TestEntriesAreInTheOrderOfTheCodes(t *testing.T) {
	entries := load(t).Entries()
	if len(entries) != load(t).Info().Entries {
		t.Errorf("%d entries", len(entries))
	}
	if !slices.IsSortedFunc(entries, func(a, b domain.RegistryEntry) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("out of order")
	}
}

func TestLiveIsReplacedAsAWhole(t *testing.T) {
	s := load(t)
	l := registry.NewLive(s)
	if l.Find("95588") == nil || l.Info() != s.Info() || len(l.Provinces()) != 31 {
		t.Fatal("not the snapshot")
	}
	l.Replace(s.With([]domain.Correction{{Code: "95588", Scope: registry.National, Kind: domain.CorrectionHide}}))
	if l.Find("95588") != nil {
		t.Error("still the old one")
	}
	if code, _ := l.Longest("95588"); code != "" {
		t.Errorf("longest %s", code)
	}
	if a, p, ok := l.AreaCode("055196588"); a != "0551" || p != "安徽" || !ok {
		t.Error(a, p, ok)
	}
	if p, ok := l.Province("anhui"); !ok || p.NameZH != "安徽" {
		t.Error(p)
	}
}
