package contacts

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// beside shows the note of a number that called grandma, as wide as it is
// beside a call.
func beside(t *testing.T, o uitest.Options, b *book, number, name string) (*uitest.Harness, *Note) {
	t.Helper()
	if o.Size.IsZero() {
		o.Size = fyne.NewSize(440, 300)
	}
	h := uitest.New(t, o)
	n := NewNote(NoteParams{Env: h.Env, Journal: b, Call: domain.Call{
		Number: number, Name: name, PersonID: 2, Person: "奶奶",
	}})
	h.ShowObject(kit.Ground("background", kit.Pad(2, 2, n.Content())))
	n.Enter(t.Context())
	h.Layout()
	return h, n
}

func TestNotes(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, number := range map[string]string{"known": "13800000001", "unwanted": "95013000", "stranger": "95588"} {
			o.Size = fyne.NewSize(440, 260)
			if o.TextSize == "largest" {
				o.Size = fyne.NewSize(620, 420)
			}
			h, _ := beside(t, o, newBook(), number, "")
			h.Check()
			h.Draw("note-" + name)
			h.Golden("note-" + name)
		}
	})
}

func TestStrangerBecomesAContact(t *testing.T) {
	b := newBook()
	h, n := beside(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(800, 700)}, b, "13800000007", "陈师傅")
	h.Press("contacts.note.known")
	if !h.Reads("13800000007") {
		t.Errorf("%q", h.Texts())
	}
	h.Press("contacts.save")
	want(t, "stored", b.names()[len(newBook().names()):], " 2:13800000007:陈师傅:known")
	n.Changed("contacts")
	h.Layout()
	if !h.Shows("contacts.is_known", map[string]any{"Name": "陈师傅"}) || h.Shows("contacts.note.known") {
		t.Errorf("%q", h.Texts())
	}
}

// One step for a number that everybody knows and this person does not want.
func TestUnwantedForTheOneWhoWasCalled(t *testing.T) {
	b := newBook()
	h, n := beside(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(800, 700)}, b, "13800000001", "")
	h.Press("contacts.note.unwanted")
	n.Changed("contacts")
	h.Layout()
	want(t, "hers", b.contacts[5].Mark, domain.ContactUnwanted)
	want(t, "hers", b.contacts[5].Name, "王医生")
	want(t, "everybody's", b.contacts[0].Mark, domain.ContactKnown)
	if !h.Shows("contacts.is_unwanted") || h.Shows("contacts.note.unwanted") {
		t.Fatalf("%q", h.Texts())
	}
	h.Press("contacts.change")
	h.Press("contacts.remove")
	n.Changed("contacts")
	h.Layout()
	if !h.Shows("contacts.is_known", map[string]any{"Name": "王医生"}) {
		t.Errorf("everybody's counts again: %q", h.Texts())
	}
}

func TestNoteThatCannotBeRead(t *testing.T) {
	b := newBook()
	b.err = errors.New("disk")
	h, n := beside(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(800, 700)}, b, "13800000001", "")
	if !h.Shows("kit.error.title") || h.Shows("contacts.note.known") {
		t.Errorf("%q", h.Texts())
	}
	n.Leave()
	b.err = nil
	n.Changed("contacts")
	if h.Shows("contacts.change") {
		t.Error("it is no longer shown")
	}
}
