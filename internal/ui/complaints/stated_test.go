package complaints

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// neighbours is a draft out of a sheet: Wang Fang complains for somebody else.
func neighbours(o *office, whom string, id domain.PersonID) *domain.Complaint {
	c := o.file(domain.SendDraft, 1)
	c.PersonID = id
	c.Stated = &domain.StatedComplainant{
		Name: "王芳", Phone: "13900000005", OnBehalfOf: whom, Relation: domain.RelationChild, Authority: domain.AuthorityOral,
	}
	c.Body.Complainant = domain.Complainant{
		Name: "王芳", Phone: "13900000005", Relation: domain.RelationChild,
		OnBehalf: &domain.OnBehalf{Name: whom, Authority: domain.AuthorityOral},
	}
	return c
}

// A neighbour's complaint that is changed in the form stays the neighbour's, also
// for somebody of the workspace.
func TestFormKeepsTheStatedComplainant(t *testing.T) {
	for _, id := range []domain.PersonID{0, uitest.People()[1].ID} {
		b := newBench()
		b.Reload()
		whom := "李大爷"
		if id != 0 {
			whom = uitest.People()[1].Name
		}
		want := neighbours(b.office, whom, id).Body.Complainant
		b.Jump("00000001")
		b.EditDraft()
		b.Edit(AtDescription, func(f *Form) { f.Description = "more" })
		ready := false
		b.Verify("en", func() { ready = true })
		if by := b.By(); !ready || by != "王芳" {
			t.Fatalf("ready %v, by %q, %v", ready, by, problems(b.Form()))
		}
		b.SaveDraft("en")
		got := b.desk.complaints[0]
		if diff := cmp.Diff(want.OnBehalf.Name, got.Body.Complainant.OnBehalf.Name); diff != "" || got.Body.Complainant.Name != "王芳" || got.PersonID != id {
			t.Errorf("%s %+v %d, failed %v", diff, got.Body.Complainant, got.PersonID, b.failed)
		}
		if got.Body.Description != "more" || got.Stated == nil {
			t.Errorf("%+v", got)
		}
	}
}

// It becomes the owner's only where the user says so, and can be given back.
func TestFormGivesAStatedComplaintToThePersonChosen(t *testing.T) {
	b := newBench()
	b.Reload()
	neighbours(b.office, "李大爷", 0)
	b.Jump("00000001")
	b.EditDraft()
	b.Edit(AtPerson, func(f *Form) { f.Person = domain.SelfID })
	if by := b.By(); by != "" {
		t.Errorf("by %q", by)
	}
	b.Edit(AtPerson, func(f *Form) { f.Person = asStated })
	if by := b.By(); by != "王芳" {
		t.Errorf("by %q", by)
	}
	b.Edit(AtPerson, func(f *Form) { f.Person = domain.SelfID })
	b.SaveDraft("en")
	if c := b.desk.complaints[0]; c.Stated != nil || c.Body.Complainant.OnBehalf != nil || c.PersonID != domain.SelfID {
		t.Errorf("%+v", c)
	}
}

// A draft of another neighbour is none to add to.
func TestDraftsOfNeighboursAreNotPutTogether(t *testing.T) {
	b := newBench()
	b.Reload()
	id := uitest.People()[1].ID
	neighbours(b.office, uitest.People()[1].Name, id)
	b.file(domain.SendDraft, 2).PersonID = id
	b.Jump("00000001")
	if list := b.DraftsBeside(); len(list) != 0 {
		t.Errorf("%d drafts beside", len(list))
	}
}

func TestStatedPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, kit.RouteComplaint("00000001"), func(o *office) { neighbours(o, "李大爷", 0) })
		s.Press("complaints.edit")
		want := s.Env.T("complaints.person.stated_for", l10n.Args{"Name": "王芳", "Whom": "李大爷"})
		if got := s.page.form.person.Selected; got != want {
			t.Errorf("%q is chosen, not %q", got, want)
		}
		s.Check()
		s.Draw("complaints.stated")
		s.Press("complaints.file")
		if !s.Reads("王芳") {
			t.Error("the question does not say who complains")
		}
		s.Check()
		s.Draw("complaints.stated.asked")
	})
}
