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

func mention(t *testing.T, b *book) (*uitest.Harness, *Mention) {
	t.Helper()
	h := uitest.New(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(600, 300)})
	m := NewMention(h.Env, b)
	h.ShowObject(kit.Ground("background", kit.Stack(0, m.Content())))
	return h, m
}

// The owner's and everybody's contacts come first, then those of the others.
func TestMentionOfANumber(t *testing.T) {
	b := newBook()
	h, m := mention(t, b)
	known := func(name string) bool { return h.Shows("contacts.is_known", map[string]any{"Name": name}) }
	for _, tt := range []struct{ number, name, whose string }{
		{"13800000001", "王医生", h.Env.T("contacts.everybody")},
		{"13800000002", "李阿姨", "奶奶"},
		{"02112345678", anne, kit.PersonName(h.Env, domain.SelfID, domain.SelfName)},
	} {
		m.Ask(t.Context(), tt.number)
		h.Layout()
		if !known(tt.name) || !h.Shows("contacts.is_known.text", map[string]any{"Whose": tt.whose}) {
			t.Errorf("%s: %q", tt.number, h.Texts())
		}
	}
	m.Ask(t.Context(), "95013000")
	h.Layout()
	if !h.Shows("contacts.is_unwanted") || known(anne) {
		t.Errorf("%q", h.Texts())
	}
	for _, number := range []string{"95588", ""} {
		m.Ask(t.Context(), number)
		h.Layout()
		if len(h.Texts()) != 0 {
			t.Errorf("%q: %q", number, h.Texts())
		}
	}
}

func TestMentionFollowsTheContacts(t *testing.T) {
	b := newBook()
	h, m := mention(t, b)
	b.err = errors.New("disk")
	m.Ask(t.Context(), "13800000001")
	h.Layout()
	if !h.Shows("err.internal") {
		t.Errorf("%q", h.Texts())
	}
	b.err = nil
	m.Ask(t.Context(), "13800000001")
	h.Layout()
	if h.Shows("err.internal") || !h.Shows("contacts.is_known", map[string]any{"Name": "王医生"}) {
		t.Errorf("%q", h.Texts())
	}
	b.contacts = nil
	m.Ask(t.Context(), "13800000001")
	h.Layout()
	if len(h.Texts()) != 0 {
		t.Errorf("%q", h.Texts())
	}
}
