package workspace

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"quietline/internal/custody"
	"quietline/internal/diagnosis"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/settings"
	"quietline/internal/store"
)

// BundleRequest says where a bundle of diagnostics goes.
type BundleRequest struct {
	File string
	// Force replaces a file that is there.
	Force bool
}

// Bundle writes what is known about the program and the open workspace into a zip
// file that may be shown to anybody: no number, name, token or path is in it. It
// fails with Conflict "report.exists" or Unavailable "report.failed".
func (w *Workspace) Bundle(ctx context.Context, r BundleRequest) error {
	return bundle(r, w.Printer, w.Dir, w.Examine(ctx), w.facts(ctx))
}

// Bundle does so for a workspace that this program does not have open, given what
// Examine found in it. What cannot be read is left out: a bundle is for when
// something is wrong.
func Bundle(ctx context.Context, p Params, found Report, r BundleRequest) error {
	if err := p.fill(); err != nil {
		return err
	}
	return bundle(r, p.Printer, p.Dir, found, p.facts(ctx))
}

// facts reads the database, where there is one, as a program does that uses it.
func (p Params) facts(ctx context.Context) (f diagnosis.Facts) {
	f.TakenAt = p.Clock.Now()
	if _, err := os.Stat(p.database().Path); errors.Is(err, fs.ErrNotExist) {
		return f
	}
	claim, err := custody.Use(ctx, p.Dir)
	if err != nil {
		return f
	}
	defer func() { _ = claim.Release() }() // it was only read
	db, err := store.Open(ctx, p.database())
	if err != nil {
		return f
	}
	defer func() { _ = db.Close() }()
	l, err := OpenLookup(ctx, p)
	if err == nil {
		f.Registry = l.Registry.Info().Version
	}
	read(ctx, &f, db, settings.New(settings.Params{Store: db, Locale: string(p.Printer.Language())}))
	return f
}

func (w *Workspace) facts(ctx context.Context) diagnosis.Facts {
	f := diagnosis.Facts{TakenAt: w.Clock.Now(), Registry: w.Registry.Info().Version}
	read(ctx, &f, w.store, w.Settings)
	return f
}

// read takes what the database says of itself, as far as it can be read.
func read(ctx context.Context, f *diagnosis.Facts, db *store.Store, s *settings.Settings) {
	if schema, counts, err := db.Census(ctx); err == nil {
		f.Schema, f.Counts = schema, counts
	}
	if all, err := s.Load(ctx); err == nil {
		f.Settings = all.Choices()
	}
}

func bundle(r BundleRequest, p *l10n.Printer, dir string, found Report, f diagnosis.Facts) error {
	f.Program, f.Sound, f.Checks = diagnosis.Program(), found.OK, make([]diagnosis.Check, len(found.Findings))
	for i, x := range found.Findings {
		f.Checks[i] = diagnosis.Check{Check: x.Check, Status: string(x.Status), Code: x.Code}
	}
	return report.CreateFile(r.File, r.Force, func(w io.Writer) error {
		return diagnosis.Write(w, diagnosis.Params{
			Dir: dir, Facts: f, Readme: p.T("diagnosis.readme"), Known: func(key string) bool { return p.Has("err." + key) },
		})
	})
}
