package kit

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// PageID names a page of the program.
type PageID string

// The pages that have a place in the navigation.
const (
	PageHome       PageID = "home"
	PageCalls      PageID = "calls"
	PageCheck      PageID = "check"
	PageComplaints PageID = "complaints"
	PageBatch      PageID = "batch"
	PageFamily     PageID = "family"
	PageAdvice     PageID = "advice"
	PageSettings   PageID = "settings"
)

// The pages that stand alone in the window, without the navigation.
const (
	PageWelcome  PageID = "welcome"
	PageEndpoint PageID = "endpoint"
)

// Route says where to go: a page and, if wanted, what to do there. Routes can
// be compared; two equal ones lead to the same place.
type Route struct {
	Page PageID
	// Action is the page's own word, such as "new", "number" or "open"; empty
	// for the page as it was left.
	Action string
	// ID is what the action is about: the id of a call or complaint, or a
	// number. Several are joined with commas.
	ID string
}

// Page is one page of the program. All methods are called on the goroutine
// that owns the widgets.
//
// The life of a page: Content, Enter, then any number of times Content again
// (language, text size or theme changed), then Leave. A page keeps its state
// in a model that is no widget, so that Content can build all widgets afresh
// from it; what arrives later (Done of a job) goes into the model first and
// then to the widgets of the latest Content.
type Page interface {
	// Title is the message key of the page's name.
	Title() string
	// Content builds the widgets in the words, sizes and colours of the moment.
	Content() fyne.CanvasObject
	// Enter says that the page is shown for the route. The context ends when
	// the page is left; jobs started with it are cancelled then and their Done
	// is not called. Going from a page to the same page with another route
	// calls Enter again, without Leave, and ends the context before.
	Enter(ctx context.Context, r Route)
	// Leave says that the page is no longer shown.
	Leave()
}

// Dropper is a Page that takes files dropped onto the window.
type Dropper interface {
	// Drop hands over the paths of local files.
	Drop(paths []string)
}

// Picker is a Dropper that leaves some files to other pages; a Dropper that is
// none takes every file.
type Picker interface {
	// Takes says whether Drop is to get these files.
	Takes(paths []string) bool
}

// DropWaiter is a Dropper with a dialog to which files can be added; other
// dialogs keep files out.
type DropWaiter interface {
	// Waiting says whether that dialog is the only one that is open.
	Waiting() bool
}

// Practiser is a Page that may be about to use the practice endpoint; the
// shell then shows the banner that says so.
type Practiser interface {
	// Practice says whether what this page files goes to the practice endpoint.
	Practice() bool
}

// Listener is a Page that wants to know while it is shown that stored things
// changed elsewhere; a page that is not shown reads them anew on Enter.
type Listener interface {
	// Changed names what changed; see Env.Announce.
	Changed(topic string)
}

// Focuser is a Page with one control that most visits begin with, such as the
// number box of the first page.
type Focuser interface {
	// First gets the keyboard when the page is entered; nil for none.
	First() fyne.Focusable
}

// Keeper is a Page on which something can be typed that is not stored. Going
// to another page loses none of it, because it stays in the page's model; what
// would lose it, a route that wants another form or the end of the program,
// asks first (UnlessUnsaved).
type Keeper interface {
	// Unsaved says whether the page holds something typed that the end of the
	// program would lose. Dialogs say so themselves (DialogParams.Typed).
	Unsaved() bool
}

// Worker is a Page with work that takes long and that the end of the program
// would cut short.
type Worker interface {
	// Working gives the question to ask before that, whose OnYes stops the
	// work; ok is false where none is under way.
	Working() (question ConfirmParams, ok bool)
}

// Env is what every page is given. Its fields do not change while the program
// runs.
type Env struct {
	// Printer gives sentences in the language of the moment.
	Printer *l10n.Printer
	// Jobs run what may wait.
	Jobs *Jobs
	// Dispatch runs a function on the goroutine that owns the widgets.
	Dispatch Dispatch
	Clock    domain.Clock
	// Source makes the ids under which errors are logged.
	Source domain.Source
	// Window is the program's window, the parent of every dialog.
	Window fyne.Window
	Log    *slog.Logger
	// Navigate goes to a page.
	Navigate func(Route)
	// Back goes to the page that was shown before this one, as it was left, and says
	// whether there was one.
	Back func() bool
	// Toast shows a short sentence, already in words, until the user goes on.
	Toast func(text string)
	// Refresh asks the shell to look again at what surrounds the page (the
	// practice banner, the title).
	Refresh func()
	// Announce says that stored things changed ("people", "calls", "contacts",
	// "complaints", "channels", "registry", "folders", "thresholds", and "alerts"
	// after a review); the page that is shown hears it as Changed, also where it
	// announced the change itself.
	Announce func(topic string)

	// Shortcuts is the whole table of shortcuts, for the sheet that shows it.
	Shortcuts []Shortcut
	// Memory is what the window remembers by itself; nil for nothing.
	Memory *Memory

	dialogs []*Dialog // those that are open, the upmost last
	folder  string    // where a file was saved last, empty for none
}

// T gives the sentence of a message key.
func (e *Env) T(key string, args ...l10n.Args) string { return e.Printer.T(key, args...) }

// N gives the sentence of a message key in the plural form for n.
func (e *Env) N(key string, n int, args ...l10n.Args) string { return e.Printer.N(key, n, args...) }
