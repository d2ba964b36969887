package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/progress"
	"quietline/internal/testkit"
)

func record(line int, number string, minutes int) journal.Record {
	return journal.Record{
		Line: line, Number: number, StartedAt: testkit.Epoch().Add(-time.Duration(minutes) * time.Minute),
		Duration: seconds(12), Direction: domain.DirectionIncoming,
	}
}

// many are n records of different calls.
func many(n int) []journal.Record {
	out := make([]journal.Record, n)
	for i := range out {
		out[i] = record(i+2, fmt.Sprint(95000000+i%50), i)
	}
	return out
}

// identity checks what holds for every report.
func identity(t testing.TB, r journal.ImportReport) {
	t.Helper()
	skipped := 0
	for _, n := range r.SkippedFor {
		skipped += n
	}
	if r.Rows != r.Imported+r.Duplicates+r.Skipped+r.Rejected || skipped != r.Skipped || len(r.Rejects) != min(r.Rejected, journal.MaxRejects) {
		t.Errorf("the counts do not fit: %+v", r)
	}
}

func TestImport(t *testing.T) {
	b := newBench()
	_, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild, Province: "安徽", Numbers: []string{"13800138000"}})
	ok(t, err)
	named := record(3, "0551-96588", 20)
	named.Name, named.Ring, named.Note, named.Text = " 徽\n商 ", seconds(4), "duration", "raw row"
	early, late := record(5, "95588", 0), record(6, "95588", -60*25)
	early.StartedAt = time.UnixMilli(0)
	b.files.Files["/logs/may.csv"] = journaltest.File{Records: []journal.Record{
		record(2, "95588", 10),
		named,
		{Line: 4, Reject: "time", Text: "x,y"},
		early,
		late,
		{Line: 7, Skip: "total"},
		record(8, "", 30),
		record(9, "95588", 10), // as row 2
		{Line: 10, Skip: "filler"},
		{Line: 11, Skip: "filler"},
	}}
	var c progress.Counter
	got, err := b.Import(t.Context(), journal.ImportRequest{Path: "/logs/may.csv", Person: "妈妈", OwnNumber: "138 0000 0002", Year: 2023}, &c)
	ok(t, err)
	identity(t, got)
	at := testkit.Epoch()
	want := journal.ImportReport{
		File: "may.csv", Format: "memory", Encoding: "UTF-8", Rows: 10, Imported: 4, Skipped: 3, Rejected: 3,
		SkippedFor: map[string]int{"total": 1, "filler": 2},
		Rejects: []journal.RowRemark{
			{Line: 4, Reason: "time", Text: "x,y"},
			{Line: 5, Reason: "time_range", Text: early.StartedAt.Format(time.RFC3339) + " 95588"},
			{Line: 6, Reason: "time_range", Text: late.StartedAt.Format(time.RFC3339) + " 95588"},
		},
		Notes:   []journal.RowRemark{{Line: 3, Reason: "duration", Text: "raw row"}},
		FirstAt: at.Add(-30 * time.Minute), LastAt: at.Add(-10 * time.Minute), PersonID: 2, Person: "妈妈",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if s := c.Snapshot(); s.Items != 10 || s.Failed != 3 || s.Done != 10 || s.Total != 10 {
		t.Errorf("progress %+v", s)
	}
	asked := b.files.Asked[0]
	if asked.Year != 2023 || !asked.Now.Equal(b.clock.Now()) || asked.Zone == nil || !cmp.Equal(asked.OwnNumbers, []string{"13800138000", "13800000002"}) {
		t.Errorf("the importer was asked with %+v", asked)
	}
	calls := all(t, b.Service, domain.CallFilter{})
	mother := domain.Call{PersonID: 2, Person: "妈妈", Duration: seconds(12), Direction: domain.DirectionIncoming, Source: "memory"}
	first, bank, hidden := mother, mother, mother
	first.Number, first.Display, first.Code, first.Family, first.Verdict, first.StartedAt = "95588", "95588", "95588", domain.FamilyEnterprise95, domain.VerdictListed, at.Add(-10*time.Minute)
	second := first
	second.Ordinal = 1
	bank.Number, bank.Display, bank.AreaCode, bank.Code = "96588", "0551-96588", "0551", "96588"
	bank.Family, bank.Verdict, bank.StartedAt, bank.Name, bank.Ring = domain.FamilyProvincial96, domain.VerdictUnlisted, at.Add(-20*time.Minute), "徽 商", seconds(4)
	hidden.Family, hidden.Verdict, hidden.StartedAt = domain.FamilyHidden, domain.VerdictHidden, at.Add(-30*time.Minute)
	if d := cmp.Diff([]domain.Call{second, first, bank, hidden}, calls, cmpopts.IgnoreFields(domain.Call{}, "ID")); d != "" {
		t.Error(d)
	}
}

func TestImportTwice(t *testing.T) {
	b := newBench()
	b.files.Files["f"] = journaltest.File{Records: many(2500)}
	dry, err := b.Import(t.Context(), journal.ImportRequest{Path: "f", DryRun: true}, nil)
	ok(t, err)
	if n := len(all(t, b.Service, domain.CallFilter{})); n != 0 || !dry.DryRun || dry.Imported != 2500 {
		t.Fatalf("a dry run stored %d calls: %+v", n, dry)
	}
	first, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	dry.DryRun = false
	if d := cmp.Diff(dry, first); d != "" {
		t.Errorf("the dry run said something else:\n%s", d)
	}
	again, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	if again.Imported != 0 || again.Duplicates != 2500 || again.Rows != 2500 || !again.FirstAt.Equal(first.FirstAt) {
		t.Errorf("the second time: %+v", again)
	}
	other, err := b.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild})
	ok(t, err)
	hers, err := b.Import(t.Context(), journal.ImportRequest{Path: "f", PersonID: other.ID}, nil)
	ok(t, err)
	if hers.Imported != 2500 || hers.Person != "妈妈" {
		t.Errorf("for another person: %+v", hers)
	}
}

// TestImportEnds: what was read before an error is stored, and reported with it.
func TestImportEnds(t *testing.T) {
	cut := domain.E("importer.Next", domain.Corrupt, "import.truncated", nil, nil)
	b := newBench()
	b.files.Files["f"] = journaltest.File{Records: append(many(1500), journal.Record{Line: 1502, Reject: "time", Text: "x"}), Err: cut}
	got, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	fails(t, err, domain.Corrupt, "import.truncated")
	identity(t, got)
	if got.Imported != 1500 || got.Rejected != 1 || got.Format != "memory" || len(all(t, b.Service, domain.CallFilter{})) != 1500 {
		t.Errorf("%+v", got)
	}
}

func TestImportCancelled(t *testing.T) {
	b := newBench()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const whole = 2 * journal.MaxBatches * journal.BatchSize
	// At most three batches are in memory, so the first transaction has ended.
	b.files.Files["f"] = journaltest.File{Records: many(whole), Before: func(n int) {
		if n == (journal.MaxBatches+4)*journal.BatchSize+300 {
			cancel()
		}
	}}
	got, err := b.Import(ctx, journal.ImportRequest{Path: "f"}, nil)
	fails(t, err, domain.Cancelled, "cancelled")
	identity(t, got)
	// The transaction of that moment is there as a whole or not at all, and the
	// report knows.
	stored := count(t, b.Service)
	if got.Imported != stored || got.Rows != stored || stored == 0 || stored == whole || stored%journal.BatchSize != 0 {
		t.Errorf("%d calls are stored: %+v", stored, got)
	}
	// A second run carries on.
	b.files.Files["f"] = journaltest.File{Records: many(whole)}
	again, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	if again.Imported != whole-stored || again.Duplicates != stored {
		t.Errorf("the second run: %+v", again)
	}
}

func TestImportStoreFails(t *testing.T) {
	b := newBench()
	full := domain.E("store.AddCalls", domain.Unavailable, "store.full", nil, nil)
	transactions := 0
	b.store.Fail = func(method string) error {
		if method == "AddCalls" {
			if transactions++; transactions == 2 {
				return full
			}
		}
		return nil
	}
	b.files.Files["f"] = journaltest.File{Records: many((journal.MaxBatches + 1) * journal.BatchSize)}
	var c progress.Counter
	got, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, &c)
	if !errors.Is(err, full) || got.Imported == 0 || got.Imported != count(t, b.Service) {
		t.Errorf("%v after %+v", err, got)
	}
	if read := c.Snapshot().Items; read <= int64(got.Imported) {
		t.Errorf("%d rows counted as read where %d were stored and the next could not be", read, got.Imported)
	}
	identity(t, got)
}

// count is how many calls are stored.
func count(t *testing.T, s *journal.Service) int {
	t.Helper()
	index, err := s.IndexCalls(t.Context(), domain.CallFilter{}, 1)
	ok(t, err)
	return int(index.Count)
}

func TestImportRefuses(t *testing.T) {
	tests := []struct {
		name string
		r    journal.ImportRequest
		kind domain.Kind
		key  string
	}{
		{"nobody", journal.ImportRequest{Path: "f", Person: "nobody"}, domain.NotFound, "person.not_found"},
		{"no file", journal.ImportRequest{Path: "g"}, domain.NotFound, "import.file_missing"},
		{"a year before phones", journal.ImportRequest{Path: "f", Year: 1900}, domain.Invalid, "import.year_range"},
		{"next year", journal.ImportRequest{Path: "f", Year: 2025}, domain.Invalid, "import.year_range"},
		{"no number", journal.ImportRequest{Path: "f", OwnNumber: "mine"}, domain.Invalid, "import.own_number"},
		{"this year", journal.ImportRequest{Path: "f", Year: 2024}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench()
			b.files.Files["f"] = journaltest.File{Records: many(1)}
			got, err := b.Import(t.Context(), tt.r, nil)
			fails(t, err, tt.kind, tt.key)
			if stored := err == nil; (got.Imported == 1) != stored || got.File != tt.r.Path {
				t.Errorf("%+v after %v", got, err)
			}
		})
	}
}

func TestImportManyRejects(t *testing.T) {
	b := newBench()
	records := make([]journal.Record, 1500)
	for i := range records {
		records[i] = journal.Record{Line: i + 1, Reject: "time", Text: "x"}
	}
	b.files.Files["f"] = journaltest.File{Records: records}
	got, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	identity(t, got)
	if got.Rejected != 1500 || len(got.Rejects) != 1000 || got.Rejects[999].Line != 1000 || !got.FirstAt.IsZero() {
		t.Errorf("%d rejects, %d listed", got.Rejected, len(got.Rejects))
	}
}

// TestImportLongTexts: nothing that a file holds is kept without bound.
func TestImportLongTexts(t *testing.T) {
	b := newBench()
	r := record(2, "\u202d"+strings.Repeat("9", 10_000), 0)
	r.Name = strings.Repeat("名", 10_000) + "\x1b"
	b.files.Files["f"] = journaltest.File{Records: []journal.Record{r}}
	_, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	c := all(t, b.Service, domain.CallFilter{})[0]
	if len([]rune(c.Display)) != 64 || !strings.HasPrefix(c.Display, "9") || len([]rune(c.Name)) != 128 {
		t.Errorf("display of %d, name of %d characters", len([]rune(c.Display)), len([]rune(c.Name)))
	}
}

// TestImportChecksNumbersOnce: a log has few numbers and many calls.
func TestImportChecksNumbersOnce(t *testing.T) {
	b := newBench()
	b.files.Files["f"] = journaltest.File{Records: many(2000)}
	_, err := b.Import(t.Context(), journal.ImportRequest{Path: "f"}, nil)
	ok(t, err)
	if b.checker.Checks != 50 {
		t.Errorf("%d checks of 50 numbers", b.checker.Checks)
	}
}
