package help

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/guide"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

func TestModel(t *testing.T) {
	var heard []string
	files, words := texts(), testkit.Printer(t, l10n.English)
	m := NewModel(func() (*guide.Book, error) { return guide.Read(files, words) },
		Events{List: func() { heard = append(heard, "list") }, Topic: func() { heard = append(heard, "topic") }})
	if len(m.Shown()) != 0 {
		t.Error("something is shown before the guide was read")
	}
	if err := m.Read(); err != nil || len(m.Shown()) != len(guide.IDs()) {
		t.Errorf("%d topics, %v", len(m.Shown()), err)
	}
	m.Search("bank")
	m.Search("bank")
	m.Open("check")
	m.Close()
	m.All()
	if diff := cmp.Diff([]string{"list", "topic", "topic", "list"}, heard); diff != "" {
		t.Error(diff)
	}
	m.OpenAt(guide.Hit{Topic: m.Shown()[0].Topic, Section: 1})
	if got, section, ok := m.Opened(); !ok || got.ID != "check" || section != 1 {
		t.Errorf("open is %q at %d, %t", got.ID, section, ok)
	}
	m.Open("nothing of the guide")
	if _, _, ok := m.Opened(); ok {
		t.Error("an unknown topic is open")
	}
	// Where it cannot be read anew, what was read stays.
	delete(files, "guide/en/log.md")
	if err := m.Read(); err == nil || len(m.Shown()) != len(guide.IDs()) {
		t.Errorf("%d topics, %v", len(m.Shown()), err)
	}
}
