package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// RecordCases takes in what an endpoint said of its cases; see
// filing.CaseStore.
func (s *Store) RecordCases(ctx context.Context, r filing.CaseRecord) ([]filing.CaseChange, error) {
	var changes []filing.CaseChange
	err := s.update(ctx, "store.RecordCases", func(tx *sql.Tx) error {
		changes = nil
		for _, c := range r.Cases {
			change, changed, err := recordCase(ctx, tx, r, c)
			if err != nil {
				return err
			}
			if changed {
				changes = append(changes, change)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

func recordCase(ctx context.Context, tx *sql.Tx, r filing.CaseRecord, c filing.Case) (change filing.CaseChange, changed bool, err error) {
	var seq int64
	var updated sql.NullInt64
	var known filing.KnownCase
	err = tx.QueryRowContext(ctx, `
		SELECT c.seq, c.uuid, c.send_state, c.case_state, k.updated_at
		FROM complaint c LEFT JOIN case_check k ON k.complaint = c.seq
		WHERE c.receipt_number = ? AND c.receipt_number <> '' AND c.channel_id = ?`, c.ReceiptNumber, r.ChannelID).
		Scan(&seq, &change.ID, &change.SendState, &known.State, &updated)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return change, false, nil // somebody else's
	case err != nil:
		return change, false, err
	}
	known.UpdatedAt = moment(updated)
	events, err := caseLines(ctx, tx, seq, &known)
	if err != nil {
		return change, false, err
	}
	step := known.Take(c)
	if err := placeLines(ctx, tx, seq, step.Place, events); err != nil {
		return change, false, err
	}
	if err := noteCheck(ctx, tx, seq, r, step); err != nil {
		return change, false, err
	}
	change.ReceiptNumber, change.Before, change.After = c.ReceiptNumber, known.State, step.State
	for _, p := range step.Place {
		if p.New() {
			change.Last = p.CaseEntry
			change.Added++
		}
	}
	changed = change.Added > 0 || change.Before != change.After
	if !changed {
		return change, false, nil
	}
	_, err = tx.ExecContext(ctx, "UPDATE complaint SET case_state = ?, updated_at = ? WHERE seq = ?", step.State, r.Now.UnixMilli(), seq)
	return change, true, err
}

// caseEvents are the events behind known.Told and known.Guessed.
type caseEvents struct{ told, guessed []int64 }

// caseLines reads the lines of a case's history.
func caseLines(ctx context.Context, tx *sql.Tx, seq int64, known *filing.KnownCase) (events caseEvents, err error) {
	type line struct {
		id   int64
		told int
		filing.CaseEntry
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		var when int64
		err = row.Scan(&l.id, &l.told, &when, &l.State, &l.Note)
		l.At = at(when)
		return l, err
	}, "SELECT id, told, at, case_state, note FROM event WHERE complaint = ? AND kind = ? ORDER BY id", seq, eventCaseState)
	for _, l := range lines {
		if l.told > 0 {
			known.Told, events.told = append(known.Told, l.CaseEntry), append(events.told, l.id)
			continue
		}
		known.Guessed, events.guessed = append(known.Guessed, l.CaseEntry), append(events.guessed, l.id)
	}
	return events, err
}

func placeLines(ctx context.Context, tx *sql.Tx, seq int64, lines []filing.PlacedEntry, events caseEvents) error {
	for _, p := range lines {
		var err error
		if p.New() {
			_, err = tx.ExecContext(ctx, `
				INSERT INTO event (complaint, at, kind, send_state, case_state, note, told)
				SELECT seq, ?, ?, send_state, ?, ?, ? FROM complaint WHERE seq = ?`,
				p.At.UnixMilli(), eventCaseState, p.State, p.Note, p.Told, seq)
		} else {
			var id int64
			if p.Guess >= 0 {
				id = events.guessed[p.Guess]
			} else {
				id = events.told[p.Line]
			}
			_, err = tx.ExecContext(ctx, "UPDATE event SET at = ?, note = ?, told = ? WHERE id = ?", p.At.UnixMilli(), p.Note, p.Told, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// noteCheck notes that the endpoint was heard of the case. Only the tag of an
// answer about one case says that nothing is missing.
func noteCheck(ctx context.Context, tx *sql.Tx, seq int64, r filing.CaseRecord, step filing.CaseStep) error {
	if !r.Whole {
		r.ETag = ""
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO case_check (complaint, heard_at, updated_at, etag, wanted) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (complaint) DO UPDATE SET heard_at = ?2, updated_at = ?3, problem = '',
			etag = CASE WHEN ?6 THEN ?4 ELSE etag END,
			wanted = CASE WHEN ?6 THEN 0 ELSE max(wanted, ?5) END`,
		seq, r.Now.UnixMilli(), millis(step.UpdatedAt), r.ETag, step.WantsHistory && !r.Whole, r.Whole)
	return err
}

// RecordUnchanged notes that a case is as it was, or that it was not told; see
// filing.CaseStore.
func (s *Store) RecordUnchanged(ctx context.Context, id domain.ComplaintID, problem string, now time.Time) error {
	return s.update(ctx, "store.RecordUnchanged", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO case_check (complaint, heard_at, problem) SELECT seq, ?1, ?2 FROM complaint WHERE uuid = ?3
			ON CONFLICT (complaint) DO UPDATE SET heard_at = ?1, problem = ?2, wanted = 0`,
			now.UnixMilli(), problem, id)
		return err
	})
}

// CaseProblem is why the endpoint did not tell a case the last time.
func (s *Store) CaseProblem(ctx context.Context, id domain.ComplaintID) (key string, err error) {
	err = s.view(ctx, "store.CaseProblem", func(tx *sql.Tx) error {
		key, err = scanValue[string](tx.QueryRowContext(ctx, `
			SELECT k.problem FROM case_check k JOIN complaint c ON c.seq = k.complaint WHERE c.uuid = ?`, id))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return key, err
}

// CasesToRead lists filed complaints to be asked about one by one; see
// filing.CaseStore.
func (s *Store) CasesToRead(ctx context.Context, q filing.CaseQuery) ([]filing.CaseToRead, error) {
	var w conds
	w.add("c.channel_id = ?", q.ChannelID)
	w.add("c.receipt_number <> ''")
	w.add("c.send_state = ?", domain.SendSent)
	var settled []any
	for _, state := range domain.CaseStates() {
		if filing.Settled(state) {
			settled = append(settled, state)
		}
	}
	// Heard of later than now: the clock was wrong then.
	args := append([]any{q.Unheard.UnixMilli(), q.Now.Add(filing.LongestWait).UnixMilli()}, settled...)
	w.add(`(k.complaint IS NULL OR k.wanted <> 0 OR (k.heard_at < ? OR k.heard_at > ?)
		AND (k.problem <> '' OR c.case_state NOT IN (`+marks(len(settled))+`)))`, args...)
	var list []filing.CaseToRead
	err := s.view(ctx, "store.CasesToRead", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, func(row scanner) (c filing.CaseToRead, err error) {
			err = row.Scan(&c.ID, &c.ReceiptNumber, &c.ETag)
			return c, err
		}, `SELECT c.uuid, c.receipt_number, ifnull(k.etag, '')
			FROM complaint c LEFT JOIN case_check k ON k.complaint = c.seq`+w.where()+`
			ORDER BY ifnull(k.wanted, 0) DESC, ifnull(k.heard_at, 0), c.seq LIMIT ?`, append(w.args, q.Limit)...)
		return err
	})
	return list, err
}

// marks are n parameters of a list.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// CaseWatermark is how far the channel has been listened to.
func (s *Store) CaseWatermark(ctx context.Context, id domain.ChannelID) (m filing.CaseWatermark, err error) {
	err = s.view(ctx, "store.CaseWatermark", func(tx *sql.Tx) error {
		var since, synced int64
		err := tx.QueryRowContext(ctx, "SELECT since, synced_at FROM case_watermark WHERE channel = ?", id).Scan(&since, &synced)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		m = filing.CaseWatermark{Since: at(since), SyncedAt: at(synced)}
		return err
	})
	return m, err
}

// SetCaseWatermark notes up to when everything is known.
func (s *Store) SetCaseWatermark(ctx context.Context, id domain.ChannelID, m filing.CaseWatermark) error {
	return s.update(ctx, "store.SetCaseWatermark", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO case_watermark (channel, since, synced_at) SELECT id, ?, ? FROM channel WHERE id = ?
			ON CONFLICT (channel) DO UPDATE SET since = excluded.since, synced_at = excluded.synced_at`,
			m.Since.UnixMilli(), m.SyncedAt.UnixMilli(), id)
		return err
	})
}

// FirstFiled is when the oldest filed complaint of the channel was queued.
func (s *Store) FirstFiled(ctx context.Context, id domain.ChannelID) (first time.Time, err error) {
	err = s.view(ctx, "store.FirstFiled", func(tx *sql.Tx) error {
		ms, err := scanValue[sql.NullInt64](tx.QueryRowContext(ctx, `
			SELECT min(queued_at) FROM complaint WHERE channel_id = ? AND send_state = ? AND receipt_number <> ''`,
			id, domain.SendSent))
		first = moment(ms)
		return err
	})
	return first, err
}

// timelineEvent is an event with its place in the endpoint's history.
type timelineEvent struct {
	domain.TimelineEvent
	told int
}

// inCaseOrder puts the events of the case, among themselves, into the order of
// the endpoint's clock and history: some may be told after younger ones.
func inCaseOrder(list []timelineEvent) []domain.TimelineEvent {
	var lines []timelineEvent
	for _, e := range list {
		if e.Kind == eventCaseState {
			lines = append(lines, e)
		}
	}
	slices.SortStableFunc(lines, func(a, b timelineEvent) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.told, b.told))
	})
	out := make([]domain.TimelineEvent, len(list))
	for i, e := range list {
		if e.Kind == eventCaseState {
			e, lines = lines[0], lines[1:]
		}
		out[i] = e.TimelineEvent
	}
	return out
}
