package domain_test

import (
	"testing"

	"quietline/internal/domain"
)

func TestWordsOfACheck(t *testing.T) {
	list, mine := domain.Holder{NameZH: "名单"}, domain.Holder{NameZH: "我", Own: true}
	for _, tc := range []struct {
		verdict domain.Verdict
		holders []domain.Holder
		want    string
	}{
		{domain.VerdictListed, []domain.Holder{list}, "listed"},
		{domain.VerdictListed, []domain.Holder{mine}, "own"},
		{domain.VerdictListed, []domain.Holder{mine, mine}, "own"},
		{domain.VerdictListed, []domain.Holder{mine, list}, "listed"},
		{domain.VerdictListed, []domain.Holder{list, mine}, "listed"},
		{domain.VerdictListed, nil, "listed"},
		{domain.VerdictListedExtension, []domain.Holder{list}, "listed_extension"},
		{domain.VerdictListedExtension, []domain.Holder{mine}, "own_extension"},
		{domain.VerdictListedExtension, []domain.Holder{mine, list}, "listed_extension"},
		{domain.VerdictInvalid, []domain.Holder{mine}, "invalid"},
		{domain.VerdictUnlisted, nil, "unlisted"},
		{domain.VerdictHidden, nil, "hidden"},
	} {
		c := domain.Check{Verdict: tc.verdict, Holders: tc.holders}
		if got := c.Words(); got != tc.want {
			t.Errorf("%s of %v: %q, want %q", tc.verdict, tc.holders, got, tc.want)
		}
	}
	letters := domain.Check{Verdict: domain.VerdictInvalid, Reading: domain.Reading{Family: domain.FamilyMalformed}}
	if got := letters.Words(); got != "malformed" {
		t.Errorf("letters: %q", got)
	}
	letters.Rules = []domain.Rule{domain.RuleWrongLength}
	if got := letters.Words(); got != "invalid" {
		t.Errorf("digits of no length: %q", got)
	}
}
