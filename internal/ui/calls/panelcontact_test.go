package calls

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// note is the note of one number, and what all of them heard.
type note struct {
	number string
	heard  *[]string
}

func (n note) hear(what string)           { *n.heard = append(*n.heard, n.number+" "+what) }
func (n note) Content() fyne.CanvasObject { return kit.Body("98 76") }
func (n note) Enter(context.Context)      { n.hear("enter") }
func (n note) Leave()                     {}
func (n note) Changed(topic string)       { n.hear(topic) }

// The note belongs to the call that is open; a number that cannot be anybody's
// has none.
func TestNoteOfTheNumber(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	var heard []string
	s.page.p.Contact = func(c domain.Call) kit.Part { return note{c.Number, &heard} }
	s.open(9)
	if !s.Reads("98 76") {
		t.Errorf("%q", s.Texts())
	}
	s.page.Changed("contacts")
	s.page.model.Reload()
	s.open(8) // an invalid number
	if s.Reads("98 76") {
		t.Errorf("%q", s.Texts())
	}
	s.open(3) // a hidden one
	s.page.Changed("contacts")
	s.open(7)
	s.page.Leave()
	s.Show(s.page, kit.Route{})
	if got := strings.Join(heard, ", "); got != "95013000 enter, 95013000 contacts, 95588 enter, 95588 enter" {
		t.Errorf("heard %s", got)
	}
}
