package family_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// fakePeople keeps people in memory and notes what was asked of it.
type fakePeople struct {
	list    []domain.Person
	saved   []family.Draft
	ids     []domain.PersonID
	removed []string
	extent  journal.Extent
	opened  []string // what other packages were asked to open
	err     error
	keepErr error // of removing somebody whose calls are kept
	folders fakeFolders

	contacts fakeContacts
}

func (f *fakePeople) People(context.Context) ([]domain.Person, error) { return f.list, nil }

func (f *fakePeople) save(id domain.PersonID, d family.Draft) (domain.Person, error) {
	f.saved, f.ids = append(f.saved, d), append(f.ids, id)
	return domain.Person{ID: id, Name: d.Name, Relation: d.Relation}, f.err
}

func (f *fakePeople) Add(_ context.Context, d family.Draft) (domain.Person, error) {
	return f.save(0, d)
}

func (f *fakePeople) Update(_ context.Context, id domain.PersonID, d family.Draft) (domain.Person, error) {
	return f.save(id, d)
}

func (f *fakePeople) Extent(context.Context, string) (journal.Extent, error) { return f.extent, f.err }

func (f *fakePeople) Remove(_ context.Context, name string, keep bool) (journal.Removed, error) {
	gone := journal.Removed{Extent: f.extent}
	if keep && f.keepErr != nil {
		return journal.Removed{}, f.keepErr
	}
	if keep {
		name += " keep"
		gone.Extent = journal.Extent{Folders: f.extent.Folders}
	}
	f.removed = append(f.removed, name)
	before := f.list
	f.list = before[:len(before)-1]
	if gone.Undoable() {
		gone.Undo = func(context.Context) error {
			f.removed = append(f.removed, "undone")
			f.list = before
			return f.err
		}
	}
	return gone, f.err
}

func people() []domain.Person {
	return []domain.Person{
		{ID: domain.SelfID, Name: domain.SelfName, Relation: domain.RelationSelf, Province: "安徽"},
		{ID: 2, Name: "妈妈", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Province: "安徽", Numbers: []string{"13900000001", "055100000001"}},
		{ID: 3, Name: "王大爷", Relation: domain.RelationVolunteer},
	}
}

func provinces() []domain.Province {
	return []domain.Province{{Code: "34", NameZH: "安徽", NameEN: "Anhui"}, {Code: "31", NameZH: "上海", NameEN: "Shanghai"}}
}

func show(t *testing.T, o uitest.Options, f *fakePeople, r kit.Route) *uitest.Harness {
	t.Helper()
	h := uitest.New(t, o)
	m := family.NewModel(family.Params{
		People: f, Folders: &f.folders, Choose: f.folders.choose, Provinces: provinces(), Contacts: &f.contacts,
		Thresholds: func() { f.opened = append(f.opened, "thresholds") },
		Digest:     func(p domain.Person) { f.opened = append(f.opened, "digest of "+p.Name) },
	})
	h.Show(family.NewPage(h.Env, m, kit.Watching{}), r)
	return h
}

func TestPageFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(860, 1100)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(860, 2000)
		}
		h := show(t, o, &fakePeople{list: people()}, kit.Route{})
		h.Check()
		h.Golden("page")
		h.Draw("family")
	})
}

func TestFormFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := show(t, o, &fakePeople{list: people()}, kit.Route{Action: kit.ActionNew})
		h.Check()
		h.Golden("form")
		h.Draw("family-form")
	})
}

func TestRemoveDialogFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		h := show(t, o, &fakePeople{list: people()[:2], extent: journal.Extent{Calls: 1_204_512, Contacts: 31, Alerts: 7, Folders: 1}}, kit.Route{})
		h.Press("family.remove")
		h.Check()
		h.Golden("remove")
		h.Draw("family-remove")
	})
}

func TestRemovedFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(860, 1100)
		h := show(t, o, &fakePeople{list: people()[:2], extent: some()}, kit.Route{})
		h.Press("family.remove")
		h.Check()
		h.Golden("removed")
		h.Draw("family-removed")
	})
}

func some() journal.Extent { return journal.Extent{Calls: 312, Contacts: 14, Alerts: 2, Folders: 1} }

func TestAloneIsANextStep(t *testing.T) {
	h := show(t, uitest.Options{}, &fakePeople{list: people()[:1]}, kit.Route{})
	if !h.Shows("family.empty") || h.Shows("family.remove") {
		t.Fatalf("texts %q", h.Texts())
	}
	h.Draw("family-empty")
}

func TestAddingAPerson(t *testing.T) {
	f := &fakePeople{list: people()[:1]}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{Action: kit.ActionNew})
	fields := uitest.All[*kit.Entry](h)
	h.Type(fields[0], "  妈妈 ")
	h.Type(fields[1], "139 0000 0001，0551-0000001")
	relations := uitest.All[*kit.Choice[domain.Relation]](h)
	relations[0].SetSelected("Child")
	h.Press("family.save")
	want := []family.Draft{{
		Name: "妈妈", Relation: domain.RelationChild, Numbers: []string{"139 0000 0001", "0551-0000001"},
	}}
	if diff := cmp.Diff(want, f.saved); diff != "" {
		t.Fatal(diff)
	}
	if kit.Dialogs(h.Window.Canvas()) || len(h.Toasts) != 1 || h.Topics[0] != "people" {
		t.Fatalf("toasts %q, topics %q", h.Toasts, h.Topics)
	}
}

func TestPastedNumbersComeBehindTheOthers(t *testing.T) {
	f := &fakePeople{list: people()[:1]}
	h := show(t, uitest.Options{}, f, kit.Route{Action: kit.ActionNew})
	fields := uitest.All[*kit.Entry](h)
	h.Type(fields[1], "13900000001")
	h.App.Clipboard().SetContent("0551-0000001\n13900000002\n")
	h.Press("kit.paste")
	want := []string{"13900000001", "0551-0000001", "13900000002"}
	if diff := cmp.Diff(want, family.SplitNumbers(fields[1].Text)); diff != "" {
		t.Fatal(diff)
	}
}

func TestWrongNameStaysInTheForm(t *testing.T) {
	f := &fakePeople{list: people()[:1], err: domain.E("t", domain.Conflict, "internal", nil, nil).At("/name")}
	h := show(t, uitest.Options{}, f, kit.Route{Action: kit.ActionNew})
	field := uitest.All[*kit.Entry](h)[0]
	h.Type(field, "妈妈")
	h.Press("family.save")
	if !kit.Dialogs(h.Window.Canvas()) || !h.Shows("err.internal") || field.Text != "妈妈" {
		t.Fatalf("texts %q", h.Texts())
	}
	if h.Window.Canvas().Focused() != field {
		t.Error("the keyboard is not in the wrong field")
	}
}

func TestTheOwnerStaysTheOwner(t *testing.T) {
	f := &fakePeople{list: people()[:1]}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{})
	if !h.Reads("Myself") {
		t.Errorf("the owner without a name is not called Myself: %q", h.Texts())
	}
	h.Press("family.edit")
	h.Press("family.save")
	want := []family.Draft{{Name: domain.SelfName, Relation: domain.RelationSelf, Province: "安徽"}}
	if diff := cmp.Diff(want, f.saved); diff != "" {
		t.Fatal(diff)
	}
	if f.ids[0] != domain.SelfID {
		t.Fatalf("saved as %d", f.ids[0])
	}
}

// Who is removed comes back with everything, and the calls alone can stay.
func TestRemovingIsUndone(t *testing.T) {
	f := &fakePeople{list: people()[:2], extent: some()}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{})
	h.Press("family.remove")
	if kit.Dialogs(h.Window.Canvas()) || !h.Reads("312") || h.Shows("family.remove") {
		t.Fatalf("texts %q", h.Texts())
	}
	if h.Env.Obey(kit.CommandBack) {
		t.Fatal("Escape takes the way back away")
	}
	h.Press("family.keep")
	if h.Shows("family.keep") || !h.Env.Obey(kit.CommandUndo) {
		t.Fatalf("texts %q", h.Texts())
	}
	h.Layout()
	if diff := cmp.Diff([]string{"妈妈", "undone", "妈妈 keep", "undone"}, f.removed); diff != "" {
		t.Fatal(diff)
	}
	if !h.Shows("family.remove") || h.Env.Obey(kit.CommandUndo) {
		t.Errorf("texts %q", h.Texts())
	}
	if len(h.Topics) != 3 {
		t.Errorf("topics %q", h.Topics)
	}
}

// Keeping the calls is undoing and removing again. Where only the first works, the
// person is back, and the page says so.
func TestHalfKeptIsSaid(t *testing.T) {
	f := &fakePeople{list: people()[:2], extent: some(), keepErr: domain.E("t", domain.Unavailable, "store.busy", nil, nil)}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{})
	h.Press("family.remove")
	h.Press("family.keep")
	if !h.Shows("err.store.busy") {
		t.Errorf("texts %q", h.Texts())
	}
	if !h.Shows("family.remove") || !h.Shows("family.restored", map[string]any{"Name": "妈妈"}) || h.Shows("family.undo") {
		t.Errorf("texts %q", h.Texts())
	}
}

// Who presses twice asks once.
func TestUndoPressedTwice(t *testing.T) {
	f := &fakePeople{list: people()[:2], extent: some()}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{})
	h.Press("family.remove")
	h.Hold = true
	undo := h.Buttons("family.undo")[0]
	undo.OnTapped()
	undo.OnTapped()
	h.Layout()
	if !h.Shows("family.restoring", map[string]any{"Name": "妈妈"}) || h.Shows("family.undo") {
		t.Errorf("nothing says that it is under way: %q", h.Texts())
	}
	h.Release()
	h.Layout()
	if diff := cmp.Diff([]string{"妈妈", "undone"}, f.removed); diff != "" {
		t.Error(diff)
	}
}

// What cannot be put back is asked about.
func TestRemovingALargeLogAsks(t *testing.T) {
	for _, tc := range []struct {
		press, want string
	}{{"family.remove.keep", "妈妈 keep"}, {"family.remove.all", "妈妈"}} {
		f := &fakePeople{list: people()[:2], extent: journal.Extent{Calls: journal.MaxUndo + 1}}
		h := show(t, uitest.Options{}, f, kit.Route{})
		h.Press("family.remove")
		if !h.Reads(h.Env.Printer.Number(journal.MaxUndo + 1)) {
			t.Errorf("a large number is hard to read: %q", h.Texts())
		}
		if focused, ok := h.Window.Canvas().Focused().(*kit.Button); !ok || focused.Text != h.Env.T("kit.cancel") {
			t.Fatal("Enter alone would remove somebody")
		}
		h.Press(tc.press)
		if diff := cmp.Diff([]string{tc.want}, f.removed); diff != "" {
			t.Fatal(diff)
		}
	}
}

// What the user asked for is done, wherever they go meanwhile.
func TestWhatIsStoredOutlastsThePage(t *testing.T) {
	for _, keys := range [][]string{{"family.remove", "family.remove.keep"}, {"family.edit", "family.save"}} {
		f := &fakePeople{list: people()[:2], extent: journal.Extent{Calls: journal.MaxUndo + 1}}
		h := show(t, uitest.Options{}, f, kit.Route{})
		test.Tap(h.Buttons(keys[0])[len(h.Buttons(keys[0]))-1])
		h.Layout()
		h.Hold = true
		h.Press(keys[1])
		settled := false
		h.Env.Jobs.Settle(time.Minute, func(bool) { settled = true })
		if settled {
			t.Errorf("%s: the end of the program does not wait for it", keys[1])
		}
		h.Release()
		if !settled || len(f.removed)+len(f.saved) != 1 {
			t.Errorf("%s: not done", keys[1])
		}
	}
}

func TestPersonThatIsTypedIsNotThrownAway(t *testing.T) {
	h := show(t, uitest.Options{}, &fakePeople{list: people()}, kit.Route{Action: kit.ActionNew})
	if h.Env.Typed() {
		t.Fatal("nothing is typed yet")
	}
	h.Type(uitest.All[*kit.Entry](h)[0], "妈妈")
	if !h.Env.Typed() {
		t.Error("thrown away without asking")
	}
}

func TestCallsLeadToTheCallsPage(t *testing.T) {
	h := show(t, uitest.Options{}, &fakePeople{list: people()[:1]}, kit.Route{})
	h.Press("family.calls")
	if diff := cmp.Diff([]kit.Route{{Page: kit.PageCalls, Action: kit.ActionPerson, ID: "1"}}, h.Routes); diff != "" {
		t.Fatal(diff)
	}
}

func TestThresholdsAndDigestAreOpened(t *testing.T) {
	f := &fakePeople{list: people()}
	h := show(t, uitest.Options{}, f, kit.Route{})
	h.Press("family.thresholds")
	test.Tap(h.Buttons("family.digest")[1])
	if diff := cmp.Diff([]string{"thresholds", "digest of 妈妈"}, f.opened); diff != "" {
		t.Error(diff)
	}
}

// The right button of the mouse offers on a card what its buttons do.
func TestMenuOfAPerson(t *testing.T) {
	f := &fakePeople{list: people()}
	h := show(t, uitest.Options{Size: fyne.NewSize(1000, 1400)}, f, kit.Route{})
	uitest.All[interface {
		fyne.CanvasObject
		fyne.SecondaryTappable
	}](h)[0].TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	h.Layout()
	h.Choose(h.Env.T("family.digest"))
	if len(f.opened) != 1 {
		t.Errorf("%q", f.opened)
	}
}
