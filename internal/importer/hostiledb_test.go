package importer_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

const calls3 = `CREATE TABLE calls (number, date, type);
	INSERT INTO calls VALUES ('95588', 1716167703000, 1), ('95533', 1716167704000, 1), ('95555', 1716167705000, 1);`

// TestHostileDatabases: what a database holds besides its tables is not run.
func TestHostileDatabases(t *testing.T) {
	endless := `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS number, i AS date FROM n`
	tests := []struct {
		name, script, key string
		calls             int
	}{
		{"no call log", "CREATE TABLE notes (text)", "import.format_unknown", 0},
		{"nothing at all", "PRAGMA user_version = 1", "import.format_unknown", 0},
		{"other columns", "CREATE TABLE calls (x, y)", "import.format_unknown", 0},
		{"an empty table", "CREATE TABLE calls (number, date)", "", 0},
		{"a view for the table", "CREATE VIEW calls AS " + endless, "import.format_unknown", 0},
		{"a virtual table", "CREATE VIRTUAL TABLE calls USING fts5(number, date)", "import.format_unknown", 0},
		{"an endless view beside it", calls3 + "CREATE VIEW more AS " + endless, "", 3},
		{"a trigger", calls3 + "CREATE TRIGGER t AFTER INSERT ON calls BEGIN DELETE FROM calls; END", "", 3},
		{"generated columns", "CREATE TABLE calls (number AS (printf('%.*c', 100000000, 'x')), date AS (1), z)", "import.format_unknown", 0},
		{"a partial index", calls3 + "CREATE INDEX i ON calls (number, date, type) WHERE number = '95588'", "", 3},
		{"a table of another schema's name", `CREATE TABLE "main.calls" (number, date); ` + calls3, "", 3},
		{"quotes in names", `CREATE TABLE "calls""; DROP TABLE calls; --" (number, date); ` + calls3, "", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := makeDB(t, tt.script)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := readFile(t, path)
			if domain.KeyOf(got.Err) != tt.key || len(got.Records) != tt.calls {
				t.Errorf("%d calls, %v; want %d, %q", len(got.Records), got.Err, tt.calls, tt.key)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

// TestManyTables: a schema that is larger than any is not read to its end.
func TestManyTables(t *testing.T) {
	var script strings.Builder
	script.WriteString("BEGIN;")
	for i := range 3000 {
		script.WriteString("CREATE TABLE t" + strings.Repeat("x", i%50) + hex.EncodeToString([]byte{byte(i), byte(i >> 8)}) + " (a, b, c, d);")
	}
	got := readFile(t, makeDB(t, script.String()+"COMMIT"))
	if domain.KeyOf(got.Err) != "import.format_unknown" {
		t.Errorf("%v", got.Err)
	}
}

// pages makes a database whose table fills many pages of 512 bytes, and gives
// its bytes.
func pages(t *testing.T) []byte {
	t.Helper()
	path := makeDB(t, `PRAGMA page_size = 512; CREATE TABLE calls (number, date, type); INSERT INTO calls
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
		SELECT '95588', 1716167703000 + i * 1000, 1 FROM n`)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readBytes(t *testing.T, data []byte) formattest.Result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path)
}

func TestDamagedDatabases(t *testing.T) {
	whole := pages(t)
	if got := readBytes(t, whole); got.Err != nil || len(got.Records) != 1000 {
		t.Fatalf("%d calls, %v", len(got.Records), got.Err)
	}
	leaf := func(n int) int { // the offset of the n-th page of rows
		for at := 0; at < len(whole); at += 512 {
			if whole[at] == 0x0d && at > 0 {
				if n--; n == 0 {
					return at
				}
			}
		}
		t.Fatal("no such page")
		return 0
	}
	tests := []struct {
		name   string
		damage func(data []byte) []byte
		key    string
		some   bool
	}{
		{"cut in the middle", func(d []byte) []byte { return d[:len(d)/2] }, "import.truncated", true},
		{"cut in the header", func(d []byte) []byte { return d[:60] }, "import.truncated", false},
		{"cut in the first page", func(d []byte) []byte { return d[:300] }, "import.truncated", false},
		{"a page of zeros", func(d []byte) []byte { clear(d[leaf(20) : leaf(20)+512]); return d }, "import.database_damaged", true},
		{"a page of noise", func(d []byte) []byte {
			for i := range 512 {
				d[leaf(20)+i] = byte(i * 7)
			}
			return d
		}, "import.database_damaged", true},
		{"a page twice", func(d []byte) []byte { copy(d[leaf(21):leaf(21)+512], d[leaf(20):leaf(20)+512]); return d }, "import.database_damaged", true},
		{"no schema", func(d []byte) []byte { clear(d[100:512]); return d }, "import.database_damaged", false},
		{"an impossible page size", func(d []byte) []byte { d[16], d[17] = 0x12, 0x34; return d }, "import.database_damaged", false},
		{"more pages than there can be", func(d []byte) []byte { binary.BigEndian.PutUint32(d[28:], 1<<31); return d }, "import.truncated", false},
		{"a header and junk", func(d []byte) []byte { return append(d[:16:16], bytes.Repeat([]byte{0xa5}, 5000)...) }, "import.database_damaged", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readBytes(t, tt.damage(bytes.Clone(whole)))
			if domain.KeyOf(got.Err) != tt.key || domain.KindOf(got.Err) != domain.Corrupt {
				t.Errorf("%v, want %q", got.Err, tt.key)
			}
			if tt.some != (len(got.Records) > 0) || len(got.Records) >= 1000 {
				t.Errorf("%d calls were read before the damage", len(got.Records))
			}
			for _, r := range got.Records {
				if r.Number != "95588" || r.Reject != "" {
					t.Fatalf("a call that is none: %+v", r)
				}
			}
		})
	}
}

// TestLargeDatabase: the store of another program is not copied first.
func TestLargeDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	if err := os.WriteFile(path, pages(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 3<<30); err != nil { // a hole, which takes no disk
		t.Fatal(err)
	}
	if got := readFile(t, path); domain.KeyOf(got.Err) != "import.database_too_large" {
		t.Errorf("%v", got.Err)
	}
}

// TestNoRoom: where no copy can be made, the database is not touched.
func TestNoRoom(t *testing.T) {
	_, err := importer.New(importer.Params{TempDir: filepath.Join(t.TempDir(), "no")}).Open(
		t.Context(), filepath.Join("testdata", "calllog.db"), journal.ImportOptions{})
	if domain.KeyOf(err) != "import.copy_failed" || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("%v", err)
	}
}

// TestDatabaseCancel: a stopped import ends soon and removes its copy.
func TestDatabaseCancel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	if err := os.WriteFile(path, pages(t), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	temp := t.TempDir()
	src, err := importer.New(importer.Params{TempDir: temp}).Open(ctx, path, journal.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := src.Next(); err != nil {
		t.Fatal(err)
	}
	checkPrivate(t, temp)
	cancel()
	for rows := 0; err == nil; rows++ {
		if _, err = src.Next(); rows > 1000 {
			t.Fatal("it goes on")
		}
	}
	if domain.KindOf(err) != domain.Cancelled {
		t.Errorf("%v", err)
	}
	if err := src.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("%d copies are left", len(left))
	}
	if got := readWith(ctx, t, path, journal.ImportOptions{}); domain.KindOf(got.Err) != domain.Cancelled {
		t.Errorf("stopped before it began: %v", got.Err)
	}
}

// checkPrivate checks that nobody else can read the copies.
func checkPrivate(t *testing.T, dir string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if seen++; info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %s", d.Name(), info.Mode())
		}
		return nil
	})
	if err != nil || seen < 2 {
		t.Errorf("%d files, %v", seen, err)
	}
}

// backup makes the folder of a backup with the files at their paths.
func backup(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "00008030-000000000000001E")
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestIPhoneBackup(t *testing.T) {
	history, err := os.ReadFile(filepath.Join("testdata", "CallHistory.storedata"))
	if err != nil {
		t.Fatal(err)
	}
	const id = "5a4935c78a5255723f707230a451d79c540d2741"
	const listed = "ab4935c78a5255723f707230a451d79c540d2741"
	manifest := func(rows string) []byte {
		data, err := os.ReadFile(makeDB(t, "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);"+rows))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	entry := func(id string) string {
		return "INSERT INTO Files VALUES ('" + id + "', 'HomeDomain', 'Library/CallHistoryDB/CallHistory.storedata', 1, NULL);"
	}
	locked := []byte(`<plist><dict><key>IsEncrypted</key> <true/></dict></plist>`)
	open := []byte(`<plist><dict><key>IsEncrypted</key> <false/></dict></plist>`)
	noise := bytes.Repeat([]byte{0x5a, 0xc3}, 4096)
	tests := []struct {
		name  string
		files map[string][]byte
		key   string
	}{
		{"in its folder", map[string][]byte{"5a/" + id: history, "Manifest.plist": open}, ""},
		{"the log alone", map[string][]byte{"5a/" + id: history}, ""},
		{"an old backup without folders", map[string][]byte{id: history, "Manifest.mbdb": noise}, ""},
		{"by its table of contents", map[string][]byte{"ab/" + listed: history, "Manifest.db": manifest(entry(listed))}, ""},
		{"encrypted, by its settings", map[string][]byte{"5a/" + id: noise, "Manifest.plist": locked}, "import.backup_encrypted"},
		{"encrypted, by binary settings", map[string][]byte{"5a/" + id: noise, "Manifest.plist": binaryPlist(true)}, "import.backup_encrypted"},
		{"encrypted, by its table of contents", map[string][]byte{"Manifest.db": noise, "Manifest.plist": binaryPlist(false)}, "import.backup_encrypted"},
		{"a broken log", map[string][]byte{"5a/" + id: noise, "Manifest.plist": binaryPlist(false)}, "import.format_unknown"},
		{"no log", map[string][]byte{"Manifest.db": manifest(""), "Manifest.plist": open}, "import.backup_no_log"},
		{"a log that is listed and gone", map[string][]byte{"Manifest.db": manifest(entry(listed))}, "import.backup_no_log"},
		{"a way out of the folder", map[string][]byte{"Manifest.db": manifest(entry("../../../../../../../../../../../etc/passwd"))}, "import.backup_no_log"},
		{"another table of contents", map[string][]byte{"Manifest.db": []byte("SQLite format 3\x00")}, "import.truncated"},
		{"no backup", map[string][]byte{"calllog.db": history}, "import.is_directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readFile(t, backup(t, tt.files))
			if domain.KeyOf(got.Err) != tt.key {
				t.Fatalf("%v, want %q", got.Err, tt.key)
			}
			if tt.key == "" {
				if d := formattest.Diff(phoneLog(domain.DirectionMissed, domain.DirectionRejected), got.Records); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

// TestIPhoneBackupLog: in a backup the log of the database has a name of its
// own.
func TestIPhoneBackupLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "CallHistory.storedata")
	execDB(t, openDB(t, path), `PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
		CREATE TABLE ZCALLRECORD (ZADDRESS, ZDATE TIMESTAMP); INSERT INTO ZCALLRECORD VALUES ('95588', 737860503)`)
	files := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha1.Sum([]byte("HomeDomain-Library/CallHistoryDB/CallHistory.storedata" + suffix))
		id := hex.EncodeToString(sum[:])
		files[id[:2]+"/"+id] = data
	}
	want := []journal.Record{call(1, "95588", "2024-05-20 09:15:03", -1, domain.DirectionUnknown)}
	if got := readFile(t, backup(t, files)); got.Err != nil || formattest.Diff(want, got.Records) != "" {
		t.Errorf("%+v, %v; want the call that is in the log", got.Records, got.Err)
	}
}

// binaryPlist makes {"Lockdown": false, "IsEncrypted": flag} as a binary
// property list.
func binaryPlist(flag bool) []byte {
	data := []byte("bplist00")
	var offsets []byte
	add := func(object ...byte) {
		offsets = append(offsets, byte(len(data)))
		data = append(data, object...)
	}
	add(0xd2, 1, 2, 3, 4)
	add(append([]byte{0x58}, "Lockdown"...)...)
	add(append([]byte{0x5b}, "IsEncrypted"...)...)
	add(0x08)
	if flag {
		add(0x09)
	} else {
		add(0x08)
	}
	table := len(data)
	data = append(data, offsets...)
	trailer := make([]byte, 32)
	trailer[6], trailer[7] = 1, 1
	trailer[15], trailer[31] = byte(len(offsets)), byte(table)
	return append(data, trailer...)
}

// FuzzBinaryPlist: no settings of a backup make the reader fall over.
func FuzzBinaryPlist(f *testing.F) {
	f.Add(binaryPlist(true))
	f.Add(binaryPlist(false))
	f.Add([]byte("bplist00"))
	f.Fuzz(func(_ *testing.T, data []byte) { importer.BinaryFlag(data, "IsEncrypted") })
}
