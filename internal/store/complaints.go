package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// SaveDraft stores a new draft or the new contents of an existing draft, without
// the calls, the person and the channel that are gone. Fails with Conflict
// "complaint.not_draft" where it exists in another state.
func (s *Store) SaveDraft(ctx context.Context, c domain.Complaint, now time.Time) error {
	const op = "store.SaveDraft"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		c, err := withoutGone(ctx, tx, c)
		if err == nil {
			_, err = putDraft(ctx, tx, op, c, now)
		}
		return err
	})
}

// withoutGone is a draft as it would be had it been there when what it names went:
// its words stay as they are.
func withoutGone(ctx context.Context, tx *sql.Tx, c domain.Complaint) (domain.Complaint, error) {
	ids, err := json.Marshal(slices.Concat([]domain.CallID{}, c.CallIDs))
	if err != nil {
		return c, err
	}
	there, err := collect(ctx, tx, scanValue[domain.CallID], "SELECT id FROM call WHERE id IN (SELECT value FROM json_each(?))", string(ids))
	if err != nil {
		return c, err
	}
	c.CallIDs = slices.DeleteFunc(slices.Clone(c.CallIDs), func(id domain.CallID) bool { return !slices.Contains(there, id) })
	err = tx.QueryRowContext(ctx, `
		SELECT ifnull((SELECT id FROM person WHERE id = ?), 0), ifnull((SELECT id FROM channel WHERE id = ?), 0)`,
		c.PersonID, c.ChannelID).Scan(&c.PersonID, &c.ChannelID)
	return c, err
}

// Queue stores the complaint (new, or an existing draft) as queued and due
// now, all in one transaction. Fails with Conflict "complaint.not_draft" where
// it exists in another state, Conflict "complaint.duplicate" where another
// complaint is about one of its calls, and NotFound "channel.not_found" where
// its channel was removed meanwhile. What a person files has no due time, so no
// worker ever sees it.
func (s *Store) Queue(ctx context.Context, q filing.QueueRequest) error {
	const op = "store.Queue"
	return s.update(ctx, op, func(tx *sql.Tx) error { return queueIn(ctx, tx, op, q) })
}

func queueIn(ctx context.Context, tx *sql.Tx, op string, q filing.QueueRequest) error {
	if err := noDuplicate(ctx, tx, op, q.Complaint); err != nil {
		return err
	}
	kind, err := liveKind(ctx, tx, op, q.Complaint)
	if err != nil {
		return err
	}
	seq, err := putDraft(ctx, tx, op, q.Complaint, q.Now)
	if err != nil {
		return err
	}
	now := q.Now.UnixMilli()
	_, err = tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, queued_at = ? WHERE seq = ?", domain.SendQueued, now, seq)
	if err != nil {
		return err
	}
	due := q.Now
	if kind == domain.ChannelAssisted {
		due = time.Time{}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO outbox (complaint, idempotency_key, payload, payload_sha256, due_at) VALUES (?, ?, ?, ?, ?)`,
		seq, q.Key, q.Payload, q.PayloadSHA256, millis(due))
	if err != nil {
		return err
	}
	return addEvent(ctx, tx, seq, event{at: q.Now, kind: eventQueued})
}

// liveKind is the kind of the complaint's channel, which must still be there.
func liveKind(ctx context.Context, tx *sql.Tx, op string, c domain.Complaint) (kind domain.ChannelKind, err error) {
	err = tx.QueryRowContext(ctx, "SELECT kind FROM channel WHERE id = ? AND removed_at IS NULL", c.ChannelID).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		err = noChannel(op, c.Channel)
	}
	return kind, err
}

// freePlace is where a complaint of this time stood that was removed, so that one that
// comes back does not come first; none where that is taken, or was the last.
func freePlace(ctx context.Context, tx *sql.Tx, created time.Time) (place sql.NullInt64, err error) {
	err = tx.QueryRowContext(ctx, `
		WITH free(seq) AS (SELECT coalesce(
			(SELECT seq + 1 FROM complaint WHERE created_at <= ? ORDER BY seq DESC LIMIT 1), 1))
		SELECT seq FROM free
		WHERE seq NOT IN (SELECT seq FROM complaint) AND seq < (SELECT max(seq) FROM complaint)`,
		created.UnixMilli()).Scan(&place)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return place, err
}

// putDraft writes the contents of a new complaint or of an existing draft and
// gives its number in this file.
func putDraft(ctx context.Context, tx *sql.Tx, op string, c domain.Complaint, now time.Time) (seq int64, err error) {
	body, err := json.Marshal(c.Body)
	if err != nil {
		return 0, err
	}
	stated, err := statedJSON(c)
	if err != nil {
		return 0, err
	}
	created, place := now, sql.NullInt64{} // behind all others
	if !c.CreatedAt.IsZero() {
		created = c.CreatedAt
		if place, err = freePlace(ctx, tx, created); err != nil {
			return 0, err
		}
	}
	var state domain.SendState
	err = tx.QueryRowContext(ctx, "SELECT seq, send_state FROM complaint WHERE uuid = ?", c.ID).Scan(&seq, &state)
	isNew := errors.Is(err, sql.ErrNoRows)
	switch {
	case isNew:
		err = tx.QueryRowContext(ctx, `
			INSERT INTO complaint (seq, uuid, person_id, stated, channel_id, batch, number, body, send_state, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
			place, c.ID, orNull(c.PersonID), stated, orNull(c.ChannelID), c.Batch, c.Body.Caller.Number, string(body),
			domain.SendDraft, created.UnixMilli(), now.UnixMilli()).Scan(&seq)
	case err != nil:
	case state != domain.SendDraft:
		err = domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
	default:
		_, err = tx.ExecContext(ctx, `
			UPDATE complaint SET person_id = ?, stated = ?, channel_id = ?, batch = ?, number = ?, body = ?, updated_at = ?
			WHERE seq = ?`,
			orNull(c.PersonID), stated, orNull(c.ChannelID), c.Batch, c.Body.Caller.Number, string(body), now.UnixMilli(), seq)
	}
	if err != nil {
		return 0, err
	}
	if err := putCalls(ctx, tx, seq, c); err != nil {
		return 0, err
	}
	if err := putEvidence(ctx, tx, seq, c); err != nil {
		return 0, err
	}
	if isNew {
		err = addEvent(ctx, tx, seq, event{at: created, kind: eventCreated})
	}
	return seq, err
}

// statedJSON is who complains as it was stated, NULL for nothing stated.
func statedJSON(c domain.Complaint) (any, error) {
	if c.Stated == nil {
		return nil, nil //nolint:nilnil // NULL
	}
	text, err := json.Marshal(c.Stated)
	return string(text), err
}

func putCalls(ctx context.Context, tx *sql.Tx, seq int64, c domain.Complaint) error {
	for _, table := range []string{"complaint_call", "complaint_second"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE complaint = ?", seq); err != nil {
			return err
		}
	}
	for i, id := range c.CallIDs {
		_, err := tx.ExecContext(ctx, "INSERT INTO complaint_call (complaint, position, call_id) VALUES (?, ?, ?)", seq, i, id)
		if err != nil {
			return err
		}
	}
	for _, ref := range c.Body.Calls {
		// Two calls in one second are one row.
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO complaint_second (second, complaint) VALUES (?, ?)", ref.StartedAt.Unix(), seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountByState counts all complaints by send state.
func (s *Store) CountByState(ctx context.Context) (map[domain.SendState]int64, error) {
	var counts map[domain.SendState]int64
	err := s.view(ctx, "store.CountByState", func(tx *sql.Tx) (err error) {
		counts, err = collectMap[domain.SendState, int64](ctx, tx, "SELECT send_state, count(*) FROM complaint GROUP BY send_state")
		return err
	})
	return counts, err
}

// CancelComplaint takes a complaint back in one transaction. Fails with
// Conflict "complaint.not_cancellable" where its state no longer allows it and
// NotFound "complaint.not_found".
func (s *Store) CancelComplaint(ctx context.Context, id domain.ComplaintID, now time.Time) error {
	const op = "store.CancelComplaint"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var seq int64
		var state domain.SendState
		err := tx.QueryRowContext(ctx, "SELECT seq, send_state FROM complaint WHERE uuid = ?", id).Scan(&seq, &state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noComplaint(op)
		case err != nil:
			return err
		}
		attempts, err := attemptsOf(ctx, tx, seq)
		if err != nil {
			return err
		}
		if !state.Cancellable(attempts) {
			return domain.E(op, domain.Conflict, keyOfRefusedCancel(state), nil, nil)
		}
		_, err = tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE seq = ?",
			domain.SendCancelled, now.UnixMilli(), seq)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE outbox SET due_at = NULL WHERE complaint = ?", seq); err != nil {
			return err
		}
		return addEvent(ctx, tx, seq, event{at: now, kind: eventCancelled})
	})
}

// keyOfRefusedCancel tells why a complaint stays.
func keyOfRefusedCancel(state domain.SendState) string {
	switch state {
	case domain.SendCancelled:
		return "complaint.already_cancelled"
	case domain.SendSent, domain.SendToken:
		return "complaint.already_filed"
	default:
		return "complaint.not_cancellable"
	}
}

// FindDuplicate finds another complaint about one of the calls of this one;
// see filing.ComplaintStore.
func (s *Store) FindDuplicate(ctx context.Context, c domain.Complaint) (id domain.ComplaintID, ok bool, err error) {
	err = s.view(ctx, "store.FindDuplicate", func(tx *sql.Tx) error {
		id, ok, err = duplicate(ctx, tx, c)
		return err
	})
	return id, ok, err
}

func duplicate(ctx context.Context, tx *sql.Tx, c domain.Complaint) (id domain.ComplaintID, ok bool, err error) {
	var name any
	if c.PersonID != domain.SelfID { // who is always there
		name = c.Party()
	}
	for _, call := range c.Body.Calls {
		args := append([]any{call.StartedAt.Unix(), c.Body.Caller.Number, c.ID, int64(c.PersonID), name}, deadStates()...)
		err = tx.QueryRowContext(ctx, duplicateQuery, args...).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, err == nil, err
		}
	}
	return "", false, nil
}

// duplicateQuery finds another complaint about a call. Only what belongs to
// nobody (any longer) is known by its name, or else by its number.
const duplicateQuery = `
	SELECT c.uuid FROM complaint_second t CROSS JOIN complaint c ON c.seq = t.complaint
	WHERE t.second = ? AND c.number = ? AND c.uuid <> ?
		AND (c.person_id = ? OR c.person_id IS NULL AND ` + partyOf + ` = ?)
		AND c.send_state NOT IN (?, ?, ?, ?)
	ORDER BY c.seq LIMIT 1`

// partyOf is domain.Complaint.Party of a complaint c.
const partyOf = `coalesce(c.body ->> '$.complainant.on_behalf_of.name', nullif(c.body ->> '$.complainant.name', ''),
	c.body ->> '$.complainant.phone')`

// deadStates are those of complaints that nobody files (any more).
func deadStates() []any {
	return []any{domain.SendDraft, domain.SendFailed, domain.SendSkipped, domain.SendCancelled}
}

// noDuplicate refuses a complaint about a call that another one is about. It
// runs in the transaction that queues, so that of two that come at once only
// one gets in.
func noDuplicate(ctx context.Context, tx *sql.Tx, op string, c domain.Complaint) error {
	id, found, err := duplicate(ctx, tx, c)
	if err == nil && found {
		err = domain.E(op, domain.Conflict, "complaint.duplicate", domain.Args{"ID": id.Short()}, nil)
	}
	return err
}

func noComplaint(op string) error {
	return domain.E(op, domain.NotFound, "complaint.not_found", nil, nil)
}

// orNull is a reference as it is stored: NULL for none.
func orNull[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}
