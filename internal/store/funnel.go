package store

import (
	"context"
	"database/sql"

	"quietline/internal/filing"
)

// CountStates counts the matching complaints by both states, in a walk over an
// index.
func (s *Store) CountStates(ctx context.Context, f filing.FunnelFilter) (counts []filing.StateCount, err error) {
	err = s.view(ctx, "store.CountStates", func(tx *sql.Tx) error {
		w := funnelConds(f)
		counts, err = collect(ctx, tx, func(row scanner) (c filing.StateCount, err error) {
			err = row.Scan(&c.Send, &c.Case, &c.N)
			return c, err
		}, byStates(w), w.args...)
		return err
	})
	return counts, err
}

func funnelConds(f filing.FunnelFilter) *conds {
	var w conds
	if f.PersonID != 0 {
		w.add("c.person_id = ?", f.PersonID)
	}
	if !f.From.IsZero() {
		w.add("c.created_at >= ?", f.From.UnixMilli())
	}
	if !f.To.IsZero() {
		w.add("c.created_at < ?", f.To.UnixMilli())
	}
	return &w
}

func byStates(w *conds) string {
	return "SELECT c.send_state, c.case_state, count(*) FROM complaint c INDEXED BY complaint_course" + w.where() +
		" GROUP BY c.send_state, c.case_state"
}
