package main

import (
	"strings"
	"testing"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registrar"
)

func TestUpdateTextCountsAllAndSaysWhatChanges(t *testing.T) {
	words, err := l10n.New(i18n.Files(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	c := &cli{Printer: words}
	before := domain.Holder{NameZH: "工商银行", Category: "bank", Confidence: "single source"}
	after := before
	after.Category, after.Note = "insurance", "旧名"
	u := &registrar.Update{
		Changed: []domain.RegistryChange{{Code: "95588", Scope: "national", Before: &before, After: &after}},
		// The list ends at 1,000, the count does not.
		Verdicts: make([]domain.VerdictChange, registrar.MaxVerdictChanges), Numbers: 4321, Calls: 9999,
	}
	text := c.updateText(u)
	for _, want := range []string{"4,321 numbers", "4,301 more", "Bank", "Insurance", "旧名"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "工商银行 → 工商银行") {
		t.Error("a change into the same:", text)
	}
}
