package calls

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestPanelAndNote(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyReturn)
	if !s.Shows("verdict.listed_extension.title") || !s.Reads("This number called 3 times") {
		t.Fatalf("panel: %q", s.Texts())
	}
	panel := s.page.list.panel
	if !panel.undo.Disabled() || !s.Shows("calls.state.at_once") {
		t.Error("nothing is written yet")
	}
	s.Type(panel.note, "回电无人")
	if !s.Shows("calls.state.writing") {
		t.Error("something is written")
	}
	s.open(7)
	got, err := s.store.Call(t.Context(), 9)
	if err != nil || got.Note != "回电无人" || got.Category != domain.CategoryLoan {
		t.Errorf("%+v %v: going on to another call stores the note", got, err)
	}
	s.Press("calls.complain")
	s.Press("kit.copy")
	if diff := cmp.Diff([]kit.Route{kit.RouteComplainAbout(7)}, s.Routes); diff != "" {
		t.Error(diff)
	}
	if s.App.Clipboard().Content() != "95588" {
		t.Errorf("copied %q", s.App.Clipboard().Content())
	}
	s.Press("calls.back")
	if s.page.model.Panel() != nil || s.Shows("calls.own") {
		t.Error("the panel is still there")
	}
}

func TestNoteThatIsTooLongIsKept(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.open(9)
	long := strings.Repeat("长", domain.MaxNoteLength+1)
	s.page.list.panel.note.SetText(long)
	s.open(7)
	if p := s.page.model.Panel(); p.Call.ID != 9 || p.Note != long {
		t.Errorf("the panel of call %d with %d characters", p.Call.ID, len([]rune(p.Note)))
	}
	if !s.Shows("err.call.note_long", map[string]any{"Most": domain.MaxNoteLength}) {
		t.Errorf("%q", s.Texts())
	}
}

// Leaving stores a note by itself; one that is too long stays where it is, and
// only the end of the program would lose it.
func TestNoteThatIsTooLongIsUnsaved(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.open(9)
	s.page.list.panel.note.SetText("短")
	if s.page.Unsaved() {
		t.Error("leaving stores it")
	}
	long := strings.Repeat("长", domain.MaxNoteLength+1)
	s.page.list.panel.note.SetText(long)
	s.page.Leave()
	s.Layout()
	if kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("a dialog follows the user to another page: %q", s.Texts())
	}
	if !s.page.Unsaved() || s.page.model.Panel().Note != long {
		t.Error("the note is lost, or its page does not say that it is not stored")
	}
}

func TestNoteThatCannotBeStoredComesBack(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.open(9)
	s.page.list.panel.note.SetText("重要")
	s.store.Fail = func(method string) error {
		if method == "MarkCall" {
			return errors.New("disk full")
		}
		return nil
	}
	s.page.model.ClosePanel()
	s.Layout()
	if p := s.page.model.Panel(); p == nil || p.Note != "重要" || s.page.list.panel.note.Text != "重要" {
		t.Fatalf("the note is lost: %+v", p)
	}
}

func TestOneComplaintAboutMarkedCalls(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace} {
		s.Key(key)
	}
	test.Tap(s.Button(s.Env.N("calls.marks.complain", 2)))
	if diff := cmp.Diff([]kit.Route{kit.RouteComplainAbout(9, 6)}, s.Routes); diff != "" {
		t.Error(diff)
	}
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeySpace)
	if !s.Reads("2 complaints…") {
		t.Errorf("calls of two numbers: %q", s.Texts())
	}
	s.Press("calls.marks.none")
	if s.Reads("2 complaints") {
		t.Error("nothing is marked any more")
	}
}

func TestLogACall(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Show(s.page, kit.RouteLogCall("95588"))
	if !s.Shows("calls.log") || !s.Shows("term.verdict.listed") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("calls.log.store")
	if !s.Shows("err.call.time_missing") {
		t.Fatalf("the missing time is not blamed: %q", s.Texts())
	}
	s.Press("kit.time.now")
	s.Press("calls.log.store")
	c := s.rows()[0]
	if c.Display != "95588" || !c.StartedAt.Equal(testkit.Epoch()) || c.Source != domain.SourceManual || c.Direction != domain.DirectionIncoming {
		t.Errorf("%+v", c)
	}
	if kit.Dialogs(s.Window.Canvas()) || s.page.model.Panel().Call.ID != c.ID {
		t.Error("the dialog goes, the new call is shown")
	}
}

// A dialog says that something is typed as soon as something is, so that
// neither Escape nor the end of the program throws it away without asking.
func TestDialogsKnowWhatIsTyped(t *testing.T) {
	for name, change := range map[string]func(*LogForm){
		"number": func(f *LogForm) { f.Number = "95588" }, "time": func(f *LogForm) { f.At = "9:00" },
		"duration": func(f *LogForm) { f.Duration = "1" }, "note": func(f *LogForm) { f.Note = "?" },
		"category":   func(f *LogForm) { f.Category = domain.CategoryLoan },
		"techniques": func(f *LogForm) { f.Techniques = domain.Techniques()[:1] },
		"direction":  func(f *LogForm) { f.Direction = domain.DirectionMissed },
		"person":     func(f *LogForm) { f.Person = 2 },
	} {
		s := show(t, uitest.Options{}, nil)
		s.page.model.SetFilter(Filter{Person: 3})
		s.page.model.OpenLog("95013000")
		if s.Env.Typed() {
			t.Fatal("only filled in by the program")
		}
		s.page.model.EditLog(change)
		if !s.Env.Typed() {
			t.Errorf("%s: not noticed", name)
		}
	}
	s := show(t, uitest.Options{}, nil)
	s.page.Drop([]string{"/home/me/通话记录.csv"})
	if s.Env.Typed() {
		t.Error("nothing is typed about the files")
	}
	s.page.model.EditImport(func(i *Import) { i.OwnNumber = "13900000001" })
	if !s.Env.Typed() {
		t.Error("the own number is typed")
	}
}

func TestPasteOfAMessage(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	s.page.model.OpenLog("")
	s.Layout()
	s.App.Clipboard().SetContent("骚扰电话：95013000 你好")
	s.Press("kit.paste")
	if f := s.page.model.Log(); f.Number != "95013000" {
		t.Errorf("%+v", f)
	}
}

func TestLogKeepsWhatWasTyped(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	s.page.model.OpenLog("12")
	s.Layout()
	s.page.model.EditLog(func(f *LogForm) { f.At, f.Duration, f.Note = "soon", "long", "他说……" })
	s.Press("calls.log.store")
	if !s.Shows("err.time.unreadable") || !s.Shows("err.duration.invalid", map[string]any{"Text": "long"}) {
		t.Errorf("%q", s.Texts())
	}
	if f := s.page.model.Log(); f.Note != "他说……" || f.Number != "12" {
		t.Errorf("%+v", f)
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.Press("calls.filter")
	s.open(9)
	if list := s.Unreached(60); len(list) != 0 {
		t.Errorf("page: %q", list)
	}
	s.page.model.OpenLog("")
	s.Layout()
	dialog := s.Unreached(60)
	for _, key := range []string{"calls.log.store", "kit.cancel", "kit.time.now"} {
		if slices.Contains(dialog, s.Env.T(key)) {
			t.Errorf("dialog: %s", key)
		}
	}
}

// A file that comes with the start of the program is there before the people are.
func TestPeopleArriveAfterTheFile(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	s.page.model.people, s.Hold = nil, true
	s.page.model.Reload()
	s.page.Drop([]string{"/home/me/通话记录.csv"})
	s.Release()
	uitest.One(s.Harness, func(c *kit.Choice[domain.PersonID]) bool {
		return c.Visible() && c.SelectedIndex() == 0 && len(c.Options) == 2
	})
}

// In a narrow window the open call stands in the place of the list, in line with it.
func TestOpenCallInLine(t *testing.T) {
	s := show(t, uitest.Options{Size: fyne.NewSize(720, 700)}, uitest.Calls())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	want := at(s.page.list.filters.search).X
	s.open(9)
	if got := at(s.page.list.panel.number).X; got != want {
		t.Errorf("it begins at %v, the list at %v", got, want)
	}
}

// In a log of several people it says of every call whose it was, also in a window
// of the size that it has at first.
func TestWhoseCallItWas(t *testing.T) {
	o := uitest.Options{Size: fyne.NewSize(960, 680)}
	s := show(t, o, uitest.Calls())
	if !s.Shows("calls.column.person") || !s.Reads(uitest.People()[1].Name) {
		t.Errorf("of two people: %q", s.Texts())
	}
	if _, err := s.store.RemovePerson(t.Context(), uitest.People()[1].ID, false); err != nil {
		t.Fatal(err)
	}
	s.page.Changed("people")
	s.Layout()
	if s.Shows("calls.column.person") {
		t.Errorf("of one: %q", s.Texts())
	}
}
