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
	// Without CROSS JOIN the planner would rather go through the whole log.
	richer, err := collect(ctx, tx, scanRicher, `
		UPDATE call SET duration = ifnull(call.duration, more.duration), ring = ifnull(call.ring, more.ring),
			name = iif(call.name = '', more.name, call.name)
		FROM (
			SELECT old.id, v.column5 AS duration, v.column6 AS ring, v.column7 AS name
			FROM (VALUES (?2`+strings.Repeat(", ?", fillEach-1)+`)`+
		strings.Repeat(", (?"+strings.Repeat(", ?", fillEach-1)+")", rows-1)+`) v
			CROSS JOIN call old INDEXED BY call_identity ON old.number = v.column1 AND old.started_at = v.column2
				AND old.person_id = ?1 AND old.direction = v.column3 AND old.ordinal = v.column4
			WHERE (old.duration IS NULL AND v.column5 IS NOT NULL) OR (old.ring IS NULL AND v.column6 IS NOT NULL)
				OR (old.name = '' AND v.column7 <> '')
		) more
		WHERE call.id = more.id
		RETURNING id, started_at, name, note`, args...)
	if err != nil {
		return 0, err
	}
	for _, r := range richer {
		if err := indexText(ctx, tx, r.key, callText(r.name, r.note)); err != nil {
			return 0, err
		}
	}
	return len(richer), nil
}

// fillEach is how many columns of a call fillGaps looks at.
const fillEach = 7

// richerCall is a call that knows more than before.
type richerCall struct {
	key        callKey
	name, note string
}

func scanRicher(row scanner) (r richerCall, err error) {
	err = row.Scan(&r.key.id, &r.key.start, &r.name, &r.note)
	return r, err
}
