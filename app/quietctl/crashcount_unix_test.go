//go:build unix

package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/workspace"
)

func asExit(err error, to **exec.ExitError) bool { return errors.As(err, to) }

// count compares what the two databases hold, without a word of the programs.
func (c *crash) count() {
	c.t.Helper()
	c.stopEndpoint()
	ours, theirs := openFile(c.t, filepath.Join(c.dir, workspace.DatabaseFile)), openFile(c.t, c.data)
	sound(c.t, ours)
	sound(c.t, theirs)

	filed := map[string]string{} // complaint → receipt number of the endpoint
	twice := 0
	for _, row := range rows(c.t, theirs, "SELECT body, receipt_number FROM complaint") {
		var body domain.ComplaintBody
		if err := json.Unmarshal([]byte(row[0]), &body); err != nil {
			c.t.Fatal(err)
		}
		id := string(body.ClientReference)
		if _, again := filed[id]; again {
			twice++
		}
		filed[id] = row[1]
	}
	kept := map[string]bool{}
	lost, wrong, unsent := 0, 0, 0
	for _, row := range rows(c.t, ours, "SELECT uuid, send_state, receipt_number FROM complaint") {
		id, state, receipt := row[0], row[1], row[2]
		kept[id] = true
		switch theirs, ok := filed[id]; {
		case !ok:
			lost++
		case state != string(domain.SendSent):
			unsent++
		case receipt != theirs:
			wrong++
		}
	}
	for id := range c.told {
		if !kept[id] {
			lost++
		}
	}
	strange := 0
	for id := range filed {
		if !kept[id] {
			strange++
		}
	}
	c.t.Logf("%d complaints; killed at work: %v; lost %d, filed twice %d, wrong receipts %d, not known as sent %d, not ours %d",
		len(kept), c.cut, lost, twice, wrong, unsent, strange)
	if lost+twice+wrong+unsent+strange > 0 {
		c.t.Error("these should all be 0")
	}
	if len(c.cut) == 0 {
		c.t.Error("nothing was killed while it worked")
	}
	want, got := strconv.Itoa(len(c.sheets)*sheetRows), rows(c.t, ours, "SELECT count(*) FROM complaint WHERE batch <> ''")[0][0]
	if got != want {
		c.t.Errorf("%s complaints of %d sheets, want %s", got, len(c.sheets), want)
	}
	running := rows(c.t, ours, "SELECT count(*) FROM attempt WHERE outcome = 'running'")[0][0]
	leased := rows(c.t, ours, "SELECT count(*) FROM outbox WHERE lease_owner IS NOT NULL OR due_at IS NOT NULL")[0][0]
	if running != "0" || leased != "0" {
		c.t.Errorf("%s attempts are running and %s rows are open", running, leased)
	}
}

func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func sound(t *testing.T, db *sql.DB) {
	t.Helper()
	if got := rows(t, db, "PRAGMA integrity_check"); len(got) != 1 || got[0][0] != "ok" {
		t.Errorf("integrity: %v", got)
	}
	if got := rows(t, db, "PRAGMA foreign_key_check"); len(got) != 0 {
		t.Errorf("foreign keys: %v", got)
	}
}

// rows reads every row as text.
func rows(t *testing.T, db *sql.DB, query string) (out [][]string) {
	t.Helper()
	list, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	names, err := list.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for list.Next() {
		row := make([]sql.NullString, len(names))
		to := make([]any, len(names))
		for i := range row {
			to[i] = &row[i]
		}
		if err := list.Scan(to...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = v.String
		}
		out = append(out, texts)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
