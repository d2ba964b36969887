package store

import (
	"context"
	"database/sql"
	"strings"
	"sync"
)

// callKey is the place of a call in the order of the pages.
type callKey struct{ start, id int64 }

// before says whether the call comes before the other in the list: the newer
// first, and of two that began at once the one that came later.
func (k callKey) before(o callKey) bool {
	return k.start > o.start || k.start == o.start && k.id > o.id
}

func scanKey(row scanner) (k callKey, err error) {
	err = row.Scan(&k.start, &k.id)
	return k, err
}

// The row of a call's text in the index is its minute since 1970 and its ID, in
// 26 and 37 bits: so the index gives the newest first. A change here needs a
// migration that rebuilds call_text.
const (
	textMinute = 60_000
	textShift  = 37
	// textRow is the row of call c, textCall the ID of the call of text t.
	textRow  = "(((c.started_at / 60000) << 37) | c.id)"
	textCall = "(t.rowid & 137438953471)"
)

func (k callKey) textRow() int64 { return k.start/textMinute<<textShift | k.id }

// indexText makes the text of a call findable in place of what it was.
func indexText(ctx context.Context, tx *sql.Tx, key callKey, text string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM call_text WHERE rowid = ?", key.textRow()); err != nil || text == "" {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO call_text (rowid, text) VALUES (?, ?)", key.textRow(), text)
	return err
}

// matchWords is the query of the index that every call with all of the words
// fulfils, ok false where the index cannot help. Han characters are words of the
// index, so a word of them is a phrase. Of other words the longest run of ASCII
// letters and digits lies within one word of the index or more, which are looked
// up; what else the word holds is for addSpelt to ask. An empty match with ok
// finds nothing.
func (s *Store) matchWords(ctx context.Context, tx *sql.Tx, words []string) (match string, ok bool, err error) {
	var all []string
	for _, word := range words {
		if hasHan(word) {
			all = append(all, phrase(word))
			continue
		}
		part := strings.ToLower(longestRun(word))
		if part == "" {
			continue
		}
		whole, err := s.words.with(ctx, tx, part, maxTerms)
		switch {
		case err != nil:
			return "", false, err
		case len(whole) == 0:
			return "", true, nil
		case len(whole) == maxTerms:
			continue
		}
		all = append(all, `("`+strings.Join(whole, `" OR "`)+`")`)
	}
	return strings.Join(all, " AND "), len(all) > 0, nil
}

// maxTerms is from how many words of the index on that stand for one that was
// typed it is quicker to look at the calls.
const maxTerms = 200

// callWords are the words of the index of texts, to find those that hold a part:
// the index finds beginnings only. They are read again when there are newer calls
// or a text has changed.
type callWords struct {
	mu            sync.Mutex
	read          bool
	last, changes int64
	words         []string
}

// with gives the words that hold the part, at most so many.
func (c *callWords) with(ctx context.Context, tx *sql.Tx, part string, most int) (found []string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var last, changes int64
	err = tx.QueryRowContext(ctx, "SELECT (SELECT ifnull(max(id), 0) FROM call), (SELECT changes FROM call_text_state)").Scan(&last, &changes)
	if err != nil {
		return nil, err
	}
	if !c.read || last != c.last || changes != c.changes {
		words, err := collect(ctx, tx, scanValue[string], "SELECT term FROM call_word")
		if err != nil {
			return nil, err
		}
		c.read, c.last, c.changes, c.words = true, last, changes, words
	}
	for _, word := range c.words {
		if strings.Contains(word, part) {
			if found = append(found, word); len(found) == most {
				break
			}
		}
	}
	return found, nil
}

// longestRun is the longest run of ASCII letters and digits.
func longestRun(word string) string {
	longest := ""
	for _, run := range strings.FieldsFunc(word, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}
