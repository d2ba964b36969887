package store

import (
	"context"
	"database/sql"
	"slices"

	"quietline/internal/journal"
)

// NumberLog counts the calls of the number and of its holder code, all on one
// snapshot. A number without calls gives zeros.
func (s *Store) NumberLog(ctx context.Context, number, code string, most int) (journal.NumberLog, error) {
	var log journal.NumberLog
	err := s.view(ctx, "store.NumberLog", func(tx *sql.Tx) error {
		for _, part := range []func(context.Context, *sql.Tx, *journal.NumberLog, string, int) error{
			logTotals, logPeople, logHours, logAreas, logMarks,
		} {
			if err := part(ctx, tx, &log, number, most); err != nil {
				return err
			}
		}
		if code == "" {
			return nil
		}
		return logSiblings(ctx, tx, &log, number, code, most)
	})
	if err != nil {
		return journal.NumberLog{}, err
	}
	return log, nil
}

func logTotals(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number string, _ int) error {
	var first, last sql.NullInt64
	err := tx.QueryRowContext(ctx, `
		SELECT count(*) FILTER (WHERE direction <> 'outgoing'), count(*) FILTER (WHERE direction = 'outgoing'),
			min(started_at), max(started_at)
		FROM call WHERE number = ?`, number).Scan(&log.Calls, &log.Outgoing, &first, &last)
	log.First, log.Last = moment(first), moment(last)
	return err
}

func logPeople(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number string, _ int) (err error) {
	log.People, err = collect(ctx, tx, func(row scanner) (p journal.PersonCalls, err error) {
		var last int64
		err = row.Scan(&p.PersonID, &p.Person, &p.Calls, &last)
		p.Last = at(last)
		return p, err
	}, `
		SELECT c.person_id, p.name, count(*), max(c.started_at)
		FROM call c JOIN person p ON p.id = c.person_id
		WHERE c.number = ? AND c.direction <> 'outgoing'
		GROUP BY c.person_id ORDER BY count(*) DESC, c.person_id`, number)
	return err
}

// China has had one zone without summer time since 1992.
const (
	hourMillis  = 60 * 60 * 1000
	chinaOffset = 8 * hourMillis
)

func logHours(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number string, _ int) error {
	type count struct{ hour, calls int64 }
	hours, err := collect(ctx, tx, func(row scanner) (c count, err error) {
		err = row.Scan(&c.hour, &c.calls)
		return c, err
	}, `
		SELECT (started_at + ?) / ? % 24, count(*) FROM call
		WHERE number = ? AND direction <> 'outgoing' GROUP BY 1`, chinaOffset, hourMillis, number)
	for _, h := range hours {
		if h.hour >= 0 && h.hour < 24 {
			log.Hours[h.hour] = h.calls
		}
	}
	return err
}

func logAreas(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number string, _ int) (err error) {
	log.AreaCodes, err = collect(ctx, tx, func(row scanner) (a journal.AreaCalls, err error) {
		err = row.Scan(&a.AreaCode, &a.Calls)
		return a, err
	}, "SELECT area_code, count(*) FROM call WHERE number = ? GROUP BY 1 ORDER BY count(*) DESC, 1", number)
	// Only where some call shows one.
	if !slices.ContainsFunc(log.AreaCodes, func(a journal.AreaCalls) bool { return a.AreaCode != "" }) {
		log.AreaCodes = nil
	}
	return err
}

func logMarks(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number string, most int) (err error) {
	log.Notes, err = collect(ctx, tx, func(row scanner) (m journal.CallMark, err error) {
		var started int64
		err = row.Scan(&m.CallID, &m.PersonID, &m.Person, &started, &m.Category, &m.Note)
		m.StartedAt = at(started)
		return m, err
	}, `
		SELECT c.id, c.person_id, p.name, c.started_at, c.category, c.note
		FROM call c JOIN person p ON p.id = c.person_id
		WHERE c.number = ? AND (c.note <> '' OR c.category <> '')
		ORDER BY c.started_at DESC, c.id DESC LIMIT ?`, number, most)
	return err
}

func logSiblings(ctx context.Context, tx *sql.Tx, log *journal.NumberLog, number, code string, most int) (err error) {
	// The second term lets the partial index serve the first.
	const others = " FROM call WHERE code = ? AND code <> '' AND number <> ? AND direction <> 'outgoing'"
	err = tx.QueryRowContext(ctx, "SELECT count(DISTINCT number), count(*)"+others, code, number).
		Scan(&log.SiblingNumbers, &log.SiblingCalls)
	if err != nil || log.SiblingCalls == 0 {
		return err
	}
	log.Siblings, err = collect(ctx, tx, func(row scanner) (s journal.Sibling, err error) {
		var last int64
		err = row.Scan(&s.Number, &s.Calls, &last)
		s.Last = at(last)
		return s, err
	}, "SELECT number, count(*), max(started_at)"+others+" GROUP BY number ORDER BY count(*) DESC, number LIMIT ?",
		code, number, most)
	return err
}
