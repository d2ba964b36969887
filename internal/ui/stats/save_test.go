package stats

import (
	"errors"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
	"quietline/internal/ui/uitest"
)

func tall() uitest.Options {
	return uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 3600)}
}

func TestChartIsSaved(t *testing.T) {
	c := &counter{stats: sample(), funnel: course()}
	h, part := show(t, tall(), c)
	var suggested, opened string
	part.p.SaveFile = func(name string, chosen func(string)) {
		suggested = name
		chosen(filepath.Join("folder", name))
	}
	part.p.OpenFile = func(path string) { opened = path }
	h.Buttons("stats.save.pdf")[3].OnTapped()
	h.Layout()
	want := filepath.Join("folder", "complaints-2024-05-20.pdf")
	if suggested != "complaints-2024-05-20.pdf" || len(c.saved) != 1 || c.saved[0] != want+" "+h.Env.T("chart.complaints.title") {
		t.Fatalf("%q %q", suggested, c.saved)
	}
	if !h.Shows("stats.saved") || !h.Reads(want) {
		t.Errorf("%q", h.Texts())
	}
	h.Press("stats.save.open")
	if opened != want {
		t.Errorf("opened %q", opened)
	}
	part.ask(0, SpanYear)
	h.Layout()
	if h.Shows("stats.saved") {
		t.Error("said of another picture")
	}
	c.err = errors.New("disk")
	h.Buttons("stats.save.png")[0].OnTapped()
	h.Layout()
	if !h.Shows("kit.error.title") || h.Shows("stats.saved") {
		t.Errorf("%q", h.Texts())
	}
}

// The outbox changes complaints many times a second; calls are not counted again
// for that.
func TestComplaintsAreCountedAlone(t *testing.T) {
	c := &counter{stats: sample(), funnel: course()}
	h, part := show(t, tall(), c)
	codes := find(h, "chart.codes.title")
	h.Window.Canvas().Focus(codes)
	part.Changed("complaints")
	h.Fire()
	if h.Window.Canvas().Focused() != codes {
		t.Error("nothing changed, but the charts were made anew")
	}
	c.funnel.Drafts, c.funnel.Written = 92, 98
	part.Changed("complaints")
	h.Fire()
	if !h.Reads("92 still drafts") || len(c.asked) != 1 {
		t.Errorf("%d counts of calls; %q", len(c.asked), h.Texts())
	}
	from := midnight(testkit.Epoch()).AddDate(0, 0, -29)
	if d := cmp.Diff([]filing.FunnelFilter{{From: from}, {From: from}, {From: from}}, c.courses); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]lookout.StatsFilter{{From: from}}, c.asked); d != "" {
		t.Error(d)
	}
}

func TestNoComplaintsSayWhatToDo(t *testing.T) {
	h, part := show(t, tall(), &counter{stats: sample()})
	if !h.Reads(h.Env.T("stats.course.none.span", l10n.Args{"Span": h.Env.T("stats.span.month")})) {
		t.Errorf("%q", h.Texts())
	}
	h.Press("home.complain")
	part.ask(0, SpanAll)
	h.Layout()
	if !h.Shows("stats.course.none.text") || len(h.Routes) != 1 {
		t.Errorf("%q %v", h.Texts(), h.Routes)
	}
}

// Every chart tells its numbers to the keyboard.
func TestNumbersByKeyboard(t *testing.T) {
	h, _ := show(t, tall(), &counter{stats: sample(), funnel: course()})
	days := find(h, "chart.days.title")
	h.Window.Canvas().Focus(days)
	h.Key(fyne.KeyEnd)
	h.Key(fyne.KeyLeft)
	h.Key(fyne.KeyLeft)
	if !h.Reads("2024-05-18, Saturday21 callsMobile phone: 6Call centre or similar firm (95): 15") {
		t.Errorf("%q", h.Texts())
	}
	if list := h.Unreached(60); len(list) != 0 {
		t.Errorf("%q", list)
	}
}
