package journal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
)

// TestRehearsalCountsLikeTheImports: dry runs of several files that overlap
// each other and the store count like their imports, and write nothing.
func TestRehearsalCountsLikeTheImports(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := records().Draw(t, "log")
		part := func(name string) []journal.Record {
			from, to := rapid.IntRange(0, len(log)).Draw(t, name), rapid.IntRange(0, len(log)).Draw(t, name)
			return log[min(from, to):max(from, to)]
		}
		b := newBench()
		imported(t, b, part("there before"))
		before := contents(t, b.Service)
		files := [][]journal.Record{part("first"), part("second"), part("third")}
		run := func(r journal.ImportRequest, file []journal.Record) journal.ImportReport {
			b.files.Files["f"] = journaltest.File{Records: file}
			r.Path = "f"
			got, err := b.Import(t.Context(), r, nil)
			if err != nil && domain.KeyOf(err) != "import.no_rows" {
				t.Fatal(err)
			}
			return got
		}
		rehearsal := &journal.Rehearsal{}
		var dry []journal.ImportReport
		for _, file := range files {
			got := run(journal.ImportRequest{DryRun: true, Rehearsal: rehearsal}, file)
			got.DryRun = false
			dry = append(dry, got)
		}
		if d := cmp.Diff(before, contents(t, b.Service)); d != "" {
			t.Fatal(d)
		}
		for i, file := range files {
			if d := cmp.Diff(dry[i], run(journal.ImportRequest{Rehearsal: rehearsal}, file)); d != "" {
				t.Fatalf("file %d:\n%s", i, d)
			}
		}
	})
}

// TestRehearsalKeepsPeopleApart: the same file for two people is two logs.
func TestRehearsalKeepsPeopleApart(t *testing.T) {
	b := newBench()
	_, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	b.files.Files["f"] = journaltest.File{Records: many(2500)}
	r := journal.ImportRequest{Path: "f", DryRun: true, Rehearsal: &journal.Rehearsal{}}
	for _, step := range []struct {
		person               string
		imported, duplicates int
	}{{"", 2500, 0}, {"妈妈", 2500, 0}, {"妈妈", 0, 2500}, {"", 0, 2500}} {
		r.Person = step.person
		got, err := b.Import(t.Context(), r, nil)
		ok(t, err)
		identity(t, got)
		if got.Imported != step.imported || got.Duplicates != step.duplicates || got.FirstAt.IsZero() {
			t.Errorf("%q: %+v; want %d imported, %d duplicates", step.person, got, step.imported, step.duplicates)
		}
	}
}

// TestImportRemarks: what is said of a file as a whole stands among the notes.
func TestImportRemarks(t *testing.T) {
	b := newBench()
	noted := record(2, "95588", 10)
	noted.Note, noted.Text = "duration", "raw row"
	b.files.Files["f"] = journaltest.File{
		Records: []journal.Record{noted}, Remarks: []journal.RowRemark{{Line: 7, Reason: "nul"}},
	}
	got, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	want := []journal.RowRemark{{Line: 2, Reason: "duration", Text: "raw row"}, {Line: 7, Reason: "nul"}}
	if d := cmp.Diff(want, got.Notes); d != "" {
		t.Error(d)
	}
}
