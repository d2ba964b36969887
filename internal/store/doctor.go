package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"quietline/internal/domain"
)

// Examine checks a database that this program does not have open: it opens it,
// with everything that this brings about, and closes it again. Found is false
// where there is no database yet; nothing is made then.
func Examine(ctx context.Context, p Params) (found bool, err error) {
	path, err := locate(p.Path)
	if err == nil {
		found, err = present(path)
	}
	if !found || err != nil {
		return false, explain(ctx, "store.Examine", p.Path, err)
	}
	s, err := Open(ctx, p)
	if err != nil {
		return true, err
	}
	err = s.Check(ctx)
	if errClose := s.Close(); err == nil {
		err = errClose
	}
	return true, err
}

// maxFindings is how much of a damage is looked for: one finding is enough.
const maxFindings = 20

// Check says whether the file is still the one that was opened and one of ours
// that this version can read, reads the whole database and compares every index
// (also the one for text) with its table and every reference with its row. It
// takes a while on a big file. Fails with Corrupt "store.damaged", whose cause
// lists what is wrong without any contents, Conflict "store.moved", or what
// Open fails with.
func (s *Store) Check(ctx context.Context) error {
	const op = "store.Check"
	switch now, err := os.Stat(s.path); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return explain(ctx, op, s.path, err)
	case err != nil || !os.SameFile(now, s.file):
		return fault(op, domain.Conflict, keyMoved, s.path, err)
	}
	var findings []string
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		if err := s.schema.verify(ctx, tx, s.path); err != nil {
			return err
		}
		list, err := collect(ctx, tx, scanValue[string], fmt.Sprintf("PRAGMA integrity_check(%d)", maxFindings))
		if err != nil {
			return err
		}
		for _, f := range list {
			if f != "ok" {
				findings = append(findings, f)
			}
		}
		tables, err := collect(ctx, tx, scanValue[string],
			`SELECT DISTINCT "table" FROM pragma_foreign_key_check LIMIT ?`, maxFindings)
		for _, t := range tables {
			findings = append(findings, "dangling rows in "+t)
		}
		return err
	})
	if err == nil && len(findings) > 0 {
		err = fault(op, domain.Corrupt, keyDamaged, s.path, errors.New(strings.Join(findings, "; ")))
	}
	return err
}
