package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

// mappingBench reads real files and remembers mappings.
func mappingBench(t *testing.T) (*journal.Service, *journaltest.Store) {
	t.Helper()
	store := journaltest.NewStore("Owner", testkit.Epoch())
	return journal.New(journal.Params{
		People: store, Calls: store, Mappings: store, Checker: &journaltest.Checker{},
		Importers: importer.New(importer.Params{}), Clock: testkit.NewClock(),
	}), store
}

func foreignTable(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	ok(t, os.WriteFile(path, []byte(body), 0o600))
	return path
}

const foreignTitles = "Wann,Wer\n"

func TestReadMapping(t *testing.T) {
	got, err := journal.ReadMapping([]string{"number=对方号码", " Time = a=b ", "name="})
	ok(t, err)
	if d := cmp.Diff(journal.Mapping{"number": "对方号码", "time": "a=b", "name": ""}, got); d != "" {
		t.Error(d)
	}
	for pair, key := range map[string]string{
		"number": "import.mapping_pair", "=x": "import.mapping_pair", "": "import.mapping_pair", "number=a\x00number=b": "import.mapping_twice",
	} {
		_, err := journal.ReadMapping(strings.Split(pair, "\x00"))
		fails(t, err, domain.Invalid, key)
	}
}

func TestImportMapping(t *testing.T) {
	s, _ := mappingBench(t)
	first := foreignTable(t, "first.csv", foreignTitles+"2024-05-01 09:15:03,95588\n")
	later := foreignTable(t, "later.csv", foreignTitles+"2024-05-02 09:15:03,95588\nx,95588\n")
	mapping := journal.Mapping{"time": "Wann", "number": "#2"}

	_, err := s.Import(t.Context(), journal.ImportRequest{Path: later}, nil)
	fails(t, err, domain.Invalid, "import.format_unknown")
	got, err := s.Import(t.Context(), journal.ImportRequest{Path: first, Mapping: mapping, DryRun: true}, nil)
	ok(t, err)
	if got.Imported != 1 || got.MappingRemembered || !cmp.Equal(got.Mapping, mapping) {
		t.Errorf("dry run: %+v", got)
	}
	_, err = s.Import(t.Context(), journal.ImportRequest{Path: later}, nil)
	fails(t, err, domain.Invalid, "import.format_unknown") // a dry run remembers nothing
	got, err = s.Import(t.Context(), journal.ImportRequest{Path: first, Mapping: mapping}, nil)
	ok(t, err)
	identity(t, got)
	got, err = s.Import(t.Context(), journal.ImportRequest{Path: later}, nil)
	ok(t, err)
	identity(t, got)
	if got.Imported != 1 || got.Rejected != 1 || !got.MappingRemembered || !cmp.Equal(got.Mapping, mapping) {
		t.Errorf("the next table: %+v", got)
	}
	// What is said now counts more, and is remembered in its place.
	other := journal.Mapping{"time": "#1", "number": "Wer", "name": ""}
	_, err = s.Import(t.Context(), journal.ImportRequest{Path: later, Mapping: other}, nil)
	ok(t, err)
	p, err := s.Preview(t.Context(), journal.PreviewRequest{Path: later})
	ok(t, err)
	if !p.Remembered || len(p.Missing) > 0 {
		t.Errorf("preview: %+v", p)
	}
	got, err = s.Import(t.Context(), journal.ImportRequest{Path: later}, nil)
	ok(t, err)
	if !cmp.Equal(got.Mapping, other) || got.Duplicates != 1 {
		t.Errorf("remembered: %+v", got)
	}
	// A dry run forgets nothing either.
	for _, step := range []struct {
		forget, dry bool
		key         string
	}{{true, true, "import.format_unknown"}, {false, false, ""}, {true, false, "import.format_unknown"}, {false, false, "import.format_unknown"}} {
		_, err = s.Import(t.Context(), journal.ImportRequest{Path: later, ForgetMapping: step.forget, DryRun: step.dry}, nil)
		if domain.KeyOf(err) != step.key {
			t.Errorf("%+v: %v", step, err)
		}
	}
}

// TestImportMappingOfNothing: a mapping by which no call was read is not worth
// remembering.
func TestImportMappingOfNothing(t *testing.T) {
	s, _ := mappingBench(t)
	path := foreignTable(t, "f.csv", "Wann,Wer,Was\nx,95588,2024-05-01 09:15:03\n")
	got, err := s.Import(t.Context(), journal.ImportRequest{Path: path, Mapping: journal.Mapping{"time": "Wann", "number": "Wer"}}, nil)
	ok(t, err)
	if got.Rejected != 1 {
		t.Errorf("%+v", got)
	}
	_, err = s.Import(t.Context(), journal.ImportRequest{Path: path}, nil)
	fails(t, err, domain.Invalid, "import.format_unknown")
}

func TestImportMappingRefused(t *testing.T) {
	s, store := mappingBench(t)
	path := foreignTable(t, "f.csv", foreignTitles+"2024-05-01 09:15:03,95588\n")
	bad := journal.Mapping{"who": "Wer", "time": strings.Repeat("x", 201), "number": "\xff"}
	want := map[string]string{"/map/who": "import.mapping_field", "/map/time": "import.mapping_title", "/map/number": "import.mapping_title"}
	_, err := s.Import(t.Context(), journal.ImportRequest{Path: path, Mapping: bad}, nil)
	if d := cmp.Diff(want, pointers(err)); d != "" {
		t.Error(d)
	}
	_, err = s.Preview(t.Context(), journal.PreviewRequest{Path: path, Mapping: bad})
	if d := cmp.Diff(want, pointers(err)); d != "" {
		t.Error(d)
	}
	full := domain.E("store.SaveMapping", domain.Unavailable, "store.full", nil, nil)
	store.Fail = func(method string) error {
		if method == "SaveMapping" {
			return full
		}
		return nil
	}
	got, err := s.Import(t.Context(), journal.ImportRequest{Path: path, Mapping: journal.Mapping{"time": "Wann", "number": "Wer"}}, nil)
	if !errors.Is(err, full) || got.Imported != 1 {
		t.Errorf("%+v, %v; the calls are there, and it is said that the mapping is not", got, err)
	}
}
