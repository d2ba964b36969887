package contacts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// sample is a report with everything in it.
func sample() journal.ContactReport {
	return journal.ContactReport{
		Cards: 812, Imported: 790, Numbers: 803, Duplicates: 15, Skipped: 5, Rejected: 2,
		Rejects: []journal.RowRemark{
			{Line: 211, Reason: "number", Text: "前台 n/a -"},
			{Line: 4032, Reason: "open", Text: "王"},
		},
		Notes: []journal.RowRemark{{Line: 96, Reason: "number", Text: "see office"}},
	}
}

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name   string
			book   *book
			do     func(*stage)
			golden bool
		}{
			{"list", newBook(), func(*stage) {}, true},
			{"empty", many(0), func(*stage) {}, true},
			{"nothing", newBook(), func(s *stage) { s.searchFor("nobody") }, true},
			{"leave", newBook(), func(s *stage) { s.Ask(s.part.Working) }, true},
			{"marked", newBook(), func(s *stage) { s.mark(0, 3) }, false},
			{"removed", newBook(), func(s *stage) {
				s.mark(0, 3)
				s.Press("contacts.remove")
			}, true},
			{"fault", newBook(), func(s *stage) {
				s.book.err = errors.New("disk")
				s.part.model.Load()
			}, false},
			{"form", newBook(), func(s *stage) { s.Press("contacts.add") }, true},
			{"wrong", newBook(), func(s *stage) {
				s.Press("contacts.add")
				s.Press("contacts.save")
			}, false},
			{"edit", newBook(), func(s *stage) { s.open(3) }, true},
			{"offer", newBook(), func(s *stage) { s.part.Drop([]string{"/home/me/通讯录.vcf", "/home/me/Old.vcf"}) }, true},
			{"report", newBook(), func(s *stage) {
				s.book.report = sample()
				s.Press("contacts.import")
				s.Press("calls.import.start")
			}, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				if o.TextSize == settings.TextLargest {
					o.Size = fyne.NewSize(1000, 900)
				}
				s := show(t, o, c.book)
				c.do(s)
				s.Layout()
				s.Check()
				s.Draw("contacts-" + c.name)
				if c.golden {
					s.Golden(c.name)
				}
			})
		}
	})
}

// mark marks rows of the list with the keyboard.
func (s *stage) mark(rows ...int) {
	s.Window.Canvas().Focus(s.part.table.Focus())
	s.Key(fyne.KeyHome)
	at := 0
	for _, row := range rows {
		for ; at < row; at++ {
			s.Key(fyne.KeyDown)
		}
		s.Key(fyne.KeySpace)
	}
}

// open opens a row of the list with the keyboard.
func (s *stage) open(row int) {
	s.Window.Canvas().Focus(s.part.table.Focus())
	s.Key(fyne.KeyHome)
	for range row {
		s.Key(fyne.KeyDown)
	}
	s.Key(fyne.KeyReturn)
}

// entry is the n-th field of the open dialog.
func (s *stage) entry(n int) *kit.Entry {
	var out []*kit.Entry
	for _, e := range uitest.All[*kit.Entry](s.Harness) {
		if e != s.part.search {
			out = append(out, e)
		}
	}
	return out[n]
}

func TestSearchAndPerson(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	s.searchFor("wys")
	want(t, "found", s.rows(), "王医生")
	if !s.Reads("1 contact") {
		t.Errorf("%q", s.Texts())
	}
	s.searchFor("")
	s.part.person.SetSelectedIndex(2)
	s.Layout()
	want(t, "of grandma", s.rows(), "李阿姨|王医生|物业|95013000")
	s.searchFor("nobody")
	if !s.Shows("contacts.none") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("contacts.clear")
	want(t, "all", s.rows(), anne+"|李阿姨|王医生|物业|95013000")
	want(t, "search", s.part.search.Text, "")
}

func TestAddByHand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, many(0))
	s.Buttons("contacts.add")[1].OnTapped() // that of the empty list
	s.Type(s.entry(0), "none")
	s.Press("contacts.save")
	for _, key := range []string{"err.contact.number_invalid.hint", "err.contact.name_empty"} {
		if !s.Shows(key) {
			t.Errorf("%s is not at its field: %q", key, s.Texts())
		}
	}
	if s.Window.Canvas().Focused() != s.entry(0) {
		t.Error("the first wrong field has the keyboard")
	}
	s.Key(fyne.KeyEscape)
	if !kit.Dialogs(s.Window.Canvas()) {
		t.Fatal("Escape threw away what was typed")
	}
	s.Type(s.entry(0), "138 0000 0009")
	s.Type(s.entry(1), "陈师傅")
	uitest.All[*kit.Choice[domain.PersonID]](s.Harness)[0].Set(2)
	s.Press("contacts.save")
	want(t, "stored", s.book.names(), "2:13800000009:陈师傅:known")
	want(t, "list", s.rows(), "陈师傅")
	if kit.Dialogs(s.Window.Canvas()) || len(s.Toasts) != 1 || s.Topics[0] != "contacts" {
		t.Errorf("toasts %q, topics %q", s.Toasts, s.Topics)
	}
}

func TestUnwantedNeedsNoName(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, many(0))
	s.Buttons("contacts.add")[1].OnTapped() // that of the empty list
	s.Type(s.entry(0), "95013000")
	s.Press("term.mark.unwanted")
	if !s.Shows("contacts.mark.unwanted") || s.Shows("contacts.mark.known") {
		t.Errorf("what the mark means: %q", s.Texts())
	}
	s.Press("contacts.save")
	want(t, "stored", s.book.names(), "0:95013000::unwanted")
}

// Number and person of a contact that is there stay: others are another contact.
func TestChangeAContact(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	s.open(1)
	if !s.Reads("13800000002") || !s.Reads("Address book, 2024-05-17") {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.entry(0), "李阿姨（二楼）")
	s.Press("contacts.save")
	want(t, "stored", s.book.contacts[1].Name, "李阿姨（二楼）")
	want(t, "whose", s.book.contacts[1].PersonID, domain.PersonID(2))
	want(t, "contacts", len(s.book.contacts), 5)
	s.open(1)
	s.Press("contacts.remove")
	want(t, "left", len(s.book.contacts), 4)
	if !s.Shows("contacts.undo") {
		t.Errorf("no way back: %q", s.Texts())
	}
}

func TestRemoveSeveralAndUndo(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	s.mark(0, 3)
	s.Press("contacts.remove")
	want(t, "left", s.rows(), "李阿姨|王医生|95013000")
	want(t, "marked", len(s.part.table.Marked()), 0)
	s.Press("contacts.undo")
	want(t, "back", len(s.book.contacts), 5)
	want(t, "shown", s.part.rows.Count(), 5)
	if s.Shows("contacts.undo") || len(s.Toasts) != 1 {
		t.Errorf("toasts %q, %q", s.Toasts, s.Texts())
	}
	s.mark(0)
	test.Tap(s.Button(s.Env.N("contacts.marks.all", 5)))
	want(t, "marked", len(s.part.table.Marked()), 5)
	if s.Reads(s.Env.N("contacts.marks.all", 5)) {
		t.Error("there is nothing left to choose")
	}
	s.Press("contacts.remove")
	if !s.Shows("contacts.empty") || !s.Shows("contacts.undo") {
		t.Errorf("%q", s.Texts())
	}
	s.part.Leave()
	s.Show(alone{s.part}, kit.Route{})
	if s.Shows("contacts.undo") {
		t.Error("the way back ends with the visit")
	}
}

// What others removed or changed meanwhile is not marked as it was.
func TestMarksFollowTheContacts(t *testing.T) {
	s := show(t, uitest.Options{}, newBook())
	s.mark(1, 2)
	s.book.contacts[1].Name = "李老师"
	s.book.contacts = s.book.contacts[1:]
	s.part.Changed("contacts")
	marked := s.part.table.Marked()
	if len(marked) != 1 || marked[0].Name != "李老师" {
		t.Errorf("%+v", marked)
	}
}

func TestImport(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	s.book.report = sample()
	s.part.Drop([]string{"/home/me/a.vcf"})
	s.pick = "/home/me/b.vcf"
	s.Press("calls.import.another")
	if !s.Reads("a.vcf") || !s.Reads("b.vcf") {
		t.Fatalf("%q", s.Texts())
	}
	choices := uitest.All[*kit.Choice[domain.PersonID]](s.Harness)
	choices[len(choices)-1].SetSelectedIndex(2)
	s.Press("calls.import.start")
	want(t, "imports", fmt.Sprint(s.book.imports), "[{/home/me/a.vcf 奶奶 false} {/home/me/b.vcf 奶奶 false}]")
	for _, words := range []string{"1,606 numbers were added", "Line 211: this cannot be a phone number", "前台 n/a -", "see office"} {
		if !s.Reads(words) {
			t.Errorf("the report does not say %q: %q", words, s.Texts())
		}
	}
	s.Press("kit.copy")
	if text := s.App.Clipboard().Content(); strings.Count(text, "Line 4032") != 2 || !strings.Contains(text, "奶奶") {
		t.Errorf("copied %q", text)
	}
	s.Press("kit.close")
	if s.part.model.Import() != nil || kit.Dialogs(s.Window.Canvas()) {
		t.Error("the report is put away")
	}
}

// Closing the choice gives it up; nothing is read.
func TestImportIsGivenUp(t *testing.T) {
	s := show(t, uitest.Options{}, newBook())
	s.Press("contacts.import")
	s.Press("kit.cancel")
	if s.part.model.Import() != nil || len(s.book.imports) != 0 {
		t.Errorf("%+v", s.book.imports)
	}
	s.Press("contacts.import")
	if n := len(s.part.model.Import().Paths); n != 1 {
		t.Errorf("%d files", n)
	}
}

func TestImportThatTakesLong(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	if _, ok := s.part.Working(); ok {
		t.Error("nothing is read")
	}
	s.Hold = true
	s.Press("contacts.import")
	s.Press("calls.import.start")
	if _, ok := s.part.Working(); !ok || !s.Shows("calls.import.running") {
		t.Fatalf("%q", s.Texts())
	}
	s.Check()
	s.Draw("contacts-running")
	s.Press("kit.background")
	s.Press("contacts.import")
	if !s.Shows("calls.import.running") {
		t.Fatalf("the import under way comes back: %q", s.Texts())
	}
	s.Press("kit.background")
	s.book.during = func(_ context.Context, c *progress.Counter) error {
		c.AddItems(2)
		return domain.E("t", domain.Cancelled, "cancelled", nil, nil)
	}
	s.book.report = journal.ContactReport{Cards: 2, Imported: 2, Numbers: 2}
	s.part.Leave()
	s.Release()
	if len(s.Toasts) != 1 || kit.Dialogs(s.Window.Canvas()) {
		t.Fatalf("a dialog follows the user to another page; toasts %q", s.Toasts)
	}
	s.Show(alone{s.part}, kit.Route{})
	if !s.Shows("err.cancelled") || !s.Reads("2 numbers were added") {
		t.Errorf("the report waits for the user: %q", s.Texts())
	}
}

func TestKeyboardReachesEverything(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newBook())
	if left := s.Unreached(20); len(left) != 0 {
		t.Errorf("Tab never comes to %q", left)
	}
}

// Only the rows that are seen are made, however many contacts there are.
func TestFiveThousandContacts(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, many(5000))
	want(t, "rows", s.part.rows.Count(), 5000)
	if n := len(s.Texts()); n > 250 {
		t.Errorf("%d texts are drawn", n)
	}
	s.Window.Canvas().Focus(s.part.table.Focus())
	s.Key(fyne.KeyEnd)
	s.searchFor("138000001")
	if !s.Reads("联系人 100") || s.Reads("联系人 199") {
		t.Errorf("what was asked for begins at its first row: %q", s.Texts())
	}
	s.searchFor("lxr 4999")
	want(t, "found", s.rows(), "联系人 4999")
}

// The next start shows whose contacts were asked for, and forgets what was typed.
func TestFilterIsRemembered(t *testing.T) {
	values := map[string]string{}
	start := func() *stage {
		s := show(t, uitest.Options{}, newBook())
		s.Env.Memory = kit.NewMemory(s.Env, values, func(context.Context, string, string) error { return nil })
		s.part = New(s.part.p)
		s.Show(alone{s.part}, kit.Route{})
		return s
	}
	first := start()
	first.part.person.SetSelectedIndex(1)
	first.searchFor("secret")
	if f := start().part.model.Filter(); f.Person == 0 || f.Text != "" {
		t.Errorf("%+v", f)
	}
}
