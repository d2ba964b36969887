package wire

import (
	"crypto/x509"
	"errors"
	"os"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/httpkit"
)

// maxCAFile is the largest file with authorities, in bytes.
const maxCAFile = 1 << 20

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
// on this machine; see httpkit.ParseURL.
func checkURL(raw string) (base string, local bool, err error) {
	const op = "wire.checkURL"
	u, local, err := httpkit.ParseURL(raw)
	switch {
	case errors.Is(err, httpkit.ErrPlain):
		return "", false, domain.E(op, domain.Invalid, "channel.https_required", nil, nil).At("/url")
	case err != nil:
		return "", false, domain.E(op, domain.Invalid, "channel.url_invalid", nil, nil).At("/url")
	}
	return strings.TrimRight(u.String(), "/"), local, nil
}

// trust gives the system's authorities and those of the file; nil, which means
// the system's, where there is no file.
func trust(caFile string) (*x509.CertPool, error) {
	const op = "wire.trust"
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
