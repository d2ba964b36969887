package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/registrar"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestBookIsBrowsed(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	if !s.Reads("Registry 2026.11.0") || !s.Shows("check.list.honest") || !s.Shows("check.block.unverified") {
		t.Errorf("%q", s.Texts())
	}
	test.Tap(uitest.One(s.Harness, func(x *kit.Tile) bool { return x.Figure() == "96" }))
	s.Layout()
	if !s.Reads("4 entries") || !s.Reads("Huishang Bank") {
		t.Errorf("%q", s.Texts())
	}
	s.page.book.scope.SetSelected("Shanghai")
	s.Layout()
	if s.Reads("Huishang Bank") || !s.Reads("1 entry") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.book.all")
	s.Type(s.page.book.search, "gongshang")
	if !s.Shows("check.book.nothing") {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.page.book.search, "95588")
	s.Window.Canvas().Focus(s.page.book.table.Focus())
	s.Key(fyne.KeyReturn)
	if !s.Reads("metowolf/vCards") || !s.Reads("中国工商银行") || !s.Shows("verdict_card.two_sources") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("kit.copy")
	if got := s.App.Clipboard().Content(); !strings.Contains(got, "Industrial and Commercial Bank of China") ||
		!strings.Contains(got, s.Env.T("check.list.honest")) {
		t.Errorf("%q", got)
	}
	s.Press("check.entry.check")
	if s.page.one == nil || s.page.one.box.Entry.Text != "95588" {
		t.Errorf("%q", s.Texts())
	}
}

func TestEntryIsHiddenNotedAndUndone(t *testing.T) {
	s := show(t, english(), kit.RouteRegistry("95588"))
	s.page.model.Book.Open(s.book.entries[1])
	s.Layout()
	s.Press("check.deed.note")
	note := uitest.One(s.Harness, func(e *kit.Entry) bool { return e.MultiLine })
	s.Type(note, "my bank")
	s.Press("check.correct.save.note")
	if !s.Shows("check.entry.is_noted") || !s.Reads("my bank") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.deed.hide")
	s.Press("check.correct.save.hide")
	if !s.Shows("check.entry.is_hidden") || len(s.Buttons("check.deed.hide")) != 0 {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.deed.undo")
	if len(s.book.undone) != 0 || !s.Shows("check.undo.text") {
		t.Fatal("it asks first")
	}
	// The button of the dialog has the same words as that of the panel.
	buttons := s.Buttons("check.deed.undo")
	test.Tap(buttons[len(buttons)-1])
	s.Layout()
	if s.Shows("check.entry.is_hidden") || len(s.Buttons("check.deed.undo")) != 0 {
		t.Errorf("%q", s.Texts())
	}
	if diff := cmp.Diff([]string{"95588 national"}, s.book.undone); diff != "" {
		t.Error(diff)
	}
}

func TestOtherHoldersOfACode(t *testing.T) {
	s := show(t, english(), kit.RouteRegistry("96588"))
	s.page.model.Book.Open(s.book.entries[2])
	s.Layout()
	s.Press("check.entry.open")
	if open := s.page.model.Book.Opened(); open.Holder.NameZH != "徽商银行" {
		t.Errorf("%+v", open)
	}
}

// Settings and Advice lead straight to a newer list.
func TestNewerListByRoute(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.book.source, s.book.update = source(), newer()
	s.page.Enter(t.Context(), kit.RouteNewer())
	s.Layout()
	if s.page.book == nil || !s.Shows("check.look.newer") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("check.look.later")
	if !s.Shows("check.list.honest") {
		t.Errorf("%q", s.Texts())
	}
}

func TestNewerList(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.book.source, s.book.update, s.book.effect = source(), newer(), registrar.Effect{Numbers: 2, Calls: 4}
	s.Press("check.look")
	if !s.Shows("check.look.newer") || !s.Reads("2 numbers in your log (calls: 4)") || !s.Reads("9577712") {
		t.Fatalf("%q", s.Texts())
	}
	for words, want := range map[string]string{
		"Added 1": "某某基金销售有限公司", "Changed 1": "Industrial and Commercial Bank of China", "Removed 1": "已经停业的某某公司",
	} {
		s.Press2(words)
		if !s.Reads(want) {
			t.Errorf("%s: %q", words, s.Texts())
		}
	}
	s.Press2("Changed 1")
	list := uitest.All[fyne.CanvasObject](s.Harness)
	for _, o := range list {
		if f, ok := o.(fyne.Focusable); ok && fmt.Sprintf("%T", o) == "*kit.tableList" {
			s.Window.Canvas().Focus(f)
		}
	}
	s.Key(fyne.KeyReturn)
	if !s.Reads("Now: Industrial and Commercial Bank of China") || !s.Reads("Two lists agree") {
		t.Errorf("a row is read in full: %q", s.Texts())
	}
	s.Press("check.look.later")
	if len(s.book.installed) != 0 || s.Shows("check.look.newer") {
		t.Fatal("not now means not now")
	}
	s.Press("check.look")
	s.Press("check.look.install")
	if len(s.book.installed) != 1 || s.Shows("check.look.newer") || !slices.Contains(s.Topics, "registry") {
		t.Errorf("%v %q", s.book.installed, s.Topics)
	}
	if !strings.Contains(s.Toasts[0], "2 logged numbers (calls: 4)") {
		t.Errorf("%q", s.Toasts)
	}
}

func TestLookSaysWhatIsWrong(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.Press("check.look")
	if !s.Shows("check.look.unset") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("check.look.save")
	if !s.Shows("err.time.unreadable") || s.Window.Canvas().Focused() != s.page.look.url {
		t.Errorf("the address is wrong: %q", s.Texts())
	}
	s.Type(s.page.look.url, source().URL)
	s.Type(s.page.look.key, source().Key)
	s.book.err = errors.New("net")
	s.Press("check.look.save")
	if !s.Shows("err.internal") || !s.Shows("check.look.nothing_changed") {
		t.Fatalf("%q", s.Texts())
	}
	s.book.err, s.book.update = nil, &registrar.Update{UpToDate: true, From: uitest.Registry()}
	s.Press("kit.retry")
	if !s.Shows("check.look.current") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.look.source")
	if s.page.look.url.Text != source().URL || !s.Shows("check.look.set") {
		t.Errorf("%q", s.Texts())
	}
	s.book.update, s.opened = newer(), "/x/registry.json"
	s.Press("check.look.file")
	if !s.Shows("check.look.newer") || s.book.looked[len(s.book.looked)-1] != "/x/registry.json" {
		t.Errorf("%q %q", s.book.looked, s.Texts())
	}
	s.Window.Canvas().Unfocus()
	s.Key(fyne.KeyEscape)
	if s.page.model.Look.Stage() != LookClosed {
		t.Error("Escape closes it")
	}
}

func TestLookingCanBeStopped(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.book.source, s.book.update = source(), newer()
	s.Hold = true
	s.Press("check.look")
	if !s.Shows("check.look.looking") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("kit.cancel")
	s.Release()
	if s.Shows("check.look.newer") || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%q", s.Texts())
	}
}

func TestListWithTheSameEntries(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.book.update = &registrar.Update{From: uitest.Registry(), To: uitest.Registry()}
	s.page.model.Look.LookIn("registry.json")
	s.Layout()
	if !s.Shows("check.look.same_entries") || !s.Shows("check.look.no_effect") {
		t.Errorf("%q", s.Texts())
	}
}
