package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"slices"
)

// newestWithWords finds the newest calls with all of the words. Where one of
// them is in the index of texts, which is in the order of time, that is walked,
// and the other words are asked of what it gives; digits, which a number may
// hold, are looked up among the numbers of the log as well.
func (s *Store) newestWithWords(ctx context.Context, tx *sql.Tx, q callQuery, words []string) ([]callKey, error) {
	var inText, digits []string
	for _, word := range words {
		if dialled(word) != "" {
			digits = append(digits, word)
		} else {
			inText = append(inText, word)
		}
	}
	if len(digits) > 0 {
		keys, ok, err := s.newestWithDigits(ctx, tx, q, inText, digits)
		if err != nil || ok {
			return keys, err
		}
	}
	match, ok, err := s.matchWords(ctx, tx, inText)
	switch {
	case err != nil:
		return nil, err
	case ok:
		return newestInText(ctx, tx, q, match, words)
	}
	return walkKeys(ctx, tx, q, words)
}

// spelt asks that the words that are not Han be found as they are spelt, in the
// text by the term. Of Han words the index decides.
func spelt(w *conds, words []string, inText string) {
	for _, word := range words {
		if !hasHan(word) {
			w.addSpelt(word, inText)
		}
	}
}

// inOwnText is that for a call whose text is not at hand.
const inOwnText = "EXISTS (SELECT 1 FROM call_text x WHERE x.rowid = " + textRow + ` AND x.text LIKE ? ESCAPE '\')`

// walkKeys looks at one call after the other, newest first.
func walkKeys(ctx context.Context, tx *sql.Tx, q callQuery, words []string) ([]callKey, error) {
	w := q.conds()
	spelt(&w, words, inOwnText)
	return collect(ctx, tx, scanKey, "SELECT c.started_at, c.id FROM call c"+w.where()+newestFirst, append(w.args, q.limit)...)
}

// newestInText walks the matches in the index of texts, newest first, and asks
// for the spelling of the words. An empty match finds nothing.
func newestInText(ctx context.Context, tx *sql.Tx, q callQuery, match string, words []string) ([]callKey, error) {
	if match == "" {
		return nil, nil
	}
	in := q.conds()
	in.add("t.call_text MATCH ?", match)
	if q.after != nil {
		in.add("t.rowid < ?", callKey{start: q.after.start + textMinute}.textRow()) // with all of its minute
	}
	spelt(&in, words, `t.text LIKE ? ESCAPE '\'`)
	rows, err := tx.QueryContext(ctx, `
		SELECT c.started_at, c.id FROM call_text t CROSS JOIN call c ON c.id = `+textCall+in.where()+" ORDER BY t.rowid DESC", in.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var keys []callKey
	for rows.Next() {
		k, err := scanKey(rows)
		if err != nil {
			return nil, err
		}
		// Within a minute the index is in the order of the IDs.
		if n := len(keys); n >= q.limit && k.start/textMinute < keys[n-1].start/textMinute {
			break
		}
		keys = append(keys, k)
	}
	return newestKeys(keys, q.limit), rows.Err()
}

// From how many numbers on another way is quicker: where only the number is asked
// for, and where each of their calls has to be asked for a text as well.
const (
	manyNumbers = 2000
	fewNumbers  = 50
)

// newestWithDigits merges the calls of the numbers that hold the digits with
// those that have them in their text. ok is false where another way is quicker.
func (s *Store) newestWithDigits(ctx context.Context, tx *sql.Tx, q callQuery, inText, digits []string) (keys []callKey, ok bool, err error) {
	most := manyNumbers
	if len(inText) > 0 {
		most = fewNumbers
	}
	numbers, err := s.numbers.with(ctx, tx, dialled(digits[0]), most)
	if err != nil || len(numbers) == most {
		return nil, false, err
	}
	words := slices.Concat(inText, digits)
	match, ok, err := s.matchWords(ctx, tx, slices.Concat(inText, digits[:1]))
	if err != nil || !ok {
		return nil, false, err
	}
	written, err := newestInText(ctx, tx, q, match, words)
	if err != nil {
		return nil, false, err
	}
	w := q.conds()
	spelt(&w, words, inOwnText)
	for _, word := range inText {
		if hasHan(word) {
			w.add("EXISTS (SELECT 1 FROM call_text x WHERE x.rowid = "+textRow+" AND x.call_text MATCH ?)", phrase(word))
		}
	}
	m, err := newMerging(ctx, tx, "call_identity", "c.number = ?", w, q.limit)
	if err != nil {
		return nil, false, err
	}
	defer quietly(m)
	m.keys = written
	lists, err := newestOfNumbers(ctx, tx, numbers, q.after)
	if err != nil {
		return nil, false, err
	}
	for _, l := range lists {
		if m.full(l.newest) {
			break
		}
		if err := m.add(ctx, l.number); err != nil {
			return nil, false, err
		}
	}
	return m.keys, true, nil
}

// numberList says when a number called last, before the place in the list.
type numberList struct {
	number string
	newest int64
}

// newestOfNumbers are the lists of the numbers, the one with the newest call
// first: the later ones need not be read then.
func newestOfNumbers(ctx context.Context, tx *sql.Tx, numbers []string, after *callKey) ([]numberList, error) {
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	to := int64(math.MaxInt64)
	if after != nil {
		to = after.start
	}
	return collect(ctx, tx, func(row scanner) (l numberList, err error) {
		err = row.Scan(&l.number, &l.newest)
		return l, err
	}, `
		SELECT n.value, (SELECT max(c.started_at) FROM call c INDEXED BY call_identity WHERE c.number = n.value AND c.started_at <= ?2) AS newest
		FROM json_each(?1) n WHERE newest IS NOT NULL ORDER BY newest DESC`, string(list), to)
}
