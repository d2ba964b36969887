package registry

import (
	"slices"
	"strings"
)

// ListNames shortens the source of a row, which names files and pages, to the
// names of the lists: what stands before a colon or, for a file without a name,
// in brackets.
func ListNames(source string) string {
	var names []string
	for s := range strings.SplitSeq(source, ";") {
		name := listName(s)
		if _, inside, ok := strings.Cut(strings.TrimSuffix(name, ")"), " ("); ok {
			name = inside
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func listName(part string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(part), ":")
	return name
}

// listYears gives the years that a list shows and whether it is an old one, as
// far as its age is known (assets/registry/README.md): one shows how codes were
// held in about 2018 and 2019, and the ministry has taken codes back since;
// another is an old page with known errors, without a year, which makes no row
// newer.
func listYears(name string) (years string, old bool) {
	switch name {
	case "aksb/CallerID_Module":
		return "2018-2019", true
	case "GitHub code index file 8654927580 (hotline page)", "":
		return "", true
	}
	return "", false
}

// vintage gives the years of a row that old lists alone name, or the empty
// string.
func vintage(source string) (years string) {
	for part := range strings.SplitSeq(source, ";") {
		of, old := listYears(listName(part))
		if !old {
			return ""
		}
		years = max(years, of)
	}
	return years
}
