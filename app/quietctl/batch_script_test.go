package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// batchCommands are what scripts about batches need besides.
func batchCommands(into map[string]func(*testscript.TestScript, bool, []string)) map[string]func(*testscript.TestScript, bool, []string) {
	into["exits"], into["reencode"], into["batch"], into["replace"] = exits, reencode, firstBatch, replaceIn
	return into
}

// exits CODE COMMAND…: runs a command that ends with this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok { //nolint:errorlint // as the library gives it
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// reencode gb18030|utf16|utf8bom FROM TO: writes a text in another character set.
func reencode(ts *testscript.TestScript, neg bool, args []string) {
	sets := map[string]encoding.Encoding{
		"gb18030": simplifiedchinese.GB18030, "utf16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf8bom": unicode.UTF8BOM,
	}
	if neg || len(args) != 3 || sets[args[0]] == nil {
		ts.Fatalf("usage: reencode SET FROM TO")
	}
	out, err := sets[args[0]].NewEncoder().String(ts.ReadFile(args[1]))
	ts.Check(err)
	writeIn(ts, args[2], out)
}

// batch FILE: puts the ID in the first line of a list of batches into $BATCH.
func firstBatch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: batch FILE")
	}
	line, _, _ := strings.Cut(ts.ReadFile(args[0]), "\n")
	var v struct {
		ID string `json:"id"`
	}
	ts.Check(json.Unmarshal([]byte(line), &v))
	ts.Setenv("BATCH", v.ID)
}

// replace OLD NEW… FILE: corrects a sheet.
func replaceIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: replace OLD NEW... FILE")
	}
	file := args[len(args)-1]
	writeIn(ts, file, strings.NewReplacer(args[:len(args)-1]...).Replace(ts.ReadFile(file)))
}

func writeIn(ts *testscript.TestScript, name, text string) {
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
}
