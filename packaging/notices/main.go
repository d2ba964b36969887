// Command notices writes what a build is made of: the licences of everything
// linked into it (text) and its bill of materials (CycloneDX, JSON). It reads the
// packages of the build as the go command lists them, and asks no network:
//
//	go list -deps -json PROGRAM... | notices -version V -go GO -date T -bom FILE -notices FILE
//
// A module without a licence, or with one that is not known here, is an error.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// build is which build is described.
type build struct {
	version, golang string
	// at is when its sources were made.
	at time.Time
}

func run(args []string, list io.Reader) error {
	f := flag.NewFlagSet("notices", flag.ContinueOnError)
	version := f.String("version", "", "version of the build")
	golang := f.String("go", "", "version of Go, as go1.26.0")
	date := f.String("date", "", "time of the sources, RFC 3339")
	bom := f.String("bom", "", "bill of materials to write")
	notices := f.String("notices", "", "licences to write")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *version == "" || *golang == "" || *bom == "" || *notices == "" || f.NArg() > 0 {
		return errors.New("-version, -go, -bom and -notices are needed")
	}
	at, err := time.Parse(time.RFC3339, *date)
	if err != nil {
		return err
	}
	parts, err := collect(list, *golang)
	if err != nil {
		return err
	}
	b := build{version: *version, golang: *golang, at: at.UTC()}
	if err := writeFile(*notices, func(w io.Writer) error { return writeNotices(w, parts) }); err != nil {
		return err
	}
	return writeFile(*bom, func(w io.Writer) error { return writeBOM(w, b, parts) })
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path) //nolint:gosec // the caller names the file
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
