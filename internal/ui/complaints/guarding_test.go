package complaints

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// contacts of everybody, and grandma's own number.
func contacts(o *office) {
	o.log.known = map[string]string{"13800138000": "王医生"}
	o.log.people[1].Numbers = []string{"13900000002"}
}

// complete fills in what a complaint about a number needs besides.
func (b *bench) complete(number string) {
	b.NewForNumber(number)
	b.Edit(AtCalls, func(f *Form) { f.At = "2024-05-20 08:00" })
	b.Edit(AtCategory, func(f *Form) { f.Category = domain.CategoryLoan })
}

// What filing asks back about is asked before, and is filed only with a yes.
func TestGuardIsAsked(t *testing.T) {
	for number, key := range map[string]string{
		"13800138000": "complaint.number_is_contact", "139 0000 0002": "complaint.number_is_family",
	} {
		b := newBench()
		contacts(b.office)
		b.Reload()
		b.complete(number)
		b.AskGuard()
		f := b.Form()
		want(t, "asked", domain.KeyOf(f.Guard), key)
		if len(f.Problems) != 0 || f.Fault != nil || !f.Asked() {
			t.Errorf("a question is no mistake: %v %v", problems(f), f.Fault)
		}
		b.Verify("en", func() { t.Error("verified without an answer") })
		b.File("en")
		want(t, "last", b.events[len(b.events)-1], "asked")
		if len(b.desk.complaints) != 0 || b.kicks != 0 {
			t.Fatalf("filed without an answer: %+v", b.desk.complaints)
		}
		ready := false
		b.SetAnyway(true)
		b.Verify("en", func() { ready = true })
		b.File("en")
		if !ready || len(b.desk.complaints) != 1 || b.desk.complaints[0].SendState != domain.SendQueued {
			t.Errorf("%s: ready %v, %+v", number, ready, b.desk.complaints)
		}
	}
}

// Nobody has looked the number up yet: filing asks by itself.
func TestGuardIsAskedAtTheLatestWhenFiling(t *testing.T) {
	b := newBench()
	contacts(b.office)
	b.Reload()
	b.complete("13800138000")
	b.Verify("en", func() { t.Error("verified without an answer") })
	want(t, "asked", domain.KeyOf(b.Form().Guard), "complaint.number_is_contact")
	want(t, "problems", strings.Join(problems(b.Form()), " "), "")
	// The contact goes, and with it the question.
	b.log.known = nil
	ready := false
	b.Verify("en", func() { ready = true })
	if !ready || b.Form().Guard != nil {
		t.Errorf("ready %v, still asked %v", ready, b.Form().Guard)
	}
	// It comes back between the confirmation and the filing.
	contacts(b.office)
	b.File("en")
	if len(b.desk.complaints) != 0 || !b.Form().Asked() {
		t.Errorf("filed without an answer: %+v", b.desk.complaints)
	}
}

// An answer is about one number and one person.
func TestAnswerIsToOneQuestion(t *testing.T) {
	b := newBench()
	contacts(b.office)
	b.Reload()
	yes := func() {
		b.complete("13800138000")
		b.AskGuard()
		b.SetAnyway(true)
	}
	for field, change := range map[string]func(*Form){
		AtNumber: func(f *Form) { f.Number = "13900000002" }, AtPerson: func(f *Form) { f.Person = 2 },
	} {
		yes()
		b.Edit(field, change)
		if f := b.Form(); f.Anyway || f.Guard != nil {
			t.Errorf("%s: answered %v, %v", field, f.Anyway, f.Guard)
		}
	}
	yes()
	b.Edit(AtDescription, func(f *Form) { f.Description = "冒用" })
	if f := b.Form(); !f.Anyway || f.Guard == nil {
		t.Error("the words have nothing to do with it")
	}
	b.log.people[0].Numbers = nil
	b.log.people[1].Numbers = []string{"13800138000"}
	b.AskGuard()
	if f := b.Form(); f.Anyway || domain.KeyOf(f.Guard) != "complaint.number_is_family" {
		t.Errorf("another question: %v, answered %v", f.Guard, f.Anyway)
	}
	b.NewForNumber("95588")
	b.SetAnyway(true)
	if b.Form().Anyway {
		t.Error("nothing is asked")
	}
}

// What is the person's own number cannot be complained about at all.
func TestOwnNumberIsRefused(t *testing.T) {
	b := newBench()
	contacts(b.office)
	b.log.known["13900000002"] = "奶奶"
	b.Reload()
	b.complete("13900000002")
	b.Edit(AtPerson, func(f *Form) { f.Person = 2 })
	b.AskGuard()
	b.SetAnyway(true)
	b.File("en")
	want(t, "refused", strings.Join(problems(b.Form()), " "), "/caller/number complaint.number_is_own")
	if b.Form().Guard != nil || len(b.desk.complaints) != 0 {
		t.Errorf("%v, %+v", b.Form().Guard, b.desk.complaints)
	}
}

func TestAnswersThatComeLate(t *testing.T) {
	b := newBench()
	contacts(b.office)
	b.Reload()
	b.complete("13800138000")
	b.hold = true
	b.AskGuard()
	b.hold = false
	b.Edit(AtNumber, func(f *Form) { f.Number = "95588" })
	b.AskGuard()
	for _, answer := range b.queue {
		answer()
	}
	if b.Form().Guard != nil {
		t.Errorf("the answer about another number: %v", b.Form().Guard)
	}
	b.log.err = errors.New("disk")
	b.AskGuard()
	if b.Form().Fault != nil || len(b.failed) != 0 {
		t.Error("what goes wrong is said when it is filed")
	}
}

// A draft hurts nobody.
func TestDraftIsNotAskedAbout(t *testing.T) {
	b := newBench()
	contacts(b.office)
	b.Reload()
	b.complete("13800138000")
	b.AskGuard()
	b.SaveDraft("en")
	if len(b.desk.complaints) != 1 || b.desk.complaints[0].SendState != domain.SendDraft {
		t.Fatalf("%+v", b.desk.complaints)
	}
	b.EditDraft()
	b.AskGuard()
	b.Edit(AtLoss, func(f *Form) { f.Loss = "much" })
	b.SaveDraft("en")
	want(t, "last", b.events[len(b.events)-1], "blamed")
	if !b.Form().Asked() {
		t.Error("a draft keeps no answer")
	}
}

func TestGuardPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(1000, 760)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(1000, 1100)
		}
		s := show(t, o, kit.RouteComplainAbout(5), contacts)
		s.Check()
		s.Draw("complaints-guard")
		s.Golden("guard")
		s.page.model.Edit(AtCategory, func(f *Form) { f.Category = domain.CategoryLoan })
		test.Tap(s.page.form.anyway)
		s.Press("complaints.file")
		s.Check()
		s.Draw("complaints-guard-confirm")
		s.Golden("guard_confirm")
	})
}

func TestFileAnyway(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplainAbout(5), contacts)
	asked := map[string]any{"Name": "王医生"}
	if !s.Shows("err.complaint.number_is_contact", asked) || !s.Shows("complaints.anyway.text") {
		t.Fatalf("it is not said at the number: %q", s.Texts())
	}
	s.page.form.category.SetSelectedIndex(1)
	s.Press("complaints.file")
	if kit.Dialogs(s.Window.Canvas()) || len(s.Toasts) != 1 || len(s.desk.complaints) != 0 {
		t.Fatalf("toasts %q, %+v", s.Toasts, s.desk.complaints)
	}
	if s.Window.Canvas().Focused() != fyne.Focusable(s.page.form.anyway) {
		t.Error("the question has the keyboard")
	}
	s.Key(fyne.KeySpace)
	if s.Window.Canvas().Focused() != fyne.Focusable(s.page.form.anyway) || !s.page.form.anyway.Checked {
		t.Error("the answer keeps the keyboard")
	}
	s.SetLanguage(l10n.Chinese)
	if !s.page.form.anyway.Checked {
		t.Error("another language keeps the answer")
	}
	s.SetLanguage(l10n.English)
	s.Press("complaints.file")
	if !s.Shows("complaints.confirm.anyway") {
		t.Fatalf("the confirmation does not repeat it: %q", s.Texts())
	}
	s.Press("complaints.confirm.yes")
	if len(s.desk.complaints) != 1 || s.desk.complaints[0].SendState != domain.SendQueued {
		t.Errorf("%+v", s.desk.complaints)
	}
}

// While somebody types, the question follows the number, and a contact that is
// removed elsewhere takes it away.
func TestQuestionFollowsTheNumber(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplain(""), contacts)
	s.Type(s.page.form.number, "13800138000")
	s.Fire()
	if !s.Shows("complaints.anyway") {
		t.Fatalf("%q", s.Texts())
	}
	s.Type(s.page.form.number, "1380013800")
	if s.Shows("complaints.anyway") {
		t.Error("the question is about another number")
	}
	s.Type(s.page.form.number, "13800138000")
	s.Fire()
	s.log.known = nil
	s.page.Changed("contacts")
	if s.Shows("complaints.anyway") {
		t.Error("the number is no contact any more")
	}
}

// Every question that filing asks has its own words of advice.
func TestQuestionsHaveWords(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	for _, key := range []string{"complaint.number_is_contact", "complaint.number_is_family", "complaint.number_is_public"} {
		guard := domain.E("t", domain.Invalid, key, nil, nil)
		if !filing.Overridable(guard) || strings.HasPrefix(guardHint(h.Env, guard), "complaints.") {
			t.Errorf("%s: %q", key, guardHint(h.Env, guard))
		}
	}
}
