package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Who comes to a field that holds something goes on behind it.
func TestCaretStandsBehindWhatWasFilledIn(t *testing.T) {
	for _, tc := range []struct {
		name  string
		field *kit.Entry
		text  string
	}{
		{"one line", kit.NewEntry(""), "95588"},
		{"several lines", kit.NewTextArea("", 2), "95588\n95533"},
		{"lines that break", kit.NewTextArea("", 2), strings.Repeat("公开名单", 40)},
		{"a secret", kit.NewSecret(""), "abc"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := uitest.New(t, uitest.Options{})
			other := kit.NewEntry("")
			tc.field.SetText(tc.text)
			h.ShowObject(kit.Stack(1, other, tc.field))
			c := h.Window.Canvas()
			c.Focus(other)
			if h.Tab() != tc.field {
				t.Fatalf("focus on %T", c.Focused())
			}
			tc.field.TypedRune('1')
			h.Key(fyne.KeyPageUp)
			c.Focus(other)
			c.Focus(tc.field) // and where they were, when they come back
			tc.field.TypedRune('2')
			if want := "2" + tc.text + "1"; tc.field.Text != want {
				t.Errorf("%q, want %q", tc.field.Text, want)
			}
			h.Key(fyne.KeyPageUp)
			tc.field.SetText(tc.field.Text)
			tc.field.TypedRune('3')
			tc.field.SetText("now")
			tc.field.TypedRune('4')
			if tc.field.Text != "now4" {
				t.Errorf("%q", tc.field.Text)
			}
		})
	}
}

// The beginning of what is longer than its field is seen, and a click goes where it
// went.
func TestCaretGoesWhereTheFieldIsClicked(t *testing.T) {
	h := uitest.New(t, uitest.Options{Size: fyne.NewSize(300, 200)})
	field := kit.NewEntry("")
	field.SetText("https://intake.example.cn/v1/" + strings.Repeat("long/", 20))
	h.ShowObject(kit.Stack(1, field))
	field.MouseDown(&desktop.MouseEvent{
		PointEvent: fyne.PointEvent{Position: fyne.NewPos(1, field.Size().Height/2)}, Button: desktop.MouseButtonPrimary,
	})
	field.TypedRune('!')
	if !strings.HasPrefix(field.Text, "!https") {
		t.Errorf("%q", field.Text)
	}
}
