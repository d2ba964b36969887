package store

import (
	"context"
	"database/sql"
	"errors"

	"quietline/internal/domain"
)

// AddPerson stores a new person and fills in the ID. A removed person of the
// same name is brought back with the new particulars. Fails with Conflict
// "person.name_taken" where a present person has that name.
func (s *Store) AddPerson(ctx context.Context, p *domain.Person) error {
	const op = "store.AddPerson"
	created := p.CreatedAt
	if created.IsZero() {
		created = s.clock.Now()
	}
	var id domain.PersonID
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `
			INSERT INTO person (name, relation, authority, province, created_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET removed_at = NULL, relation = excluded.relation,
				authority = excluded.authority, province = excluded.province, created_at = excluded.created_at
			WHERE removed_at IS NOT NULL
			RETURNING id`,
			p.Name, p.Relation, p.Authority, p.Province, created.UnixMilli()).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nameTaken(op, p.Name)
		}
		if err != nil {
			return err
		}
		return setNumbers(ctx, tx, id, p.Numbers)
	})
	if err != nil {
		return err
	}
	p.ID, p.CreatedAt = id, at(created.UnixMilli())
	return nil
}

// UpdatePerson stores changed particulars of a present person. Fails with
// NotFound "person.not_found" or Conflict "person.name_taken".
func (s *Store) UpdatePerson(ctx context.Context, p domain.Person) error {
	const op = "store.UpdatePerson"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		found, err := affected(tx.ExecContext(ctx, `
			UPDATE person SET name = ?, relation = ?, authority = ?, province = ?
			WHERE id = ? AND removed_at IS NULL`,
			p.Name, p.Relation, p.Authority, p.Province, p.ID))
		switch {
		case isUnique(err):
			return nameTaken(op, p.Name)
		case err != nil:
			return err
		case !found:
			return noPerson(op, p.Name)
		}
		return setNumbers(ctx, tx, p.ID, p.Numbers)
	})
}

func setNumbers(ctx context.Context, tx *sql.Tx, id domain.PersonID, numbers []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM person_number WHERE person_id = ?", id); err != nil {
		return err
	}
	for i, n := range numbers {
		_, err := tx.ExecContext(ctx, "INSERT INTO person_number (person_id, position, number) VALUES (?, ?, ?)", id, i, n)
		if err != nil {
			return err
		}
	}
	return nil
}

const personColumns = "SELECT id, name, relation, authority, province, created_at FROM person "

func scanPerson(row scanner) (domain.Person, error) {
	var p domain.Person
	var created int64
	err := row.Scan(&p.ID, &p.Name, &p.Relation, &p.Authority, &p.Province, &created)
	p.CreatedAt = at(created)
	return p, err
}

// People lists the present people, the owner of the workspace first, then by
// time of adding.
func (s *Store) People(ctx context.Context) ([]domain.Person, error) {
	var people []domain.Person
	err := s.view(ctx, "store.People", func(tx *sql.Tx) error {
		var err error
		people, err = collect(ctx, tx, scanPerson,
			personColumns+"WHERE removed_at IS NULL ORDER BY id <> ?, created_at, id", domain.SelfID)
		if err != nil {
			return err
		}
		return withNumbers(ctx, tx, people)
	})
	return people, err
}

// PersonByName fails with NotFound "person.not_found".
func (s *Store) PersonByName(ctx context.Context, name string) (domain.Person, error) {
	const op = "store.PersonByName"
	var people []domain.Person
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		people, err = collect(ctx, tx, scanPerson, personColumns+"WHERE name = ? AND removed_at IS NULL", name)
		switch {
		case err != nil:
			return err
		case len(people) == 0:
			return noPerson(op, name)
		}
		return withNumbers(ctx, tx, people)
	})
	if err != nil {
		return domain.Person{}, err
	}
	return people[0], nil
}

func withNumbers(ctx context.Context, tx *sql.Tx, people []domain.Person) error {
	for i := range people {
		var err error
		people[i].Numbers, err = collect(ctx, tx, scanValue[string],
			"SELECT number FROM person_number WHERE person_id = ? ORDER BY position", people[i].ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// rewritten is the largest file, in bytes, that is written anew when something
// was removed: more takes seconds, and as much memory.
const rewritten = 32 << 20

// forget makes what was deleted unreadable, which secure_delete does not do
// alone: where rows came in between others, SQLite has left copies of those that
// moved to another page, and the index of texts keeps words by which it finds its
// pages. So both are written anew, and the log is folded in and emptied. Where
// another process is reading that is done later by itself, so a failure is none.
func (s *Store) forget(ctx context.Context) {
	size, err := scanValue[int64](s.write.QueryRowContext(ctx,
		"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
	if err == nil && size <= rewritten {
		_, _ = s.write.ExecContext(ctx, "INSERT INTO call_text (call_text) VALUES ('rebuild')")
		_, _ = s.write.ExecContext(ctx, "VACUUM")
	}
	_, _ = s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
}

func noPerson(op, name string) error {
	return domain.E(op, domain.NotFound, "person.not_found", domain.Args{"Name": name}, nil)
}

func nameTaken(op, name string) error {
	return domain.E(op, domain.Conflict, "person.name_taken", domain.Args{"Name": name}, nil)
}
