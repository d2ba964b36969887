package calls

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

// odd is a table whose titles tell nothing.
func odd() journal.Preview {
	return journal.Preview{
		File: "odd.csv", Format: "generic_csv", Columns: []string{"A", "B", ""},
		Rows:    [][]string{{"2024-05-20 09:15", "95013000", "12"}, {"2024-05-20 09:16", "95588", "", "x"}},
		Mapping: journal.Mapping{journal.MapTime: "A"}, Missing: []journal.MappingField{journal.MapNumber},
	}
}

// failed is a model whose import could not tell the columns.
func failed(t *testing.T) *bench {
	t.Helper()
	b := newBench()
	b.book.preview = odd()
	b.OfferImport([]string{"/home/me/a.csv", "/home/me/odd.csv"})
	b.EditImport(func(i *Import) { i.Person = 2 })
	b.RunImport()
	b.Import().Reports[1].Err = domain.E("t", domain.Invalid, "import.mapping_incomplete", domain.Args{"Field": "number"}, nil)
	return b
}

func TestColumnsAreChosenAndTheFileIsReadAgain(t *testing.T) {
	b := failed(t)
	b.ChooseColumns(1)
	c := b.Columns()
	if c == nil || c.Name() != "odd.csv" || !slices.Equal(c.Fields, []journal.MappingField{journal.MapTime, "", "", ""}) {
		t.Fatalf("%+v", c)
	}
	b.ImportMapped()
	if domain.KeyOf(c.Fault) != "import.mapping_incomplete" || len(b.book.imports) != 2 {
		t.Fatalf("%v after %d imports", c.Fault, len(b.book.imports))
	}
	b.SetColumn(2, journal.MapNumber)
	b.SetColumn(1, journal.MapNumber) // no, the second
	b.SetColumn(2, journal.MapDuration)
	if c.Fault != nil {
		t.Error(c.Fault)
	}
	b.ImportMapped()
	got := b.book.imports[2]
	want := journal.Mapping{
		"time": "#1", "number": "#2", "duration": "#3", "date": "", "own_number": "", "caller": "", "callee": "",
		"direction": "", "ring": "", "name": "",
	}
	if d := cmp.Diff(want, got.Mapping); d != "" || got.PersonID != 2 || got.Path != "/home/me/odd.csv" {
		t.Error(d, got)
	}
	if job := b.Import(); job.Stage != task.Done || len(job.Reports) != 2 || job.Reports[1].File != "a.csv" || b.Columns() != nil {
		t.Errorf("%+v", job)
	}
}

// Of several files each can be told, one after another, and all are read again.
func TestColumnsOfSeveralFiles(t *testing.T) {
	b := failed(t)
	incomplete := domain.E("t", domain.Invalid, "import.mapping_incomplete", domain.Args{"Field": "number"}, nil)
	b.Import().Reports[0].Err = incomplete
	b.ChooseColumns(1)
	b.SetColumn(1, journal.MapNumber)
	b.ImportMapped()
	if r := b.Import().Reports; len(r) != 2 || r[0].File != "odd.csv" || r[1].File != "a.csv" || r[1].Err == nil {
		t.Fatalf("%+v", r)
	}
	b.ChooseColumns(1)
	if c := b.Columns(); c == nil || c.Path != "/home/me/a.csv" {
		t.Fatalf("%+v", c)
	}
	b.SetColumn(1, journal.MapNumber)
	b.ImportMapped()
	if got := b.book.imports[len(b.book.imports)-1]; got.Path != "/home/me/a.csv" || got.PersonID != 2 {
		t.Errorf("%+v", got)
	}
	if r := b.Import().Reports; len(r) != 2 || r[0].File != "a.csv" || r[0].Err != nil || r[1].File != "odd.csv" {
		t.Errorf("%+v", r)
	}
	b.ImportAgain()
	if got := b.Import().Paths; !slices.Equal(got, []string{"/home/me/a.csv", "/home/me/odd.csv"}) {
		t.Errorf("%q", got)
	}
}

func TestColumnsOfWhatIsNoTable(t *testing.T) {
	b := failed(t)
	b.book.preview = journal.Preview{File: "photo.jpg"}
	b.ChooseColumns(1)
	if b.Columns() != nil || len(b.failed) != 1 || domain.KeyOf(b.failed[0]) != "import.mapping_no_table" {
		t.Errorf("%v", b.failed)
	}
}

func TestCallsAreRemoved(t *testing.T) {
	b := newBench()
	b.Open(b.book.calls[7])
	b.Remove([]domain.CallID{7, 9})
	if b.Panel() != nil || !slices.Equal(b.book.removed, []domain.CallID{7, 9}) || !slices.Contains(b.events, "removed") {
		t.Errorf("%v %v", b.book.removed, b.events)
	}
	b.Undo()
	if len(b.book.restored) != 2 || b.Change() != nil {
		t.Errorf("%+v, and %+v", b.book.restored, b.Change())
	}
	b.Undo()
	if len(b.book.restored) != 2 {
		t.Error("brought back twice")
	}
}

// What is removed can be brought back, with what was said of it.
func TestRemovedCallsComeBack(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	before, err := s.store.Call(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	count := s.page.list.rows.Count()
	s.open(7)
	s.Press("calls.remove")
	if _, err := s.store.Call(t.Context(), 7); domain.KeyOf(err) != "call.not_found" {
		t.Fatalf("%v", err)
	}
	if s.Shows("calls.own") || !s.Reads("1 call removed") {
		t.Errorf("%q", s.Texts())
	}
	if !s.Env.Obey(kit.CommandUndo) {
		t.Fatal("no way back")
	}
	s.Layout()
	back, err := s.store.Call(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, back); diff != "" || s.page.list.rows.Count() != count {
		t.Errorf("%d of %d: %s", s.page.list.rows.Count(), count, diff)
	}
	if !s.Reads("1 call is back") || s.page.model.Change() != nil {
		t.Errorf("%q", s.Texts())
	}
}

// The Delete key removes the marked rows, or the one it is at.
func TestDeleteKeyRemovesCalls(t *testing.T) {
	s := show(t, uitest.Options{}, uitest.Calls())
	count := s.page.list.rows.Count()
	s.Window.Canvas().Focus(s.page.list.table.Focus())
	s.Key(fyne.KeyDelete)
	if got := s.page.list.rows.Count(); got != count-1 {
		t.Fatalf("%d calls, want %d", got, count-1)
	}
	s.page.list.table.MarkOnly(s.rows()[:3])
	s.Key(fyne.KeyDelete)
	if got := s.page.list.rows.Count(); got != count-4 || len(s.page.list.table.Marked()) != 0 {
		t.Fatalf("%d calls, want %d", got, count-4)
	}
	s.page.model.Undo()
	if got := s.page.list.rows.Count(); got != count-1 {
		t.Errorf("%d calls after undo, want %d", got, count-1)
	}
}

// What was not removed because something failed is not offered back.
func TestRemovingThatFails(t *testing.T) {
	b := newBench()
	b.book.err = domain.E("t", domain.Unavailable, "store.full", nil, nil)
	b.Remove([]domain.CallID{7})
	if b.Change() != nil || len(b.failed) != 1 || slices.Contains(b.events, "removed") {
		t.Errorf("%+v %v %v", b.Change(), b.failed, b.events)
	}
}

func TestMappingDialog(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		s := show(t, o, nil)
		s.files.Files["/home/me/odd.csv"] = journaltest.File{}
		s.page.model.job = &Import{Stage: task.Done, Files: task.Files{Paths: []string{"/home/me/odd.csv"}}, Reports: []FileReport{{}}}
		p := odd()
		s.page.model.columns = &Columns{
			Path: "/home/me/odd.csv", Preview: p, job: s.page.model.job,
			Fields: []journal.MappingField{journal.MapTime, "", "", ""},
		}
		s.page.importer.show()
		s.page.model.ImportMapped()
		s.Check()
		s.Draw("calls.mapping")
		s.Golden("mapping")
	})
}
