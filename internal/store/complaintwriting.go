package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The kinds of events of a complaint while it is written.
const (
	eventEdited    = "edited"
	eventTakenBack = "taken_back"
	eventMerged    = "merged"
	eventUnmerged  = "unmerged"
)

// QueueParts puts complaints into the outbox, all or none; see
// filing.WritingStore. The transaction holds the write lock from its beginning,
// so a worker has claimed the first before, or sees what is frozen now.
func (s *Store) QueueParts(ctx context.Context, parts []filing.QueueRequest, was domain.SendState) error {
	const op = "store.QueueParts"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		for i, q := range parts {
			queue := queueIn
			if i == 0 && was == domain.SendQueued {
				queue = requeueIn
			}
			if err := queue(ctx, tx, op, q); err != nil {
				return err
			}
		}
		return nil
	})
}

// requeueIn freezes the payload of a queued complaint anew, under its key.
func requeueIn(ctx context.Context, tx *sql.Tx, op string, q filing.QueueRequest) error {
	if err := untouched(ctx, tx, op, q.Complaint.ID); err != nil {
		return err
	}
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
	if _, err := tx.ExecContext(ctx, "UPDATE complaint SET send_state = ? WHERE seq = ?", domain.SendQueued, seq); err != nil {
		return err
	}
	due := q.Now
	if kind == domain.ChannelAssisted {
		due = time.Time{}
	}
	_, err = tx.ExecContext(ctx, "UPDATE outbox SET payload = ?, payload_sha256 = ?, due_at = ? WHERE complaint = ?",
		q.Payload, q.PayloadSHA256, millis(due), seq)
	if err != nil {
		return err
	}
	return addEvent(ctx, tx, seq, event{at: q.Now, kind: eventEdited})
}

// untouched makes a draft of a complaint that is queued and that no worker ever
// began to send, within the transaction that writes it anew.
func untouched(ctx context.Context, tx *sql.Tx, op string, id domain.ComplaintID) error {
	free, err := affected(tx.ExecContext(ctx, `
		UPDATE complaint SET send_state = ? WHERE uuid = ? AND send_state = ? AND attempts = 0`,
		domain.SendDraft, id, domain.SendQueued))
	if err == nil && !free {
		err = domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
	}
	return err
}

// TakeBack makes a draft of a queued complaint; see filing.WritingStore.
func (s *Store) TakeBack(ctx context.Context, c domain.Complaint, now time.Time) error {
	const op = "store.TakeBack"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if err := untouched(ctx, tx, op, c.ID); err != nil {
			return err
		}
		seq, err := putDraft(ctx, tx, op, c, now)
		if err != nil {
			return err
		}
		for _, query := range []string{
			"UPDATE complaint SET queued_at = NULL, batch = '' WHERE seq = ?", "DELETE FROM outbox WHERE complaint = ?",
		} {
			if _, err := tx.ExecContext(ctx, query, seq); err != nil {
				return err
			}
		}
		return addEvent(ctx, tx, seq, event{at: now, kind: eventTakenBack})
	})
}

// Related finds complaints about the same caller; see filing.MergeStore. Every
// number under a holder code begins with it, so the index of numbers finds them.
func (s *Store) Related(ctx context.Context, r filing.RelatedRequest) ([]domain.Complaint, error) {
	var list []domain.Complaint
	err := s.view(ctx, "store.Related", func(tx *sql.Tx) error {
		args := []any{r.Number, r.Code, r.PersonID, r.Except, domain.SendSkipped, domain.SendCancelled, r.Limit}
		var err error
		// ":" sorts behind the digits.
		list, err = complaintsOf(ctx, tx, complaintColumns+`
			WHERE c.seq IN (SELECT seq FROM complaint WHERE number = ?1
					UNION SELECT seq FROM complaint WHERE ?2 <> '' AND number >= ?2 AND number < ?2 || ':' AND body ->> '$.caller.code' = ?2)
				AND c.person_id = ?3 AND c.uuid <> ?4 AND c.send_state NOT IN (?5, ?6)
			ORDER BY c.seq DESC LIMIT ?7`, args...)
		return err
	})
	return list, err
}

// MergeDrafts writes several drafts into one; see filing.MergeStore.
func (s *Store) MergeDrafts(ctx context.Context, r filing.MergeRequest) error {
	return s.mergeDrafts(ctx, "store.MergeDrafts", r, domain.SendDraft, domain.SendCancelled, eventMerged)
}

// UnmergeDrafts undoes MergeDrafts; see filing.MergeStore.
func (s *Store) UnmergeDrafts(ctx context.Context, r filing.MergeRequest) error {
	return s.mergeDrafts(ctx, "store.UnmergeDrafts", r, domain.SendCancelled, domain.SendDraft, eventUnmerged)
}

func (s *Store) mergeDrafts(ctx context.Context, op string, r filing.MergeRequest, from, to domain.SendState, kind string) error {
	return s.update(ctx, op, func(tx *sql.Tx) error {
		into, err := withoutGone(ctx, tx, r.Into)
		if err != nil {
			return err
		}
		seq, err := putDraft(ctx, tx, op, into, r.Now)
		if err != nil {
			return err
		}
		if err := addEvent(ctx, tx, seq, event{at: r.Now, kind: kind}); err != nil {
			return err
		}
		for _, id := range slices.Sorted(slices.Values(r.Away)) {
			moved, err := affected(tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE uuid = ? AND send_state = ?",
				to, r.Now.UnixMilli(), id, from))
			if err == nil && !moved {
				err = domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
			}
			if err != nil {
				return err
			}
			if err := addEventTo(ctx, tx, id, event{at: r.Now, kind: kind, note: r.Into.ID.Short()}); err != nil {
				return err
			}
		}
		return nil
	})
}

func addEventTo(ctx context.Context, tx *sql.Tx, id domain.ComplaintID, e event) error {
	var seq int64
	if err := tx.QueryRowContext(ctx, "SELECT seq FROM complaint WHERE uuid = ?", id).Scan(&seq); err != nil {
		return err
	}
	return addEvent(ctx, tx, seq, e)
}
