package store

import (
	"context"
	"database/sql"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// RemoveDraft deletes a draft; see filing.DraftStore.
func (s *Store) RemoveDraft(ctx context.Context, id domain.ComplaintID) (filing.RemovedDraft, error) {
	const op = "store.RemoveDraft"
	var gone domain.Complaint
	var kept keptDraft
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		found, err := collect(ctx, tx, scanComplaint, complaintColumns+" WHERE c.uuid = ?", id)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return noComplaint(op)
		case found[0].SendState != domain.SendDraft:
			return domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
		}
		list, err := withCalls(ctx, tx, found)
		if err != nil {
			return err
		}
		gone = list[0]
		if kept, err = keepDraft(ctx, tx, gone.ID, found[0].seq); err != nil {
			return err
		}
		// The row of a sheet stays where its complaint goes, and with it those that
		// were its duplicates.
		for _, query := range []string{"UPDATE batch_row SET complaint = NULL WHERE complaint = ?", "DELETE FROM complaint WHERE seq = ?"} {
			if _, err := tx.ExecContext(ctx, query, kept.seq); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return filing.RemovedDraft{}, err
	}
	return filing.RemovedDraft{Complaint: gone, Undo: func(ctx context.Context) error {
		return s.update(ctx, "store.RestoreDraft", func(tx *sql.Tx) error { return kept.putBack(ctx, tx) })
	}}, nil
}

// keptDraft is a removed draft and what referred to it. Others, like calls that
// were removed before it, know it by its number in this file, so it comes back
// under that.
type keptDraft struct {
	id                                               domain.ComplaintID
	seq                                              int64
	complaint, seconds, links, files, events, places keptRows
}

func keepDraft(ctx context.Context, tx *sql.Tx, id domain.ComplaintID, seq int64) (k keptDraft, err error) {
	k.id, k.seq = id, seq
	for _, x := range []struct {
		to           *keptRows
		table, where string
	}{
		{&k.complaint, "complaint", "seq = ?"},
		{&k.seconds, "complaint_second", "complaint = ?"},
		{&k.links, "complaint_call", "complaint = ? ORDER BY position"},
		{&k.files, "evidence", "complaint = ?"},
		{&k.events, "event", "complaint = ? ORDER BY id"},
		{&k.places, "batch_row", "complaint = ?"},
	} {
		if *x.to, err = keepRows(ctx, tx, x.table, x.where, seq); err != nil {
			return k, err
		}
	}
	k.events = k.events.without("id") // others may have theirs by now
	return k, nil
}

// putBack has the draft there again, without what is gone. One that was written
// anew meanwhile gets its rows of the sheets and stays as it is.
func (k keptDraft) putBack(ctx context.Context, tx *sql.Tx) error {
	anew, err := collect(ctx, tx, scanValue[int64], "SELECT seq FROM complaint WHERE uuid = ?", k.id)
	if err != nil {
		return err
	}
	if len(anew) > 0 {
		return k.place(ctx, tx, anew[0])
	}
	complaint, err := k.complaint.withoutGone(ctx, tx, "person_id", "person")
	if err == nil {
		complaint, err = complaint.withoutGone(ctx, tx, "channel_id", "channel")
	}
	if err != nil {
		return err
	}
	links, err := k.links.withoutGone(ctx, tx, "call_id", "call")
	if err != nil {
		return err
	}
	call := links.at("call_id")
	links.rows = slices.DeleteFunc(links.rows, func(row []any) bool { return row[call] == nil })
	for _, rows := range []keptRows{complaint, k.seconds, links, k.files, k.events} {
		if err := rows.putBack(ctx, tx, "NOTHING", nil); err != nil {
			return err
		}
	}
	return k.place(ctx, tx, k.seq)
}

// place gives the draft the rows of the sheets that it was taken out of.
func (k keptDraft) place(ctx context.Context, tx *sql.Tx, seq int64) error {
	batch, line := k.places.at("batch"), k.places.at("line")
	for _, p := range k.places.rows {
		_, err := tx.ExecContext(ctx, "UPDATE batch_row SET complaint = ? WHERE batch = ? AND line = ? AND complaint IS NULL",
			seq, p[batch], p[line])
		if err != nil {
			return err
		}
	}
	return nil
}

// without are the rows without a column, which they get anew.
func (k keptRows) without(column string) keptRows {
	i := k.at(column)
	k.columns = slices.Delete(slices.Clone(k.columns), i, i+1)
	rows := make([][]any, len(k.rows))
	for n, row := range k.rows {
		rows[n] = slices.Delete(slices.Clone(row), i, i+1)
	}
	k.rows = rows
	return k
}

// withoutGone are the rows with NULL in the column where it refers to a row of the
// table that is not there any more.
func (k keptRows) withoutGone(ctx context.Context, tx *sql.Tx, column, table string) (keptRows, error) {
	i, rows := k.at(column), make([][]any, len(k.rows))
	for n, row := range k.rows {
		there, err := collect(ctx, tx, scanValue[int64], "SELECT id FROM "+table+" WHERE id = ?", row[i])
		if err != nil {
			return k, err
		}
		if rows[n] = slices.Clone(row); len(there) == 0 {
			rows[n][i] = nil
		}
	}
	k.rows = rows
	return k, nil
}
