package registrar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/registrar"
)

func TestOwnEntryReachesTheLog(t *testing.T) {
	b := newBench(t)
	b.log(domain.VerdictUnlisted, "95023001", "95023002", "95588")
	b.clock.Advance(1e9)
	e := b.correct(domain.Correction{Code: "95023", Kind: domain.CorrectionEntry, NameEN: "Some Firm"})
	if d := cmp.Diff(registrar.Effect{Code: "95023", Scope: "national", Numbers: 3, Calls: 3}, e); d != "" {
		t.Error(d)
	}
	if v := b.verdictOf("95023001"); v != domain.VerdictListedExtension {
		t.Errorf("verdict %s", v)
	}
	holders := b.live.Find("95023")
	want := []domain.Holder{{NameZH: "Some Firm", Category: "other", Scope: "national", Own: true}}
	if d := cmp.Diff(want, holders); d != "" {
		t.Error(d)
	}
	list, err := b.Corrections(t.Context())
	ok(t, err)
	if len(list) != 1 || !list[0].UpdatedAt.Equal(b.clock.Now()) {
		t.Errorf("%+v", list)
	}
	e, err = b.Undo(t.Context(), "95023", "")
	ok(t, err)
	if e.Calls != 2 || b.verdictOf("95023002") != domain.VerdictUnlisted || b.live.Find("95023") != nil {
		t.Errorf("undone: %+v", e)
	}
	_, err = b.Undo(t.Context(), "95023", "")
	fails(t, err, "registry.correction_missing")
}

// A code may be written as a phone shows it; an area code before it says where.
func TestCodeIsReadAsDisplayed(t *testing.T) {
	for shown, want := range map[string][2]string{
		"0551-96588":   {"96588", "安徽"},
		"955-88":       {"95588", "national"},
		" ９５５８８ ":      {"95588", "national"},
		"+86 95588":    {"95588", "national"},
		"9555801":      {"9555801", "national"}, // breaks the shape, but is listed
		"95013000":     {"95013000", "national"},
		"12321":        {"12321", "national"},
		"400-889-5588": {"4008895588", "national"},
	} {
		b := newBench(t)
		e := b.correct(domain.Correction{Code: shown, Kind: domain.CorrectionEntry, NameZH: "x"})
		if got := [2]string{e.Code, e.Scope}; got != want {
			t.Errorf("%q is %v, want %v", shown, got, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	b := newBench(t)
	entry := func(code string) domain.Correction {
		return domain.Correction{Code: code, Kind: domain.CorrectionEntry, NameZH: "x"}
	}
	change := func(c domain.Correction, f func(*domain.Correction)) domain.Correction {
		f(&c)
		return c
	}
	for name, tt := range map[string]struct {
		c    domain.Correction
		want map[string]string
	}{
		"a mobile":    {entry("13800138000"), map[string]string{"/code": "registry.code_not_service"}},
		"a landline":  {entry("010-66200000"), map[string]string{"/code": "registry.code_not_service"}},
		"forged":      {entry("+95588"), map[string]string{"/code": "registry.code_not_service"}},
		"foreign":     {entry("+1 202 555 0123"), map[string]string{"/code": "registry.code_not_service"}},
		"no number":   {entry("abc"), map[string]string{"/code": "registry.code_not_service"}},
		"nothing":     {entry(""), map[string]string{"/code": "registry.code_not_service"}},
		"two digits":  {entry("95"), map[string]string{"/code": "registry.code_not_service"}},
		"no name":     {change(entry("95023"), func(c *domain.Correction) { c.NameZH = " " }), map[string]string{"/name_zh": "registry.name_missing"}},
		"long name":   {change(entry("95023"), func(c *domain.Correction) { c.NameZH = strings.Repeat("长", 101) }), map[string]string{"/name_zh": "registry.name_long"}},
		"escape":      {change(entry("95023"), func(c *domain.Correction) { c.NameEN = "\x1b[31m" }), map[string]string{"/name_en": "registry.text_broken"}},
		"no UTF-8":    {change(entry("95023"), func(c *domain.Correction) { c.Note = "\xff" }), map[string]string{"/note": "registry.text_broken"}},
		"long note":   {change(entry("95023"), func(c *domain.Correction) { c.Note = strings.Repeat("长", 4001) }), map[string]string{"/note": "call.note_long"}},
		"category":    {change(entry("95023"), func(c *domain.Correction) { c.Category = "shop" }), map[string]string{"/category": "registry.category_unknown"}},
		"province":    {change(entry("95023"), func(c *domain.Correction) { c.Scope = "安徽" }), map[string]string{"/scope": "registry.scope_national"}},
		"nowhere":     {change(entry("96588"), func(c *domain.Correction) { c.Scope = "Atlantis" }), map[string]string{"/scope": "registry.scope_province"}},
		"hide":        {domain.Correction{Code: "95276", Kind: domain.CorrectionHide}, map[string]string{"/code": "registry.row_missing"}},
		"elsewhere":   {domain.Correction{Code: "96588", Scope: "浙江", Kind: domain.CorrectionHide}, map[string]string{"/code": "registry.row_missing"}},
		"empty note":  {domain.Correction{Code: "95588", Kind: domain.CorrectionNote}, map[string]string{"/note": "registry.note_missing"}},
		"other kinds": {domain.Correction{Code: "95588", Kind: "praise"}, map[string]string{"/kind": "registry.kind_unknown"}},
		"several": {domain.Correction{Code: "x", Kind: domain.CorrectionEntry, Category: "shop"}, map[string]string{
			"/code": "registry.code_not_service", "/name_zh": "registry.name_missing", "/category": "registry.category_unknown",
		}},
	} {
		_, err := b.Correct(t.Context(), tt.c)
		if d := cmp.Diff(tt.want, pointers(err)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if list, err := b.Corrections(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

func TestNothingTypedBreaksACorrection(t *testing.T) {
	b := newBench(t)
	rapid.Check(t, func(rt *rapid.T) {
		c := domain.Correction{
			Code:   rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9+ -]{0,16}`)).Draw(rt, "code"),
			Scope:  rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "national", "安徽", "anhui"})).Draw(rt, "scope"),
			Kind:   rapid.SampledFrom(domain.CorrectionKinds()).Draw(rt, "kind"),
			NameZH: rapid.String().Draw(rt, "name"), Note: rapid.String().Draw(rt, "note"),
		}
		e, err := b.Correct(t.Context(), c)
		if err != nil {
			if len(pointers(err)) == 0 {
				rt.Fatalf("%+v: %v", c, err)
			}
			return
		}
		// What is stored can be found and taken back.
		if _, err := b.Undo(t.Context(), e.Code, e.Scope); err != nil {
			rt.Fatalf("%+v: %v", e, err)
		}
	})
}

func TestANoteTakesNothingAway(t *testing.T) {
	b := newBench(t)
	for _, code := range []string{"95588", "95013999"} { // one that a list has, one that none has
		b.correct(domain.Correction{Code: code, Kind: domain.CorrectionEntry, NameZH: "某某公司", Category: "bank"})
		b.correct(domain.Correction{Code: code, Kind: domain.CorrectionNote, Note: "打电话核实过"})
		h := b.live.Find(code)
		if len(h) != 1 || h[0].NameZH != "某某公司" || h[0].OwnNote != "打电话核实过" || h[0].Category != "bank" {
			t.Errorf("%s: %+v", code, h)
		}
	}
	_, err := b.Correct(t.Context(), domain.Correction{Code: "95588", Kind: domain.CorrectionNote})
	fails(t, err, "registry.note_missing")
	if h := b.live.Find("95588"); h[0].OwnNote == "" {
		t.Error("a note of nothing took the note away")
	}
}

func TestWhyARowIsHiddenIsKept(t *testing.T) {
	b := newBench(t)
	b.correct(domain.Correction{Code: "95566", Kind: domain.CorrectionHide, Note: "早已停用"})
	i := slices.IndexFunc(b.Entries(), func(e domain.RegistryEntry) bool { return e.Code == "95566" })
	if e := b.Entries()[i]; e.Kind != domain.CorrectionHide || e.Holder.OwnNote != "早已停用" {
		t.Errorf("%+v", e)
	}
}

// What a list can name, it can name where no service line is expected; once it
// is hidden, nothing tells any more that it is a code.
func TestEveryCorrectionCanBeUndone(t *testing.T) {
	b := newBench(t)
	b.source()
	b.publish("2027.1.0", nil, "01066200000,national,某某热线,,other,x,single source")
	u, err := b.Look(t.Context())
	ok(t, err)
	_, err = b.Install(t.Context(), u)
	ok(t, err)
	b.correct(domain.Correction{Code: "01066200000", Kind: domain.CorrectionHide})
	_, err = b.Undo(t.Context(), "01066200000", "")
	ok(t, err)
	if b.live.Find("01066200000") == nil {
		t.Error("the row is still hidden")
	}
	// An area code before a code of the whole country is no province of it.
	if e := b.correct(domain.Correction{Code: "010-95588", Kind: domain.CorrectionHide}); e.Code != "95588" || e.Scope != "national" {
		t.Errorf("%+v", e)
	}
}
