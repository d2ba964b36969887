package check

import (
	"testing"

	"quietline/internal/advice"
	"quietline/internal/ui/kit"
)

// A list may bring other advice and no other numbers.
func TestNewerListSaysWhatItChangesOfTheAdvice(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.book.source, s.book.update = source(), newer()
	s.Press("check.look")
	if s.Reads("Advice:") {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.Look.Close()
	s.book.update.Advice = advice.Changes{Added: make([]advice.Entry, 2), Removed: make([]advice.Entry, 1)}
	s.Press("check.look")
	if !s.Reads("Advice: 2 added, 0 changed, 1 removed") {
		t.Errorf("%q", s.Texts())
	}
}
