package kit

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/look"
)

// Report writes an error to the log under a new short id and gives the id,
// for the user to name when asking for help. What the error says to the user
// (its Args) stays out of the log.
func (e *Env) Report(err error) (id string) {
	id = e.Source.UUID()[:8]
	level := slog.LevelWarn
	switch domain.KindOf(err) {
	case domain.Internal, domain.Corrupt:
		level = slog.LevelError
	case domain.Cancelled:
		level = slog.LevelInfo
	default: // the user or the world around is to blame, not the program
	}
	e.Log.Log(context.Background(), level, "shown to the user",
		"id", id, "key", domain.KeyOf(err), "kind", string(domain.KindOf(err)), "cause", domain.Nameless(err))
	return id
}

// ShowError says in a dialog what is wrong and what to do next. Work that the
// user stopped is only mentioned in passing. A nil error shows nothing.
func (e *Env) ShowError(err error) {
	if err == nil {
		return
	}
	id := e.Report(err)
	if domain.KindOf(err) == domain.Cancelled {
		e.Toast(e.Printer.Explain(err).Message)
		return
	}
	ShowDialog(e, func(d *Dialog) DialogParams {
		return DialogParams{
			Title:   e.T("kit.error.title"),
			Body:    Stack(2, e.explained(err), Caption(e.T("kit.error.id", map[string]any{"ID": id}))),
			Buttons: []fyne.CanvasObject{NewPrimary(e.T("kit.close"), nil, d.Close)},
		}
	})
}

// ErrorNotice says within the page what is wrong and what to do next, with a
// button for it if there is one. It writes the error to the log.
func (e *Env) ErrorNotice(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	id := e.Report(err)
	return Stack(0.5, e.explained(err, actions...), Caption(e.T("kit.error.id", map[string]any{"ID": id})))
}

// explained gives every problem of the error its own notice.
func (e *Env) explained(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, x := range e.Printer.ExplainAll(err) {
		tone := look.Danger
		if x.Kind == domain.Cancelled {
			tone = look.Info
		}
		out = append(out, Notice(tone, x.Message, x.Hint, actions...))
	}
	return Stack(1, out...)
}

// Retry is the button of an ErrorNotice for something that can be tried again.
func (e *Env) Retry(again func()) fyne.CanvasObject {
	return NewButton(e.T("kit.retry"), theme.ViewRefreshIcon(), again)
}

// Try runs work as Do does and shows its error; done is called only without
// one.
func (e *Env) Try(ctx context.Context, work func(context.Context) error, done func()) *Task {
	return Do(ctx, e.Jobs, work, func(err error) {
		if err != nil {
			e.ShowError(err)
			return
		}
		if done != nil {
			done()
		}
	})
}
