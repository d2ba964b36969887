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
	// Key is the public key under which it was verified.
	Key string
	// ETag is the manifest's, for asking whether there is a newer one.
	ETag string
	// InstalledAt is filled when reading an installed feed.
	InstalledAt time.Time
}

// Store keeps corrections and the installed feed.
type Store interface {
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
}

// Fetcher gets a feed from the net or from a folder.
type Fetcher interface {
	// Fetch gets the feed whose manifest is at the https address (http on
	// loopback). unchanged is true where the etag is still that of the present
	// manifest. The signature is checked before the tables are fetched.
	Fetch(ctx context.Context, url, key, etag string) (f Feed, unchanged bool, err error)
	// Open reads a feed from the manifest's path; the other files lie beside it.
	Open(ctx context.Context, path, key string) (Feed, error)
}
