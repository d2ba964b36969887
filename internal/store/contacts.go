package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"quietline/internal/domain"
)

// AddContacts stores in one transaction the contacts that are not there yet
// (person and number); those that are stay as they are. added[i] says which of
// the two contacts[i] was. With dryRun nothing is written and the answer is the
// same.
func (s *Store) AddContacts(ctx context.Context, contacts []domain.Contact, dryRun bool) (added []bool, err error) {
	err = s.update(ctx, "store.AddContacts", func(tx *sql.Tx) error {
		added = make([]bool, len(contacts))
		for i := range contacts {
			var err error
			if added[i], err = affected(s.putContact(ctx, tx, &contacts[i], "DO NOTHING")); err != nil {
				return err
			}
		}
		if dryRun {
			return errRollback
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// SaveContact stores a contact in place of another of the same person and
// number.
func (s *Store) SaveContact(ctx context.Context, c domain.Contact) error {
	return s.update(ctx, "store.SaveContact", func(tx *sql.Tx) error {
		_, err := s.putContact(ctx, tx, &c,
			"DO UPDATE SET name = excluded.name, mark = excluded.mark, source = excluded.source, created_at = excluded.created_at")
		return err
	})
}

// putContact inserts a contact; conflict is what SQL does where one is there.
func (s *Store) putContact(ctx context.Context, tx *sql.Tx, c *domain.Contact, conflict string) (sql.Result, error) {
	created := c.CreatedAt
	if created.IsZero() {
		created = s.clock.Now()
	}
	return tx.ExecContext(ctx, `
		INSERT INTO contact (person_id, number, name, mark, source, created_at) VALUES (nullif(?, 0), ?, ?, ?, ?, ?)
		ON CONFLICT (number, ifnull(person_id, 0)) `+conflict,
		c.PersonID, c.Number, c.Name, c.Mark, c.Source, created.UnixMilli())
}

// Contacts lists by name and number: all of them, or, with a person, those
// that count for this person (their own and everybody's). Contacts of removed
// people are left out.
func (s *Store) Contacts(ctx context.Context, person domain.PersonID) ([]domain.Contact, error) {
	var list []domain.Contact
	err := s.view(ctx, "store.Contacts", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, scanContact, selectContact+`
			WHERE p.removed_at IS NULL AND (?1 = 0 OR c.person_id IS NULL OR c.person_id = ?1)
			ORDER BY c.name, c.number, c.id`, person)
		return err
	})
	return list, err
}

// selectContact begins a query for scanContact.
const selectContact = `
	SELECT ifnull(c.person_id, 0), ifnull(p.name, ''), c.number, c.name, c.mark, c.source, c.created_at
	FROM contact c LEFT JOIN person p ON p.id = c.person_id`

func scanContact(row scanner) (domain.Contact, error) {
	var c domain.Contact
	var created int64
	err := row.Scan(&c.PersonID, &c.Person, &c.Number, &c.Name, &c.Mark, &c.Source, &created)
	c.CreatedAt = at(created)
	return c, err
}

// RemoveContacts removes in one transaction those of the contacts (person and
// number) that are there, and says how many were.
func (s *Store) RemoveContacts(ctx context.Context, contacts []domain.Contact) (removed int, err error) {
	err = s.update(ctx, "store.RemoveContacts", func(tx *sql.Tx) error {
		removed = 0
		for i := range contacts {
			found, err := affected(tx.ExecContext(ctx, "DELETE FROM contact WHERE number = ? AND ifnull(person_id, 0) = ?",
				contacts[i].Number, contacts[i].PersonID))
			if err != nil {
				return err
			}
			if found {
				removed++
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	s.forget(ctx)
	return removed, nil
}

// ContactOf gives what counts for the person of the number: what the person
// says, else what is said for everybody.
func (s *Store) ContactOf(ctx context.Context, person domain.PersonID, number string) (c domain.Contact, ok bool, err error) {
	err = s.view(ctx, "store.ContactOf", func(tx *sql.Tx) error {
		found, err := collect(ctx, tx, scanContact, selectContact+`
			WHERE p.removed_at IS NULL AND c.number = ? AND (c.person_id IS NULL OR c.person_id = ?)
			ORDER BY c.person_id IS NULL LIMIT 1`, number, person)
		if ok = len(found) > 0; ok {
			c = found[0]
		}
		return err
	})
	return c, ok, err
}

// Known says under which name the person knows the number, in its normalised
// form. Everybody's contacts count for each person, unless the person says
// otherwise of the number.
func (s *Store) Known(ctx context.Context, person domain.PersonID, number string) (name string, ok bool, err error) {
	names, err := s.KnownNumbers(ctx, person, []string{number})
	name, ok = names[number]
	return name, ok, err
}

// KnownNumbers gives the names of those of the numbers that the person knows,
// like Known, by one query.
func (s *Store) KnownNumbers(ctx context.Context, person domain.PersonID, numbers []string) (map[string]string, error) {
	const op = "store.KnownNumbers"
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, domain.E(op, domain.Internal, "internal", nil, err)
	}
	names := map[string]string{}
	err = s.view(ctx, op, func(tx *sql.Tx) error {
		found, err := collect(ctx, tx, scanKnownContact, `
			SELECT number, name, mark FROM contact
			WHERE number IN (SELECT value FROM json_each(?)) AND (person_id IS NULL OR person_id = ?)
			ORDER BY person_id IS NOT NULL`, string(list), person)
		for _, c := range found { // what the person says comes last and counts
			if names[c.Number] = c.Name; c.Mark != domain.ContactKnown {
				delete(names, c.Number)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return names, nil
}

func scanKnownContact(row scanner) (c domain.Contact, err error) {
	err = row.Scan(&c.Number, &c.Name, &c.Mark)
	return c, err
}
