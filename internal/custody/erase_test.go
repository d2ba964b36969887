package custody_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/platform"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

// Whatever is theirs, in whatever spelling, is in no file any longer.
func TestErasedIsInNoFile(t *testing.T) {
	dir := lived(t)
	// What was shown, what was being copied, and what no complaint took.
	const stray = "a file that no complaint took"
	folder := filepath.Join(dir, custody.EvidenceFolder)
	loose := filepath.Join(folder, "ab")
	must(t, os.MkdirAll(filepath.Join(folder, "open"), 0o700), os.MkdirAll(loose, 0o700),
		os.WriteFile(filepath.Join(folder, "open", aunt+".txt"), []byte(evidence), 0o600),
		os.WriteFile(filepath.Join(folder, ".half"), []byte(evidence[:12]), 0o600),
		os.WriteFile(filepath.Join(loose, strings.Repeat("ab", 32)), []byte(stray), 0o600))
	words := []string{aunt, auntNumber, auntCaller, friend, evidence, evidence[:12], stray}
	for _, w := range words {
		if len(readable(t, dir, w)) == 0 {
			t.Fatalf("the test looks for what was never there: %s", w)
		}
	}
	got, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	must(t, err)
	if found := readable(t, dir, words...); len(found) > 0 {
		t.Errorf("still readable: %v", found)
	}
	if got.Calls != 40 || got.OthersCalls != 1 || got.Contacts != 2 || got.Complaints != 1 || got.Waiting != 1 ||
		len(got.Evidence) != 1 || got.Mentions != 1 || got.Copies != 3 {
		t.Errorf("%+v", got)
	}
	if n := ask[int](t, dir, "SELECT count(*) FROM call"); n != 41 {
		t.Errorf("%d calls of others are left, want 41", n)
	}
	if note := ask[string](t, dir, "SELECT note FROM call WHERE note LIKE 'said%'"); note != "said *** had one too" {
		t.Errorf("note %q", note)
	}
	w := open(t, dir)
	defer shut(t, w)
	if r := w.Examine(t.Context()); !r.OK {
		t.Errorf("%+v", r)
	}
	page, err := w.Journal.Calls(t.Context(), domain.CallFilter{Text: "had one too"}, domain.Page{Limit: 5})
	if err != nil || len(page.Calls) != 1 {
		t.Errorf("the texts of others are not found any longer: %v, %v", page, err)
	}
}

// A file that is larger than what is rewritten after every removal is rewritten
// here too.
func TestErasedIsInNoLargeFile(t *testing.T) {
	dir := lived(t)
	exec(t, dir, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 160000)
		INSERT INTO call (person_id, number, family, verdict, started_at, direction, note)
		SELECT CASE i % 2 WHEN 0 THEN (SELECT id FROM person WHERE name = '`+aunt+`') ELSE (SELECT id FROM person WHERE name = '`+other+`') END,
			'95013' || printf('%06d', i * 7919 % 999983), 'call_centre_95', 'listed', i * 1000, 'incoming',
			CASE i % 2 WHEN 0 THEN 'zeppelin' ELSE 'plain' END || i FROM n`)
	exec(t, dir, "DELETE FROM call WHERE note LIKE 'zeppelin%' AND id % 3 = 0") // leaves copies on pages
	if size := len(files(t, dir)[custody.DatabaseFile]); size < 32<<20 {
		t.Fatalf("only %d bytes", size)
	}
	_, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	must(t, err)
	if found := readable(t, dir, aunt, auntNumber, "zeppelin"); len(found) > 0 {
		t.Errorf("still readable: %v", found)
	}
}

// The rows of a sheet in which somebody stands go too, filed or not; those of
// others stay.
func TestErasedIsInNoSheet(t *testing.T) {
	dir := lived(t)
	p := params(t, dir)
	p.Source = platform.Source{} // those of the workspace's first days are taken
	w, err := workspace.Open(t.Context(), p)
	must(t, err)
	sheet := filepath.Join(t.TempDir(), "sheet.csv")
	must(t, os.WriteFile(sheet, []byte("number,called_at,category,description,complainant_name,complainant_phone\n"+
		"95013777,2024-05-19 09:15,loan,filed for her,"+aunt+",\n"+
		"95013778,yesterday,loan,never filed,"+aunt+",\n"+
		"95013779,yesterday,loan,by her number,,"+auntNumber+"\n"+
		"95013780,yesterday,loan,of a neighbour,Neighbour,\n"), 0o600))
	r, err := w.Filing.ImportSheet(t.Context(), filing.SheetRequest{Path: sheet, Language: "en"}, nil)
	if err != nil || r.Queued != 1 || r.Rejected != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	shut(t, w)
	_, err = service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	must(t, err)
	if found := readable(t, dir, aunt, auntNumber, "filed for her", "never filed", "by her number"); len(found) > 0 {
		t.Errorf("still readable: %v", found)
	}
	if len(readable(t, dir, "of a neighbour")) == 0 {
		t.Error("the neighbour's row is gone")
	}
}

// The owner stays, without a name.
func TestEraseTheOwner(t *testing.T) {
	dir := lived(t)
	w := open(t, dir)
	people, err := w.Journal.People(t.Context())
	must(t, err)
	shut(t, w)
	exec(t, dir, "UPDATE person SET name = 'Owner Oakley', province = 'x' WHERE id = 1")
	exec(t, dir, "UPDATE call SET person_id = 1 WHERE note = 'plain note'")
	got, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: "Owner Oakley"})
	must(t, err)
	if !got.Owner || got.Calls != 40 || len(readable(t, dir, "Oakley")) > 0 {
		t.Errorf("%+v", got)
	}
	w = open(t, dir)
	defer shut(t, w)
	if now, err := w.Journal.People(t.Context()); err != nil || len(now) != len(people) || now[0].Name != domain.SelfName {
		t.Errorf("%v, %v", now, err)
	}
}

// Somebody who was removed, or was never one of the people, can be erased too; a
// name that nobody has is said.
func TestEraseByNameAlone(t *testing.T) {
	dir := lived(t)
	w := open(t, dir)
	_, err := w.Journal.RemovePerson(t.Context(), aunt, false)
	must(t, err)
	shut(t, w)
	before := files(t, dir)
	_, err = service(dir).Erase(t.Context(), custody.EraseRequest{Person: "nobody"})
	wantKey(t, err, "person.not_found")
	if now := files(t, dir); len(now) != len(before) {
		t.Error("something changed")
	} else {
		same(t, before, now)
	}
	if got, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt}); err != nil || got.Complaints != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if found := readable(t, dir, aunt); len(found) > 0 {
		t.Errorf("still readable: %v", found)
	}
}

// A complaint that may have arrived is not forgotten without a word.
func TestEraseAsksForUnsettledComplaints(t *testing.T) {
	dir := lived(t)
	exec(t, dir, "UPDATE complaint SET send_state = 'unknown', attempts = 1 WHERE instr(body, ?)", aunt)
	before := ask[int](t, dir, "SELECT count(*) FROM complaint")
	_, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	wantKey(t, err, "erase.unsettled")
	if n := ask[int](t, dir, "SELECT count(*) FROM complaint"); n != before {
		t.Errorf("%d complaints of %d are left", n, before)
	}
	got, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt, GiveUp: true})
	if err != nil || got.Unsettled != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A number that two people share stays that of the other, and a name that is part
// of another's does not touch that one.
func TestEraseSparesWhatIsShared(t *testing.T) {
	dir := lived(t)
	exec(t, dir, "INSERT INTO person (name, relation, created_at) VALUES (?, 'relative', 0)", aunt+"的妹妹")
	exec(t, dir, "INSERT INTO person_number SELECT id, 0, ? FROM person WHERE name = ?", auntNumber, aunt+"的妹妹")
	got, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	must(t, err)
	if got.OthersCalls != 0 || got.Mentions != 0 {
		t.Errorf("%+v", got)
	}
	if n := ask[int](t, dir, "SELECT count(*) FROM person_number WHERE number = ?", auntNumber); n != 1 {
		t.Error("the number of the other is gone")
	}
	if note := ask[string](t, dir, "SELECT note FROM call WHERE note LIKE 'said%'"); note != "said "+aunt+" had one too" {
		t.Errorf("note %q", note)
	}
}

func TestEraseStopsWithoutATrace(t *testing.T) {
	dir := lived(t)
	before := files(t, dir)
	for name, tt := range map[string]struct {
		change func(*custody.Params)
		key    string
	}{
		"no room":   {func(p *custody.Params) { p.Free = func(string) (uint64, error) { return 1 << 20, nil } }, "custody.no_room"},
		"disk full": {func(p *custody.Params) { p.Databases = fullDisk{p.Databases} }, "store.disk_full"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := service(dir, tt.change).Erase(t.Context(), custody.EraseRequest{Person: aunt})
			wantKey(t, err, tt.key)
			same(t, before, files(t, dir))
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := service(dir).Erase(ctx, custody.EraseRequest{Person: aunt}); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		same(t, before, files(t, dir))
	})
}

// fullDisk has no room for what is written.
type fullDisk struct{ custody.Databases }

func (f fullDisk) Expunge(context.Context, custody.Expunging) (custody.Toll, error) {
	return custody.Toll{}, domain.E("test", domain.Unavailable, "store.disk_full", nil, nil)
}

func same(t *testing.T, before, now map[string]string) {
	t.Helper()
	for path, text := range before {
		if after := now[path]; len(after) != len(text) || after[min(100, len(after)):] != text[min(100, len(text)):] {
			// (Not the header of a database: folding its log in counts there.)
			t.Errorf("%s changed", path)
		}
	}
	for path := range now {
		if _, ok := before[path]; !ok {
			t.Errorf("%s was left behind", path)
		}
	}
}

// Everything goes but what is not ours; the next start makes a new workspace.
func TestEraseEverything(t *testing.T) {
	dir := lived(t)
	must(t, os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("of the user"), 0o600))
	got, err := service(dir).Erase(t.Context(), custody.EraseRequest{})
	must(t, err)
	if now := files(t, dir); len(now) != 1 || now["letter.txt"] == "" || len(got.Left) != 1 {
		t.Errorf("%v, %+v", now, got)
	}
	w := open(t, dir)
	defer shut(t, w)
	if all, err := w.Filing.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 5}); err != nil || len(all.Complaints) > 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestEraseWantsTheWorkspaceToItself(t *testing.T) {
	dir := lived(t)
	w := open(t, dir)
	defer shut(t, w)
	for _, person := range []string{aunt, ""} {
		_, err := service(dir).Erase(t.Context(), custody.EraseRequest{Person: person})
		wantKey(t, err, "workspace.in_use")
	}
	// Also from a program that knows no lock.
	dir = lived(t)
	db := database(t, dir)
	_, err := db.ExecContext(t.Context(), "PRAGMA journal_mode = WAL")
	must(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	var n int
	must(t, tx.QueryRowContext(t.Context(), "SELECT count(*) FROM call").Scan(&n))
	_, err = service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	wantKey(t, err, "workspace.in_use")
	must(t, tx.Rollback())
}

// A file that somebody else's complaint, for oneself, needs too stays.
func TestEraseSparesFilesOfOthers(t *testing.T) {
	dir := lived(t)
	p := params(t, dir)
	p.Source = platform.Source{}
	w, err := workspace.Open(t.Context(), p)
	must(t, err)
	picture := filepath.Join(t.TempDir(), "note.txt")
	must(t, os.WriteFile(picture, []byte("what both of us saw"), 0o600))
	for i, person := range []string{"", aunt} {
		taken, err := w.Filing.TakeEvidence(t.Context(), picture)
		must(t, err)
		_, err = w.Filing.New(t.Context(), filing.ComplaintInput{
			Number: "95023112277", At: testkit.Epoch().Add(-time.Duration(i+1) * time.Hour), Category: domain.CategoryLoan,
			Techniques: []domain.Technique{domain.TechniqueHuman}, OnBehalfOf: person, Channel: "centre", Language: "en",
			Evidence: []domain.Evidence{taken.Evidence},
		})
		must(t, err)
	}
	shut(t, w)
	_, err = service(dir).Erase(t.Context(), custody.EraseRequest{Person: aunt})
	must(t, err)
	if len(readable(t, dir, "what both of us saw")) == 0 {
		t.Error("a complaint lost its file")
	}
}
