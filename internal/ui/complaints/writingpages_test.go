package complaints

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// narrow makes the first channel take few calls at a time, slowly.
func narrow(o *office, most int) {
	rate := 0.1
	o.desk.channels[0].Capabilities = &domain.Capabilities{
		Practice: true, MaxCallsPerComplaint: most, RateLimitPerSecond: &rate, OnBehalfAllowed: true,
	}
}

// sameNumber is two drafts about one number, and one of each other kind.
func sameNumber(o *office) {
	o.file(domain.SendDraft, 1)
	o.file(domain.SendDraft, 2)
	sent := o.file(domain.SendSent, 3)
	sent.ReceiptNumber = "PR-20240520-000003"
	other := o.file(domain.SendQueued, 4)
	other.Body.Caller.Number, other.Body.Caller.Displayed = "95013111", "95013111"
}

func TestWritingPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name    string
			route   kit.Route
			prepare func(*office)
			do      func(*stage)
			golden  bool
		}{
			{"simple", kit.RouteComplain("95013000"), nil, nil, true},
			{"fraud", kit.RouteComplain("95013000"), nil, func(s *stage) {
				s.page.form.category.SetSelected(s.Env.Printer.Term("category", "fraud"))
				s.Layout()
			}, true},
			{"more", kit.RouteComplain("95013000"), nil, func(s *stage) { s.Press("complaints.more.show") }, false},
			{"proposal", kit.RouteComplainAbout(9), nil, func(s *stage) { s.Press("complaints.propose") }, true},
			{"proposal_no_time", kit.RouteComplain("95013000"), nil, func(s *stage) { s.Press("complaints.propose") }, false},
			{"inserted", kit.RouteComplainAbout(9), nil, func(s *stage) {
				s.Press("complaints.propose")
				s.Press("complaints.propose.insert")
			}, false},
			{"related", kit.RouteComplain("95013000"), sameNumber, func(s *stage) { s.Layout() }, true},
			{"parts", kit.RouteComplaint("00000001"), func(o *office) {
				narrow(o, 2)
				d := o.file(domain.SendDraft, 1)
				for i := range 4 {
					call := d.Body.Calls[0]
					call.StartedAt = call.StartedAt.Add(-time.Duration(i+1) * time.Hour)
					d.Body.Calls = append(d.Body.Calls, call)
				}
			}, func(s *stage) { s.Press("complaints.edit") }, true},
			{"queued", kit.RouteComplaint("00000007"), func(o *office) { o.history() }, nil, false},
			{"change", kit.RouteComplaint("00000007"), func(o *office) { o.history() }, func(s *stage) { s.Press("complaints.change") }, false},
			{"beside", kit.RouteComplaint("00000001"), sameNumber, nil, true},
			{"merged", kit.RouteComplaint("00000001"), sameNumber, func(s *stage) { s.Press("complaints.merge") }, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, c.route, c.prepare)
				if c.do != nil {
					c.do(s)
				}
				s.Check()
				s.Draw("complaints.writing." + c.name)
				if c.golden {
					s.Golden("writing_" + c.name)
				}
			})
		}
	})
}

// A proposed text is shown before it is inserted, never takes the place of what
// was typed, is replaced by a newer one, and goes away again.
func TestProposedTextAndWhatWasTyped(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), nil)
	f := s.page.form
	s.Type(f.description, "They promised me a loan.")
	s.Press("complaints.propose")
	if !s.Shows("complaints.propose.no_time") || f.description.Text != "They promised me a loan." {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.propose.insert")
	if got := f.description.Text; got != "They promised me a loan.\nThe number 95013000 called me." {
		t.Fatalf("%q", got)
	}
	s.Type(f.at, "2024-05-20 08:20")
	s.page.form.category.SetSelected(s.Env.Printer.Term("category", "loan"))
	s.Press("complaints.propose")
	for _, key := range []string{"rule.notice_2020", "term.certainty.verified", "rule.draft_2020", "term.certainty.draft", "rule.notice_2020.caveat"} {
		if !s.Shows(key) {
			t.Errorf("%s is not shown: %q", key, s.Texts())
		}
	}
	s.Press("complaints.propose.insert")
	got := f.description.Text
	if strings.Count(got, "95013000 called me") != 1 || !strings.HasPrefix(got, "They promised me a loan.\n") || strings.Contains(got, "raft") {
		t.Fatalf("%q", got)
	}
	s.Window.Canvas().Focus(f.description)
	s.Key(fyne.KeyPageUp)
	s.Key(fyne.KeyEnd)
	test.Type(f.description, "PS. ")
	s.Press("complaints.propose.undo")
	if got := f.description.Text; !strings.HasPrefix(got, "They promised me a loan.") || !strings.HasSuffix(got, "\nThe number 95013000 called me.") || !strings.Contains(got, "PS.") {
		t.Errorf("undone, typed kept: %q", got)
	}
	s.Press("complaints.propose.undo")
	if got := f.description.Text; strings.Contains(got, "called me") || !strings.Contains(got, "PS.") {
		t.Errorf("undone to the end: %q", got)
	}
	if s.page.form.undo.Visible() {
		t.Error("there is nothing left to undo")
	}
}

func TestUndoGivesBackTheVeryText(t *testing.T) {
	b := newBench()
	b.NewForNumber("95013000")
	b.Edit(AtDescription, func(f *Form) { f.Description = "mine \n" })
	b.UndoProposal() // nothing to undo
	b.InsertProposal("P1")
	b.InsertProposal("P2")
	want(t, "inserted", b.Form().Description, "mine\nP2")
	b.UndoProposal()
	want(t, "the first again", b.Form().Description, "mine\nP1")
	b.UndoProposal()
	if b.Form().CanUndo() || b.Form().Description != "mine" && b.Form().Description != "mine \n" {
		t.Errorf("%q", b.Form().Description)
	}
	b.InsertProposal("P3")
	b.Edit(AtDescription, func(f *Form) { f.Description = "all typed anew" })
	if b.Form().CanUndo() {
		t.Error("it stands there no longer")
	}
}

// What is wrong in a folded field is seen.
func TestAWrongFieldIsUnfolded(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), nil)
	if s.Shows("complaints.field.demands") {
		t.Fatalf("folded: %q", s.Texts())
	}
	s.Press("complaints.more.show")
	s.Type(uitest.One(s.Harness, func(e *kit.Entry) bool { return e.PlaceHolder == s.Env.T("complaints.loss.placeholder") }), "much")
	s.Press("complaints.more.hide")
	if s.Shows("complaints.field.loss") {
		t.Fatalf("folded: %q", s.Texts())
	}
	s.Press("complaints.file")
	if !s.Shows("err.complaint.loss_invalid") || !s.Shows("complaints.more.hide") {
		t.Errorf("%q", s.Texts())
	}
}

func TestFraudKindIsAskedOfAFraudAlone(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), nil)
	choose := func(category string) {
		s.page.form.category.SetSelected(s.Env.Printer.Term("category", category))
		s.Layout()
	}
	if s.Shows("complaints.field.fraud_kind") {
		t.Error("asked before it is a fraud")
	}
	choose("fraud")
	if !s.Shows("complaints.field.fraud_kind") {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.Edit(AtFraud, func(f *Form) { f.FraudKind = domain.FraudPrize })
	s.Type(s.page.form.at, "2024-05-20 08:20")
	s.Press("complaints.save_draft")
	if k := s.desk.complaints[0].Body.FraudKindOf(); k != domain.FraudPrize || !s.Shows("term.fraud_kind.prize") {
		t.Errorf("%q: %q", k, s.Texts())
	}
	s.Press("complaints.edit")
	choose("loan")
	s.Press("complaints.save_draft")
	if k := s.desk.complaints[0].Body.FraudKindOf(); k != "" {
		t.Errorf("a loan has the kind %q", k)
	}
}

// A call goes into a draft that is there with one press, and out of it with
// another; nothing that was typed is lost.
func TestAddACallToADraftAndUndo(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), func(o *office) { o.file(domain.SendDraft, 1) })
	if !s.Shows("complaints.related.draft") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.related.add")
	if !s.Shows("err.complaint.at_required") || len(s.desk.complaints[0].Body.Calls) != 1 {
		t.Fatalf("a call has a time: %q", s.Texts())
	}
	s.Type(s.page.form.at, "2024-05-20 06:00")
	s.Type(s.page.form.description, "again")
	s.Press("complaints.related.add")
	c := s.desk.complaints[0]
	if len(s.desk.complaints) != 1 || len(c.Body.Calls) != 2 || !strings.Contains(c.Body.Description, "again") || !s.Shows("complaints.merged") {
		t.Fatalf("%+v: %q", c.Body, s.Texts())
	}
	s.Press("complaints.merge.undo")
	if c := s.desk.complaints[0]; len(c.Body.Calls) != 1 || strings.Contains(c.Body.Description, "again") {
		t.Errorf("%+v", c.Body)
	}
	if f := s.page.form; f == nil || f.at.Text != "2024-05-20 06:00" || f.description.Text != "again" || !s.page.Unsaved() {
		t.Errorf("the form is back with what was typed: %q", s.Texts())
	}
}

func TestMergeDraftsAndUndo(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), sameNumber)
	if !s.Reads("There is 1 more draft about this number") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.merge")
	if a, b := s.desk.complaints[0], s.desk.complaints[1]; len(a.Body.Calls) != 2 || b.SendState != domain.SendCancelled {
		t.Fatalf("%d calls, the other is %s", len(a.Body.Calls), b.SendState)
	}
	s.Press("complaints.merge.undo")
	if a, b := s.desk.complaints[0], s.desk.complaints[1]; len(a.Body.Calls) != 1 || b.SendState != domain.SendDraft {
		t.Errorf("%d calls, the other is %s", len(a.Body.Calls), b.SendState)
	}
	if s.Shows("complaints.merged") || !s.Shows("complaints.merge") {
		t.Errorf("%q", s.Texts())
	}
}

// What waits in the outbox is changed as long as nobody has begun to send it.
func TestChangeAQueuedComplaint(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), func(o *office) { o.file(domain.SendQueued, 1) })
	s.Press("complaints.change")
	s.Type(s.page.form.description, "more exact")
	s.Press("complaints.change.save")
	s.Press("complaints.confirm.yes")
	c := s.desk.complaints[0]
	if len(s.desk.complaints) != 1 || c.SendState != domain.SendQueued || c.Body.Description != "more exact" || s.Toasts[0] != s.Env.T("complaints.done.changed") {
		t.Fatalf("%+v %q", c, s.Toasts)
	}
	s.Press("complaints.change")
	s.desk.complaints[0].SendState, s.desk.complaints[0].Attempts = domain.SendSending, 1
	s.Type(s.page.form.description, "too late")
	s.Press("complaints.change.save")
	if !s.Shows("err.complaint.not_draft") || s.desk.complaints[0].Body.Description != "more exact" || s.page.form.description.Text != "too late" {
		t.Errorf("%q", s.Texts())
	}
	s.page.model.CloseForm()
	s.page.model.Refresh()
	s.Layout()
	if len(s.Buttons("complaints.change")) != 0 {
		t.Error("it is being sent")
	}
}

func TestAQueuedComplaintBecomesADraftAgain(t *testing.T) {
	b := newBench()
	b.Reload()
	b.file(domain.SendQueued, 1)
	b.Jump("00000001")
	b.EditDraft()
	b.SaveDraft("en")
	if c := b.desk.complaints[0]; c.SendState != domain.SendDraft || b.Form() != nil {
		t.Errorf("%+v, failed %v", c, b.failed)
	}
	b.file(domain.SendQueued, 2).Attempts = 1
	b.Jump("00000002")
	b.EditDraft()
	if b.Form() != nil {
		t.Error("one that was tried is not changed")
	}
}

// Several complaints are said beforehand, all are stored, and said to be.
func TestMoreCallsThanTheChannelTakes(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), func(o *office) {
		narrow(o, 1)
		gone := o.file(domain.SendDraft, 1)
		second := gone.Body.Calls[0]
		second.StartedAt = second.StartedAt.Add(-time.Hour)
		gone.Body.Calls = append(gone.Body.Calls, second)
	})
	s.Press("complaints.edit")
	words := s.Env.N("complaints.split", 2)
	if !s.Reads(words) || !s.Reads("at least 10 s") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.file")
	if !kit.Dialogs(s.Window.Canvas()) || !s.Reads(words) {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.confirm.yes")
	if len(s.desk.complaints) != 2 || len(s.desk.complaints[0].Body.Calls) != 1 || s.Toasts[0] != s.Env.T("complaints.done.parts") {
		t.Errorf("%d complaints, %q", len(s.desk.complaints), s.Toasts)
	}
}

// What a channel does not take for its age is left out with one press.
func TestCallsThatAreTooOldAreLeftOut(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplainAbout(9, 6), func(o *office) {
		days := 1
		o.desk.channels[0].Capabilities = &domain.Capabilities{Practice: true, MaxCallAgeDays: &days, OnBehalfAllowed: true}
	})
	words := s.Env.N("complaints.old_calls", 1, l10n.Args{"Days": 1})
	s.Press("complaints.file")
	if !s.Shows("err.complaint.call_too_old", l10n.Args{"Days": 1}) || !s.Reads(words) {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("complaints.old_calls.leave_out")
	if f := s.page.model.Form(); len(f.Calls) != 1 || f.Calls[0].ID != 9 || f.Wrong() || s.Reads(words) {
		t.Fatalf("%+v: %q", f, s.Texts())
	}
	s.Press("complaints.file")
	s.Press("complaints.confirm.yes")
	if len(s.desk.complaints) != 1 || len(s.desk.complaints[0].CallIDs) != 1 {
		t.Errorf("%+v", s.desk.complaints)
	}
}

// How long the recording is kept follows what is typed, and is told honestly
// when it is over.
func TestRecordingClock(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain("95013000"), nil)
	if s.Reads("must keep") {
		t.Errorf("no call, no clock: %q", s.Texts())
	}
	s.Type(s.page.form.at, "2024-05-20 08:20")
	if !s.Reads("until 2024-06-19 at least") || !s.Reads("30 days are left") {
		t.Errorf("%q", s.Texts())
	}
	s.page.form.at.SetText("2024-03-20 08:20")
	s.Layout()
	if !s.Reads("only until 2024-04-19") {
		t.Errorf("%q", s.Texts())
	}
	s.page.form.number.SetText("95588")
	s.Layout()
	if s.Reads("2024-04-19") {
		t.Errorf("a bank's line has no such duty: %q", s.Texts())
	}
	s.page.model.CloseForm()
	c := s.file(domain.SendQueued, 1)
	s.page.model.Jump(c.ID)
	s.Layout()
	if !s.Reads("until 2024-06-19 at least") {
		t.Errorf("detail: %q", s.Texts())
	}
	s.Clock.Advance(31 * 24 * time.Hour)
	s.page.model.Jump(c.ID)
	s.SetLanguage(l10n.English)
	if !s.Reads("may be gone by now") {
		t.Errorf("detail, %v: %q", s.Clock.Now().Sub(testkit.Epoch()), s.Texts())
	}
}

// A list of the form that still hangs open when the form has been stored and is
// gone changes nothing any more.
func TestAListOutlivesItsForm(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplain("95013000"), nil)
	s.page.form.at.SetText("2024-05-20 08:20")
	form := s.page.form
	s.Press("complaints.save_draft")
	if s.page.model.Form() != nil {
		t.Fatal("the form is still there")
	}
	for _, choose := range []func(){
		func() { form.category.SetSelectedIndex(1) }, func() { form.person.SetSelectedIndex(0) }, func() { form.channel.SetSelectedIndex(0) },
		form.showWarning, form.showFraud,
	} {
		choose()
	}
}
