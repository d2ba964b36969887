package httpkit_test

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"

	"quietline/internal/httpkit"
)

func TestParseURL(t *testing.T) {
	for _, tc := range []struct {
		raw, want string
		local     bool
		err       error
	}{
		{"https://lists.example.org/feed/registry.json", "https://lists.example.org/feed/registry.json", false, nil},
		{"http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x", true, nil},
		{"http://[::1]/x", "http://[::1]/x", true, nil},
		{"http://LOCALHOST.:80/x", "http://localhost:80/x", true, nil},
		{"http://lists.example.org/x", "", false, httpkit.ErrPlain},
		{"http://localhost.example.org/x", "", false, httpkit.ErrPlain},
		{"http://127.0.0.1.example.org/x", "", false, httpkit.ErrPlain},
		{"ftp://lists.example.org/x", "", false, httpkit.ErrAddress},
		{"https://name:word@lists.example.org/x", "", false, httpkit.ErrAddress},
		{"https://lists.example.org/x?key=1", "", false, httpkit.ErrAddress},
		{"https://lists.example.org/x?", "", false, httpkit.ErrAddress},
		{"https://lists.example.org/x#", "", false, httpkit.ErrAddress},
		{"https:///x", "", false, httpkit.ErrAddress},
		{"https:x", "", false, httpkit.ErrAddress},
		{"lists.example.org/x", "", false, httpkit.ErrAddress},
		{"https://a\x00b/", "", false, httpkit.ErrAddress},
		{"https://lists.example.org/" + strings.Repeat("x", httpkit.MaxURL), "", false, httpkit.ErrAddress},
		{"", "", false, httpkit.ErrAddress},
	} {
		u, local, err := httpkit.ParseURL(tc.raw)
		got := ""
		if u != nil {
			got = u.String()
		}
		if got != tc.want || local != tc.local || !errors.Is(err, tc.err) {
			t.Errorf("%q: %q %v %v, want %q %v %v", tc.raw, got, local, err, tc.want, tc.local, tc.err)
		}
	}
}

func TestSafeNamesNoAddress(t *testing.T) {
	wrap := func(err error) error { return &url.Error{Op: "Get", URL: "https://h.example/secret", Err: err} }
	for _, tc := range []struct {
		name       string
		err        error
		tls, proxy bool
	}{
		{"certificate", wrap(x509.UnknownAuthorityError{}), true, false},
		{"alert", wrap(&net.OpError{Op: "remote error", Err: errors.New("bad certificate")}), true, false},
		{"proxy", wrap(&net.OpError{Op: "proxyconnect", Err: errors.New("refused")}), false, true},
		{"name", wrap(&net.DNSError{Err: "no such host", Name: "h.example"}), false, false},
		{"quoted answer", wrap(fmt.Errorf("malformed HTTP response %q", "secret")), false, false},
	} {
		safe := httpkit.Safe(tc.err)
		if safe == nil || strings.Contains(safe.Error(), "secret") {
			t.Errorf("%s: %v", tc.name, safe)
		}
		if httpkit.IsTLS(tc.err) != tc.tls || httpkit.IsProxy(tc.err) != tc.proxy {
			t.Errorf("%s: handshake %v, proxy %v", tc.name, httpkit.IsTLS(tc.err), httpkit.IsProxy(tc.err))
		}
	}
}
