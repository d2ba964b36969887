package feed

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/httpkit"
	"quietline/internal/registrar"
	"quietline/internal/registry"
)

const opFetch = "feed.Fetch"

// maxETag is the longest ETag that is kept and sent, in bytes.
const maxETag = 256

// Fetch gets the list whose manifest is at the address: https, or http on this
// machine. The signature is at the same address with ".minisig" behind it, the
// tables are beside it. The etag is that of the manifest which the caller has,
// under the same address and key; unchanged is true where it is still the
// present one, and the Feed is empty then.
//
// It fails as registry.VerifyManifest and registry.CheckTables do, and with:
// Invalid "registry.feed_url_invalid" or "registry.feed_https_required" at /url;
// Unavailable "registry.feed_unreachable" or "registry.feed_tls" (Args: Host),
// "registry.feed_timeout", "registry.feed_redirect", "registry.feed_interrupted"
// (File), "registry.feed_server" (File, Status); NotFound
// "registry.feed_not_found" and Denied "registry.feed_forbidden" (File, Status);
// Corrupt "registry.feed_no_manifest" where something else is at the address;
// Cancelled "cancelled".
func (f *Fetcher) Fetch(ctx context.Context, address, key, etag string) (_ registrar.Feed, unchanged bool, err error) {
	u, err := parseAddress(address)
	if err != nil {
		return registrar.Feed{}, false, err
	}
	if err := registry.CheckKey(key); err != nil {
		return registrar.Feed{}, false, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer f.after(f.timeout, func() { cancel(errTimeout) })()
	defer f.client.CloseIdleConnections()

	name := path.Base(u.Path)
	if !sendable(etag) {
		etag = ""
	}
	a, err := f.get(ctx, request{url: u, file: name, limit: registry.MaxManifest, etag: etag})
	if err != nil || a.unchanged {
		return registrar.Feed{}, a.unchanged, err
	}
	// What answers for everything, as the login page of a network, has no
	// signature either; it gets words of its own.
	if !bytes.HasPrefix(bytes.TrimLeft(a.body, " \t\r\n"), []byte("{")) {
		return registrar.Feed{}, false, domain.E(opFetch, domain.Corrupt, "registry.feed_no_manifest", nil, nil)
	}
	feed, err := verified(func(file string, limit int64) ([]byte, error) {
		a, err := f.get(ctx, request{url: beside(u, file), file: file, limit: limit})
		return a.body, err
	}, name, a.body, key)
	if err != nil {
		return registrar.Feed{}, false, err
	}
	if feed.ETag = a.etag; !sendable(a.etag) {
		feed.ETag = ""
	}
	return feed, false, nil
}

// CheckAddress fails as Fetch does for an address that can be no manifest's.
func (*Fetcher) CheckAddress(address string) error {
	_, err := parseAddress(address)
	return err
}

func parseAddress(address string) (*url.URL, error) {
	u, _, err := httpkit.ParseURL(address)
	switch {
	case errors.Is(err, httpkit.ErrPlain):
		return nil, domain.E(opFetch, domain.Invalid, "registry.feed_https_required", nil, nil).At("/url")
	case err != nil, u.Path == "", strings.HasSuffix(u.Path, "/"):
		return nil, domain.E(opFetch, domain.Invalid, "registry.feed_url_invalid", nil, nil).At("/url")
	}
	return u, nil
}

// beside gives the address of another file in the folder of the manifest. The
// name is the manifest's own with an ending, or one that package registry
// approved.
func beside(u *url.URL, file string) *url.URL {
	next := *u
	next.Path = u.Path[:strings.LastIndexByte(u.Path, '/')+1] + file
	next.RawPath = ""
	if cut := strings.LastIndexByte(u.RawPath, '/'); cut >= 0 {
		next.RawPath = u.RawPath[:cut+1] + url.PathEscape(file)
	}
	return &next
}

// sendable says whether the text can be sent as an ETag.
func sendable(etag string) bool {
	return etag != "" && len(etag) <= maxETag &&
		!strings.ContainsFunc(etag, func(r rune) bool { return r < '!' || r > '~' })
}

// request is one file to get.
type request struct {
	url *url.URL
	// file is what messages call it.
	file string
	// limit is how much of it is wanted, in bytes as they are after inflating.
	limit int64
	// etag asks only for what is different; empty to get it in any case.
	etag string
}

// answer is a file, or that it is unchanged.
type answer struct {
	body      []byte
	etag      string
	unchanged bool
}

func (f *Fetcher) get(ctx context.Context, r request) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url.String(), http.NoBody)
	if err != nil {
		return answer{}, domain.E(opFetch, domain.Invalid, "registry.feed_url_invalid", nil, nil).At("/url")
	}
	if f.agent != "" {
		req.Header.Set("User-Agent", f.agent)
	}
	if r.etag != "" {
		req.Header.Set("If-None-Match", r.etag)
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return answer{}, unanswered(ctx, r, err)
	}
	defer resp.Body.Close()
	if r.etag != "" && resp.StatusCode == http.StatusNotModified {
		return answer{unchanged: true}, nil
	}
	if resp.StatusCode != http.StatusOK {
		return answer{}, refused(r, resp.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, r.limit+1))
	if err != nil {
		return answer{}, interrupted(ctx, r, err)
	}
	return answer{body: body, etag: resp.Header.Get("ETag")}, nil
}
