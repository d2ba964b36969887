package thresholds

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func open(t *testing.T, o uitest.Options, w *tower) *uitest.Harness {
	t.Helper()
	h := uitest.New(t, o)
	h.ShowObject(kit.Ground("background", kit.Spring()))
	Open(h.Env, NewModel(w))
	h.Layout()
	return h
}

// entries are the fields by their thresholds, in the order of the form.
func entries(h *uitest.Harness) map[string]*kit.Entry {
	out, all := map[string]*kit.Entry{}, uitest.All[*kit.Entry](h)
	for i, t := range insight.Thresholds() {
		out[t.Name] = all[i]
	}
	return out
}

func TestFormFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(860, 1600)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(1100, 3000)
		}
		h := open(t, o, &tower{now: insight.Defaults()})
		h.Check()
		h.Draw("thresholds")
		h.Golden("form")
		h.Type(entries(h)["repeated_calls"], "1")
		h.Type(entries(h)["night_from"], "10")
		h.Press("thresholds.save")
		h.Check()
		h.Draw("thresholds.wrong")
	})
}

func TestSavingIsToldToThePages(t *testing.T) {
	w := &tower{now: insight.Defaults()}
	h := open(t, uitest.Options{Language: l10n.English}, w)
	if h.Window.Canvas().Focused() != entries(h)["repeated_calls"] {
		t.Error("the keyboard is not in the first field")
	}
	h.Type(entries(h)["ring_seconds"], "8")
	h.Press("thresholds.save")
	if d := cmp.Diff([]map[string]string{{"ring_seconds": "8"}}, w.sets); d != "" {
		t.Error(d)
	}
	if kit.Dialogs(h.Window.Canvas()) || len(h.Toasts) != 1 || len(h.Topics) != 1 || h.Topics[0] != "thresholds" {
		t.Errorf("toasts %q, topics %q", h.Toasts, h.Topics)
	}
	h = open(t, uitest.Options{}, w)
	h.Press("thresholds.save")
	if kit.Dialogs(h.Window.Canvas()) || len(h.Toasts) != 0 || len(h.Topics) != 0 {
		t.Errorf("nothing changed, but toasts %q, topics %q", h.Toasts, h.Topics)
	}
}

func TestWrongValuesStandAtTheirFields(t *testing.T) {
	w := &tower{now: insight.Defaults()}
	h := open(t, uitest.Options{Language: l10n.English}, w)
	h.Type(entries(h)["night_to"], "13:00")
	h.Type(entries(h)["flood_minutes"], "x")
	h.Press("thresholds.save")
	if !h.Reads("This must be a time of day from 00:00 to 12:00.") || !h.Reads("This must be a whole number from 1 to 720.") {
		t.Errorf("%q", h.Texts())
	}
	if h.Window.Canvas().Focused() != entries(h)["flood_minutes"] || len(w.sets) != 0 {
		t.Error("the keyboard is not in the first wrong field")
	}
	h.Press("thresholds.defaults")
	if h.Shows("err.thresholds.number.hint") || entries(h)["night_to"].Text != "06:00" {
		t.Errorf("%q", h.Texts())
	}
}

func TestBackToTheDefaults(t *testing.T) {
	mine := insight.Defaults()
	mine.RingSeconds, mine.NightTo = 9, 5*60
	w := &tower{now: mine}
	h := open(t, uitest.Options{Language: l10n.English}, w)
	if h.Env.Typed() {
		t.Error("nothing is typed yet")
	}
	h.Press("thresholds.defaults")
	if len(w.sets) != 0 || !h.Env.Typed() {
		t.Error("they count before they are saved")
	}
	h.Key(fyne.KeyEscape)
	if !kit.Dialogs(h.Window.Canvas()) {
		t.Error("thrown away without asking")
	}
	h.Press("thresholds.save")
	if d := cmp.Diff([]map[string]string{{"ring_seconds": "5", "night_to": "06:00"}}, w.sets); d != "" {
		t.Error(d)
	}
}

func TestFaults(t *testing.T) {
	w := &tower{now: insight.Defaults()}
	h := open(t, uitest.Options{Language: l10n.English}, w)
	h.Type(entries(h)["ring_seconds"], "8")
	w.err = errors.New("disk")
	h.Press("thresholds.save")
	if !h.Shows("err.internal") || entries(h)["ring_seconds"].Text != "8" || len(h.Topics) != 0 {
		t.Errorf("%q", h.Texts())
	}
	h = open(t, uitest.Options{Language: l10n.English}, w)
	if !h.Shows("err.internal") || h.Shows("thresholds.save") {
		t.Errorf("%q", h.Texts())
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	h := open(t, uitest.Options{}, &tower{now: insight.Defaults()})
	if list := h.Unreached(20); len(list) != 0 {
		t.Errorf("%q", list)
	}
}
