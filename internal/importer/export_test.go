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
	return readMemory(t, data, nil, f)
}

// ReadMapped is like ReadAll for a table that is read by a mapping, and looks
// at its beginning, too.
func ReadMapped(t testing.TB, data []byte, m journal.Mapping) []journal.Record {
	t.Helper()
	f := GenericCSV().(genericCSV)
	if sample, err := takeSample(newCounted(context.Background(), bytes.NewReader(data), 0)); err == nil && !sample.Binary {
		for _, o := range []journal.ImportOptions{{}, {Mapping: m}} {
			p := journal.Preview{}
			if found, err := f.preview(context.Background(), &p, sample.Text, o, nil); found && (err != nil || len(p.Columns) < 2) {
				t.Fatalf("%+v, %v", p, err)
			}
		}
	}
	return readMemory(t, data, m, f)
}

func readMemory(t testing.TB, data []byte, m journal.Mapping, f Format) []journal.Record {
	t.Helper()
	ctx := context.Background()
	im := New(Params{Formats: []Format{f}})
	s, err := im.read(ctx, newCounted(ctx, bytes.NewReader(data), int64(len(data))), "log", nil, nil,
		journal.ImportOptions{Zone: domain.China(), Now: time.Date(2024, 6, 1, 12, 0, 0, 0, domain.China()), Mapping: m})
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

// PlainAndDecoded reads a tag both ways: by the short one for plain tags, where
// it takes the tag, and by the decoder of the standard library.
func PlainAndDecoded(tag []byte) (plain, decoded journal.Record, taken bool) {
	rows, _ := smsBackup{}.Read(context.Background(), Input{Text: bytes.NewReader(nil), Options: journal.ImportOptions{Zone: domain.China()}})
	r, _ := rows.(*smsBackupRows)
	attrs, taken := r.plainAttributes(tag)
	if !taken {
		return plain, decoded, false
	}
	r.fill(&plain, attrs)
	attrs, err := r.attributes(tag)
	if err != nil {
		decoded.Reject = rejectDamaged
		return plain, decoded, true
	}
	r.fill(&decoded, attrs)
	return plain, decoded, true
}

// BinaryFlag reads a key of a binary property list.
func BinaryFlag(data []byte, key string) bool { return binaryFlag(data, key) }
