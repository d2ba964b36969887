package digest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/settings"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// week is a busy one.
func week() insight.Digest {
	monday := testkit.Epoch().AddDate(0, 0, -7).Truncate(24 * time.Hour).Add(-8 * time.Hour)
	at := monday.Add(34 * time.Hour)
	return insight.Digest{
		From: monday, To: monday.AddDate(0, 0, 7),
		Now:    insight.WeekCount{Calls: 31, Answered: 12, Strangers: 22, Night: 3, LongTalks: 2, Numbers: 19, StrangerTalk: 52 * time.Minute},
		Before: insight.WeekCount{Calls: 18, Answered: 9, Strangers: 8, Numbers: 12, StrangerTalk: 40 * time.Second},
		Talks:  []insight.Talk{{Number: "17012340000", At: at, Length: 31 * time.Minute}, {At: at.Add(time.Hour), Length: 12 * time.Minute}},
		Codes:  []insight.CodeCount{{Code: "95013", Calls: 9, Numbers: 7}, {Code: "95588", Calls: 2, Numbers: 1}},
		Alerts: []insight.Alert{{
			Kind: insight.KindLongStrangerCall, Severity: domain.SeverityDanger, Number: "17012340000", From: at, To: at, Calls: 1,
			Why: "long_stranger_call", Facts: insight.Facts{Talk: 31 * 60},
		}},
		AlertCount: 3, Do: []insight.Deed{insight.DeedAsk, insight.DeedComplain, insight.DeedRest},
	}
}

type dialog struct {
	*uitest.Harness
	tower  *tower
	chosen string // the file that the user chooses, empty for none
	names  []string
	opened []string
}

func show(t *testing.T, o uitest.Options) *dialog {
	t.Helper()
	d := &dialog{Harness: uitest.New(t, o), tower: &tower{digest: week()}}
	d.ShowObject(kit.Ground("background", kit.Spring()))
	d.open()
	return d
}

func (d *dialog) open() {
	p := d.Env.Printer
	Open(Params{
		Env: d.Env, Lookout: d.tower, Files: d.tower, Person: uitest.People()[1], Name: "奶奶",
		Words: func(x insight.Digest, w lookout.Week) report.Document {
			return report.Digest(p, x, w.String(), func(code string) string {
				return report.ListedAs(p, (&uitest.Checker{}).Check(code, ""))
			})
		},
		SaveFile: func(name string, chosen func(string)) {
			d.names = append(d.names, name)
			if d.chosen != "" {
				chosen(d.chosen)
			}
		},
		OpenFile: func(path string) { d.opened = append(d.opened, path) },
	})
	d.Layout()
}

func TestDigestFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 1500)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(1100, 2600)
		}
		d := show(t, o)
		d.chosen = "/home/lin/文档/奶奶-2024-W20.pdf"
		d.Press("digest.save.pdf")
		d.Check()
		d.Draw("digest")
		d.Golden("digest")
	})
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		d := show(t, o) // in a window as small as they come
		d.Check()
		d.Draw("digest.small")
	})
}

func TestChoosingAWeek(t *testing.T) {
	d := show(t, uitest.Options{Language: l10n.English})
	if d.Window.Canvas().Focused() != d.Button("Earlier") {
		t.Errorf("the keyboard is at %v", d.Window.Canvas().Focused())
	}
	d.Press("digest.current_week")
	if !d.Button("Later").Disabled() {
		t.Error("there is no later week")
	}
	d.Press("digest.earlier")
	d.Press("digest.earlier")
	d.Press("digest.later")
	if diff := cmp.Diff([]string{"2024-W20", "2024-W21", "2024-W20", "2024-W19", "2024-W20"}, d.tower.asked); diff != "" {
		t.Error(diff)
	}
	for _, words := range []string{"奶奶: the week's calls", "Week 2024-W20", "What to do", "31 calls", "17012340000", "95013"} {
		if !d.Reads(words) {
			t.Errorf("no %q in %q", words, d.Texts())
		}
	}
}

func TestCopyAndSave(t *testing.T) {
	d := show(t, uitest.Options{Language: l10n.English})
	d.Press("kit.copy")
	if text := d.App.Clipboard().Content(); !strings.HasPrefix(text, "奶奶: the week's calls\nWeek 2024-W20") || !d.Shows("kit.copied") {
		t.Errorf("%q", text)
	}
	d.Press("digest.save.text") // and no file is chosen
	d.chosen = "/home/lin/a.txt"
	d.Press("digest.save.text")
	if !d.Reads("/home/lin/a.txt") || d.Shows("digest.open") {
		t.Errorf("%q", d.Texts())
	}
	d.chosen = "/home/lin/a.pdf"
	d.Press("digest.save.pdf")
	if len(d.opened) != 0 {
		t.Error("opened without being asked to")
	}
	if d.Window.Canvas().Focused() != d.Button("Open to print") {
		t.Error("the keyboard is not where it can be opened")
	}
	d.Press("digest.open")
	if diff := cmp.Diff([]string{"/home/lin/a.pdf"}, d.opened); diff != "" {
		t.Error(diff)
	}
	want := []string{"奶奶-2024-W20.txt", "奶奶-2024-W20.txt", "奶奶-2024-W20.pdf"}
	if diff := cmp.Diff(want, d.names); diff != "" {
		t.Error(diff)
	}
	if len(d.tower.saved) != 2 {
		t.Errorf("%q", d.tower.saved)
	}
	d.tower.err = domain.E("t", domain.Unavailable, "report.failed", domain.Args{"File": "a.pdf"}, nil)
	d.Press("digest.save.pdf")
	if !d.Shows("err.report.failed.hint") {
		t.Errorf("%q", d.Texts())
	}
}

func TestFaultAndWaiting(t *testing.T) {
	d := show(t, uitest.Options{Language: l10n.English})
	d.tower.err = errors.New("disk")
	d.Press("digest.earlier")
	if !d.Shows("err.internal") || !d.Button("Copy").Disabled() {
		t.Errorf("%q", d.Texts())
	}
	d.tower.err = nil
	d.Press("kit.retry")
	d.Hold = true
	test.Tap(d.Button("Earlier"))
	d.Layout()
	if !d.Shows("alerts.looking") || d.Reads("95013") {
		t.Errorf("%q", d.Texts())
	}
	d.Release()
	if !d.Reads("Week 2024-W18") && !d.Reads("95013") {
		t.Errorf("%q", d.Texts())
	}
	// Closed, it waits for nothing.
	d.Hold = true
	test.Tap(d.Button("Earlier"))
	d.Key(fyne.KeyEscape)
	d.Release()
	if kit.Dialogs(d.Window.Canvas()) {
		t.Errorf("%q", d.Texts())
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	d := show(t, uitest.Options{})
	if list := d.Unreached(20); len(list) != 0 {
		t.Errorf("%q", list)
	}
}
