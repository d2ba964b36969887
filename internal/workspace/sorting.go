package workspace

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/evidence"
	"quietline/internal/filing"
	"quietline/internal/importer"
	"quietline/internal/l10n"
)

// FileKind is what a file is to the program.
type FileKind string

// The kinds of files that the program takes.
const (
	FileOfCalls      FileKind = "calls"
	FileOfContacts   FileKind = "contacts"
	FileOfComplaints FileKind = "complaints"
	FileOfEvidence   FileKind = "evidence"
	FileOfBackup     FileKind = "backup"
)

// SortFile tells by its contents what a file, or the folder of a phone's backup,
// is. It reads the beginning only. A table that is neither a call log nor a sheet
// of complaints by its titles counts as a call log, whose import asks which column
// is what. Fails with NotFound "import.file_missing", Denied
// "import.file_unreadable" or Invalid "app.file_unknown".
func (w *Workspace) SortFile(ctx context.Context, path string) (FileKind, error) {
	const op = "workspace.SortFile"
	args := domain.Args{"File": filepath.Base(path)}
	info, err := os.Stat(path)
	if err != nil {
		return "", domain.E(op, domain.NotFound, "import.file_missing", args, domainCause(err))
	}
	if custody.IsBackup(path) {
		return FileOfBackup, nil
	}
	titles := titlesIn(ctx, path, l10n.NewTerms(w.Printer))
	switch {
	case !info.IsDir() && isAddressBook(ctx, path):
		return FileOfContacts, nil
	case titles.own:
		return FileOfComplaints, nil
	}
	_, err = w.Journal.Recognise(ctx, path)
	switch {
	case err == nil:
		return FileOfCalls, nil
	case titles.complete:
		return FileOfComplaints, nil
	}
	if domain.KindOf(err) == domain.Denied || domain.KindOf(err) == domain.Cancelled {
		return "", err
	}
	if media, merr := evidence.MediaType(path); merr == nil && media != "" && (media != domain.MediaText || !titles.table) {
		return FileOfEvidence, nil
	}
	if titles.table {
		return FileOfCalls, nil
	}
	return "", domain.E(op, domain.Invalid, "app.file_unknown", args, err)
}

// domainCause is what the system says, without the path.
func domainCause(err error) error {
	if e, ok := err.(*os.PathError); ok { //nolint:errorlint // Stat returns it bare
		return e.Err
	}
	return err
}

func isAddressBook(ctx context.Context, path string) bool {
	source, err := importer.New(importer.Params{}).OpenContacts(ctx, path)
	if err != nil {
		return false
	}
	return source.Close() == nil
}

// titles says what a file looks like to who expects a sheet of complaints.
type titles struct {
	// complete: all that is required is there, perhaps under titles that a call log
	// has too; own: the category, which no call log has, under its own title or in its
	// own words.
	complete, own bool
	// table: it is one by its name too, for any text may look like one.
	table bool
}

func titlesIn(ctx context.Context, path string, terms filing.Terms) (t titles) {
	s, err := importer.NewSheets().OpenSheet(ctx, path, filing.SheetOptions{})
	if err != nil {
		return t
	}
	defer func() { _ = s.Close() }() // it was only read
	head := s.Head()
	t.complete = len(head.Missing) == 0
	category := slices.IndexFunc(head.Columns, func(c filing.SheetColumn) bool { return c.Field == filing.SheetCategory })
	t.own = t.complete && (head.Columns[category].Certainty == filing.CertaintyNamed || categories(s, category, terms))
	t.table = slices.Contains([]string{".csv", ".tsv", ".xls", ".xlsx"}, strings.ToLower(filepath.Ext(path)))
	return t
}

// rowsRead is how many rows of a sheet tell what it is.
const rowsRead = 20

// categories says whether a column says of a call what it was about. "Other" says
// nothing: a call log can have that too.
func categories(s filing.SheetSource, column int, terms filing.Terms) bool {
	for range rowsRead {
		row, err := s.Next()
		if err != nil {
			return false
		}
		if column >= len(row.Cells) {
			continue
		}
		code, ok := terms.Code("category", strings.TrimSpace(row.Cells[column]))
		if ok && domain.Category(code) != domain.CategoryOther {
			return true
		}
	}
	return false
}
