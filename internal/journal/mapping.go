package journal

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// MappingField is something that a column of a table can hold.
type MappingField string

// The fields of a mapping.
const (
	MapTime      MappingField = "time"       // date and time, or the time beside a date
	MapDate      MappingField = "date"       // the date alone
	MapNumber    MappingField = "number"     // the other party
	MapOwnNumber MappingField = "own_number" // the phone itself
	MapCaller    MappingField = "caller"     // who called whom: together with callee,
	MapCallee    MappingField = "callee"     // in place of number
	MapDirection MappingField = "direction"
	MapDuration  MappingField = "duration"
	MapRing      MappingField = "ring"
	MapName      MappingField = "name"
)

// MappingFields lists every field.
func MappingFields() []MappingField {
	return []MappingField{
		MapTime, MapDate, MapNumber, MapOwnNumber, MapCaller, MapCallee, MapDirection, MapDuration, MapRing, MapName,
	}
}

// Mapping says which column of a table holds a field: by the title of the
// column in any spelling that differs in spaces, case and full-width signs
// only, or by its place, "3" or "#3" for the third. A field without a column,
// "", has none, whatever its title says; one that is not in the mapping is
// found by its title.
type Mapping map[MappingField]string

// maxColumnTitle is the longest title that a mapping names, in characters.
const maxColumnTitle = 200

// MappingStore keeps how the user mapped the columns of tables, so that the
// next table with the same titles is read the same way.
type MappingStore interface {
	// FindMapping gives the mapping that is kept under one of the fingerprints,
	// the first that has one, and which that is; "" where none has.
	FindMapping(ctx context.Context, fingerprints []string) (fingerprint string, m Mapping, err error)
	// SaveMapping keeps a mapping under a fingerprint, in place of another.
	SaveMapping(ctx context.Context, fingerprint string, m Mapping, now time.Time) error
	// ForgetMappings removes what is kept under the fingerprints, if anything.
	ForgetMappings(ctx context.Context, fingerprints []string) error
}

// UsedMapping is the mapping by which a table is read.
type UsedMapping struct {
	Mapping Mapping
	// Fingerprint stands for the titles of the table; empty where it has none.
	Fingerprint string
	// Remembered tells that the mapping was kept from an earlier import.
	Remembered bool
}

// MappedSource is an ImportSource that may be read by a mapping.
type MappedSource interface {
	// Mapped gives the mapping; ok is false where the titles alone decided.
	Mapped() (m UsedMapping, ok bool)
}

// judgeMapping fails with domain.Problems that point at /map/FIELD: Invalid
// "import.mapping_field" for what is no field, "import.mapping_title" for a
// title that cannot be one.
func judgeMapping(op string, m Mapping) domain.Problems {
	wrong := fields{op: op}
	for _, f := range slices.Sorted(maps.Keys(m)) {
		switch title := m[f]; {
		case !slices.Contains(MappingFields(), f):
			wrong.value("/map/"+domain.Clip(string(f), 40), "import.mapping_field", string(f))
		case !utf8.ValidString(title), utf8.RuneCountInString(title) > maxColumnTitle:
			wrong.add("/map/"+string(f), "import.mapping_title", domain.Args{"Most": maxColumnTitle})
		}
	}
	return wrong.problems
}

// ReadMapping reads pairs "FIELD=COLUMN" as a command line gives them. It fails
// with Invalid "import.mapping_pair" (Args: Value) for what is no such pair,
// with "import.mapping_twice" (Args: Value) for a field that is given twice.
func ReadMapping(pairs []string) (Mapping, error) {
	const op = "journal.ReadMapping"
	m := Mapping{}
	for _, pair := range pairs {
		name, column, ok := strings.Cut(pair, "=")
		field := MappingField(strings.ToLower(strings.TrimSpace(name)))
		if !ok || field == "" {
			return nil, domain.E(op, domain.Invalid, "import.mapping_pair", domain.Args{"Value": domain.Clip(pair, 40)}, nil)
		}
		if _, twice := m[field]; twice {
			return nil, domain.E(op, domain.Invalid, "import.mapping_twice", domain.Args{"Value": domain.Clip(string(field), 40)}, nil)
		}
		m[field] = strings.TrimSpace(column)
	}
	return m, nil
}

// recall is how an import asks for what is remembered: nil where nothing is or
// the user gave a mapping. Where it is to be forgotten, it forgets.
func (s *Service) recall(r ImportRequest) func(context.Context, []string) (string, Mapping, error) {
	if s.mappings == nil || len(r.Mapping) > 0 || r.ForgetMapping && r.DryRun {
		return nil
	}
	if r.ForgetMapping {
		return func(ctx context.Context, fingerprints []string) (string, Mapping, error) {
			return "", nil, s.mappings.ForgetMappings(ctx, fingerprints)
		}
	}
	return s.mappings.FindMapping
}

// keepMapping remembers the mapping that the user gave, once calls were read
// by it.
func (s *Service) keepMapping(ctx context.Context, r ImportRequest, report *ImportReport, source ImportSource) error {
	mapped, ok := source.(MappedSource)
	if !ok {
		return nil
	}
	used, ok := mapped.Mapped()
	if !ok {
		return nil
	}
	report.Mapping, report.MappingRemembered = used.Mapping, used.Remembered
	if s.mappings == nil || r.DryRun || used.Remembered || used.Fingerprint == "" || report.Imported+report.Duplicates == 0 {
		return nil
	}
	return s.mappings.SaveMapping(ctx, used.Fingerprint, used.Mapping, s.clock.Now())
}
