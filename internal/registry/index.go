package registry

import (
	"strings"

	"quietline/internal/domain"
)

// Words are the words under which rows are found beside their own names. They
// are handed in, because the languages are not the registry's business; a zero
// Words is a good one.
type Words struct {
	// Categories has for a category ("bank") what it is called in each
	// language.
	Categories map[string][]string
	// Scopes has the same for "national" and the Chinese names of provinces.
	// A Chinese name finds its province without being told here.
	Scopes map[string][]string
}

// Index finds rows of the registry by number, name, pinyin, category, place and
// note. It is immutable and safe for concurrent use.
//
// It holds every row in the spelling of every reading, about 1 MB for the list,
// and is made in a few milliseconds: where the rows change, make another.
type Index struct {
	entries []domain.RegistryEntry
	rows    []row
	// texts are the names, notes and words of the rows, each one once.
	texts []text
}

// part is what a text is of a row.
type part byte

const (
	isName  part = iota // of the holder, or of the one behind an own entry
	isAbout             // a word for the category or the scope
	isNote
)

// ref is one text of a row.
type ref struct {
	text int32
	part part
}

type row struct{ refs []ref }

// NewIndex makes the index of these rows. It keeps the slice, which must not be
// changed afterwards.
func NewIndex(entries []domain.RegistryEntry, words Words) *Index {
	b := &indexer{
		ids:   make(map[string]int32, 2*len(entries)),
		lists: make(map[string][]ref),
		words: words,
	}
	rows := make([]row, len(entries))
	for i := range entries {
		rows[i] = b.row(&entries[i])
	}
	return b.index(entries, rows)
}

// index spells what was collected.
func (b *indexer) index(entries []domain.RegistryEntry, rows []row) *Index {
	wanted := make(map[rune]bool, 2048)
	for _, folded := range b.folded {
		for _, r := range folded {
			if isHan(r) {
				wanted[r] = true
			}
		}
	}
	s := &speller{
		readings: readings(wanted),
		chars:    make(map[rune]*unit, len(wanted)),
		words:    make(map[string]*unit, 1024),
	}
	texts := make([]text, len(b.folded))
	for i, folded := range b.folded {
		texts[i] = s.spell(folded)
	}
	return &Index{entries: entries, rows: rows, texts: texts}
}

// indexer collects the texts before they are spelled, so that the table of
// pinyin is read once for all characters.
type indexer struct {
	ids    map[string]int32
	folded [][]rune
	// lists has the words of each category and scope.
	lists map[string][]ref
	words Words
}

func (b *indexer) row(e *domain.RegistryEntry) row {
	refs := make([]ref, 0, 6)
	for _, h := range []*domain.Holder{&e.Holder, e.Listed} {
		if h == nil {
			continue
		}
		refs = b.add(refs, isName, h.NameZH)
		refs = b.add(refs, isName, h.NameEN)
		refs = b.add(refs, isNote, h.Note)
		refs = b.add(refs, isNote, h.OwnNote)
	}
	refs = append(refs, b.about("category", e.Holder.Category, b.words.Categories[e.Holder.Category])...)
	refs = append(refs, b.about("scope", e.Holder.Scope, b.words.Scopes[e.Holder.Scope])...)
	return row{refs: refs}
}

// about gives the words of a category or scope. Its own name is a word where
// people can read it, which they can where it is Chinese.
func (b *indexer) about(kind, name string, words []string) []ref {
	key := kind + " " + name
	if refs, ok := b.lists[key]; ok {
		return refs
	}
	var refs []ref
	if strings.ContainsFunc(name, isHan) {
		refs = b.add(refs, isAbout, name)
	}
	for _, word := range words {
		refs = b.add(refs, isAbout, word)
	}
	b.lists[key] = refs
	return refs
}

// add appends a text unless it is empty or there already.
func (b *indexer) add(refs []ref, p part, s string) []ref {
	if s == "" {
		return refs
	}
	id, ok := b.ids[s]
	if !ok {
		id = int32(len(b.folded))
		b.ids[s] = id
		b.folded = append(b.folded, fold(s, maxUnits))
	}
	for _, r := range refs {
		if r.text == id && r.part == p {
			return refs
		}
	}
	return append(refs, ref{text: id, part: p})
}
