package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"quietline/internal/evidence"
	"quietline/internal/filing"
	"quietline/internal/store"
)

// newVault keeps the files of evidence of this workspace.
func newVault(p Params) *evidence.Vault {
	return evidence.New(evidence.Params{Dir: filepath.Join(p.Dir, evidenceDir)})
}

// evidenceIn looks at the files of a workspace that is not open. What is wrong
// with its database is said at the database.
func (e *examination) evidenceIn(ctx context.Context, p Params) {
	if _, err := os.Stat(filepath.Join(p.Dir, DatabaseFile)); err != nil {
		return
	}
	db, err := store.Open(ctx, p.database())
	if err != nil {
		return
	}
	service := filing.New(filing.Params{Store: db, Clock: p.Clock, Vault: newVault(p)})
	files, wrong, err := service.CheckEvidence(ctx)
	e.evidence(files, wrong, errors.Join(err, db.Close()))
}

// evidence says which files are gone or changed.
func (e *examination) evidence(files int, wrong []error, err error) {
	if err != nil {
		e.fault("evidence", err)
		return
	}
	for _, w := range wrong {
		e.fault("evidence", w)
	}
	if len(wrong) == 0 && files > 0 {
		e.fine("evidence", "evidence", map[string]any{"Files": files})
	}
}
