package check

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

func TestBackToTheListOfTheProgram(t *testing.T) {
	s := show(t, english(), kit.RouteRegistry(""))
	if len(s.Buttons("check.revert")) != 0 || s.Shows("check.list.problem") {
		t.Error("there is nothing to go back from")
	}
	s.book.problem = domain.E("test", domain.Corrupt, "registry.feed_digest", domain.Args{"File": "registry-95-96.csv"}, nil)
	s.page.Changed("registry")
	s.Layout()
	if !s.Shows("check.list.problem") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.revert")
	if s.book.reverted != 0 {
		t.Error("without asking")
	}
	s.Press("check.revert.yes")
	s.Layout()
	if s.book.reverted != 1 || len(s.Buttons("check.revert")) != 0 || s.Shows("check.list.problem") {
		t.Errorf("reverted %d times: %q", s.book.reverted, s.Texts())
	}
}
