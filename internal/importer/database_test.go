package importer_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// phoneLog are the eleven calls of the databases in testdata.
func phoneLog(blocked, withheld domain.Direction) []journal.Record {
	return []journal.Record{
		call(1, "95013000", "2024-05-20 09:15:03", 12, domain.DirectionIncoming),
		call(2, "95013000", "2024-05-20 09:15:40", 0, domain.DirectionMissed),
		call(3, "95013000", "2024-05-20 09:16:10", 0, domain.DirectionMissed),
		call(4, "9521330012", "2024-05-20 22:47:11", 0, domain.DirectionMissed),
		call(5, "+8617012340000", "2024-05-21 03:02:05", 0, domain.DirectionMissed),
		call(6, "95588", "2024-05-21 10:00:00", 65, domain.DirectionIncoming),
		call(7, "961234", "2024-05-21 10:30:00", 30, domain.DirectionIncoming),
		named(call(8, "13800000001", "2024-05-21 11:05:00", 120, domain.DirectionOutgoing), "女儿"),
		call(9, "", "2024-05-21 15:20:30", 0, withheld),
		call(10, "952133001234567", "2024-05-21 16:00:00", 0, blocked),
		call(11, "(010) 6620-0000", "2024-05-22 08:00:00", 8, domain.DirectionIncoming),
	}
}

func TestAndroidCallLog(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.AndroidCallLog(), Binary: true,
		Cases: []formattest.Case{{Name: "calllog.db", Want: phoneLog(domain.DirectionBlocked, domain.DirectionRejected)}},
	})
}

func TestIPhoneCallHistory(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.IPhoneCallHistory(), Binary: true,
		Cases: []formattest.Case{{Name: "CallHistory.storedata", Want: phoneLog(domain.DirectionMissed, domain.DirectionRejected)}},
	})
}

func TestVendorCallinfo(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("testdata", "callinfo.sql"))
	if err != nil {
		t.Fatal(err)
	}
	got := readFile(t, makeDB(t, string(script)))
	if got.Err != nil || got.Format != "vendor_callinfo" || got.Encoding != "" {
		t.Fatalf("read as %q in %q, %v", got.Format, got.Encoding, got.Err)
	}
	if d := formattest.Diff(phoneLog(domain.DirectionBlocked, domain.DirectionRejected), got.Records); d != "" {
		t.Error(d)
	}
}

// makeDB makes a database of the statements and gives its path.
func makeDB(t testing.TB, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.db")
	db := openDB(t, path)
	execDB(t, db, script)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func openDB(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func execDB(t testing.TB, db *sql.DB, script string) {
	t.Helper()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
}

// readFile imports a file as the program does, and checks that nothing of a
// private copy is left.
func readFile(t testing.TB, path string) formattest.Result {
	t.Helper()
	return readWith(context.Background(), t, path, journal.ImportOptions{})
}

func readWith(ctx context.Context, t testing.TB, path string, o journal.ImportOptions) formattest.Result {
	t.Helper()
	temp := t.TempDir()
	o.Now = formattest.Now()
	src, err := importer.New(importer.Params{TempDir: temp}).Open(ctx, path, o)
	defer func() {
		if left, _ := os.ReadDir(temp); len(left) > 0 {
			t.Errorf("%d copies are left", len(left))
		}
	}()
	if err != nil {
		return formattest.Result{Err: err}
	}
	got := formattest.Result{Format: src.Format(), Encoding: src.Encoding()}
	for {
		rec, err := src.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				got.Err = err
			} else if done, total := src.Progress(); done != total {
				t.Errorf("at the end %d of %d bytes are read", done, total)
			}
			break
		}
		formattest.CheckRecord(t, rec)
		got.Records = append(got.Records, rec)
	}
	if err := src.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := src.Close(); err != nil {
		t.Errorf("Close again: %v", err)
	}
	return got
}

// TestDatabaseLog: the newest calls lie in the log beside the file. Reading
// them leaves nothing there and changes nothing.
func TestDatabaseLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calllog.db")
	db := openDB(t, path)
	execDB(t, db, `PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE calls (number, date, duration, type);
		INSERT INTO calls VALUES ('95588', 1716167703000, 12, 1)`)
	other := filepath.Join(t.TempDir(), "calllog.db") // the phone it was taken from is off
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(other+suffix, data, 0o444); err != nil {
			t.Fatal(err)
		}
	}
	before := listing(t, filepath.Dir(other))
	got := readFile(t, other)
	if d := formattest.Diff([]journal.Record{call(1, "95588", "2024-05-20 09:15:03", 12, domain.DirectionIncoming)}, got.Records); d != "" || got.Err != nil {
		t.Errorf("%v\n%s", got.Err, d)
	}
	if after := listing(t, filepath.Dir(other)); after != before {
		t.Errorf("beside the file were\n%s, now\n%s", before, after)
	}
	if err := os.Remove(other + "-wal"); err != nil {
		t.Fatal(err)
	}
	if got := readFile(t, other); len(got.Records) != 0 {
		t.Errorf("without the log %d calls: it was not the log that was read", len(got.Records))
	}
}

// TestDatabaseJournal: what a program that died had begun is undone in the
// copy.
func TestDatabaseJournal(t *testing.T) {
	path := makeDB(t, `CREATE TABLE calls (number, date, type); INSERT INTO calls VALUES ('95588', 1716167703000, 1)`)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db := openDB(t, path)
	execDB(t, db, `PRAGMA journal_mode = persist; PRAGMA synchronous = full; BEGIN; UPDATE calls SET number = '1'`)
	execDB(t, db, `PRAGMA cache_spill = 1; PRAGMA cache_size = 1; CREATE TABLE filler (x); INSERT INTO filler
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT zeroblob(4000) FROM n`)
	journalData, err := os.ReadFile(path + "-journal")
	if err != nil {
		t.Fatal(err)
	}
	torn, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(torn) <= len(whole) {
		t.Fatal("the database was not written to before its end")
	}
	other := filepath.Join(t.TempDir(), "calllog.db")
	for suffix, data := range map[string][]byte{"": torn, "-journal": journalData} {
		if err := os.WriteFile(other+suffix, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := readFile(t, other)
	if got.Err != nil || len(got.Records) != 1 || got.Records[0].Number != "95588" {
		t.Errorf("%+v, %v; want the call as it was before", got.Records, got.Err)
	}
}

// listing describes the files of a folder.
func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(e.Name() + " " + info.ModTime().Format(time.RFC3339Nano) + " " + info.Mode().String() + "\n")
	}
	return b.String()
}

// TestAndroidRows reads rows of every shape.
func TestAndroidRows(t *testing.T) {
	at := "2024-05-20 09:15:03"
	tests := []struct {
		name, columns, values string
		want                  journal.Record
	}{
		{"the fewest columns", "number, date", "'95588', 1716167703000", call(1, "95588", at, -1, domain.DirectionUnknown)},
		{"a number as a number", "number INTEGER, date, type", "95588, 1716167703000, 1", call(1, "95588", at, -1, domain.DirectionIncoming)},
		{"a number as a float", "number REAL, date, type", "13800000001, 1716167703000, 1", call(1, "13800000001", at, -1, domain.DirectionIncoming)},
		{"a number as bytes", "number, date, type", "CAST('95588' AS BLOB), 1716167703000, 1", call(1, "95588", at, -1, domain.DirectionIncoming)},
		{"broken bytes", "number, date, name", "'95588', 1716167703000, x'61ff62'", named(call(1, "95588", at, -1, domain.DirectionUnknown), "a\ufffdb")},
		{"texts for numbers", "number, date TEXT, duration TEXT, type TEXT", "'95588', '1716167703000', '12', '2'", call(1, "95588", at, 12, domain.DirectionOutgoing)},
		{"a column declared a time", "number, date TIMESTAMP, type", "'95588', 1716167703000, 1", call(1, "95588", at, -1, domain.DirectionIncoming)},
		{"upper case", "NUMBER, DATE, TYPE", "'95588', 1716167703000, 7", call(1, "95588", at, -1, domain.DirectionAnsweredElsewhere)},
		{"milliseconds", "number, date", "'95588', 1716167703250", call(1, "95588", at+".25", -1, domain.DirectionUnknown)},
		{"withheld", "number, date, presentation", "'95588', 1716167703000, 2", call(1, "", at, -1, domain.DirectionUnknown)},
		{"unknown", "number, date, presentation", "'', 1716167703000, 3", call(1, "", at, -1, domain.DirectionUnknown)},
		{"a mark for unknown", "number, date, presentation", "'-2', 1716167703000, 1", call(1, "", at, -1, domain.DirectionUnknown)},
		{"no number", "number, date", "NULL, 1716167703000", call(1, "", at, -1, domain.DirectionUnknown)},
		{"blocked by a rule", "number, date, type, block_reason", "'95588', 1716167703000, 3, 3", call(1, "95588", at, -1, domain.DirectionBlocked)},
		{"not blocked", "number, date, type, block_reason", "'95588', 1716167703000, 3, 0", call(1, "95588", at, -1, domain.DirectionMissed)},
		{"answered all the same", "number, date, type, block_reason", "'95588', 1716167703000, 1, 1", call(1, "95588", at, -1, domain.DirectionIncoming)},
		{"deleted", "number, date, deleted", "'95588', 1716167703000, 1", skipped(1, "deleted")},
		{"not deleted", "number, date, deleted", "'95588', 1716167703000, NULL", call(1, "95588", at, -1, domain.DirectionUnknown)},
		{"no name", "number, date, name", "'95588', 1716167703000, '(Unknown)'", call(1, "95588", at, -1, domain.DirectionUnknown)},
		{"without row numbers", "number PRIMARY KEY, date", "'95588', 1716167703000", call(1, "95588", at, -1, domain.DirectionUnknown)},
		{"a column called rowid", "number, date, rowid", "'95588', 1716167703000, 'x'", call(1, "95588", at, -1, domain.DirectionUnknown)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			options := ""
			if strings.Contains(tt.columns, "PRIMARY KEY") {
				options = "WITHOUT ROWID"
			}
			got := readFile(t, makeDB(t, "CREATE TABLE calls ("+tt.columns+") "+options+"; INSERT INTO calls VALUES ("+tt.values+")"))
			if got.Err != nil || got.Format != "android_calllog" {
				t.Fatalf("%s, %v", got.Format, got.Err)
			}
			if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" {
				t.Error(d)
			}
		})
	}
	got := readFile(t, makeDB(t, `CREATE TABLE calls (number, date, ring_times, mark_type, mark_content);
		INSERT INTO calls VALUES ('95588', 1716167703000, 4, 1, '骚扰电话')`))
	if got.Err != nil || len(got.Records) != 1 || got.Records[0].Ring == nil || *got.Records[0].Ring != 4*time.Second || got.Records[0].Name != "" {
		t.Errorf("%+v, %v; want a ring of 4 s", got.Records, got.Err)
	}
}

func TestAndroidDoubts(t *testing.T) {
	tests := []struct{ name, values, reject, note string }{
		{"no time", "'95588', NULL, 1, 1", "time", ""},
		{"a time in words", "'95588', '2024-05-20', 1, 1", "time", ""},
		{"a time too large", "'95588', 9223372036854775807, 1, 1", "time", ""},
		{"endless time", "'95588', 9e999, 1, 1", "time", ""},
		{"a time before all", "'95588', -9223372036854775808, 1, 1", "time", ""},
		{"a broken duration", "'95588', 1716167703000, 'x', 1", "", "duration"},
		{"a negative duration", "'95588', 1716167703000, -5, 1", "", "duration"},
		{"an unknown kind", "'95588', 1716167703000, 1, 99", "", "direction"},
		{"a huge number", "printf('%.*c', 3000000, '9'), 1716167703000, 1, 1", "too_long", ""},
		{"huge bytes", "zeroblob(64000000), 1716167703000, 1, 1", "too_long", ""},
		{"nothing", "NULL, NULL, NULL, NULL", "time", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readFile(t, makeDB(t, `CREATE TABLE calls (number, date, duration, type); INSERT INTO calls VALUES (`+tt.values+
				`); INSERT INTO calls VALUES ('95588', 1716167703000, 12, 1)`))
			if got.Err != nil || len(got.Records) != 2 {
				t.Fatalf("%d records, %v; want 2: the row costs itself only", len(got.Records), got.Err)
			}
			if r := got.Records[0]; r.Reject != tt.reject || r.Note != tt.note {
				t.Errorf("reject %q, note %q; want %q, %q", r.Reject, r.Note, tt.reject, tt.note)
			}
			if r := got.Records[1]; r.Reject != "" || r.Number != "95588" {
				t.Errorf("the row after: %+v", r)
			}
		})
	}
}

func TestIPhoneRows(t *testing.T) {
	at := "2024-05-20 09:15:03"
	const columns = "zaddress, zdate, zduration, zoriginated, zanswered, zdisconnected_cause, zcalltype, zservice_provider"
	in := call(1, "95588", at, 12, domain.DirectionIncoming)
	tests := []struct {
		name, columns, values string
		want                  journal.Record
	}{
		{"answered", columns, "'95588', 737860503.0, 12.0, 0, 1, 0, 1, 'com.apple.Telephony'", in},
		{"answered, whatever its end", columns, "'95588', 737860503.0, 12.0, 0, 1, 6, 1, 'com.apple.Telephony'", in},
		{"a fraction", columns, "'95588', 737860503.25, 12, 0, 1, 0, 1, NULL", call(1, "95588", at+".25", 12, domain.DirectionIncoming)},
		{"rejected", columns, "'95588', 737860503, 0, 0, 0, 6, 1, NULL", call(1, "95588", at, 0, domain.DirectionRejected)},
		{"missed", columns, "'95588', 737860503, 0, 0, 0, 2, 1, NULL", call(1, "95588", at, 0, domain.DirectionMissed)},
		{"outgoing", columns, "'95588', 737860503, 0, 1, 0, 6, 1, NULL", call(1, "95588", at, 0, domain.DirectionOutgoing)},
		{"an old kind of the telephone", columns, "'95588', 737860503, 12, 0, 1, 0, 0, 'com.apple.Telephony'", in},
		{"FaceTime with pictures", columns, "'x@example.com', 737860503, 12, 0, 1, 0, 8, 'com.apple.FaceTime'", skipped(1, "other_app")},
		{"FaceTime without", columns, "'95588', 737860503, 12, 0, 1, 0, 16, NULL", skipped(1, "other_app")},
		{"another program", columns, "'95588', 737860503, 12, 0, 1, 0, 0, 'net.example.talk'", skipped(1, "other_app")},
		{"another program, unnamed", columns, "'95588', 737860503, 12, 0, 1, 0, 0, NULL", skipped(1, "other_app")},
		{"a number as bytes", columns, "x'3935353838', 737860503, 12, 0, 1, 0, 1, NULL", in},
		{"withheld", columns, "'', 737860503, 12, 0, 1, 0, 1, NULL", call(1, "", at, 12, domain.DirectionIncoming)},
		{"the fewest columns", "zaddress, zdate", "'95588', 737860503", call(1, "95588", at, -1, domain.DirectionUnknown)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readFile(t, makeDB(t, "CREATE TABLE ZCALLRECORD ("+tt.columns+"); INSERT INTO ZCALLRECORD VALUES ("+tt.values+")"))
			if got.Err != nil || got.Format != "iphone_callhistory" {
				t.Fatalf("%s, %v", got.Format, got.Err)
			}
			if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestVendorDoubts(t *testing.T) {
	got := readFile(t, makeDB(t, `CREATE TABLE Calls (number, name, time, talkTime, callType);
		INSERT INTO Calls VALUES ('95588', '', '2024-05-20 09:15:03', '1分', '未接');
		INSERT INTO Calls VALUES ('95588', '', 'yesterday', '0分1秒', 1);
		INSERT INTO Calls VALUES ('95588', '', '2024-05-20 09:15:03', 'x', 1);
		INSERT INTO Calls VALUES ('95588', '', '2024-05-20 09:15:03', '', 'x')`))
	want := []journal.Record{
		call(1, "95588", "2024-05-20 09:15:03", 60, domain.DirectionMissed),
		{Line: 2, Number: "95588", Duration: ptr(time.Second), Direction: domain.DirectionIncoming, Reject: "time"},
		call(3, "95588", "2024-05-20 09:15:03", -1, domain.DirectionIncoming),
		call(4, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown),
	}
	want[2].Note, want[3].Note = "duration", "direction"
	if d := formattest.Diff(want, got.Records); d != "" || got.Err != nil {
		t.Errorf("%v\n%s", got.Err, d)
	}
}

func ptr[T any](v T) *T { return &v }
