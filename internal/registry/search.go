package registry

import (
	"cmp"
	"slices"

	"quietline/internal/domain"
)

// maxQuery is how many characters of a query count; the rest is left out.
const maxQuery = 64

// rank orders the rows that were found: why a row is here, best first.
//
// The order within a rank: rows that the user hid last; the longer code before
// the shorter one where the digits begin with both; the match nearer to the
// beginning of the name; the shorter name, of which the query is more; the code,
// shorter ones first; the order of the rows.
type rank uint8

const (
	// rankCode: the digits are the code.
	rankCode rank = iota + 1
	// rankCodeBehind: the digits begin with the code, as those of a number
	// with an extension do.
	rankCodeBehind
	// rankCodeBegins: the code begins with the digits.
	rankCodeBegins
	// rankName: the query is the whole name, in Chinese, English or pinyin.
	rankName
	// rankNameBegins: the name begins with the query.
	rankNameBegins
	// rankWords: the query stands in the name, in English at the beginning of
	// a word. The best that a query of several words gets, each of which has to
	// be found somewhere in the row.
	rankWords
	// rankInitials: the query is the initials of the whole name.
	rankInitials
	// rankInitialsBegin: the initials begin with the query.
	rankInitialsBegin
	// rankPinyinBegins: the pinyin begins with the query.
	rankPinyinBegins
	// rankPinyinInside: the query is pinyin from a later character on.
	rankPinyinInside
	// rankMixture: the query has syllables and initials: zhaosyh.
	rankMixture
	// rankInitialsInside: the query is initials from a later character on.
	rankInitialsInside
	// rankAbout: the query is the category, the province, or in a note.
	rankAbout
	// rankCodeContains: the digits are inside the code.
	rankCodeContains
	// rankFuzzy: the name is one slip away from the query, or has a character in
	// a reading that nobody uses today.
	rankFuzzy
)

// sure says that a row is not here by chance, so that no slip is looked for. A
// few letters can be initials of much, and digits are inside many codes.
func (r rank) sure() bool {
	switch r {
	case rankMixture, rankInitialsInside, rankCodeContains, rankFuzzy:
		return false
	default:
		return true
	}
}

// minAbout is the shortest query that finds categories, provinces and notes, in
// characters.
const minAbout = 2

// hit is a row that was found.
type hit struct {
	row    int
	rank   rank
	hidden bool
	at     int
	size   int
}

// Search finds rows, best first and always in the same order, at most limit;
// see rank for the order and its reasons. A query is
//
//   - a number in any form in which one is shown: exactly this code, then the
//     codes with which the digits begin, the codes that begin with them, and
//     those that contain them; +86 and an area code may stand before it;
//   - a name or its beginning, in Chinese, English, pinyin with or without
//     spaces, tone marks and tone digits, or initials of pinyin or of English
//     words, or a mixture of them; every reading of a character counts;
//   - several words in any order, each of them in a name, a category, a
//     province, a note or a code;
//   - a name with one slip: a letter or Han character that is wrong, missing,
//     too much, or changed places with the next.
//
// Of a query 64 characters count. Nothing is found for a query without letters
// and digits, nor with a limit of 0 or less.
func (ix *Index) Search(query string, limit int) []domain.RegistryEntry {
	if limit <= 0 {
		return nil
	}
	hits := ix.ranked(query)
	out := make([]domain.RegistryEntry, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, ix.entries[h.row])
	}
	return out
}

// ranked finds the rows of a query, the best first.
func (ix *Index) ranked(query string) []hit {
	q := parse(query)
	if len(q.joined) == 0 {
		return nil
	}
	hits := ix.hits(q)
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(
			cmp.Compare(a.rank, b.rank),
			order(a.hidden, b.hidden),
			cmp.Compare(a.at, b.at),
			cmp.Compare(a.size, b.size),
			cmp.Compare(len(ix.entries[a.row].Code), len(ix.entries[b.row].Code)),
			cmp.Compare(ix.entries[a.row].Code, ix.entries[b.row].Code),
			cmp.Compare(a.row, b.row),
		)
	})
	return hits
}

// order sorts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// hits finds the rows in any order, each at its best rank.
func (ix *Index) hits(q query) []hit {
	hits := ix.collect(q, false)
	if len(hits) == 0 {
		if plain, ok := q.withoutTones(); ok {
			q = plain
			hits = ix.collect(q, false)
		}
	}
	for _, h := range hits {
		if h.rank.sure() {
			return hits
		}
	}
	known := make(map[int]bool, len(hits))
	for _, h := range hits {
		known[h.row] = true
	}
	for _, h := range ix.collect(q, true) {
		if !known[h.row] {
			hits = append(hits, h)
		}
	}
	return hits
}

// collect finds the rows that the query as a whole or each of its words finds;
// with slips, the whole or one of the words may have one.
func (ix *Index) collect(q query, slips bool) []hit {
	whole := ix.look(q.joined, slips)
	var words []*look
	if len(q.words) > 1 && q.digits == "" {
		words = make([]*look, len(q.words))
		for i, word := range q.words {
			words[i] = ix.look(word, slips)
		}
	}
	number := ""
	if !slips {
		number = ix.number(q.digits)
	}
	var hits []hit
	for i := range ix.rows {
		e := &ix.entries[i]
		h := hit{row: i, hidden: e.Kind == domain.CorrectionHide}
		r, at := codeRank(e.Code, number)
		h.better(r, at, 0)
		h.better(whole.row(i))
		if len(words) > 0 {
			h.better(allOf(words, i))
		}
		if h.rank != 0 {
			hits = append(hits, h)
		}
	}
	return hits
}

// better takes an answer over where it is better.
func (h *hit) better(rank rank, at, size int) {
	if rank == 0 {
		return
	}
	if h.rank == 0 || cmp.Or(cmp.Compare(rank, h.rank), cmp.Compare(at, h.at), cmp.Compare(size, h.size)) < 0 {
		h.rank, h.at, h.size = rank, at, size
	}
}

// allOf judges a row by all words together: the worst of them counts, and at
// most one of them has a slip.
func allOf(words []*look, row int) (worst rank, at, size int) {
	slips := 0
	for _, w := range words {
		r, wordAt, wordSize := w.row(row)
		if r == rankFuzzy {
			slips++
		}
		if r == 0 || slips > 1 {
			return 0, 0, 0
		}
		worst, at, size = max(worst, r), at+wordAt, size+wordSize
	}
	return max(worst, rankWords), at, size
}
