// Package httpkit holds what all HTTP clients of the program agree on: which
// addresses may be asked, which host is this machine, and what of an error may
// stand in a log.
package httpkit

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// MaxURL is the longest address, in bytes.
const MaxURL = 2048

var (
	// ErrAddress is an address that no request can be made to, or one that
	// carries more than a place.
	ErrAddress = errors.New("not a plain http or https address")
	// ErrPlain is an address on another machine without encryption.
	ErrPlain = errors.New("http leaves this machine")
)

// ParseURL reads an address of at most MaxURL bytes that a user typed in, and
// says whether it is on this machine. Only https keeps what is sent private and
// what comes whole; on loopback nobody can listen in, as long as no proxy is
// asked. It fails with ErrAddress or ErrPlain, which do not repeat the address
// and what is in it.
func ParseURL(raw string) (u *url.URL, local bool, err error) {
	if len(raw) > MaxURL {
		return nil, false, ErrAddress
	}
	u, err = url.Parse(raw)
	if err != nil {
		return nil, false, ErrAddress
	}
	local = Loopback(u.Hostname())
	switch {
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "", u.Opaque != "",
		u.User != nil, // a password belongs where secrets are kept
		u.RawQuery != "", u.ForceQuery, strings.Contains(raw, "#"):
		return nil, false, ErrAddress
	case u.Scheme == "http" && !local:
		return nil, false, ErrPlain
	case local:
		u.Host = strings.Replace(strings.ToLower(u.Host), "localhost.", "localhost", 1) // which resolvers know best
	}
	return u, local, nil
}

// Loopback says whether the host, without a port, is this machine, by name or
// by address.
func Loopback(host string) bool {
	if strings.TrimSuffix(strings.ToLower(host), ".") == "localhost" { // RFC 6761, section 6.3
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
