package report_test

import (
	"slices"
	"testing"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
)

func TestChecks(t *testing.T) {
	k := domain.Check{
		Input: "0551-96588", Reading: domain.Reading{Number: "96588", Family: domain.FamilyProvincial96, AreaCode: "0551"},
		Verdict: domain.VerdictListedExtension, Code: "9658", Extension: "8", Province: "安徽",
		Holders: []domain.Holder{
			{NameZH: "徽商银行", NameEN: "Huishang Bank", Category: "bank"},
			{NameZH: "另一家银行", Category: "bank"},
			{NameZH: "邻居", Category: "other", Own: true},
			{NameEN: "Nameless"},
		},
		Rules: []domain.Rule{domain.RuleSeveralHolders, domain.RuleSingleSource},
	}
	for lang, want := range map[l10n.Language][2][]string{
		l10n.English: {
			{
				"Number as given", "Number", "Kind", "Verdict", "Holder code", "Extension", "Area code", "Province",
				"Code listed as", "Category", "Warnings", "Registry date",
			},
			{
				"0551-96588", "96588", "Provincial service line (96)", "An extension of a code in public lists",
				"9658", "8", "0551", "Anhui",
				"Huishang Bank 徽商银行 · 另一家银行 · 邻居 (own entry) · Nameless", "Bank · Other",
				"Public lists name several organisations for this number. · Only one public list says so; no second one confirms it.",
				"2026-08-21",
			},
		},
		l10n.Chinese: {
			{"原始号码", "号码", "类型", "判定", "码号", "扩展位", "区号", "省份", "码号所列单位", "单位类别", "提醒", "登记表日期"},
			{
				"0551-96588", "96588", "省内服务号码（96）", "公开名单所列码号的扩展号码",
				"9658", "8", "0551", "安徽",
				"徽商银行 · 另一家银行 · 邻居（自己添加） · Nameless", "银行 · 其他",
				"公开名单上这个号码对应不止一家单位。 · 这条登记只见于一份公开名单，没有第二份印证。",
				"2026-08-21",
			},
		},
	} {
		words, err := l10n.New(i18n.Files(), lang)
		if err != nil {
			t.Fatal(err)
		}
		c := report.NewChecks(report.ChecksParams{
			Printer: words, Registry: domain.RegistryInfo{Date: "2026-08-21"},
			Province: func(name string) (domain.Province, bool) {
				return domain.Province{NameZH: "安徽", NameEN: "Anhui"}, name == "安徽"
			},
		})
		if got := c.Header(); !slices.Equal(got, want[0]) {
			t.Errorf("%s headings: %q", lang, got)
		}
		for range 2 {
			if got := c.Row(k); !slices.Equal(got, want[1]) {
				t.Errorf("%s: %q\nwant %q", lang, got, want[1])
			}
		}
	}
}
