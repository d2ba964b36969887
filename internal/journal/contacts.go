package journal

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// ContactInput is what is typed in about a number.
type ContactInput struct {
	// Number is a number in any spelling.
	Number string
	// Name is 1 to 2 * domain.MaxNameLength characters; an unwanted number may
	// go without.
	Name string
	// Person is the name of whose contact it is; empty means everybody's.
	Person string
	// Mark is domain.ContactKnown where empty.
	Mark domain.ContactMark
}

// AddContact marks a number as known or as unwanted, in place of what was said
// of it before. It fails with domain.Problems that point at /number, /name and
// /mark, and with NotFound "person.not_found".
func (s *Service) AddContact(ctx context.Context, in ContactInput) (domain.Contact, error) {
	const most = 2 * domain.MaxNameLength
	wrong := fields{op: "journal.AddContact"}
	person, err := s.whose(ctx, in.Person)
	if err != nil {
		return domain.Contact{}, err
	}
	c := domain.Contact{
		PersonID: person.ID, Person: person.Name, Name: strings.TrimSpace(in.Name), Mark: in.Mark,
		Source: domain.ContactFromUser, CreatedAt: s.clock.Now(),
	}
	if c.Mark == "" {
		c.Mark = domain.ContactKnown
	}
	number, ok := s.contactNumber(in.Number, person)
	switch c.Number = number; {
	case strings.TrimSpace(in.Number) == "":
		wrong.add("/number", "contact.number_empty", nil)
	case !ok:
		wrong.value("/number", "contact.number_invalid", in.Number)
	}
	switch {
	case c.Name == "" && c.Mark == domain.ContactKnown:
		wrong.add("/name", "contact.name_empty", nil)
	case utf8.RuneCountInString(c.Name) > most:
		wrong.add("/name", "person.name_long", domain.Args{"Most": most})
	case !printable(c.Name):
		wrong.add("/name", "person.name_characters", nil)
	}
	if !slices.Contains(domain.ContactMarks(), c.Mark) {
		wrong.value("/mark", "contact.mark_unknown", string(c.Mark))
	}
	if err := wrong.problems.Err(); err != nil {
		return domain.Contact{}, err
	}
	if err := s.contacts.SaveContact(ctx, c); err != nil {
		return domain.Contact{}, err
	}
	return c, nil
}

// Contacts lists by name and number: all contacts, or those that count for the
// person of the name. It fails with NotFound "person.not_found".
func (s *Service) Contacts(ctx context.Context, person string) ([]domain.Contact, error) {
	p, err := s.whose(ctx, person)
	if err != nil {
		return nil, err
	}
	return s.contacts.Contacts(ctx, p.ID)
}

// RemoveContact removes what is said of a number, in any spelling, for the
// person of the name, or for everybody. It fails with NotFound
// "contact.not_found" and "person.not_found".
func (s *Service) RemoveContact(ctx context.Context, number, person string) (removed string, err error) {
	p, err := s.whose(ctx, person)
	if err != nil {
		return "", err
	}
	number, _ = s.contactNumber(number, p)
	n, err := s.contacts.RemoveContacts(ctx, []domain.Contact{{PersonID: p.ID, Number: number}})
	if err == nil && n == 0 {
		err = domain.E("journal.RemoveContact", domain.NotFound, "contact.not_found", domain.Args{"Number": number}, nil)
	}
	return number, err
}

// RemoveContacts removes contacts that Contacts gave, all or none, and says how
// many went; those that somebody else removed meanwhile do not count.
func (s *Service) RemoveContacts(ctx context.Context, list []domain.Contact) (removed int, err error) {
	return s.contacts.RemoveContacts(ctx, list)
}

// RestoreContacts puts back what RemoveContacts removed. Where something else
// is said of a number by now, that stays.
func (s *Service) RestoreContacts(ctx context.Context, list []domain.Contact) error {
	_, err := s.contacts.AddContacts(ctx, list, false)
	return err
}

// ContactOf gives what counts for a person of a number in its normalised form:
// what is said for the person, else for everybody.
func (s *Service) ContactOf(ctx context.Context, person domain.PersonID, number string) (c domain.Contact, ok bool, err error) {
	return s.contacts.ContactOf(ctx, person, number)
}

// Known says under which name a person knows a number in its normalised form
// (domain.Check.Number). Everybody's contacts count for each person.
func (s *Service) Known(ctx context.Context, person domain.PersonID, number string) (name string, ok bool, err error) {
	return s.contacts.Known(ctx, person, number)
}

// KnownNumbers is Known for many numbers at once: the names of those that are
// known.
func (s *Service) KnownNumbers(ctx context.Context, person domain.PersonID, numbers []string) (map[string]string, error) {
	return s.contacts.KnownNumbers(ctx, person, numbers)
}

// whose finds a person by name; the zero person is everybody.
func (s *Service) whose(ctx context.Context, name string) (domain.Person, error) {
	if strings.TrimSpace(name) == "" {
		return domain.Person{}, nil
	}
	return s.PersonByName(ctx, name)
}

// contactNumber normalises the number of a contact as calls keep it. ok is
// false for what can be nobody's.
func (s *Service) contactNumber(text string, p domain.Person) (number string, ok bool) {
	c := s.checker.Check(text, p.Province)
	return c.Number, c.Number != "" && c.Verdict != domain.VerdictHidden && c.Verdict != domain.VerdictInvalid
}

// ContactImport says what to import for whom.
type ContactImport struct {
	// Path is the file.
	Path string
	// Person is the name of whose contacts they are; empty means everybody's.
	Person string
	// DryRun does all of the work and writes nothing.
	DryRun bool
}

// ContactReport is what an import of contacts did. Cards is always Imported +
// Duplicates + Skipped + Rejected.
type ContactReport struct {
	// File is the name of the file without its folder.
	File, Encoding string
	Cards          int
	// Imported are cards of which at least one number is new, Numbers how many
	// new numbers they have.
	Imported, Numbers int
	// Duplicates are cards whose numbers were all there already.
	Duplicates int
	// Skipped are cards without a number.
	Skipped int
	// Rejected are cards that cannot be read, or have no number that can be one.
	Rejected int
	// Rejects are the first MaxRejects rejected cards, Notes the first numbers
	// that were left out of cards which have others; the words of a Reason are
	// the message ContactRejectWords + Reason.
	Rejects, Notes []RowRemark
	// Person is the name of the person, empty for everybody.
	Person string
	DryRun bool
}

// ContactRejectWords stand before a reason in the key of the message with its
// words.
const ContactRejectWords = "contacts.reject."

// rejectNumber: none of the numbers can be one.
const rejectNumber = "number"

// ImportContacts reads an address book and stores its numbers. What was stored
// stays, also where an error ends the import; reading the same file again
// changes nothing. It fails with NotFound "person.not_found", Invalid
// "contacts.no_cards" for a file without a card, what ContactFiles.OpenContacts
// fails with, and Cancelled "cancelled". The counter may be nil.
func (s *Service) ImportContacts(ctx context.Context, r ContactImport, c *progress.Counter) (ContactReport, error) {
	const op = "journal.ImportContacts"
	report := ContactReport{File: filepath.Base(r.Path), DryRun: r.DryRun}
	person, err := s.whose(ctx, r.Person)
	if err != nil {
		return report, err
	}
	report.Person = person.Name
	source, err := s.cardFiles.OpenContacts(ctx, r.Path)
	if err != nil {
		return report, err
	}
	defer source.Close()
	if c == nil {
		c = &progress.Counter{}
	}
	run := contactRun{s: s, person: person, source: source, counter: c, report: &report}
	err = run.all(ctx)
	report.Encoding = source.Encoding()
	report.Cards = report.Imported + report.Duplicates + report.Skipped + report.Rejected
	switch {
	case err != nil && ctx.Err() != nil:
		err = domain.E(op, domain.Cancelled, "cancelled", nil, err)
	case err == nil && report.Cards == 0:
		err = domain.E(op, domain.Invalid, "contacts.no_cards", domain.Args{"File": report.File}, nil)
	}
	return report, err
}

// contactBatch is how many numbers are stored in one transaction.
const contactBatch = 1000

// contactRun is one import of contacts under way.
type contactRun struct {
	s       *Service
	person  domain.Person
	source  ContactSource
	counter *progress.Counter
	report  *ContactReport
	batch   []domain.Contact
	ends    []int // where in the batch each card ends
	// seen stands in a dry run for what the earlier batches would have stored.
	seen ordinals
}

// all reads to the end. Before any error what was read is stored.
func (r *contactRun) all(ctx context.Context) error {
	for {
		card, err := r.source.Next()
		if err != nil {
			if ferr := r.flush(ctx); ferr != nil {
				return ferr
			}
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		r.take(card)
		if len(r.batch) >= contactBatch {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
		done, total := r.source.Progress()
		r.counter.SetTotal(total)
		r.counter.SetDone(done)
	}
}

// take counts a card or puts its numbers into the batch.
func (r *contactRun) take(card ContactCard) {
	rec := Record{Line: card.Line, Text: card.Text}
	r.counter.AddItems(1)
	if card.Reject != "" {
		r.reject(rec, card.Reject)
		return
	}
	if len(card.Numbers) == 0 {
		r.report.Skipped++
		return
	}
	begin := len(r.batch)
	name := cleanName(card.Name)
	for _, text := range card.Numbers {
		number, ok := r.s.contactNumber(text, r.person)
		if !ok {
			rec.Text = cleanName(text)
			r.report.Notes = remark(r.report.Notes, rec, rejectNumber)
			continue
		}
		c := domain.Contact{
			PersonID: r.person.ID, Number: number, Name: name, Mark: domain.ContactKnown,
			Source: domain.ContactFromVCard, CreatedAt: r.s.clock.Now(),
		}
		if c.Name == "" {
			c.Name = number
		}
		r.batch = append(r.batch, c)
	}
	if len(r.batch) == begin {
		// One remark is enough: the rejected card takes the place of its notes.
		for n := len(r.report.Notes); n > 0 && r.report.Notes[n-1].Line == card.Line; n-- {
			r.report.Notes = r.report.Notes[:n-1]
		}
		rec.Text = cleanName(card.Name + " " + strings.Join(card.Numbers, " "))
		r.reject(rec, rejectNumber)
		return
	}
	r.ends = append(r.ends, len(r.batch))
}

func (r *contactRun) reject(rec Record, reason string) {
	r.report.Rejected++
	r.report.Rejects = remark(r.report.Rejects, rec, reason)
	r.counter.AddFailed(1)
}

// flush stores the batch and counts what became of its cards.
func (r *contactRun) flush(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	added, err := r.s.contacts.AddContacts(ctx, r.batch, r.report.DryRun)
	if err != nil {
		return err
	}
	from := 0
	for _, end := range r.ends {
		fresh := 0
		for i := from; i < end; i++ {
			isNew := added[i]
			if r.report.DryRun && isNew {
				isNew = r.seen.next(r.batch[i].Number, domain.OldestCall(), "") == 0
			}
			if isNew {
				fresh++
			}
		}
		if fresh > 0 {
			r.report.Imported++
		} else {
			r.report.Duplicates++
		}
		r.report.Numbers += fresh
		from = end
	}
	r.batch, r.ends = r.batch[:0], r.ends[:0]
	return nil
}
