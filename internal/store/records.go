package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Histories gives the attempts and the timeline of each of these complaints; see
// filing.RecordStore. Both are of one moment.
func (s *Store) Histories(ctx context.Context, ids []domain.ComplaintID) (map[domain.ComplaintID]filing.History, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, explain(ctx, "store.Histories", s.path, err)
	}
	out := make(map[domain.ComplaintID]filing.History, len(ids))
	err = s.view(ctx, "store.Histories", func(tx *sql.Tx) error {
		_, err := collect(ctx, tx, func(row scanner) (none struct{}, err error) {
			var id domain.ComplaintID
			a, err := scanAttempt(row, &id)
			h := out[id]
			h.Attempts = append(h.Attempts, a)
			out[id] = h
			return none, err
		}, `
			SELECT c.uuid, `+attemptColumns+`
			FROM json_each(?) j CROSS JOIN complaint c ON c.uuid = j.value JOIN attempt a ON a.complaint = c.seq
			ORDER BY c.seq, a.n`, string(list))
		if err != nil {
			return err
		}
		events := make(map[domain.ComplaintID][]timelineEvent, len(ids))
		_, err = collect(ctx, tx, func(row scanner) (none struct{}, err error) {
			var id domain.ComplaintID
			e, err := scanEvent(row, &id)
			events[id] = append(events[id], e)
			return none, err
		}, `
			SELECT c.uuid, `+eventColumns+`
			FROM json_each(?) j CROSS JOIN complaint c ON c.uuid = j.value JOIN event e ON e.complaint = c.seq
			ORDER BY e.id`, string(list))
		for id, list := range events {
			h := out[id]
			h.Timeline = inCaseOrder(list)
			out[id] = h
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// The columns of an attempt and of an event, in the order in which scanAttempt and
// scanEvent read them.
const (
	attemptColumns = "a.n, a.started_at, a.ended_at, a.outcome, a.http_status, a.error_key, a.detail"
	eventColumns   = "e.at, e.kind, e.send_state, e.case_state, e.note, e.told"
)

// scanAttempt reads an attempt behind whatever comes before it in the row.
func scanAttempt(row scanner, before ...any) (a domain.Attempt, err error) {
	var started int64
	var ended sql.NullInt64
	err = row.Scan(append(before, &a.N, &started, &ended, &a.Outcome, &a.HTTPStatus, &a.ErrorKey, &a.Detail)...)
	a.StartedAt, a.EndedAt = at(started), moment(ended)
	return a, err
}

// scanEvent reads an event behind whatever comes before it in the row.
func scanEvent(row scanner, before ...any) (e timelineEvent, err error) {
	var when int64
	err = row.Scan(append(before, &when, &e.Kind, &e.SendState, &e.CaseState, &e.Note, &e.told)...)
	e.At = at(when)
	return e, err
}

// CountMatching counts the matching complaints by send state.
func (s *Store) CountMatching(ctx context.Context, f domain.ComplaintFilter) (map[domain.SendState]int64, error) {
	w := complaintConds(f, s.clock.Now())
	counts := map[domain.SendState]int64{}
	err := s.view(ctx, "store.CountMatching", func(tx *sql.Tx) error {
		_, err := collect(ctx, tx, func(row scanner) (none struct{}, err error) {
			var state domain.SendState
			var n int64
			err = row.Scan(&state, &n)
			counts[state] = n
			return none, err
		}, "SELECT c.send_state, count(*) FROM complaint c"+w.where()+" GROUP BY c.send_state", w.args...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return counts, nil
}

// BatchNames lists the batches that complaints came with, the newest first; see
// filing.RecordStore.
func (s *Store) BatchNames(ctx context.Context, most int) (names []string, err error) {
	err = s.view(ctx, "store.BatchNames", func(tx *sql.Tx) error {
		names, err = collect(ctx, tx, scanValue[string],
			"SELECT batch FROM complaint WHERE batch <> '' GROUP BY batch ORDER BY max(seq) DESC LIMIT ?", most)
		return err
	})
	return names, err
}
