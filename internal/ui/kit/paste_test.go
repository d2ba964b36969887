package kit_test

import (
	"strings"
	"testing"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestPasteInto(t *testing.T) {
	for _, tc := range []struct {
		name, before, board, want string
		field                     *kit.Entry
	}{
		{name: "one line", before: "12", board: " 13800138000\r\n95588\t", want: "13800138000 95588!", field: kit.NewEntry("")},
		{name: "several lines", before: "12", board: " 13800138000\n95588\n", want: "13800138000\n95588!", field: kit.NewTextArea("", 2)},
		{name: "a secret", board: "abc\n", want: "abc!", field: kit.NewSecret("")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := uitest.New(t, uitest.Options{})
			var heard []string
			h.ShowObject(kit.Stack(1, tc.field, kit.PasteInto(h.Env, tc.field, nil)))
			tc.field.Put(tc.before)
			tc.field.OnChanged = func(s string) { heard = append(heard, s) }
			h.App.Clipboard().SetContent(tc.board)
			h.Press("kit.paste")
			if h.Window.Canvas().Focused() != tc.field {
				t.Error("the keyboard is elsewhere")
			}
			tc.field.TypedRune('!') // goes in where the caret is
			if tc.field.Text != tc.want || heard[len(heard)-1] != tc.want {
				t.Errorf("%q, heard %q, want %q", tc.field.Text, heard, tc.want)
			}
		})
	}
}

func TestPasteIntoTakesWhatIsWanted(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	field := kit.NewEntry("")
	h.ShowObject(kit.Stack(1, field, kit.PasteInto(h.Env, field, strings.ToUpper)))
	h.App.Clipboard().SetContent("abc")
	h.Press("kit.paste")
	if field.Text != "ABC" {
		t.Errorf("%q", field.Text)
	}
}

func TestPastingNothingSaysSo(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	field := kit.NewEntry("")
	h.ShowObject(kit.Stack(1, field, kit.PasteInto(h.Env, field, nil)))
	field.Put("typed")
	h.App.Clipboard().SetContent(" \n")
	h.Press("kit.paste")
	if field.Text != "typed" || len(h.Toasts) != 1 || h.Toasts[0] != h.Env.T("kit.paste.nothing") {
		t.Errorf("%q, toasts %q", field.Text, h.Toasts)
	}
}
