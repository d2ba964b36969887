// Package practice is the practice endpoint: the whole complaint intake API on
// a file of its own, on loopback only, with faults on request. It files nothing
// anywhere. Programs embed it for people who try the product out, and tests use
// it as the regulator that misbehaves on purpose.
package practice

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	"golang.org/x/time/rate"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

const (
	// maxBody is the largest request body, in bytes.
	maxBody = 1 << 20
	// maxCalls is the most calls in one complaint.
	maxCalls = 100
	// pageSize is how many cases one answer lists.
	pageSize = 100
)

// Params set up a practice endpoint.
type Params struct {
	// Path is the database file, made with mode 0600 where it does not exist.
	// Empty keeps everything in a temporary file that Close removes.
	Path   string
	Clock  domain.Clock
	Source domain.Source
	Faults Faults
	// Token is the bearer token that callers must show, empty for none.
	Token string
	// OpenAPI is the document served at /v1/openapi.yaml.
	OpenAPI []byte
	// Name is what the endpoint calls itself; empty takes the name in the
	// language of Texts.
	Name string
	// Texts give the sentences of problems, notes and the page.
	Texts *l10n.Printer
	// MaxData is how large the file may become, in bytes; 0 for 1 GiB.
	MaxData int64
	// Log takes faults of the endpoint itself; nil discards them. Nothing of a
	// complaint is written to it.
	Log *slog.Logger
}

// Server is a practice endpoint. It is safe for concurrent use.
type Server struct {
	p      Params
	db     *database
	dice   *dice
	bucket *rate.Limiter

	mu      sync.Mutex
	running map[string]bool // keys of complaints that are being filed
}

// New opens or makes the database. It fails with Corrupt
// "practice.data_foreign" for a file that is not a practice database (the file
// is left as it is), Conflict "practice.data_newer" for one of a newer version,
// and Unavailable "practice.data_unusable" where the file cannot be used.
func New(ctx context.Context, p Params) (*Server, error) {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Name == "" {
		p.Name = p.Texts.T("practice.name")
	}
	db, err := openDatabase(ctx, p.Path)
	if err != nil {
		return nil, err
	}
	if p.MaxData > 0 {
		db.most = p.MaxData
	}
	s := &Server{p: p, db: db, dice: newDice(p.Faults.Seed), running: map[string]bool{}}
	if p.Faults.Throttle > 0 {
		// A second's worth may come at once, so that a client which keeps the
		// limit on average is not punished for its timer.
		s.bucket = rate.NewLimiter(rate.Limit(p.Faults.Throttle), max(1, int(p.Faults.Throttle)))
	}
	return s, nil
}

// Close closes the database and removes a temporary one. Requests that are
// still running fail.
func (s *Server) Close() error { return s.db.close() }

// Handler answers the API, the document and the page. It refuses requests
// whose Host is not a loopback address, so that no web site can read it
// through a name that points here.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// begin marks a key as being filed, until end is called. ok is false where it
// already is; end then does nothing.
func (s *Server) begin(key string) (end func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[key] {
		return func() {}, false
	}
	s.running[key] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.running, key)
	}, true
}

func (s *Server) capabilities() domain.Capabilities {
	c := domain.Capabilities{
		Name: s.p.Name, APIVersion: "1", Practice: true,
		Categories: domain.Categories(), Techniques: domain.Techniques(),
		MaxCallsPerComplaint: maxCalls,
		MaxEvidenceBytes:     maxEvidenceBytes,
		EvidenceTypes:        evidenceTypes(),
		OnBehalfAllowed:      true,
	}
	if t := s.p.Faults.Throttle; t > 0 {
		c.RateLimitPerSecond = &t
	}
	return c
}
