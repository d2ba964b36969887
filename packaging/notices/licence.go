package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A notice can be about anything; one about licences has no other word in its name.
//
//nolint:gochecknoglobals // compiled once
var licenceFile = regexp.MustCompile(`(?i)^((licen[cs]e|copying|patents|ofl)([._-].*)?|notices?(\.(txt|md))?)$`)

// isLicence says whether a file of that name is about licences.
func isLicence(name string) bool {
	return licenceFile.MatchString(name) && !strings.HasSuffix(name, ".go")
}

// marks are phrases by which a licence is known; all of them have to be there,
// and none of the others. A text with a line SPDX-License-Identifier is what that says.
//
//nolint:gochecknoglobals // a table
var marks = []struct {
	id       string
	has, not []string
}{
	{id: "Apache-2.0", has: []string{"apache license", "version 2.0"}, not: []string{"or bsd"}},
	{id: "MIT", has: []string{"permission is hereby granted, free of charge, to any person obtaining a copy of this software"}},
	{id: "BSD-3-Clause", has: []string{"redistribution and use in source and binary forms", "to endorse or promote products derived"}},
	{id: "BSD-2-Clause", has: []string{"redistribution and use in source and binary forms"}, not: []string{"to endorse or promote products derived"}},
	{id: "ISC", has: []string{"permission to use, copy, modify, and", "for any purpose with or without fee is hereby granted"}},
	{id: "Zlib", has: []string{"altered source versions must be plainly marked", "the origin of this software must not be misrepresented"}},
	{id: "OFL-1.1", has: []string{"sil open font license", "1.1"}},
	{id: "Unlicense", has: []string{"this is free and unencumbered software released into the public domain"}},
	{id: "blessing", has: []string{"may you do good and not evil"}},
	{id: "Bitstream-Vera", has: []string{"bitstream vera is a trademark"}},
	{id: "LicenseRef-ICC-profile", has: []string{"this profile is made available by the international color consortium"}},
	{id: "LicenseRef-Go-patent-grant", has: []string{"additional ip rights grant (patents)"}},
	{id: "GPL", has: []string{"gnu general public license"}},
	{id: "LGPL", has: []string{"gnu lesser general public license"}},
	{id: "AGPL", has: []string{"gnu affero general public license"}},
	{id: "MPL-2.0", has: []string{"mozilla public license"}},
}

// refused are licences under which nothing may be linked that is shipped as one
// program with the rest.
var refused = []string{"GPL", "LGPL", "AGPL"} //nolint:gochecknoglobals // a table

var spdxLine = regexp.MustCompile(`(?m)^SPDX-License-Identifier: (.+)$`) //nolint:gochecknoglobals // compiled once

// expression is the SPDX expression for all of the texts together.
func expression(texts []text) (string, error) {
	var all []string
	for _, t := range texts {
		found := identify(t.body)
		if len(found) == 0 {
			return "", fmt.Errorf("%s is a licence that is not known here (licence.go)", t.name)
		}
		for _, id := range found {
			if slices.Contains(refused, id) {
				return "", fmt.Errorf("%s is the %s, under which nothing may be linked here", t.name, id)
			}
			if strings.Contains(id, " OR ") {
				id = "(" + id + ")"
			}
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	if len(all) == 0 {
		return "", errors.New("has no licence")
	}
	if len(all) == 1 {
		return strings.Trim(all[0], "()"), nil
	}
	return strings.Join(all, " AND "), nil
}

// identify names the licences in a text.
func identify(body string) []string {
	if found := spdxLine.FindStringSubmatch(body); found != nil {
		return []string{strings.TrimSpace(found[1])}
	}
	plain := strings.ToLower(strings.Join(strings.Fields(body), " "))
	in := func(phrase string) bool { return strings.Contains(plain, phrase) }
	var ids []string
	for _, m := range marks {
		all := !slices.ContainsFunc(m.has, func(s string) bool { return !in(s) })
		if all && !slices.ContainsFunc(m.not, in) {
			ids = append(ids, m.id)
		}
	}
	return ids
}
