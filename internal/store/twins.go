package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"quietline/internal/domain"
)

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
		args := append([]any{call.StartedAt.Unix(), c.Body.Caller.Number, c.ID, int64(c.PersonID), name, int64(c.ChannelID)}, deadStates()...)
		err = tx.QueryRowContext(ctx, duplicateQuery, args...).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, err == nil, err
		}
	}
	return "", false, nil
}

// duplicateQuery finds another complaint about a call. Only what belongs to
// nobody (any longer) is known by its name, or else by its number. What was filed
// to practise is the twin of nothing that is filed in earnest.
const duplicateQuery = `
	SELECT c.uuid FROM complaint_second t CROSS JOIN complaint c ON c.seq = t.complaint
	WHERE t.second = ? AND c.number = ? AND c.uuid <> ?
		AND (c.person_id = ? OR c.person_id IS NULL AND ` + partyOf + ` = ?)
		AND (c.channel_id IN ` + practiceChannels + ` IS TRUE) = (? IN ` + practiceChannels + `)
		AND ` + alive + `
	ORDER BY c.seq LIMIT 1`

// practiceChannels are those of filing.IsPractice, removed ones too.
const practiceChannels = `(SELECT id FROM channel WHERE url = '` + domain.PracticeURL + `' OR capabilities ->> '$.practice')`

// alive are complaints c that are or will be before an endpoint; its arguments are
// deadStates.
const alive = `c.send_state NOT IN (?, ?, ?, ?)
		AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.complaint = c.seq AND w.state = 'done')`

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

// FindDuplicates is FindDuplicate for many; see filing.BatchStore. Those that
// stand in the list twice are not told.
func (s *Store) FindDuplicates(ctx context.Context, list []domain.Complaint) (ids []domain.ComplaintID, err error) {
	ids = make([]domain.ComplaintID, len(list))
	pointers := make([]*domain.Complaint, len(list))
	for i := range list {
		pointers[i] = &list[i]
	}
	err = s.view(ctx, "store.FindDuplicates", func(tx *sql.Tx) error {
		twins, err := duplicatesOf(ctx, tx, pointers)
		for i := range twins {
			ids[i] = twins[i].id
		}
		return err
	})
	return ids, err
}

// twinKey is what FindDuplicate tells complaints apart by.
type twinKey struct {
	second int64
	number string
	person domain.PersonID
	party  string
	// practice: filed, or to be filed, to practise.
	practice bool
}

func twinKeyOf(c *domain.Complaint, practice map[domain.ChannelID]bool) twinKey {
	k := twinKey{
		second: c.Body.Calls[0].StartedAt.Unix(), number: c.Body.Caller.Number, person: c.PersonID,
		practice: practice[c.ChannelID],
	}
	if k.person == 0 {
		k.party = c.Party()
	}
	return k
}

// twin is the complaint that a complaint is a duplicate of: one in the database,
// or an earlier one of the same list; row is -1 where it is none.
type twin struct {
	id  domain.ComplaintID
	seq int64
	row int
}

// duplicatesOf finds the twin of each complaint that is there, as duplicate does
// for one, by one query for all.
func duplicatesOf(ctx context.Context, tx *sql.Tx, list []*domain.Complaint) ([]twin, error) {
	practice, err := collectMap[domain.ChannelID, bool](ctx, tx, "SELECT id, 1 FROM "+practiceChannels)
	if err != nil {
		return nil, err
	}
	there, err := twinsAt(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	out, seen := make([]twin, len(list)), make(map[twinKey]int, len(list))
	for i, c := range list {
		if out[i].row = -1; c == nil {
			continue
		}
		key := twinKeyOf(c, practice)
		found, ok := there[key]
		if key.person != 0 && key.person != domain.SelfID {
			// What belongs to nobody any longer is known by its name.
			gone := key
			gone.person, gone.party = 0, c.Party()
			if other, known := there[gone]; known && (!ok || other.seq < found.seq) {
				found, ok = other, true
			}
		}
		at, before := seen[key]
		switch {
		case ok:
			out[i] = found
		case before:
			out[i].row = at
		default:
			seen[key] = i
		}
	}
	return out, nil
}

// twinsAt lists what is filed or to be filed about the calls of the list: what
// began in one of its seconds, each asked for once, since thousands of calls may
// have begun in one where a sheet tells the minute only.
func twinsAt(ctx context.Context, tx *sql.Tx, list []*domain.Complaint) (map[twinKey]twin, error) {
	asked, seconds := make(map[twinKey]bool, len(list)), make(map[int64]struct{}, len(list))
	for _, c := range list {
		if c != nil {
			key := twinKey{second: c.Body.Calls[0].StartedAt.Unix(), number: c.Body.Caller.Number}
			asked[key], seconds[key.second] = true, struct{}{}
		}
	}
	text, err := json.Marshal(slices.Collect(maps.Keys(seconds)))
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT t.second, c.number, ifnull(c.person_id, 0), CASE WHEN c.person_id IS NULL THEN ifnull(`+partyOf+`, '') ELSE '' END,
			c.channel_id IN `+practiceChannels+` IS TRUE, c.seq, c.uuid
		FROM json_each(?) j CROSS JOIN complaint_second t ON t.second = j.value CROSS JOIN complaint c ON c.seq = t.complaint
		WHERE `+alive, append([]any{string(text)}, deadStates()...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	there := map[twinKey]twin{}
	for rows.Next() {
		var key twinKey
		found := twin{row: -1}
		if err := rows.Scan(&key.second, &key.number, &key.person, &key.party, &key.practice, &found.seq, &found.id); err != nil {
			return nil, err
		}
		if !asked[twinKey{second: key.second, number: key.number}] {
			continue
		}
		if first, ok := there[key]; !ok || found.seq < first.seq {
			there[key] = found
		}
	}
	return there, rows.Err()
}
