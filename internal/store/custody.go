package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// settingWorkspace is the setting under which the workspace keeps its name in
// the keyring.
const settingWorkspace = "workspace_id"

// eventRestored says that a complaint came out of a backup.
const eventRestored = "restored"

// Files works on database files that no program has open.
type Files struct{ p Params }

// NewFiles makes Files; the path of the params is not used.
func NewFiles(p Params) *Files { return &Files{p: p} }

// Snapshot writes a complete copy into a file that is there and empty.
func (s *Store) Snapshot(ctx context.Context, to string) error {
	_, err := s.write.ExecContext(ctx, "VACUUM INTO ?", to)
	return explain(ctx, "store.Snapshot", to, err)
}

// alone is a connection that changes nothing about the file by being opened.
func alone(path string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode": {"rw"}, "_busy_timeout": {"500"}, "_foreign_keys": {"on"}, "_secure_delete": {"on"}, "_txlock": {"immediate"},
	}), driver: hooked("")})
	db.SetMaxOpenConns(1)
	return db
}

// Fold puts everything into the one file, which SQLite does only where nobody
// else has it open.
func (f *Files) Fold(ctx context.Context, path string) error {
	const op = "store.Fold"
	db := alone(path)
	mode, err := scanValue[string](db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE"))
	if err == nil && mode != "delete" {
		err = fault(op, domain.Unavailable, keyBusy, path, errors.New("the log stays"))
	}
	return explain(ctx, op, path, errors.Join(err, db.Close()))
}

// Copy writes a complete copy of a database of any kind.
func (f *Files) Copy(ctx context.Context, from, to string) error {
	db := alone(from)
	_, err := db.ExecContext(ctx, "VACUUM INTO ?", to)
	return explain(ctx, "store.Copy", to, errors.Join(err, db.Close()))
}

// Sound reads the whole of a database of any kind.
func (f *Files) Sound(ctx context.Context, path string) error {
	const op = "store.Sound"
	db := visitor(path, true)
	defer quietly(db)
	list, err := collect(ctx, db, scanValue[string], "PRAGMA integrity_check(1)")
	if err == nil && !slices.Equal(list, []string{"ok"}) {
		err = fault(op, domain.Corrupt, keyDamaged, path, errors.New("integrity check"))
	}
	return explain(ctx, op, path, err)
}

// Verify says whether the file is a sound database of this product.
func (f *Files) Verify(ctx context.Context, path string) error {
	const op = "store.Verify"
	sch, err := presentSchema()
	if err != nil {
		return err
	}
	found, err := inspect(ctx, path, sch)
	if err == nil && !found {
		err = fault(op, domain.Corrupt, keyDamaged, path, errors.New("empty"))
	}
	if err != nil {
		return explain(ctx, op, path, err)
	}
	return f.Sound(ctx, path)
}

// Channels lists the channels of a database, and the name of its workspace.
func (f *Files) Channels(ctx context.Context, path string) (workspace string, list []domain.Channel, err error) {
	db := alone(path)
	defer quietly(db)
	list, err = collect(ctx, db, scanEndpoint, "SELECT id, kind, url FROM channel WHERE removed_at IS NULL")
	if err == nil {
		workspace, err = scanValue[string](db.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", settingWorkspace))
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return workspace, list, explain(ctx, "store.Channels", path, err)
}

func scanEndpoint(row scanner) (c domain.Channel, err error) {
	err = row.Scan(&c.ID, &c.Kind, &c.URL)
	return c, err
}

// Settle brings a database out of a backup to the present version and applies
// filing.AfterRestore to its outbox, in one transaction.
func (f *Files) Settle(ctx context.Context, path string, in custody.Settlement) (custody.Settled, error) {
	const op = "store.Settle"
	p := f.p
	p.Path = path
	s, err := Open(ctx, p)
	if err != nil {
		return custody.Settled{}, err
	}
	var out custody.Settled
	err = s.update(ctx, op, func(tx *sql.Tx) (err error) {
		if err := onlyOurCode(ctx, tx, f.p, path); err != nil {
			return err
		}
		if in.Workspace == "" {
			_, err = tx.ExecContext(ctx, "DELETE FROM setting WHERE key = ?", settingWorkspace)
		} else {
			err = setSetting(ctx, tx, settingWorkspace, in.Workspace)
		}
		if err == nil {
			err = sameChannels(ctx, tx, in, &out)
		}
		if err == nil {
			err = settleOutbox(ctx, tx, in, &out)
		}
		return err
	})
	if errClose := s.Close(); err == nil {
		err = errClose
	}
	if err != nil {
		return custody.Settled{}, err
	}
	return out, f.Fold(ctx, path)
}

// onlyOurCode refuses a database with triggers or views that are not ours: they
// would do what their author wants whenever the program writes.
func onlyOurCode(ctx context.Context, tx *sql.Tx, p Params, path string) error {
	const query = "SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
	have, err := collect(ctx, tx, scanValue[string], query)
	if err != nil {
		return err
	}
	sch, err := presentSchema()
	if err != nil {
		return err
	}
	fresh := sql.OpenDB(connector{dsn: "file::memory:", driver: hooked("")})
	fresh.SetMaxOpenConns(1)
	defer quietly(fresh)
	if err := migrate(ctx, fresh, p, sch); err != nil {
		return err
	}
	ours, err := collect(ctx, fresh, scanValue[string], query)
	if err != nil {
		return err
	}
	for _, h := range have {
		if !slices.Contains(ours, h) {
			return fault("store.Settle", domain.Corrupt, keyDamaged, path, errors.New("a trigger or view of somebody else"))
		}
	}
	return nil
}

// sameChannels finds the channels that are the same endpoint under the same
// number as in the place that is restored to: a number that means another
// endpoint by now must not have its token sent there. The others need their token
// again, if they had one.
func sameChannels(ctx context.Context, tx *sql.Tx, in custody.Settlement, out *custody.Settled) error {
	list, err := collect(ctx, tx, scanEndpoint, "SELECT id, kind, url FROM channel WHERE removed_at IS NULL")
	for _, c := range list {
		same := slices.ContainsFunc(in.Channels, func(b domain.Channel) bool {
			return b.ID == c.ID && b.Kind == c.Kind && b.URL == c.URL
		})
		switch {
		case same:
			out.Channels = append(out.Channels, c.ID)
		case c.Kind == domain.ChannelAssisted, c.URL == domain.PracticeURL:
		case in.WithToken == nil || slices.Contains(*in.WithToken, c.ID):
			out.NoToken++
		}
	}
	return err
}

// waitingRow is a complaint of the outbox that is not finished.
type waitingRow struct {
	seq int64
	filing.FromBackup
}

func settleOutbox(ctx context.Context, tx *sql.Tx, in custody.Settlement, out *custody.Settled) error {
	rows, err := collect(ctx, tx, func(row scanner) (w waitingRow, err error) {
		var queued sql.NullInt64
		err = row.Scan(&w.seq, &w.State, &w.Attempts, &queued, &w.Kind)
		w.QueuedAt, w.TakenAt, w.Now = moment(queued), in.TakenAt, in.Now
		return w, err
	}, `SELECT c.seq, c.send_state, c.attempts, c.queued_at, h.kind
		FROM outbox o JOIN complaint c ON c.seq = o.complaint JOIN channel h ON h.id = c.channel_id
		WHERE c.send_state IN ('queued','retry','sending','unknown','token')`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE outbox SET lease_owner = NULL, lease_until = NULL"); err != nil {
		return err
	}
	for _, w := range rows {
		if err := settleRow(ctx, tx, w, out); err != nil {
			return err
		}
	}
	out.Drafts, err = scanValue[int](tx.QueryRowContext(ctx, "SELECT count(*) FROM complaint WHERE send_state = 'draft'"))
	return err
}

func settleRow(ctx context.Context, tx *sql.Tx, w waitingRow, out *custody.Settled) error {
	if err := interrupt(ctx, tx, w.seq, w.Now); err != nil {
		return err
	}
	state, due := filing.AfterRestore(w.FromBackup)
	var at any
	switch {
	case due:
		at = w.Now.UnixMilli()
		out.ByKey++
	default:
		out.ByPerson++
	}
	if _, err := tx.ExecContext(ctx, "UPDATE outbox SET due_at = ? WHERE complaint = ?", at, w.seq); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE complaint SET send_state = ?, updated_at = ? WHERE seq = ?", state, w.Now.UnixMilli(), w.seq)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return addEvent(ctx, tx, w.seq, event{at: w.Now, kind: eventRestored})
}
