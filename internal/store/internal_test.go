package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mattn/go-sqlite3"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

func fresh(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: testkit.NewClock(), SelfName: "Owner",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func manyCalls(n int) []domain.Call {
	calls := make([]domain.Call, n)
	for i := range calls {
		number := fmt.Sprintf("95%06d", i%5000)
		calls[i] = domain.Call{
			PersonID: domain.SelfID, Number: number, Display: number, Code: number[:5],
			Family: domain.FamilyCallCentre95, Verdict: domain.VerdictUnlisted,
			StartedAt: testkit.Epoch().Add(time.Duration(i) * time.Second), Direction: domain.DirectionIncoming, Source: "generic_csv",
		}
	}
	return calls
}

func TestPragmas(t *testing.T) {
	s := fresh(t)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "10000",
		"temp_store": "2", "trusted_schema": "0", "cell_size_check": "1", "fullfsync": "1",
	} {
		if got, err := scanValue[string](s.write.QueryRowContext(t.Context(), "PRAGMA "+pragma)); err != nil || got != want {
			t.Errorf("%s = %s, %v; want %s", pragma, got, err, want)
		}
	}
	for pragma, want := range map[string]string{"query_only": "1", "trusted_schema": "0", "temp_store": "2", "busy_timeout": "10000"} {
		if got, err := scanValue[string](s.read.QueryRowContext(t.Context(), "PRAGMA "+pragma)); err != nil || got != want {
			t.Errorf("reader: %s = %s, %v; want %s", pragma, got, err, want)
		}
	}
	_, err := s.read.ExecContext(t.Context(), "DELETE FROM setting")
	if !isCode(err, sqlite3.ErrReadonly) {
		t.Errorf("a reader wrote: %v", err)
	}
}

// The pages of the tables come out of an index: nothing is sorted, nothing is
// counted off, and the index of a table is walked without touching its rows.
func TestQueryPlans(t *testing.T) {
	s := fresh(t)
	if _, err := s.AddCalls(t.Context(), manyCalls(200), false); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		filter domain.CallFilter
		index  string
	}{
		"all":    {domain.CallFilter{}, "call_start"},
		"person": {domain.CallFilter{PersonID: 1}, "call_person_start"},
		"code":   {domain.CallFilter{Code: "95000"}, "call_code_start"},
		"time":   {domain.CallFilter{From: testkit.Epoch()}, "call_start"},
	} {
		w := callConds(tt.filter)
		w.add("(c.started_at, c.id) < (?, ?)", 1, 1)
		plan := planOf(t, s, callColumns+w.where()+" ORDER BY c.started_at DESC, c.id DESC LIMIT 10", w.args)
		if !strings.Contains(plan, tt.index) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", name, plan)
		}
		w = callConds(tt.filter)
		walk := "SELECT c.started_at, c.id FROM call c" + w.where() + " ORDER BY c.started_at DESC, c.id DESC"
		plan = planOf(t, s, walk, w.args)
		if !strings.Contains(plan, "COVERING INDEX "+tt.index) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("index of %s:\n%s", name, plan)
		}
	}
	w := callConds(domain.CallFilter{Number: "95000000"})
	if plan := planOf(t, s, callColumns+w.where(), w.args); !strings.Contains(plan, "call_identity (number=?)") {
		t.Errorf("number:\n%s", plan)
	}
}

func planOf(t *testing.T, s *Store, query string, args []any) string {
	t.Helper()
	lines, err := collect(t.Context(), s.read, func(row scanner) (string, error) {
		var id, parent, unused int
		var detail string
		err := row.Scan(&id, &parent, &unused, &detail)
		return detail, err
	}, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestDiskFull(t *testing.T) {
	s := fresh(t)
	if _, err := s.write.ExecContext(t.Context(), "PRAGMA max_page_count = 80"); err != nil {
		t.Fatal(err)
	}
	_, err := s.AddCalls(t.Context(), manyCalls(5000), false)
	if domain.KindOf(err) != domain.Unavailable || domain.KeyOf(err) != keyFull {
		t.Fatal(err)
	}
	page, err := s.Calls(t.Context(), domain.CallFilter{}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) != 0 {
		t.Errorf("half of it stayed: %+v, %v", page, err)
	}
	if err := s.SetSetting(t.Context(), "k", "v"); err != nil {
		t.Errorf("after a full disk: %v", err)
	}
}

func TestErrorKeys(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	sq := func(code sqlite3.ErrNo, ext sqlite3.ErrNoExtended) error {
		return fmt.Errorf("wrapped: %w", sqlite3.Error{Code: code, ExtendedCode: ext})
	}
	keyed := domain.E("x", domain.Conflict, "person.name_taken", nil, nil)
	for _, tt := range []struct {
		ctx  context.Context
		err  error
		kind domain.Kind
		key  string
	}{
		{t.Context(), keyed, domain.Conflict, "person.name_taken"},
		{t.Context(), sq(sqlite3.ErrCorrupt, sqlite3.ErrCorruptVTab), domain.Corrupt, keyDamaged},
		{t.Context(), sq(sqlite3.ErrNotADB, 0), domain.Corrupt, keyDamaged},
		{t.Context(), sq(sqlite3.ErrIoErr, sqlite3.ErrIoErrShortRead), domain.Corrupt, keyDamaged},
		{t.Context(), sq(sqlite3.ErrBusy, sqlite3.ErrBusySnapshot), domain.Unavailable, keyBusy},
		{t.Context(), sq(sqlite3.ErrFull, 0), domain.Unavailable, keyFull},
		{t.Context(), sq(sqlite3.ErrCantOpen, 0), domain.Denied, keyDenied},
		{t.Context(), sq(sqlite3.ErrReadonly, 0), domain.Denied, keyReadOnly},
		{t.Context(), sq(sqlite3.ErrConstraint, sqlite3.ErrConstraintForeignKey), domain.Conflict, keyGone},
		{t.Context(), sq(sqlite3.ErrConstraint, sqlite3.ErrConstraintCheck), domain.Internal, "internal"},
		{t.Context(), sq(sqlite3.ErrInterrupt, 0), domain.Internal, "internal"},
		{t.Context(), errors.New("something"), domain.Internal, "internal"},
		{t.Context(), sql.ErrTxDone, domain.Internal, "internal"},
		{stopped, sq(sqlite3.ErrInterrupt, 0), domain.Cancelled, ""}, // a bare context error
		{stopped, context.Canceled, domain.Cancelled, ""},
		{stopped, sql.ErrTxDone, domain.Cancelled, ""},
		{stopped, errors.New("sql: statement is closed"), domain.Cancelled, ""},
		{stopped, sq(sqlite3.ErrFull, 0), domain.Unavailable, keyFull},
	} {
		got := explain(tt.ctx, "store.X", "/p/quietline.db", tt.err)
		if domain.KindOf(got) != tt.kind || domain.KeyOf(got) != tt.key {
			t.Errorf("%v: %v", tt.err, got)
		}
		if tt.key == "" && !errors.Is(got, context.Canceled) {
			t.Errorf("%v: %v", tt.err, got)
		}
	}
	if explain(t.Context(), "store.X", "p", nil) != nil {
		t.Error("an error out of nothing")
	}
}

func TestCheck(t *testing.T) {
	s := fresh(t)
	if _, err := s.AddCalls(t.Context(), manyCalls(500), false); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// What other programs do to the file while it is open.
func TestCheckFindsChanges(t *testing.T) {
	query := func(text string) func(*Store) error {
		return func(s *Store) error {
			_, err := s.write.ExecContext(t.Context(), text)
			return err
		}
	}
	for name, tt := range map[string]struct {
		change func(*Store) error
		key    string
	}{
		"newer":         {query("PRAGMA user_version = 99"), keyNewer},
		"other program": {query("PRAGMA application_id = 7"), keyForeign},
		"table missing": {query("DROP TABLE setting"), keyDamaged},
		"deleted":       {func(s *Store) error { return os.Remove(s.path) }, keyMoved},
		"replaced": {func(s *Store) error {
			copied := s.path + "-copy"
			return errors.Join(query("VACUUM INTO '"+copied+"'")(s), os.Rename(copied, s.path))
		}, keyMoved},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && tt.key == keyMoved {
				t.Skip("an open file keeps its name there")
			}
			s := fresh(t)
			if err := tt.change(s); err != nil {
				t.Fatal(err)
			}
			if err := s.Check(t.Context()); domain.KeyOf(err) != tt.key {
				t.Errorf("found %v", err)
			}
		})
	}
}

func TestCheckFindsDamage(t *testing.T) {
	for name, damage := range map[string]string{
		"dangling row":       "PRAGMA foreign_keys = off; UPDATE call SET person_id = 4711 WHERE id = 1",
		"word without index": "UPDATE call_text_content SET c0 = 'other'",
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			calls := manyCalls(3)
			calls[0].Note = "word"
			if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
				t.Fatal(err)
			}
			if _, err := s.write.ExecContext(t.Context(), damage); err != nil {
				t.Fatal(err)
			}
			err := s.Check(t.Context())
			if domain.KindOf(err) != domain.Corrupt || domain.KeyOf(err) != keyDamaged {
				t.Errorf("found %v", err)
			}
		})
	}
}

func TestPageDamagedLater(t *testing.T) {
	s := fresh(t)
	if _, err := s.AddCalls(t.Context(), manyCalls(5000), false); err != nil {
		t.Fatal(err)
	}
	path := s.path
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for offset := info.Size() / 2; offset < info.Size(); offset += 4096 {
		if _, err := f.WriteAt([]byte("damage damage damage"), offset/4096*4096); err != nil {
			t.Fatal(err)
		}
	}
	s, err = Open(t.Context(), Params{Path: path, Clock: testkit.NewClock()})
	if err == nil {
		defer s.Close()
		err = s.Check(t.Context())
	}
	if domain.KindOf(err) != domain.Corrupt || domain.KeyOf(err) != keyDamaged {
		t.Errorf("found %v", err)
	}
}

// JSON that is JSON but not ours is damage too, and its contents stay out of
// the error.
func TestStoredJSONOfAnotherShape(t *testing.T) {
	s := fresh(t)
	c := domain.Channel{Name: "c", Kind: domain.ChannelIntake}
	if err := s.AddChannel(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), `UPDATE channel SET capabilities = '{"name": 4711}'`); err != nil {
		t.Fatal(err)
	}
	_, err := s.Channels(t.Context())
	if domain.KeyOf(err) != keyDamaged || strings.Contains(err.Error(), "4711") {
		t.Error(err)
	}
}

func TestCursors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		var x, y int64
		if err := readCursor("op", callCursor, makeCursor(callCursor, a, b), &x, &y); err != nil || x != a || y != b {
			t.Fatalf("%d %d, %v", x, y, err)
		}
		if readCursor("op", complaintCursor, makeCursor(callCursor, a, b), &x, &y) == nil {
			t.Fatal("the cursor of another list was taken")
		}
	})
}

func FuzzReadCursor(f *testing.F) {
	f.Add(makeCursor(callCursor, 1, 2))
	f.Add("")
	f.Fuzz(func(t *testing.T, cursor string) {
		var a, b int64
		err := readCursor("op", callCursor, cursor, &a, &b)
		if err != nil && domain.KeyOf(err) != "page.cursor_invalid" {
			t.Fatal(err)
		}
	})
}

// Whatever is typed, the search answers, and finds a note by its own text.
func FuzzSearch(f *testing.F) {
	s := fresh(f)
	for _, text := range []string{
		"诈骗", `"`, "a OR b", "100%", "x_y", "\\", "+86 138", "VIP客户", "\x00", "é", "，", "客\u0301户", "ａ１", "AND", "\xff",
	} {
		f.Add(text)
	}
	ordinal := 0
	f.Fuzz(func(t *testing.T, text string) {
		ordinal++
		c := manyCalls(1)[0]
		c.Note, c.Ordinal = text, ordinal
		if _, err := s.AddCalls(t.Context(), []domain.Call{c}, false); err != nil {
			t.Fatal(err)
		}
		page, err := s.Calls(t.Context(), domain.CallFilter{Text: text}, domain.Page{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		// Nobody types what is not text, and very long texts are cut.
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || utf8.RuneCountInString(text) > maxSearchRunes {
			return
		}
		// Of equal calls the one stored last comes first.
		if len(page.Calls) == 0 || page.Calls[0].Ordinal != ordinal {
			t.Fatalf("%q was not found", text)
		}
	})
}
