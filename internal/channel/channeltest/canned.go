package channeltest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Canned gives every request the same answer, without a network.
type Canned struct {
	Status int
	Header http.Header
	Body   []byte
}

// RoundTrip answers.
func (c Canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: c.Status, Request: r, Header: c.Header, Body: io.NopCloser(bytes.NewReader(c.Body))}, nil
}

// Fit says whether what an endpoint gave can be kept and shown: at most that many
// characters, and none that controls. It says so in other words than the clients,
// which are held against it.
func Fit(s string, most int) bool {
	n := 0
	for _, r := range s {
		if n++; r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs) {
			return false
		}
	}
	return n > 0 && n <= most && strings.TrimSpace(s) == s
}
