// Package feed gets newer registry lists from the net and from folders. It
// fetches and bounds; whether a list is genuine is for package registry to say,
// and nothing of a list is fetched before its manifest was found genuine.
package feed

import (
	"crypto/x509"
	"net/http"
	"net/url"
	"time"

	"quietline/internal/registrar"
	"quietline/internal/registry"
)

// Times of a fetch.
const (
	// ConnectTimeout is how long a connection may take, and again its handshake.
	ConnectTimeout = 15 * time.Second
	// Timeout is how long all files together may take.
	Timeout = 2 * time.Minute
)

// maxRedirects is how many redirects a file may take.
const maxRedirects = 5

// Params set up a Fetcher. The zero value is good for all but tests and a name.
type Params struct {
	// UserAgent is what the program calls itself; empty for the library's name.
	UserAgent string
	// Timeout replaces the constant of that name where it is not 0.
	Timeout time.Duration
	// AfterFunc replaces time.AfterFunc for that timeout, so that tests decide
	// when it strikes; nil for the real one.
	AfterFunc func(d time.Duration, f func()) (stop func() bool)
	// Proxy replaces the proxy settings of the environment; nil for those. This
	// machine is asked without any.
	Proxy func(*http.Request) (*url.URL, error)
	// Roots are the trusted authorities; nil for the system's.
	Roots *x509.CertPool
}

// Fetcher gets lists. It is safe for concurrent use, logs nothing, and keeps no
// cookies.
type Fetcher struct {
	client  *http.Client
	agent   string
	timeout time.Duration
	after   func(d time.Duration, f func()) (stop func() bool)
}

var _ registrar.Fetcher = (*Fetcher)(nil)

// New makes a Fetcher; it does not connect.
func New(p Params) *Fetcher {
	if p.Timeout == 0 {
		p.Timeout = Timeout
	}
	if p.AfterFunc == nil {
		p.AfterFunc = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	if p.Proxy == nil {
		p.Proxy = http.ProxyFromEnvironment
	}
	return &Fetcher{client: newClient(p), agent: p.UserAgent, timeout: p.Timeout, after: p.AfterFunc}
}

// reader reads one file of a list: at most one byte more than the limit, so
// that whoever checks the size sees when there is more.
type reader func(file string, limit int64) ([]byte, error)

// verified reads what belongs to a manifest: the signature first, and the
// tables only after it proved good.
func verified(read reader, manifestFile string, manifest []byte, key string) (registrar.Feed, error) {
	f := registrar.Feed{Manifest: manifest, Key: key}
	var err error
	if f.Signature, err = read(manifestFile+registry.SignatureEnd, registry.MaxSignature); err != nil {
		return registrar.Feed{}, err
	}
	m, err := registry.VerifyManifest(manifest, f.Signature, key)
	if err != nil {
		return registrar.Feed{}, err
	}
	if f.Codes, err = read(m.Codes.Name, m.Codes.Size); err != nil {
		return registrar.Feed{}, err
	}
	if f.Notes, err = read(m.Notes.Name, m.Notes.Size); err != nil {
		return registrar.Feed{}, err
	}
	if err := registry.CheckTables(m, f.Codes, f.Notes); err != nil {
		return registrar.Feed{}, err
	}
	if !m.HasAdvice() {
		return f, nil
	}
	if f.Advice, err = read(m.Advice.Name, m.Advice.Size); err != nil {
		return registrar.Feed{}, err
	}
	if err := registry.CheckAdvice(m, f.Advice); err != nil {
		return registrar.Feed{}, err
	}
	return f, nil
}
