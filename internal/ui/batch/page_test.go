package batch

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestEmpty(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		d := newDesk()
		d.batches = nil
		s := show(t, o, d)
		s.Check()
		s.Draw("batch.empty")
		s.Golden("empty")
	})
}

func TestList(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		s.Check()
		s.Draw("batch.list")
		s.Golden("list")
	})
}

func TestDetail(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		for _, id := range []string{"20240520-6", "20240520-5", "20240520-4", "20240520-3", "20240520-2"} {
			s.page.model.Open(id)
			s.Check()
			s.Draw("batch." + id[len(id)-1:])
			s.Golden("detail-" + id[len(id)-1:])
		}
	})
}

func TestSheet(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		s.Press("batch.choose.button")
		s.Check()
		s.Draw("batch.sheet")
		s.Golden("sheet")
		s.page.model.SetColumn(0, "")
		s.Check()
		s.Draw("batch.missing")
		s.Golden("missing")
		s.page.model.SetColumn(0, filing.SheetNumber)
		s.Press("batch.check")
		s.Check()
		s.Draw("batch.checked")
		s.Golden("checked")
		test.Tap(s.page.sheet.file)
		s.Check()
		s.Draw("batch.ask")
		s.Golden("ask")
	})
}

func TestQuestions(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, ask := range map[string]func(*stage){
			"cancel": func(s *stage) {
				s.page.model.Open("20240520-6")
				s.page.list.detail.askCancel()
			},
			"cancelled": func(s *stage) { s.page.onCancelled(filing.BatchCancelled{TakenBack: 1204, Filed: 3, Uncertain: 1}) },
			"leave":     func(s *stage) { s.Ask(s.page.Working) },
		} {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, newDesk())
				ask(s)
				s.Check()
				s.Draw("batch." + name)
				s.Golden(name)
			})
		}
	})
}

func TestRunning(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, newDesk())
		s.page.model.OfferSheet("/home/me/calls.csv")
		s.desk.during = func(context.Context, *progress.Counter) error {
			s.Check()
			s.Draw("batch.running")
			s.Golden("running")
			return nil
		}
		s.page.model.File()
	})
}

// A volunteer takes a sheet through all stages.
func TestASheetBecomesABatch(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	s.Press("batch.choose.button")
	if !s.Reads("Sheet: calls.csv") || !s.Reads("95013000 · 2024-05-20 09:15 · 贷款理财 · 朱镕") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("batch.check")
	if !s.Reads("1,982 complaints can be filed.") || !s.Reads("Line 17: Number complained about") {
		t.Fatalf("%q", s.Texts())
	}
	if s.page.sheet.check.Visible() || !s.page.sheet.file.Visible() {
		t.Error("not one main action")
	}
	s.Press("batch.paper.problems")
	if got := s.shelf.written; len(got) != 1 || got[0] != "problems /home/me/calls.csv /home/me/rows-left-out.xlsx" {
		t.Errorf("%q", got)
	}
	s.page.sheet.file.OnTapped()
	if !s.Reads("1,982 go to the practice endpoint") || s.page.model.Job().Stage != Checked {
		t.Fatalf("not asked where to: %q", s.Texts())
	}
	s.Press("complaints.confirm.no")
	if s.page.model.Job() == nil {
		t.Fatal("what was not to be filed was filed")
	}
	s.page.sheet.file.OnTapped()
	s.Env.Obey(kit.CommandPrimary)
	if !s.Reads("20240520-9") || len(s.Toasts) == 0 {
		t.Errorf("%q", s.Texts())
	}
	s.Press("batch.paper.results")
	s.Press("batch.paper.rejects")
	if got := s.shelf.written[1:]; len(got) != 2 || got[0] != "results 20240520-9 /home/me/results-20240520-9.xlsx" {
		t.Errorf("%q", got)
	}
}

// A slow channel is said to be slow before anything is filed, and while it files.
func TestPaceIsSaidBeforehand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	s.page.model.OfferSheet("/calls.csv")
	s.page.model.Check()
	if s.Reads("takes at least") {
		t.Errorf("this channel has no rate: %q", s.Texts())
	}
	s.page.model.SetChannel("Jiangsu")
	s.page.model.Check()
	if !s.Reads("At the channel's rate that takes at least 1 h 6 min") {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.CloseJob()
	s.page.model.Open("20240520-5")
	if !s.Reads("takes at least 14 s") {
		t.Errorf("%q", s.Texts())
	}
}

func TestPauseResumeCancel(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	s.page.model.Open("20240520-6")
	s.Press("batch.pause")
	if !s.Shows("batch.paused") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("batch.resume")
	s.Press("batch.cancel")
	if len(s.desk.did) != 2 {
		t.Fatal("without asking")
	}
	yes := s.Buttons("batch.cancel")
	yes[len(yes)-1].OnTapped()
	if len(s.desk.did) != 3 || !s.Reads("400 complaints were taken back.") || !s.Reads("2 complaints may have arrived") {
		t.Errorf("%v %q", s.desk.did, s.Texts())
	}
}

func TestDrop(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	if s.page.Takes([]string{"/contacts.vcf"}) {
		t.Error("contacts belong to another page")
	}
	s.page.Drop([]string{"/photo.jpg"})
	if s.page.model.Job() != nil || len(s.Toasts) != 1 {
		t.Fatal("a picture is no sheet")
	}
	s.page.Drop([]string{"/photo.jpg", "/Calls.XLSX", "/b.csv"})
	if j := s.page.model.Job(); j == nil || j.Path != "/Calls.XLSX" {
		t.Errorf("%+v", j)
	}
}

func TestLeavingWhileBusyAsks(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	s.page.model.OfferSheet("/calls.csv")
	if _, busy := s.page.Working(); busy {
		t.Fatal("nothing is being done")
	}
	s.desk.during = func(context.Context, *progress.Counter) error {
		if _, busy := s.page.Working(); !busy {
			t.Error("the program may end without asking")
		}
		return nil
	}
	s.page.model.Check()
}

func TestRouteOpensABatch(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, newDesk())
	s.Show(s.page, kit.RouteBatch("20240520-2"))
	if !s.Reads("20240520-2") || !s.Shows("batch.counts") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("batch.back")
	if s.Shows("batch.counts") {
		t.Error("still open")
	}
}

// The menu of a row opens the batch and does with it what its page can do.
func TestMenuOfABatch(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, newDesk())
	first := s.page.model.Shown()[0]
	menu := func() { s.RowMenu(s.page.list.table.Focus()) }
	menu()
	s.Choose(s.Env.T("batch.pause"))
	if s.page.model.OpenID() != first.ID || s.page.model.Shown()[0].PausedAt.IsZero() {
		t.Errorf("%+v", s.page.model.Shown()[0])
	}
	menu()
	s.Choose(s.Env.T("batch.paper.results"))
	if len(s.shelf.written) != 1 || !strings.HasPrefix(s.shelf.written[0], "results "+first.ID) {
		t.Errorf("%q", s.shelf.written)
	}
	s.page.model.Open("")
	s.Layout()
	menu()
	s.Choose(s.Env.T("complaints.many.open"))
	if s.page.model.OpenID() != first.ID {
		t.Error("not opened")
	}
}
