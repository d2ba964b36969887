package home

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func show(t *testing.T, o uitest.Options, f *fakes) (*uitest.Harness, *Page) {
	t.Helper()
	h := uitest.New(t, o)
	p := New(Params{Env: h.Env, Checker: &uitest.Checker{}, Journal: f, Filing: f, Lookout: f, Registry: uitest.Registry})
	h.Show(p, kit.Route{Page: kit.PageHome})
	h.Window.Canvas().Focus(p.First())
	return h, p
}

func busy() *fakes {
	return &fakes{people: uitest.People(), calls: uitest.Calls(), counts: map[domain.SendState]int64{
		domain.SendDraft: 1, domain.SendQueued: 2, domain.SendSent: 12, domain.SendFailed: 1,
	}}
}

// stuck is busy, with complaints that do not go on by themselves.
func stuck() *fakes {
	f := busy()
	f.waiting = filing.Waiting{Stuck: 3, Stopped: []filing.Stopped{{Count: 1}, {Count: 1}}}
	return f
}

func tile(h *uitest.Harness, title string) *kit.Tile {
	return uitest.One(h, func(x *kit.Tile) bool { return x.Title() == title })
}

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name   string
			f      *fakes
			number string
		}{
			{"first", &fakes{people: uitest.People()}, ""},
			{"busy", busy(), ""},
			{"listed", busy(), "95588"},
			{"extension", busy(), "95013000"},
			{"forged", busy(), "+95588"},
			{"half", busy(), "138"},
			{"stuck", stuck(), ""},
			{"fault", &fakes{err: errors.New("disk")}, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				h, p := show(t, o, c.f)
				h.Type(p.view.Entry, c.number)
				h.Check()
				h.Draw("home." + c.name)
				if c.name == "first" || c.name == "busy" || c.name == "extension" || c.name == "stuck" {
					h.Golden(c.name)
				}
			})
		}
	})
}

func TestNumberAndVerdict(t *testing.T) {
	h, p := show(t, uitest.Options{Language: l10n.English}, busy())
	test.Type(p.view.Entry, "9558")
	h.Layout()
	if !h.Shows("home.incomplete") || h.Shows("verdict.invalid.title") {
		t.Error("a number that is half typed must not be called forged")
	}
	test.Type(p.view.Entry, "8")
	h.Layout()
	for _, key := range []string{"verdict.listed.title", "verdict.listed.advice", "rule.display_can_be_forged", "term.family.enterprise_95"} {
		if !h.Shows(key) {
			t.Errorf("%s is not on the card", key)
		}
	}
	if !h.Reads("Industrial and Commercial Bank of China") || !h.Reads("metowolf/vCards") || !h.Reads("2026-08-21") {
		t.Errorf("holder, source and date belong on the card: %q", h.Texts())
	}
	h.Press("home.clear")
	if h.Shows("verdict.listed.title") || p.model.Asked() {
		t.Error("the verdict of a number that is gone")
	}
}

func TestPauseSettlesTheNumber(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	test.Type(p.view.Entry, "138")
	h.Fire()
	if !h.Shows("verdict.invalid.title") {
		t.Error("after a pause what is there counts")
	}
	test.Type(p.view.Entry, "0")
	h.Layout()
	if !h.Shows("home.incomplete") {
		t.Error("typing on makes it half typed again")
	}
	h.Key(fyne.KeyReturn)
	if !h.Shows("verdict.invalid.title") {
		t.Error("Enter asks for the answer")
	}
}

func TestNoNumberToCheck(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	if h.Shows("home.missing") {
		t.Error("nobody asked yet")
	}
	test.Tap(tile(h, h.Env.T("home.check")))
	h.Layout()
	if !h.Shows("home.missing") || h.Window.Canvas().Focused() != p.view.Entry {
		t.Errorf("%q", h.Texts())
	}
	test.Type(p.view.Entry, "9")
	h.Press("home.clear")
	h.Fire()
	if h.Shows("home.missing") {
		t.Error("cleared, but nothing asked")
	}
	h.Key(fyne.KeyReturn)
	if !h.Shows("home.missing") {
		t.Errorf("%q", h.Texts())
	}
}

func TestPaste(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	h.App.Clipboard().SetContent(" 1380013 \n")
	h.Press("kit.paste")
	if p.view.Entry.Text != "1380013" || !h.Shows("verdict.invalid.title") {
		t.Errorf("%q, texts %q", p.view.Entry.Text, h.Texts())
	}
}

func TestPasteOfAMessage(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	h.App.Clipboard().SetContent("骚扰电话：95013000 你好\n请处理")
	h.Press("kit.paste")
	test.Type(p.view.Entry, "1")
	if p.view.Entry.Text != "950130001" || p.model.Input() != p.view.Entry.Text {
		t.Errorf("%q in the box, %q in the model: the caret belongs behind the number", p.view.Entry.Text, p.model.Input())
	}
	h.App.Clipboard().SetContent("13800138000\n95588")
	h.Press("kit.paste")
	if want := "13800138000 95588"; p.view.Entry.Text != want || p.model.Input() != want {
		t.Errorf("%q in the box, %q in the model", p.view.Entry.Text, p.model.Input())
	}
}

func TestDeedsTakeTheNumberAlong(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	test.Type(p.view.Entry, "95013000")
	test.Tap(tile(h, h.Env.T("home.log")))
	test.Tap(tile(h, h.Env.T("home.complain")))
	tile(h, h.Env.T("home.complain")).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	want := []kit.Route{kit.RouteLogCall("95013000"), kit.RouteComplain("95013000"), kit.RouteComplain("95013000")}
	if diff := cmp.Diff(want, h.Routes); diff != "" {
		t.Error(diff)
	}
	h.Window.Canvas().Unfocus()
	test.Tap(tile(h, h.Env.T("home.check")))
	if h.Window.Canvas().Focused() != p.view.Entry {
		t.Error("checking begins in the box")
	}
}

func TestTilesLeadToWhatTheyCount(t *testing.T) {
	h, _ := show(t, uitest.Options{Language: l10n.English}, busy())
	for _, x := range uitest.All[*kit.Tile](h) {
		if x.Figure() != "" {
			test.Tap(x)
		}
	}
	want := []kit.Route{
		kit.RouteRecentCalls(), kit.RouteComplaints("outbox"), kit.RouteComplaints("filed"),
		kit.RouteComplaints("drafts"), kit.RouteComplaints("outbox"),
	}
	if diff := cmp.Diff(want, h.Routes); diff != "" {
		t.Error(diff)
	}
}

func TestFirstStartSaysWhatToDo(t *testing.T) {
	h, _ := show(t, uitest.Options{}, &fakes{})
	h.Press("home.welcome.import.button")
	h.Press("home.welcome.log.button")
	if diff := cmp.Diff([]kit.Route{kit.RouteImport(), kit.RouteLogCall("")}, h.Routes); diff != "" {
		t.Error(diff)
	}
}

func TestFaultCanBeTriedAgain(t *testing.T) {
	f := &fakes{err: errors.New("disk")}
	h, _ := show(t, uitest.Options{}, f)
	if !h.Shows("err.internal") {
		t.Fatal("the fault is not shown")
	}
	f.err = nil
	h.Press("kit.retry")
	if h.Shows("err.internal") || !h.Shows("home.welcome") {
		t.Error("tried again, but the fault stays")
	}
}

func TestOtherLanguageKeepsTheNumber(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	test.Type(p.view.Entry, "95588")
	h.SetLanguage(l10n.English)
	if p.view.Entry.Text != "95588" || !h.Shows("verdict.listed.title") {
		t.Errorf("%q", p.view.Entry.Text)
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	h, p := show(t, uitest.Options{}, busy())
	reached := map[fyne.Focusable]bool{p.view.Entry: true}
	for range 20 {
		reached[h.Tab()] = true
	}
	for _, x := range uitest.All[*kit.Tile](h) {
		if !reached[x] {
			t.Errorf("Tab never reaches %q", x.Title())
		}
	}
	if list := h.Unreached(20); len(list) != 0 {
		t.Errorf("%q", list)
	}
}

func TestRefreshLeavesTheKeyboardWhereItIs(t *testing.T) {
	f := busy()
	h, p := show(t, uitest.Options{}, f)
	calls := tile(h, h.Env.N("home.tile.calls", 8))
	h.Window.Canvas().Focus(calls)
	p.Changed("complaints")
	p.Changed("complaints")
	h.Fire()
	if h.Window.Canvas().Focused() != calls {
		t.Error("nothing changed, but the tiles were made anew")
	}
	f.counts[domain.SendSent]++
	p.Changed("complaints")
	h.Fire()
	if got := tile(h, h.Env.N("home.tile.filed", 13)).Figure(); got != "13" {
		t.Errorf("filed %s", got)
	}
}

// The month is told day by day, and one press leads to all charts.
func TestMonth(t *testing.T) {
	h, _ := show(t, uitest.Options{Language: l10n.English}, busy())
	c := uitest.One(h, func(c *kit.Chart) bool { return c.Title() == h.Env.T("home.month") })
	h.Window.Canvas().Focus(c)
	h.Key(fyne.KeyEnd)
	if !h.Reads("2024-05-20, Monday") {
		t.Errorf("%q", h.Texts())
	}
	h.Press("home.month.more")
	if d := cmp.Diff([]kit.Route{kit.RouteCharts()}, h.Routes); d != "" {
		t.Error(d)
	}
}

// The whole page, in every theme.
func TestWholePage(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, th := range settings.Themes()[1:] {
			o.Theme, o.Size = th, fyne.NewSize(1000, 1700)
			h, _ := show(t, o, busy())
			h.Check()
			h.Draw("home.whole")
		}
	})
}

// A log that ended long ago leaves the month empty, which says what to do.
func TestMonthWithoutCalls(t *testing.T) {
	h, _ := show(t, uitest.Options{}, &fakes{calls: []domain.Call{{StartedAt: testkit.Epoch().AddDate(-1, 0, 0)}}})
	if !h.Shows("home.month.none") {
		t.Errorf("%q", h.Texts())
	}
	h.Press("home.welcome.import.button")
	h, p := show(t, uitest.Options{}, &fakes{})
	if h.Shows("home.month") || p.month.place.Visible() {
		t.Error("a chart before anything was logged")
	}
}

// card stands for the card of new alerts.
type card struct{ heard []string }

func (c *card) Content() fyne.CanvasObject { return kit.Card(kit.Strong("alerts")) }
func (c *card) Enter(context.Context)      { c.heard = append(c.heard, "enter") }
func (c *card) Leave()                     { c.heard = append(c.heard, "leave") }
func (c *card) Changed(topic string)       { c.heard = append(c.heard, topic) }

// New alerts have their place once there is a log; a review alone does not
// count the calls again.
func TestAlertsHaveTheirPlace(t *testing.T) {
	c := &card{}
	for _, f := range []*fakes{{}, busy()} {
		h := uitest.New(t, uitest.Options{})
		p := New(Params{Env: h.Env, Checker: &uitest.Checker{}, Journal: f, Filing: f, Lookout: f, Registry: uitest.Registry, Alerts: c})
		h.Show(p, kit.Route{Page: kit.PageHome})
		if h.Reads("alerts") != (len(f.calls) > 0) {
			t.Errorf("%d calls: %q", len(f.calls), h.Texts())
		}
		f.counts = map[domain.SendState]int64{domain.SendSent: 99}
		p.Changed("alerts")
		h.Fire()
		if h.Reads("99") {
			t.Error("a review reads everything again")
		}
		p.Leave()
	}
	if d := cmp.Diff([]string{"enter", "alerts", "leave", "enter", "alerts", "leave"}, c.heard); d != "" {
		t.Error(d)
	}
}

// What does not go on by itself is told here, and one press leads to it.
func TestStuckLeadsToTheOutbox(t *testing.T) {
	h, _ := show(t, uitest.Options{}, stuck())
	for i, segment := range []string{"outbox", "stuck"} {
		test.Tap(h.Buttons("home.stuck.show")[i])
		if got := h.Routes[len(h.Routes)-1]; got.Page != kit.PageComplaints || got.ID != segment {
			t.Errorf("button %d leads to %+v", i, got)
		}
	}
	h, _ = show(t, uitest.Options{}, busy())
	if len(h.Buttons("home.stuck.show")) != 0 {
		t.Error("nothing is stuck")
	}
}

func TestTransferredMoneyIsAStepAway(t *testing.T) {
	h, _ := show(t, uitest.Options{}, &fakes{})
	h.Press("home.gone")
	if diff := cmp.Diff([]kit.Route{kit.RouteAdvice(advice.Transferred)}, h.Routes); diff != "" {
		t.Error(diff)
	}
}
