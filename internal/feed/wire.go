package feed

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"quietline/internal/domain"
	"quietline/internal/httpkit"
)

const (
	// maxAnswerHeader bounds the headers of an answer, in bytes.
	maxAnswerHeader = 64 << 10
	// idle is how long an unused connection is kept: from one file to the next.
	idle = 10 * time.Second
)

var (
	// errTimeout ends a fetch that took too long.
	errTimeout = errors.New("the fetch took too long")
	// errRedirect is a redirect that is not followed.
	errRedirect = errors.New("the redirect is not followed")
)

func newClient(p Params) *http.Client {
	dialer := &net.Dialer{Timeout: ConnectTimeout}
	return &http.Client{
		CheckRedirect: follow,
		Transport: &http.Transport{
			Proxy: func(r *http.Request) (*url.URL, error) {
				// net/http knows some spellings of this machine only.
				if httpkit.Loopback(r.URL.Hostname()) {
					return nil, nil
				}
				return p.Proxy(r)
			},
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: p.Roots},
			TLSHandshakeTimeout:    ConnectTimeout,
			IdleConnTimeout:        idle,
			MaxResponseHeaderBytes: maxAnswerHeader,
		},
	}
}

// follow decides on a redirect. Publishers move files to other hosts, but
// nobody from outside may point the program at what listens on this machine,
// or away from https.
func follow(next *http.Request, before []*http.Request) error {
	from, to := before[len(before)-1].URL, next.URL
	local := httpkit.Loopback(to.Hostname())
	next.Header.Del("Referer")
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("%w: more than %d", errRedirect, maxRedirects)
	case to.Scheme != "https" && (to.Scheme != "http" || !local || from.Scheme == "https"):
		return fmt.Errorf("%w: it leaves https", errRedirect)
	case local && !httpkit.Loopback(from.Hostname()):
		return fmt.Errorf("%w: it leads to this machine", errRedirect)
	case to.User != nil:
		return fmt.Errorf("%w: it carries a password", errRedirect)
	}
	return nil
}

// unanswered is a request without an answer.
func unanswered(ctx context.Context, r request, err error) error {
	args := domain.Args{"Host": r.url.Hostname()}
	switch {
	case ctx.Err() != nil:
		return ended(ctx)
	case errors.Is(err, errRedirect):
		return domain.E(opFetch, domain.Unavailable, "registry.feed_redirect", args, bare(err))
	case httpkit.IsTLS(err):
		return domain.E(opFetch, domain.Unavailable, "registry.feed_tls", args, httpkit.Safe(err))
	default:
		return domain.E(opFetch, domain.Unavailable, "registry.feed_unreachable", args, httpkit.Safe(err))
	}
}

// bare is the error without the address that net/http puts around it.
func bare(err error) error {
	if outer, ok := errors.AsType[*url.Error](err); ok {
		return outer.Err
	}
	return err
}

// refused is an answer of another status than 200.
func refused(r request, status int) error {
	args := domain.Args{"File": r.file, "Status": status}
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return domain.E(opFetch, domain.NotFound, "registry.feed_not_found", args, nil)
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return domain.E(opFetch, domain.Denied, "registry.feed_forbidden", args, nil)
	default:
		return domain.E(opFetch, domain.Unavailable, "registry.feed_server", args, nil)
	}
}

// interrupted is an answer that did not come to its end.
func interrupted(ctx context.Context, r request, err error) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	return domain.E(opFetch, domain.Unavailable, "registry.feed_interrupted", domain.Args{"File": r.file}, httpkit.Safe(err))
}

// ended is the error of a context that has ended, by our time limit, by the
// caller's, or because the user stopped it.
func ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, errTimeout) || errors.Is(cause, context.DeadlineExceeded) {
		return domain.E(opFetch, domain.Unavailable, "registry.feed_timeout", nil, cause)
	}
	return domain.E(opFetch, domain.Cancelled, "cancelled", nil, cause)
}
