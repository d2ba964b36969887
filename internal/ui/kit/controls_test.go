package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/uitest"
)

// rings counts the rings that are drawn in the colour of the focus.
func rings(h *uitest.Harness) int {
	want := theme.Color(look.ColorRing)
	n := 0
	h.Walk(func(s uitest.Seen) {
		if r, ok := s.Object.(*canvas.Rectangle); ok && r.StrokeColor == want && r.StrokeWidth == theme.Size(look.SizeRing) {
			n++
		}
	})
	return n
}

func TestEveryControlShowsTheFocus(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	choice := kit.NewChoice("?", kit.Terms(h.Env.Printer, "relation", domain.Relations()), nil)
	controls := []fyne.CanvasObject{
		kit.NewButton("1", nil, nil), kit.NewPrimary("2", nil, nil), kit.NewQuiet("3", nil, nil), kit.NewDanger("4", nil, nil),
		kit.NewCheck("5", nil), kit.NewEntry(""), kit.NewTextArea("", 2), kit.NewSecret(""), choice,
	}
	h.ShowObject(kit.Stack(1, controls...))
	if n := rings(h); n != 0 {
		t.Fatalf("%d rings without a focus", n)
	}
	for i, c := range controls {
		if got := h.Tab(); any(got) != any(c) {
			t.Fatalf("stop %d is %T", i, got)
		}
		if n := rings(h); n != 1 {
			t.Errorf("%T: %d rings", c, n)
		}
	}
	h.Window.Canvas().Unfocus()
	if n := rings(h); n != 0 {
		t.Errorf("%d rings stay", n)
	}
}

func TestButtonKeepsTheFocusWhenPressed(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	presses := 0
	b := kit.NewButton("a", nil, func() { presses++ })
	h.ShowObject(kit.Stack(1, b))
	h.Window.Canvas().Focus(b)
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyA} {
		h.Key(k)
	}
	if presses != 3 || h.Window.Canvas().Focused() != b {
		t.Fatalf("%d presses, focus on %T", presses, h.Window.Canvas().Focused())
	}
	b.Disable()
	h.Key(fyne.KeySpace)
	b.TypedRune(' ')
	if presses != 3 {
		t.Fatal("a disabled button was pressed")
	}
}

func TestEntryEnter(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	enters := 0
	one, many := kit.NewEntry(""), kit.NewTextArea("", 3)
	one.OnEnter = func() { enters++ }
	many.OnEnter = func() { enters++ }
	h.ShowObject(kit.Stack(1, one, many))
	one.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	many.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if enters != 1 || many.Text != "\n" {
		t.Fatalf("%d enters, text %q: a field of several lines must not act on Enter", enters, many.Text)
	}
	if many.AcceptsTab() {
		t.Fatal("Tab is caught in the field")
	}
}

func TestChoice(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	var heard []domain.Relation
	c := kit.NewChoice("?", kit.Terms(h.Env.Printer, "relation", domain.Relations()), func(r domain.Relation) { heard = append(heard, r) })
	if _, ok := c.Get(); ok {
		t.Fatal("something is chosen at first")
	}
	c.Set(domain.RelationSpouse)
	if got, _ := c.Get(); got != domain.RelationSpouse || c.Selected != "Spouse" || len(heard) != 0 {
		t.Fatalf("set: %s, shown %q, heard %v", got, c.Selected, heard)
	}
	c.SetSelected("Child")
	if diff := cmp.Diff([]domain.Relation{domain.RelationChild}, heard); diff != "" {
		t.Fatal(diff)
	}
	h.Env.Printer.SetLanguage(l10n.Chinese)
	c.SetOptions(kit.Terms(h.Env.Printer, "relation", domain.Relations()))
	if got, _ := c.Get(); got != domain.RelationChild || c.Selected != "子女" {
		t.Fatalf("in Chinese: %s, shown %q", got, c.Selected)
	}
	c.Set("nobody")
	if _, ok := c.Get(); ok || len(heard) != 1 {
		t.Fatal("an unknown code is chosen")
	}
}

func TestChecks(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	var heard [][]domain.Demand
	g := kit.NewChecks(kit.Terms(h.Env.Printer, "demand", domain.Demands()), func(d []domain.Demand) { heard = append(heard, d) })
	g.Set([]domain.Demand{domain.DemandBlockLine, domain.DemandStopCalls})
	if diff := cmp.Diff([]domain.Demand{domain.DemandStopCalls, domain.DemandBlockLine}, g.Get()); diff != "" || len(heard) != 0 {
		t.Fatal(diff, heard)
	}
	h.ShowObject(g.Object())
	boxes := uitest.All[*kit.Check](h)
	boxes[0].SetChecked(false)
	if diff := cmp.Diff([][]domain.Demand{{domain.DemandBlockLine}}, heard); diff != "" {
		t.Fatal(diff)
	}
	if g.First() != boxes[0] {
		t.Error("First is not the first box")
	}
}

func TestSegments(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	var heard []domain.Demand
	s := kit.NewSegments(kit.Terms(h.Env.Printer, "demand", domain.Demands()), domain.DemandStopCalls, func(d domain.Demand) { heard = append(heard, d) })
	h.ShowObject(s.Object())
	test.Tap(h.Button("Stop calling"))
	test.Tap(h.Button("Block the line"))
	if diff := cmp.Diff([]domain.Demand{domain.DemandBlockLine}, heard); diff != "" || s.Get() != domain.DemandBlockLine {
		t.Fatal(diff, s.Get())
	}
}

func TestTimeInput(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	changes := 0
	in := kit.NewTimeInput(h.Env, func() { changes++ })
	h.ShowObject(in.Object())
	if got, err := in.Get(); !got.IsZero() || err != nil || !in.Empty() {
		t.Fatalf("empty: %v %v", got, err)
	}
	h.Press("kit.time.now")
	if got, err := in.Get(); err != nil || !got.Equal(h.Clock.Now()) || in.Entry.Text != "2024-05-20 09:00:00" {
		t.Fatalf("now: %v %v, shown %q", got, err, in.Entry.Text)
	}
	in.Entry.SetText("yesterday")
	if _, err := in.Get(); domain.KeyOf(err) != "time.unreadable" {
		t.Fatalf("got %v", err)
	}
	if changes != 2 {
		t.Errorf("%d changes", changes)
	}
}

func TestParseTime(t *testing.T) {
	now := time.Date(2024, 5, 20, 23, 30, 0, 0, time.UTC) // the 21st in China
	at := func(y int, m time.Month, d, h, mi, s int) time.Time {
		return time.Date(y, m, d, h, mi, s, 0, domain.China())
	}
	for text, want := range map[string]time.Time{
		"2024-05-20 21:30":          at(2024, 5, 20, 21, 30, 0),
		"2024-5-2 1:03:05":          at(2024, 5, 2, 1, 3, 5),
		"2024年5月20日 21时30分":         at(2024, 5, 20, 21, 30, 0),
		"２０２４／０５／２０　２１：３０":          at(2024, 5, 20, 21, 30, 0),
		"2024.05.20 21.30.09":       at(2024, 5, 20, 21, 30, 9),
		" 9:05 ":                    at(2024, 5, 21, 9, 5, 0),
		"2024年5月20日 下午3点20分":        at(2024, 5, 20, 15, 20, 0),
		"2024.05.20 下午3.20":         at(2024, 5, 20, 15, 20, 0),
		"下午3点20":                    at(2024, 5, 21, 15, 20, 0),
		"3:20 pm":                   at(2024, 5, 21, 15, 20, 0),
		"2024-05-20T21:30:00+00:00": at(2024, 5, 21, 5, 30, 0),
	} {
		if got, err := kit.ParseTime(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "later", "2024-05-20", "2024-02-30 10:00", "2024-13-01 10:00", "2024-05-20 24:00", "2024-05-20 10:60",
		"25:00", "1-1-1 1:1", "1 2 3 4 5 6 7", "99999999999999999999:00", "0-0-0 0:0",
		"晚上12:10", "上午 15:20",
	} {
		if got, err := kit.ParseTime(text, now); domain.KeyOf(err) != "time.unreadable" {
			t.Errorf("%q was read as %v (%v)", text, got, err)
		} else if strings.Contains(err.Error(), "9999") {
			t.Errorf("what was typed goes into the log: %v", err)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	f.Add("2024年5月20日 21时30分")
	f.Add("1 2 3 4 5 6 7")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := kit.ParseTime(text, time.Unix(0, 0))
		if err == nil && (got.Year() < 0 || got.Year() > 9999) {
			t.Fatalf("%q is the year %d", text, got.Year())
		}
	})
}

func TestProgress(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	cancels := 0
	p := kit.NewProgress(h.Env, kit.ProgressParams{Title: "Import", OnCancel: func() { cancels++ }})
	h.ShowObject(p.Object())
	p.Set(progress.Snapshot{Items: 3})
	h.Layout()
	if h.Reads("%") || !h.Reads("3 done") {
		t.Fatalf("without a total: %q", h.Texts())
	}
	p.Set(progress.Snapshot{Done: 62, Total: 100, Items: 620, Failed: 1})
	h.Layout()
	if !h.Reads("62%") || !h.Reads("620 done · 1 failed") {
		t.Fatalf("with a total: %q", h.Texts())
	}
	b := h.Button("Cancel")
	test.Tap(b)
	test.Tap(b)
	if cancels != 1 {
		t.Fatalf("cancelled %d times", cancels)
	}
	h.Check()
}
