package workspace

import (
	"context"
	"path/filepath"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/secrets"
	"quietline/internal/store"
)

// Custody gives the use cases on the workspace of a folder as a whole. Where it
// replaces something, nobody may have the workspace open, this program included.
func Custody(p Params) (*custody.Service, error) {
	if err := p.fill(); err != nil {
		return nil, err
	}
	return newCustody(p), nil
}

func newCustody(p Params) *custody.Service {
	return custody.New(custody.Params{
		Dir: p.Dir, Databases: store.NewFiles(p.database()), Tokens: tokens{p},
		Clock: p.Clock, Free: platform.FreeBytes, DiskFull: store.DiskFull, Program: platform.Version(),
	})
}

// Backup writes a backup of the open workspace.
func (w *Workspace) Backup(ctx context.Context, r custody.BackupRequest) (custody.Backup, error) {
	r.Open = w.store
	return w.custody.Backup(ctx, r)
}

// PrepareRestore verifies a backup while the workspace is open; what it gives is
// to be used once it is closed.
func (w *Workspace) PrepareRestore(ctx context.Context, r custody.RestoreRequest) (*custody.Ready, error) {
	return w.custody.Prepare(ctx, r)
}

// Outlook says what erasing a person would take.
func (w *Workspace) Outlook(ctx context.Context, person string) (custody.Toll, error) {
	return w.custody.Outlook(ctx, w.store, person)
}

// tokens are those of whatever workspace the folder holds.
type tokens struct{ p Params }

// Keep forgets all others. A keyring that is locked hinders an erasure, but not a
// restoration: there it is enough that no token is used for another endpoint.
func (t tokens) Keep(ctx context.Context, workspace string, channels []domain.ChannelID, anyway bool) error {
	return t.box(workspace).KeepOnly(ctx, channels, anyway)
}

// Have says which channels have a token.
func (t tokens) Have(ctx context.Context, workspace string, channels []domain.ChannelID) ([]domain.ChannelID, error) {
	return t.box(workspace).Have(ctx, channels)
}

func (t tokens) box(workspace string) *secrets.Box {
	return secrets.New(secrets.Params{
		Keyring: t.p.Keyring, Namespace: workspace, File: filepath.Join(t.p.Dir, tokensFile),
	})
}
