package family_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// fakeContacts is a part that notes what it hears.
type fakeContacts struct {
	heard []string
	busy  bool
}

func (f *fakeContacts) hear(what string) { f.heard = append(f.heard, what) }

func (f *fakeContacts) Content() fyne.CanvasObject {
	f.hear("content")
	return kit.Body("98 76")
}

func (f *fakeContacts) Actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{kit.NewButton("54 32", nil, func() { f.hear("action") })}
}

func (f *fakeContacts) Enter(context.Context)              { f.hear("enter") }
func (f *fakeContacts) Leave()                             { f.hear("leave") }
func (f *fakeContacts) Changed(what string)                { f.hear(what) }
func (f *fakeContacts) Drop(paths []string)                { f.hear(paths[0]) }
func (f *fakeContacts) Working() (kit.ConfirmParams, bool) { return kit.ConfirmParams{}, f.busy }

// The contacts live while they are shown, and no longer.
func TestPartsOfThePage(t *testing.T) {
	f := &fakePeople{list: people()}
	h := show(t, uitest.Options{}, f, kit.Route{})
	m := family.NewModel(family.Params{People: f, Folders: &f.folders, Contacts: &f.contacts})
	page := family.NewPage(h.Env, m, kit.Watching{})
	h.Show(page, kit.Route{})
	page.Changed("contacts")
	if len(f.contacts.heard) != 0 || !h.Shows("family.add") || h.Reads("54 32") || !h.Reads("139") {
		t.Fatalf("heard %q, %q", f.contacts.heard, h.Texts())
	}
	h.Press("family.part.contacts")
	if h.Shows("family.add") || !h.Reads("54 32") || !h.Reads("98 76") || h.Reads("139") {
		t.Fatalf("%q", h.Texts())
	}
	page.Changed("contacts")
	h.Rebuild()
	h.Press("family.part.people")
	if !h.Shows("family.add") || h.Reads("98 76") {
		t.Fatalf("%q", h.Texts())
	}
	if page.Takes([]string{"/a.vcf", "/b.csv"}) || !page.Takes([]string{"/a.vcf", "/b.VCARD"}) {
		t.Error("call logs go to their page, address books come here")
	}
	page.Drop([]string{"/a.vcf"})
	if !page.Takes([]string{"/contacts.txt"}) {
		t.Error("beside the contacts every file is meant as one")
	}
	page.Leave()
	h.Show(page, kit.Route{})
	h.Show(page, kit.Route{Action: kit.ActionNew})
	want := []string{
		"content", "enter", "contacts", "content", "leave", // turned to, and away
		"content", "enter", "/a.vcf", "leave", // dropped, left
		"content", "enter", // come back
		"content", "leave", // to add a person
	}
	if !slices.Equal(f.contacts.heard, want) {
		t.Errorf("heard %q", f.contacts.heard)
	}
	f.contacts.busy = true
	if _, ok := page.Working(); !ok {
		t.Error("an import is work of the page")
	}
}
