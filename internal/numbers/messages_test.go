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
		words := []string{"malformed", "own", "own_extension"}
		for _, v := range domain.Verdicts() {
			keys = append(keys, "term.verdict."+string(v))
			words = append(words, string(v))
		}
		for _, w := range words {
			keys = append(keys, "verdict."+w+".title", "verdict."+w+".text", "verdict."+w+".advice")
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
