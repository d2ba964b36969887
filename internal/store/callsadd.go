package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// addRows is how many calls go into one statement. What a statement costs by
// itself (a crossing into C, the row of AUTOINCREMENT) is then paid once for
// all of them; more of them gain nothing.
const addRows = 64

// AddCalls stores the calls in one transaction. A call that is there already
// counts as a duplicate; it gives what the stored one lacks (journal.CallStore).
// With dryRun nothing is written and the counts are the same, because the same
// work is done and taken back.
func (s *Store) AddCalls(ctx context.Context, calls []domain.Call, dryRun bool) (journal.AddResult, error) {
	return s.AddCallBatches(ctx, slices.Values([][]domain.Call{calls}), dryRun)
}

// AddCallBatches is AddCalls for batch after batch, all of them in one
// transaction.
func (s *Store) AddCallBatches(ctx context.Context, batches iter.Seq[[]domain.Call], dryRun bool) (journal.AddResult, error) {
	var result journal.AddResult
	err := s.update(ctx, "store.AddCalls", func(tx *sql.Tx) error {
		a, err := newCallAdder(ctx, tx)
		if err != nil {
			return err
		}
		defer a.close()
		for calls := range batches {
			if err := a.addBatch(ctx, calls); err != nil {
				return err
			}
		}
		result = a.result
		if dryRun {
			return errRollback
		}
		return nil
	})
	if err != nil {
		return journal.AddResult{}, err
	}
	return result, nil
}

// addBatch inserts calls with their texts and fills gaps.
func (a *callAdder) addBatch(ctx context.Context, calls []domain.Call) error {
	var again [][]domain.Call // the parts with duplicates
	clear(a.texts)
	for rest := calls; len(rest) > 0; {
		// The driver starts a goroutine for every statement with a context that
		// can end, which costs more than the statement. Asking once is enough.
		if err := ctx.Err(); err != nil {
			return err
		}
		part := rest[:alike(rest)]
		rest = rest[len(part):]
		n, err := a.add(context.WithoutCancel(ctx), part)
		if err != nil {
			return err
		}
		a.result.Added += n
		if n < len(part) {
			a.result.Duplicates += len(part) - n
			again = append(again, part)
		}
	}
	if err := a.addTexts(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	for _, part := range again {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := fillGaps(context.WithoutCancel(ctx), a.tx, part)
		if err != nil {
			return err
		}
		a.result.Filled += n
	}
	return nil
}

// callAdder inserts calls within one transaction. It foresees the IDs of the
// rows, because a statement of many rows does not tell which of them went in
// under which: AUTOINCREMENT gives one after the other, also to duplicates, which
// do not use theirs, and the transaction keeps every other writer out. Giving the
// IDs would have SQLite keep a copy of every page that the statement changes.
type callAdder struct {
	tx   *sql.Tx
	full *sql.Stmt // inserts addRows calls
	next int64
	args []any
	// texts are those of the batch by the ID of their call.
	texts  map[int64]string
	result journal.AddResult
}

func newCallAdder(ctx context.Context, tx *sql.Tx) (*callAdder, error) {
	a := &callAdder{tx: tx, args: make([]any, 0, callBatch+addRows*callEach), texts: map[int64]string{}}
	var err error
	a.next, err = scanValue[int64](tx.QueryRowContext(ctx, `
		SELECT 1 + max(ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'call'), 0), ifnull((SELECT max(id) FROM call), 0))`))
	if err != nil {
		return nil, err
	}
	a.full, err = tx.PrepareContext(ctx, insertCalls(addRows))
	return a, err
}

func (a *callAdder) close() { quietly(a.full) }

// Columns of a new call. Those of a batch come once for all rows of a statement,
// because the rows of an import have them in common.
const (
	callColumnsEach  = "number, display, area_code, code, family, verdict, started_at, duration, ring, direction, ordinal, name"
	callColumnsBatch = ", person_id, source, category, techniques, note"
	callEach         = 12
	callBatch        = 5
)

// insertCalls is the statement for n calls that have the columns of a batch in
// common: its parameters are those first, then the others row by row. A row that
// breaks a rule fails the statement without taking back the rows before it (OR
// FAIL): the transaction is taken back anyway, and SQLite need not keep a copy of
// every page that the statement changes.
func insertCalls(n int) string {
	row := "(?" + strings.Repeat(", ?", callEach-1) + ", ?1, ?2, ?3, ?4, ?5)"
	return "INSERT OR FAIL INTO call (" + callColumnsEach + callColumnsBatch + ") VALUES " +
		// The first free parameter follows the highest that was named so far.
		"(?6" + strings.Repeat(", ?", callEach-1) + ", ?1, ?2, ?3, ?4, ?5)" +
		strings.Repeat(", "+row, n-1) + " ON CONFLICT DO NOTHING"
}

// alike says how many of the calls, from the first, can share a statement.
func alike(calls []domain.Call) int {
	first := &calls[0]
	for i := range calls {
		c := &calls[i]
		if i == addRows || c.PersonID != first.PersonID || c.Source != first.Source || c.Category != first.Category ||
			c.Note != first.Note || !slices.Equal(c.Techniques, first.Techniques) {
			return i
		}
	}
	return len(calls)
}

// add inserts calls that are alike and says how many of them were new.
func (a *callAdder) add(ctx context.Context, calls []domain.Call) (added int, err error) {
	first := &calls[0]
	a.args = append(a.args[:0], int64(first.PersonID), first.Source, string(first.Category), joinCodes(first.Techniques), first.Note)
	for i := range calls {
		c := &calls[i]
		var display any
		if c.Display != c.Number {
			display = c.Display
		}
		a.args = append(a.args, c.Number, display, c.AreaCode, c.Code,
			string(c.Family), string(c.Verdict), c.StartedAt.UnixMilli(), length(c.Duration), length(c.Ring),
			string(c.Direction), int64(c.Ordinal), c.Name)
		if text := callText(c.Name, c.Note); text != "" {
			a.texts[a.next] = text
		}
		a.next++
	}
	var r sql.Result
	if len(calls) == addRows {
		r, err = a.full.ExecContext(ctx, a.args...)
	} else {
		r, err = a.tx.ExecContext(ctx, insertCalls(len(calls)), a.args...)
	}
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// addTexts makes the names and notes of those calls findable that went in. It
// comes after the calls and takes all texts at once, because the index of texts
// writes down what it has gathered whenever a statement of many rows begins. They
// are one parameter, so that the statement is the same however many they are.
func (a *callAdder) addTexts(ctx context.Context) error {
	if len(a.texts) == 0 {
		return nil
	}
	last, err := scanValue[int64](a.tx.QueryRowContext(ctx, "SELECT seq FROM sqlite_sequence WHERE name = 'call'"))
	if err != nil {
		return err
	}
	if last != a.next-1 {
		return fmt.Errorf("the last ID is %d, foreseen was %d", last, a.next-1)
	}
	texts, err := json.Marshal(a.texts)
	if err != nil {
		return err
	}
	_, err = a.tx.ExecContext(ctx, `
		INSERT INTO call_text (rowid, text) SELECT `+textRow+`, t.value
		FROM json_each(?) t CROSS JOIN call c ON c.id = CAST(t.key AS INTEGER) ORDER BY 1`, string(texts))
	return err
}
