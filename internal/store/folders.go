package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"quietline/internal/domain"
	"quietline/internal/folders"
)

var _ folders.Store = (*Store)(nil)

// AddFolder stores a new folder and fills in the ID; see folders.Store.
func (s *Store) AddFolder(ctx context.Context, f *folders.Folder) error {
	const op = "store.AddFolder"
	var id folders.FolderID
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "INSERT INTO watched_folder (person_id, dir, created_at) VALUES (?, ?, ?) RETURNING id",
			f.PersonID, f.Dir, f.CreatedAt.UnixMilli()).Scan(&id)
		if isUnique(err) {
			return domain.E(op, domain.Conflict, "folder.taken", domain.Args{"Path": f.Dir}, nil).At("/dir")
		}
		return err
	})
	if err == nil {
		f.ID, f.CreatedAt = id, at(f.CreatedAt.UnixMilli())
	}
	return err
}

// RemoveFolder forgets a folder and its files. Fails with NotFound
// "folder.not_watched".
func (s *Store) RemoveFolder(ctx context.Context, id folders.FolderID) error {
	const op = "store.RemoveFolder"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		found, err := affected(tx.ExecContext(ctx, "DELETE FROM watched_folder WHERE id = ?", id))
		if err == nil && !found {
			return domain.E(op, domain.NotFound, "folder.not_watched", domain.Args{"Path": ""}, nil)
		}
		return err
	})
}

// Folders lists all by time of adding, with their counts and latest failures.
func (s *Store) Folders(ctx context.Context) ([]folders.Folder, error) {
	var out []folders.Folder
	err := s.view(ctx, "store.Folders", func(tx *sql.Tx) (err error) {
		out, err = collect(ctx, tx, scanFolder, `
			SELECT f.id, f.person_id, p.name, f.dir, f.created_at, f.problem,
				coalesce(sum(w.state IN ('imported','copy')), 0), coalesce(sum(w.error_key <> ''), 0),
				coalesce(sum(w.state = 'foreign'), 0)
			FROM watched_folder f JOIN person p ON p.id = f.person_id LEFT JOIN watched_file w ON w.folder = f.id
			GROUP BY f.id ORDER BY f.created_at, f.id`)
		for i := 0; err == nil && i < len(out); i++ {
			if out[i].Failed > 0 {
				out[i].Failures, err = collect(ctx, tx, scanFailure, `
					SELECT path, updated_at, error_kind, error_key, error_args FROM watched_file
					WHERE folder = ? AND error_key <> '' ORDER BY updated_at DESC, path LIMIT ?`, out[i].ID, folders.MaxFailures)
			}
		}
		return err
	})
	return out, err
}

func scanFolder(row scanner) (folders.Folder, error) {
	var f folders.Folder
	var created int64
	err := row.Scan(&f.ID, &f.PersonID, &f.Person, &f.Dir, &created, &f.Problem, &f.Imported, &f.Failed, &f.Foreign)
	f.CreatedAt = at(created)
	return f, err
}

func scanFailure(row scanner) (folders.Failure, error) {
	var f folders.Failure
	var updated int64
	var args []byte
	err := row.Scan(&f.Path, &updated, &f.Reason.Kind, &f.Reason.Key, &args)
	if err == nil {
		f.Reason.Args, err = readArgs(args)
	}
	f.At = at(updated)
	return f, err
}

func readArgs(text []byte) (args map[string]string, err error) {
	if json.Unmarshal(text, &args) != nil {
		err = errStoredJSON
	}
	return args, err
}

// SetProblem notes why a folder cannot be read; see folders.Store.
func (s *Store) SetProblem(ctx context.Context, id folders.FolderID, key string) (changed bool, err error) {
	// Mostly it is known, and then nobody else has to wait for a writer.
	err = s.view(ctx, "store.SetProblem", func(tx *sql.Tx) error {
		now, err := scanValue[string](tx.QueryRowContext(ctx, "SELECT problem FROM watched_folder WHERE id = ?", id))
		changed = err == nil && now != key
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return err
	})
	if err != nil || !changed {
		return false, err
	}
	err = s.update(ctx, "store.SetProblem", func(tx *sql.Tx) (err error) {
		changed, err = affected(tx.ExecContext(ctx, "UPDATE watched_folder SET problem = ? WHERE id = ? AND problem <> ?", key, id, key))
		return err
	})
	return changed, err
}

const knownColumns = `size, modified, state, reader, sha256, error_kind, error_key, error_args, tries, retry_at, lease_until`

func scanKnown(row scanner, more ...any) (folders.Known, error) {
	var k folders.Known
	var args []byte
	var retry, lease sql.NullInt64
	err := row.Scan(append([]any{
		&k.Size, &k.Modified, &k.State, &k.Reader, &k.SHA256,
		&k.Reason.Kind, &k.Reason.Key, &args, &k.Tries, &retry, &lease,
	}, more...)...)
	if err == nil {
		k.Reason.Args, err = readArgs(args)
	}
	k.RetryAt, k.LeaseUntil = moment(retry), moment(lease)
	return k, err
}

// KnownFiles gives what is known of the files of a folder, by path.
func (s *Store) KnownFiles(ctx context.Context, id folders.FolderID) (map[string]folders.Known, error) {
	out := map[string]folders.Known{}
	err := s.view(ctx, "store.KnownFiles", func(tx *sql.Tx) error {
		_, err := collect(ctx, tx, func(row scanner) (struct{}, error) {
			var path string
			k, err := scanKnown(row, &path)
			out[path] = k
			return struct{}{}, err
		}, "SELECT "+knownColumns+", path FROM watched_file WHERE folder = ?", id)
		return err
	})
	return out, err
}

// ForgetFiles forgets files that are there no longer; see folders.Store.
func (s *Store) ForgetFiles(ctx context.Context, id folders.FolderID, paths []string) error {
	return s.update(ctx, "store.ForgetFiles", func(tx *sql.Tx) error {
		for _, p := range paths {
			_, err := tx.ExecContext(ctx, `
				DELETE FROM watched_file WHERE folder = ? AND path = ? AND state IN ('failed','later','foreign')`, id, p)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Imported says whether this content was imported for the person before.
func (s *Store) Imported(ctx context.Context, person domain.PersonID, sha256 string) (found bool, err error) {
	err = s.view(ctx, "store.Imported", func(tx *sql.Tx) (err error) {
		found, err = scanValue[bool](tx.QueryRowContext(ctx, `
			SELECT EXISTS (SELECT 1 FROM watched_file w JOIN watched_folder f ON f.id = w.folder
				WHERE w.sha256 = ? AND w.sha256 <> '' AND w.state IN ('imported','copy') AND f.person_id = ?)`, sha256, person))
		return err
	})
	return found, err
}

// ClaimFile takes a file for its owner; see folders.Store. The reason of an earlier
// failure stays to be seen until the file is finished.
func (s *Store) ClaimFile(ctx context.Context, c folders.Claim) (before folders.Known, claimed bool, err error) {
	err = s.update(ctx, "store.ClaimFile", func(tx *sql.Tx) error {
		watched, err := scanValue[bool](tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM watched_folder WHERE id = ?)", c.Folder))
		if err != nil || !watched {
			return err
		}
		before, err = scanKnown(tx.QueryRowContext(ctx,
			"SELECT "+knownColumns+" FROM watched_file WHERE folder = ? AND path = ?", c.Folder, c.Entry.Path))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			before = folders.Known{}
		case err != nil:
			return err
		case !before.Due(c.Entry, c.Reader, c.Now):
			return nil
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO watched_file (folder, path, size, modified, state, reader, tries, lease_owner, lease_until, updated_at)
			VALUES (?, ?, ?, ?, 'claimed', ?, ?, ?, ?, ?)
			ON CONFLICT (folder, path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
				state = 'claimed', reader = excluded.reader, tries = excluded.tries, retry_at = NULL,
				lease_owner = excluded.lease_owner, lease_until = excluded.lease_until`,
			c.Folder, c.Entry.Path, c.Entry.Size, c.Entry.Modified, c.Reader, before.TriesOf(c.Entry), c.Owner, c.Until.UnixMilli(), c.Now.UnixMilli())
		claimed = err == nil
		return err
	})
	return before, claimed && err == nil, err
}

// RenewClaims moves the end of the owner's leases.
func (s *Store) RenewClaims(ctx context.Context, owner string, until time.Time) error {
	return s.update(ctx, "store.RenewClaims", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE watched_file SET lease_until = ? WHERE lease_owner = ?", until.UnixMilli(), owner)
		return err
	})
}

// FinishFile writes what became of a claimed file; see folders.Store.
func (s *Store) FinishFile(ctx context.Context, f folders.Finish) (held bool, err error) {
	args := []byte("{}")
	if len(f.Reason.Args) > 0 {
		if args, err = json.Marshal(f.Reason.Args); err != nil {
			return false, domain.E("store.FinishFile", domain.Internal, "internal", nil, err)
		}
	}
	err = s.update(ctx, "store.FinishFile", func(tx *sql.Tx) (err error) {
		held, err = affected(tx.ExecContext(ctx, `
			UPDATE watched_file SET state = ?, sha256 = ?, imported = ?, error_kind = ?, error_key = ?, error_args = ?,
				tries = ?, retry_at = ?, lease_owner = NULL, lease_until = NULL, updated_at = ?
			WHERE folder = ? AND path = ? AND lease_owner = ?`,
			f.State, f.SHA256, f.Imported, f.Reason.Kind, f.Reason.Key, string(args),
			f.Tries, millis(f.RetryAt), f.Now.UnixMilli(), f.Folder, f.Path, f.Owner))
		return err
	})
	return held, err
}

// ReleaseClaims gives back what the owner still holds.
func (s *Store) ReleaseClaims(ctx context.Context, owner string, now time.Time) error {
	return s.update(ctx, "store.ReleaseClaims", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE watched_file SET state = 'later', retry_at = ?, lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?`,
			now.UnixMilli(), owner)
		return err
	})
}
