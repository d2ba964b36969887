package registry

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io/fs"

	"quietline/internal/domain"
)

// FeedParams are what a feed is made of.
type FeedParams struct {
	// Embedded is the registry folder with provinces, area codes and segments.
	Embedded fs.FS
	// Version and Date are as Manifest has them.
	Version, Date string
	// Codes and Notes are the tables, byte for byte.
	Codes, Notes []byte
	// Advice is the table of advice, nil for none. Whether it is one, package
	// advice knows.
	Advice []byte
}

// BuildFeed makes the manifest of the tables, and what a program that trusts it
// will load. It fails as ParseManifest and LoadFeed do: no manifest is made of
// what would be refused.
func BuildFeed(p FeedParams) (manifest []byte, s *Snapshot, err error) {
	m := Manifest{
		Version: p.Version, Date: p.Date,
		Codes: tableOf(codesFile, p.Codes), Notes: tableOf(notesFile, p.Notes),
	}
	if p.Advice != nil {
		m.Advice = tableOf(adviceFile, p.Advice)
	}
	if manifest, err = m.encode(); err != nil {
		return nil, nil, err
	}
	if m, err = ParseManifest(manifest); err != nil {
		return nil, nil, err
	}
	if s, err = LoadFeed(p.Embedded, m, p.Codes, p.Notes); err != nil {
		return nil, nil, err
	}
	return manifest, s, nil
}

func tableOf(name string, data []byte) FeedTable {
	sum := sha256.Sum256(data)
	return FeedTable{Name: name, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Rows: countRows(data)}
}

// countRows counts the rows under the header. Where a row is malformed it
// counts those before; Load says what is wrong.
func countRows(data []byte) int {
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	for n := -1; ; n++ {
		if _, err := r.Read(); err != nil {
			return min(max(n, 0), MaxRows)
		}
	}
}

func (m Manifest) encode() ([]byte, error) {
	type table struct {
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		SHA256 string `json:"sha256"`
		Rows   int    `json:"rows"`
	}
	type files struct {
		Codes  table  `json:"codes"`
		Notes  table  `json:"notes"`
		Advice *table `json:"advice,omitempty"`
	}
	f := files{Codes: table(m.Codes), Notes: table(m.Notes)}
	if m.HasAdvice() {
		a := table(m.Advice)
		f.Advice = &a
	}
	data, err := json.MarshalIndent(struct {
		Format  string `json:"format"`
		Version string `json:"version"`
		Date    string `json:"date"`
		Files   files  `json:"files"`
	}{m.format(), m.Version, m.Date, f}, "", "  ")
	if err != nil {
		return nil, domain.E("registry.BuildFeed", domain.Internal, "internal", nil, err)
	}
	return append(data, '\n'), nil
}
