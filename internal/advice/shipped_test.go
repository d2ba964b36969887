package advice_test

import (
	"strings"
	"testing"
	"unicode"

	"quietline/assets"
	"quietline/internal/advice"
)

// shipped is the table that comes with the program.
func shipped(t testing.TB) *advice.Table {
	t.Helper()
	table, err := advice.Parse(assets.Advice())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// statements visits every title and point of the shipped table.
func statements(t *testing.T, visit func(where string, p advice.Point)) {
	t.Helper()
	for _, e := range shipped(t).Entries() {
		visit(e.ID, advice.Point{Text: e.Title, Certainty: e.Certainty, Source: e.Source})
		for _, p := range e.Points {
			visit(e.ID+"/"+string(p.Part)+" "+p.Text.EN, p)
		}
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestEveryStatementHasBothLanguagesCertaintyAndSource(t *testing.T) {
	// Names of accounts, documents and operators stay Chinese in English.
	names := strings.NewReplacer("中国移动高频骚扰电话防护", "", "天翼防骚扰", "", "联通助理", "", "骚扰电话拒接", "", "谢绝来电", "",
		"12321受理中心", "", "我要投诉", "", "12321举报助手", "", "国家反诈中心", "", "工信部信管〔2020〕81号", "")
	statements(t, func(where string, p advice.Point) {
		if !hasHan(p.Text.ZH) {
			t.Errorf("%s: no Chinese: %q", where, p.Text.ZH)
		}
		if en := names.Replace(p.Text.EN); hasHan(en) || !strings.ContainsFunc(en, unicode.IsLetter) {
			t.Errorf("%s: no English: %q", where, p.Text.EN)
		}
		if strings.ContainsAny(p.Text.EN, "\u2018\u2019\u201c\u201d") {
			t.Errorf("%s: curly quotes are as wide as a Chinese character: %q", where, p.Text.EN)
		}
		if strings.ContainsAny(p.Text.ZH, ",;:?!\"'()") {
			t.Errorf("%s: half-width punctuation: %q", where, p.Text.ZH)
		}
		if p.Certainty == "" || (p.Source == "") != (p.Certainty == advice.Own) {
			t.Errorf("%s: certainty %q, source %q", where, p.Certainty, p.Source)
		}
	})
}

// What the data behind it marks as unverified must not become a plain
// statement: each of these stands in assets/advice with that mark.
func TestCertaintiesAreThoseOfTheData(t *testing.T) {
	table := shipped(t)
	for _, tc := range []struct {
		entry string
		title advice.Certainty
		words string
		point advice.Certainty
	}{
		{"investment", advice.Verified, "以房养老", advice.Single},
		{"relative", advice.Single, "AI 换声", advice.Single},
		{"loan", advice.Verified, "放款之前先收费", advice.Unverified},
		{"boss", advice.Verified, "急着用钱", advice.Unverified},
		{"one_ring", advice.VerifiedOld, "只响一声", advice.VerifiedOld},
		{"police", advice.Verified, "通缉令", advice.Verified},
		{"broadnet", advice.Unverified, "没有查到拦截服务", advice.Unverified},
		{"unicom", advice.Verified, "CSFZ", advice.Unverified},
		{"overseas", advice.Single, "中国移动", advice.Single},
		{"overseas", advice.Single, "国外的亲人", advice.Own},
		{"notice_2020", advice.Verified, "81号", advice.Unverified},
		{"notice_2020", advice.Verified, "30 天", advice.Verified},
		{"draft_2020", advice.VerifiedDraft, "不答复视为拒绝", advice.VerifiedDraft},
		{"draft_2020", advice.VerifiedDraft, "有没有通过", advice.Unverified},
		{"anti_fraud_law", advice.Verified, "2022 年 12 月 1 日", advice.Unverified},
		{"hours", advice.Verified, "不是法律", advice.Unverified},
		{"centre_12321", advice.Verified, "发短信举报", advice.Unverified},
		{"transferred", advice.Own, "马上止付", advice.Unverified},
		{"transferred", advice.Own, "延迟转账", advice.Single},
		{"blocks_95", advice.Verified, "不能加位", advice.Single},
	} {
		e, ok := table.Entry(tc.entry)
		if !ok || e.Certainty != tc.title {
			t.Errorf("%s: %v %q, want %q", tc.entry, ok, e.Certainty, tc.title)
		}
		found := false
		for _, p := range e.Points {
			if strings.Contains(p.Text.ZH, tc.words) {
				found = true
				if p.Certainty != tc.point {
					t.Errorf("%s, %s: %q, want %q", tc.entry, tc.words, p.Certainty, tc.point)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing says %s", tc.entry, tc.words)
		}
	}
}

func TestEveryPatternHasSignsAndWhatToDo(t *testing.T) {
	count := map[advice.Group]int{}
	for _, e := range shipped(t).Entries() {
		count[e.Group]++
		if e.Group == advice.GroupScam && (len(e.Of(advice.PartSign)) == 0 || len(e.Of(advice.PartDo)) == 0) {
			t.Errorf("%s: no signs, or nothing to do", e.ID)
		}
	}
	for _, g := range advice.Groups() {
		if count[g] == 0 {
			t.Errorf("nothing in %s", g)
		}
	}
	if count[advice.GroupScam] != 17 {
		t.Errorf("%d patterns, want the 16 of the data and what they have in common", count[advice.GroupScam])
	}
	e, _ := shipped(t).Entry(advice.Transferred)
	var numbers []string
	for _, p := range e.Of(advice.PartPhone) {
		numbers = append(numbers, p.Value)
	}
	if strings.Join(numbers, " ") != "110 96110" || len(e.Of(advice.PartSay)) == 0 || len(e.Of(advice.PartKeep)) == 0 {
		t.Errorf("%v, %+v", numbers, e)
	}
}

func TestSearch(t *testing.T) {
	table := shipped(t)
	for query, want := range map[string]string{
		"公检法": "police", "gongjianfa": "police", "mcgjf": "police", "prosecutor": "police", "刷单返力": "tasks",
		"刷单": "tasks", "sdfl": "tasks", "验证码": "any_call", "KTFSR": "mobile", "GBGJDX": "overseas",
		"安全账户": "police", "safe account": "police", "baojianpin": "health_products", "以房养老": "investment",
		"我刚转了钱": "transferred", "wgzlq": "transferred", "transferred": "transferred", "96110": "transferred",
		"孙子": "relative", "sunzi": "relative", "grandson": "relative", "lawyer": "relative", "律师": "police",
		"courier": "refund", "恋爱": "romance", "bitcoin": "investment",
		"1033": "civil_code", "30 days": "notice_2020", "10086": "mobile", "12321": "centre_12321",
	} {
		found := table.Search(query)
		ok := false
		for i, e := range found {
			ok = ok || e.ID == want && i < 6
		}
		if !ok {
			ids := make([]string, len(found))
			for i, e := range found {
				ids[i] = e.ID
			}
			t.Errorf("%s: %v, want %s near the top", query, ids, want)
		}
	}
	if found := table.Search("qqqqqqq"); len(found) != 0 {
		t.Errorf("%d for nothing", len(found))
	}
	if found := table.Search(" "); len(found) != len(table.Entries()) {
		t.Errorf("%d of all", len(found))
	}
	if found := table.Search("？！"); len(found) != 0 {
		t.Errorf("%d for punctuation", len(found))
	}
}

// No source that a reader sees names a file of our notes.
func TestPublishedSources(t *testing.T) {
	for source, want := range map[string]string{
		"complaint-12321.md §4": "", "scam-patterns.md": "", "": "",
		"12321 guide page, mirror (complaint-12321.md §1)":             "12321 guide page, mirror",
		"2018 plan; 2020 notice; operator pages (scam-patterns.md 12)": "2018 plan; 2020 notice; operator pages",
		"tech.sina.cn 2020-09-21 (国家反诈中心); ue7jh2y.cn":                 "tech.sina.cn 2020-09-21 (国家反诈中心); ue7jh2y.cn",
	} {
		if got := advice.Published(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
	statements(t, func(where string, p advice.Point) {
		if got := advice.Published(p.Source); strings.Contains(got, ".md") {
			t.Errorf("%s: %q", where, got)
		}
	})
}
