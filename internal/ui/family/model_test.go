package family_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/ui/family"
)

func TestSplitNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"":                       nil,
		" , ，\n":                 nil,
		"13900000001":            {"13900000001"},
		"139 0000 0001":          {"139 0000 0001"},
		"13900000001、95588；1\n2": {"13900000001", "95588", "1", "2"},
	} {
		if diff := cmp.Diff(want, family.SplitNumbers(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestWhatIsListedStaysAfterAFault(t *testing.T) {
	f := &fakePeople{list: people()}
	f.folders.list = []folders.Folder{{ID: 1, PersonID: 2, Dir: "/calls"}, {ID: 2, PersonID: 3, Dir: "/other"}}
	m := family.NewModel(family.Params{People: f, Folders: &f.folders})
	if m.Others() || m.Loaded {
		t.Error("somebody is there before anything was read")
	}
	m.Listed(m.List(t.Context()))
	m.Listed(family.Listing{}, errors.New("disk"))
	if m.LoadError == nil || !m.Loaded || !m.Others() || len(m.People) != 3 {
		t.Errorf("%v, %+v", m.LoadError, m.People)
	}
	if got := m.FoldersOf(2); len(got) != 1 || got[0].Dir != "/calls" {
		t.Errorf("%+v", got)
	}
}

// The owner stays the owner, whatever was typed, and names are trimmed.
func TestSave(t *testing.T) {
	f := &fakePeople{}
	m := family.NewModel(family.Params{People: f, Folders: &f.folders})
	typed := family.Draft{Name: " 奶奶 ", Relation: domain.RelationChild, Authority: domain.AuthorityOral}
	for _, id := range []domain.PersonID{0, domain.SelfID, 3} {
		if _, err := m.Save(t.Context(), id, typed); err != nil {
			t.Fatal(err)
		}
	}
	trimmed := typed
	trimmed.Name = "奶奶"
	want := []family.Draft{trimmed, {Name: "奶奶", Relation: domain.RelationSelf, Authority: domain.AuthorityNone}, trimmed}
	if diff := cmp.Diff(want, f.saved); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]domain.PersonID{0, domain.SelfID, 3}, f.ids); diff != "" {
		t.Error(diff)
	}
}

func TestMayAct(t *testing.T) {
	for p, want := range map[*domain.Person]bool{
		{ID: domain.SelfID}:                      true,
		{ID: 2, Authority: domain.AuthorityNone}: false,
		{ID: 2, Authority: domain.AuthorityOral}: true,
	} {
		if family.MayAct(*p) != want {
			t.Errorf("%+v: want %t", p, want)
		}
	}
}
