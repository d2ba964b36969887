package kit_test

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestErrorDialogSaysWhatToDo(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := uitest.New(t, o)
		h.ShowObject(kit.NewButton("x", nil, nil))
		h.Env.ShowError(domain.E("t.Op", domain.Internal, "internal", domain.Args{"Number": "13900000001"}, errors.New("disk full")))
		h.Layout()
		if !h.Shows("err.internal") || !h.Shows("err.internal.hint") || !h.Reads("00000001") {
			t.Fatalf("texts %q", h.Texts())
		}
		h.Check()
		h.Golden("error")
		h.Draw("kit.error")
		log := h.Log.String()
		for _, part := range []string{"id=00000001", "key=internal", "disk full", "t.Op", "level=ERROR"} {
			if !strings.Contains(log, part) {
				t.Errorf("the log lacks %s: %s", part, log)
			}
		}
		if strings.Contains(log, "13900000001") {
			t.Errorf("the log holds an argument: %s", log)
		}
		h.Key(fyne.KeyEscape)
		if kit.Dialogs(h.Window.Canvas()) {
			t.Error("Escape did not close the dialog")
		}
	})
}

func TestStoppedWorkIsNoFault(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.NewButton("x", nil, nil))
	h.Env.ShowError(domain.E("t", domain.Cancelled, "cancelled", nil, nil))
	h.Env.ShowError(nil)
	if kit.Dialogs(h.Window.Canvas()) || len(h.Toasts) != 1 {
		t.Fatalf("toasts %q", h.Toasts)
	}
}

func TestFormShowsEveryProblemAtItsField(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	field := func(pointer string) (*kit.Field, *kit.Entry) {
		e := kit.NewEntry("")
		return kit.NewField(h.Env, kit.FieldParams{Label: pointer, Pointer: pointer, Input: e, Help: "help", Required: true}), e
	}
	name, _ := field("/name")
	at, atEntry := field("/calls/0/started_at")
	calls, callsEntry := field("/calls")
	form := kit.NewForm(h.Env, name, calls, at)
	h.ShowObject(form.Object())
	bad := func(pointer string) *domain.Error {
		return domain.E("t", domain.Invalid, "time.unreadable", nil, nil).At(pointer)
	}
	form.Show(domain.Problems{bad("/calls/0/started_at"), bad("/calls/0/started_at"), bad("/calls/7"), bad("/elsewhere"), bad("/callsign")})
	h.Layout()
	want := h.Env.T("err.time.unreadable") + "\n" + h.Env.T("err.time.unreadable.hint")
	if name.Error() != "" || at.Error() != want || calls.Error() != want {
		t.Fatalf("name %q, at %q, calls %q", name.Error(), at.Error(), calls.Error())
	}
	if h.Window.Canvas().Focused() != callsEntry {
		t.Error("the keyboard is not in the first wrong field")
	}
	notices := strings.Count(strings.Join(h.Texts(), "\n"), h.Env.T("err.time.unreadable"))
	if notices != 4 { // two fields, two that belong to none
		t.Errorf("%d sentences on the screen: %q", notices, h.Texts())
	}
	h.Check()
	form.Show(nil)
	h.Layout()
	if at.Error() != "" || h.Shows("err.time.unreadable") {
		t.Errorf("still on the screen: %q", h.Texts())
	}
	_ = atEntry
}

func TestConfirm(t *testing.T) {
	h := uitest.New(t, uitest.Options{Language: l10n.English})
	h.ShowObject(kit.NewButton("x", nil, nil))
	done := 0
	ask := func(danger bool) {
		kit.Confirm(h.Env, kit.ConfirmParams{Title: "Remove?", Text: "Gone for good.", Yes: "Remove", Danger: danger, OnYes: func() { done++ }})
	}
	ask(true)
	h.Key(fyne.KeyReturn) // the focus is on Cancel
	if done != 0 || kit.Dialogs(h.Window.Canvas()) {
		t.Fatalf("Enter did what cannot be taken back (%d)", done)
	}
	ask(false)
	h.Key(fyne.KeyReturn)
	if done != 1 || kit.Dialogs(h.Window.Canvas()) {
		t.Fatalf("done %d times", done)
	}
	ask(true)
	h.Press("kit.cancel")
	if done != 1 {
		t.Fatal("Cancel did it")
	}
}

func TestEscapeClosesFromWithinAField(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.NewButton("x", nil, nil))
	closed := 0
	entry := kit.NewEntry("")
	kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
		return kit.DialogParams{
			Title: "t", Body: entry, Focus: entry, OnClosed: func() { closed++ },
			Buttons: []fyne.CanvasObject{kit.NewButton("close", nil, d.Close)},
		}
	})
	h.Key(fyne.KeyEscape)
	if closed != 1 || kit.Dialogs(h.Window.Canvas()) {
		t.Fatalf("closed %d times", closed)
	}
}

func TestLongDialogScrolls(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := uitest.New(t, o)
		h.ShowObject(kit.NewButton("x", nil, nil))
		kit.ShowDialog(h.Env, func(d *kit.Dialog) kit.DialogParams {
			return kit.DialogParams{
				Title: h.Env.T("kit.error.title"), Body: kit.Body(strings.Repeat(h.Env.T("kit.practice")+"\n", 60)),
				Buttons: []fyne.CanvasObject{kit.NewButton(h.Env.T("kit.close"), nil, d.Close)},
			}
		})
		h.Check()
		b := h.Button(h.Env.T("kit.close"))
		bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y + b.Size().Height
		if bottom > o.Size.Height {
			t.Errorf("the button ends at %v in a window %v high", bottom, o.Size.Height)
		}
	})
}
