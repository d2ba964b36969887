package custody

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// A backup is a tar file: the mark, the database, the practice endpoint's if
// there is one, the evidence in the order of its names, and at the end the
// manifest. With a passphrase that file is encrypted by age (age-encryption.org,
// recipient scrypt). Nothing in it is compressed, so nothing in it can be larger
// than the file.
const (
	markMember     = "quietline-backup"
	manifestMember = "manifest.json"
	// formatVersion is that of this layout.
	formatVersion = 1
	// maxMembers and maxManifest bound what a manifest makes the program keep in
	// memory.
	maxMembers  = 200_000
	maxManifest = 64 << 20
	maxMark     = 4096
)

// markText is the first member.
type markText struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	TakenAt time.Time `json:"taken_at"`
	// WithToken are the channels that had a token, nil where nobody knows.
	WithToken *[]domain.ChannelID `json:"channels_with_token,omitempty"`
}

// maxWithToken bounds the list of channels, so that the mark stays within maxMark.
const maxWithToken = 200

// manifest lists everything else, with its digest.
type manifest struct {
	Format  int      `json:"format"`
	Program string   `json:"program"`
	Members []member `json:"members"`
}

type member struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// source is a file that goes into a backup.
type source struct {
	name, path string
	size       int64
}

// writeArchive writes a backup of the sources and says how many are in it. A file of
// evidence that is gone by then was given up meanwhile.
func writeArchive(ctx context.Context, to io.Writer, mark markText, sources []source, c *progress.Counter) (files int, err error) {
	w := tar.NewWriter(to)
	m := manifest{Format: mark.Format, Program: mark.Program, Members: []member{}}
	if err := addJSON(w, markMember, mark, mark.TakenAt); err != nil {
		return 0, err
	}
	for _, s := range sources {
		digest, err := addFile(ctx, w, s, mark.TakenAt, c)
		if errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(s.name, EvidenceFolder+"/") {
			continue
		}
		if err != nil {
			return 0, err
		}
		m.Members = append(m.Members, member{Name: s.name, Bytes: s.size, SHA256: digest})
		c.AddItems(1)
	}
	if err := addJSON(w, manifestMember, m, mark.TakenAt); err != nil {
		return 0, err
	}
	return len(m.Members), w.Close()
}

func header(name string, size int64, at time.Time) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at.Truncate(time.Second), Format: tar.FormatPAX}
}

func addJSON(w *tar.Writer, name string, v any, at time.Time) error {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	if err := w.WriteHeader(header(name, int64(len(text)), at)); err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

func addFile(ctx context.Context, w *tar.Writer, s source, at time.Time, c *progress.Counter) (digest string, err error) {
	f, err := os.Open(s.path)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	if err := w.WriteHeader(header(s.name, s.size, at)); err != nil {
		return "", err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), &watched{ctx: ctx, r: io.LimitReader(f, s.size), c: c})
	if err == nil && n != s.size {
		err = io.ErrUnexpectedEOF // it became shorter meanwhile
	}
	return hexOf(sum), err
}

func hexOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// watched counts what is read and stops when the context does.
type watched struct {
	ctx context.Context
	r   io.Reader
	c   *progress.Counter
}

func (w *watched) Read(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.r.Read(b)
	w.c.AddDone(int64(n))
	return n, err
}

// evidenceOf lists the files of the evidence folder, in the order of their names.
func evidenceOf(dir string) ([]source, error) {
	var out []source
	root := filepath.Join(dir, EvidenceFolder)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && d.Name() == shownFolder:
			return fs.SkipDir
		case !d.Type().IsRegular(), strings.HasPrefix(d.Name(), "."): // links lead elsewhere, drafts come and go
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, source{name: filepath.ToSlash(rel), path: path, size: info.Size()})
		return err
	})
	return out, err
}

// errBad says that what was read is no whole backup.
var errBad = errors.New("custody: not a whole backup")

// readArchive unpacks a backup into a folder, and compares everything with the
// manifest. limit is the size of the file that the backup came from: nothing in
// it is compressed, so members that claim more are none of ours.
func readArchive(ctx context.Context, from io.Reader, limit int64, to string, c *progress.Counter) (markText, []member, error) {
	var mark markText
	r := tar.NewReader(&watched{ctx: ctx, r: from, c: c})
	if err := readJSON(r, markMember, maxMark, &mark); err != nil {
		return mark, nil, err
	}
	if mark.Format > formatVersion {
		return mark, nil, errNewer
	}
	var got []member
	for {
		h, err := r.Next()
		if err != nil {
			return mark, nil, bad(ctx, err) // the manifest ends it
		}
		if h.Name == manifestMember {
			var m manifest
			if err := decode(r, h, maxManifest, &m); err != nil {
				return mark, nil, bad(ctx, err)
			}
			return mark, got, bad(ctx, compare(m, got, r))
		}
		limit -= h.Size
		if limit < 0 || len(got) == maxMembers || !allowed(h) {
			return mark, nil, errBad
		}
		x, err := unpack(r, h, to)
		if err != nil {
			return mark, nil, bad(ctx, err)
		}
		got = append(got, x)
		c.AddItems(1)
	}
}

var errNewer = errors.New("custody: of a newer program")

// bad keeps what is not the fault of the file: a stop, and a disk that is full.
func bad(ctx context.Context, err error) error {
	var path *fs.PathError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &path):
		return err
	}
	return errors.Join(errBad, err)
}

// compare says whether the manifest lists exactly what came, and is the end.
func compare(m manifest, got []member, r *tar.Reader) error {
	if len(m.Members) != len(got) {
		return errBad
	}
	for i, x := range m.Members {
		if x != got[i] {
			return errBad
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		return errBad
	}
	return nil
}

func readJSON(r *tar.Reader, name string, most int64, v any) error {
	h, err := r.Next()
	if err != nil || h.Name != name {
		return errors.Join(errBad, err)
	}
	if err := decode(r, h, most, v); err != nil {
		return errors.Join(errBad, err)
	}
	return nil
}

func decode(r io.Reader, h *tar.Header, most int64, v any) error {
	if h.Typeflag != tar.TypeReg || h.Size > most {
		return errBad
	}
	return json.NewDecoder(io.LimitReader(r, most)).Decode(v)
}

// allowed says whether a member is a plain file with a name that a backup has.
// The size of a sparse file is not what it takes in the archive.
func allowed(h *tar.Header) bool {
	if h.Typeflag != tar.TypeReg || h.Size < 0 {
		return false
	}
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return false
		}
	}
	switch h.Name {
	case DatabaseFile, PracticeFile:
		return true
	}
	inside, ok := strings.CutPrefix(h.Name, EvidenceFolder+"/")
	return ok && fs.ValidPath(h.Name) && filepath.IsLocal(filepath.FromSlash(h.Name)) &&
		len(h.Name) < 300 && !strings.ContainsAny(inside, "\\:\x00") && !strings.HasPrefix(inside, ".")
}

func unpack(r io.Reader, h *tar.Header, to string) (member, error) {
	path := filepath.Join(to, filepath.FromSlash(h.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return member{}, err
	}
	// A second member of one name would put itself in the place of the first.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the name was looked at
	if errors.Is(err, fs.ErrExist) {
		return member{}, errBad
	}
	if err != nil {
		return member{}, err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), r)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return member{}, err
	}
	return member{Name: h.Name, Bytes: n, SHA256: hexOf(sum)}, nil
}
