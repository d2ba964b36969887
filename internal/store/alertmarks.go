package store

import (
	"context"
	"database/sql"
	"time"

	"quietline/internal/domain"
	"quietline/internal/lookout"
)

// The periods in which the rules may see a call that began at started_at: its
// own, the one before where the call lies in its lookahead, and the week after,
// which looks back. The numbers are
// those of package insight; a test keeps them together.
const (
	ownDay     = "(started_at + 28800000) / 86400000"
	earlierDay = "(started_at - 14400000) / 86400000"
	ownWeek    = "((started_at + 28800000) / 86400000 + 3) / 7"
	beforeWeek = "((started_at + 28800000) / 86400000 - 4) / 7"
	afterWeek  = "((started_at + 28800000) / 86400000 + 10) / 7"
)

// markDays and markWeeks mark the periods of the calls that the table and
// condition, the same twice, pick.
func markDays(from string) string {
	return "INSERT INTO alert_day (person_id, day) SELECT person_id, " + ownDay + from +
		" UNION SELECT person_id, " + earlierDay + from + " ON CONFLICT DO NOTHING"
}

func markWeeks(from string) string {
	return "INSERT INTO alert_week (code, week) SELECT code, " + ownWeek + from +
		" AND code <> '' UNION SELECT code, " + beforeWeek + from + " AND code <> '' ON CONFLICT DO NOTHING"
}

// markCalls marks both.
func markCalls(ctx context.Context, tx *sql.Tx, from string, args ...any) error {
	if _, err := tx.ExecContext(ctx, markDays(from), args...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, markWeeks(from), args...)
	return err
}

// Prepare compares rules, contacts and refusals with those by which the alerts
// were judged, marks what may be judged otherwise now, and gives the refusals.
func (s *Store) Prepare(ctx context.Context, rules string, contacts []lookout.Contact) ([]lookout.Refusal, error) {
	var refusals []lookout.Refusal
	err := s.update(ctx, "store.Prepare", func(tx *sql.Tx) (err error) {
		if err := settleRules(ctx, tx, rules); err != nil {
			return err
		}
		if err := settleContacts(ctx, tx, contacts); err != nil {
			return err
		}
		refusals, err = settleRefusals(ctx, tx)
		return err
	})
	return refusals, err
}

func settleRules(ctx context.Context, tx *sql.Tx, rules string) error {
	var before string
	var last int64
	err := tx.QueryRowContext(ctx, "SELECT rules, last_call FROM alert_state").Scan(&before, &last)
	if err != nil || before == rules {
		return err
	}
	if last > 0 { // otherwise every call is still to be taken in
		if err := markCalls(ctx, tx, " FROM call WHERE true"); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE alert_state SET rules = ?", rules)
	return err
}

func settleContacts(ctx context.Context, tx *sql.Tx, contacts []lookout.Contact) error {
	before, err := collect(ctx, tx, func(row scanner) (c lookout.Contact, err error) {
		err = row.Scan(&c.Number, &c.PersonID)
		return c, err
	}, "SELECT number, person_id FROM alert_contact")
	if err != nil {
		return err
	}
	// true: still to be found among those of before.
	now := map[lookout.Contact]bool{}
	for _, c := range contacts {
		now[c] = true
	}
	change := func(query string, c lookout.Contact) error {
		if _, err := tx.ExecContext(ctx, query, c.Number, c.PersonID); err != nil {
			return err
		}
		return markCalls(ctx, tx, " FROM call WHERE number = ?1 AND (?2 = 0 OR person_id = ?2)", c.Number, c.PersonID)
	}
	for _, c := range before {
		if now[c] {
			now[c] = false
			continue
		}
		if err := change("DELETE FROM alert_contact WHERE number = ? AND person_id = ?", c); err != nil {
			return err
		}
	}
	for c, missing := range now {
		if !missing {
			continue
		}
		if err := change("INSERT INTO alert_contact (number, person_id) VALUES (?, ?)", c); err != nil {
			return err
		}
	}
	return nil
}

// settleRefusals reads the refusals that complaints tell of. A cancelled
// complaint was taken back, and a draft is not yet meant.
func settleRefusals(ctx context.Context, tx *sql.Tx) ([]lookout.Refusal, error) {
	type key struct {
		person       int64
		number, code string
	}
	now := map[key]time.Time{}
	told, err := collect(ctx, tx, func(row scanner) (r lookout.Refusal, err error) {
		var text string
		if err = row.Scan(&r.PersonID, &r.Number, &r.Code, &text); err == nil {
			r.At, err = time.Parse(time.RFC3339, text)
		}
		return r, err
	}, `
		SELECT person_id, number, ifnull(json_extract(body, '$.caller.code'), ''), json_extract(body, '$.refused_at')
		FROM complaint
		WHERE json_extract(body, '$.refused_at') IS NOT NULL AND person_id IS NOT NULL
			AND number <> '' AND send_state NOT IN ('draft', 'cancelled')`)
	if err != nil {
		return nil, err
	}
	for _, r := range told {
		k := key{int64(r.PersonID), r.Number, r.Code}
		if was, there := now[k]; !there || r.At.Before(was) {
			now[k] = r.At
		}
	}
	before, err := collect(ctx, tx, func(row scanner) (r lookout.Refusal, err error) {
		var refused int64
		err = row.Scan(&r.PersonID, &r.Number, &r.Code, &refused)
		r.At = at(refused)
		return r, err
	}, "SELECT person_id, number, code, refused FROM alert_refusal")
	if err != nil {
		return nil, err
	}
	out := make([]lookout.Refusal, 0, len(now))
	for _, r := range before {
		k := key{int64(r.PersonID), r.Number, r.Code}
		if t, there := now[k]; there && t.UnixMilli() == r.At.UnixMilli() {
			out = append(out, r)
			delete(now, k)
			continue
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM alert_refusal WHERE person_id = ? AND number = ? AND code = ?", r.PersonID, r.Number, r.Code)
		if err == nil {
			err = markRefused(ctx, tx, r)
		}
		if err != nil {
			return nil, err
		}
	}
	for k, t := range now {
		r := lookout.Refusal{PersonID: domain.PersonID(k.person), Number: k.number, Code: k.code, At: at(t.UnixMilli())}
		_, err := tx.ExecContext(ctx, "INSERT INTO alert_refusal (person_id, number, code, refused) VALUES (?, ?, ?, ?)",
			r.PersonID, r.Number, r.Code, r.At.UnixMilli())
		if err == nil {
			err = markRefused(ctx, tx, r)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// markRefused marks the days on which the caller called after the refusal.
func markRefused(ctx context.Context, tx *sql.Tx, r lookout.Refusal) error {
	const after = " AND person_id = ?2 AND started_at > ?3"
	_, err := tx.ExecContext(ctx, markDays(" FROM call WHERE number = ?1"+after), r.Number, r.PersonID, r.At.UnixMilli())
	if err == nil && r.Code != "" {
		_, err = tx.ExecContext(ctx, markDays(" FROM call WHERE code = ?1 AND code <> ''"+after), r.Code, r.PersonID, r.At.UnixMilli())
	}
	return err
}

// makesKnown is the condition under which a call makes its number known:
// insight.KnownTalk in milliseconds.
const makesKnown = " number <> '' AND (direction = 'outgoing' OR direction = 'incoming' AND duration >= 30000)"

// newCalls are calls that are taken in, and newKnown the numbers that they make
// known. newlyKnown are the calls between then and when the number was known
// before, which are no stranger's now; the join is told its order, because what
// is new is little.
const (
	newCalls   = " FROM call WHERE id > ?1 AND id <= ?2"
	newKnown   = "SELECT person_id, number, min(started_at) AS since" + newCalls + " AND" + makesKnown + " GROUP BY 1, 2"
	newlyKnown = ` FROM (
		SELECT c.person_id, c.started_at FROM (` + newKnown + `) f
		LEFT JOIN alert_known k ON k.person_id = f.person_id AND k.number = f.number
		CROSS JOIN call c ON c.number = f.number AND c.person_id = f.person_id
			AND c.started_at > f.since AND c.started_at <= ifnull(k.since, 9223372036854775807)
		WHERE k.since IS NULL OR k.since > f.since) WHERE true`
)

// TakeIn marks the periods of at most so many calls that were added since, and
// finds out who is no stranger. It gives how much it did, 0 at the end.
func (s *Store) TakeIn(ctx context.Context, most int) (done int, err error) {
	err = s.update(ctx, "store.TakeIn", func(tx *sql.Tx) error {
		var last int64
		var end sql.NullInt64
		err := tx.QueryRowContext(ctx, "SELECT last_call FROM alert_state").Scan(&last)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, "SELECT count(*), max(id) FROM (SELECT id FROM call WHERE id > ? ORDER BY id LIMIT ?)", last, most).
			Scan(&done, &end)
		if err != nil {
			return err
		}
		if done == 0 {
			done, err = settleStale(ctx, tx, most)
			return err
		}
		if err := markCalls(ctx, tx, newCalls, last, end.Int64); err != nil {
			return err
		}
		// Calls from then until the number was known before are no stranger's now.
		if _, err = tx.ExecContext(ctx, markDays(newlyKnown), last, end.Int64); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO alert_known (person_id, number, since) "+newKnown+`
			ON CONFLICT DO UPDATE SET since = excluded.since WHERE excluded.since < since`, last, end.Int64)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE alert_state SET last_call = ?", end.Int64)
		return err
	})
	return done, err
}

// settleStale finds out again since when numbers are known whose calls were
// changed or removed.
func settleStale(ctx context.Context, tx *sql.Tx, most int) (int, error) {
	type stale struct {
		person   int64
		number   string
		was, now sql.NullInt64
	}
	list, err := collect(ctx, tx, func(row scanner) (x stale, err error) {
		err = row.Scan(&x.person, &x.number, &x.was, &x.now)
		return x, err
	}, `
		SELECT s.person_id, s.number, k.since,
			(SELECT min(started_at) FROM call WHERE number = s.number AND person_id = s.person_id
				AND id <= (SELECT last_call FROM alert_state) AND`+makesKnown+`)
		FROM alert_stale s LEFT JOIN alert_known k ON k.person_id = s.person_id AND k.number = s.number
		ORDER BY s.person_id, s.number LIMIT ?`, most)
	if err != nil {
		return 0, err
	}
	const never = int64(1) << 62
	for _, x := range list {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM alert_stale WHERE person_id = ? AND number = ?", x.person, x.number)
		if err != nil {
			return 0, err
		}
		if x.was == x.now {
			continue
		}
		was, now := never, never
		if x.was.Valid {
			was = x.was.Int64
		}
		if x.now.Valid {
			now = x.now.Int64
			_, err = tx.ExecContext(ctx, `
				INSERT INTO alert_known (person_id, number, since) VALUES (?, ?, ?)
				ON CONFLICT DO UPDATE SET since = excluded.since`, x.person, x.number, now)
		} else {
			_, err = tx.ExecContext(ctx, "DELETE FROM alert_known WHERE person_id = ? AND number = ?", x.person, x.number)
		}
		if err != nil {
			return 0, err
		}
		_, err = tx.ExecContext(ctx, markDays(" FROM call WHERE number = ?1 AND person_id = ?2 AND started_at > ?3 AND started_at <= ?4"),
			x.number, x.person, min(was, now), max(was, now))
		if err != nil {
			return 0, err
		}
	}
	return len(list), nil
}
