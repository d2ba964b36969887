package registry

import (
	"cmp"
	"strings"

	"quietline/internal/domain"
)

// maxVersion is the longest version, in bytes.
const maxVersion = 40

// CompareVersions is negative where version a is older than b, 0 where they are
// the same, positive where a is newer. The dotted numbers are compared as
// numbers of any length; one that is not there counts as 0. What is no version
// is older than every version.
func CompareVersions(a, b string) int {
	if okA, okB := dottedNumbers(a), dottedNumbers(b); !okA || !okB {
		switch {
		case okA:
			return 1
		case okB:
			return -1
		}
		return 0
	}
	for a != "" || b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
			return c
		}
	}
	return 0
}

// CheckNotOlder fails with Conflict "registry.feed_older" (Args: Have, Got)
// where the list got is older than the one that counts now. An old list with a
// good signature is what somebody would send who wants a change undone.
func CheckNotOlder(have, got domain.RegistryInfo) error {
	if CompareVersions(got.Version, have.Version) >= 0 {
		return nil
	}
	return domain.E("registry.CheckNotOlder", domain.Conflict, "registry.feed_older",
		domain.Args{"Have": have.Version, "Got": got.Version}, nil)
}

// isVersion says whether the text is a version as manifests have it: no zeros
// before a number, so that a version has one spelling.
func isVersion(s string) bool {
	if len(s) > maxVersion || !dottedNumbers(s) {
		return false
	}
	for n := range strings.SplitSeq(s, ".") {
		if len(n) > 1 && n[0] == '0' {
			return false
		}
	}
	return true
}

func dottedNumbers(s string) bool {
	for n := range strings.SplitSeq(s, ".") {
		if !digitsOnly(n) {
			return false
		}
	}
	return true
}
