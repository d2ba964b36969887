package numbers_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/testkit"
)

func TestEveryAnswerHasWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		var keys []string
		for _, r := range domain.Rules() {
			keys = append(keys, "rule."+string(r), "term.severity."+string(r.Severity()))
		}
		for _, f := range domain.Families() {
			keys = append(keys, "term.family."+string(f))
		}
		for _, v := range domain.Verdicts() {
			v := string(v)
			keys = append(keys, "term.verdict."+v, "verdict."+v+".title", "verdict."+v+".text", "verdict."+v+".advice")
		}
		for _, c := range registry.Categories() {
			keys = append(keys, "term.registry_category."+c)
		}
		for _, key := range keys {
			text := p.T(key)
			if text == key || strings.Contains(text, "<no value>") {
				t.Errorf("%s: %q", key, text)
			}
			// No text about a number may call it safe.
			for _, word := range []string{"safe", "trust", "安全", "放心", "可靠"} {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s promises too much: %q", key, text)
				}
			}
		}
	})
}
