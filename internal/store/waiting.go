package store

import (
	"context"
	"database/sql"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// stuck picks complaints c that the outbox still tries and that were queued at
// a time or before; see domain.Complaint.Stuck. What is unsettled is not tried.
const stuck = `c.send_state IN ('retry', 'unknown', 'token') AND c.queued_at <= ? AND ` + settled

// settled is true of a complaint c unless it waits for a person to say whether the
// endpoint has it; see domain.Complaint.Unsettled.
const settled = `(c.send_state <> 'unknown' OR EXISTS (SELECT 1 FROM outbox o WHERE o.complaint = c.seq AND o.due_at IS NOT NULL))`

// CountWaiting counts what does not go on by itself; see filing.WaitingStore.
func (s *Store) CountWaiting(ctx context.Context, before time.Time) (n filing.Waiting, err error) {
	err = s.view(ctx, "store.CountWaiting", func(tx *sql.Tx) error {
		n.Stuck, err = scanValue[int](tx.QueryRowContext(ctx, "SELECT count(*) FROM complaint c WHERE "+stuck, before.UnixMilli()))
		if err != nil {
			return err
		}
		paused, err := collect(ctx, tx, scanChannel, channelColumns+"AND paused <> '' ORDER BY name, id")
		if err != nil {
			return err
		}
		for _, ch := range paused {
			// What waits is little beside what was ever filed through the channel.
			count, err := scanValue[int](tx.QueryRowContext(ctx, `
				SELECT count(*) FROM complaint c WHERE +c.channel_id = ? AND c.send_state IN (?, ?, ?, ?, ?) AND `+settled,
				ch.ID, domain.SendQueued, domain.SendSending, domain.SendRetry, domain.SendUnknown, domain.SendToken))
			if err != nil {
				return err
			}
			if count > 0 {
				n.Stopped = append(n.Stopped, filing.Stopped{Channel: ch, Count: count})
			}
		}
		return nil
	})
	return n, err
}
