package contacts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// book keeps contacts in memory as the use cases do.
type book struct {
	people   []domain.Person
	contacts []domain.Contact
	err      error // fails every method
	imports  []journal.ContactImport
	report   journal.ContactReport
	during   func(context.Context, *progress.Counter) error // while a file is read
}

func newBook() *book {
	at := testkit.Epoch().AddDate(0, 0, -3)
	contact := func(person domain.PersonID, number, name string, mark domain.ContactMark, source string) domain.Contact {
		c := domain.Contact{PersonID: person, Number: number, Name: name, Mark: mark, Source: source, CreatedAt: at}
		if person != 0 {
			c.Person = uitest.People()[person-1].Name
		}
		return c
	}
	return &book{people: uitest.People(), contacts: []domain.Contact{
		contact(0, "13800000001", "王医生", domain.ContactKnown, domain.ContactFromVCard),
		contact(2, "13800000002", "李阿姨", domain.ContactKnown, domain.ContactFromVCard),
		contact(1, "02112345678", "Anne Smith, accounting and payroll office", domain.ContactKnown, domain.ContactFromUser),
		contact(2, "95013000", "", domain.ContactUnwanted, domain.ContactFromUser),
		contact(0, "8615800000000000", "物业", domain.ContactKnown, domain.ContactFromVCard),
	}}
}

// many is a book of n contacts.
func many(n int) *book {
	b := newBook()
	b.contacts = nil
	for i := range n {
		b.contacts = append(b.contacts, domain.Contact{
			Number: fmt.Sprintf("138%08d", i), Name: fmt.Sprintf("联系人 %d", i), Mark: domain.ContactKnown, Source: domain.ContactFromVCard,
		})
	}
	return b
}

func (b *book) find(person domain.PersonID, number string) int {
	return slices.IndexFunc(b.contacts, func(c domain.Contact) bool { return c.PersonID == person && c.Number == number })
}

func (b *book) People(context.Context) ([]domain.Person, error) { return b.people, b.err }

func (b *book) Contacts(context.Context, string) ([]domain.Contact, error) {
	return slices.Clone(b.contacts), b.err
}

func (b *book) ContactOf(_ context.Context, person domain.PersonID, number string) (domain.Contact, bool, error) {
	for _, id := range []domain.PersonID{person, 0} {
		if i := b.find(id, number); i >= 0 {
			return b.contacts[i], true, b.err
		}
	}
	return domain.Contact{}, false, b.err
}

func (b *book) AddContact(_ context.Context, in journal.ContactInput) (domain.Contact, error) {
	c := domain.Contact{Name: strings.TrimSpace(in.Name), Mark: in.Mark, Source: domain.ContactFromUser, CreatedAt: testkit.Epoch()}
	c.Number = strings.NewReplacer(" ", "", "-", "").Replace(in.Number)
	for _, p := range b.people {
		if p.Name == in.Person {
			c.PersonID, c.Person = p.ID, p.Name
		}
	}
	var wrong domain.Problems
	if strings.Trim(c.Number, "0123456789") != "" {
		wrong = append(wrong, domain.E("book", domain.Invalid, "contact.number_invalid", domain.Args{"Value": in.Number}, nil).At("/number"))
	}
	if c.Number == "" {
		wrong = append(wrong, domain.E("book", domain.Invalid, "contact.number_empty", nil, nil).At("/number"))
	}
	if c.Name == "" && c.Mark == domain.ContactKnown {
		wrong = append(wrong, domain.E("book", domain.Invalid, "contact.name_empty", nil, nil).At("/name"))
	}
	if err := cmp.Or(b.err, wrong.Err()); err != nil {
		return domain.Contact{}, err
	}
	if i := b.find(c.PersonID, c.Number); i >= 0 {
		b.contacts[i] = c
	} else {
		b.contacts = append(b.contacts, c)
	}
	return c, nil
}

func (b *book) RemoveContacts(_ context.Context, list []domain.Contact) (n int, err error) {
	for _, c := range list {
		if i := b.find(c.PersonID, c.Number); i >= 0 && b.err == nil {
			b.contacts = slices.Delete(b.contacts, i, i+1)
			n++
		}
	}
	return n, b.err
}

func (b *book) RestoreContacts(_ context.Context, list []domain.Contact) error {
	if b.err == nil {
		b.contacts = append(b.contacts, list...)
	}
	return b.err
}

func (b *book) ImportContacts(ctx context.Context, r journal.ContactImport, c *progress.Counter) (journal.ContactReport, error) {
	b.imports = append(b.imports, r)
	report := b.report
	report.File, report.Person = r.Path[strings.LastIndex(r.Path, "/")+1:], r.Person
	if b.during != nil {
		return report, b.during(ctx, c)
	}
	return report, b.err
}

// names are the contacts that the book holds.
func (b *book) names() string {
	var out []string
	for _, c := range b.contacts {
		out = append(out, fmt.Sprintf("%d:%s:%s:%s", c.PersonID, c.Number, c.Name, c.Mark))
	}
	return strings.Join(out, " ")
}

// stage is the list as a page.
type stage struct {
	*uitest.Harness
	book *book
	part *Part
	pick string // the path that the next file dialog gives
}

// alone shows the part as the only thing of a page.
type alone struct{ *Part }

func (alone) Title() string { return "family.title" }

func (a alone) Content() fyne.CanvasObject {
	return kit.Frame(kit.FrameParams{Title: a.env.T("family.title"), Fixed: true, Actions: a.Actions(), Body: a.Part.Content()})
}

func (a alone) Enter(ctx context.Context, _ kit.Route) { a.Part.Enter(ctx) }

func show(t testing.TB, o uitest.Options, b *book) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o), book: b, pick: "/home/me/contacts.vcf"}
	s.part = New(Params{Env: s.Env, Journal: b, OpenFile: func(chosen func(string)) { chosen(s.pick) }})
	s.Show(alone{s.part}, kit.Route{})
	return s
}

// search types into the field of the search and waits.
func (s *stage) searchFor(text string) {
	s.Type(s.part.search, text)
	s.Fire()
}

// rows are the names and numbers that the list shows.
func (s *stage) rows() string {
	var out []string
	for i := range s.part.rows.Count() {
		if c, ok := s.part.rows.Row(i); ok {
			out = append(out, cmp.Or(c.Name, c.Number))
		}
	}
	return strings.Join(out, "|")
}

func want[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// inline runs work at once, as the model's runner.
func inline(work func(context.Context) error, done func(error)) func() {
	done(work(context.Background()))
	return func() {}
}

// bench is a model without a window.
type bench struct {
	*Model
	book   *book
	events []string
	failed []error
}

func newBench(b *book) *bench {
	x := &bench{book: b}
	note := func(what string) func() { return func() { x.events = append(x.events, what) } }
	x.Model = NewModel(ModelParams{Journal: b, Run: inline, Write: inline, Events: Events{
		List: note("list"), Removed: note("removed"), Restored: note("restored"), Import: note("import"), Stored: note("stored"),
		Failed: func(err error) { x.failed = append(x.failed, err) },
	}})
	return x
}

// shown are the names that are asked for.
func (b *bench) shown() string {
	var out []string
	for _, c := range b.Shown() {
		out = append(out, cmp.Or(c.Name, c.Number))
	}
	return strings.Join(out, "|")
}
