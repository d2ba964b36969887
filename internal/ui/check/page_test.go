package check

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registrar"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// sheet is what somebody pastes: with a heading, one of every verdict, and what
// is no number.
const sheet = "号码\n95588\n9501300012\n95777\n+95588\n13800138000\n0551-96588\nabc\n"

// scenes are the states of the page that are kept as goldens.
func scenes() map[string]func(s *stage) {
	return map[string]func(s *stage){
		"one": func(*stage) {},
		"verdict": func(s *stage) {
			s.Type(s.page.one.box.Entry, "95013000")
			s.Fire()
		},
		"many": func(s *stage) { s.to(SegmentMany) },
		"wrong": func(s *stage) {
			s.to(SegmentMany)
			s.Press("check.many.judge")
		},
		"results": func(s *stage) {
			s.to(SegmentMany)
			s.page.model.Many.Judge(sheet)
		},
		"result": func(s *stage) {
			s.to(SegmentMany)
			s.page.model.Many.Judge(sheet)
			s.page.model.Many.Open(Line{Input: "9501300012"})
		},
		"judging": func(s *stage) {
			s.to(SegmentMany)
			s.Hold = true
			s.page.model.Many.Judge(sheet)
		},
		"looking": func(s *stage) {
			s.Hold = true
			s.page.model.Look.LookIn("registry.json")
		},
		"current": func(s *stage) {
			s.book.update = &registrar.Update{UpToDate: true, From: uitest.Registry()}
			s.page.model.Look.LookIn("registry.json")
		},
		"blocks":     func(s *stage) { s.to(SegmentBook) },
		"entries":    func(s *stage) { s.page.find(Query{Block: "96/5"}) },
		"nothing":    func(s *stage) { s.page.find(Query{Text: "nobody"}) },
		"entry":      func(s *stage) { s.page.find(Query{Text: "96588"}); s.page.model.Book.Open(s.book.entries[2]) },
		"own":        func(s *stage) { s.page.find(Query{Text: "96599"}); s.page.model.Book.Open(s.book.entries[4]) },
		"correct":    func(s *stage) { s.page.correct(draftOf(s.book.entries[1])) },
		"add":        func(s *stage) { s.to(SegmentBook); s.Press("check.add") },
		"hide":       func(s *stage) { d := draftOf(s.book.entries[1]); d.Kind = domain.CorrectionHide; s.page.correct(d) },
		"note":       func(s *stage) { d := draftOf(s.book.entries[1]); d.Kind = domain.CorrectionNote; s.page.correct(d) },
		"undo":       func(s *stage) { s.page.askUndo(s.book.entries[4]) },
		"revert":     func(s *stage) { s.to(SegmentBook); s.page.askRevert() },
		"source":     func(s *stage) { s.page.model.Look.Open() },
		"newer":      func(s *stage) { s.book.update = newer(); s.page.model.Look.LookIn("registry.json") },
		"look-fault": func(s *stage) { s.book.err = errors.New("net"); s.page.model.Look.LookIn("registry.json") },
	}
}

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, scene := range scenes() {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, kit.Route{})
				scene(s)
				s.Check()
				s.Draw("check." + name)
				s.Golden(name)
			})
		}
	})
}

// TestNarrow shows the page as wide as it is beside the navigation of a window
// of 1000 points, where columns and buttons have to give way.
func TestNarrow(t *testing.T) {
	for _, lang := range l10n.Languages() {
		for size, width := range map[settings.TextSize]float32{settings.TextNormal: 820, settings.TextLargest: 700} {
			o := uitest.Options{Language: lang, TextSize: size, Size: fyne.NewSize(width, 680)}
			for name, scene := range scenes() {
				t.Run(o.Name()+"/"+name, func(t *testing.T) {
					s := show(t, o, kit.Route{})
					scene(s)
					s.Check()
					s.Draw("check.narrow." + name)
				})
			}
		}
	}
}

// The cards of every part stand below the first letter of the title.
func TestCardsAreInLineWithTheTitle(t *testing.T) {
	for _, segment := range Segments() {
		s := show(t, english(), kit.Route{})
		s.to(segment)
		title, edge := float32(0), float32(1000)
		s.Walk(func(x uitest.Seen) {
			switch o := x.Object.(type) {
			case *canvas.Text:
				if o.Text == s.Env.T("check.title") {
					title = x.Pos.X
				}
			case *canvas.Rectangle:
				if o.StrokeWidth > 0 && o.Size().Width > 300 {
					edge = min(edge, x.Pos.X)
				}
			}
		})
		if title == 0 || edge != title {
			t.Errorf("%s: a card at %v, the title at %v", segment, edge, title)
		}
	}
}

// The next start asks the registry for what was chosen, not for what was typed.
func TestRegistryIsAskedAsBefore(t *testing.T) {
	start := func(values map[string]string) *stage {
		s := show(t, uitest.Options{}, kit.Route{})
		s.Env.Memory = kit.NewMemory(s.Env, values, func(context.Context, string, string) error { return nil })
		s.page = New(s.page.p)
		s.Show(s.page, kit.Route{Page: kit.PageCheck})
		s.page.showSegment(SegmentBook)
		return s
	}
	values := map[string]string{}
	first := start(values)
	first.page.book.block.SetSelectedIndex(1)
	first.page.book.scope.SetSelectedIndex(1)
	first.page.book.search.SetText("secret")
	chosen := first.page.model.Book.Query()
	if q := start(values).page.model.Book.Query(); q.Block != chosen.Block || q.Block == "" || q.Scope == "" || q.Text != "" {
		t.Errorf("%+v after %+v", q, chosen)
	}
	if q := start(map[string]string{memory: `{"block":"77/1","scope":"月球"}`}).page.model.Book.Query(); !q.Empty() {
		t.Errorf("%+v", q)
	}
}

func TestMenusOfRows(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentMany)
	s.App.Clipboard().SetContent(sheet)
	s.Press("kit.paste")
	menu := func(f fyne.Focusable, key string) {
		t.Helper()
		s.RowMenu(f)
		s.Choose(s.Env.T(key))
	}
	many := s.page.many.table.Focus()
	menu(many, "kit.copy")
	if got := s.App.Clipboard().Content(); got != s.page.model.Many.shown.All()[0].Input {
		t.Errorf("copied %q", got)
	}
	menu(many, "check.entry.open")
	if s.page.model.Many.Opened() == nil {
		t.Error("no verdict at the side")
	}
	menu(many, "check.many.one")
	if s.page.one == nil {
		t.Error("not judged on its own")
	}
	s.to(SegmentBook)
	s.page.find(Query{Text: "95588"})
	s.Layout()
	book, first := s.page.book.table.Focus(), s.page.model.Book.shown.All()[0]
	menu(book, "kit.copy")
	if got := s.App.Clipboard().Content(); got != s.page.entryText(first) {
		t.Errorf("copied %q", got)
	}
	menu(book, "check.entry.open")
	if x := s.page.model.Book.Opened(); x == nil || x.Code != first.Code {
		t.Errorf("opened %+v", x)
	}
}

func TestMenuOfAChange(t *testing.T) {
	s := show(t, english(), kit.Route{})
	s.to(SegmentBook)
	s.book.source, s.book.update = source(), newer()
	s.Press("check.look")
	rows := uitest.All[interface {
		fyne.CanvasObject
		fyne.SecondaryTappable
		Pressable() bool
	}](s.Harness)
	for _, r := range slices.Backward(rows) { // the dialog is above the page
		if r.Pressable() {
			r.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(200, 200)})
			break
		}
	}
	s.Layout()
	s.Choose(s.Env.T("kit.copy"))
	if got := s.App.Clipboard().Content(); !strings.Contains(got, newer().Verdicts[0].Number) {
		t.Errorf("copied %q", got)
	}
}
