package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

func made(t *testing.T, format string, rows int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, format, rows, seed); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The importers read every row of every format, and the log has what it is
// said to have.
func TestSamplesAreReadable(t *testing.T) {
	const rows = 5000
	for format, reader := range map[string]string{
		"sms_xml": "sms_backup_restore", "cmcc_csv": "generic_csv", "generic_csv": "generic_csv",
	} {
		t.Run(format, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log")
			if err := os.WriteFile(path, made(t, format, rows, 1), 0o600); err != nil {
				t.Fatal(err)
			}
			clock := testkit.NewClock()
			store := journaltest.NewStore("Owner", clock.Now())
			s := journal.New(journal.Params{
				People: store, Calls: store, Cards: store, Checker: &journaltest.Checker{}, Clock: clock,
				Importers: importer.New(importer.Params{Formats: importer.DefaultFormats()}),
			})
			report, err := s.Import(t.Context(), journal.ImportRequest{Path: path}, nil)
			if err != nil || report.Imported != rows || report.Rejected+report.Skipped != 0 {
				t.Fatalf("%+v, %v", report, err)
			}
			if format == "sms_xml" && report.Format != reader {
				t.Errorf("read as %s", report.Format)
			}
		})
	}
}

func TestSamplesDependOnTheSeedAlone(t *testing.T) {
	one, again, other := made(t, "sms_xml", 300, 7), made(t, "sms_xml", 300, 7), made(t, "sms_xml", 300, 8)
	if !bytes.Equal(one, again) || bytes.Equal(one, other) {
		t.Error("the same seed has to give the same log, and another one another")
	}
}

func TestSampleIsLikeALog(t *testing.T) {
	g := newGenerator(1, 20000)
	var hidden, named, night, minute, twice int
	var last call
	for range 20000 {
		c := g.next()
		hidden += count(c.number == "")
		named += count(c.name != "")
		night += count(c.at.Hour() >= 22 || c.at.Hour() < 6)
		near := c.number == last.number && c.at.Sub(last.at).Abs().Minutes() < 1
		minute += count(near && c != last)
		twice += count(c == last)
		last = c
	}
	for what, n := range map[string]int{"hidden": hidden, "named": named, "at night": night, "within a minute": minute, "twice": twice} {
		if n < 10 || n > 12000 {
			t.Errorf("%d calls are %s", n, what)
		}
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestSampleRefuses(t *testing.T) {
	for _, args := range [][]string{{"-format", "pdf"}, {"-rows", "-1"}, {"file"}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}
