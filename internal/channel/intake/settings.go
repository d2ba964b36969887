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
	if _, _, err := checkURL(baseURL); err != nil {
		return err
	}
	_, err := trust(caFile)
	return err
}

// checkURL gives the address without a slash at the end, and says whether it is
// on this machine. Only https keeps the complaint and the token private; on
// loopback nobody can listen in, as long as no proxy is asked.
func checkURL(raw string) (base string, local bool, err error) {
	const op = "intake.checkURL"
	invalid := domain.E(op, domain.Invalid, "channel.url_invalid", nil, nil).At("/url")
	if len(raw) > maxURL {
		return "", false, invalid
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", false, invalid // the cause would repeat the address, and what is in it
	}
	local = loopback(strings.ToLower(u.Hostname()))
	switch {
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "", u.Opaque != "",
		u.User != nil, // a password belongs where secrets are kept
		u.RawQuery != "", u.ForceQuery, strings.Contains(raw, "#"):
		return "", false, invalid
	case u.Scheme == "http" && !local:
		return "", false, domain.E(op, domain.Invalid, "channel.https_required", nil, nil).At("/url")
	case local:
		u.Host = strings.Replace(strings.ToLower(u.Host), "localhost.", "localhost", 1) // which resolvers know best
	}
	return strings.TrimRight(u.String(), "/"), local, nil
}

// loopback says whether the host, in small letters, is this machine, by name or
// by address.
func loopback(host string) bool {
	if strings.TrimSuffix(host, ".") == "localhost" { // RFC 6761, section 6.3
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
