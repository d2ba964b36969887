package registry_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mozillazg/go-pinyin"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

const everything = 10_000

func entriesOf(tb testing.TB) []domain.RegistryEntry {
	tb.Helper()
	var out []domain.RegistryEntry
	for code, h := range load(tb).All() {
		out = append(out, domain.RegistryEntry{Code: code, Holder: h})
	}
	return out
}

func wordsOf(tb testing.TB) registry.Words {
	tb.Helper()
	w := registry.Words{
		Categories: map[string][]string{
			"bank": {"银行", "Bank"}, "insurance": {"保险", "Insurance"}, "call_centre": {"呼叫中心", "Call centre"},
			"airline": {"航空", "Airline"}, "logistics": {"物流快递", "Logistics"}, "telecom": {"通信", "Telecommunications"},
		},
		Scopes: map[string][]string{"national": {"全国", "National"}},
	}
	for _, p := range load(tb).Provinces() {
		w.Scopes[p.NameZH] = []string{p.NameZH, p.NameEN}
	}
	return w
}

func shown(entries []domain.RegistryEntry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Code+" "+e.Holder.NameZH)
	}
	return out
}

// TestSearch gives the first rows of the real list for what people type.
func TestSearch(t *testing.T) {
	ix := registry.NewIndex(entriesOf(t), wordsOf(t))
	for _, tc := range []struct {
		query string
		want  []string
	}{
		// Numbers.
		{"95588", []string{"95588 中国工商银行"}},
		{"９５５８８", []string{"95588 中国工商银行"}},
		{"9 55-88", []string{"95588 中国工商银行"}},
		{"+86 95588", []string{"95588 中国工商银行"}},
		{"0551-96588", []string{"96588 徽商银行", "96588 青岛银行"}},
		{"(010) 95588", []string{"95588 中国工商银行"}},
		{"+86 551 96588", []string{"96588 徽商银行", "96588 青岛银行"}},
		{"0086 10 95588", []string{"95588 中国工商银行"}},
		{"9555801234", []string{"9555801 中信银行", "95558 中信银行"}},
		{"95013999", []string{"950139 京东物流", "95013 北京天舟通信有限公司"}},
		{"9558", []string{"95580 中国邮政储蓄银行", "95581 农银人寿保险股份有限公司"}},
		{"0551-9658", []string{"96588 徽商银行", "96588 青岛银行"}},
		// Chinese.
		{"招商银行", []string{"95555 招商银行"}},
		{"招商", []string{"95555 招商银行", "95565 招商证券"}},
		{"商 招 银行", []string{"95555 招商银行"}},
		{"95555 招商", []string{"95555 招商银行"}},
		{"安徽 银行", []string{"96588 徽商银行"}},
		{"安徽bank", []string{"96588 徽商银行"}},
		{"京东", []string{"95118 京东", "950618 京东", "4006562211 京东", "4000988505 京东云"}},
		{"垃圾短信", []string{"10086999 中国移动（垃圾短信举报号码）"}},
		// English.
		{"china merchants", []string{"95555 招商银行", "95565 招商证券"}},
		{"Bank of China", []string{"95566 中国银行"}},
		{"MERCH", []string{"95555 招商银行", "95565 招商证券"}},
		{"ＣＨＩＮＡ　ＭＥＲＣＨＡＮＴＳ　ＢＡＮＫ", []string{"95555 招商银行"}},
		{"cmb", []string{"95555 招商银行"}},
		{"adbc", []string{"95356 中国农业发展银行"}},
		{"Xi'an", []string{"96779 西安银行"}},
		// Pinyin.
		{"zhaoshangyinhang", []string{"95555 招商银行"}},
		{"zhao shang", []string{"95555 招商银行", "95565 招商证券"}},
		{"zhāo shāng yín háng", []string{"95555 招商银行"}},
		{"zhao1shang1yin2hang2", []string{"95555 招商银行"}},
		{"zsyh", []string{"95527 浙商银行", "95555 招商银行"}},
		{"Z S Y H", []string{"95527 浙商银行", "95555 招商银行"}},
		{"zhsh", []string{"95527 浙商银行", "95555 招商银行"}},
		{"招商yh", []string{"95555 招商银行"}},
		{"zhaosyh", []string{"95555 招商银行"}},
		{"chongqingyinhang", []string{"956023 重庆银行"}},
		{"changshayinhang", []string{"96511 长沙银行"}},
		{"xiamenhangkong", []string{"95557 厦门航空"}},
		{"lvcheng", []string{"95059 杭州绿城信息技术有限公司"}},
		{"lucheng xinxi", []string{"95059 杭州绿城信息技术有限公司"}},
		{"lǜchéng", []string{"95059 杭州绿城信息技术有限公司"}},
		// Slips.
		{"zhoashang", []string{"95555 招商银行"}},
		{"zhaohsangyin", []string{"95555 招商银行"}},
		{"zhasoh", []string{"95555 招商银行"}},
		{"zhasohangyinh", []string{"95555 招商银行"}},
		{"zhaosangyinhang", []string{"95555 招商银行"}},
		{"merchnts", []string{"95555 招商银行", "95565 招商证券"}},
		{"china merchnats bank", []string{"95555 招商银行"}},
		{"招尚银行", []string{"95555 招商银行"}},
		{"招商行", []string{"95555 招商银行"}},
	} {
		got := shown(ix.Search(tc.query, len(tc.want)))
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("Search(%q): %s", tc.query, diff)
		}
	}
}

func entry(code, zh, en string) domain.RegistryEntry {
	return domain.RegistryEntry{Code: code, Holder: domain.Holder{NameZH: zh, NameEN: en, Scope: registry.National}}
}

// TestSearchOrder has one row for every rank of a query.
func TestSearchOrder(t *testing.T) {
	ix := registry.NewIndex([]domain.RegistryEntry{
		entry("96001", "安徽南岸合银宏", ""),
		entry("96002", "岸安宏银安", ""),
		entry("96003", "银岸合", "Anhui"),
		entry("96004", "安徽", ""),
		entry("96005", "暗挥堂", ""),
		entry("96006", "银安徽", ""),
		entry("96007", "银安会", ""),
		entry("96008", "某某公司", "Bank of Anhui"),
		{Code: "96009", Holder: domain.Holder{NameZH: "某某热线", Scope: "安徽"}},
		{Code: "96010", Holder: domain.Holder{NameZH: "某某客服", Note: "原属安徽", Scope: registry.National}},
		{Code: "96000", Kind: domain.CorrectionHide, Holder: domain.Holder{NameZH: "安徽"}},
		entry("96003", "安海", ""),
	}, registry.Words{Scopes: map[string][]string{"安徽": {"Anhui"}}})
	for _, tc := range []struct {
		query string
		want  []string
	}{
		{"安徽", []string{"96004 安徽", "96000 安徽", "96001 安徽南岸合银宏", "96006 银安徽", "96009 某某热线", "96010 某某客服"}},
		{"anhui", []string{
			"96003 银岸合", "96004 安徽", "96000 安徽", "96008 某某公司", "96005 暗挥堂", "96001 安徽南岸合银宏",
			"96006 银安徽", "96007 银安会", "96009 某某热线",
		}},
		{"ah", []string{
			"96003 安海", "96004 安徽", "96000 安徽", "96005 暗挥堂", "96001 安徽南岸合银宏",
			"96003 银岸合", "96006 银安徽", "96007 银安会", "96002 岸安宏银安",
		}},
		{"yinanh", []string{"96003 银岸合", "96006 银安徽", "96007 银安会"}},
		{"yah", []string{"96003 银岸合", "96006 银安徽", "96007 银安会"}},
		{"96003", []string{"96003 银岸合", "96003 安海"}},
		{"960", []string{
			// The hidden one comes last.
			"96001 安徽南岸合银宏", "96002 岸安宏银安", "96003 银岸合", "96003 安海", "96004 安徽", "96005 暗挥堂", "96006 银安徽",
			"96007 银安会", "96008 某某公司", "96009 某某热线",
			"96010 某某客服", "96000 安徽",
		}},
	} {
		got := ix.Search(tc.query, everything)
		if diff := cmp.Diff(tc.want, shown(got)); diff != "" {
			t.Errorf("Search(%q): %s", tc.query, diff)
		}
	}
}

// TestSearchLongDigits: the holder code behind a long number comes before the
// codes that only contain something.
func TestSearchLongDigits(t *testing.T) {
	ix := registry.NewIndex([]domain.RegistryEntry{
		entry("110", "报警", ""), entry("1100", "甲", ""), entry("11001", "乙", ""), entry("2110012", "丙", ""), entry("11001299", "丁", ""),
		entry("95000", "1100 热线", ""),
	}, registry.Words{})
	for query, want := range map[string][]string{
		"1100129": {"11001 乙", "1100 甲", "110 报警", "11001299 丁"},
		"1100":    {"1100 甲", "110 报警", "11001 乙", "11001299 丁", "95000 1100 热线", "2110012 丙"},
	} {
		if diff := cmp.Diff(want, shown(ix.Search(query, everything))); diff != "" {
			t.Errorf("Search(%q): %s", query, diff)
		}
	}
}

// TestSearchPlace: of two names the one counts in which the query stands nearer
// to the beginning, wherever else it stands.
func TestSearchPlace(t *testing.T) {
	ix := registry.NewIndex([]domain.RegistryEntry{
		entry("95001", "某某安", ""), entry("95002", "某安某某某安", ""), entry("95003", "某安某某", "Other Safe An"),
	}, registry.Words{})
	want := []string{"95003 某安某某", "95002 某安某某某安", "95001 某某安"}
	if diff := cmp.Diff(want, shown(ix.Search("安", everything))); diff != "" {
		t.Error(diff)
	}
}

// TestSearchFindsNoMore: what is found by its category or place is no reason to
// look for slips.
func TestSearchFindsNoMore(t *testing.T) {
	ix := registry.NewIndex(entriesOf(t), wordsOf(t))
	for query, want := range map[string][]string{
		"安徽 银行":    {"96588 徽商银行"},
		"qwzxqwzx": nil,
	} {
		if diff := cmp.Diff(want, shown(ix.Search(query, everything))); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

// TestSearchCorrections finds an own entry under its names and those of the
// list behind it, and a row under the user's note.
func TestSearchCorrections(t *testing.T) {
	listed := domain.Holder{NameZH: "旧主银行", NameEN: "Former Bank", Note: "列表备注"}
	ix := registry.NewIndex([]domain.RegistryEntry{
		{Code: "95001", Kind: domain.CorrectionEntry, Holder: domain.Holder{NameZH: "新主", NameEN: "Öko Zürich", Own: true}, Listed: &listed},
		{Code: "95002", Kind: domain.CorrectionNote, Holder: domain.Holder{NameZH: "别家", OwnNote: "常打给奶奶"}},
		{Code: "95003", Kind: domain.CorrectionEntry, Holder: domain.Holder{NameEN: "Only English", Own: true}},
	}, registry.Words{})
	for query, want := range map[string][]string{
		"新主": {"95001 新主"}, "旧主": {"95001 新主"}, "former": {"95001 新主"}, "列表": {"95001 新主"}, "jiuzhu": {"95001 新主"},
		"奶奶": {"95002 别家"}, "奶": nil, "changda": nil, "旧银行": {"95001 新主"}, "旧错银": nil, "only": {"95003 "}, "nly": nil,
		"zürich": {"95001 新主"}, "zurich": {"95001 新主"}, "zur": {"95001 新主"}, "zvr": {"95001 新主"},
		"formre": {"95001 新主"}, "formre bank": {"95001 新主"}, "bank formre": {"95001 新主"}, "formre bnak": nil, "oko": {"95001 新主"},
	} {
		if diff := cmp.Diff(want, shown(ix.Search(query, everything))); diff != "" {
			t.Errorf("Search(%q): %s", query, diff)
		}
	}
}

// letters leaves out what is neither letter nor digit, and case.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// ownPinyin gives the usual pinyin and the initials of a name; letters and
// digits stand for themselves.
func ownPinyin(name string) (full, short string) {
	args := pinyin.NewArgs()
	args.Fallback = func(r rune, _ pinyin.Args) []string {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return []string{string(r)}
		}
		return nil
	}
	for _, syllable := range pinyin.LazyPinyin(name, args) {
		full += syllable
		short += syllable[:1]
	}
	return full, short
}

// TestSearchFindsEveryRow finds every row by its code, its name, its pinyin and
// its initials, the whole names before all others.
func TestSearchFindsEveryRow(t *testing.T) {
	entries := entriesOf(t)
	ix := registry.NewIndex(entries, wordsOf(t))
	seen := make(map[string]bool)
	for i, e := range entries {
		full, short := ownPinyin(e.Holder.NameZH)
		if seen[e.Holder.NameZH] { // found with the first row of that name
			full, short = "", ""
		}
		seen[e.Holder.NameZH] = true
		for _, tc := range []struct {
			query string
			same  func(domain.RegistryEntry) bool
		}{
			{e.Code, func(o domain.RegistryEntry) bool { return o.Code == e.Code }},
			{e.Holder.NameZH, func(o domain.RegistryEntry) bool { return letters(o.Holder.NameZH) == letters(e.Holder.NameZH) }},
			{e.Holder.NameEN, func(o domain.RegistryEntry) bool {
				return e.Holder.NameEN == "" || strings.EqualFold(o.Holder.NameEN, e.Holder.NameEN) || strings.EqualFold(o.Holder.NameZH, e.Holder.NameEN)
			}},
			{full, func(o domain.RegistryEntry) bool {
				pinyin, _ := ownPinyin(o.Holder.NameZH)
				return len(full) > 64 || strings.EqualFold(pinyin, full) || strings.EqualFold(o.Holder.NameEN, full)
			}},
			{short, nil},
		} {
			if tc.query == "" {
				continue
			}
			got := ix.Search(tc.query, everything)
			at := slices.IndexFunc(got, func(o domain.RegistryEntry) bool { return o.Code == e.Code && o.Holder == e.Holder })
			if at < 0 {
				t.Errorf("row %d, %s %s, is not found by %q", i, e.Code, e.Holder.NameZH, tc.query)
				continue
			}
			for _, before := range got[:at] {
				if tc.same != nil && !tc.same(before) {
					t.Errorf("%q: %s %s stands before %s %s", tc.query, before.Code, before.Holder.NameZH, e.Code, e.Holder.NameZH)
					break
				}
			}
		}
	}
}

func TestSearchLimits(t *testing.T) {
	ix := registry.NewIndex(entriesOf(t), registry.Words{})
	for _, limit := range []int{-1, 0, 1, 3, everything} {
		got, all := ix.Search("银行", limit), ix.Search("银行", everything)
		if want := all[:max(0, min(limit, len(all)))]; !slices.Equal(shown(got), shown(want)) {
			t.Errorf("limit %d: %d rows, not the first %d of %d", limit, len(got), limit, len(all))
		}
	}
	for _, query := range []string{
		"", " ", "（）", "\x00\x01", "\xff\xfe", "\u202e\u200b", "——", "🙂", "'", strings.Repeat(" ", 64) + "银行", strings.Repeat("银", 200),
	} {
		if got := ix.Search(query, 5); len(got) > 0 {
			t.Errorf("Search(%q) = %v", query, shown(got))
		}
	}
	// What goes beyond the bound is left out.
	if got := ix.Search("招商银行"+strings.Repeat(" ", 60)+"不在", 1); !slices.Equal(shown(got), []string{"95555 招商银行"}) {
		t.Errorf("64 characters: %v", shown(got))
	}
	if got := registry.NewIndex(nil, registry.Words{}).Search("银行", 5); len(got) != 0 {
		t.Errorf("no rows: %v", got)
	}
}

func TestSearchAtOnce(t *testing.T) {
	ix := registry.NewIndex(entriesOf(t), wordsOf(t))
	queries := []string{"95588", "zsyh", "安徽 银行", "zhoashang"}
	var wait sync.WaitGroup
	for _, query := range queries {
		want := shown(ix.Search(query, 20))
		for range 2 {
			wait.Go(func() {
				for range 5 {
					if diff := cmp.Diff(want, shown(ix.Search(query, 20))); diff != "" {
						t.Errorf("%q: %s", query, diff)
					}
				}
			})
		}
	}
	wait.Wait()
}

func FuzzSearch(f *testing.F) {
	for _, query := range []string{"95588", "+86 (0551) 96588", "招商yh", "zhao1shang1", "lǚ", "ü\u0308", "\xff", "a\u0300\u0308b", "１２３abc汉字", "nnnngngng", "𠂇㐀"} {
		f.Add(query, "招商银行", "Bank of Ü", 3)
	}
	f.Fuzz(func(t *testing.T, query, zh, en string, limit int) {
		entries := []domain.RegistryEntry{
			entry("95588", zh, en), entry("955", "恩嗯恩嗯啊阿呵鹅", "a aa aaa"), entry("", en, zh),
			{Code: query, Holder: domain.Holder{Scope: zh, Category: en, Note: query}, Listed: &domain.Holder{OwnNote: en}},
		}
		ix := registry.NewIndex(entries, registry.Words{Categories: map[string][]string{en: {zh}}})
		got := ix.Search(query, limit)
		if len(got) > max(0, limit) || len(got) > len(entries) {
			t.Fatalf("%d rows, limit %d", len(got), limit)
		}
		if diff := cmp.Diff(shown(got), shown(ix.Search(query, limit))); diff != "" {
			t.Fatalf("another order: %s", diff)
		}
		// A name finds its row, unless nothing of it can be compared.
		if found := ix.Search(zh, everything); len(ix.Search(firstLetters(zh), everything)) > 0 && len(found) == 0 && utf8.ValidString(zh) {
			t.Fatalf("%q is not found by its name", zh)
		}
	})
}

// firstLetters leaves of a name the Han characters and small letters.
func firstLetters(name string) string {
	out := []rune(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) || r >= 'a' && r <= 'z' {
			return r
		}
		return ' '
	}, name))
	return string(out[:min(len(out), 64)])
}
