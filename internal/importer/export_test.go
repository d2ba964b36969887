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
	s, err := im.read(ctx, newCounted(ctx, bytes.NewReader(data), int64(len(data))), "log", nil,
		journal.ImportOptions{Zone: domain.China(), Now: time.Date(2024, 6, 1, 12, 0, 0, 0, domain.China())})
	if err != nil {
		return nil
	}
	var out []journal.Record
	for {
		rec, err := s.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) && domain.KeyOf(err) != "import.truncated" {
				t.Fatal(err)
			}
			return out
		}
		out = append(out, rec)
	}
}

// CardsOf reads an address book that is in memory to its end. It fails the
// test where reading does.
func CardsOf(t testing.TB, data []byte) []journal.ContactCard {
	t.Helper()
	s, err := readContacts(newCounted(context.Background(), bytes.NewReader(data), int64(len(data))), nil)
	if err != nil {
		return nil
	}
	var out []journal.ContactCard
	for {
		card, err := s.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			return out
		}
		out = append(out, card)
	}
}
