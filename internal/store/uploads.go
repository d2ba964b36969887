package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The kinds of events of files; what became of one is behind it.
const eventEvidence = "evidence_"

// ClaimUploads leases up to Limit due files in one transaction; see
// filing.UploadStore and Claim.
func (s *Store) ClaimUploads(ctx context.Context, r filing.ClaimRequest) ([]filing.Upload, error) {
	if r.Limit < 1 {
		return nil, nil
	}
	// Workers ask often, and most complaints have no files: a look costs no write.
	some := false
	err := s.view(ctx, "store.ClaimUploads", func(tx *sql.Tx) (err error) {
		some, err = scanValue[bool](tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM evidence WHERE due_at IS NOT NULL)"))
		return err
	})
	if err != nil || !some {
		return nil, err
	}
	type claimed struct {
		filing.Upload
		seq, position, due int64
	}
	var list []claimed
	err = s.update(ctx, "store.ClaimUploads", func(tx *sql.Tx) error {
		if err := endImpossibleUploads(ctx, tx, r.Now); err != nil {
			return err
		}
		w := uploadSelection(r)
		now := r.Now.UnixMilli()
		w.add("e.due_at <= ?", now)
		w.add("(e.lease_until IS NULL OR e.lease_until <= ?)", now)
		w.add("h.paused = '' AND h.hold_until <= ?", now)
		w.add(batchGoesOn)
		rows, err := collect(ctx, tx, func(row scanner) (u claimed, err error) {
			var body string
			err = row.Scan(&u.seq, &u.position, &u.due, &u.Tries, &u.AttemptN, &u.ComplaintID, &u.ChannelID, &u.Batch, &u.ReceiptNumber, &body)
			if err == nil {
				u.Evidence, err = storedEvidence(body)
			}
			return u, err
		}, `SELECT e.complaint, e.position, e.due_at, e.tries, e.attempts + 1, c.uuid, c.channel_id, c.batch, c.receipt_number, `+bodyOfEvidence+`
			FROM evidence e CROSS JOIN complaint c ON c.seq = e.complaint CROSS JOIN channel h ON h.id = c.channel_id`+w.where()+`
			ORDER BY e.due_at, e.complaint, e.position LIMIT ?`, append(w.args, r.Limit)...)
		if err != nil {
			return err
		}
		for _, u := range rows {
			_, err := tx.ExecContext(ctx, "UPDATE evidence SET lease_owner = ?, lease_until = ?, attempts = ? WHERE complaint = ? AND position = ?",
				r.Owner, r.Until.UnixMilli(), u.AttemptN, u.seq, u.position)
			if err != nil {
				return err
			}
		}
		list = rows
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b claimed) int { return cmp.Compare(a.due, b.due) })
	out := make([]filing.Upload, len(list))
	for i, u := range list {
		out[i] = u.Upload
	}
	return out, nil
}

// endImpossibleUploads is endImpossibleWaits for files.
func endImpossibleUploads(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE evidence SET due_at = ? WHERE due_at > ?", now.UnixMilli(), now.Add(filing.LongestWait).UnixMilli())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE evidence SET lease_until = ? WHERE lease_owner IS NOT NULL AND lease_until > ?",
		now.UnixMilli(), now.Add(filing.MaxLease).UnixMilli())
	return err
}

// uploadSelection restricts file e and complaint c to what a worker asks for
// that waits.
func uploadSelection(r filing.ClaimRequest) conds {
	var w conds
	w.add("e.due_at IS NOT NULL")
	if r.ChannelID != 0 {
		w.add("c.channel_id = ?", r.ChannelID)
	}
	if r.Batch != "" {
		w.add("c.batch = ?", r.Batch)
	}
	return w
}

// RenewUploads moves the end of the owner's leases; see filing.UploadStore.
func (s *Store) RenewUploads(ctx context.Context, owner string, until time.Time) error {
	return s.update(ctx, "store.RenewUploads", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE evidence SET lease_until = ? WHERE lease_owner = ?", until.UnixMilli(), owner)
		return err
	})
}

// RecordUpload writes what became of a file; see filing.UploadStore. A lease
// that ended but that nobody else took is still held.
func (s *Store) RecordUpload(ctx context.Context, r filing.UploadResult) (held bool, err error) {
	err = s.update(ctx, "store.RecordUpload", func(tx *sql.Tx) error {
		var err error
		held, err = affected(tx.ExecContext(ctx, `
			UPDATE evidence AS e SET state = ?1, due_at = ?2, tries = tries + ?3, http_status = ?4, error_key = ?5, detail = ?6,
				lease_owner = NULL, lease_until = NULL
			FROM complaint c
			WHERE c.seq = e.complaint AND c.uuid = ?7 AND e.sha256 = ?8 AND e.lease_owner = ?9 AND e.attempts = ?10`,
			r.State, millis(r.DueAt), r.Counts, r.HTTPStatus, r.ErrorKey, r.Detail, r.ComplaintID, r.Evidence.SHA256, r.Owner, r.AttemptN))
		if err != nil || !held {
			return err
		}
		seq, err := scanValue[int64](tx.QueryRowContext(ctx, "SELECT seq FROM complaint WHERE uuid = ?", r.ComplaintID))
		switch {
		case err != nil:
			return err
		case r.State == domain.EvidenceWaiting:
			return stopUploads(ctx, tx, seq) // it was withdrawn meanwhile
		}
		return addEvent(ctx, tx, seq, event{at: r.Now, kind: eventEvidence + string(r.State), note: r.Evidence.FileName})
	})
	return held && err == nil, err
}

// ReleaseUploads gives back what the owner still holds; see filing.UploadStore.
func (s *Store) ReleaseUploads(ctx context.Context, owner string, now time.Time) error {
	return s.update(ctx, "store.ReleaseUploads", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE evidence SET due_at = min(due_at, ?), lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?`,
			now.UnixMilli(), owner)
		return err
	})
}

// HastenUploads makes what waits for a later try due now; see
// filing.UploadStore.
func (s *Store) HastenUploads(ctx context.Context, r filing.HastenRequest) error {
	return s.update(ctx, "store.HastenUploads", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE evidence AS e SET due_at = ?1 FROM complaint c
			WHERE c.seq = e.complaint AND e.due_at > ?1 AND (e.lease_until IS NULL OR e.lease_until <= ?1)
				AND (?2 = '' OR c.uuid = ?2) AND (?3 = 0 OR c.channel_id = ?3) AND (?4 = '' OR c.batch = ?4)`,
			r.Now.UnixMilli(), r.ID, r.ChannelID, r.Batch)
		return err
	})
}

// PendingUploads counts what waits for the selection of the request; see
// Pending.
func (s *Store) PendingUploads(ctx context.Context, r filing.ClaimRequest) (p filing.PendingUploads, err error) {
	w := uploadSelection(r)
	w.add("(e.lease_owner IS NOT ? OR e.lease_until <= ?)", r.Owner, r.Now.UnixMilli())
	query := `
		WITH held AS (
			SELECT e.lease_until, max(e.due_at, h.hold_until) AS ready_at, CASE
				WHEN e.lease_until > ?1 THEN 'leased'
				WHEN h.paused <> '' OR NOT ` + batchGoesOn + ` THEN 'paused'
				WHEN max(e.due_at, h.hold_until) > ?1 THEN 'waiting'
				ELSE 'due' END AS what
			FROM evidence e CROSS JOIN complaint c ON c.seq = e.complaint CROSS JOIN channel h ON h.id = c.channel_id` +
		w.where() + `)
		SELECT count(*) FILTER (WHERE what = 'due'), count(*) FILTER (WHERE what = 'leased'),
			count(*) FILTER (WHERE what = 'waiting'), count(*) FILTER (WHERE what = 'paused'),
			min(CASE what WHEN 'waiting' THEN ready_at WHEN 'leased' THEN lease_until END)
		FROM held`
	err = s.view(ctx, "store.PendingUploads", func(tx *sql.Tx) error {
		var next sql.NullInt64
		err := tx.QueryRowContext(ctx, query, append([]any{r.Now.UnixMilli()}, w.args...)...).
			Scan(&p.Due, &p.Leased, &p.Waiting, &p.Paused, &next)
		p.NextAt = moment(next)
		return err
	})
	return p, err
}
