package welcome_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/ui/family"
	"quietline/internal/ui/welcome"
)

func newModel(w *world) *welcome.Model {
	if w.people == nil {
		w.people = []domain.Person{{ID: domain.SelfID, Name: domain.SelfName, Relation: domain.RelationSelf}}
	}
	return welcome.NewModel(welcome.Params{
		Settings: w, People: w, Channels: func(context.Context) ([]domain.Channel, error) { return w.channels, w.loadErr },
	})
}

func load(t *testing.T, m *welcome.Model) (changed bool) {
	t.Helper()
	k, err := m.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m.Loaded(k)
}

func TestStepsHaveTwoEnds(t *testing.T) {
	m := newModel(&world{})
	m.Back()
	if m.At() != 1 {
		t.Errorf("at %d", m.At())
	}
	for range 2 * len(welcome.Steps()) {
		m.GoOn()
	}
	if m.Step != welcome.StepDone {
		t.Errorf("at %s", m.Step)
	}
	m.Back()
	if m.Step != welcome.StepFile {
		t.Errorf("back at %s", m.Step)
	}
}

// What is being typed is not overwritten by what comes from the workspace.
func TestTypedStaysTyped(t *testing.T) {
	w := &world{channels: []domain.Channel{practice()}}
	m := newModel(w)
	if !load(t, m) || m.Self.Name != "" || m.Unsaved() || m.Where != welcome.WherePractice {
		t.Fatalf("%+v, %s", m.Self, m.Where)
	}
	m.Self.Name = "李娜"
	w.people[0].Province = "安徽"
	if !load(t, m) || load(t, m) || m.Self.Name != "李娜" || m.Self.Province != "" || !m.Unsaved() {
		t.Errorf("%+v", m.Self)
	}
	m.Step = welcome.StepDone
	if m.Unsaved() {
		t.Error("asks at the end")
	}
}

// Saving keeps what the first steps do not ask.
func TestSavingKeepsTheRest(t *testing.T) {
	w := &world{channels: []domain.Channel{practice(), {Name: "安徽", URL: "https://ah.example.cn"}}}
	m := newModel(w)
	w.people = append(w.people, domain.Person{ID: 2, Name: "妈妈", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Numbers: []string{"95588"}})
	load(t, m)
	if m.Where != welcome.WhereReal || len(m.Real()) != 1 || len(m.Others()) != 1 {
		t.Fatalf("%s, %+v", m.Where, m.Others())
	}
	m.Change(m.Others()[0])
	m.Care.Name = " 母亲 "
	m.Self.Relation = domain.RelationChild // whatever is sent, the owner is the owner
	for _, e := range []welcome.Entered{m.Care, m.Self} {
		p, err := m.Save(t.Context(), e, m.People)
		if err != nil {
			t.Fatal(err)
		}
		m.Saved(p)
	}
	want := []family.Draft{
		{Name: "母亲", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Numbers: []string{"95588"}},
		{Name: domain.SelfName, Relation: domain.RelationSelf, Authority: domain.AuthorityNone},
	}
	if diff := cmp.Diff(want, w.saved); diff != "" {
		t.Error(diff)
	}
	if m.CareTyped() || m.SelfChanged() || m.People[1].Name != "母亲" {
		t.Errorf("%+v", m.People)
	}
}
