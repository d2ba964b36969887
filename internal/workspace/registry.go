package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/custody"
	"quietline/internal/feed"
	"quietline/internal/l10n"
	"quietline/internal/numbers"
	"quietline/internal/platform"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/store"
)

// newRegistrar puts the use cases on the registry upon the store.
func newRegistrar(db *store.Store, live *registry.Live, p Params) *registrar.Service {
	return registrar.New(registrar.Params{
		Store: db, Calls: db, Settings: db,
		Fetcher:  feed.New(feed.Params{UserAgent: userAgent()}),
		Embedded: p.Registry, Advice: assets.Advice(), Live: live, Clock: p.Clock, Words: searchWords,
		Program: platform.Version(),
	})
}

func userAgent() string { return "quietline/" + platform.Version() }

// searchWords are the names of categories and of "the whole country" in every
// language: whoever reads one may search in another. Without them a search
// finds names and numbers only.
func searchWords() registry.Words {
	w := registry.Words{Categories: map[string][]string{}, Scopes: map[string][]string{}}
	for _, lang := range l10n.Languages() {
		printer, err := l10n.New(i18n.Files(), lang)
		if err != nil {
			continue // the program could not have started
		}
		for _, c := range registry.Categories() {
			w.Categories[c] = append(w.Categories[c], printer.Term("registry_category", c))
		}
		w.Scopes[registry.National] = append(w.Scopes[registry.National], printer.T("verdict_card.national"))
	}
	return w
}

// Lookup is what a check of numbers needs, without an open workspace.
type Lookup struct {
	Checker  *numbers.Checker
	Registry *registry.Snapshot
	// Problem says why the workspace's own registry does not count, nil where
	// it does or where there is no workspace.
	Problem error
}

// OpenLookup reads the registry as the workspace in the folder has it: with the
// user's corrections and the newest list. Where there is no workspace, or it
// cannot be read, that of the program counts; nothing is created.
func OpenLookup(ctx context.Context, p Params) (Lookup, error) {
	if err := p.fill(); err != nil {
		return Lookup{}, err
	}
	embedded, err := registry.Load(p.Registry)
	if err != nil {
		return Lookup{}, err
	}
	snap, problem := ownRegistry(ctx, p)
	if snap == nil {
		snap = embedded
	}
	return Lookup{Checker: numbers.New(numbers.Params{Registry: snap}), Registry: snap, Problem: problem}, nil
}

// ownRegistry gives nil where there is no workspace.
func ownRegistry(ctx context.Context, p Params) (*registry.Snapshot, error) {
	if _, err := os.Stat(filepath.Join(p.Dir, DatabaseFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	claim, err := custody.Use(ctx, p.Dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = claim.Release() }()
	db, err := store.Open(ctx, p.database())
	if err != nil {
		return nil, err
	}
	live := &registry.Live{}
	service := newRegistrar(db, live, p)
	if err := errors.Join(service.Read(ctx), db.Close()); err != nil {
		return nil, err
	}
	return live.Snapshot(), service.Problem()
}
