package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
)

// keptRows are rows of a table as they stood there before they were removed. They
// live in memory alone, so that the file holds nothing of them any longer.
type keptRows struct {
	table   string
	columns []string
	rows    [][]any
}

// keepRows reads what is about to be removed.
func keepRows(ctx context.Context, tx *sql.Tx, table, where string, args ...any) (k keptRows, err error) {
	k.table = table
	found, err := tx.QueryContext(ctx, "SELECT * FROM "+table+" WHERE "+where, args...)
	if err != nil {
		return k, err
	}
	defer found.Close()
	if k.columns, err = found.Columns(); err != nil {
		return k, err
	}
	for found.Next() {
		row := make([]any, len(k.columns))
		to := make([]any, len(row))
		for i := range row {
			to[i] = &row[i]
		}
		if err := found.Scan(to...); err != nil {
			return k, err
		}
		k.rows = append(k.rows, row)
	}
	return k, found.Err()
}

// at is where a column stands in the rows.
func (k keptRows) at(column string) int { return slices.Index(k.columns, column) }

// insert is the statement that puts one row back unless it is there; conflict is
// what else to do about one that is.
func (k keptRows) insert(conflict string) string {
	return "INSERT INTO " + k.table + " (" + strings.Join(k.columns, ", ") + ") VALUES (?" +
		strings.Repeat(", ?", len(k.columns)-1) + ") ON CONFLICT DO " + conflict
}

// putBack puts the rows back; twin, which may be nil, hears of those that are
// there already, of which conflict says what else to do.
func (k keptRows) putBack(ctx context.Context, tx *sql.Tx, conflict string, twin func(row []any) error) error {
	if len(k.rows) == 0 {
		return nil
	}
	statement, err := tx.PrepareContext(ctx, k.insert(conflict))
	if err != nil {
		return err
	}
	defer func() { _ = statement.Close() }()
	for _, row := range k.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		isNew, err := affected(statement.ExecContext(context.WithoutCancel(ctx), row...))
		if err == nil && !isNew && twin != nil {
			err = twin(row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keptCalls are removed calls and what referred to them.
type keptCalls struct {
	calls, links keptRows
	// alerts are those of the days and weeks of the calls: what the user did with
	// them is to stay, whatever the rules make of the log in between.
	alerts keptRows
}

// keepCalls reads the calls that the condition, which has one parameter, picks.
func keepCalls(ctx context.Context, tx *sql.Tx, which string, arg any) (k keptCalls, err error) {
	from := " FROM call WHERE " + which
	for _, x := range []struct {
		to           *keptRows
		table, where string
	}{
		{&k.calls, "call", which + " ORDER BY id"},
		{&k.links, "complaint_call", "call_id IN (SELECT id" + from + ")"},
		{&k.alerts, "alert", `
			(ifnull(person_id, 0), period) IN (SELECT person_id, ` + ownDay + from + " UNION SELECT person_id, " + earlierDay + from + `)
			OR person_id IS NULL AND (subject, period) IN (SELECT code, ` + ownWeek + from + " UNION SELECT code, " + beforeWeek + from +
			" UNION SELECT code, " + afterWeek + from + ")"},
	} {
		if *x.to, err = keepRows(ctx, tx, x.table, x.where, arg); err != nil {
			return k, err
		}
	}
	return k, nil
}

// ids are those of the calls, as a parameter for json_each.
func (k keptCalls) ids() (string, error) {
	ids := make([]int64, len(k.calls.rows))
	at := k.calls.at("id")
	for i, row := range k.calls.rows {
		ids[i], _ = row[at].(int64)
	}
	text, err := json.Marshal(ids)
	return string(text), err
}

const theseCalls = " FROM call WHERE id IN (SELECT value FROM json_each(?1))"

// putBack stores the calls again under their IDs, with all that named them, and
// has the rules look at them; numbers hears which numbers there are again.
func (k keptCalls) putBack(ctx context.Context, tx *sql.Tx, numbers *callNumbers) error {
	err := k.calls.putBack(ctx, tx, "NOTHING", func(row []any) error { return k.replaceTwin(ctx, tx, row) })
	if err != nil {
		return err
	}
	at, second, call := k.links.at("complaint"), k.links.at("position"), k.links.at("call_id")
	for _, l := range k.links.rows {
		if err := link(ctx, tx, l[at], l[second], l[call]); err != nil {
			return err
		}
	}
	ids, err := k.ids()
	if err != nil {
		return err
	}
	if err := indexTexts(ctx, tx, ids); err != nil {
		return err
	}
	if err := numbers.back(ctx, tx, ids); err != nil {
		return err
	}
	// As if one had been added: see logState.
	if _, err := tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'call'"); err != nil {
		return err
	}
	if err := k.alerts.putBack(ctx, tx, "UPDATE SET state = excluded.state WHERE alert.state = 'new'", nil); err != nil {
		return err
	}
	if err := markCalls(ctx, tx, theseCalls, ids); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO alert_stale (person_id, number) SELECT person_id, number"+theseCalls+" ON CONFLICT DO NOTHING", ids)
	return err
}

// replaceTwin puts a removed call in the place of the same one that came by
// another way meanwhile, from a file that was imported again: it takes what only
// the other one knows, and the complaints that were made from that.
func (k keptCalls) replaceTwin(ctx context.Context, tx *sql.Tx, row []any) error {
	value := func(column string) any { return row[k.calls.at(column)] }
	id := value("id")
	twins, err := keepRows(ctx, tx, "call",
		"number = ? AND started_at = ? AND person_id = ? AND direction = ? AND ordinal = ? AND id <> ?",
		value("number"), value("started_at"), value("person_id"), value("direction"), value("ordinal"), id)
	if err != nil || len(twins.rows) == 0 { // it is back already
		return err
	}
	twin := twins.rows[0]
	of := func(column string) any { return twin[twins.at(column)] }
	links, err := keepRows(ctx, tx, "complaint_call", "call_id = ?", of("id"))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM call WHERE id = ?", of("id")); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, k.calls.insert("NOTHING"), row...); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE call SET duration = ifnull(duration, ?2), ring = ifnull(ring, ?3), name = iif(name = '', ?4, name),
			category = iif(?5 = '', category, ?5), techniques = iif(?6 = '', techniques, ?6), note = iif(?7 = '', note, ?7)
		WHERE id = ?1`, id, of("duration"), of("ring"), of("name"), of("category"), of("techniques"), of("note"))
	if err != nil {
		return err
	}
	for _, l := range links.rows {
		if err := link(ctx, tx, l[links.at("complaint")], l[links.at("position")], id); err != nil {
			return err
		}
	}
	return nil
}

// link has a complaint name the call again, at its place or, where another call
// has that now, behind the last. A complaint that does not speak of such a call
// any longer was changed meanwhile and stays as it is.
func link(ctx context.Context, tx *sql.Tx, complaint, position, call any) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO complaint_call (complaint, position, call_id)
		SELECT ?1, iif(EXISTS (SELECT 1 FROM complaint_call WHERE complaint = ?1 AND position = ?2),
			(SELECT max(position) + 1 FROM complaint_call WHERE complaint = ?1), ?2), c.id
		FROM call c JOIN complaint_second s ON s.complaint = ?1 AND s.second = c.started_at / 1000
		WHERE c.id = ?3 AND NOT EXISTS (SELECT 1 FROM complaint_call WHERE complaint = ?1 AND call_id = ?3)`,
		complaint, position, call)
	return err
}

// indexTexts makes names and notes findable again. The words of the index are read
// anew where its changes are counted.
func indexTexts(ctx context.Context, tx *sql.Tx, ids string) error {
	type text struct {
		key  callKey
		text string
	}
	list, err := collect(ctx, tx, func(row scanner) (t text, err error) {
		var name, note string
		err = row.Scan(&t.key.start, &t.key.id, &name, &note)
		t.text = callText(name, note)
		return t, err
	}, "SELECT started_at, id, name, note"+theseCalls+" AND (name <> '' OR note <> '') ORDER BY started_at, id", ids)
	for _, t := range list {
		if err == nil {
			err = indexText(ctx, tx, t.key, t.text)
		}
	}
	if err == nil && len(list) > 0 {
		_, err = tx.ExecContext(ctx, "UPDATE call_text_state SET changes = changes + 1")
	}
	return err
}
