package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"quietline/assets"
	"quietline/internal/feed/feedtest"
	"quietline/internal/registry"
)

// feedCommand makes the command of the scripts that publishes lists:
//
//	feed VERSION DATE [PATCH [ADVICE]]
//
// It takes the shipped list, leaves out the codes that stand behind a "-" in
// the lines of the file, adds the rows behind a "+", adds the shipped advice
// with the rows of the other file behind it, signs the result and puts
// its folder into $LIST, its address into $FEED, its key into $KEY and that of
// somebody else into $OTHER.
func feedCommand(t *testing.T) func(*testscript.TestScript, bool, []string) {
	key, other := feedtest.NewKey(t), feedtest.NewKey(t)
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) < 2 || len(args) > 4 {
			ts.Fatalf("usage: feed VERSION DATE [PATCH [ADVICE]]")
		}
		patch := ""
		if len(args) >= 3 {
			patch = ts.ReadFile(args[2])
		}
		var known []byte
		if len(args) == 4 {
			known = append(assets.Advice(), ts.ReadFile(args[3])...)
		}
		codes, err := fs.ReadFile(assets.Registry(), "registry-95-96.csv")
		ts.Check(err)
		notes, err := fs.ReadFile(assets.Registry(), "registry-notes.csv")
		ts.Check(err)
		codes, notes = patched(codes, notes, patch)
		list := key.Publish(t, registry.FeedParams{
			Embedded: assets.Registry(), Version: args[0], Date: args[1], Codes: codes, Notes: notes,
			Advice: known,
		})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"`+args[0]+`"`)
			if r.Header.Get("If-None-Match") == `"`+args[0]+`"` && strings.HasSuffix(r.URL.Path, registry.ManifestFile) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			list.ServeHTTP(w, r)
		}))
		ts.Defer(server.Close)
		ts.Setenv("FEED", server.URL+feedtest.Path)
		ts.Setenv("LIST", list.Save(t))
		ts.Setenv("KEY", key.Public)
		ts.Setenv("OTHER", other.Public)
	}
}

func patched(codes, notes []byte, patch string) (newCodes, newNotes []byte) {
	for line := range strings.Lines(patch) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "-"):
			codes, notes = without(codes, line[1:]), without(notes, line[1:])
		case strings.HasPrefix(line, "+"):
			codes = append(codes, line[1:]+"\n"...)
		}
	}
	return codes, notes
}

// without leaves out the rows of a code.
func without(table []byte, code string) []byte {
	var out []byte
	for row := range bytes.Lines(table) {
		if !bytes.HasPrefix(row, []byte(code+",")) {
			out = append(out, row...)
		}
	}
	return out
}
