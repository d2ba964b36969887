package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The kinds of events; an attempt's is "attempt_" and its outcome.
const (
	eventCreated   = "created"
	eventQueued    = "queued"
	eventCancelled = "cancelled"
	eventCaseState = "case_state"
	eventByHand    = "filed_by_hand"
	eventCorrected = "receipt_corrected"
	eventAttempt   = "attempt_"
)

// event is what happened to a complaint. The states are those that the
// complaint has by then.
type event struct {
	at   time.Time
	kind string
	note string
}

func addEvent(ctx context.Context, tx *sql.Tx, seq int64, e event) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO event (complaint, at, kind, send_state, case_state, note)
		SELECT seq, ?, ?, send_state, case_state, ? FROM complaint WHERE seq = ?`,
		e.at.UnixMilli(), e.kind, e.note, seq)
	return err
}

// interrupt ends an attempt whose worker died or gave it back.
func interrupt(ctx context.Context, tx *sql.Tx, seq int64, now time.Time) error {
	was, err := affected(tx.ExecContext(ctx, `
		UPDATE attempt SET outcome = ?, ended_at = ? WHERE complaint = ? AND outcome = ?`,
		domain.AttemptInterrupted, now.UnixMilli(), seq, domain.AttemptRunning))
	if err != nil || !was {
		return err
	}
	return addEvent(ctx, tx, seq, event{at: now, kind: eventAttempt + string(domain.AttemptInterrupted)})
}

// endAttempt writes the result into the attempt that the claim began.
func endAttempt(ctx context.Context, tx *sql.Tx, seq int64, r filing.Result) error {
	running, err := affected(tx.ExecContext(ctx, `
		UPDATE attempt SET outcome = ?, ended_at = ?, http_status = ?, error_key = ?, detail = ?
		WHERE complaint = ? AND n = ?`,
		r.Outcome, r.Now.UnixMilli(), r.HTTPStatus, r.ErrorKey, r.Detail, seq, r.AttemptN))
	if err == nil && !running {
		err = errors.New("store: attempt missing")
	}
	return err
}

// Attempts lists every attempt of a complaint, oldest first.
func (s *Store) Attempts(ctx context.Context, id domain.ComplaintID) ([]domain.Attempt, error) {
	var list []domain.Attempt
	err := s.view(ctx, "store.Attempts", func(tx *sql.Tx) (err error) {
		list, err = attemptsWhere(ctx, tx, "c.uuid = ?", id)
		return err
	})
	return list, err
}

func attemptsOf(ctx context.Context, tx *sql.Tx, seq int64) ([]domain.Attempt, error) {
	return attemptsWhere(ctx, tx, "c.seq = ?", seq)
}

func attemptsWhere(ctx context.Context, tx *sql.Tx, which string, arg any) ([]domain.Attempt, error) {
	return collect(ctx, tx, func(row scanner) (domain.Attempt, error) { return scanAttempt(row) }, `
		SELECT `+attemptColumns+`
		FROM complaint c JOIN attempt a ON a.complaint = c.seq WHERE `+which+` ORDER BY a.n`, arg)
}

// Timeline lists what happened to a complaint, oldest first.
func (s *Store) Timeline(ctx context.Context, id domain.ComplaintID) ([]domain.TimelineEvent, error) {
	var list []domain.TimelineEvent
	err := s.view(ctx, "store.Timeline", func(tx *sql.Tx) error {
		events, err := collect(ctx, tx, func(row scanner) (timelineEvent, error) { return scanEvent(row) }, `
			SELECT `+eventColumns+`
			FROM complaint c JOIN event e ON e.complaint = c.seq WHERE c.uuid = ? ORDER BY e.id`, id)
		list = inCaseOrder(events)
		return err
	})
	return list, err
}
