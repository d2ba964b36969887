package filing_test

import (
	"errors"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// What a complaint hardly means is asked back about, once, and goes through
// when it is meant.
func TestGuards(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	mother := domain.Person{Name: "Mother", Relation: domain.RelationChild, Numbers: []string{"13800000002", "13800000009"}}
	if err := d.store.AddPerson(t.Context(), &mother); err != nil {
		t.Fatal(err)
	}
	for _, c := range []domain.Contact{
		{Number: "95588", Name: "Bank", Mark: domain.ContactKnown},
		{Number: "13900000001", Name: "Doctor", Mark: domain.ContactKnown, PersonID: mother.ID},
		{Number: "13900000002", Mark: domain.ContactUnwanted},
		{Number: "13800000009", Name: "Mother herself", Mark: domain.ContactKnown},
	} {
		if err := d.store.SaveContact(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ number, forWhom, key string }{
		{"95588", "", "complaint.number_is_contact"},
		{"95588", "Mother", "complaint.number_is_contact"},
		{"+86 139 0000 0001", "Mother", "complaint.number_is_contact"},
		{"13900000001", "", ""},
		{"13900000002", "", ""},
		{"138 0000 0002", "", "complaint.number_is_family"},
		{"13800000002", "Mother", "complaint.number_is_own"},
		{"110", "", "complaint.number_is_public"},
		{"96110", "", "complaint.number_is_public"},
		{"12321", "", "complaint.number_is_public"},
		{"119", "", "complaint.number_is_public"},
		{"120", "", "complaint.number_is_public"},
		{"122", "", "complaint.number_is_public"},
		{"12110", "", "complaint.number_is_public"},
		{"12315", "", "complaint.number_is_public"},
		{"12345", "", "complaint.number_is_public"},
		{"12381", "", "complaint.number_is_public"},
		{"95110", "", "complaint.number_is_public"},
		{"0551-96110", "", "complaint.number_is_public"}, // with the area code
		{"+86 12321", "", "complaint.number_is_public"},  // as phones add the country code
		{"008696110", "", "complaint.number_is_public"},
		{"１２３２１", "", "complaint.number_is_public"}, // full-width
		{"00110", "", ""}, // forged: from abroad
		{"+852110", "", ""},
		{"10086", "", ""}, // an operator's line can be complained about
		{"125831 138 0000 0002", "", "complaint.number_is_family"}, // behind an extra number
		{"17951 13800000002", "", "complaint.number_is_family"},    // behind an IP prefix
		{"+86 95588", "", "complaint.number_is_contact"},
		{"+96110", "", ""}, // forged: no public line shows a plus
		{"95013000", "", ""},
		{"13800000009", "Mother", "complaint.number_is_own"}, // and a contact
	} {
		in := filing.ComplaintInput{
			Number: tt.number, At: testkit.Epoch().Add(-60e9), Category: domain.CategoryLoan, OnBehalfOf: tt.forWhom,
		}
		check := func(name, want string) {
			t.Helper()
			err := d.file.Validate(t.Context(), in)
			if got := errString(err); (want == "") != (err == nil) || want != "" && domain.KeyOf(err) != want {
				t.Errorf("%s for %q, %s: %s, want %s", tt.number, tt.forWhom, name, got, want)
			}
			var list domain.Problems
			if errors.As(err, &list) && (len(list) != 1 || list[0].Field != "/caller/number" || filing.Overridable(list[0]) != (want != "complaint.number_is_own")) {
				t.Errorf("%s, %s: %v", tt.number, name, list)
			}
		}
		check("plain", tt.key)
		guarded := tt.key
		if guarded == "complaint.number_is_own" {
			guarded = "" // it is not asked, it is refused
		}
		bare := filing.ComplaintInput{Number: in.Number, OnBehalfOf: in.OnBehalfOf, Anyway: true, Draft: true}
		if err := d.file.Guard(t.Context(), bare); domain.KeyOf(err) != guarded {
			t.Errorf("guard of %s for %q: %v, want %s", tt.number, tt.forWhom, err, guarded)
		}
		never := ""
		if tt.key == "complaint.number_is_own" {
			never = tt.key
		}
		in.Anyway = true
		check("anyway", never)
		in.Anyway, in.Draft = false, true
		check("draft", never)
	}
}
