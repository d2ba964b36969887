package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"unicode/utf8"

	"quietline/internal/custody"
	"quietline/internal/domain"
)

// mask stands where the name of somebody who was erased stood in the text of
// others.
const mask = "***"

// somebody is a person who is to be erased, as the database knows them.
type somebody struct {
	id   int64 // 0: only complaints bear the name
	name string
	// numbers are their own numbers that nobody else has.
	numbers []string
	// telling are the words that point to them in the text of others.
	telling []string
}

// numbersJSON is for json_each.
func (b *somebody) numbersJSON() string { return list(b.numbers) }

func list(words []string) string {
	if len(words) == 0 {
		return "[]" // null would be one row
	}
	text, _ := json.Marshal(words) // strings always can be
	return string(text)
}

// theirs is the condition for complaint c to be about the person: made of their
// calls, by them, for them, or with their name in the description.
const theirs = `(c.person_id = ?1
	OR ?2 IN (c.body ->> '$.complainant.name', c.body ->> '$.complainant.on_behalf_of.name')
	OR EXISTS (SELECT 1 FROM json_each(?3) n WHERE n.value IN (
		replace(replace(c.body ->> '$.complainant.phone', ' ', ''), '-', ''),
		replace(replace(c.body ->> '$.complainant.on_behalf_of.phone', ' ', ''), '-', '')))
	OR EXISTS (SELECT 1 FROM json_each(?4) t WHERE instr(c.body ->> '$.description', t.value) > 0))`

func (b *somebody) args() []any { return []any{b.id, b.name, b.numbersJSON(), list(b.telling)} }

// find looks the person up by name, also one who was removed.
func find(ctx context.Context, tx *sql.Tx, name string) (*somebody, error) {
	b := &somebody{name: name}
	err := tx.QueryRowContext(ctx, "SELECT id FROM person WHERE name = ?", name).Scan(&b.id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	b.numbers, err = collect(ctx, tx, scanValue[string], `
		SELECT number FROM person_number WHERE person_id = ?1 AND number NOT IN (
			SELECT n.number FROM person_number n JOIN person p ON p.id = n.person_id
			WHERE n.person_id <> ?1 AND p.removed_at IS NULL)`, b.id)
	if err != nil {
		return nil, err
	}
	for _, n := range b.numbers {
		if len(n) >= shortestTelling {
			b.telling = append(b.telling, n)
		}
	}
	// A name that is part of another's points to that one as well.
	shared, err := scanValue[bool](tx.QueryRowContext(ctx,
		"SELECT EXISTS (SELECT 1 FROM person WHERE id <> ? AND instr(name, ?) > 0)", b.id, name))
	if err == nil && !shared && isTelling(name) {
		b.telling = append(b.telling, name)
	}
	if err != nil || b.id != 0 {
		return b, err
	}
	known, err := scanValue[bool](tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM complaint c WHERE "+theirs+")", b.args()...))
	if err == nil && !known {
		err = noPerson("store.Toll", name)
	}
	return b, err
}

// shortestTelling is how many digits a number has that is looked for in texts.
const shortestTelling = 7

// isTelling says whether a name can be looked for in the texts of others: one
// character stands in too many words, and what looks like a code of the program
// is one.
func isTelling(name string) bool {
	code := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == ""
	return utf8.RuneCountInString(name) > 1 && !code
}

// Toll says what erasing a person would take of the database.
func (s *Store) Toll(ctx context.Context, person string) (custody.Toll, error) {
	var out custody.Toll
	err := s.view(ctx, "store.Toll", func(tx *sql.Tx) error {
		b, err := find(ctx, tx, person)
		if err != nil {
			return err
		}
		out, err = toll(ctx, tx, b)
		if err == nil {
			out.Mentions, err = mentions(ctx, tx, b, false)
		}
		return err
	})
	return out, err
}

// closedCases are the states in which nothing more comes from an endpoint.
const closedCases = "('rejected_insufficient','rejected_out_of_scope','action_taken','no_action','duplicate','closed')"

func toll(ctx context.Context, tx *sql.Tx, b *somebody) (custody.Toll, error) {
	out := custody.Toll{Person: b.name, Owner: domain.PersonID(b.id) == domain.SelfID}
	count := func(n *int64, query string) error {
		return tx.QueryRowContext(ctx, query, b.args()...).Scan(n)
	}
	filed := "EXISTS (SELECT 1 FROM channel h WHERE h.id = c.channel_id AND h.url <> '" + domain.PracticeURL + "')"
	err := errors.Join(
		count(&out.Calls, "SELECT count(*) FROM call WHERE person_id = ?1"),
		count(&out.OthersCalls, "SELECT count(*) FROM call WHERE person_id <> ?1 AND number IN (SELECT value FROM json_each(?3))"),
		count(&out.Contacts, "SELECT count(*) FROM contact WHERE "+theirContact),
		count(&out.Alerts, "SELECT count(*) FROM alert WHERE "+theirAlert),
		count(&out.Complaints, "SELECT count(*) FROM complaint c WHERE "+theirs),
		count(&out.Open, "SELECT count(*) FROM complaint c WHERE c.send_state = 'sent' AND c.case_state NOT IN "+closedCases+" AND "+filed+" AND "+theirs),
		count(&out.Waiting, "SELECT count(*) FROM complaint c WHERE c.send_state IN ('queued','retry') AND "+theirs),
		count(&out.Unsettled, "SELECT count(*) FROM complaint c WHERE c.send_state IN ('sending','unknown','token') AND "+filed+" AND "+theirs),
	)
	if err != nil {
		return out, err
	}
	out.Evidence, err = collect(ctx, tx, scanValue[string], `
		SELECT DISTINCT e.value ->> '$.sha256' FROM complaint c, json_each(c.body, '$.evidence') e
		WHERE e.value ->> '$.sha256' IS NOT NULL AND `+theirs+`
		EXCEPT SELECT e.value ->> '$.sha256' FROM complaint c, json_each(c.body, '$.evidence') e
		WHERE e.value ->> '$.sha256' IS NOT NULL AND (`+theirs+`) IS NOT TRUE`, b.args()...)
	if err != nil {
		return out, err
	}
	out.Needed, err = collect(ctx, tx, scanValue[string], `
		SELECT DISTINCT e.value ->> '$.sha256' FROM complaint c, json_each(c.body, '$.evidence') e
		WHERE e.value ->> '$.sha256' IS NOT NULL AND (`+theirs+`) IS NOT TRUE`, b.args()...)
	return out, err
}

const (
	theirContact = "(person_id = ?1 OR name = ?2 OR number IN (SELECT value FROM json_each(?3)))"
	theirAlert   = `(person_id = ?1 OR number IN (SELECT value FROM json_each(?3))
		OR EXISTS (SELECT 1 FROM json_each(alert.people) p WHERE p.value = ?1))`
)

// theirRows takes away the rows of sheets in which a cell is the person or their
// number; those whose complaints went are gone by now, and these were not filed.
const theirRows = `DELETE FROM batch_row WHERE EXISTS (SELECT 1 FROM json_each(cells) v
	WHERE trim(v.value) = ?2 OR trim(v.value) IN (SELECT value FROM json_each(?3)))`

// Expunge writes what remains of the database without the person. It works on a
// copy, which it removes; SQLite writes the result from the rows that are left,
// so that no page of it ever held the others.
func (f *Files) Expunge(ctx context.Context, e custody.Expunging) (out custody.Toll, err error) {
	const op = "store.Expunge"
	work := e.To + ".work"
	if err := os.WriteFile(work, nil, 0o600); err != nil {
		return out, explain(ctx, op, work, err)
	}
	defer func() { _ = custody.Shred(work) }()
	if err := f.Copy(ctx, e.From, work); err != nil {
		return out, err
	}
	e.Step()
	db := alone(work)
	defer quietly(db)
	err = func() error {
		// A copy needs no way back.
		if _, err := db.ExecContext(ctx, "PRAGMA synchronous = OFF"); err != nil {
			return err
		}
		if _, err := scanValue[string](db.QueryRowContext(ctx, "PRAGMA journal_mode = MEMORY")); err != nil {
			return err
		}
		if err := inTx(ctx, db, func(tx *sql.Tx) (err error) {
			out, err = expunge(ctx, tx, e.Person)
			return err
		}); err != nil {
			return err
		}
		e.Step()
		_, err := db.ExecContext(ctx, "VACUUM INTO ?", e.To)
		return err
	}()
	if err != nil {
		return out, explain(ctx, op, work, err)
	}
	e.Step()
	if err := f.Verify(ctx, e.To); err != nil {
		return out, err
	}
	e.Step()
	return out, nil
}

func expunge(ctx context.Context, tx *sql.Tx, person string) (custody.Toll, error) {
	b, err := find(ctx, tx, person)
	if err != nil {
		return custody.Toll{}, err
	}
	out, err := toll(ctx, tx, b)
	if err != nil {
		return out, err
	}
	for _, query := range []string{
		"DELETE FROM complaint AS c WHERE " + theirs,
		theirRows,
		"DELETE FROM call WHERE person_id = ?1 OR number IN (SELECT value FROM json_each(?3))",
		"DELETE FROM contact WHERE " + theirContact,
		"DELETE FROM alert WHERE " + theirAlert,
		"DELETE FROM watched_folder WHERE person_id = ?1",
		"DELETE FROM person_number WHERE person_id = ?1",
		// What deleting has marked, and by which alerts were judged.
		"DELETE FROM alert_day WHERE person_id = ?1",
		"DELETE FROM call_day WHERE person_id = ?1",
		"DELETE FROM alert_stale WHERE person_id = ?1 OR number IN (SELECT value FROM json_each(?3))",
		"DELETE FROM alert_known WHERE person_id = ?1 OR number IN (SELECT value FROM json_each(?3))",
		"DELETE FROM alert_refusal WHERE person_id = ?1 OR number IN (SELECT value FROM json_each(?3))",
		"DELETE FROM alert_contact WHERE person_id = ?1 OR number IN (SELECT value FROM json_each(?3))",
	} {
		if _, err := tx.ExecContext(ctx, query, b.args()...); err != nil {
			return out, err
		}
	}
	if out.Owner {
		_, err = tx.ExecContext(ctx, "UPDATE person SET name = ?, province = '', authority = '' WHERE id = ?", domain.SelfName, b.id)
	} else {
		_, err = tx.ExecContext(ctx, "DELETE FROM person WHERE id = ?", b.id)
	}
	if err != nil {
		return out, err
	}
	if out.Mentions, err = mentions(ctx, tx, b, true); err != nil {
		return out, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO call_text (call_text) VALUES ('rebuild')")
	return out, err
}

// textColumn is a column that may hold what people wrote.
type textColumn struct{ table, column string }

// mentions counts the texts of others in which the person is named, and with
// erase puts the mask in their place. It asks the schema where texts are, so that
// no later table is forgotten.
func mentions(ctx context.Context, tx *sql.Tx, b *somebody, erase bool) (n int64, err error) {
	columns, err := collect(ctx, tx, func(row scanner) (c textColumn, err error) {
		err = row.Scan(&c.table, &c.column)
		return c, err
	}, `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND c.type = 'TEXT' AND t.sql LIKE '%STRICT%'
			AND t.name NOT IN ('person', 'person_number', 'complaint', 'channel', 'registry_feed', 'registry_state')
		ORDER BY 1, 2`)
	if err != nil {
		return 0, err
	}
	for _, word := range b.telling {
		for _, c := range columns {
			in := ` WHERE instr("` + c.column + `", ?1) > 0`
			if c.table == "call" {
				in += " AND person_id <> ?2 AND number NOT IN (SELECT value FROM json_each(?3))"
			}
			if c.table == "contact" {
				in += " AND NOT (ifnull(person_id, -1) = ?2 OR number IN (SELECT value FROM json_each(?3)) OR name = ?4)"
			}
			args := []any{word, b.id, b.numbersJSON(), b.name}
			found, err := scanValue[int64](tx.QueryRowContext(ctx, `SELECT count(*) FROM "`+c.table+`"`+in, args...))
			if err != nil {
				return n, err
			}
			if n += countable(c, found); !erase || found == 0 {
				continue
			}
			if err := cover(ctx, tx, c, in, args); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// countable leaves out what belongs to something that was counted before.
func countable(c textColumn, n int64) int64 {
	switch c.table {
	case "call", "contact", "setting", "correction", "import_mapping", "watched_folder", "watched_file":
		return n
	}
	return 0
}

// cover writes the mask over a word in one column. What a rule of the table
// forbids is no text but a code, and stays.
func cover(ctx context.Context, tx *sql.Tx, c textColumn, in string, args []any) error {
	var keys []callKey
	if c.table == "call" {
		var err error
		if keys, err = collect(ctx, tx, scanKey, "SELECT started_at, id FROM call"+in, args...); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE OR IGNORE "`+c.table+`" SET "`+c.column+`" = replace("`+c.column+`", ?1, '`+mask+`')`+in, args...)
	if err != nil {
		return err
	}
	for _, key := range keys {
		var name, note string
		if err := tx.QueryRowContext(ctx, "SELECT name, note FROM call WHERE id = ?", key.id).Scan(&name, &note); err != nil {
			return err
		}
		if err := indexText(ctx, tx, key, callText(name, note)); err != nil {
			return err
		}
	}
	return nil
}
