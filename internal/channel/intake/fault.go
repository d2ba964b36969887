package intake

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"

	"quietline/internal/filing"
)

// keyCancelled says that the user stopped it.
const keyCancelled = "cancelled"

// fault is a request that got no answer.
type fault struct {
	// left says that the request may have left this machine.
	left bool
	// cause is why the context ended, nil where it did not.
	cause error
	err   error
}

// outcome judges a fault. What may have left may have arrived: its result is
// unknown. What surely stayed here can be sent later.
func (f *fault) outcome() filing.Outcome {
	out := filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: f.key(), Cause: f.safe()}
	if f.left {
		out.Kind = filing.OutcomeUnknown
	}
	return out
}

func (f *fault) key() string {
	var (
		dns   *net.DNSError
		opErr *net.OpError
		slow  net.Error
	)
	switch {
	case f.cause != nil && !errors.Is(f.cause, errTimeout) && !errors.Is(f.cause, context.DeadlineExceeded):
		return keyCancelled
	case f.left:
		return "channel.no_answer"
	case f.cause != nil, errors.As(f.err, &slow) && slow.Timeout():
		return "channel.connect_timeout"
	case isTLS(f.err):
		return "channel.tls_failed"
	case errors.As(f.err, &opErr) && opErr.Op == "proxyconnect":
		return "channel.proxy_failed"
	case errors.As(f.err, &dns):
		return "channel.dns_failed"
	default:
		return "channel.unreachable"
	}
}

// isTLS says whether the handshake failed.
func isTLS(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		record tls.RecordHeaderError
		alert  tls.AlertError
		author x509.UnknownAuthorityError
		name   x509.HostnameError
		cert   x509.CertificateInvalidError
		opErr  *net.OpError
	)
	if errors.As(err, &opErr) && (opErr.Op == "remote error" || opErr.Op == "local error") {
		return true // an alert of either side
	}
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &author) || errors.As(err, &name) || errors.As(err, &cert)
}

// safe is the error for the log. The error of net/http names the address, in
// which a token or a key may stand, and quotes what the server sent; of the
// rest, only what comes from the operating system and from the handshake is
// passed on.
func (f *fault) safe() error {
	var (
		opErr *net.OpError
		dns   *net.DNSError
		errno syscall.Errno
	)
	switch {
	case errors.Is(f.err, errSecond):
		return errSecond
	case f.cause != nil:
		return f.cause
	case isTLS(f.err):
		return fmt.Errorf("handshake: %T", root(f.err))
	case errors.As(f.err, &dns):
		return dns
	case errors.As(f.err, &opErr):
		return opErr
	case errors.As(f.err, &errno):
		return errno
	default:
		return fmt.Errorf("no answer: %T", root(f.err))
	}
}

// root is the innermost error.
func root(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
