package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/numbers"
	"quietline/internal/registry"
	"quietline/internal/store"
	"quietline/internal/testkit"
)

// addressBook is a Service on a real store, reader and checker.
func addressBook(t *testing.T) *journal.Service {
	t.Helper()
	db, err := store.Open(t.Context(), store.Params{
		Path: filepath.Join(t.TempDir(), "quietline.db"), Clock: testkit.NewClock(), SelfName: domain.SelfName,
	})
	ok(t, err)
	t.Cleanup(func() { db.Close() })
	snap, err := registry.Load(assets.Registry())
	ok(t, err)
	files := importer.New(importer.Params{})
	s := journal.New(journal.Params{
		People: db, Calls: db, Cards: db, Checker: numbers.New(numbers.Params{Registry: snap}), Importers: files,
		Contacts: db, ContactFiles: files, Clock: testkit.NewClock(),
	})
	_, err = s.AddPerson(t.Context(), journal.PersonInput{Name: "妈妈", Relation: domain.RelationChild, Province: "江苏"})
	ok(t, err)
	return s
}

func vcf(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contacts.vcf")
	ok(t, os.WriteFile(path, []byte(strings.Join(lines, "\r\n")), 0o600))
	return path
}

func vcard(name string, numbers ...string) string {
	text := "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name
	for _, n := range numbers {
		text += "\r\nTEL:" + n
	}
	return text + "\r\nEND:VCARD"
}

func TestImportContacts(t *testing.T) {
	s := addressBook(t)
	book := vcf(t,
		vcard("One", "+86 138-0000-0001", "010-66200000"), // 1–6
		vcard("Same", "13800000001"),                      // 7–11
		vcard("None"),                                     // 12–15
		vcard("Odd", "n/a", "13800000002"),                // 16–21
		vcard("Bad", "n/a", "-"),                          // 22–27
		vcard("", "95588"),
		"BEGIN:VCARD", "FN:Open")
	want := journal.ContactReport{
		File: "contacts.vcf", Encoding: "UTF-8", Cards: 7, Imported: 3, Numbers: 4, Duplicates: 1, Skipped: 1, Rejected: 2,
		Rejects: []journal.RowRemark{{Line: 22, Reason: "number", Text: "Bad n/a -"}, {Line: 33, Reason: "open", Text: "Open"}},
		Notes:   []journal.RowRemark{{Line: 16, Reason: "number", Text: "n/a"}},
	}
	// A dry run says the same as the import after it, as often as one likes.
	for _, dry := range []bool{true, true, false} {
		got, err := s.ImportContacts(t.Context(), journal.ContactImport{Path: book, DryRun: dry}, nil)
		ok(t, err)
		want.DryRun = dry
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("dry %v (-want +got)\n%s", dry, d)
		}
	}
	again, err := s.ImportContacts(t.Context(), journal.ContactImport{Path: book}, nil)
	ok(t, err)
	if again.Imported != 0 || again.Numbers != 0 || again.Duplicates != 4 || again.Cards != 7 {
		t.Fatalf("second import: %+v", again)
	}
	list, err := s.Contacts(t.Context(), "")
	ok(t, err)
	var lines []string
	for _, c := range list {
		lines = append(lines, c.Name+" "+c.Number+" "+c.Source+" "+string(c.Mark))
	}
	if d := cmp.Diff([]string{
		"95588 95588 vcard known", "Odd 13800000002 vcard known", "One 01066200000 vcard known", "One 13800000001 vcard known",
	}, lines); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// More cards than fit into one transaction, each twice: a dry run counts them
// like the import, although it takes every batch back.
func TestImportContactsInBatches(t *testing.T) {
	s := addressBook(t)
	const n = 1300
	var cards []string
	for range 2 {
		for i := range n {
			cards = append(cards, vcard(fmt.Sprint("Name ", i), fmt.Sprintf("1380000%04d", i)))
		}
	}
	book := vcf(t, cards...)
	for _, dry := range []bool{true, false} {
		got, err := s.ImportContacts(t.Context(), journal.ContactImport{Path: book, DryRun: dry, Person: "妈妈"}, nil)
		ok(t, err)
		if got.Imported != n || got.Duplicates != n || got.Cards != 2*n || got.Person != "妈妈" {
			t.Fatalf("dry %v: %+v", dry, got)
		}
	}
}

func TestImportContactsRefusals(t *testing.T) {
	s := addressBook(t)
	_, err := s.ImportContacts(t.Context(), journal.ContactImport{Path: vcf(t, vcard("One", "95588")), Person: "nobody"}, nil)
	fails(t, err, domain.NotFound, "person.not_found")
	_, err = s.ImportContacts(t.Context(), journal.ContactImport{Path: vcf(t, "x,BEGIN:VCARD,y")}, nil)
	fails(t, err, domain.Invalid, "contacts.no_cards")
}

func TestMarkNumbers(t *testing.T) {
	s := addressBook(t)
	ctx := t.Context()
	mother, err := s.PersonByName(ctx, "妈妈")
	ok(t, err)
	known := func(id domain.PersonID, number, want string) {
		t.Helper()
		name, is, err := s.Known(ctx, id, number)
		ok(t, err)
		many, err := s.KnownNumbers(ctx, id, []string{number})
		ok(t, err)
		if name != want || is != (want != "") || many[number] != want {
			t.Errorf("%s to %d: %q, %v, want %q", number, id, name, is, want)
		}
	}
	_, err = s.AddContact(ctx, journal.ContactInput{Number: "+86 138 0000 0001", Name: " 张医生 "})
	ok(t, err)
	known(domain.SelfID, "13800000001", "张医生")
	known(mother.ID, "13800000001", "张医生")
	_, err = s.AddContact(ctx, journal.ContactInput{Number: "13800000001", Person: "妈妈", Mark: domain.ContactUnwanted})
	ok(t, err)
	known(domain.SelfID, "13800000001", "张医生")
	known(mother.ID, "13800000001", "")
	number, err := s.RemoveContact(ctx, "138-0000-0001", "妈妈")
	ok(t, err)
	if number != "13800000001" {
		t.Error(number)
	}
	known(mother.ID, "13800000001", "张医生")
	_, err = s.RemoveContact(ctx, "138-0000-0001", "妈妈")
	fails(t, err, domain.NotFound, "contact.not_found")

	_, err = s.AddContact(ctx, journal.ContactInput{Number: "n/a", Mark: "friend", Name: "a\nb"})
	if d := cmp.Diff(map[string]string{
		"/number": "contact.number_invalid", "/name": "person.name_characters", "/mark": "contact.mark_unknown",
	}, pointers(err)); d != "" {
		t.Error(d)
	}
	_, err = s.AddContact(ctx, journal.ContactInput{Number: " "})
	if d := cmp.Diff(map[string]string{"/number": "contact.number_empty", "/name": "contact.name_empty"}, pointers(err)); d != "" {
		t.Error(d)
	}
	_, err = s.AddContact(ctx, journal.ContactInput{Number: "13800000009", Name: "x", Person: "nobody"})
	fails(t, err, domain.NotFound, "person.not_found")
}

// Several contacts go and come back as they were; what was said meanwhile stays.
func TestRemovedContactsComeBack(t *testing.T) {
	s := addressBook(t)
	ctx := t.Context()
	_, err := s.ImportContacts(ctx, journal.ContactImport{Path: vcf(t, vcard("One", "13800000001"), vcard("Two", "13800000002")), Person: "妈妈"}, nil)
	ok(t, err)
	before, err := s.Contacts(ctx, "")
	ok(t, err)
	n, err := s.RemoveContacts(ctx, before)
	ok(t, err)
	again, err := s.RemoveContacts(ctx, before)
	ok(t, err)
	if n != 2 || again != 0 {
		t.Errorf("%d, then %d removed", n, again)
	}
	said, err := s.AddContact(ctx, journal.ContactInput{Number: "13800000002", Name: "Two again", Person: "妈妈"})
	ok(t, err)
	ok(t, s.RestoreContacts(ctx, before))
	after, err := s.Contacts(ctx, "")
	ok(t, err)
	want := []domain.Contact{before[0], said}
	if d := cmp.Diff(want, after, cmpopts.EquateApproxTime(0)); d != "" {
		t.Error(d)
	}
	c, is, err := s.ContactOf(ctx, before[0].PersonID, "13800000001")
	ok(t, err)
	if d := cmp.Diff(before[0], c); !is || d != "" {
		t.Error(is, d)
	}
}
