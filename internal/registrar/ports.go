package registrar

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Feed is a signed list as it was published: the bytes, so that it can be
// verified again.
type Feed struct {
	// Manifest is registry.json, Signature its minisign signature.
	Manifest, Signature []byte
	// Codes and Notes are the two tables that the manifest names.
	Codes, Notes []byte
	// Advice is the table of advice, empty where the manifest names none.
	Advice []byte
	// Key is the public key under which it was verified.
	Key string
	// URL is where the manifest came from, empty for a file; ETag is its mark
	// there, for asking whether there is a newer one.
	URL, ETag string
	// InstalledAt is filled when reading an installed feed.
	InstalledAt time.Time
}

// Store keeps corrections and the installed feed. Every change of either adds
// one to the generation.
type Store interface {
	// Generation counts the changes, so that a program notices what another did.
	Generation(ctx context.Context) (int64, error)
	// Corrections lists all, by code and scope.
	Corrections(ctx context.Context) ([]domain.Correction, error)
	// SaveCorrection stores one, in place of another of the same code and scope.
	SaveCorrection(ctx context.Context, c domain.Correction) error
	// RemoveCorrection fails with NotFound "registry.correction_missing".
	RemoveCorrection(ctx context.Context, code, scope string) error
	// Feed gives the installed feed; ok is false where there is none.
	Feed(ctx context.Context) (f Feed, ok bool, err error)
	// SaveFeed installs a feed in place of the one before.
	SaveFeed(ctx context.Context, f Feed) error
	// RemoveFeed goes back to the list that comes with the program. Without an
	// installed feed nothing happens.
	RemoveFeed(ctx context.Context) error
}

// Judge reads a number as displayed, as numbers.Checker.Classify does.
type Judge func(display string) (r domain.Reading, v domain.Verdict, code string)

// Rejudging is one pass over the logged numbers.
type Rejudging struct {
	Judge Judge
	// JudgedBy is kept as the name of what judged them; with DryRun nothing is
	// written.
	JudgedBy string
	// Generation is that of the registry that judges. Where it is no longer
	// the present one, nothing is written, but with DryRun.
	Generation int64
	DryRun     bool
}

// Rejudged is what a pass found.
type Rejudged struct {
	// Changes are the numbers with another verdict, those with the most calls
	// first, at most MaxVerdictChanges of them.
	Changes []domain.VerdictChange
	// Numbers and Calls count all of them.
	Numbers, Calls int64
	// Outdated says that the registry changed in between and nothing was done.
	Outdated bool
}

// CallStore judges the calls of the log again.
type CallStore interface {
	// JudgedBy names what judged the calls last, empty for a new log.
	JudgedBy(ctx context.Context) (string, error)
	// Rejudge judges every logged number and writes what differs, in one
	// transaction. A display that was cut off (domain.Clipped) cannot be read
	// again: its number and area code stay, and the number is judged.
	Rejudge(ctx context.Context, r Rejudging) (Rejudged, error)
}

// SettingStore keeps settings as text by key.
type SettingStore interface {
	Settings(ctx context.Context) (map[string]string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Fetcher gets a feed from the net or from a folder.
type Fetcher interface {
	// CheckAddress says why a list cannot be fetched from an address, nil where
	// it can be tried; the error points at /url.
	CheckAddress(url string) error
	// Fetch gets the feed whose manifest is at the https address (http on
	// loopback). unchanged is true where the etag is still that of the present
	// manifest. The signature is checked before the tables are fetched.
	Fetch(ctx context.Context, url, key, etag string) (f Feed, unchanged bool, err error)
	// Open reads a feed from the manifest's path; the other files lie beside it.
	Open(ctx context.Context, path, key string) (Feed, error)
}
