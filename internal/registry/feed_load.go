package registry

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"time"

	"quietline/internal/domain"
)

// FeedFS lays the tables of a feed and its version over an embedded registry
// folder, so that Load reads the feed; places and segments stay the embedded
// ones. The tables are not copied.
func FeedFS(embedded fs.FS, m Manifest, codes, notes []byte) fs.FS {
	version, err := json.Marshal(struct {
		Version string `json:"version"`
		Date    string `json:"date"`
		Rows    int    `json:"rows"`
		Notes   int    `json:"notes"`
	}{m.Version, m.Date, m.Codes.Rows, m.Notes.Rows})
	if err != nil { // strings and numbers cannot fail; Load would refuse it
		version = nil
	}
	return feedFS{embedded, map[string][]byte{codesFile: codes, notesFile: notes, versionFile: version}}
}

// LoadFeed reads a feed whose manifest was verified. It fails as CheckTables
// does, with Corrupt "registry.feed_row" (Args: File as the manifest names it,
// Line, counted from 1) where a table holds something else than it should, and
// as Load does where the embedded folder is at fault.
func LoadFeed(embedded fs.FS, m Manifest, codes, notes []byte) (*Snapshot, error) {
	if err := CheckTables(m, codes, notes); err != nil {
		return nil, err
	}
	s, err := Load(FeedFS(embedded, m, codes, notes))
	var e *domain.Error
	if !errors.As(err, &e) || e.Key != "registry.malformed" {
		return s, err
	}
	name := ""
	switch e.Args["File"] {
	case codesFile:
		name = m.Codes.Name
	case notesFile:
		name = m.Notes.Name
	case versionFile:
		return nil, malformedPart("version", e.Cause)
	default:
		return nil, err
	}
	return nil, domain.E("registry.LoadFeed", domain.Corrupt, "registry.feed_row",
		domain.Args{"File": name, "Line": e.Args["Line"]}, e.Cause)
}

type feedFS struct {
	embedded fs.FS
	files    map[string][]byte
}

func (f feedFS) Open(name string) (fs.File, error) {
	data, ok := f.files[name]
	if !ok {
		return f.embedded.Open(name)
	}
	return &feedFile{*bytes.NewReader(data), name}, nil
}

// feedFile is an open file of the overlay, and what Stat says of it.
type feedFile struct {
	bytes.Reader
	name string
}

func (f *feedFile) Close() error               { return nil }
func (f *feedFile) Stat() (fs.FileInfo, error) { return feedInfo{f.name, f.Size()}, nil }

type feedInfo struct {
	name string
	size int64
}

func (i feedInfo) Name() string     { return i.name }
func (i feedInfo) Size() int64      { return i.size }
func (feedInfo) Mode() fs.FileMode  { return 0o444 }
func (feedInfo) ModTime() time.Time { return time.Time{} }
func (feedInfo) IsDir() bool        { return false }
func (feedInfo) Sys() any           { return nil }
