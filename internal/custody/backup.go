package custody

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// BackupRequest says what is backed up, and where to.
type BackupRequest struct {
	// Open is the database, which others may go on using.
	Open Reader
	// File is the backup. One that is there is only replaced with Force.
	File  string
	Force bool
	// Passphrase encrypts it; empty for a file that everybody can read.
	Passphrase string
	// Counter may be nil.
	Counter *progress.Counter
}

// Backup is what was written.
type Backup struct {
	File      string
	Bytes     int64
	Files     int
	Encrypted bool
}

// Backup writes the whole workspace into one file: database, practice endpoint
// and evidence, but no token. The file is there whole or not at all. Fails with
//
//   - Invalid "backup.passphrase_short", "backup.inside";
//   - Conflict "backup.exists";
//   - Unavailable "custody.no_room", "custody.disk_full";
//   - Denied "custody.unwritable".
func (s *Service) Backup(ctx context.Context, r BackupRequest) (Backup, error) {
	const op = "custody.Backup"
	if r.Counter == nil {
		r.Counter = &progress.Counter{}
	}
	file, err := s.target(r)
	if err != nil {
		return Backup{}, err
	}
	work, err := s.workFolder()
	if err != nil {
		return Backup{}, err
	}
	defer func() { _ = shredAll(work) }()
	sources, total, err := s.collect(ctx, r.Open, work)
	if err != nil {
		return Backup{}, s.explain(op, s.p.Dir, err)
	}
	if err := s.room(filepath.Dir(file), total); err != nil {
		return Backup{}, err
	}
	r.Counter.SetTotal(total)
	mark := markText{Format: formatVersion, Program: s.p.Program, TakenAt: s.p.Clock.Now().UTC(), WithToken: s.withToken(ctx, work)}
	files := 0
	n, err := publish(file, r.Force, func(to io.Writer) (err error) {
		if r.Passphrase == "" {
			files, err = writeArchive(ctx, to, mark, sources, r.Counter)
			return err
		}
		w, err := encrypt(to, r.Passphrase, s.p.Work)
		if err != nil {
			return err
		}
		files, err = writeArchive(ctx, w, mark, sources, r.Counter)
		return errors.Join(err, w.Close())
	})
	switch {
	case errors.Is(err, fs.ErrExist):
		return Backup{}, exists(file)
	case ctx.Err() != nil:
		return Backup{}, ctx.Err()
	case err != nil:
		return Backup{}, s.explain(op, file, err)
	}
	return Backup{File: file, Bytes: n, Files: files, Encrypted: r.Passphrase != ""}, nil
}

func exists(file string) error {
	return domain.E("custody.Backup", domain.Conflict, "backup.exists", domain.Args{"Path": file}, nil).At("/file")
}

// target looks at where the backup is to go before anything is copied.
func (s *Service) target(r BackupRequest) (string, error) {
	const op = "custody.Backup"
	file, err := filepath.Abs(r.File)
	if err != nil {
		return "", s.explain(op, r.File, err)
	}
	if r.Passphrase != "" {
		if err := CheckPassphrase(r.Passphrase); err != nil {
			return "", err
		}
	}
	if within(s.p.Dir, file) {
		return "", domain.E(op, domain.Invalid, "backup.inside", domain.Args{"Path": s.p.Dir}, nil).At("/file")
	}
	info, err := os.Stat(file)
	switch {
	case err == nil && info.IsDir():
		return "", domain.E(op, domain.Invalid, "backup.folder", domain.Args{"Path": file}, nil).At("/file")
	case err == nil && !r.Force:
		return "", exists(file)
	}
	return file, nil
}

// within says whether a file lies in a folder, by way of links too.
func within(dir, file string) bool {
	folder := filepath.Dir(file)
	if at, err := filepath.EvalSymlinks(folder); err == nil {
		folder = at
	}
	if at, err := filepath.EvalSymlinks(dir); err == nil {
		dir = at
	}
	rel, err := filepath.Rel(dir, folder)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// withToken finds the channels that have a token, so that a restoration asks for
// no token that there never was. Not to know them hinders no backup.
func (s *Service) withToken(ctx context.Context, work string) *[]domain.ChannelID {
	workspace, channels, err := s.p.Databases.Channels(ctx, filepath.Join(work, DatabaseFile))
	if err != nil {
		return nil
	}
	ids := make([]domain.ChannelID, len(channels))
	for i, c := range channels {
		ids[i] = c.ID
	}
	have, err := s.p.Tokens.Have(ctx, workspace, ids)
	if err != nil || len(have) > maxWithToken {
		return nil
	}
	return &have
}

// collect copies what is in use and lists what goes into the backup.
func (s *Service) collect(ctx context.Context, open Reader, work string) ([]source, int64, error) {
	if err := s.room(s.p.Dir, sizeOf(s.path(DatabaseFile))+sizeOf(s.path(PracticeFile))); err != nil {
		return nil, 0, err
	}
	var out []source
	add := func(name string, copyTo func(path string) error) error {
		path := filepath.Join(work, name)
		if err := empty(path); err != nil {
			return err
		}
		if err := copyTo(path); err != nil {
			return err
		}
		out = append(out, source{name: name, path: path, size: sizeOf(path)})
		return nil
	}
	err := add(DatabaseFile, func(path string) error { return open.Snapshot(ctx, path) })
	if err == nil && sizeOf(s.path(PracticeFile)) > 0 {
		err = add(PracticeFile, func(path string) error { return s.p.Databases.Copy(ctx, s.path(PracticeFile), path) })
	}
	if err != nil {
		return nil, 0, err
	}
	evidence, err := evidenceOf(s.p.Dir)
	if err != nil {
		return nil, 0, err
	}
	out = append(out, evidence...)
	total := int64(0)
	for _, o := range out {
		total += o.size
	}
	return out, total, nil
}

// publish writes a file that is there whole or not at all, for the user alone. It
// fails with fs.ErrExist where there is one that may not be replaced.
func publish(file string, replace bool, write func(io.Writer) error) (int64, error) {
	dir := filepath.Dir(file)
	tmp, err := os.CreateTemp(dir, ".quietline-*") // mode 0600
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already where all went well
	err = write(tmp)
	if err := errors.Join(err, tmp.Sync()); err != nil {
		_ = tmp.Close()
		return 0, err
	}
	n := int64(0)
	info, err := tmp.Stat()
	if err == nil {
		n = info.Size()
	}
	if err := errors.Join(err, tmp.Close()); err != nil {
		return 0, err
	}
	if !replace {
		// A link replaces nothing, whoever else makes a file of that name now. A
		// file system without them (FAT) leaves a moment between look and rename.
		err := os.Link(tmp.Name(), file)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return n, errors.Join(err, syncDir(dir))
		}
		if there(file) {
			return 0, fs.ErrExist
		}
	}
	if err := os.Rename(tmp.Name(), file); err != nil {
		return 0, err
	}
	return n, syncDir(dir)
}
