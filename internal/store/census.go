package store

import (
	"context"
	"database/sql"
)

// census counts what there is, by kind. No name and no number is among the kinds.
const census = `
	SELECT 'people', count(*) FROM person
	UNION ALL SELECT 'calls', count(*) FROM call
	UNION ALL SELECT 'contacts', count(*) FROM contact
	UNION ALL SELECT 'corrections', count(*) FROM correction
	UNION ALL SELECT 'batches', count(*) FROM batch
	UNION ALL SELECT 'attempts', count(*) FROM attempt
	UNION ALL SELECT 'watched_folders', count(*) FROM watched_folder
	UNION ALL SELECT 'watched_files', count(*) FROM watched_file
	UNION ALL SELECT 'alerts.' || state, count(*) FROM alert WHERE gone = 0 GROUP BY state
	UNION ALL SELECT 'channels.' || kind, count(*) FROM channel GROUP BY kind
	UNION ALL SELECT 'complaints.' || send_state, count(*) FROM complaint GROUP BY send_state
	UNION ALL SELECT 'evidence.' || state, count(*) FROM evidence GROUP BY state`

// Census gives the version of the schema and how much there is of each kind.
func (s *Store) Census(ctx context.Context) (schema int, counts map[string]int64, err error) {
	err = s.view(ctx, "store.Census", func(tx *sql.Tx) (err error) {
		if schema, err = scanValue[int](tx.QueryRowContext(ctx, "PRAGMA user_version")); err != nil {
			return err
		}
		counts, err = collectMap[string, int64](ctx, tx, census)
		return err
	})
	return schema, counts, err
}
