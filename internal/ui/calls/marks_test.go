package calls

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func (b *bench) says(id domain.CallID) string {
	c := b.book.calls[id]
	out := string(c.Category)
	for _, t := range c.Techniques {
		out += "+" + string(t)
	}
	return out + " " + c.Note
}

func TestSeveralCallsAreMarkedAndTakenBack(t *testing.T) {
	b := newBench()
	before := []string{b.says(9), b.says(7), b.says(4)}
	b.Open(b.book.calls[9])
	b.MarkAll([]domain.CallID{9, 7, 404, 4}, domain.CategoryFraud, []domain.Technique{domain.TechniqueNight})
	for _, id := range []domain.CallID{9, 7, 4} {
		if c := b.book.calls[id]; c.Category != domain.CategoryFraud || !slices.Contains(c.Techniques, domain.TechniqueNight) {
			t.Errorf("%d: %s", id, b.says(id))
		}
	}
	if p := b.Panel(); p.Category != domain.CategoryFraud || p.Changed() {
		t.Errorf("the open call says %+v", p)
	}
	if len(b.Change().After) != 3 {
		t.Fatalf("%+v", b.Change())
	}
	b.Undo()
	if diff := cmp.Diff(before, []string{b.says(9), b.says(7), b.says(4)}); diff != "" {
		t.Error(diff)
	}
	if b.Change() != nil || b.Panel().Category != domain.CategoryLoan {
		t.Errorf("%+v, the open call says %+v", b.Change(), b.Panel())
	}
	b.Undo()
	if len(b.failed) != 0 {
		t.Errorf("%v", b.failed)
	}
}

func TestMarkingKeepsWhatWasSaid(t *testing.T) {
	b := newBench()
	was := b.book.calls[9]
	b.MarkAll([]domain.CallID{9}, "", append(slices.Clone(was.Techniques), domain.TechniqueNight))
	got := b.book.calls[9]
	if got.Category != was.Category || got.Note != was.Note || len(got.Techniques) != len(was.Techniques)+1 {
		t.Errorf("%+v", got)
	}
	b.book.marked = nil
	b.MarkAll([]domain.CallID{9}, "", got.Techniques)
	if len(b.book.marked) != 0 || b.Change() != nil {
		t.Errorf("nothing was new, and %q was stored", b.book.marked)
	}
}

// What is being written about the open call is stored first and is not lost.
func TestMarkingWaitsForTheNote(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	b.Write("", nil, "half a sen")
	b.hold = true
	b.MarkAll([]domain.CallID{7, 4}, domain.CategoryFraud, nil)
	b.Write("", nil, "half a sentence")
	b.hold = false
	b.queue[0]()
	if got := b.says(7); got != "fraud half a sentence" {
		t.Errorf("%q", got)
	}
	b.Undo()
	if got := b.says(7); got != " half a sentence" {
		t.Errorf("%q", got)
	}
}

// What is typed while several calls are being marked, or their marks taken back,
// is neither lost nor taken back.
func TestWhatIsTypedWhileMarkingStays(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	b.hold = true
	b.MarkAll([]domain.CallID{7, 4}, domain.CategoryFraud, nil)
	b.Write("", nil, "typed mean")
	b.queue[0]()
	if p := b.Panel(); p.Note != "typed mean" || p.Category != domain.CategoryFraud || !p.Changed() {
		t.Fatalf("%+v", p)
	}
	b.Write(domain.CategoryFraud, nil, "typed meanwhile")
	b.hold = false
	b.Undo()
	if got := b.says(7); got != " typed meanwhile" || b.Panel().Note != "typed meanwhile" || b.says(4) != " " {
		t.Errorf("%q, the panel says %q; %q", got, b.Panel().Note, b.says(4))
	}
}

func TestMarkingThatFailsHalfWay(t *testing.T) {
	b := newBench()
	before := b.says(9)
	b.book.full = 1
	b.MarkAll([]domain.CallID{9, 7}, domain.CategoryFraud, nil)
	if len(b.failed) != 1 || len(b.Change().After) != 1 {
		t.Fatalf("%v %+v", b.failed, b.Change())
	}
	b.book.full = 0
	b.Undo()
	if got := b.says(9); got != before {
		t.Errorf("%q: what was stored can be taken back", got)
	}
}

func TestANoteIsTakenBackAsAWhole(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	for _, note := range []string{"they", "they sold", "they sold loans"} {
		b.Write("", nil, note)
		b.Save()
	}
	b.Undo()
	if got := b.says(7); got != " " || b.Panel().Note != "" {
		t.Errorf("%q, the panel says %q", got, b.Panel().Note)
	}
	b.Write(domain.CategoryLoan, nil, "x")
	b.Save()
	b.Write(domain.CategoryLoan, nil, "x y")
	b.Save()
	b.Undo()
	if got := b.says(7); got != "loan x" {
		t.Errorf("%q: the category was another change", got)
	}
}

func TestCallers(t *testing.T) {
	list, hidden := Callers(uitest.Calls())
	var got []int
	for _, d := range list {
		got = append(got, len(d.Calls))
	}
	if hidden != 1 || len(list) != 6 || got[0] != 3 || list[0].Category != domain.CategoryLoan {
		t.Errorf("%d hidden, %d callers with %v calls", hidden, len(list), got)
	}
}

func TestDraftsOfSeveralCallers(t *testing.T) {
	b := newBench()
	b.OfferDrafts([]domain.Call{b.book.calls[9], b.book.calls[7], b.book.calls[3], b.book.calls[6]})
	d := b.Drafts()
	if len(d.List) != 2 || d.Hidden != 1 {
		t.Fatalf("%+v", d)
	}
	b.MakeDrafts("en")
	if d.Made != 1 || len(d.List) != 1 || d.List[0].Err == nil {
		t.Fatalf("%+v: the one without a category stays", d)
	}
	b.SetDraft(0, domain.CategoryInsurance)
	if d.List[0].Err != nil {
		t.Error("the reason stays although it was heard")
	}
	b.MakeDrafts("en")
	if d.Made != 2 || len(d.List) != 0 || len(b.desk.made) != 2 {
		t.Fatalf("%+v", d)
	}
	if in := b.desk.made[0]; !in.Draft || in.Language != "en" || !slices.Equal(in.CallIDs, []domain.CallID{9, 6}) {
		t.Errorf("%+v", in)
	}
	b.CloseDrafts()
	b.OfferDrafts([]domain.Call{b.book.calls[3]})
	if b.Drafts() != nil {
		t.Error("nobody can complain about a withheld number")
	}
}

func (s *stage) mark(rows ...int) {
	for _, i := range rows {
		s.page.list.table.Mark(s.rows()[i], true)
	}
	s.Layout()
}

func TestSeveralCallsAreMarkedByHand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, uitest.Calls())
	s.mark(1, 2)
	s.Press("calls.marks.say")
	uitest.One(s.Harness, func(c *kit.Choice[domain.Category]) bool { return c.Visible() }).SetSelected("Suspected fraud")
	s.Press("kit.save.do")
	if !s.Reads("Saved for 2 calls") {
		t.Fatalf("%q", s.Texts())
	}
	for _, id := range []domain.CallID{8, 7} {
		if c, err := s.store.Call(t.Context(), id); err != nil || c.Category != domain.CategoryFraud {
			t.Errorf("%+v %v", c, err)
		}
	}
	s.Press("calls.undo")
	if c, err := s.store.Call(t.Context(), 8); err != nil || c.Category != "" || !s.Reads("2 calls are as they were") {
		t.Errorf("%+v %v; %q", c, err, s.Texts())
	}
}

func TestAllCallsOfTheListAreChosen(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, uitest.Calls())
	s.page.model.SetFilter(Filter{Number: "95013000"})
	s.mark(0)
	test.Tap(s.Button(s.Env.N("calls.marks.all", 3)))
	if n := len(s.page.list.table.Marked()); n != 3 || s.Reads("Choose all") {
		t.Fatalf("%d marked; %q", n, s.Texts())
	}
	s.page.list.table.Focus().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.page.list.table.Unmark()
	s.page.list.table.Focus().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	if n := len(s.page.list.table.Marked()); n != 3 {
		t.Errorf("%d marked with Ctrl+A", n)
	}
}

// Where there are more calls than can be chosen, the strip with what can be done says
// so: a sentence over it would hide it. Escape leaves the way back from a removal.
func TestMostCallsAreChosen(t *testing.T) {
	many := slices.Repeat(uitest.Calls()[:1], MostMarked+1)
	for i := range many {
		many[i].StartedAt = many[i].StartedAt.Add(-time.Duration(i) * time.Minute)
	}
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, many)
	s.page.list.table.MarkOnly(s.rows()[:1])
	s.Layout()
	test.Tap(s.Button(s.Env.T("calls.marks.first", l10n.Args{"Count": "1,000"})))
	s.Layout()
	if want := s.Env.N("calls.marks.most", MostMarked); !s.Reads(want) || len(s.Toasts) > 0 {
		t.Fatalf("%q; %q", s.Toasts, s.Texts())
	}
	s.page.model.Remove(ids(s.page.list.table.Marked()))
	s.Layout()
	s.Key(fyne.KeyEscape)
	if !s.Env.Obey(kit.CommandUndo) || len(s.rows()) != len(many) {
		t.Errorf("%d calls; %q", len(s.rows()), s.Texts())
	}
}

// In a low window most of what can be done is in a dialog, so that rows are left
// to be seen.
func TestDeedsOfALowWindow(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 560)}, uitest.Calls())
	s.mark(0, 1)
	if s.Shows("calls.marks.say") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("calls.marks.more")
	s.Press("calls.remove.marked")
	if n := len(s.rows()); n != len(uitest.Calls())-2 || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%d rows; %q", n, s.Texts())
	}
}

func TestComplaintsOfSeveralCallers(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, uitest.Calls())
	s.mark(0, 1, 3, 6)
	test.Tap(s.Button(s.Env.N("calls.marks.each", 2)))
	s.Layout()
	if !s.Reads("1 call from a hidden number is left out") {
		t.Fatalf("%q", s.Texts())
	}
	test.Tap(s.Button(s.Env.N("calls.drafts.make", 2)))
	s.Layout()
	if !s.Shows("err.complaint.category_required") || len(s.desk.made) != 1 {
		t.Fatalf("%q", s.Texts())
	}
	uitest.One(s.Harness, func(c *kit.Choice[domain.Category]) bool { return c.Visible() }).SetSelected("Insurance sales")
	test.Tap(s.Button(s.Env.N("calls.drafts.make", 1)))
	if diff := cmp.Diff([]kit.Route{kit.RouteComplaints("drafts")}, s.Routes); diff != "" {
		t.Error(diff)
	}
	if len(s.desk.made) != 2 || len(s.page.list.table.Marked()) != 0 || s.page.model.Drafts() != nil {
		t.Errorf("%d made", len(s.desk.made))
	}
}

func TestWhatIsChosenInThePanelIsStoredAtOnce(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 900)}, uitest.Calls())
	s.open(7)
	panel := s.page.list.panel
	panel.category.SetSelected("Suspected fraud")
	s.Layout()
	if c, err := s.store.Call(t.Context(), 7); err != nil || c.Category != domain.CategoryFraud || !s.Shows("calls.state.saved") {
		t.Fatalf("%+v %v; %q", c, err, s.Texts())
	}
	s.Type(panel.note, "骗子")
	s.Fire()
	if c, err := s.store.Call(t.Context(), 7); err != nil || c.Note != "骗子" {
		t.Fatalf("%+v %v", c, err)
	}
	s.Press("calls.undo")
	c, err := s.store.Call(t.Context(), 7)
	if err != nil || c.Note != "" || c.Category != domain.CategoryFraud || panel.note.Text != "" {
		t.Errorf("%+v %v; the panel says %q", c, err, panel.note.Text)
	}
	s.Key(fyne.KeyEscape)
	if s.page.model.Panel() != nil {
		t.Error("Escape closes the call")
	}
}

func TestMenuOfACall(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	items := s.page.list.menu(s.rows()[2])
	var about *fyne.MenuItem
	for _, i := range items {
		if i.ChildMenu != nil {
			about = i
		}
	}
	for _, i := range about.ChildMenu.Items {
		if i.Label == "Suspected fraud" {
			i.Action()
		}
	}
	s.Layout()
	if c, err := s.store.Call(t.Context(), 7); err != nil || c.Category != domain.CategoryFraud {
		t.Errorf("%+v %v", c, err)
	}
	if !s.Reads("Saved for 1 call") {
		t.Errorf("%q", s.Texts())
	}
	for _, i := range s.page.list.menu(s.rows()[6]) {
		if i.Label == s.Env.T("calls.complain") {
			t.Error("a complaint about a withheld number")
		}
	}
}

// The page's own use of Escape must not take it from a dialog that a route opens.
func TestEscapeClosesWhatARouteOpens(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	s.open(7)
	s.Show(s.page, kit.RouteLogCall(""))
	s.Window.Canvas().Unfocus()
	s.Key(fyne.KeyEscape)
	if kit.Dialogs(s.Window.Canvas()) || s.page.model.Panel() == nil {
		t.Fatal("the dialog goes, the call stays")
	}
	s.Key(fyne.KeyEscape)
	if s.page.model.Panel() != nil {
		t.Error("then the call goes")
	}
}

// The menu of a chosen row is about all that are chosen.
func TestMenuOfChosenCalls(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.mark(0, 3)
	labels := func(row int) (out []string) {
		for _, i := range s.page.list.menu(s.rows()[row]) {
			out = append(out, i.Label)
		}
		return out
	}
	if got := labels(3); !slices.Contains(got, s.Env.N("calls.marks.complain", 2)) || slices.Contains(got, s.Env.T("calls.remove")) {
		t.Errorf("%q", got)
	}
	if got := labels(1); !slices.Contains(got, s.Env.T("calls.remove")) {
		t.Errorf("%q: that row is not chosen", got)
	}
}

// In a narrow window the open call covers the list; the second click of those who
// click twice must not press what lies below.
func TestSecondClickPressesNothing(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, TextSize: settings.TextLargest}, uitest.Calls())
	s.open(9)
	b := s.Button(s.Env.T("calls.complain"))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(10, 10)
	test.TapCanvas(s.Window.Canvas(), at)
	if len(s.Routes) != 0 {
		t.Fatalf("%+v", s.Routes)
	}
	s.Fire()
	test.TapCanvas(s.Window.Canvas(), at)
	if diff := cmp.Diff([]kit.Route{kit.RouteComplainAbout(9)}, s.Routes); diff != "" {
		t.Error(diff)
	}
}
