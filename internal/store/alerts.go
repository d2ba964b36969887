package store

import (
	"context"
	"database/sql"

	"quietline/internal/domain"
	"quietline/internal/lookout"
)

const alertCursor = "alert"

// A campaign that reached one person only is shown as that person's.
const alertColumns = `
	SELECT a.id, a.kind, ifnull(a.person_id, 0), a.subject, a.period, a.number, a.code, a.from_at, a.to_at, a.calls,
		a.severity, a.why, a.facts, a.call_ids, a.people, a.state,
		ifnull((SELECT p.name FROM person p WHERE p.id = ifnull(a.person_id,
			CASE json_array_length(a.people) WHEN 1 THEN json_extract(a.people, '$[0]') END)), '')
	FROM alert a`

func scanAlert(row scanner) (lookout.Alert, error) {
	var a lookout.Alert
	var from, to int64
	var facts, calls, people string
	err := row.Scan(&a.ID, &a.Kind, &a.Person, &a.Subject, &a.Period, &a.Number, &a.Code, &from, &to, &a.Calls,
		&a.Severity, &a.Why, &facts, &calls, &people, &a.State, &a.PersonName)
	if err != nil {
		return a, err
	}
	a.From, a.To = at(from), at(to)
	for _, f := range []struct {
		text string
		to   any
	}{{facts, &a.Facts}, {calls, &a.CallIDs}, {people, &a.People}} {
		if err := fromJSON(f.text, f.to); err != nil {
			return a, err
		}
	}
	return a, nil
}

// Alerts pages through the matching alerts, the latest end first. A cursor
// that is not one fails with Invalid "page.cursor_invalid".
func (s *Store) Alerts(ctx context.Context, f lookout.AlertFilter, p domain.Page) (lookout.AlertPage, error) {
	const op = "store.Alerts"
	var w conds
	w.add("a.gone = 0")
	if !f.Dismissed {
		w.add("a.state <> 'dismissed'")
	}
	if f.PersonID != 0 {
		w.add(`(a.person_id = ? OR a.person_id IS NULL
			AND EXISTS (SELECT 1 FROM json_each(a.people) j WHERE j.value = ?))`, f.PersonID, f.PersonID)
	}
	if !f.From.IsZero() {
		w.add("a.to_at >= ?", f.From.UnixMilli())
	}
	if !f.To.IsZero() {
		w.add("a.from_at < ?", f.To.UnixMilli())
	}
	if p.After != "" {
		var end, id int64
		if err := readCursor(op, alertCursor, p.After, &end, &id); err != nil {
			return lookout.AlertPage{}, err
		}
		w.add("(a.to_at, a.id) < (?, ?)", end, id)
	}
	limit := pageLimit(p)
	var page lookout.AlertPage
	err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		page.Alerts, err = collect(ctx, tx, scanAlert,
			alertColumns+w.where()+" ORDER BY a.to_at DESC, a.id DESC LIMIT ?", append(w.args, limit+1)...)
		return err
	})
	if err != nil {
		return lookout.AlertPage{}, err
	}
	if len(page.Alerts) > limit {
		page.Alerts = page.Alerts[:limit]
		last := page.Alerts[limit-1]
		page.Next = makeCursor(alertCursor, last.To.UnixMilli(), int64(last.ID))
	}
	return page, nil
}

// newAlerts are those of one severity that the user has not seen, as an index
// holds them.
const newAlerts = " FROM alert WHERE state = 'new' AND gone = 0 AND severity = ?"

// bySeverity lists the severities, the most severe first.
func bySeverity() []domain.Severity {
	return []domain.Severity{domain.SeverityDanger, domain.SeverityCaution, domain.SeverityInfo}
}

// Pressing gives at most so many new alerts, the most severe first and among
// them the latest. Only these few are read as a whole: the lists of calls are long.
func (s *Store) Pressing(ctx context.Context, most int) (list []lookout.Alert, err error) {
	err = s.view(ctx, "store.Pressing", func(tx *sql.Tx) error {
		for _, severity := range bySeverity() {
			ids, err := collect(ctx, tx, scanValue[int64],
				"SELECT id"+newAlerts+" ORDER BY to_at DESC, id DESC LIMIT ?", severity, most-len(list))
			if err != nil {
				return err
			}
			for _, id := range ids {
				a, err := scanAlert(tx.QueryRowContext(ctx, alertColumns+" WHERE a.id = ?", id))
				if err != nil {
					return err
				}
				list = append(list, a)
			}
		}
		return nil
	})
	return list, err
}

// NewAlerts counts the new ones. Each severity is counted for itself, which is
// several times faster than in groups.
func (s *Store) NewAlerts(ctx context.Context) (n lookout.Counts, err error) {
	err = s.view(ctx, "store.NewAlerts", func(tx *sql.Tx) error {
		for _, severity := range bySeverity() {
			count, err := scanValue[int](tx.QueryRowContext(ctx, "SELECT count(*)"+newAlerts, severity))
			if err != nil {
				return err
			}
			switch severity {
			case domain.SeverityDanger:
				n.Danger = count
			case domain.SeverityCaution:
				n.Caution = count
			case domain.SeverityInfo:
				n.Info = count
			}
		}
		return nil
	})
	return n, err
}

// SetAlertState changes all or, where one is missing, none: NotFound
// "alerts.not_found" (Args: ID).
func (s *Store) SetAlertState(ctx context.Context, ids []lookout.AlertID, state lookout.State) error {
	const op = "store.SetAlertState"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		for _, id := range ids {
			found, err := affected(tx.ExecContext(ctx, "UPDATE alert SET state = ? WHERE id = ? AND gone = 0", state, id))
			if err != nil {
				return err
			}
			if !found {
				return domain.E(op, domain.NotFound, "alerts.not_found", domain.Args{"ID": int64(id)}, nil)
			}
		}
		return nil
	})
}
