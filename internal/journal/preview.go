package journal

import (
	"context"
	"maps"
)

// Preview is what the beginning of a file looks like to an importer.
type Preview struct {
	// File is the name of the file without its folder.
	File string
	// Format is the name of the format that would read it; Encoding is its
	// character set, empty for a binary file.
	Format, Encoding string
	// Columns are the titles of a table, Rows its first rows, at most
	// PreviewRows; each text is one line of at most 200 characters. Both are
	// empty for a file that is no table whose columns can be mapped. A table
	// without titles has empty ones.
	Columns []string
	Rows    [][]string
	// Mapping is where the fields are, found by title, remembered or given, as
	// it would be given.
	Mapping Mapping
	// Missing are fields without which the table cannot be imported. Empty
	// where it can.
	Missing []MappingField
	// Remembered tells that a mapping was kept from an earlier import.
	Remembered bool
}

// PreviewRows is how many rows of a table a Preview holds at most.
const PreviewRows = 10

// PreviewRequest says what to look at.
type PreviewRequest struct {
	// Path is the file.
	Path string
	// Format is a name of Formats, empty or "auto" to find out by content.
	Format string
	// Mapping is where the user says the fields are; nil for nothing said.
	Mapping Mapping
}

// Preview looks at the beginning of a file, at most its first 64 kB, and writes
// nothing. Other than Import it also takes a table whose columns are unknown. It
// fails with what Importers.Preview fails with, and with domain.Problems that
// point at /map/FIELD.
func (s *Service) Preview(ctx context.Context, r PreviewRequest) (Preview, error) {
	if err := judgeMapping("journal.Preview", r.Mapping).Err(); err != nil {
		return Preview{}, err
	}
	return s.importers.Preview(ctx, r.Path, ImportOptions{
		Format: r.Format, Zone: s.zone, Now: s.clock.Now(), Mapping: maps.Clone(r.Mapping),
		Recall: s.recall(ImportRequest{Mapping: r.Mapping}),
	})
}
