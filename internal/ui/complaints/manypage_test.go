package complaints

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// plenty is a history with several drafts, a batch and what waits.
func plenty(o *office) {
	o.history()
	o.file(domain.SendDraft, 8)
	o.file(domain.SendDraft, 9)
	o.desk.complaints[1].Batch = "街道五月"
	o.desk.complaints[2].Batch = "街道五月"
	o.desk.complaints[6].Body.Caller = domain.Caller{Displayed: "95588", Number: "95588"}
}

// mark marks complaints of the list by their numbers.
func (s *stage) mark(numbers ...string) {
	var rows []domain.Complaint
	for i := range s.page.list.rows.Count() {
		if c, ok := s.page.list.rows.Row(i); ok && slices.Contains(numbers, ids([]domain.Complaint{c})) {
			rows = append(rows, c)
		}
	}
	s.page.list.table.MarkOnly(rows)
	s.Layout()
}

func (s *stage) state(n int) domain.SendState {
	for _, c := range s.desk.complaints {
		if ids([]domain.Complaint{c}) == string(rune('0'+n)) {
			return c.SendState
		}
	}
	return ""
}

func (s *stage) pressN(key string, n int) {
	s.T.Helper()
	test.Tap(s.Button(s.Env.N(key, n)))
	s.Layout()
}

func TestManyPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name   string
			route  kit.Route
			do     func(*stage)
			golden bool
		}{
			{"marks", kit.RouteComplaints("outbox"), func(s *stage) { s.mark("7", "5") }, true},
			{"marks_drafts", kit.RouteComplaints("drafts"), func(s *stage) { s.mark("8", "9") }, false},
			{"filters", kit.RouteComplaints("outbox"), func(s *stage) { s.Press("calls.filter") }, true},
			{"filtered", kit.RouteComplaints("outbox"), func(s *stage) {
				s.page.model.SetFilter(Filter{Batch: "街道五月", Send: domain.SendRetry})
			}, false},
			{"export", kit.RouteComplaints("outbox"), func(s *stage) {
				s.mark("7", "5")
				s.page.export("")
			}, true},
			{"file_drafts", kit.RouteComplaints("drafts"), func(s *stage) {
				s.mark("1", "8", "9")
				s.page.list.askFileDrafts(s.page.list.table.Marked())
			}, true},
			{"removed", kit.RouteComplaints("drafts"), func(s *stage) { s.page.model.RemoveDrafts(slices.Clone(s.desk.complaints[7:])) }, false},
			{"refused", kit.RouteComplaints("drafts"), func(s *stage) {
				s.desk.complaints[0].Body.Category = ""
				s.page.model.FileDrafts(slices.Clone(s.desk.complaints[:1]))
				s.Press("complaints.many.why")
			}, true},
			{"filter", kit.RouteComplaints("outbox"), func(s *stage) { // in a window too low for the filters above the list
				s.Options.Size = fyne.NewSize(1000, 560)
				s.Layout()
				s.Press("calls.filter")
			}, true},
			{"cancel_many", kit.RouteComplaints("outbox"), func(s *stage) { s.page.list.askCancelMany(s.desk.complaints[6:7]) }, true},
			{"waiting", kit.RouteComplaint("00000003"), nil, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, c.route, plenty)
				if c.do != nil {
					c.do(s)
				}
				s.Check()
				s.Draw("complaints." + c.name)
				if c.golden {
					s.Golden(c.name)
				}
			})
		}
	})
}

func TestCorrectPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, kit.RouteComplaint("00000002"), filedByUser)
		s.Draw("complaints.filed_by_hand")
		s.Press("complaints.correct")
		s.Check()
		s.Draw("complaints.correct")
		s.Golden("correct")
		s.Press("kit.cancel")
		s.Press("complaints.by_hand.address")
		s.Check()
		s.Draw("complaints.address")
		s.Golden("address")
	})
}

// filedByUser is a complaint that the user filed, through a channel with an
// address.
func filedByUser(o *office) {
	byHand(o)
	o.desk.channels[2].URL = "https://www.example.cn/report"
	if _, err := o.service.SetReceipt(context.Background(), "00000002", "JB-1"); err != nil {
		panic(err)
	}
}

func TestDraftsAreFiledTogether(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("drafts"), plenty)
	s.desk.complaints[0].Body.Category = ""
	s.mark("1", "8", "9")
	s.pressN("complaints.many.file", 3)
	if s.state(8) != domain.SendDraft || !s.Reads(s.Env.N("complaints.many.practice", 3)) {
		t.Fatalf("where they go is said before they do: %q", s.Texts())
	}
	s.pressN("complaints.many.file.yes", 3)
	want(t, "states", string(s.state(1)+s.state(8)+s.state(9)), "draftqueuedqueued")
	want(t, "list", s.rows(), "1")
	s.Press("complaints.many.why")
	if !s.Shows("err.complaint.category_required") {
		t.Errorf("the reason: %q", s.Texts())
	}
	s.Press("complaints.many.open")
	want(t, "open", string(s.page.model.OpenID()[:8]), "00000001")
}

// Where drafts go is said of them as they are now, and there they go: a mark may
// be older than the draft, and another channel become the default meanwhile.
func TestDraftsGoWhereItWasSaid(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("drafts"), plenty)
	s.mark("8", "9")
	other := s.desk.channels[1]
	for i := range s.desk.complaints {
		switch c := &s.desk.complaints[i]; ids([]domain.Complaint{*c}) {
		case "8": // written anew since
			c.ChannelID, c.Channel = other.ID, other.Name
		case "9": // that has no channel of its own
			c.ChannelID, c.Channel = 0, ""
		}
	}
	s.pressN("complaints.many.file", 2)
	if !s.Reads(s.Env.N("complaints.many.practice", 1)) || !s.Reads(s.Env.N("complaints.many.real", 1, l10n.Args{"Channel": other.Name, "URL": other.URL})) {
		t.Fatalf("what is asked: %q", s.Texts())
	}
	s.desk.channels[0].Default, s.desk.channels[1].Default = false, true
	s.desk.channels[0], s.desk.channels[1] = s.desk.channels[1], s.desk.channels[0]
	s.pressN("complaints.many.file.yes", 2)
	for _, c := range s.desk.complaints {
		switch ids([]domain.Complaint{c}) {
		case "8":
			want(t, "the one written anew", c.Channel, other.Name)
		case "9":
			want(t, "the one without a channel", c.Channel, domain.PracticeChannelName)
		}
	}
}

// A draft that was filed since is no draft to be asked about.
func TestNoDraftIsLeft(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("drafts"), plenty)
	s.mark("8")
	for i := range s.desk.complaints {
		if ids(s.desk.complaints[i:i+1]) == "8" {
			s.desk.complaints[i].SendState = domain.SendQueued
		}
	}
	s.pressN("complaints.many.file", 1)
	if s.Reads(s.Env.N("complaints.many.file.ask", 1)) || !s.Shows("err.complaint.not_draft") {
		t.Errorf("%q", s.Texts())
	}
}

// Nobody is led to a draft that is nowhere.
func TestDraftThatDidNotComeBackCannotBeOpened(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("drafts"), plenty)
	s.mark("1")
	s.pressN("complaints.many.remove", 1)
	s.desk.full = domain.E("test", domain.Unavailable, "store.disk_full", nil, nil)
	s.Press("calls.undo")
	s.Press("complaints.many.why")
	if !s.Shows("err.store.disk_full") || s.Shows("complaints.many.open") {
		t.Errorf("%q", s.Texts())
	}
}

func TestDraftsGoAndComeBack(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("drafts"), plenty)
	s.mark("1", "9")
	s.pressN("complaints.many.remove", 2)
	want(t, "without them", s.rows(), "8")
	if n := len(s.page.list.table.Marked()); n != 0 {
		t.Errorf("%d are marked", n)
	}
	s.Press("calls.undo")
	want(t, "with them", s.rows(), "9 8 1") // each at its place
	if s.page.model.Many().Undoable() {
		t.Error("what is back cannot be brought back again")
	}
	s.Press("kit.close")
	// What cannot come back at the moment is not lost.
	s.mark("1", "9")
	s.pressN("complaints.many.remove", 2)
	s.desk.full = domain.E("test", domain.Unavailable, "store.disk_full", nil, nil)
	s.Press("calls.undo")
	want(t, "nothing came back", s.rows(), "8")
	s.desk.full = nil
	s.Press("calls.undo")
	want(t, "with them", s.rows(), "9 8 1")
	s.Press("kit.close")
	// One that is open goes the same way.
	s.page.model.Open("00000008-0000-4000-8000-000000000000")
	s.Layout()
	s.Press("complaints.remove_draft")
	if s.page.model.OpenID() != "" || s.state(8) != "" {
		t.Error("it is there still")
	}
	s.Press("calls.undo")
	want(t, "state", string(s.state(8)), "draft")
}

func TestManyAreCancelledAfterAQuestion(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("outbox"), plenty)
	s.mark("7", "5", "3")
	s.pressN("complaints.many.cancel", 3)
	if s.state(7) != domain.SendQueued || !s.Shows("complaints.many.cancel.text") {
		t.Fatalf("that it cannot be taken back is said first: %q", s.Texts())
	}
	s.Press("complaints.many.cancel.yes")
	want(t, "states", string(s.state(7)+" "+s.state(5)+" "+s.state(3)), "cancelled cancelled retry")
	if d := s.page.model.Many(); d.Done != 2 || len(d.Refused) != 1 || d.Undoable() {
		t.Errorf("%+v", d)
	}
}

func TestFilters(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1200, 1000)}, kit.RouteComplaints("outbox"), plenty)
	s.Press("calls.filter")
	v := s.page.list.filters
	v.send.SetSelected(s.Env.Printer.Term("send_state", "retry"))
	want(t, "ours", s.rows(), "3")
	v.batch.SetSelected("街道五月")
	want(t, "batch", s.rows(), "3")
	if !strings.Contains(v.words.Text(), s.Env.Printer.Term("send_state", "retry")) {
		t.Errorf("what is asked for is said: %q", v.words.Text())
	}
	// A state of sending belongs to its segment, the rest is kept.
	s.page.model.ShowSegment(SegmentFiled)
	s.Layout()
	want(t, "filed", s.rows(), "2")
	v.state.SetSelected(s.Env.Printer.Term("case_state", "closed"))
	want(t, "theirs", s.rows(), "")
	s.Show(s.page, kit.Route{})
	if f := s.page.model.Filter(); f != (Filter{Batch: "街道五月", Case: domain.CaseClosed}) {
		t.Errorf("it is kept when the page is left: %+v", f)
	}
	s.Press("complaints.filter.clear")
	want(t, "all filed", s.rows(), "2")
	s.page.model.ShowSegment(SegmentOutbox)
	s.Type(s.page.list.filters.number, " 95588 ")
	s.Fire()
	want(t, "number", s.rows(), "7")
	// What is being typed outlasts what the outbox does meanwhile.
	s.page.list.filters.search.SetText("1")
	s.page.model.Refresh()
	want(t, "typed", s.page.list.filters.search.Text, "1")
}

// A list in which something waits says when it is tried next, and so does the
// complaint.
func TestNextAttemptIsSaid(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000003"), func(o *office) {
		plenty(o)
		o.desk.complaints[2].NextAttemptAt = o.clock.Now().Add(30 * time.Minute)
	})
	next := kit.FormatTime(s.clock.Now().Add(30 * time.Minute))
	if !s.Shows("timeline.next") || !s.Reads(s.Env.N("complaints.waits", 1, l10n.Args{"Time": next})) {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.ShowSegment(SegmentFiled)
	s.Layout()
	if s.Reads(s.Env.N("complaints.waits", 1, l10n.Args{"Time": next})) {
		t.Error("nothing of this waits")
	}
}

func TestReceiptNumberIsCorrected(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), filedByUser)
	var web string
	s.page.p.OpenWeb = func(address string) { web = address }
	s.page.p.SaveFile = func(name string, chosen func(string)) { chosen(name) }
	s.Press("complaints.by_hand.pdf") // is offered still
	want(t, "saved", strings.Join(s.papers.paths, " "), "complaint-00000002.pdf as .pdf")
	s.Press("complaints.by_hand.address")
	if web != "" || !s.Reads("https://www.example.cn/report") {
		t.Errorf("the address is shown first: %q %q", web, s.Texts())
	}
	s.Press("complaints.by_hand.address.open")
	want(t, "opened", web, "https://www.example.cn/report")

	s.Press("complaints.correct")
	entry := s.Window.Canvas().Focused().(*kit.Entry)
	want(t, "what is there", entry.Text, "JB-1")
	entry.SetText(" ")
	s.Press("complaints.correct.yes")
	if !s.Shows("err.complaint.receipt_required") {
		t.Fatalf("%q", s.Texts())
	}
	entry.SetText("JB-2")
	s.Press("complaints.correct.yes")
	if c := s.desk.complaints[1]; c.ReceiptNumber != "JB-2" || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%+v", c)
	}
	for _, number := range []string{"JB-1", "JB-2"} {
		if !s.Shows("complaints.event.receipt", l10n.Args{"Number": number}) {
			t.Errorf("the timeline keeps %s: %q", number, s.Texts())
		}
	}
}

func TestMenuOfARow(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("outbox"), plenty)
	labels := func(c domain.Complaint) string {
		var out []string
		for _, i := range s.page.list.menu(c) {
			out = append(out, i.Label)
		}
		return strings.Join(out, ", ")
	}
	queued := s.desk.complaints[6]
	want(t, "one", labels(queued), "Open, Copy the number, Export…, Receipts as one PDF…, Cancel 1…, Choose all 4")
	s.mark("7", "5")
	want(t, "two", labels(queued), "Export…, Receipts as one PDF…, Cancel 2…, Choose all 4")
	want(t, "another", labels(s.desk.complaints[3]), "Open, Copy the number, Export…, Receipts as one PDF…, Choose all 4")
	s.page.list.table.Focus().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	want(t, "marked", ids(s.page.list.table.Marked()), "4 7 5 3")
}
