package intake

import (
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"strings"

	"quietline/internal/domain"
)

const (
	// maxURL is the longest address of an endpoint, in bytes.
	maxURL = 2048
	// maxCAFile is the largest file with authorities, in bytes.
	maxCAFile = 1 << 20
)

// Check checks an address and an authority file without connecting. It fails
// with Invalid "channel.url_invalid", "channel.https_required" or
// "channel.ca_unreadable", each at its field.
func Check(baseURL, caFile string) error {
	if _, err := checkURL(baseURL); err != nil {
		return err
	}
	_, err := trust(caFile)
	return err
}

// checkURL gives the address without a slash at the end. Only https keeps the
// complaint and the token private; on loopback nobody can listen in.
func checkURL(raw string) (string, error) {
	const op = "intake.checkURL"
	invalid := func(cause error) error {
		return domain.E(op, domain.Invalid, "channel.url_invalid", nil, cause).At("/url")
	}
	if len(raw) > maxURL {
		return "", invalid(nil)
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", invalid(nil) // the error would repeat the address, and what is in it
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "", u.Opaque != "",
		u.User != nil, // a password belongs where secrets are kept
		u.RawQuery != "", u.ForceQuery, strings.Contains(raw, "#"):
		return "", invalid(nil)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", domain.E(op, domain.Invalid, "channel.https_required", nil, nil).At("/url")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// loopback says whether the host is this machine, by name or by address.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") { // RFC 6761, section 6.3
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// trust gives the system's authorities and those of the file; nil, which means
// the system's, where there is no file.
func trust(caFile string) (*x509.CertPool, error) {
	const op = "intake.trust"
	if caFile == "" {
		return nil, nil
	}
	unreadable := func(cause error) error {
		return domain.E(op, domain.Invalid, "channel.ca_unreadable", nil, cause).At("/ca_file")
	}
	info, err := os.Stat(caFile)
	switch {
	case err != nil:
		return nil, unreadable(err)
	case !info.Mode().IsRegular() || info.Size() > maxCAFile:
		return nil, unreadable(nil)
	}
	pem, err := os.ReadFile(caFile) //nolint:gosec // the user names the file
	if err != nil {
		return nil, unreadable(err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a system without authorities still has the user's
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, unreadable(nil)
	}
	return pool, nil
}
