package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const mit = "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software"

// module writes files of a module and gives its folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// list is a program and packages of other modules, as the go command writes them.
func list(t *testing.T, packages ...map[string]any) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	for _, p := range packages {
		if err := json.NewEncoder(&b).Encode(p); err != nil {
			t.Fatal(err)
		}
	}
	return &b
}

func pkg(path, dir, sub, version string, more map[string]any) map[string]any {
	p := map[string]any{
		"ImportPath": strings.TrimSuffix(path+"/"+sub, "/"), "Dir": filepath.Join(dir, sub),
		"Module": map[string]any{"Path": path, "Version": version, "Dir": dir, "Main": version == ""},
	}
	for k, v := range more {
		p[k] = v
	}
	return p
}

func TestWhatIsLinkedIsNamed(t *testing.T) {
	prog := module(t, map[string]string{"LICENSE": "Apache License\nVersion 2.0"})
	lib := module(t, map[string]string{
		"LICENSE": mit, "linked/LICENSE.txt": "Redistribution and use in source and binary forms", "fonts/OFL.txt": "SIL OPEN FONT LICENSE Version 1.1",
		"other/LICENSE": "GNU GENERAL PUBLIC LICENSE", "license.go": "package lib",
		"linked/notice-2020.md": "What a ministry wrote",
	})
	out := t.TempDir()
	bomPath, noticesPath := filepath.Join(out, "bom.json"), filepath.Join(out, "notices.txt")
	packages := func() *bytes.Buffer {
		return list(
			t,
			pkg("example.org/lib", lib, "linked", "v1.2.0+incompatible", map[string]any{"EmbedFiles": []string{"../fonts/a.ttf"}}),
			pkg("example.org/prog", prog, "", "", map[string]any{"Imports": []string{"example.org/lib/linked", "C"}}),
		)
	}
	args := []string{"-version", "0.1.0", "-go", "go1.26.0", "-date", "2026-11-28T19:00:00+02:00", "-bom", bomPath, "-notices", noticesPath}
	if err := run(args, packages()); err != nil {
		t.Fatal(err)
	}
	notices := read(t, noticesPath)
	for _, want := range []string{"example.org/lib v1.2.0+incompatible: MIT AND OFL-1.1 AND BSD-2-Clause\n", "linked/LICENSE.txt\n", mit} {
		if !strings.Contains(notices, want) {
			t.Errorf("the notices have no %q:\n%s", want, notices)
		}
	}
	if strings.Contains(notices, "other/") || strings.Contains(notices, "prog") {
		t.Errorf("the notices name what is not linked, or ourselves:\n%s", notices)
	}
	var doc bom
	if err := json.Unmarshal([]byte(read(t, bomPath)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Metadata.Timestamp != "2026-11-28T17:00:00Z" || doc.Metadata.Component.Version != "0.1.0" || len(doc.Components) != 1 {
		t.Errorf("the bill says %+v", doc)
	}
	const ref = "pkg:golang/example.org/lib@v1.2.0%2Bincompatible"
	i := slices.IndexFunc(doc.Dependencies, func(d dependency) bool { return d.Ref == doc.Metadata.Component.Ref })
	if i < 0 || !slices.Equal(doc.Dependencies[i].DependsOn, []string{ref}) {
		t.Errorf("the program depends on %+v", doc.Dependencies)
	}
	first := read(t, bomPath)
	if err := run(args, packages()); err != nil || read(t, bomPath) != first {
		t.Errorf("the same build has another bill (%v)", err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWhatMayNotBeLinkedIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		files map[string]string
		want  string
	}{
		"none":    {map[string]string{"README": "hello"}, "has no licence"},
		"unknown": {map[string]string{"LICENSE": "ask me"}, "not known here"},
		"gpl":     {map[string]string{"COPYING": "GNU General Public License"}, "nothing may be linked"},
		"dual":    {map[string]string{"LICENSE": mit, "LICENSE.GPL": "GNU Lesser General Public License"}, "nothing may be linked"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := collect(list(t, pkg("example.org/lib", module(t, tc.files), "", "v1.0.0", nil)), "go1.26.0")
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "example.org/lib") {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := collect(strings.NewReader(""), "go1.26.0"); err == nil {
		t.Error("an empty list is taken")
	}
}

// What C a module brings along is a part of its own, with its own licence.
func TestBundledCIsAPart(t *testing.T) {
	dir := module(t, map[string]string{
		"LICENSE":           mit,
		"sqlite3-binding.h": "#ifndef X\n/*\n** 2001-09-15\n**\n**    May you do good and not evil.\n*****\n*/\n#define SQLITE_VERSION        \"3.54.1\"\n",
	})
	parts, err := collect(list(t, pkg("github.com/mattn/go-sqlite3", dir, "", "v1.14.53", map[string]any{"CgoFiles": []string{"sqlite3.go"}})), "go1.26.0")
	if err != nil || len(parts) != 2 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	if p := parts[1]; p.name != "SQLite" || p.version != "3.54.1" || p.licence != "blessing" || !strings.HasPrefix(p.texts[0].body, "2001-09-15\n") {
		t.Errorf("%+v", p)
	}
}

func TestLicencesAreTold(t *testing.T) {
	for body, want := range map[string]string{
		mit: "MIT",
		"Apache License\n  Version 2.0, January 2004":                                                                              "Apache-2.0",
		"Redistribution and use in source and binary forms ... to endorse or promote\nproducts derived from":                       "BSD-3-Clause",
		"Redistribution and use in source\nand binary forms":                                                                       "BSD-2-Clause",
		"Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted":   "ISC",
		"terms of the UNLICENSE\nSPDX-License-Identifier: Unlicense OR BSD-3-Clause\nRedistribution and use in source and binary ": "Unlicense OR BSD-3-Clause",
	} {
		if got, err := expression([]text{{"LICENSE", body}}); err != nil || got != want {
			t.Errorf("%q: %q, %v", body, got, err)
		}
	}
}
