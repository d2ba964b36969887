package store

import (
	"context"
	"database/sql"
	"strings"

	"quietline/internal/domain"
)

// fillGaps gives the stored calls that are the same as some of these what they
// lack: how long the call and the ringing lasted, and the name. What is known
// already stays, because the first to tell is as good as the second. The calls
// are at most addRows and belong to one person; filled says how many stored
// calls know more now.
func fillGaps(ctx context.Context, tx *sql.Tx, calls []domain.Call) (filled int, err error) {
	args := []any{int64(calls[0].PersonID)}
	for i := range calls {
		if c := &calls[i]; c.Duration != nil || c.Ring != nil || c.Name != "" {
			args = append(args, c.Number, c.StartedAt.UnixMilli(), string(c.Direction), int64(c.Ordinal),
				length(c.Duration), length(c.Ring), c.Name)
		}
	}
	rows := len(args) / fillEach
	if rows == 0 {
		return 0, nil
	}
	richer, err := collect(ctx, tx, scanRicher, gaps(rows), args...)
	if err != nil {
		return 0, err
	}
	for _, r := range richer {
		_, err := tx.ExecContext(ctx, "UPDATE call SET duration = ?, ring = ?, name = ? WHERE id = ?", r.duration, r.ring, r.name, r.key.id)
		if err == nil && !r.sameName {
			err = indexText(ctx, tx, r.key, callText(r.name, r.note))
		}
		if err != nil {
			return 0, err
		}
	}
	return len(richer), nil
}

// gaps finds those of so many calls whose stored one lacks what they have, as they
// will be. Reading and writing are two statements: in one the planner goes through
// the whole log for each of the calls.
func gaps(rows int) string {
	row := "(?" + strings.Repeat(", ?", fillEach-1) + ")"
	return `
		SELECT old.id, old.started_at, ifnull(old.duration, v.column5), ifnull(old.ring, v.column6),
			iif(old.name = '', v.column7, old.name), old.name <> '' OR v.column7 = '', old.note
		FROM (VALUES (?2` + row[len("(?"):] + strings.Repeat(", "+row, rows-1) + `) v
		CROSS JOIN call old INDEXED BY call_identity ON old.number = v.column1 AND old.started_at = v.column2
			AND old.person_id = ?1 AND old.direction = v.column3 AND old.ordinal = v.column4
		WHERE (old.duration IS NULL AND v.column5 IS NOT NULL) OR (old.ring IS NULL AND v.column6 IS NOT NULL)
			OR (old.name = '' AND v.column7 <> '')`
}

// fillEach is how many columns of a call fillGaps looks at.
const fillEach = 7

// richerCall is a call as it will be.
type richerCall struct {
	key            callKey
	duration, ring sql.NullInt64
	name           string
	sameName       bool
	note           string
}

func scanRicher(row scanner) (r richerCall, err error) {
	err = row.Scan(&r.key.id, &r.key.start, &r.duration, &r.ring, &r.name, &r.sameName, &r.note)
	return r, err
}
