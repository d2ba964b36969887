package filing_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/testkit"
)

// sheet writes a sheet down.
func sheet(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sheet.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (d *desk) importSheet(r filing.SheetRequest) filing.SheetReport {
	d.t.Helper()
	r.Language = "zh-Hans"
	report, err := d.file.ImportSheet(d.t.Context(), r, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return report
}

// keys are the problems of a row as FIELD KEY.
func keys(problems []filing.RowProblem) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, string(p.Field)+" "+p.Key)
	}
	slices.Sort(out)
	return out
}

// complaintOf is the complaint at a line of a batch.
func (d *desk) complaintOf(batch string, line int) domain.Complaint {
	d.t.Helper()
	page, err := d.file.BatchRows(d.t.Context(), batch, filing.BatchRowFilter{}, line-1, 1)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Line != line {
		d.t.Fatalf("line %d: %+v, %v", line, page, err)
	}
	return d.show(page.Rows[0].ComplaintID).Complaint
}

// TestSheetSaysWhatTheFormSays: a row has the problems that the form has for the
// same words, and no rule of its own.
func TestSheetSaysWhatTheFormSays(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	if err := d.store.SaveContact(t.Context(), domain.Contact{Number: "95588", Name: "Bank", Mark: domain.ContactKnown}); err != nil {
		t.Fatal(err)
	}
	at := testkit.Epoch().Add(-1e9)
	for _, in := range []filing.ComplaintInput{
		{Number: "95013000", At: at, Category: domain.CategoryLoan},
		{Number: "95588", At: at, Category: domain.CategoryLoan},
		{Number: "95588", At: at, Category: domain.CategoryLoan, Anyway: true},
		{Number: "110", At: at, Category: domain.CategoryFraud},
		{Number: "未知", At: at, Category: domain.CategoryFraud},
		{Number: "zzz", At: at.AddDate(100, 0, 0), Category: "nonsense", Techniques: []domain.Technique{"magic", domain.TechniqueHuman}},
		{Number: "95013000", At: at.AddDate(-60, 0, 0), Category: domain.CategoryLoan, Direction: "sideways"},
		{Number: "95013000", Category: ""},
		{Number: "95013000", At: at, Category: domain.CategoryLoan, RefusedAt: at.AddDate(1, 0, 0), Description: strings.Repeat("长", filing.MaxDescription+1)},
	} {
		in.Language = "zh-Hans"
		err := d.file.Validate(t.Context(), in)
		var form domain.Problems
		if err != nil && !errors.As(err, &form) {
			t.Fatal(err)
		}
		want := []string{}
		for _, e := range form {
			want = append(want, e.Key)
		}
		slices.Sort(want)
		text := "number,called_at,category,direction,technique,refused_at,description\n"
		cells := []string{in.Number, "", string(in.Category), string(in.Direction), "", "", in.Description}
		if !in.At.IsZero() {
			cells[1] = in.At.Format("2006-01-02T15:04:05Z07:00")
		}
		if !in.RefusedAt.IsZero() {
			cells[5] = in.RefusedAt.Format("2006-01-02T15:04:05Z07:00")
		}
		for i, technique := range in.Techniques {
			if i > 0 {
				cells[4] += "；"
			}
			cells[4] += string(technique)
		}
		p, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: sheet(t, text+strings.Join(cells, ",")+"\n"), Anyway: in.Anyway})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, problem := range p.Rows[0].Problems {
			got = append(got, problem.Key)
			if problem.Field == "" {
				t.Errorf("%s is at no field", problem.Key)
			}
		}
		slices.Sort(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%+v: %s", in, d)
		}
	}
}

func TestSheetSaysWhoComplains(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	mother := domain.Person{
		Name: "母亲", Relation: domain.RelationChild, Authority: domain.AuthorityWritten, Province: "江苏", Numbers: []string{"13800000002"},
	}
	if err := d.store.AddPerson(t.Context(), &mother); err != nil {
		t.Fatal(err)
	}
	own := domain.Complainant{Relation: domain.RelationSelf}
	for i, tt := range []struct {
		cells  string // name, phone, for whom, relation, authority, province
		want   domain.Complainant
		person domain.PersonID
		wrong  []string
	}{
		{",,,,,", own, domain.SelfID, nil},
		{"王芳,138 0000 0001,,,,", domain.Complainant{Name: "王芳", Phone: "13800000001", Relation: domain.RelationSelf}, 0, nil},
		{",13800000001,,,,", domain.Complainant{Phone: "13800000001", Relation: domain.RelationSelf}, 0, nil},
		{"王芳,-,-,-,-,32", domain.Complainant{Name: "王芳", Province: "江苏", Relation: domain.RelationSelf}, 0, nil},
		{"母亲,,,本人,,", domain.Complainant{Name: "母亲", Phone: "13800000002", Province: "江苏", Relation: domain.RelationSelf}, mother.ID, nil},
		{",,母亲,,,", domain.Complainant{
			Province: "江苏", Relation: domain.RelationChild,
			OnBehalf: &domain.OnBehalf{Name: "母亲", Phone: "13800000002", Authority: domain.AuthorityWritten},
		}, mother.ID, nil},
		{",,母亲,志愿者,口头,安徽", domain.Complainant{
			Province: "安徽", Relation: domain.RelationVolunteer,
			OnBehalf: &domain.OnBehalf{Name: "母亲", Phone: "13800000002", Authority: domain.AuthorityOral},
		}, mother.ID, nil},
		{"王芳,,李大爷,女儿,书面委托,", domain.Complainant{
			Name: "王芳", Relation: domain.RelationChild, OnBehalf: &domain.OnBehalf{Name: "李大爷", Authority: domain.AuthorityWritten},
		}, 0, nil},
		{"王芳,,王芳,本人,,", domain.Complainant{Name: "王芳", Relation: domain.RelationSelf}, 0, nil},
		{"王芳,xyz,,child,,火星", domain.Complainant{}, 0, []string{
			"complainant_phone complaint.phone_malformed", "on_behalf_of complaint.person_missing", "province person.province_unknown",
		}},
		{"王芳,,李,同事,梦里,", domain.Complainant{}, 0, []string{"authority person.authority_unknown", "relation person.relation_unknown"}},
		{"王芳,,李,self,,", domain.Complainant{}, 0, []string{"relation complaint.relation_self"}},
		{strings.Repeat("王", 65) + ",,,,,", domain.Complainant{}, 0, []string{"complainant_name person.name_long"}},
		// One's own number is nothing to complain about.
		{"王芳,95013000,,,,", domain.Complainant{}, 0, []string{"number complaint.number_is_own"}},
	} {
		text := "number,called_at,category,complainant_name,complainant_phone,on_behalf_of,relation,authority,province\n" +
			fmt.Sprintf("95013000,2024-05-01 09:%02d,loan,%s\n", i, tt.cells)
		r := d.importSheet(filing.SheetRequest{Path: sheet(t, text)})
		if len(tt.wrong) > 0 {
			if len(r.Rejects) != 1 || !slices.Equal(keys(r.Rejects[0].Problems), tt.wrong) {
				t.Errorf("%s: %+v, want %v", tt.cells, r.Rejects, tt.wrong)
			}
			continue
		}
		if r.Queued != 1 {
			t.Errorf("%s: %+v", tt.cells, r.Rejects)
			continue
		}
		c := d.complaintOf(r.Batch, 2)
		if d := cmp.Diff(tt.want, c.Body.Complainant, cmpopts.EquateEmpty()); d != "" || c.PersonID != tt.person {
			t.Errorf("%s: person %d\n%s", tt.cells, c.PersonID, d)
		}
	}
}

// TestSheetKnowsWhatTheFormKnows: what is read once for a sheet answers as the
// store does.
func TestSheetKnowsWhatTheFormKnows(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	mother := domain.Person{Name: "母亲", Relation: domain.RelationChild}
	if err := d.store.AddPerson(t.Context(), &mother); err != nil {
		t.Fatal(err)
	}
	for _, c := range []domain.Contact{
		{Number: "95588", Name: "Bank", Mark: domain.ContactKnown},
		{Number: "95588", Mark: domain.ContactUnwanted, PersonID: mother.ID},
		{Number: "95013001", Name: "Doctor", Mark: domain.ContactKnown, PersonID: mother.ID},
	} {
		if err := d.store.SaveContact(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []string{"", "母亲", "王芳"} {
		for _, number := range []string{"95588", "95013001", "95013002"} {
			text := "number,called_at,category,on_behalf_of,relation\n" + number + ",2024-05-01 09:00,loan," + who + ",\n"
			p, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: sheet(t, text)})
			if err != nil {
				t.Fatal(err)
			}
			person := map[string]domain.PersonID{"": domain.SelfID, "母亲": mother.ID}[who]
			name, known, err := d.store.Known(t.Context(), person, number)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{}
			if known {
				want = append(want, "number complaint.number_is_contact")
			}
			if got := keys(p.Rows[0].Problems); !slices.Equal(got, want) || known && p.Rows[0].Problems[0].Args["Name"] != name {
				t.Errorf("%s for %q: %v, want %v", number, who, p.Rows[0].Problems, want)
			}
		}
	}
}

// mixed is a sheet with rows of every kind.
func mixed(rows int) string {
	var b strings.Builder
	b.WriteString("number,called_at,category,note\n")
	for i := range rows {
		switch i % 10 {
		case 3:
			fmt.Fprintf(&b, "zzz,2024-05-01 09:00,loan,%d\n", i)
		case 7: // the same call as the row before
			fmt.Fprintf(&b, "95013%04d,2024-05-01 09:00,loan,%d\n", i-1, i)
		default:
			fmt.Fprintf(&b, "95013%04d,2024-05-01 09:00,loan,%d\n", i, i)
		}
	}
	return b.String()
}

// TestDryRunForetells: a dry run counts what the import does then, and leaves no
// trace.
func TestDryRunForetells(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	path := sheet(t, mixed(200))
	var counter progress.Counter
	dry, err := d.file.ImportSheet(t.Context(), filing.SheetRequest{Path: path, DryRun: true}, &counter)
	if err != nil {
		t.Fatal(err)
	}
	if s := counter.Snapshot(); s.Items != 160 || s.Failed != 20 || s.Done != s.Total || s.Total == 0 {
		t.Errorf("progress %+v", s)
	}
	if list, err := d.file.Batches(t.Context()); err != nil || len(list) > 0 {
		t.Fatalf("a dry run left %v, %v", list, err)
	}
	got := d.importSheet(filing.SheetRequest{Path: path})
	if got.Batch == "" || !maps.Equal(got.ProblemsFor, map[string]int{"complaint.number_malformed": 20}) {
		t.Errorf("report %+v", got)
	}
	got.Batch, got.DryRun = "", true
	if diff := cmp.Diff(dry, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	// Now everything is there.
	dry = d.importSheet(filing.SheetRequest{Path: path, DryRun: true})
	if dry.Queued != 0 || dry.Duplicates != 180 || dry.Rejected != 20 || dry.Rows != 200 {
		t.Errorf("again: %+v", dry)
	}
}

// TestImportIsCarriedOn: an import that ends halfway is made whole by the same
// sheet again, as the same batch, and tells of every bad row.
func TestImportIsCarriedOn(t *testing.T) {
	const rows = 9000
	d := newDesk(t)
	d.channel("office")
	path := sheet(t, mixed(rows))
	ctx, cancel := context.WithCancel(t.Context())
	heard := 0
	first, err := d.file.ImportSheet(ctx, filing.SheetRequest{Path: path, OnReject: func(filing.SheetRow, []filing.RowProblem) error {
		if heard++; heard == 600 { // in the second chunk
			cancel()
		}
		return nil
	}}, nil)
	if domain.KindOf(err) != domain.Cancelled {
		t.Fatal(err)
	}
	if first.Rows == 0 || first.Rows >= rows || first.Rows != first.Queued+first.Duplicates+first.Rejected {
		t.Fatalf("%+v", first)
	}
	b, err := d.file.Batch(t.Context(), first.Batch)
	if err != nil || b.Rows != first.Rows || b.Queued != first.Queued || !b.FinishedAt.IsZero() {
		t.Fatalf("the batch holds %+v, the report says %+v (%v)", b, first, err)
	}
	lines := map[int]bool{}
	second := d.importSheet(filing.SheetRequest{Path: path, OnReject: func(row filing.SheetRow, p []filing.RowProblem) error {
		if lines[row.Line] || len(p) != 1 || len(row.Cells) != 4 {
			t.Errorf("line %d: %v %v", row.Line, row.Cells, p)
		}
		lines[row.Line] = true
		return nil
	}})
	if second.Batch != first.Batch || !second.CarriedOn || second.Rows != rows || second.Queued != rows*8/10 ||
		second.Duplicates != rows/10 || second.Rejected != rows/10 || len(lines) != rows/10 {
		t.Errorf("carried on: %s %+v, %d rejects", second.Batch, second.CarriedOn, len(lines))
	}
	b, err = d.file.Batch(t.Context(), first.Batch)
	if err != nil || b.Rows != rows || b.States[domain.SendQueued] != rows*8/10 || b.FinishedAt.IsZero() {
		t.Errorf("batch %+v, %v", b, err)
	}
	third := d.importSheet(filing.SheetRequest{Path: path})
	if third.CarriedOn || third.Batch == first.Batch || third.Queued != 0 || third.Duplicates != rows*9/10 {
		t.Errorf("a third time: %+v", third)
	}
}

// TestBatchIsHeldBack: a paused batch stays while another goes, a cancelled one is
// taken back, and a worker that is told so sends no more of it.
func TestBatchIsHeldBack(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	woken := 0
	d.queued = func() { woken++ }
	r := d.importSheet(filing.SheetRequest{Path: sheet(t, mixed(10))})
	if woken == 0 {
		t.Error("the worker was not told of the import")
	}
	b, err := d.file.PauseBatch(t.Context(), r.Batch)
	if err != nil || b.PausedAt.IsZero() {
		t.Fatal(b, err)
	}
	other := d.queue(1)
	if s := d.run(filing.RunOptions{}); s.Sent != 1 || s.Paused != 8 || s.Complete() {
		t.Errorf("while it is paused: %+v", s)
	}
	if got := d.show(other[0]).Complaint.SendState; got != domain.SendSent {
		t.Error(got)
	}
	woken = 0
	if b, err = d.file.ResumeBatch(t.Context(), r.Batch); err != nil || !b.PausedAt.IsZero() || woken != 1 {
		t.Fatal(b, err, woken)
	}
	// Cancelled while a worker is at it: what it has sent stays.
	sent, done := 0, filing.BatchCancelled{}
	s := d.run(filing.RunOptions{OnResult: func(filing.Result, bool) {
		if sent++; sent == 3 {
			var err error
			if done, err = d.file.CancelBatch(t.Context(), r.Batch); err != nil || done.Filed < 3 || done.TakenBack+done.Filed+done.Uncertain != 8 {
				t.Errorf("%+v, %v", done, err)
			}
		}
	}})
	if s.Sent < 3 || s.Remaining != 0 {
		t.Errorf("%+v", s)
	}
	again := d.importSheet(filing.SheetRequest{Path: sheet(t, mixed(10))})
	if again.Queued != 8-s.Sent || again.Duplicates != s.Sent+1 {
		t.Errorf("what was cancelled is no duplicate: %+v", again)
	}
}

// What is filed is what was looked at: a sheet that was saved again in between, in
// which the columns may have moved, is refused, and nothing of it is kept.
func TestSheetChangedSinceItWasLookedAt(t *testing.T) {
	d := newDesk(t)
	d.channel("office")
	path := sheet(t, mixed(3))
	looked, err := d.file.PreviewSheet(t.Context(), filing.SheetRequest{Path: path})
	if err != nil || looked.Digest == "" {
		t.Fatalf("%+v, %v", looked, err)
	}
	r := filing.SheetRequest{Path: path, Digest: looked.Digest, Language: "zh-Hans"}
	dry := r
	dry.DryRun = true
	d.importSheet(dry)
	if err := os.WriteFile(path, []byte(mixed(4)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, look := d.file.PreviewSheet(t.Context(), r)
	_, check := d.file.ImportSheet(t.Context(), dry, nil)
	_, file := d.file.ImportSheet(t.Context(), r, nil)
	for _, err := range []error{look, check, file} {
		if domain.KeyOf(err) != "sheet.changed" || domain.KindOf(err) != domain.Conflict {
			t.Error(err)
		}
	}
	if list, err := d.file.Batches(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("%+v, %v", list, err)
	}
	r.Digest = ""
	d.importSheet(r)
}
