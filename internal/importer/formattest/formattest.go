// Package formattest holds what every format of package importer must keep:
// the records of its fixtures in every character set, what happens to a file
// that was cut off anywhere, and that no bytes at all make it fall over.
package formattest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
)

// Case is one fixture.
type Case struct {
	// Name is the file in testdata of the test's package.
	Name string
	// Encoding is the character set that the file is in.
	Encoding string
	// Want are the records of the file. Their Text is not compared.
	Want []journal.Record
	// Year and Mapping are the ImportOptions to read it with.
	Year    int
	Mapping journal.Mapping
}

// Suite is what a format is tested with.
type Suite struct {
	// Format is the format under test.
	Format importer.Format
	// Cases are its fixtures, each some kilobytes at most: every prefix is read.
	Cases []Case
	// Binary tells that the format is no text and comes in one encoding only.
	Binary bool
}

// Now is the moment at which the suite imports: 2024-06-01 12:00 in China.
func Now() time.Time { return time.Date(2024, 6, 1, 12, 0, 0, 0, domain.China()) }

// Run runs the suite.
func Run(t *testing.T, s Suite) {
	for _, c := range s.Cases {
		t.Run(c.Name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", c.Name))
			if err != nil {
				t.Fatal(err)
			}
			t.Run("records", func(t *testing.T) { testRecords(t, s, c, data) })
			t.Run("cut", func(t *testing.T) { testCut(t, s, c, data) })
			t.Run("noise", func(t *testing.T) { testNoise(t, s, c, data) })
			if !s.Binary {
				t.Run("charsets", func(t *testing.T) { testCharsets(t, s, c, data) })
			}
		})
	}
}

// Result is what reading a file gave.
type Result struct {
	Format, Encoding string
	Records          []journal.Record
	// Err is what ended it, nil for the end of the file.
	Err error
}

// Read writes the data into a file and reads it with the formats.
func Read(t testing.TB, data []byte, o journal.ImportOptions, formats ...importer.Format) Result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log")
	return readAt(t, path, data, o, formats...)
}

func readAt(t testing.TB, path string, data []byte, o journal.ImportOptions, formats ...importer.Format) Result {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if o.Now.IsZero() {
		o.Now = Now()
	}
	src, err := importer.New(importer.Params{Formats: formats}).Open(context.Background(), path, o)
	if err != nil {
		return Result{Err: err}
	}
	defer func() {
		if err := src.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}()
	r := Result{Format: src.Format()}
	for {
		rec, err := src.Next()
		if err != nil {
			if _, again := src.Next(); !errors.Is(again, err) {
				t.Errorf("Next after its end gives %v, then %v", err, again)
			}
			if !errors.Is(err, io.EOF) {
				r.Err = err
			}
			r.Encoding = src.Encoding()
			return r
		}
		CheckRecord(t, rec)
		r.Records = append(r.Records, rec)
	}
}

// CheckRecord checks what holds for every record of every format.
func CheckRecord(t testing.TB, rec journal.Record) {
	t.Helper()
	if rec.Line < 1 {
		t.Errorf("line %d", rec.Line)
	}
	if rec.Skip != "" && rec.Reject != "" {
		t.Errorf("both skipped (%s) and rejected (%s)", rec.Skip, rec.Reject)
	}
	if (rec.Reject != "" || rec.Note != "") && rec.Text == "" {
		t.Error("a reject or note without its text")
	}
	for _, s := range []string{rec.Text, rec.Number, rec.OwnNumber, rec.Name} {
		if !utf8.ValidString(s) {
			t.Errorf("%q is not UTF-8", s)
		}
	}
	if utf8.RuneCountInString(rec.Text) > 200 {
		t.Errorf("text of %d characters", utf8.RuneCountInString(rec.Text))
	}
	if rec.Skip != "" || rec.Reject != "" {
		return
	}
	if rec.StartedAt.IsZero() || rec.Direction == "" {
		t.Errorf("a call without time or direction: %+v", rec)
	}
	if rec.Duration != nil && *rec.Duration < 0 || rec.Ring != nil && *rec.Ring < 0 {
		t.Errorf("a negative duration: %+v", rec)
	}
}

func (s Suite) options(c Case) journal.ImportOptions {
	return journal.ImportOptions{Year: c.Year, Mapping: c.Mapping, Zone: domain.China(), Now: Now()}
}

func testRecords(t *testing.T, s Suite, c Case, data []byte) {
	got := Read(t, data, s.options(c), s.Format)
	if got.Err != nil {
		t.Fatal(got.Err)
	}
	if got.Format != s.Format.Name() || got.Encoding != c.Encoding {
		t.Errorf("read as %s in %s, want %s in %s", got.Format, got.Encoding, s.Format.Name(), c.Encoding)
	}
	if d := Diff(c.Want, got.Records); d != "" {
		t.Error(d)
	}
}

// Diff compares records but for their Text; empty means equal.
func Diff(want, got []journal.Record) string {
	without := cmp.Transformer("withoutText", func(r journal.Record) record {
		r.Text = ""
		return record(r)
	})
	return cmp.Diff(want, got, without, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }))
}

// record is a Record that Diff has seen.
type record journal.Record

// testCut reads the file cut off after every byte: the records are the first
// ones of the whole file, never others; it ends in one of the few ways that a
// cut can be told by.
func testCut(t *testing.T, s Suite, c Case, data []byte) {
	whole := Read(t, data, s.options(c), s.Format).Records
	path := filepath.Join(t.TempDir(), "cut")
	said, step := 0, 1
	if s.Binary {
		step = 61 // a prime: the cuts fall on every part of a page
	}
	for n := 0; n < len(data); n += step {
		got := readAt(t, path, data[:n], s.options(c), s.Format)
		switch domain.KeyOf(got.Err) {
		case "import.truncated":
			said++
		case "", "import.file_empty", "import.format_unknown":
		case "import.mapping_column", "import.mapping_incomplete", "import.mapping_no_table":
			if len(c.Mapping) == 0 {
				t.Fatalf("cut after %d bytes: %v", n, got.Err)
			}
		default:
			t.Fatalf("cut after %d bytes: %v", n, got.Err)
		}
		if len(got.Records) > len(whole) {
			t.Fatalf("cut after %d bytes: %d records, the whole has %d", n, len(got.Records), len(whole))
		}
		if d := Diff(whole[:len(got.Records)], got.Records); d != "" {
			t.Fatalf("cut after %d bytes:\n%s", n, d)
		}
	}
	if said == 0 {
		t.Error("no cut was noticed")
	}
}

// testNoise changes the file in many ways and reads it: nothing may panic,
// hang or break the rules for records. What comes out does not matter.
func testNoise(t *testing.T, s Suite, c Case, data []byte) {
	path := filepath.Join(t.TempDir(), "noise")
	// A linear congruential generator (the constants of Knuth's MMIX) keeps
	// the runs equal.
	state := uint64(len(data))
	random := func(n int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state>>33) % n
	}
	for range 150 {
		noisy := bytes.Clone(data)
		for range 1 + random(8) {
			at := random(len(noisy))
			switch random(4) {
			case 0:
				noisy[at] = byte(random(256))
			case 1:
				noisy = append(noisy[:at], noisy[min(len(noisy), at+1+random(40)):]...)
			case 2:
				noisy = append(noisy, noisy[at:]...)
			case 3:
				noisy[at] = "\"'<>,;&\n\r\x00\xff"[random(11)]
			}
			if len(noisy) == 0 {
				break
			}
		}
		readAt(t, path, noisy, s.options(c), s.Format)
	}
	for n := range 32 {
		junk := make([]byte, n*n)
		for i := range junk {
			junk[i] = byte(random(256))
		}
		readAt(t, path, junk, s.options(c), s.Format)
	}
}
