package wording_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/wording"
)

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, domain.China())
	if err != nil {
		panic(err)
	}
	return t
}

func calls(times ...string) []domain.CallRef {
	var out []domain.CallRef
	for _, t := range times {
		out = append(out, domain.CallRef{StartedAt: at(t), Direction: domain.DirectionIncoming})
	}
	return out
}

func ptr[T any](v T) *T { return &v }

func keys(list []wording.Citation) string {
	var out []string
	for _, c := range list {
		out = append(out, c.Key)
	}
	return strings.Join(out, " ")
}

func TestTheRightRuleForTheCase(t *testing.T) {
	now := at("2026-06-10 12:00")
	centre := domain.Caller{Number: "95013000", Family: domain.FamilyCallCentre95}
	mobile := domain.Caller{Number: "13800138000", Family: domain.FamilyMobile}
	for _, tc := range []struct {
		name        string
		body        domain.ComplaintBody
		cited, left string
	}{
		{
			"sales from a call-centre line",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: calls("2026-06-01 09:15")},
			"notice_2020 notice_2020_records consumer_regulation_24 civil_code_1033", "draft_2020 sms_2026",
		},
		{
			"its records are no longer owed",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: calls("2026-05-10 09:15")},
			"notice_2020 consumer_regulation_24 civil_code_1033", "draft_2020 sms_2026",
		},
		{
			"before the regulation was in force",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: calls("2024-06-30 23:59")},
			"notice_2020 civil_code_1033", "draft_2020",
		},
		{
			"on the day on which it came into force",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryLoan, Calls: calls("2024-07-01 00:00")},
			"consumer_regulation_24 civil_code_1033", "draft_2020",
		},
		{
			"before all of them",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: calls("2013-06-30 23:59")},
			"", "",
		},
		{
			"agreed to, so none of it",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryLoan, ConsentGiven: ptr(true), Calls: calls("2025-06-01 09:15")},
			"", "",
		},
		{
			"agreed to, then refused, and called again",
			domain.ComplaintBody{
				Caller: mobile, Category: domain.CategoryLoan, ConsentGiven: ptr(true),
				RefusedAt: ptr(at("2025-06-01 09:16")), Calls: calls("2025-06-01 09:15", "2025-06-02 09:15"),
			},
			"consumer_regulation_24 consumer_law_29_3 civil_code_1033", "draft_2020",
		},
		{
			"refused, and not called since",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryLoan, RefusedAt: ptr(at("2025-06-01 09:16")), Calls: calls("2025-06-01 09:15")},
			"consumer_regulation_24 civil_code_1033", "draft_2020",
		},
		{
			"fraud with a forged number",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryFraud, Techniques: []domain.Technique{domain.TechniqueSpoofed}, Calls: calls("2025-06-01 09:15")},
			"civil_code_1033 anti_fraud_13 anti_fraud_30", "",
		},
		{
			"forged, but no fraud",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryCollection, Techniques: []domain.Technique{domain.TechniqueSpoofed}, Calls: calls("2025-06-01 09:15")},
			"civil_code_1033", "",
		},
		{
			"at night",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryCollection, Techniques: []domain.Technique{domain.TechniqueNight}, Calls: calls("2025-06-01 02:15")},
			"notice_2020 notice_2020_rest civil_code_1033", "hours",
		},
		{
			"malice",
			domain.ComplaintBody{Caller: mobile, Category: domain.CategoryMalicious, Calls: calls("2026-06-01 02:15")},
			"civil_code_1033", "public_security",
		},
		{
			"a call that the person made",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: []domain.CallRef{{StartedAt: at("2026-06-01 09:15"), Direction: domain.DirectionOutgoing}}},
			"", "",
		},
		{
			"no time yet",
			domain.ComplaintBody{Caller: centre, Category: domain.CategoryLoan, Calls: []domain.CallRef{{}}},
			"", "",
		},
	} {
		cited, left := wording.Cite(tc.body, now)
		if keys(cited) != tc.cited || keys(left) != tc.left {
			t.Errorf("%s: cited %q, left out %q; want %q, %q", tc.name, keys(cited), keys(left), tc.cited, tc.left)
		}
	}
}

// record is any complaint that can be written.
func record(t *rapid.T) domain.ComplaintBody {
	when := rapid.Custom(func(t *rapid.T) time.Time {
		return at("2013-01-01 00:00").Add(time.Duration(rapid.Int64Range(0, 15*365*24*60).Draw(t, "minute")) * time.Minute)
	})
	b := domain.ComplaintBody{
		Caller: domain.Caller{
			Displayed: "+8695013000", Number: "95013000", Family: rapid.SampledFrom(domain.Families()).Draw(t, "family"),
		},
		Category:   rapid.SampledFrom(domain.Categories()).Draw(t, "category"),
		Techniques: rapid.SliceOfDistinct(rapid.SampledFrom(domain.Techniques()), rapid.ID).Draw(t, "techniques"),
		Demands:    rapid.SliceOfDistinct(rapid.SampledFrom(domain.Demands()), rapid.ID).Draw(t, "demands"),
	}
	for range rapid.IntRange(0, 12).Draw(t, "calls") {
		b.Calls = append(b.Calls, domain.CallRef{
			StartedAt: when.Draw(t, "at"), Direction: rapid.SampledFrom(domain.Directions()).Draw(t, "direction"),
		})
	}
	if rapid.Bool().Draw(t, "consent said") {
		b.ConsentGiven = ptr(rapid.Bool().Draw(t, "consent"))
	}
	if rapid.Bool().Draw(t, "refused") {
		b.RefusedAt = ptr(when.Draw(t, "refused at"))
	}
	if rapid.Bool().Draw(t, "lost") {
		b.Loss = &domain.Loss{Amount: "1200.50", Currency: rapid.SampledFrom(domain.Currencies()).Draw(t, "currency")}
	}
	if b.Category == domain.CategoryFraud {
		b.FraudKind = ptr(string(rapid.SampledFrom(domain.FraudKinds()).Draw(t, "fraud kind")))
	}
	if rapid.Bool().Draw(t, "for somebody") {
		b.Complainant.OnBehalf = &domain.OnBehalf{Name: "妈妈"}
	}
	return b
}

// What goes to an office cites what is verified and was in force, and nothing
// else, whatever the record is.
func TestNothingUnverifiedIsCitedAndNothingBeforeItsTime(t *testing.T) {
	printers := map[l10n.Language]*l10n.Printer{}
	for _, lang := range l10n.Languages() {
		printers[lang] = testkit.Printer(t, lang)
	}
	rapid.Check(t, func(t *rapid.T) {
		b, now := record(t), at("2027-01-01 10:00")
		cited, left := wording.Cite(b, now)
		for _, c := range cited {
			if c.Certainty != wording.Verified {
				t.Fatalf("%s is cited and %s", c.Key, c.Certainty)
			}
			inForce := 0
			for _, call := range b.Calls {
				if !call.StartedAt.Before(c.Since) && call.Direction != domain.DirectionOutgoing {
					inForce++
				}
			}
			if c.Calls < 1 || c.Calls > inForce {
				t.Fatalf("%s is cited for %d calls, and %d are of its time", c.Key, c.Calls, inForce)
			}
			if strings.HasPrefix(c.Key, "anti_fraud") && b.Category != domain.CategoryFraud {
				t.Fatalf("%s is cited for %s", c.Key, b.Category)
			}
			if strings.HasPrefix(c.Key, "notice_2020") && b.Caller.Family != domain.FamilyCallCentre95 {
				t.Fatalf("%s is cited for %s", c.Key, b.Caller.Family)
			}
		}
		for lang, p := range printers {
			text := wording.Propose(p, b, now).Text
			for _, r := range wording.Rules() {
				words := p.T("rule." + r.Key + ".text")
				is := slices.ContainsFunc(cited, func(c wording.Citation) bool { return c.Key == r.Key })
				if r.Citable() && strings.Contains(text, words) != is {
					t.Fatalf("%s: %s in the text: %v, cited: %v", lang, r.Key, !is, is)
				}
				if !r.Citable() && (is || strings.Contains(text, p.T("rule."+r.Key))) {
					t.Fatalf("%s: %s is in the text", lang, r.Key)
				}
			}
			for _, c := range left {
				if c.Citable() {
					t.Fatalf("%s is left out", c.Key)
				}
			}
			for _, word := range []string{"81", "nverified", "raft", "未核实", "草案", "征求意见稿", "rule.", "wording.", "term.", "<no value>"} {
				if strings.Contains(text, word) {
					t.Fatalf("%s: %q in %q", lang, word, text)
				}
			}
			if n := len([]rune(text)); n > 4000 {
				t.Fatalf("%s: %d characters", lang, n)
			}
		}
	})
}

// Every rule says to its author what it is, how well it is known, and where
// the project has it from.
func TestEveryRuleIsExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range wording.Rules() {
		if r.Source == "" || r.Since.IsZero() || seen[r.Key] {
			t.Errorf("%s: source %q, since %v, twice %v", r.Key, r.Source, r.Since, seen[r.Key])
		}
		seen[r.Key] = true
		testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
			for _, key := range []string{"rule." + r.Key, "rule." + r.Key + ".caveat", "term.certainty." + string(r.Certainty)} {
				if !p.Has(key) {
					t.Errorf("%s is missing", key)
				}
			}
			if p.Has("rule."+r.Key+".text") != r.Citable() {
				t.Errorf("%s: text to cite: %v", r.Key, !r.Citable())
			}
		})
	}
}
