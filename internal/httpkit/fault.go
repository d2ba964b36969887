package httpkit

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
)

// IsTLS says whether the handshake failed.
func IsTLS(err error) bool {
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

// IsProxy says whether the proxy made no connection.
func IsProxy(err error) bool {
	var opErr *net.OpError
	return errors.As(err, &opErr) && opErr.Op == "proxyconnect"
}

// Safe is the error for the log. The error of net/http names the address, in
// which a token or a key may stand, and quotes what the server sent; of the
// rest, only what comes from the operating system and from the handshake is
// passed on.
func Safe(err error) error {
	var (
		opErr *net.OpError
		dns   *net.DNSError
		errno syscall.Errno
	)
	switch {
	case IsTLS(err):
		return fmt.Errorf("handshake: %T", root(err))
	case errors.As(err, &dns):
		return dns
	case errors.As(err, &opErr):
		return opErr
	case errors.As(err, &errno):
		return errno
	default:
		return fmt.Errorf("no answer: %T", root(err))
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
