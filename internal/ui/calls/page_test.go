package calls

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// In a window of whatever width and beside an open call, number, time and verdict of
// every row can be read to their ends, whatever the size of the text.
func TestTableCutsNothing(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, width := range []float32{1400, 1360, 1320, 1280, 1240, 1200, 1160, 1120, 1080, 1040, 1000, 960, 900, 720, 660} {
			o.Size = fyne.NewSize(width, 1400)
			calls := uitest.Calls()
			calls[0].Display, calls[0].Number = "+869501300012345", "9501300012345"
			s := show(t, o, calls)
			for _, c := range s.rows() {
				for _, want := range []string{
					kit.FormatTime(c.StartedAt), c.Display, s.Env.T("calls.verdict." + string(c.Verdict)),
				} {
					if !slices.ContainsFunc(s.Texts(), func(text string) bool { return strings.HasPrefix(text, want) }) {
						t.Errorf("%v: %q is cut: %q", width, want, s.Texts())
					}
				}
			}
			s.Check()
			if width == 720 {
				s.Golden("narrow")
			}
			s.Draw(fmt.Sprintf("calls-narrow-%v", width))
		}
	})
}

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name string
			do   func(*stage)
		}{
			{"list", func(*stage) {}},
			{"panel", func(s *stage) { s.open(9) }},
			{"filters", func(s *stage) {
				s.Press("calls.filter")
				s.page.model.SetFilter(Filter{Period: PeriodBetween, From: "2024-05-19", To: "2024-05-1", Direction: domain.DirectionIncoming})
			}},
			{"filter", func(s *stage) { // in a window too low for the filters above the list
				s.Options.Size = fyne.NewSize(1000, 560)
				s.Layout()
				s.Press("calls.filter")
			}},
			{"leave", func(s *stage) { s.Ask(s.page.Working) }},
			{"leave_output", func(s *stage) { s.Ask(s.page.output.working) }},
			{"rejects", func(s *stage) {
				s.page.Drop([]string{"/home/me/坏.csv"})
				s.Press("calls.import.start")
				s.Press("calls.rejects")
			}},
			{"nothing", func(s *stage) { s.page.model.SetFilter(Filter{Text: "nobody"}) }},
			{"marks", func(s *stage) {
				s.page.list.table.Mark(s.rows()[0], true)
				s.page.list.table.Mark(s.rows()[1], true)
			}},
			{"differ", func(s *stage) { s.mark(0, 1, 2, 6) }},
			{"say", func(s *stage) {
				s.mark(0, 1, 2)
				s.page.list.say(s.page.list.table.Marked())
			}},
			{"changed", func(s *stage) {
				s.mark(0, 1, 2)
				s.page.model.MarkAll(ids(s.page.list.table.Marked()), domain.CategoryFraud, nil)
			}},
			{"removed", func(s *stage) {
				s.mark(0, 1, 2)
				s.page.model.Remove(ids(s.page.list.table.Marked()))
			}},
			{"columns", func(s *stage) {
				s.Window.Canvas().Focus(s.page.list.table.Focus())
				s.Key(desktop.KeyMenu)
			}},
			{"drafts", func(s *stage) {
				s.page.model.OfferDrafts(s.rows())
				s.page.model.MakeDrafts("en")
			}},
			{"export", func(s *stage) {
				s.page.model.SetFilter(Filter{Direction: domain.DirectionIncoming})
				s.mark(0, 1)
				s.page.export()
			}},
			{"exported", func(s *stage) {
				s.page.export()
				s.Press("calls.export.where")
			}},
			{"menu", func(s *stage) {
				widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", s.page.list.menu(s.rows()[0])...), s.Window.Canvas(), fyne.NewPos(300, 220))
			}},
			{"many_rejects", func(s *stage) {
				s.page.Drop([]string{"/home/me/坏.csv"})
				s.Press("calls.import.start")
			}},
			{"log", func(s *stage) {
				s.page.model.OpenLog("95013000")
				s.Press("calls.log.store")
			}},
			{"offer", func(s *stage) { s.page.Drop([]string{"/home/me/通话记录.csv", "/home/me/账单.csv"}) }},
			{"report", func(s *stage) {
				s.page.Drop([]string{"/home/me/通话记录.csv", "/home/me/账单.csv"})
				s.Press("calls.import.start")
			}},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, uitest.Calls())
				c.do(s)
				s.Check()
				s.Draw("calls." + c.name)
				if slices.Contains([]string{
					"list", "panel", "log", "report", "differ", "export", "drafts", "removed", "columns",
					"filter", "nothing", "say", "exported", "rejects", "offer", "leave", "leave_output",
				}, c.name) {
					s.Golden(c.name)
				}
			})
		}
		t.Run("empty", func(t *testing.T) {
			s := show(t, o, nil)
			s.Check()
			s.Draw("calls.empty")
		})
	})
}

func TestImportByButton(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, nil)
	owner := domain.Person{ID: domain.SelfID, Name: "林晓", Relation: domain.RelationSelf}
	if err := s.store.UpdatePerson(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if !s.Shows("calls.empty") {
		t.Fatal("an empty history says so")
	}
	test.Tap(s.Buttons("calls.import")[0])
	s.Layout()
	if !s.Reads("通话记录.csv") {
		t.Fatalf("the file is not named: %q", s.Texts())
	}
	s.Press("calls.import.start")
	if !s.Reads("2 calls imported") || !s.Reads("95013000,yesterday,40") {
		t.Errorf("report: %q", s.Texts())
	}
	s.Press("kit.copy")
	text := s.App.Clipboard().Content()
	if !strings.Contains(text, "通话记录.csv") || !strings.Contains(text, "95013000,yesterday,40") {
		t.Errorf("copied report: %q", text)
	}
	if !strings.Contains(text, s.Env.T("calls.person.self")) {
		t.Errorf("the owner goes by another name than elsewhere: %q", text)
	}
	s.Press("kit.close")
	if got := s.numbers(); got != "95588 95013000" {
		t.Errorf("rows %q", got)
	}
	if s.Shows("calls.empty") {
		t.Error("still said to be empty")
	}
}

func TestFileDialogOpens(t *testing.T) {
	t.Chdir("testdata") // the toolkit lists the folder it is in
	s := show(t, uitest.Options{}, nil)
	s.page.p.OpenFile = nil
	test.Tap(s.Buttons("calls.import")[0])
	s.Layout()
	if !kit.Dialogs(s.Window.Canvas()) || s.page.model.Import() != nil {
		t.Error("no dialog")
	}
	s.Window.Canvas().Unfocus()
	s.Key(fyne.KeyEscape)
	if kit.Dialogs(s.Window.Canvas()) {
		t.Error("Escape does not close it")
	}
}

func TestDropOfSeveralFilesForSomebodyElse(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	if s.page.Waiting() {
		t.Error("no dialog is open")
	}
	s.page.Drop([]string{"/home/me/通话记录.csv"})
	if !s.page.Waiting() {
		t.Error("more files can be dropped")
	}
	s.page.Drop([]string{"/home/me/账单.csv", "/home/me/通话记录.csv", "/home/me/gone.csv"})
	s.Layout()
	uitest.One(s.Harness, func(c *kit.Choice[domain.PersonID]) bool {
		return c.Visible() && c.SelectedIndex() == 0 && len(c.Options) == 2
	}).SetSelectedIndex(1)
	s.Press("calls.import.start")
	if s.page.Waiting() {
		t.Error("the report takes no files")
	}
	job := s.page.model.Import()
	var got []string
	for _, r := range job.Reports {
		got = append(got, r.File+" "+r.Person+" "+domain.KeyOf(r.Err))
	}
	want := []string{"通话记录.csv 奶奶 ", "账单.csv 奶奶 import.truncated", "gone.csv 奶奶 import.file_missing"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range s.rows() {
		if c.PersonID != 2 {
			t.Errorf("%s belongs to %d", c.Display, c.PersonID)
		}
	}
	if len(s.rows()) != 3 {
		t.Errorf("%d rows; what came before the cut stays", len(s.rows()))
	}
}

func TestFilterByHand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.Press("calls.filter")
	s.page.list.filters.direction.SetSelected(s.Env.Printer.Term("direction", "missed"))
	s.Layout()
	if got := s.numbers(); got != "+95588 " {
		t.Errorf("missed: %q", got)
	}
	s.page.list.filters.person.SetSelected("奶奶")
	s.Layout()
	if got := s.numbers(); got != "+95588" {
		t.Errorf("missed, grandma's: %q", got)
	}
	if !s.Reads("Only: 奶奶 · Missed") {
		t.Errorf("summary: %q", s.Texts())
	}
	s.Press("calls.filter.clear")
	if len(s.rows()) != len(uitest.Calls()) {
		t.Errorf("%d rows", len(s.rows()))
	}
	s.Type(s.page.list.filters.search, "贷款")
	s.Fire()
	if got := s.numbers(); got != "95013000" {
		t.Errorf("text: %q", got)
	}
	s.Type(s.page.list.filters.search, "nobody")
	s.Fire()
	if !s.Shows("calls.none") {
		t.Errorf("nothing fits: %q", s.Texts())
	}
}

// Who asks for something else after having scrolled sees the newest of it; who
// only sees the same list again stays.
func TestOtherFilterBeginsAtTheTop(t *testing.T) {
	var calls []domain.Call
	for i := range 200 {
		c := uitest.Calls()[0]
		c.StartedAt, c.Direction = testkit.Epoch().Add(time.Duration(-i)*time.Hour), domain.DirectionIncoming
		calls = append(calls, c)
	}
	s := show(t, uitest.Options{}, calls)
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyEnd)
	oldest, newest := kit.FormatTime(calls[199].StartedAt), kit.FormatTime(calls[0].StartedAt)
	s.page.Changed("calls")
	s.Layout()
	if !s.Reads(oldest) {
		t.Errorf("the place in the same list is lost: %q", s.Texts())
	}
	s.page.model.SetFilter(Filter{Direction: domain.DirectionIncoming})
	s.Layout()
	if !s.Reads(newest) {
		t.Errorf("the newest is not seen: %q", s.Texts())
	}
}

func TestDayThatCannotBeRead(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.Press("calls.filter")
	s.page.list.filters.period.SetSelected(s.Env.T("calls.period.between"))
	s.Layout()
	s.Type(s.page.list.filters.from, "soon")
	s.Fire()
	if !s.Shows("err.calls.day_unreadable") || len(s.rows()) != len(uitest.Calls()) {
		t.Errorf("%d rows, %q", len(s.rows()), s.Texts())
	}
	s.Type(s.page.list.filters.from, "2024/5/20")
	s.Fire()
	if s.Shows("err.calls.day_unreadable") || len(s.rows()) != 3 {
		t.Errorf("%d rows, %q", len(s.rows()), s.Texts())
	}
}

func TestListenerReloads(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	if _, err := s.store.AddCalls(context.Background(), uitest.Calls()[:1], false); err != nil {
		t.Fatal(err)
	}
	s.page.Changed("channels")
	if len(s.rows()) != 0 {
		t.Error("channels are no calls")
	}
	s.page.Changed("calls")
	if len(s.rows()) != 1 {
		t.Errorf("%d rows", len(s.rows()))
	}
}

func TestRoutes(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.Show(s.page, kit.RouteRecentCalls())
	if len(s.rows()) != 8 {
		t.Errorf("recent: %d rows", len(s.rows()))
	}
	s.Show(s.page, kit.RouteCallsOf(2))
	if got := s.numbers(); got != "+95588 95588 0551-96588" {
		t.Errorf("grandma's: %q", got)
	}
	s.Show(s.page, kit.RouteCall(4))
	if p := s.page.model.Panel(); p == nil || p.Call.ID != 4 {
		t.Errorf("%+v", p)
	}
	s.Show(s.page, kit.RouteImport())
	if !s.Shows("calls.import.title") {
		t.Errorf("%q", s.Texts())
	}
}

func TestFaultCanBeTriedAgain(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.store.Fail = func(string) error { return errors.New("disk") }
	s.page.model.Reload()
	s.Layout()
	s.store.Fail = nil
	for kit.Dialogs(s.Window.Canvas()) {
		s.Press("kit.close")
	}
	if !s.Shows("err.internal") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("kit.retry")
	if s.Shows("err.internal") || len(s.rows()) != len(uitest.Calls()) {
		t.Errorf("%d rows", len(s.rows()))
	}
}

func TestOtherLanguageKeepsEverything(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.page.model.SetFilter(Filter{Text: "95013000"})
	s.open(9)
	s.page.list.panel.note.SetText("尚未保存")
	s.SetLanguage(l10n.English)
	if s.page.list.panel.note.Text != "尚未保存" || s.page.list.filters.search.Text != "95013000" {
		t.Errorf("note %q, search %q", s.page.list.panel.note.Text, s.page.list.filters.search.Text)
	}
	if len(s.rows()) != 3 || !s.Shows("calls.complain") {
		t.Errorf("%d rows", len(s.rows()))
	}
}

// Closing the window in the middle of a file is asked about.
func TestImportUnderWayIsWork(t *testing.T) {
	s := show(t, uitest.Options{}, nil)
	working := func() bool {
		_, busy := s.page.Working()
		return busy
	}
	test.Tap(s.Buttons("calls.import")[0])
	if working() {
		t.Error("nothing is read before the user says so")
	}
	s.Hold = true
	s.Press("calls.import.start")
	if !working() {
		t.Fatal("a file is being read")
	}
	question, _ := s.page.Working()
	question.OnYes()
	s.Release()
	if working() || s.numbers() != "" || !s.page.model.Import().Failed() {
		t.Errorf("rows %q after the import was stopped", s.numbers())
	}
}
