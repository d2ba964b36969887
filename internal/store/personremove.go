package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// PersonExtent counts what is kept of a person.
func (s *Store) PersonExtent(ctx context.Context, id domain.PersonID) (x journal.Extent, err error) {
	err = s.view(ctx, "store.PersonExtent", func(tx *sql.Tx) (err error) {
		x, err = extentOf(ctx, tx, id)
		return err
	})
	return x, err
}

func extentOf(ctx context.Context, tx *sql.Tx, id domain.PersonID) (x journal.Extent, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM call WHERE person_id = ?1), (SELECT count(*) FROM contact WHERE person_id = ?1),
			(SELECT count(*) FROM alert WHERE person_id = ?1 AND gone = 0), (SELECT count(*) FROM watched_folder WHERE person_id = ?1)`,
		id).Scan(&x.Calls, &x.Contacts, &x.Alerts, &x.Folders)
	return x, err
}

// RemovePerson removes a person together with their calls, contacts, alerts and
// watched folders, or, where keepCalls is set, only hides the person and ends the
// watching. Complaints stay; those of a person who is gone belong to nobody. Fails
// with Conflict "person.self_stays" for the owner and NotFound "person.not_found".
func (s *Store) RemovePerson(ctx context.Context, id domain.PersonID, keepCalls bool) (journal.Removed, error) {
	const op = "store.RemovePerson"
	if id == domain.SelfID {
		return journal.Removed{}, domain.E(op, domain.Conflict, "person.self_stays", nil, nil)
	}
	var extent journal.Extent
	var kept keptPerson
	err := s.update(ctx, op, func(tx *sql.Tx) (err error) {
		if extent, err = extentOf(ctx, tx, id); err != nil {
			return err
		}
		if keepCalls {
			extent = journal.Extent{Folders: extent.Folders}
		}
		if extent.Undoable() {
			if kept, err = keepPerson(ctx, tx, id, keepCalls); err != nil {
				return err
			}
		}
		var found bool
		if keepCalls {
			found, err = affected(tx.ExecContext(ctx,
				"UPDATE person SET removed_at = ? WHERE id = ? AND removed_at IS NULL", s.clock.Now().UnixMilli(), id))
		} else {
			found, err = deletePerson(ctx, tx, id)
		}
		if err == nil && !found {
			return noPerson(op, "")
		}
		return err
	})
	if err != nil {
		return journal.Removed{}, err
	}
	if !keepCalls {
		s.forget(ctx)
	}
	gone := journal.Removed{Extent: extent}
	if extent.Undoable() {
		gone.Undo = func(ctx context.Context) error {
			const op = "store.RestorePerson"
			return s.update(ctx, op, func(tx *sql.Tx) error { return kept.putBack(ctx, tx, op, &s.numbers) })
		}
	}
	return gone, nil
}

func deletePerson(ctx context.Context, tx *sql.Tx, id domain.PersonID) (found bool, err error) {
	if _, err := tx.ExecContext(ctx, "DELETE FROM call WHERE person_id = ?", id); err != nil {
		return false, err
	}
	return affected(tx.ExecContext(ctx, "DELETE FROM person WHERE id = ?", id))
}

// keptPerson is somebody who was removed, with all that went too.
type keptPerson struct {
	id domain.PersonID
	// hidden: the rows of the person stayed.
	hidden                                    bool
	person, numbers, contacts, folders, files keptRows
	calls                                     keptCalls
	complaints                                string // their numbers, as a parameter for json_each
}

func keepPerson(ctx context.Context, tx *sql.Tx, id domain.PersonID, hidden bool) (k keptPerson, err error) {
	k.id, k.hidden = id, hidden
	const files = "folder IN (SELECT id FROM watched_folder WHERE person_id = ?1)"
	for _, x := range []struct {
		to           *keptRows
		table, where string
		stays        bool // where the person is only hidden
	}{
		{&k.person, "person", "id = ?1", true},
		{&k.numbers, "person_number", "person_id = ?1", true},
		{&k.contacts, "contact", "person_id = ?1", true},
		{&k.folders, "watched_folder", "person_id = ?1", false},
		{&k.files, "watched_file", files, false},
	} {
		if hidden && x.stays {
			continue
		}
		if *x.to, err = keepRows(ctx, tx, x.table, x.where, int64(id)); err != nil {
			return k, err
		}
	}
	if hidden {
		return k, nil
	}
	if k.calls, err = keepCalls(ctx, tx, "person_id = ?1", int64(id)); err != nil {
		return k, err
	}
	seqs, err := collect(ctx, tx, scanValue[int64], "SELECT seq FROM complaint WHERE person_id = ?", id)
	if err != nil {
		return k, err
	}
	list, err := json.Marshal(slices.Concat([]int64{}, seqs))
	k.complaints = string(list)
	return k, err
}

// putBack has the person there again with all that went. A folder that is watched
// for somebody else now stays that one's.
func (k keptPerson) putBack(ctx context.Context, tx *sql.Tx, op string, numbers *callNumbers) error {
	if err := k.putPerson(ctx, tx, op, numbers); err != nil {
		return err
	}
	var others []any
	folder := k.folders.at("id")
	err := k.folders.putBack(ctx, tx, "NOTHING", func(row []any) error {
		others = append(others, row[folder])
		return nil
	})
	if err != nil {
		return err
	}
	of := k.files.at("folder")
	files := k.files
	files.rows = slices.DeleteFunc(slices.Clone(files.rows), func(row []any) bool { return slices.Contains(others, row[of]) })
	return files.putBack(ctx, tx, "NOTHING", nil)
}

func (k keptPerson) putPerson(ctx context.Context, tx *sql.Tx, op string, numbers *callNumbers) error {
	if k.hidden {
		back, err := affected(tx.ExecContext(ctx, "UPDATE person SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL", k.id))
		if err != nil || back {
			return err
		}
		name, err := scanValue[string](tx.QueryRowContext(ctx, "SELECT name FROM person WHERE id = ?", k.id))
		if errors.Is(err, sql.ErrNoRows) {
			return noPerson(op, "") // removed once more, with the calls
		}
		return cmp.Or(err, nameTaken(op, name))
	}
	name := k.person.at("name")
	err := k.person.putBack(ctx, tx, "NOTHING", func(row []any) error {
		taken, _ := row[name].(string)
		return nameTaken(op, taken)
	})
	if err != nil {
		return err
	}
	for _, rows := range []keptRows{k.numbers, k.contacts} {
		if err := rows.putBack(ctx, tx, "NOTHING", nil); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE complaint SET person_id = ?1 WHERE person_id IS NULL AND seq IN (SELECT value FROM json_each(?2))",
		k.id, k.complaints)
	if err != nil {
		return err
	}
	return k.calls.putBack(ctx, tx, numbers)
}
