package uitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
)

func text(s string, x, y, w float32) *canvas.Text {
	t := canvas.NewText(s, theme.Color(theme.ColorNameForeground))
	t.Move(fyne.NewPos(x, y))
	t.Resize(fyne.NewSize(w, 20))
	return t
}

// TestCheckSeesWhatIsWrong shows pages with one fault each.
func TestCheckSeesWhatIsWrong(t *testing.T) {
	for name, tc := range map[string]struct {
		objects []fyne.CanvasObject
		want    string
	}{
		"nothing":          {[]fyne.CanvasObject{text("a", 0, 0, 50), text("b", 60, 0, 50)}, ""},
		"a key":            {[]fyne.CanvasObject{text("kit.retry", 0, 0, 200)}, "untranslated"},
		"a deeper key":     {[]fyne.CanvasObject{text("err.time.un-readable_1", 0, 0, 400)}, "untranslated"},
		"a file name":      {[]fyne.CanvasObject{text("Calls.xml", 0, 0, 200)}, ""},
		"a version":        {[]fyne.CanvasObject{text("1.2.3", 0, 0, 200)}, ""},
		"beyond the right": {[]fyne.CanvasObject{text("abcdef", 980, 0, 100)}, "in a window"},
		"beyond the left":  {[]fyne.CanvasObject{text("abcdef", -20, 0, 100)}, "in a window"},
		"too little room":  {[]fyne.CanvasObject{text("abcdefghijkl", 0, 0, 20)}, "points and has"},
		"one over another": {[]fyne.CanvasObject{text("abcdef", 0, 0, 100), text("ghijkl", 20, 5, 100)}, "overlap"},
		"hidden":           {[]fyne.CanvasObject{hidden(text("kit.retry", 0, 0, 200))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := New(t, Options{})
			h.Window.SetContent(container.NewWithoutLayout(tc.objects...))
			got := strings.Join(h.problems(), "\n")
			if (tc.want == "") != (got == "") || !strings.Contains(got, tc.want) {
				t.Fatalf("problems %q, want %q", got, tc.want)
			}
		})
	}
}

func hidden(o fyne.CanvasObject) fyne.CanvasObject {
	o.Hide()
	return o
}

func TestWhatIsScrolledAwayOverlapsNothing(t *testing.T) {
	h := New(t, Options{})
	long := kit.Stack(0, kit.Body(strings.Repeat("公开名单整理而成。\n", 80)))
	h.ShowObject(kit.Under(0, kit.Heading("号码"), container.NewVScroll(long)))
	if got := h.problems(); len(got) != 0 {
		t.Fatal(got)
	}
}

func TestWhatIsScrolledAwayTwiceOverlapsNothing(t *testing.T) {
	h := New(t, Options{})
	long := kit.Stack(0, kit.Body(strings.Repeat("公开名单整理而成。\n", 80)))
	inner := kit.Tall(60, container.NewVScroll(long))
	h.ShowObject(container.NewBorder(nil, kit.Heading("号码"), nil, nil, container.NewVScroll(kit.Stack(0, kit.Tall(40, kit.Spring()), inner))))
	if got := h.problems(); len(got) != 0 {
		t.Fatal(got)
	}
}

func TestReadsAcrossLines(t *testing.T) {
	h := New(t, Options{Size: fyne.NewSize(200, 400)})
	words := "public lists name the holder of this number"
	h.ShowObject(kit.Body(words))
	if len(h.Texts()) < 2 || !h.Reads(words) || h.Reads("public lists name the owner") {
		t.Fatalf("texts %q", h.Texts())
	}
}

func TestTimersWaitToBeFired(t *testing.T) {
	h := New(t, Options{})
	h.ShowObject(kit.Spring())
	fired := 0
	h.Env.Jobs.After(t.Context(), 0, func() {
		fired++
		h.Env.Jobs.After(t.Context(), 0, func() { fired += 10 })
	})
	stop := h.Env.Jobs.After(t.Context(), 0, func() { fired += 100 })
	stop()
	if fired != 0 {
		t.Fatal("a timer fired by itself")
	}
	if h.Fire(); fired != 1 {
		t.Fatalf("fired %d", fired)
	}
	if h.Fire(); fired != 11 {
		t.Fatalf("fired %d", fired)
	}
}

func TestFirstDifference(t *testing.T) {
	for _, tc := range [][3]string{
		{"a\nb\nc", "a\nx\nc", "2:"},
		{"a\nb", "a", "1: got 2 lines, want 1"},
	} {
		if got := firstDifference(tc[0], tc[1]); !strings.HasPrefix(got, tc[2]) {
			t.Errorf("%q", got)
		}
	}
}
