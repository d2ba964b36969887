package complaints

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// stage is the page on the real use cases over a store in memory.
type stage struct {
	*uitest.Harness
	*office
	papers papers
	page   *Page
}

func show(t *testing.T, o uitest.Options, r kit.Route, prepare func(*office)) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o)}
	s.office = newOffice(s.Clock)
	if prepare != nil {
		prepare(s.office)
	}
	s.page = New(Params{
		Env: s.Env, Filing: s.service, Journal: s.log, Checker: &uitest.Checker{}, Papers: &s.papers,
	})
	r.Page = kit.PageComplaints
	s.Show(s.page, r)
	return s
}

func (s *stage) rows() string {
	var list []domain.Complaint
	for i := range s.page.list.rows.Count() {
		if c, ok := s.page.list.rows.Row(i); ok {
			list = append(list, c)
		}
	}
	return ids(list)
}

func history(o *office) { o.history() }

func TestPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name    string
			route   kit.Route
			prepare func(*office)
			do      func(*stage)
			golden  bool
		}{
			{"empty", kit.Route{}, nil, nil, true},
			{"outbox", kit.Route{}, history, nil, true},
			{"none_search", kit.Route{}, history, func(s *stage) { s.page.model.SetFilter(Filter{Text: "nobody"}) }, true},
			{"none_drafts", kit.RouteComplaints("drafts"), func(o *office) { o.file(domain.SendSent, 1) }, nil, true},
			{"none_outbox", kit.RouteComplaints("outbox"), func(o *office) { o.file(domain.SendSent, 1) }, nil, true},
			{"none_stuck", kit.RouteComplaints("stuck"), func(o *office) { o.file(domain.SendSent, 1) }, nil, true},
			{"none_filed", kit.RouteComplaints("filed"), func(o *office) { o.file(domain.SendDraft, 1) }, nil, true},
			{"none_aside", kit.RouteComplaints("aside"), func(o *office) { o.file(domain.SendDraft, 1) }, nil, true},
			{"cancel", kit.RouteComplaint("00000007"), history, func(s *stage) { s.Press("complaints.cancel") }, true},
			{"leave", kit.Route{}, history, func(s *stage) { s.Ask(s.page.Working) }, true},
			{"receipts", kit.RouteComplaints("filed"), history, func(s *stage) {
				s.page.model.p.Files = &shelf{}
				s.page.p.SaveFile = func(name string, chosen func(string)) { chosen("/home/lin/文档/" + name) }
				s.page.export(KindReceipts)
				s.Layout()
				s.Press("calls.export.where")
			}, true},
			{"sent", kit.RouteComplaint("00000002"), history, nil, true},
			{"retry", kit.RouteComplaint("00000003"), history, nil, false},
			{"failed", kit.RouteComplaint("00000005"), history, nil, false},
			{"draft", kit.RouteComplaint("00000001"), history, nil, false},
			{"paused", kit.RouteComplaint("00000007"), func(o *office) {
				o.history()
				o.desk.channels[0].Paused = domain.PausedUnauthorised
			}, nil, false},
			{"missing", kit.RouteComplaint("99999999"), history, nil, false},
			{"gone", kit.RouteComplaint("00000001"), func(o *office) {
				c := o.file(domain.SendDraft, 1)
				c.PersonID, c.Body.Complainant.OnBehalf = 0, &domain.OnBehalf{Name: "奶奶"}
				c.Body.Calls = append(c.Body.Calls, c.Body.Calls[0])
			}, func(s *stage) {
				s.Press("complaints.edit")
				if _, ok := s.page.form.person.Get(); ok || len(s.Buttons("complaints.leave_out")) != 2 {
					s.T.Errorf("whose call it was is open: %q", s.Texts())
				}
			}, false},
			{"new", kit.RouteComplain(""), nil, nil, false},
			{"calls", kit.RouteComplainAbout(9, 6), nil, nil, true},
			{"wrong", kit.RouteComplain("95588"), nil, func(s *stage) { s.Press("complaints.file") }, true},
			{"anew", kit.RouteComplaint("00000005"), history, func(s *stage) { s.Press("complaints.anew") }, false},
			{"confirm", kit.RouteComplainAbout(9), nil, func(s *stage) { s.Press("complaints.file") }, true},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, c.route, c.prepare)
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

func TestComplainFromANumberToTheOutbox(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), nil)
	if !s.Shows("term.verdict.listed_extension") || !s.page.Practice() {
		t.Errorf("verdict and practice: %q", s.Texts())
	}
	if f := s.Window.Canvas().Focused(); f != s.page.form.at {
		t.Errorf("the number is there, so the time comes next: %T", f)
	}
	s.Press("complaints.file")
	if !s.Shows("err.complaint.at_required") || !s.Shows("err.complaint.category_required") {
		t.Fatalf("%q", s.Texts())
	}
	if f := s.Window.Canvas().Focused(); f != s.page.form.at {
		t.Errorf("the first wrong field has the keyboard, not %T", f)
	}
	test.Type(s.page.form.at, "2024-05-20 08:20") // key by key, each a correction
	if f := s.Window.Canvas().Focused(); f != s.page.form.at || s.page.form.at.Text != "2024-05-20 08:20" {
		t.Errorf("the keyboard went on to %T while %q was typed", f, s.page.form.at.Text)
	}
	if s.Shows("err.complaint.at_required") || !s.Shows("err.complaint.category_required") {
		t.Errorf("what is corrected is no longer wrong, the rest still is: %q", s.Texts())
	}
	s.page.form.category.SetSelected(s.Env.Printer.Term("category", "loan"))
	s.Press("complaints.propose")
	s.Press("complaints.propose.insert")
	if got, _, _ := strings.Cut(s.page.form.description.Text, "\n"); got != "On 2024-05-20 08:20 (Beijing time) the number 95013000 called me. It was about: Loans & wealth management." {
		t.Errorf("proposed: %q", got)
	}
	s.Press("complaints.file")
	if len(s.desk.complaints) != 0 || !s.Shows("complaints.confirm.practice") {
		t.Fatalf("nothing is filed before the user confirms where it goes: %q", s.Texts())
	}
	s.Press("complaints.confirm.yes")
	c := s.desk.complaints[0]
	if c.SendState != domain.SendQueued || c.Body.Language != "en" || s.kicks != 1 {
		t.Errorf("%+v, %d kicks", c, s.kicks)
	}
	if s.page.model.Form() != nil || s.page.model.OpenID() != c.ID || !s.Shows("complaints.standing.queued") {
		t.Errorf("the complaint is shown in the outbox: %q", s.Texts())
	}
	if diff := cmp.Diff([]string{"The complaint is in the outbox."}, s.Toasts); diff != "" {
		t.Error(diff)
	}
}

// What is filed for somebody else says so, and what may not be is said.
func TestComplainForSomebodyElse(t *testing.T) {
	for _, authority := range []domain.Authority{domain.AuthorityOral, domain.AuthorityNone} {
		complainForSomebodyElse(t, authority)
	}
}

func complainForSomebodyElse(t *testing.T, authority domain.Authority) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), func(o *office) {
		o.log.people[1].Authority = authority
	})
	mother := s.page.model.People()[1]
	s.Type(s.page.form.at, "2024-05-20 08:20")
	s.page.form.category.SetSelected(s.Env.Printer.Term("category", "loan"))
	s.page.form.person.SetSelected(mother.Name)
	s.Press("complaints.propose")
	s.Press("complaints.propose.insert")
	if got := s.page.form.description.Text; !strings.Contains(got, " called "+mother.Name+", for whom I complain.") {
		t.Errorf("proposed: %q", got)
	}
	s.Press("complaints.file")
	unsaid := s.Shows("complaints.no_authority", l10n.Args{"Name": mother.Name})
	if !kit.Dialogs(s.Window.Canvas()) || unsaid != (authority == domain.AuthorityNone) {
		t.Errorf("authority %q: %q", authority, s.Texts())
	}
}

func TestDraftIsSavedEditedAndFiled(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplainAbout(9, 6), nil)
	if !s.Reads("2024-05-20 08:20") || !s.Reads("2024-05-19 07:00") || s.page.form.number != nil {
		t.Fatalf("both calls are facts: %q", s.Texts())
	}
	s.Press("complaints.insert_note")
	s.Press("complaints.save_draft")
	if c := s.desk.complaints[0]; c.SendState != domain.SendDraft || len(c.CallIDs) != 2 || c.Body.Description != uitest.Calls()[0].Note {
		t.Errorf("%+v", c)
	}
	s.Press("complaints.edit")
	if f := s.page.model.Form(); f.ID != s.desk.complaints[0].ID || f.Category != domain.CategoryLoan || len(f.Calls) != 2 {
		t.Fatalf("%+v", f)
	}
	s.Press("complaints.file")
	s.Press("complaints.confirm.yes")
	if len(s.desk.complaints) != 1 || s.desk.complaints[0].SendState != domain.SendQueued {
		t.Errorf("%+v", s.desk.complaints)
	}
}

func TestDuplicateIsSaid(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplainAbout(9), nil)
	s.Press("complaints.file")
	s.Press("complaints.confirm.yes")
	s.Show(s.page, kit.RouteComplainAbout(9))
	s.Press("complaints.file")
	if !s.Shows("err.complaint.duplicate", map[string]any{"ID": string(s.desk.complaints[0].ID[:8])}) || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%q", s.Texts())
	}
}

func TestUnsavedFormIsNotThrownAway(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplain("95588"), nil)
	s.Type(s.page.form.description, "很重要")
	s.Show(s.page, kit.RouteComplainAbout(9))
	if !s.Shows("kit.discard") || s.page.model.Form().Description != "很重要" {
		t.Fatal("the user is asked first")
	}
	s.Press("kit.discard.no")
	if s.page.form.description.Text != "很重要" {
		t.Error("kept, but gone from the screen")
	}
	s.SetLanguage(l10n.English)
	if s.page.form.description.Text != "很重要" || s.page.form.number.Text != "95588" {
		t.Error("lost with the language")
	}
	s.Press("complaints.form.back")
	s.Press("kit.discard.yes")
	if s.page.model.Form() != nil {
		t.Error("the form is still there")
	}
}

func TestOutboxMovesWhileItIsShown(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaint("00000007"), history)
	want(t, "outbox", s.rows(), "7 5 4 3")
	s.desk.complaints[6].SendState = domain.SendSent
	s.desk.complaints[6].ReceiptNumber = "PR-1"
	s.page.Changed("complaints")
	s.page.Changed("complaints")
	want(t, "before the pause", s.rows(), "7 5 4 3")
	s.Fire()
	want(t, "after it", s.rows(), "5 4 3")
	if !s.Reads("PR-1") {
		t.Errorf("the open complaint is shown anew: %q", s.Texts())
	}
	s.Press("kit.copy")
	want(t, "copied receipt", s.App.Clipboard().Content(), "PR-1")
}

func TestRefreshLeavesTheReaderWhereTheyAre(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000003"), history)
	detail := s.page.list.detail
	detail.scroll.ScrollToBottom()
	drafts := s.Button("Drafts (1)")
	s.Window.Canvas().Focus(drafts)
	s.file(domain.SendDraft, 8)
	s.page.Changed("complaints")
	s.Fire()
	if drafts.Text != "Drafts (2)" || s.Window.Canvas().Focused() != drafts {
		t.Errorf("%q: the count changes, the keyboard stays", drafts.Text)
	}
	if s.page.list.detail != detail {
		t.Error("the open complaint did not change, but was built anew")
	}
	at := detail.scroll.Offset.Y
	s.desk.complaints[2].LastError = "channel.not_found"
	s.page.Changed("complaints")
	s.Fire()
	if now := s.page.list.detail; now == detail || at == 0 || now.scroll.Offset.Y == 0 {
		t.Errorf("scrolled to %v, now %v", at, now.scroll.Offset.Y)
	}
}

func TestCancelAsksFirst(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaint("00000007"), history)
	s.Press("complaints.cancel")
	if s.desk.complaints[6].SendState != domain.SendQueued {
		t.Fatal("cancelled without asking")
	}
	confirm := s.Buttons("complaints.cancel")
	test.Tap(confirm[len(confirm)-1])
	s.Layout()
	if s.desk.complaints[6].SendState != domain.SendCancelled || !s.Shows("complaints.standing.cancelled") {
		t.Errorf("%q", s.Texts())
	}
	s.Show(s.page, kit.RouteComplaint("00000003"))
	if len(s.Buttons("complaints.cancel")) != 0 {
		t.Error("what an endpoint may hold cannot be cancelled")
	}
	s.desk.attempts[s.desk.complaints[2].ID][0].HTTPStatus = 0
	s.page.model.Refresh()
	s.Layout()
	if len(s.Buttons("complaints.cancel")) != 1 {
		t.Error("no attempt ever reached the endpoint")
	}
}

func TestRefusedComplaintIsCorrected(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000005"), history)
	if !s.Reads("This office does not take loan complaints.") || !s.Shows("err.complaint.category_not_taken") {
		t.Fatalf("reasons: %q", s.Texts())
	}
	s.Press("complaints.anew")
	if !s.Reads("This office does not take loan complaints.") || s.page.form.category == nil {
		t.Fatalf("the reason stands at the field: %q", s.Texts())
	}
	s.page.form.category.SetSelected(s.Env.Printer.Term("category", "fraud"))
	s.Layout()
	if s.Reads("This office does not take loan complaints.") || !s.Shows("complaints.money") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("complaints.file")
	s.Press("complaints.confirm.yes")
	if n := len(s.desk.complaints); n != 8 || s.desk.complaints[7].Body.Category != domain.CategoryFraud {
		t.Errorf("%d complaints", n)
	}
}

func TestSegmentsAndSearch(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.Route{}, history)
	want(t, "outbox", s.rows(), "7 5 4 3")
	for _, c := range []struct{ label, rows string }{
		{"Drafts (1)", "1"}, {"Filed (1)", "2"}, {"Set aside (1)", "6"}, {"Outbox (4)", "7 5 4 3"},
	} {
		test.Tap(s.Button(c.label))
		s.Layout()
		want(t, c.label, s.rows(), c.rows)
	}
	s.Type(uitest.One[*kit.Entry](s.Harness, nil), "nothing like it")
	s.Fire()
	if !s.Shows("complaints.none.search") {
		t.Errorf("%q", s.Texts())
	}
	s.Press("complaints.send_now")
	if s.kicks != 1 || !slices.Equal(s.desk.hastened, []domain.ComplaintID{""}) {
		t.Errorf("%d kicks, hastened %q", s.kicks, s.desk.hastened)
	}
}

// What waits for a later try can be tried now.
func TestTryOneNow(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000004"), history)
	s.Press("complaints.ask_now")
	if len(s.desk.hastened) != 1 || !strings.HasPrefix(string(s.desk.hastened[0]), "00000004") {
		t.Errorf("hastened %q", s.desk.hastened)
	}
}

func TestListByKeyboard(t *testing.T) {
	s := show(t, uitest.Options{}, kit.Route{}, history)
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeyReturn)
	want(t, "open", string(s.page.model.OpenID()[:8]), "00000005")
	s.Press("complaints.back")
	if s.page.model.OpenID() != "" {
		t.Error("still open")
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaint("00000005"), history)
	if list := s.Unreached(60); len(list) != 0 {
		t.Errorf("list: %q", list)
	}
	s.Press("complaints.anew")
	if list := s.Unreached(90); len(list) != 0 {
		t.Errorf("form: %q", list)
	}
}
