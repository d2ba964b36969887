package domain_test

import (
	"testing"

	"quietline/internal/domain"
)

func TestControl(t *testing.T) {
	for _, r := range "\x00\a\t\n\r\x1b\x7f\u0080\u0085\u009b\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069" {
		if !domain.Control(r) {
			t.Errorf("%U can be shown", r)
		}
	}
	// A joiner makes one picture of two.
	for _, r := range " a9\u00a0é妈\u200b\u200d\ufe0f👩\ufffd" {
		if domain.Control(r) {
			t.Errorf("%U cannot be shown", r)
		}
	}
}

func TestUndirected(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"138 0013 8000":                 "138 0013 8000",
		"\u202d+86 138 0013 8000\u202c": "+86 138 0013 8000", // as phones copy it
		"a\u200e\u2066b\u2069\n\tc":     "ab\n\tc",
		"\x1b[31m":                      "\x1b[31m",
	} {
		if got := domain.Undirected(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
