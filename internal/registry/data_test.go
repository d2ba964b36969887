package registry_test

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quietline/assets"
	"quietline/internal/registry"
)

func load(tb testing.TB) *registry.Snapshot {
	tb.Helper()
	s, err := registry.Load(assets.Registry())
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// rowsOf reads a file of the shipped registry without the code under test.
func rowsOf(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := assets.Registry().Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestShippedDataLoads(t *testing.T) {
	s := load(t)
	rows := rowsOf(t, "registry-95-96.csv")
	if len(rows) != 1396 || s.Info().Entries != len(rows) {
		t.Fatalf("%d rows in the file, %d loaded, want 1396", len(rows), s.Info().Entries)
	}
	if s.Info().Version == "" || s.Info().Date == "" {
		t.Errorf("info %+v", s.Info())
	}
	i := 0
	for code, h := range s.All() {
		row := rows[i]
		if code != row[0] || h.Scope != row[1] || h.NameEN != row[3] || h.Category != row[4] ||
			h.Source != row[5] || h.Confidence != row[6] || !strings.HasPrefix(row[2], strings.TrimSuffix(h.NameZH, "）")) {
			t.Errorf("row %d: %v became %s %+v", i+2, row, code, h)
		}
		i++
	}
	if i != len(rows) {
		t.Errorf("All gave %d rows", i)
	}
}

func TestShippedRowsAreSound(t *testing.T) {
	// 1xx short codes, 95 and 96 codes, 400 and 800 numbers.
	shape := regexp.MustCompile(`^(1\d{2}|1\d{4,7}|999|95\d{3,6}|96\d{3,4}|[48]00\d{7})$`)
	s := load(t)
	seen := map[[3]string]int{}
	for i, row := range rowsOf(t, "registry-95-96.csv") {
		line := i + 2
		if !shape.MatchString(row[0]) {
			t.Errorf("line %d: %s has the shape of no service number", line, row[0])
		}
		key := [3]string{row[0], row[1], row[2]}
		if at, ok := seen[key]; ok {
			t.Errorf("line %d repeats line %d", line, at)
		}
		seen[key] = line
		provincial := strings.HasPrefix(row[0], "96") && row[0] != "96110"
		switch {
		case row[1] == registry.National && provincial, row[1] != registry.National && !provincial:
			t.Errorf("line %d: scope %q of %s", line, row[1], row[0])
		case row[1] != "" && row[1] != registry.National:
			if p, ok := s.Province(row[1]); !ok || p.NameZH != row[1] {
				t.Errorf("line %d: no province %s", line, row[1])
			}
		}
		if !slices.Contains(registry.Categories(), row[4]) {
			t.Errorf("line %d: category %s", line, row[4])
		}
		for _, field := range row {
			if field != strings.TrimSpace(field) {
				t.Errorf("line %d: blanks around %q", line, field)
			}
		}
		if got := s.Find(row[0]); len(got) == 0 {
			t.Errorf("line %d: %s is not found", line, row[0])
		}
	}
}

func TestShippedNotesBelongToRows(t *testing.T) {
	s := load(t)
	for i, row := range rowsOf(t, "registry-notes.csv") {
		found := false
		for _, h := range s.Find(row[0]) {
			if h.Scope == row[1] {
				found = true
				if h.Note != row[2] {
					t.Errorf("line %d: note of %s is %q", i+2, row[0], h.Note)
				}
			}
		}
		if !found {
			t.Errorf("line %d: nobody has %s in %s", i+2, row[0], row[1])
		}
	}
}

func TestShippedPlaces(t *testing.T) {
	s := load(t)
	if n := len(s.Provinces()); n != 31 {
		t.Errorf("%d provinces", n)
	}
	withCode := map[string]bool{}
	for i, row := range rowsOf(t, "area-codes.csv") {
		code, province, ok := s.AreaCode(row[0] + "23456789")
		if !ok || code != row[0] || province != row[2] || s.City(code) != row[1] {
			t.Errorf("line %d: %v gives %s %s %v", i+2, row, code, province, ok)
		}
		withCode[province] = true
	}
	for _, p := range s.Provinces() {
		if !withCode[p.NameZH] {
			t.Errorf("%s has no area code", p.NameZH)
		}
	}
	for i, row := range rowsOf(t, "mobile-segments.csv") {
		g, ok := s.Segment(row[0] + "12345678")
		if !ok || g.Prefix != row[0] || g.OperatorZH != row[1] || g.Kind != row[3] {
			t.Errorf("line %d: %v gives %+v", i+2, row, g)
		}
	}
}
