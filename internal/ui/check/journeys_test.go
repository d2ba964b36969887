package check

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
	"quietline/internal/registrar"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func english() uitest.Options { return uitest.Options{Language: l10n.English} }

func TestOneNumber(t *testing.T) {
	s := show(t, english(), kit.Route{})
	test.Type(s.page.one.box.Entry, "9501")
	s.Layout()
	if !s.Shows("home.incomplete") || len(s.Buttons("check.copy")) != 0 {
		t.Errorf("half a number: %q", s.Texts())
	}
	test.Type(s.page.one.box.Entry, "3000")
	s.Layout()
	if !s.Shows("verdict.listed_extension.title") || !s.Reads("This number called 3 times") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.complain")
	s.Press("check.log")
	s.Press("calls.only_number")
	want := []kit.Route{kit.RouteComplain("95013000"), kit.RouteLogCall("95013000"), kit.RouteCallsFrom("95013000")}
	if diff := cmp.Diff(want, s.Routes); diff != "" {
		t.Error(diff)
	}
	s.Press("home.clear")
	if s.Shows("verdict.listed_extension.title") || len(s.Buttons("check.complain")) != 0 || s.Shows("calls.only_number") {
		t.Error("what is said of a number that is gone")
	}
}

func TestAnswerToSend(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteCheck("95013000"))
	s.Press("check.copy")
	got := s.App.Clipboard().Content()
	for _, want := range []string{
		"95013000：公开名单所列码号的扩展号码", "北京某某科技有限公司", "怎么办：请问清对方代表哪家单位",
		s.Env.T("rule.call_centre_block"), "2026-08-21",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for _, never := range []string{"安全", "放心"} {
		if strings.Contains(got, never) {
			t.Errorf("%q promises too much", got)
		}
	}
	// What the user noted is in no list.
	own := domain.Check{
		Input: "96599", Verdict: domain.VerdictListed, Reading: domain.Reading{Family: domain.FamilyProvincial96},
		Holders: []domain.Holder{{NameZH: "某某公司", Own: true}},
	}
	got = s.page.answer(own)
	if !strings.Contains(got, "您自己登记的单位：某某公司") || strings.Contains(got, "公开名单所列单位") {
		t.Errorf("own words pass for those of a list:\n%s", got)
	}
	if row := s.page.row(own); !strings.Contains(row[5], "自己补充") {
		t.Errorf("%q is in no list", row)
	}
	own.Verdict = domain.VerdictInvalid
	if row := s.page.row(own); row[5] != "" {
		t.Errorf("a forged number is nobody's: %q", row)
	}
	s.page.askOne("+95588")
	s.Press("check.copy")
	if got := s.App.Clipboard().Content(); strings.Contains(got, "工商银行") || !strings.Contains(got, s.Env.T("rule.foreign_prefix")) {
		t.Errorf("a forged number is nobody's: %s", got)
	}
	if s.Toasts[0] != s.Env.T("check.copied") {
		t.Errorf("%q", s.Toasts)
	}
}

func TestRouteWithANumber(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteCheck("95588"))
	if s.page.one.box.Entry.Text != "95588" || !s.Shows("verdict.listed.title") {
		t.Errorf("%q", s.Texts())
	}
	s.to(SegmentBook)
	s.Show(s.page, kit.RouteCheck("138"))
	if s.page.one == nil || s.page.one.box.Entry.Text != "138" || s.Shows("home.incomplete") {
		t.Error("a number that another page hands over is whole")
	}
	s.Show(s.page, kit.RouteRegistry("huishang"))
	if s.page.book == nil || s.page.book.search.Text != "huishang" || !s.Reads("徽商银行") {
		t.Errorf("%q", s.Texts())
	}
}

func TestProvinceIsChosen(t *testing.T) {
	s := show(t, english(), kit.RouteCheck("0551-96588"))
	if code, _ := s.page.one.province.Get(); code != "江苏" {
		t.Errorf("%q: that of the owner comes first", code)
	}
	s.page.one.province.SetSelected("Anhui")
	if got := s.book.Provinces(); len(got) == 0 || s.page.model.One.Province() != "安徽" {
		t.Errorf("%q", s.page.model.One.Province())
	}
	if last := s.book.Checker.Provinces[len(s.book.Checker.Provinces)-1]; last != "安徽" {
		t.Errorf("judged with %q", last)
	}
	s.to(SegmentMany)
	if code, _ := s.page.many.province.Get(); code != "安徽" {
		t.Errorf("%q: the choice holds for many numbers too", code)
	}
}

func TestCorrectTheShownNumber(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteCheck("95588"))
	s.book.effect = registrar.Effect{Numbers: 2, Calls: 5}
	s.Press("check.correct")
	name := uitest.One(s.Harness, func(e *kit.Entry) bool { return e.Text == "中国工商银行" })
	s.Type(name, "镕某银行")
	s.Press("check.correct.save.entry")
	if len(s.book.corrected) != 1 || s.book.corrected[0].NameZH != "镕某银行" {
		t.Fatalf("%+v", s.book.corrected)
	}
	if s.Shows("check.correct.title.entry") || !strings.Contains(s.Toasts[0], "2 个号码（5 次来电）") {
		t.Errorf("%q", s.Toasts)
	}
	if diff := cmp.Diff([]string{"registry"}, s.Topics); diff != "" {
		t.Error(diff)
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.Press("check.add")
	var all domain.Problems
	for _, at := range []string{"/code", "/scope", "/name_zh", "/category", "/note"} {
		all = append(all, domain.E("x", domain.Invalid, "time.unreadable", nil, nil).At(at))
	}
	s.book.err = all
	s.Press("check.correct.save.add")
	n := strings.Count(strings.Join(s.Texts(), "\n"), s.Env.T("err.time.unreadable"))
	if n != len(all) {
		t.Errorf("%d of %d problems at their fields: %q", n, len(all), s.Texts())
	}
	code := uitest.One(s.Harness, func(e *kit.Entry) bool {
		return e.PlaceHolder == s.Env.T("home.placeholder") && e == s.Window.Canvas().Focused()
	})
	s.Type(code, "96123")
	s.book.err = nil
	s.Press("check.correct.save.add")
	if len(s.book.corrected) != 1 || s.book.corrected[0].Code != "96123" || s.book.corrected[0].Scope != "national" {
		t.Errorf("%+v", s.book.corrected)
	}
}

func TestWhatIsTypedInADialogIsNotLostByEscape(t *testing.T) {
	s := show(t, uitest.Options{}, kit.Route{})
	s.page.correct(draftOf(s.book.entries[1]))
	name := uitest.One(s.Harness, func(e *kit.Entry) bool { return e.Text == "中国工商银行" })
	s.Type(name, "别的")
	if !s.Env.Typed() {
		t.Error("something is typed")
	}
	s.Window.Canvas().Unfocus()
	s.Key(fyne.KeyEscape)
	if !s.Shows("check.correct.title.entry") {
		t.Error("Escape threw away what was typed")
	}
	s.Press("kit.cancel")
	if s.Shows("check.correct.title.entry") || len(s.book.corrected) != 0 {
		t.Error("cancelled")
	}
}

func TestSeveralHoldersAreChosenFrom(t *testing.T) {
	s := show(t, english(), kit.RouteCheck("0551-96588"))
	s.Press("check.correct.several")
	if s.page.book == nil || s.page.model.Book.Count() != 2 {
		t.Errorf("%q", s.Texts())
	}
}

func TestManyNumbers(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentMany)
	s.App.Clipboard().SetContent(sheet)
	s.Press("kit.paste")
	if !s.Reads("All 7") || !s.Reads("In public lists 2") || s.Reads("Hidden 0") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press2("Not genuine 2")
	if !s.Reads("+95588") || s.Reads("13800138000") {
		t.Errorf("%q", s.Texts())
	}
	s.Window.Canvas().Focus(s.page.many.table.Focus())
	s.Key(fyne.KeyReturn)
	if !s.Shows("verdict.invalid.title") || !s.Shows("rule.foreign_prefix") {
		t.Errorf("the full verdict belongs at the side: %q", s.Texts())
	}
	s.Press("check.many.one")
	if s.page.one == nil || s.page.one.box.Entry.Text != "+95588" {
		t.Errorf("%q", s.Texts())
	}
	s.to(SegmentMany)
	if !s.Reads("All 7") {
		t.Error("the list is kept")
	}
	s.Press("check.back")
	s.Press("check.many.clear")
	if !s.Shows("check.many.judge") || s.page.many.text.Text != "" {
		t.Errorf("%q", s.Texts())
	}
}

// Press2 presses the button with these words.
func (s *stage) Press2(words string) {
	s.T.Helper()
	test.Tap(s.Button(words))
	s.Layout()
}

func TestExportAndCopy(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentMany)
	s.page.model.Many.Judge(sheet)
	s.Press("check.many.export")
	if s.saved != "checked-numbers.csv" || s.disk.path != "/somewhere/checked-numbers.csv" {
		t.Errorf("%q %q", s.saved, s.disk.path)
	}
	if len(s.disk.rows) != 7 || len(s.disk.header) != len(s.disk.rows[0]) {
		t.Fatalf("%q", s.disk.rows)
	}
	want := []string{
		"9501300012", "Extension of a listed code", "Call centre or similar firm (95)", "95013", "00012",
		"北京某某科技有限公司", s.Env.T("verdict.listed_extension.advice"),
	}
	if diff := cmp.Diff(want, s.disk.rows[1][:7]); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(s.Toasts, s.Env.T("check.exported", l10n.Args{"Path": s.disk.path})) {
		t.Errorf("%q", s.Toasts)
	}
	s.Press("check.many.copy")
	rows := strings.Split(strings.TrimSpace(s.App.Clipboard().Content()), "\n")
	if len(rows) != 8 || !strings.HasPrefix(rows[2], "9501300012\tExtension of a listed code\t") {
		t.Errorf("%q", rows)
	}
	s.page.model.Many.Judge("=HYPERLINK(0)\n+95588\n")
	s.Press("check.many.copy")
	rows = strings.Split(s.App.Clipboard().Content(), "\n")
	if !strings.HasPrefix(rows[1], "'=") || !strings.HasPrefix(rows[2], "'+") {
		t.Errorf("a sheet takes a cell for a formula: %q", rows)
	}
}

func TestFilesWithNumbers(t *testing.T) {
	s := show(t, uitest.Options{}, kit.Route{})
	s.disk.files["/x/名单.txt"] = []byte("95588\n95777\n")
	s.page.Drop([]string{"/x/名单.txt"})
	s.Layout()
	if s.page.many == nil || !s.Reads("全部 2") || !s.Reads("名单.txt") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("check.many.clear")
	s.opened = "/x/none.txt"
	s.Press("check.many.open")
	if !s.Shows("err.internal") || !s.Shows("check.many.judge") {
		t.Errorf("%q", s.Texts())
	}
}

func TestLongPasteSkipsTheBox(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentMany)
	box := s.page.many.text
	s.App.Clipboard().SetContent("95588\n95777")
	box.TypedShortcut(&fyne.ShortcutPaste{Clipboard: s.App.Clipboard()})
	if box.Text != "95588\n95777" || s.page.model.Many.Text() != box.Text {
		t.Errorf("%q: a short list goes into the box", box.Text)
	}
	s.App.Clipboard().SetContent(strings.Repeat("95588\n", 20_000))
	box.TypedShortcut(&fyne.ShortcutPaste{Clipboard: s.App.Clipboard()})
	s.Layout()
	if !s.Reads("All 20000") {
		t.Errorf("%q", s.Texts())
	}
}

func TestJudgingShowsProgressAndStops(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentMany)
	s.Hold = true
	s.page.model.Many.Judge(sheet)
	s.Layout()
	if !s.Shows("check.many.judging") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("kit.cancel")
	s.Release()
	if !s.Shows("err.check.stopped") || !s.Shows("check.many.judge") {
		t.Errorf("%q", s.Texts())
	}
}

func TestOtherLanguageKeepsEverything(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteCheck("95588"))
	s.SetLanguage(l10n.English)
	if s.page.one.box.Entry.Text != "95588" || !s.Shows("verdict.listed.title") {
		t.Errorf("%q", s.Texts())
	}
	s.page.find(Query{Text: "96588"})
	s.page.model.Book.Open(s.book.entries[3])
	s.SetLanguage(l10n.Chinese)
	if s.page.book.search.Text != "96588" || !s.Shows("check.entry.others") {
		t.Errorf("%q", s.Texts())
	}
}

func TestChangesElsewhereAreHeard(t *testing.T) {
	s := show(t, english(), kit.RouteCheck("95013000"))
	s.log.times["95013000"] = 7
	s.page.Changed("calls")
	s.Layout()
	if !s.Reads("This number called 7 times") {
		t.Errorf("%q", s.Texts())
	}
	s.log.err = errors.New("disk")
	s.page.Changed("calls")
	s.Layout()
	if !s.Shows("kit.error.title") {
		t.Errorf("%q", s.Texts())
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			s := show(t, uitest.Options{}, kit.Route{})
			scene(s)
			s.Layout()
			if kit.Dialogs(s.Window.Canvas()) {
				return // what lies under a dialog is not to be reached
			}
			if list := s.Unreached(40); len(list) != 0 {
				t.Errorf("%q", list)
			}
			reached := map[fyne.Focusable]bool{}
			for range 40 {
				reached[s.Tab()] = true
			}
			for _, x := range uitest.All[*kit.Tile](s.Harness) {
				if !reached[x] {
					t.Errorf("Tab never reaches %q", x.Title())
				}
			}
		})
	}
}

func TestEveryDialogHoldsTheKeyboard(t *testing.T) {
	for _, name := range []string{"correct", "add", "hide", "source", "newer", "look-fault", "looking", "current"} {
		s := show(t, uitest.Options{}, kit.Route{})
		scenes()[name](s)
		s.Layout()
		if !kit.Dialogs(s.Window.Canvas()) || s.Window.Canvas().Focused() == nil {
			t.Errorf("%s: nothing has the keyboard", name)
		}
	}
}

func TestLowWindowLeavesRoomForRows(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, TextSize: settings.TextLargest}, kit.Route{})
	s.to(SegmentMany)
	s.page.model.Many.Judge(sheet)
	s.Layout()
	choice := uitest.One(s.Harness, func(c *kit.Choice[domain.Verdict]) bool { return c.Selected == "All 7" })
	choice.SetSelected("Not genuine 2")
	s.Layout()
	if !s.Reads("+95588") || s.Reads("13800138000") {
		t.Errorf("%q", s.Texts())
	}
}
