// Package importer reads call logs from files: exports of phones, bills of
// operators, tables that people keep themselves. A format is recognised by
// what is in the file, never by its name, and read as a stream, so that a
// file of any size needs the same little memory.
package importer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// AutoFormat asks Open to find the format out by content.
const AutoFormat = "auto"

// The operations as errors name them.
const (
	opOpen = "importer.Open"
	opNext = "importer.Next"
)

// Params are what Importers are made of.
type Params struct {
	// Formats are asked in this order whether they recognise a file; the
	// first that does reads it. Narrow formats stand before wide ones.
	// DefaultFormats where nil.
	Formats []Format
	// TempDir is where private copies of databases lie while they are read;
	// the system's folder for such files where empty.
	TempDir string
}

// DefaultFormats lists every format of the product, narrow ones first.
func DefaultFormats() []Format {
	return []Format{
		SMSBackupRestore(), AndroidCallLog(), VendorCallinfo(), IPhoneCallHistory(),
		SMSImportExport(), CMCCJSON(), UnicomJSON(), FritzBox(), NCID(), FTCReportedCalls(),
		CMCCBill(), CMCCJiangsu(), UnicomBill(), TelecomBill(), GenericCSV(), GenericXLSX(),
	}
}

// Importers open files in any of their formats. They implement
// journal.Importers and are safe for concurrent use.
type Importers struct {
	formats []Format
	tempDir string
}

var _ journal.Importers = (*Importers)(nil)

// New makes Importers.
func New(p Params) *Importers {
	if p.Formats == nil {
		p.Formats = DefaultFormats()
	}
	return &Importers{formats: p.Formats, tempDir: p.TempDir}
}

// Formats lists the names of the formats in the order in which they are asked.
func (im *Importers) Formats() []string {
	names := make([]string, len(im.formats))
	for i, f := range im.formats {
		names[i] = f.Name()
	}
	return names
}

// Open recognises the file and starts to read it. Besides the errors that
// journal.Importers promises it fails with Invalid "import.format_name"
// (a name that no format has), "import.not_this_format" (a named format does
// not fit) and "import.not_regular" (a pipe or device).
func (im *Importers) Open(ctx context.Context, path string, o journal.ImportOptions) (journal.ImportSource, error) {
	args := domain.Args{"File": filepath.Base(path)}
	if o.Zone == nil {
		o.Zone = domain.China()
	}
	named, err := im.named(o.Format)
	if err != nil {
		return nil, err
	}
	path, err = im.inFolder(ctx, path)
	if err != nil {
		return nil, err
	}
	file, size, err := openFile(path, args)
	if err != nil {
		return nil, err
	}
	s, err := im.read(ctx, newCounted(ctx, file, size), path, args, named, o)
	if err != nil {
		_ = file.Close() // the error that came before counts
		return nil, err
	}
	s.file = file
	return s, nil
}

// read recognises what the reader gives and starts to read it.
func (im *Importers) read(
	ctx context.Context, raw *counted, path string, args domain.Args, named Format, o journal.ImportOptions,
) (*source, error) {
	sample, err := takeSample(raw)
	if err != nil {
		return nil, readError(err)
	}
	if len(bytes.TrimSpace(sample.Text)) == 0 && !sample.Binary {
		return nil, domain.E(opOpen, domain.Invalid, "import.file_empty", args, nil)
	}
	switch foreignMagic(sample.Raw) {
	case kindSQLite:
		return im.readDatabase(ctx, raw, sample, path, args, named, o)
	case kindXLSX, kindXLS, kindZip:
		return im.readBook(ctx, raw, sample, args, named, o)
	}
	s := &source{raw: raw}
	format, err := im.mapped(ctx, sample, named, o, s)
	if err == nil && format == nil {
		format, err = im.recognise(sample, named, args)
	}
	if err != nil {
		return nil, err
	}
	s.format = format.Name()
	if !sample.Binary {
		s.text = newText(raw.Reader)
		s.nuls = newNulFree(s.text)
	}
	in := Input{Path: path, Sample: sample, Options: o}
	if s.nuls != nil {
		in.Text = s.nuls
	}
	s.rows, err = format.Read(ctx, in)
	if err != nil {
		return nil, readError(err)
	}
	return s, nil
}

// named finds the format that the user asked for, nil for "auto".
func (im *Importers) named(name string) (Format, error) {
	if name == "" || name == AutoFormat {
		return nil, nil
	}
	for _, f := range im.formats {
		if f.Name() == name {
			return f, nil
		}
	}
	return nil, domain.E(opOpen, domain.Invalid, "import.format_name",
		domain.Args{"Format": domain.Clip(name, 40)}, nil)
}

func (im *Importers) recognise(s *Sample, named Format, args domain.Args) (Format, error) {
	if named != nil {
		if named.Recognise(s) {
			return named, nil
		}
		return nil, domain.E(opOpen, domain.Invalid, "import.not_this_format",
			domain.Args{"File": args["File"], "Format": named.Name()}, nil)
	}
	for _, f := range im.formats {
		if f.Recognise(s) {
			return f, nil
		}
	}
	return nil, domain.E(opOpen, domain.Invalid, "import.format_unknown",
		domain.Args{"File": args["File"], "Kind": foreignKind(s)}, nil)
}

// inFolder gives the call log in the folder of a phone's backup, and any other
// path as it is.
func (im *Importers) inFolder(ctx context.Context, path string) (string, error) {
	if info, _ := os.Stat(path); info == nil || !info.IsDir() {
		return path, nil // what is wrong with it is said when it is opened
	}
	log, err := im.backupLog(ctx, path)
	switch {
	case err != nil:
		return "", readError(err)
	case log == "":
		return path, nil
	}
	return log, nil
}

// openFile opens a regular file. A pipe is refused before it is opened:
// opening one would wait for a writer that may never come.
func openFile(path string, args domain.Args) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, openError(err, domain.NotFound, "import.file_missing", args)
	}
	if info.IsDir() {
		return nil, 0, domain.E(opOpen, domain.Invalid, "import.is_directory", args, nil)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, domain.E(opOpen, domain.Invalid, "import.not_regular", args, nil)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, openError(err, domain.Denied, "import.file_unreadable", args)
	}
	return file, info.Size(), nil
}

// openError puts what the operating system said into one of our errors: a
// refusal into "import.file_unreadable", anything else into the given one.
func openError(err error, kind domain.Kind, key string, args domain.Args) error {
	if errors.Is(err, fs.ErrPermission) {
		kind, key = domain.Denied, "import.file_unreadable"
	}
	return domain.E(opOpen, kind, key, args, withoutPath(err))
}

// withoutPath is what the operating system said, but not of which file: a log
// must not hold names.
func withoutPath(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// readError keeps our own errors and the end of the file, and wraps the rest.
func readError(err error) error {
	var own *domain.Error
	switch {
	case errors.Is(err, io.EOF):
		return err
	case errors.As(err, &own):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return domain.E(opNext, domain.Cancelled, "cancelled", nil, err)
	}
	return domain.E(opNext, domain.Unavailable, "import.read_failed", nil, withoutPath(err))
}

// truncated is the error that ends a file which was cut off.
func truncated() error {
	return domain.E(opNext, domain.Corrupt, "import.truncated", nil, io.ErrUnexpectedEOF)
}
