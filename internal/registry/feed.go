package registry

import (
	"crypto/sha256"
	"encoding/hex"

	"quietline/internal/domain"
)

// The files of a feed, a newer list as somebody publishes it. The tables are
// named by the manifest and lie beside it.
const (
	// ManifestFile is the name under which a manifest is published.
	ManifestFile = "registry.json"
	// SignatureEnd is what the name of a signature has behind that of the
	// manifest.
	SignatureEnd = ".minisig"
)

// The formats of manifests that this version reads.
const (
	// FeedFormat is that of a list of numbers alone.
	FeedFormat = "quietline-registry/1"
	// AdviceFormat is that of a list that brings a table of advice too. It has a
	// name of its own, so that a program that knows nothing of such a table asks
	// for an update of itself instead of leaving half of the list out.
	AdviceFormat = "quietline-registry/2"
)

// adviceFile is the name under which a table of advice is published.
const adviceFile = "advice.csv"

// The limits of a feed in bytes. They bound what is read of a file before
// anything is known of it.
const (
	MaxManifest  = 64 << 10
	MaxSignature = 4 << 10
	MaxTable     = 16 << 20
)

// Manifest says what a feed holds. It is signed, and binds the tables by their
// size and digest.
type Manifest struct {
	// Version is of dotted numbers, as "2026.12.1"; see CompareVersions.
	Version string
	// Date is the day of the newest source, "2006-01-02".
	Date string
	// Codes is the table with the columns of registry-95-96.csv, Notes the one
	// with those of registry-notes.csv.
	Codes, Notes FeedTable
	// Advice is the table of advice, which package advice reads; zero where the
	// list has none.
	Advice FeedTable
}

// HasAdvice says whether the list has a table of advice.
func (m Manifest) HasAdvice() bool { return m.Advice.Name != "" }

func (m Manifest) format() string {
	if m.HasAdvice() {
		return AdviceFormat
	}
	return FeedFormat
}

// FeedTable is what a manifest says of a table.
type FeedTable struct {
	// Name is the file's, without any folder.
	Name string
	// Size is in bytes, from 1 to MaxTable.
	Size int64
	// SHA256 is the digest in 64 small hexadecimal digits.
	SHA256 string
	// Rows counts the rows under the header, from 0 to MaxRows.
	Rows int
}

// Info says which version the feed is.
func (m Manifest) Info() domain.RegistryInfo {
	return domain.RegistryInfo{Version: m.Version, Date: m.Date, Entries: m.Codes.Rows}
}

// CheckTables says whether these are the tables that the manifest names. It
// fails with Corrupt "registry.feed_too_large" (Args: File, Limit in KiB),
// "registry.feed_truncated" or "registry.feed_longer" (File, Have, Want in
// bytes), or "registry.feed_digest" (File).
func CheckTables(m Manifest, codes, notes []byte) error {
	if err := m.Codes.check(codes); err != nil {
		return err
	}
	return m.Notes.check(notes)
}

// CheckAdvice says whether this is the table of advice that the manifest names,
// which has none for a list without one. It fails as CheckTables does.
func CheckAdvice(m Manifest, data []byte) error {
	if !m.HasAdvice() && len(data) == 0 {
		return nil
	}
	return m.Advice.check(data)
}

func (t FeedTable) check(data []byte) error {
	const op = "registry.CheckTables"
	if err := CheckSize(t.Name, data, MaxTable); err != nil {
		return err
	}
	size := int64(len(data))
	args := domain.Args{"File": t.Name, "Have": size, "Want": t.Size}
	switch {
	case size < t.Size:
		return domain.E(op, domain.Corrupt, "registry.feed_truncated", args, nil)
	case size > t.Size:
		return domain.E(op, domain.Corrupt, "registry.feed_longer", args, nil)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != t.SHA256 {
		return domain.E(op, domain.Corrupt, "registry.feed_digest", domain.Args{"File": t.Name}, nil)
	}
	return nil
}

// CheckSize fails with Corrupt "registry.feed_too_large" (Args: File, Limit in
// KiB) where there are more bytes than the limit.
func CheckSize(file string, data []byte, limit int) error {
	if len(data) <= limit {
		return nil
	}
	return domain.E("registry.CheckSize", domain.Corrupt, "registry.feed_too_large",
		domain.Args{"File": file, "Limit": limit >> 10}, nil)
}
