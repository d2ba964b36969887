package importer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// looksLikeUTF8 judges a window of a file that declares nothing.
func looksLikeUTF8(window []byte) bool { return survey(window).isUTF8() }

// ReadAll reads a file that is in memory to its end with one format, and
// gives its records. It fails the test where one breaks a rule.
func ReadAll(t testing.TB, data []byte, f Format) []journal.Record {
	t.Helper()
	ctx := context.Background()
	im := New(Params{Formats: []Format{f}})
	s, err := im.read(ctx, newCounted(ctx, bytes.NewReader(data), int64(len(data))), "log", nil, nil,
		journal.ImportOptions{Zone: domain.China(), Now: time.Date(2024, 6, 1, 12, 0, 0, 0, domain.China())})
	if err != nil {
		return nil
	}
	var out []journal.Record
	for {
		rec, err := s.Next()
		if err != nil {
			switch domain.KeyOf(err) {
			case "import.truncated", "import.book_damaged", "import.book_old", "import.book_too_large":
			default:
				if !errors.Is(err, io.EOF) {
					t.Fatal(err)
				}
			}
			return out
		}
		out = append(out, rec)
	}
}

// BinaryFlag reads a key of a binary property list.
func BinaryFlag(data []byte, key string) bool { return binaryFlag(data, key) }
