package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// changes tells whether a file changed. SQLite counts for each connection the
// commits of all others, in this process and elsewhere
// (https://www.sqlite.org/pragma.html#pragma_data_version), so one connection that
// does nothing but ask for that count knows of every one.
type changes struct {
	mu sync.Mutex
	// ear is that connection, nil while nobody has asked.
	ear *sql.Conn
	// ears counts those that there were: what two of them say cannot be compared.
	ears int
}

// version is another value after every commit than before it.
type version struct {
	ear     int
	commits int64
}

// version gives the present version, from a connection of the pool that it keeps.
func (c *changes) version(ctx context.Context, pool *sql.DB) (version, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ear == nil {
		ear, err := pool.Conn(ctx)
		if err != nil {
			return version{}, err
		}
		c.ear = ear
		c.ears++
	}
	commits, err := scanValue[int64](c.ear.QueryRowContext(ctx, "PRAGMA data_version"))
	if err != nil {
		err = errors.Join(err, c.close())
	}
	return version{c.ears, commits}, err
}

// Close gives the connection back; version would take another one.
func (c *changes) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.close()
}

func (c *changes) close() error {
	if c.ear == nil {
		return nil
	}
	ear := c.ear
	c.ear = nil
	return ear.Close()
}

// recall keeps answers that took long until what they depend on is of another
// version V: a page is left and entered again far more often than anything is
// written. The zero value is empty.
type recall[V, Q comparable, A any] struct {
	mu      sync.Mutex
	at      V
	answers map[Q]A
}

// mostRecalled is how many answers are kept; before one more, all are forgotten.
const mostRecalled = 16

// askAgain answers a question as before where the file has not changed.
func askAgain[Q comparable, A any](ctx context.Context, s *Store, r *recall[version, Q, A], question Q, find func() (A, error)) (A, error) {
	at, err := s.changes.version(ctx, s.read)
	if err != nil {
		return find() // which says what is wrong
	}
	return r.ask(at, question, find)
}

// ask gives the answer of this version that is kept, or else that of find. What it
// gives must not be changed.
func (r *recall[V, Q, A]) ask(at V, question Q, find func() (A, error)) (A, error) {
	if answer, ok := r.look(at, question); ok {
		return answer, nil
	}
	// A commit by now makes the answer newer than the version, and the next one who
	// asks comes with another version.
	answer, err := find()
	if err == nil {
		r.keep(at, question, answer)
	}
	return answer, err
}

func (r *recall[V, Q, A]) look(at V, question Q) (answer A, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at != at || r.answers == nil {
		r.at, r.answers = at, map[Q]A{}
	}
	answer, ok = r.answers[question]
	return answer, ok
}

// keep drops the answer where somebody asked meanwhile with another version.
func (r *recall[V, Q, A]) keep(at V, question Q, answer A) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at != at {
		return
	}
	if len(r.answers) >= mostRecalled {
		clear(r.answers)
	}
	r.answers[question] = answer
}
