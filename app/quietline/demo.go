package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/workspace"
)

// practiceThere sets up the practice endpoint where no endpoint is set up yet,
// so that the program can be tried at once. Every screen that uses it says that
// it files nothing.
func practiceThere(ctx context.Context, f *filing.Service) error {
	list, err := f.ChannelsWithoutTokens(ctx)
	if err != nil || len(list) > 0 {
		return err
	}
	_, err = f.AddChannel(ctx, filing.ChannelInput{
		Name: domain.PracticeChannelName, Kind: domain.ChannelIntake, URL: domain.PracticeURL,
	})
	return err
}

// The sample call logs and whose they are.
const (
	ownSample    = "generic_huadan.csv"
	motherSample = "calls-20240522090000.xml"
)

// sampleData imports the sample call logs into a workspace without calls.
// Importing again would change nothing; it is left out to start faster.
func sampleData(ctx context.Context, w *workspace.Workspace, p *l10n.Printer) error {
	page, err := w.Journal.Calls(ctx, domain.CallFilter{}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) > 0 {
		return err
	}
	mother, err := w.Journal.AddPerson(ctx, journal.PersonInput{
		Name: p.T("demo.mother"), Relation: domain.RelationChild, Authority: domain.AuthorityOral, Province: "34",
	})
	if domain.KeyOf(err) == "person.name_taken" {
		mother, err = w.Journal.PersonByName(ctx, p.T("demo.mother"))
	}
	if err != nil {
		return err
	}
	return errors.Join(
		importSample(ctx, w, ownSample, domain.SelfID),
		importSample(ctx, w, motherSample, mother.ID),
	)
}

// importSample copies a sample into a file, because importers read files.
func importSample(ctx context.Context, w *workspace.Workspace, name string, person domain.PersonID) (err error) {
	const op = "quietline.importSample"
	data, err := fs.ReadFile(assets.Samples(), name)
	if err != nil {
		return domain.E(op, domain.Internal, "internal", nil, err)
	}
	dir, err := os.MkdirTemp("", "quietline-demo-")
	if err != nil {
		return domain.E(op, domain.Denied, "internal", nil, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return domain.E(op, domain.Denied, "internal", nil, err)
	}
	_, err = w.Journal.Import(ctx, journal.ImportRequest{Path: path, PersonID: person}, nil)
	return err
}
