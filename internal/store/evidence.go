package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"quietline/internal/domain"
)

// putEvidence writes which files a draft has.
func putEvidence(ctx context.Context, tx *sql.Tx, seq int64, c domain.Complaint) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM evidence WHERE complaint = ?", seq); err != nil {
		return err
	}
	for i, e := range c.Body.Evidence {
		// The same file twice is one.
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO evidence (complaint, position, sha256) VALUES (?, ?, ?)", seq, i, e.SHA256)
		if err != nil {
			return err
		}
	}
	return nil
}

// releaseEvidence makes the files of a complaint that has its number due.
func releaseEvidence(ctx context.Context, tx *sql.Tx, seq int64, state domain.SendState, now time.Time) error {
	if state != domain.SendSent {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE evidence SET state = ?, due_at = ? WHERE complaint = ? AND state = ?",
		domain.EvidenceWaiting, now.UnixMilli(), seq, domain.EvidenceStored)
	return err
}

// Evidence lists the files of a complaint; see filing.EvidenceStore.
func (s *Store) Evidence(ctx context.Context, id domain.ComplaintID) ([]domain.EvidenceStatus, error) {
	var list []domain.EvidenceStatus
	err := s.view(ctx, "store.Evidence", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, func(row scanner) (e domain.EvidenceStatus, err error) {
			var body string
			var due sql.NullInt64
			err = row.Scan(&body, &e.State, &e.Attempts, &due, &e.HTTPStatus, &e.ErrorKey, &e.Detail)
			e.NextAt = moment(due)
			if err == nil {
				e.Evidence, err = storedEvidence(body)
			}
			return e, err
		}, `
			SELECT `+bodyOfEvidence+`, e.state, e.attempts, e.due_at, e.http_status, e.error_key, e.detail
			FROM complaint c JOIN evidence e ON e.complaint = c.seq WHERE c.uuid = ? ORDER BY e.position`, id)
		return err
	})
	return list, err
}

// bodyOfEvidence is what the complaint c says of its file e.
const bodyOfEvidence = "ifnull(c.body -> ('$.evidence[' || e.position || ']'), 'null')"

func storedEvidence(body string) (e domain.Evidence, err error) {
	if err := json.Unmarshal([]byte(body), &e); err != nil || e.SHA256 == "" {
		return e, errStoredJSON
	}
	return e, nil
}

// needsEvidence is the condition for a complaint c to need its files.
const needsEvidence = "c.send_state NOT IN ('cancelled', 'skipped')"

// EvidenceInUse gives the digests that some complaint needs; see
// filing.EvidenceStore.
func (s *Store) EvidenceInUse(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	err := s.view(ctx, "store.EvidenceInUse", func(tx *sql.Tx) error {
		list, err := collect(ctx, tx, scanValue[string],
			"SELECT DISTINCT e.sha256 FROM evidence e JOIN complaint c ON c.seq = e.complaint WHERE "+needsEvidence)
		for _, digest := range list {
			used[digest] = true
		}
		return err
	})
	return used, err
}

// EvidenceFiles lists every file that is still to be sent or shown whole; see
// filing.EvidenceStore.
func (s *Store) EvidenceFiles(ctx context.Context) ([]domain.Evidence, error) {
	var list []domain.Evidence
	err := s.view(ctx, "store.EvidenceFiles", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, func(row scanner) (e domain.Evidence, err error) {
			var body, digest string
			if err = row.Scan(&digest, &body); err == nil {
				e, err = storedEvidence(body)
			}
			return e, err
		}, "SELECT e.sha256, min("+bodyOfEvidence+") FROM evidence e JOIN complaint c ON c.seq = e.complaint WHERE e.state <> 'uploaded' AND "+needsEvidence+
			" GROUP BY e.sha256 ORDER BY min(e.complaint), min(e.position)")
		return err
	})
	return list, err
}

// takesFiles is true where a complaint c is with an endpoint h that takes its files.
const takesFiles = `(c.send_state = 'sent' AND h.kind <> 'assisted' AND h.removed_at IS NULL AND NOT ` + takesNoFiles + ")"

// ResendEvidence gives a file another chance; see filing.EvidenceStore.
func (s *Store) ResendEvidence(ctx context.Context, id domain.ComplaintID, digest string, now time.Time) error {
	return s.update(ctx, "store.ResendEvidence", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE evidence AS e SET tries = 0, error_key = '', detail = '', http_status = 0,
				state = iif(`+takesFiles+`, 'waiting', 'stored'), due_at = iif(`+takesFiles+`, ?1, NULL)
			FROM complaint c LEFT JOIN channel h ON h.id = c.channel_id
			WHERE c.seq = e.complaint AND c.uuid = ?2 AND e.sha256 = ?3 AND e.state IN ('missing', 'refused')`,
			now.UnixMilli(), id, digest)
		return err
	})
}
