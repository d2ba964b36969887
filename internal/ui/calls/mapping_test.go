package calls

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/l10n"
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
}

func TestRemovingAsks(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, uitest.Calls())
	s.open(7)
	s.Press("calls.remove")
	if _, err := s.store.Call(t.Context(), 7); err != nil {
		t.Fatal("without asking")
	}
	s.Press("calls.remove.yes")
	if _, err := s.store.Call(t.Context(), 7); domain.KeyOf(err) != "call.not_found" {
		t.Errorf("%v", err)
	}
	if len(s.Toasts) == 0 || s.Shows("calls.own") {
		t.Errorf("%q", s.Texts())
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
