// Package workspace puts the program together over one data directory: store,
// registry, importers, channels and the use cases on them. Both programs start
// here; nothing else knows which adapter stands behind which port.
package workspace

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/advice"
	"quietline/internal/channel"
	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/folders"
	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/numbers"
	"quietline/internal/platform"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/report"
	"quietline/internal/secrets"
	"quietline/internal/settings"
	"quietline/internal/store"
	"quietline/internal/watcher"
)

// The files of a data directory.
const (
	DatabaseFile = custody.DatabaseFile
	PracticeFile = custody.PracticeFile
	tokensFile   = custody.TokensFile
	evidenceDir  = custody.EvidenceFolder
)

// Params say which workspace to open and with what.
type Params struct {
	// Dir is the data directory; it is created with mode 0700.
	Dir string
	// Printer gives the words; one is made in Language where it is nil.
	Printer  *l10n.Printer
	Language l10n.Language
	// Log takes what happens; nil discards it.
	Log *slog.Logger
	// Clock and Source default to the machine's.
	Clock  domain.Clock
	Source domain.Source
	// Keyring is nil where tokens are to lie in a file.
	Keyring secrets.Keyring
	// Registry defaults to the embedded snapshot.
	Registry fs.FS
}

// Workspace is an open data directory. It is safe for concurrent use.
type Workspace struct {
	Dir     string
	Printer *l10n.Printer
	Clock   domain.Clock
	// Registry is what counts at the moment; Registrar changes it.
	Registry  *registry.Live
	Registrar *registrar.Service
	Advice    *advice.Service
	Checker   *numbers.Checker
	Journal   *journal.Service
	Folders   *folders.Service
	Filing    *filing.Service
	Outbox    *filing.Outbox
	Settings  *settings.Settings
	Lookout   *lookout.Service
	Secrets   *secrets.Box

	store    *store.Store
	practice *embedded
	custody  *custody.Service
	claim    *custody.Claim
}

// Open opens the workspace, or makes it. The caller closes it.
func Open(ctx context.Context, p Params) (*Workspace, error) {
	if err := p.fill(); err != nil {
		return nil, err
	}
	if err := platform.MakeDataDir(p.Dir); err != nil {
		return nil, err
	}
	claim, err := custody.Use(ctx, p.Dir)
	if err != nil {
		return nil, err
	}
	w, err := openClaimed(ctx, p)
	if err != nil {
		return nil, errors.Join(err, claim.Release())
	}
	w.claim = claim
	return w, nil
}

func openClaimed(ctx context.Context, p Params) (*Workspace, error) {
	db, err := store.Open(ctx, p.database())
	if err != nil {
		return nil, err
	}
	live := &registry.Live{}
	w := &Workspace{
		Dir: p.Dir, Printer: p.Printer, Clock: p.Clock, Registry: live, Registrar: newRegistrar(db, live, p),
		Checker: numbers.New(numbers.Params{Registry: live}), store: db,
		custody: newCustody(p),
	}
	w.Advice = advice.New(advice.Params{Table: w.Registrar.Advice, Registry: w.Registrar})
	if err := w.Registrar.Start(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := w.wire(ctx, p); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
}

func (p *Params) fill() (err error) {
	if p.Clock == nil {
		p.Clock = platform.Clock{}
	}
	if p.Source == nil {
		p.Source = platform.Source{}
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Registry == nil {
		p.Registry = assets.Registry()
	}
	if p.Printer == nil {
		p.Printer, err = l10n.New(i18n.Files(), p.Language)
	}
	return err
}

// database says where the store finds its file.
func (p *Params) database() store.Params {
	return store.Params{Path: filepath.Join(p.Dir, DatabaseFile), Clock: p.Clock, SelfName: domain.SelfName}
}

// namespaceKey is the setting under which the name of this workspace in the
// user's keyring is kept.
const namespaceKey = "workspace_id"

// wire puts the use cases on the store.
func (w *Workspace) wire(ctx context.Context, p Params) error {
	namespace, err := w.namespace(ctx, p.Source)
	if err != nil {
		return err
	}
	w.Secrets = secrets.New(secrets.Params{
		Keyring: p.Keyring, Namespace: namespace, File: filepath.Join(p.Dir, tokensFile),
	})
	w.practice = newEmbedded(p)
	endpoints := channel.New(channel.Params{
		Clock: p.Clock, UserAgent: userAgent(), Practice: w.practice.address, Texts: p.Printer,
		Statement: func(b domain.ComplaintBody) string { return report.Statement(p.Printer, b) },
	})
	w.Settings = settings.New(settings.Params{Store: w.store, Locale: string(p.Printer.Language())})
	w.Lookout = lookout.New(lookout.Params{
		Store: w.store, Settings: w.store, People: w.store, Contacts: known{w.store}, Clock: p.Clock,
	})
	files := importer.New(importer.Params{})
	w.Journal = journal.New(journal.Params{
		People: w.store, Calls: w.store, Cards: w.store, Mappings: w.store, Checker: w.Checker, Registry: w.Registrar,
		Importers: files, Contacts: w.store, ContactFiles: files, Clock: p.Clock, Zone: domain.China(),
	})
	w.Folders = folders.New(folders.Params{
		Store: w.store, Files: watcher.Files{}, People: w.store, Importer: w.Journal,
		Clock: p.Clock, Source: p.Source, Log: p.Log,
		Notify: func() (folders.Notifier, error) { return watcher.NewNotifier() },
	})
	vault := newVault(p)
	w.Outbox = filing.NewOutbox(filing.OutboxParams{
		Store: w.store, Endpoints: endpoints, Secrets: w.Secrets, Vault: vault,
		Clock: p.Clock, Source: p.Source, Log: p.Log,
	})
	w.Filing = filing.New(filing.Params{
		Store: w.store, Calls: w.store, People: w.store, Contacts: w.store, Checker: w.Checker,
		Batches: w.store, Sheets: importer.NewSheets(), Terms: l10n.NewTerms(p.Printer), Provinces: w.Checker,
		Endpoints: endpoints, Secrets: w.Secrets, Clock: p.Clock, Source: p.Source,
		Log: p.Log, Queued: w.Outbox.Kick, Vault: vault,
	})
	return nil
}

// namespace gives the workspace a name of its own for the keyring, so that
// two data directories of one user do not share tokens.
func (w *Workspace) namespace(ctx context.Context, source domain.Source) (string, error) {
	all, err := w.store.Settings(ctx)
	if err != nil {
		return "", err
	}
	if id := all[namespaceKey]; id != "" {
		return id, nil
	}
	return w.store.SettleSetting(ctx, namespaceKey, source.UUID())
}

// Close ends the practice endpoint and closes the store.
func (w *Workspace) Close() error {
	return errors.Join(w.practice.close(), w.store.Close(), w.claim.Release())
}
