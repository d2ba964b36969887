package advice_test

import (
	"slices"
	"testing"

	"quietline/internal/advice"
	"quietline/internal/domain"
)

// book is a registry that finds the same for everything.
type book []domain.RegistryEntry

func (b book) Search(query string, limit int) []domain.RegistryEntry {
	if query == "" {
		return nil
	}
	return b[:min(limit, len(b))]
}

func line(code, category string, kind domain.CorrectionKind) domain.RegistryEntry {
	return domain.RegistryEntry{Code: code, Holder: domain.Holder{Category: category}, Kind: kind}
}

func TestLinesAreThoseOfBanksAndPaymentFirms(t *testing.T) {
	table := shipped(t)
	s := advice.New(advice.Params{Table: func() *advice.Table { return table }, Registry: book{
		line("95188", "internet", ""), line("95000", "call_centre", ""), line("95588", "bank", ""),
		line("95599", "bank", domain.CorrectionHide), line("95533", "bank", domain.CorrectionEntry),
	}})
	for limit, want := range map[int][]string{9: {"95588", "95533", "95188"}, 1: {"95588"}, 0: nil, -1: nil} {
		var got []string
		for _, e := range s.Lines("x", limit) {
			got = append(got, e.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", limit, got, want)
		}
	}
	if got := s.Lines("", 9); len(got) != 0 {
		t.Errorf("%v for nothing", got)
	}
}

func TestListAndShow(t *testing.T) {
	table := shipped(t)
	s := advice.New(advice.Params{Table: func() *advice.Table { return table }, Registry: book{}})
	if got := s.List("", ""); len(got) != len(table.Entries()) || got[0].ID != advice.Transferred {
		t.Errorf("%d entries", len(got))
	}
	for _, e := range s.List("10086", advice.GroupOperator) {
		if e.Group != advice.GroupOperator {
			t.Errorf("%s is of %s", e.ID, e.Group)
		}
	}
	if got := s.List("police", advice.GroupScam); len(got) == 0 || got[0].ID != "police" {
		t.Errorf("%+v", got)
	}
	if _, err := s.Show("nothing"); domain.KeyOf(err) != "advice.unknown" {
		t.Error(err)
	}
	if e, err := s.Show("police"); err != nil || e.Title.In(false) != "冒充公检法" || e.Title.In(true) == "" {
		t.Errorf("%+v, %v", e, err)
	}
}
