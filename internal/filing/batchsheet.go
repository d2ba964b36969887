package filing

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// SheetField is something that a column of a sheet of complaints can hold.
type SheetField string

// The fields of a sheet (cli.md, complaints import).
const (
	SheetNumber           SheetField = "number"
	SheetCalledAt         SheetField = "called_at"
	SheetCategory         SheetField = "category"
	SheetDuration         SheetField = "duration"
	SheetDirection        SheetField = "direction"
	SheetTechnique        SheetField = "technique"
	SheetDescription      SheetField = "description"
	SheetRefusedAt        SheetField = "refused_at"
	SheetComplainantName  SheetField = "complainant_name"
	SheetComplainantPhone SheetField = "complainant_phone"
	SheetOnBehalfOf       SheetField = "on_behalf_of"
	SheetRelation         SheetField = "relation"
	SheetAuthority        SheetField = "authority"
	SheetProvince         SheetField = "province"
	// SheetNote is the volunteer's own; it stays in the sheet and is never filed.
	SheetNote SheetField = "note"
)

// SheetFields lists every field in the order of the contract. Its words are the
// message "sheet.FIELD", which in English is the field itself.
func SheetFields() []SheetField {
	return []SheetField{
		SheetNumber, SheetCalledAt, SheetCategory, SheetDuration, SheetDirection, SheetTechnique, SheetDescription,
		SheetRefusedAt, SheetComplainantName, SheetComplainantPhone, SheetOnBehalfOf, SheetRelation, SheetAuthority,
		SheetProvince, SheetNote,
	}
}

// Required says whether a sheet without a column for the field is refused.
func (f SheetField) Required() bool {
	return f == SheetNumber || f == SheetCalledAt || f == SheetCategory
}

// SheetMapping says which column of a sheet holds a field: by the title of the
// column in any spelling that differs in spaces, case and full-width signs only,
// or by its place, "3" or "#3" for the third. A field without a column, "", has
// none, whatever its title says; one that is not in the mapping is found by its
// title.
type SheetMapping map[SheetField]string

// maxSheetTitle is the longest title that a mapping names, in characters.
const maxSheetTitle = 200

// ReadSheetMapping reads pairs "FIELD=COLUMN" as a command line gives them. It
// fails with Invalid "import.mapping_pair" and "import.mapping_twice" (Args:
// Value).
func ReadSheetMapping(pairs []string) (SheetMapping, error) {
	const op = "filing.ReadSheetMapping"
	m := SheetMapping{}
	for _, pair := range pairs {
		name, column, ok := strings.Cut(pair, "=")
		field := SheetField(strings.ToLower(strings.TrimSpace(name)))
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

// judge fails with domain.Problems that point at /map/FIELD: Invalid
// "sheet.mapping_field" for what is no field, "import.mapping_title" for a title
// that cannot be one.
func (m SheetMapping) judge(op string) error {
	var wrong domain.Problems
	for _, f := range slices.Sorted(maps.Keys(m)) {
		switch title := m[f]; {
		case !slices.Contains(SheetFields(), f):
			wrong = append(wrong, domain.E(op, domain.Invalid, "sheet.mapping_field", domain.Args{
				"Value": domain.Clip(string(f), 40), "Known": joinFields(SheetFields()),
			}, nil).At("/map/"+domain.Clip(string(f), 40)))
		case !utf8.ValidString(title), utf8.RuneCountInString(title) > maxSheetTitle:
			wrong = append(wrong, domain.E(op, domain.Invalid, "import.mapping_title", domain.Args{"Most": maxSheetTitle}, nil).
				At("/map/"+string(f)))
		}
	}
	return wrong.Err()
}

func joinFields(list []SheetField) string {
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = string(f)
	}
	return strings.Join(parts, ", ")
}

// Certainty is how a column of a sheet came by its field.
type Certainty string

// The certainties, the surest first.
const (
	// CertaintyGiven: the user said so, just now.
	CertaintyGiven Certainty = "given"
	// CertaintyRemembered: the user said so of an earlier sheet with these titles.
	CertaintyRemembered Certainty = "remembered"
	// CertaintyNamed: the title is the field's own, in Chinese or in English.
	CertaintyNamed Certainty = "named"
	// CertaintyLikely: the title is one that people use for it; worth a look.
	CertaintyLikely Certainty = "likely"
)

// SheetColumn is a column of a sheet.
type SheetColumn struct {
	// Title is what stands above it, empty for none.
	Title string
	// Field is what it holds, empty where it is not read.
	Field SheetField
	// Certainty is empty where Field is.
	Certainty Certainty
}

// SheetHead is what is known of a sheet before its first row.
type SheetHead struct {
	// File is the name of the file without its folder, Sheet the name of the
	// sheet in a workbook, empty for a text file.
	File, Sheet string
	// Format is "csv", "xlsx" or "xls".
	Format string
	// Encoding is the character set of a text file, Delimiter what stands between
	// its cells; both are empty for a workbook. A file that begins with many rows
	// of ASCII is "UTF-8" until it shows otherwise.
	Encoding, Delimiter string
	// Line is where the titles stand, from 1.
	Line int
	// Columns are the columns in their order, but for those that the program itself
	// put behind them: why a row was not filed, or what became of it.
	Columns []SheetColumn
	// Missing are the required fields that no column holds.
	Missing []SheetField
	// Fingerprint stands for the titles, in all spellings that mean the same.
	Fingerprint string
}

// Titles are the titles of the columns.
func (h *SheetHead) Titles() []string {
	out := make([]string, len(h.Columns))
	for i, c := range h.Columns {
		out[i] = c.Title
	}
	return out
}

// SheetRow is one row of a sheet as it stands there.
type SheetRow struct {
	// Line is the line of a text file on which it begins, or the number of the row
	// of a workbook.
	Line int
	// Cells are its cells, at least as many as there are columns; cells that an
	// earlier list made harmless are as they were before.
	Cells []string
	// Damage is why the row cannot be cut into cells; its text is the first cell
	// then. Empty for a sound row.
	Damage Damage
}

// Damage is why a row cannot be cut into cells.
type Damage string

// The kinds of damage.
const (
	DamageQuotes  Damage = "quotes"   // a quotation mark is opened and never closed
	DamageTooLong Damage = "too_long" // it is longer than any complaint
)

// SheetOptions say how to read a sheet.
type SheetOptions struct {
	// Mapping is what the user said; nil for what is remembered and the titles.
	Mapping SheetMapping
	// Recall asks for the mapping that is remembered under a fingerprint, nil
	// where none is; the function may be nil.
	Recall func(ctx context.Context, fingerprint string) (SheetMapping, error)
}

// Sheets open sheets of complaints.
type Sheets interface {
	// OpenSheet looks at the beginning of a file and finds its titles. A sheet
	// that lacks required columns is no error (SheetHead.Missing). It fails with
	// the errors of a file that cannot be read ("import.file_missing" …), Invalid
	// "import.file_empty", Invalid "sheet.not_a_table" (Args: File) and Invalid
	// "import.mapping_column" (Args: Column).
	OpenSheet(ctx context.Context, path string, o SheetOptions) (SheetSource, error)
}

// SheetSource is an open sheet. It is for one goroutine, but for Progress.
type SheetSource interface {
	// Head is what is known of it.
	Head() SheetHead
	// Next gives the next row that holds something, io.EOF after the last. What
	// cuts the file off is an error after the whole rows.
	Next() (SheetRow, error)
	// Progress is how much of how much was read.
	Progress() (done, total int64)
	// Digest is the SHA-256 of the whole file in hexadecimal.
	Digest() (string, error)
	// Close closes the file.
	Close() error
}

// SheetMappingStore keeps how the user mapped the columns of sheets.
type SheetMappingStore interface {
	// SheetMapping gives what is kept under the fingerprint, nil for nothing.
	SheetMapping(ctx context.Context, fingerprint string) (SheetMapping, error)
	// SaveSheetMapping keeps a mapping in place of another; an empty one is
	// forgotten.
	SaveSheetMapping(ctx context.Context, fingerprint string, m SheetMapping, now time.Time) error
}

// Terms know the words of enumerations, in every language of the program.
type Terms interface {
	// Code gives the code for a word or for the code itself, in any case and
	// width: Code("category", "Loans"). kind is as in the messages "term.KIND.CODE".
	Code(kind, text string) (code string, ok bool)
}

// Provinces know the names of provinces.
type Provinces interface {
	// Province finds a province by any of its names.
	Province(name string) (domain.Province, bool)
}
