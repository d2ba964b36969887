package journal_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

func TestAddPerson(t *testing.T) {
	b := newBench()
	got, err := b.AddPerson(t.Context(), journal.PersonInput{
		Name: "　妈妈 ", Relation: domain.RelationRelative, Province: " anhui ", Numbers: []string{"138 0013-8000", "", "+86 13800138000", "0551-1234567"},
		Authority: domain.AuthorityOral,
	})
	ok(t, err)
	want := domain.Person{
		ID: got.ID, Name: "妈妈", Relation: domain.RelationRelative, Province: "安徽",
		Numbers: []string{"13800138000", "05511234567"}, Authority: domain.AuthorityOral, CreatedAt: b.clock.Now(),
	}
	if d := cmp.Diff(want, got); d != "" || got.ID == 0 {
		t.Error(d)
	}
	stored, err := b.PersonByName(t.Context(), " 妈妈")
	ok(t, err)
	if d := cmp.Diff(want, stored); d != "" {
		t.Error(d)
	}
}

func TestTheOwnerIsFoundByWord(t *testing.T) {
	b := newBench()
	owner, err := b.PersonByName(t.Context(), domain.SelfName)
	ok(t, err)
	_, err = b.UpdatePerson(t.Context(), domain.SelfID, journal.PersonInput{Name: "李华", Relation: domain.RelationSelf})
	ok(t, err)
	for _, name := range []string{"李华", "self", " Self ", domain.SelfName} {
		if got, err := b.PersonByName(t.Context(), name); err != nil || got.ID != owner.ID || got.Name != "李华" {
			t.Errorf("%q: %+v, %v", name, got, err)
		}
	}
	if _, err := b.PersonByName(t.Context(), "selfish"); domain.KeyOf(err) != "person.not_found" {
		t.Error(err)
	}
	other, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "self", Relation: domain.RelationRelative})
	ok(t, err)
	if got, err := b.PersonByName(t.Context(), "self"); err != nil || got.ID != other.ID {
		t.Errorf("somebody of that name: %+v, %v", got, err)
	}
}

func TestPersonProblems(t *testing.T) {
	tests := []struct {
		name string
		in   journal.PersonInput
		want map[string]string
	}{
		{"nothing", journal.PersonInput{}, map[string]string{"/name": "person.name_empty", "/relation": "person.relation_required"}},
		{"spaces", journal.PersonInput{Relation: domain.RelationChild, Name: " 　"}, map[string]string{"/name": "person.name_empty"}},
		{"64 characters", journal.PersonInput{Relation: domain.RelationChild, Name: strings.Repeat("妈", 64)}, nil},
		{"65 characters", journal.PersonInput{Relation: domain.RelationChild, Name: strings.Repeat("妈", 65)}, map[string]string{"/name": "person.name_long"}},
		{"a line break", journal.PersonInput{Relation: domain.RelationChild, Name: "a\nb"}, map[string]string{"/name": "person.name_characters"}},
		{"a turned name", journal.PersonInput{Relation: domain.RelationChild, Name: "a\u202eb"}, map[string]string{"/name": "person.name_characters"}},
		{"a mark of direction", journal.PersonInput{Relation: domain.RelationChild, Name: "a\u200fb"}, map[string]string{"/name": "person.name_characters"}},
		{"half a character", journal.PersonInput{Relation: domain.RelationChild, Name: "a\xff"}, map[string]string{"/name": "person.name_characters"}},
		{"a family of emoji", journal.PersonInput{Relation: domain.RelationChild, Name: "👨‍👩‍👧"}, nil},
		{
			"everything",
			journal.PersonInput{
				Name: "", Relation: "friend", Province: "Mars", Numbers: []string{"1", "abc", "--", "+95588"}, Authority: "verbal",
			},
			map[string]string{
				"/name": "person.name_empty", "/relation": "person.relation_unknown", "/province": "person.province_unknown",
				"/numbers/1": "person.number_invalid", "/numbers/2": "person.number_invalid", "/numbers/3": "person.number_invalid",
				"/authority": "person.authority_unknown",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench()
			_, err := b.AddPerson(t.Context(), tt.in)
			if d := cmp.Diff(tt.want, pointers(err), equateEmpty()); d != "" {
				t.Error(d)
			}
			people, lerr := b.People(t.Context())
			ok(t, lerr)
			if stored := len(people) == 2; stored != (err == nil) {
				t.Errorf("%d people after %v", len(people), err)
			}
		})
	}
}

func TestPersonNameTaken(t *testing.T) {
	b := newBench()
	_, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	_, err = b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈 ", Relation: domain.RelationChild})
	fails(t, err, domain.Conflict, "person.name_taken")
	if d := cmp.Diff(map[string]string{"/name": "person.name_taken"}, pointers(err)); d != "" {
		t.Error(d)
	}
}

func TestUpdatePerson(t *testing.T) {
	b := newBench()
	mother, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationGuardian})
	ok(t, err)
	_, err = b.AddPerson(t.Context(), journal.PersonInput{Name: "爸爸", Relation: domain.RelationChild})
	ok(t, err)

	got, err := b.UpdatePerson(t.Context(), mother.ID, journal.PersonInput{Name: "母亲", Province: "34", Numbers: []string{"13800138000"}})
	ok(t, err)
	if got.Name != "母亲" || got.Relation != domain.RelationGuardian || got.Province != "安徽" || !got.CreatedAt.Equal(mother.CreatedAt) {
		t.Errorf("updated %+v", got)
	}
	stored, err := b.PersonByName(t.Context(), "母亲")
	ok(t, err)
	if d := cmp.Diff(got, stored); d != "" {
		t.Error(d)
	}
	_, err = b.UpdatePerson(t.Context(), mother.ID, journal.PersonInput{Name: "爸爸"})
	if d := cmp.Diff(map[string]string{"/name": "person.name_taken"}, pointers(err)); d != "" {
		t.Error(d)
	}
	_, err = b.UpdatePerson(t.Context(), 4711, journal.PersonInput{Name: "x"})
	fails(t, err, domain.NotFound, "person.not_found")
	_, err = b.UpdatePerson(t.Context(), domain.SelfID, journal.PersonInput{Name: "我", Relation: domain.RelationChild})
	if d := cmp.Diff(map[string]string{"/relation": "person.self_relation"}, pointers(err)); d != "" {
		t.Error(d)
	}
	self, err := b.UpdatePerson(t.Context(), domain.SelfID, journal.PersonInput{Name: "我"})
	ok(t, err)
	if self.Relation != domain.RelationSelf || self.Name != "我" {
		t.Errorf("owner %+v", self)
	}
}

func TestRemovePerson(t *testing.T) {
	b := newBench()
	_, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	_, err = b.AddCall(t.Context(), journal.CallInput{Person: "妈妈", Number: "95588", StartedAt: b.clock.Now()})
	ok(t, err)
	gone, err := b.RemovePerson(t.Context(), "妈妈 ", false)
	ok(t, err)
	if gone.Calls != 1 || len(all(t, b.Service, domain.CallFilter{})) != 0 {
		t.Errorf("%d calls went", gone.Calls)
	}
	_, err = b.RemovePerson(t.Context(), "妈妈", false)
	fails(t, err, domain.NotFound, "person.not_found")
	ok(t, gone.Undo(t.Context()))
	if x, err := b.PersonExtent(t.Context(), " 妈妈"); err != nil || x.Calls != 1 {
		t.Errorf("put back: %+v, %v", x, err)
	}
	_, err = b.RemovePerson(t.Context(), "Owner", true)
	fails(t, err, domain.Conflict, "person.self_stays")
}

// TestFormerPerson: who was removed without their calls is still asked for, as long
// as there are such calls.
func TestFormerPerson(t *testing.T) {
	b := newBench()
	p, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	_, err = b.AddCall(t.Context(), journal.CallInput{Person: "妈妈", Number: "95588", StartedAt: b.clock.Now()})
	ok(t, err)
	whose := func(id domain.PersonID) (names []string) {
		list, err := b.Whose(t.Context(), id)
		ok(t, err)
		for _, p := range list {
			names = append(names, p.Name)
		}
		return names
	}
	both := []string{"Owner", "妈妈"}
	if got := whose(p.ID); !slices.Equal(got, both) {
		t.Errorf("present: %v", got)
	}
	_, err = b.RemovePerson(t.Context(), "妈妈", true)
	ok(t, err)
	if got := whose(p.ID); !slices.Equal(got, both) {
		t.Errorf("former: %v", got)
	}
	if got := whose(0); !slices.Equal(got, both[:1]) {
		t.Errorf("nobody: %v", got)
	}
	_, err = b.RemoveCalls(t.Context(), []domain.CallID{all(t, b.Service, domain.CallFilter{})[0].ID})
	ok(t, err)
	if got := whose(p.ID); !slices.Equal(got, both[:1]) {
		t.Errorf("without calls: %v", got)
	}
}

// TestStoreErrors: what the store says comes through unchanged.
func TestStoreErrors(t *testing.T) {
	b := newBench()
	full := domain.E("store", domain.Unavailable, "store.full", nil, nil)
	b.store.Fail = func(string) error { return full }
	_, add := b.AddPerson(t.Context(), journal.PersonInput{Name: "x", Relation: domain.RelationChild})
	_, update := b.UpdatePerson(t.Context(), domain.SelfID, journal.PersonInput{Name: "x"})
	_, remove := b.RemovePerson(t.Context(), "x", true)
	_, call := b.AddCall(t.Context(), journal.CallInput{Number: "95588", StartedAt: b.clock.Now()})
	_, imported := b.Import(t.Context(), journal.ImportRequest{Path: "x"}, nil)
	for i, err := range []error{add, update, remove, call, imported} {
		if !errors.Is(err, full) {
			t.Errorf("%d: %v", i, err)
		}
	}
}
