package home

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/uitest"
)

// Complaints that are counted here are said to be practice where they are.
func TestPracticeIsSaidWhereComplaintsAreCounted(t *testing.T) {
	practice := domain.Channel{URL: domain.PracticeURL, Default: true}
	office := domain.Channel{URL: "https://intake.example.cn", Default: true}
	for name, tc := range map[string]struct {
		fakes    *fakes
		channels []domain.Channel
		want     bool
	}{
		"practice": {busy(), []domain.Channel{practice}, true}, "for real": {busy(), []domain.Channel{office, {URL: domain.PracticeURL}}, false},
		"nothing filed": {&fakes{people: uitest.People()}, []domain.Channel{practice}, false}, "no channel": {busy(), nil, false},
		"says so itself": {busy(), []domain.Channel{{URL: office.URL, Default: true, Capabilities: &domain.Capabilities{Practice: true}}}, true},
	} {
		tc.fakes.channels = tc.channels
		h, p := show(t, uitest.Options{}, tc.fakes)
		if p.Practice() != tc.want || h.Refreshes == 0 {
			t.Errorf("%s: %v, the shell looked %d times", name, p.Practice(), h.Refreshes)
		}
	}
}
