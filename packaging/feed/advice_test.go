package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/assets"
	"quietline/internal/feed"
)

// adviceTable writes the shipped table with rows behind it, and gives its path.
func adviceTable(t *testing.T, rows string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "knowledge.csv")
	if err := os.WriteFile(path, append(assets.Advice(), rows...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAdviceIsPublishedWithTheList(t *testing.T) {
	codes, notes := shippedTables(t, strings.NewReplacer())
	out := filepath.Join(t.TempDir(), "feed")
	d := newDesk(testPassword + "\n")
	args := []string{
		"build", "-codes", codes, "-notes", notes, "-version", "2026.12.1", "-date", "2026-12-01", "-key", testKey, "-out", out,
	}
	if err := d.run(append(args, "-advice", adviceTable(t, "x,scam,title,,甲,A,single,list\n"))); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.stdout.String(), "+ advice x: 甲\n") {
		t.Errorf("said %q", d.stdout.String())
	}
	got, err := feed.New(feed.Params{}).Open(t.Context(), filepath.Join(out, "registry.json"), testPublic)
	if err != nil || !bytes.HasPrefix(got.Advice, assets.Advice()) || bytes.Equal(got.Advice, assets.Advice()) {
		t.Errorf("%d bytes, %v", len(got.Advice), err)
	}
	// Without a table, and with an empty flag as make gives it, it is a list alone.
	d = newDesk(testPassword + "\n")
	out = filepath.Join(t.TempDir(), "feed")
	args[len(args)-1] = out
	if err := d.run(append(args, "-advice", "")); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(out); err != nil || len(files) != 4 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestSpoiltAdviceIsNotSigned(t *testing.T) {
	codes, notes := shippedTables(t, strings.NewReplacer())
	for want, path := range map[string]string{
		"advice.malformed": adviceTable(t, "x,scam,title,,甲,A,sure,list\n"),
		"none.csv":         filepath.Join(t.TempDir(), "none.csv"),
	} {
		out := filepath.Join(t.TempDir(), "feed")
		err := newDesk(testPassword + "\n").run([]string{
			"build", "-codes", codes, "-notes", notes, "-advice", path, "-version", "2026.12.1", "-date", "2026-12-01",
			"-key", testKey, "-out", out,
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if _, err := os.Stat(out); err == nil {
			t.Error("something was written")
		}
	}
}
