package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
)

func provinces(name string) (domain.Province, bool) {
	return domain.Province{NameZH: "安徽", NameEN: "Anhui"}, name == "安徽"
}

func TestCheckTextSaysWhatIsKnownOfAHolder(t *testing.T) {
	info := domain.RegistryInfo{Version: "1", Date: "2026-08-21"}
	k := domain.Check{
		Input: "0551-96588", Reading: domain.Reading{Number: "96588", Family: domain.FamilyProvincial96, AreaCode: "0551"},
		Verdict: domain.VerdictListed, Code: "96588", Province: "安徽",
		Holders: []domain.Holder{
			{
				NameZH: "徽商银行", NameEN: "Huishang Bank", Category: "bank", Scope: "安徽", Confidence: "single source",
				Source: "metowolf/vCards:data/徽商银行.yaml; metowolf/vCards:b; GitHub code index file 8654927580 (hotline page)",
				Note:   "有争议", OwnNote: "我的银行",
			},
			{NameZH: "邻居的公司", Category: "other", Scope: "national", Own: true},
		},
	}
	for lang, want := range map[l10n.Language]string{
		l10n.English: `0551-96588  Public lists name this number
  kind          Provincial service line (96)
  holder code   96588
  province      0551 Anhui
  listed as     Huishang Bank 徽商银行
                Bank · Anhui · One list says so
                Source: metowolf/vCards, hotline page, registry of 2026-08-21
                Note: 有争议
                Your note: 我的银行
  listed as     邻居的公司
                Other · nationwide · Your own entry
`,
		l10n.Chinese: `0551-96588  公开名单列有这个号码
  类型          省内服务号码（96）
  码号          96588
  省份          0551 安徽
  公开名单      徽商银行
                银行 · 安徽 · 仅一份名单列出
                来源：metowolf/vCards, hotline page，登记表日期 2026-08-21
                备注：有争议
                您的备注：我的银行
  公开名单      邻居的公司
                其他 · 全国 · 您自己的登记
`,
	} {
		words, err := l10n.New(i18n.Files(), lang)
		if err != nil {
			t.Fatal(err)
		}
		text := newCheckText(words, info, provinces)
		for range 2 {
			if got := string(text.append(nil, k)); got != want {
				t.Errorf("%s:\n%s", lang, got)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"", 5, ""},
		{"12345", 5, "12345"},
		{"one two three", 7, "one two|three"},
		{"one  two", 3, "one|two"},
		{"abcdefgh", 3, "abc|def|gh"},
		{"号码可以伪造。", 12, "号码可以伪|造。"},
		{"号码（可以）伪造", 6, "号码|（可|以）伪|造"},
		{"来源：vCards，登记表", 14, "来源：vCards，|登记表"},
	} {
		if got := strings.Join(wrap(tt.in, tt.n), "|"); got != tt.want {
			t.Errorf("%q in %d columns: %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := plain(rapid.StringOfN(rapid.RuneFrom([]rune("ab1 ，。（）中国-·\"😀\u0301")), 0, 60, -1).Draw(t, "text"))
		n := rapid.IntRange(2, 20).Draw(t, "columns")
		lines := wrap(s, n)
		for _, line := range lines {
			if l10n.Columns(strings.TrimRight(line, " ")) > n {
				t.Fatalf("%q takes more than %d columns", line, n)
			}
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if bare(strings.Join(lines, "")) != bare(s) {
			t.Fatalf("%q became %q", s, lines)
		}
	})
}
