package l10n_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

func TestTerms(t *testing.T) {
	terms := l10n.NewTerms(testkit.Printer(t, l10n.Chinese))
	for _, tt := range []struct{ kind, text, code string }{
		{"category", "loan", "loan"},
		{"category", "LOAN", "loan"},
		{"category", "贷款理财", "loan"},
		{"category", "贷款", "loan"},
		{"category", "Loans & wealth management", "loan"},
		{"category", "loans and wealth management", "loan"},
		{"category", "ＬＯＡＮ", "loan"},
		{"category", "发票办证/假证假据", "invoice_cert"},
		{"category", "Real-Estate Agent", "real_estate"},
		{"category", "无声/空号", "silent"},
		{"category", "nonsense", ""},
		{"category", "", ""},
		{"nonsense", "loan", ""},
		{"technique", "录音电话骚扰", "recorded"},
		{"technique", "电话轰炸（呼死你）", "bombing"},
		{"technique", "电话轰炸", "bombing"},
		{"technique", "轰炸/呼死你", "bombing"},
		{"technique", "AI语音外呼", "ai_voice"},
		{"technique", "ai voice", "ai_voice"},
		{"technique", "改号、仿冒号码", "spoofed"},
		{"technique", "仿冒号码", "spoofed"},
		{"technique", "夜间/休息时间", "night"},
		{"direction", "呼入(被叫)", "incoming"},
		{"direction", "被叫", "incoming"},
		{"direction", "Answered elsewhere", "answered_elsewhere"},
		{"relation", "女儿", "child"},
		{"relation", "本人", "self"},
		{"relation", "Community worker", "community"},
		{"authority", "书面委托", "written"},
		{"authority", "ORAL", "oral"},
	} {
		if code, ok := terms.Code(tt.kind, tt.text); code != tt.code || ok != (tt.code != "") {
			t.Errorf("%s %q is %q, %v; want %q", tt.kind, tt.text, code, ok, tt.code)
		}
	}
}

// TestTermsReadWhatIsShown: every word that the program shows stands for its code,
// in both languages, unless another code is shown by the same word.
func TestTermsReadWhatIsShown(t *testing.T) {
	terms := l10n.NewTerms(testkit.Printer(t, l10n.English))
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		shown(t, terms, p, "category", domain.Categories())
		shown(t, terms, p, "technique", domain.Techniques())
		shown(t, terms, p, "direction", domain.Directions())
		shown(t, terms, p, "relation", domain.Relations())
		shown(t, terms, p, "authority", domain.Authorities())
	})
}

func shown[T ~string](t *testing.T, terms *l10n.Terms, p *l10n.Printer, kind string, codes []T) {
	t.Helper()
	for _, c := range codes {
		for _, text := range []string{string(c), p.Term(kind, string(c))} {
			if code, ok := terms.Code(kind, text); !ok || code != string(c) {
				t.Errorf("%s %q is %q, want %q", kind, text, code, c)
			}
		}
	}
}
