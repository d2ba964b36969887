package registry

import "quietline/internal/domain"

// Doc is a text that is no row of the registry and is found in the same way.
type Doc struct {
	// Names are found as the names of holders are: also by pinyin, by initials
	// and with a slip.
	Names []string
	// Notes are found by a word of theirs, or by pinyin from their beginning.
	Notes []string
}

// Docs finds texts as an Index finds rows. It is immutable and safe for
// concurrent use.
type Docs struct{ ix *Index }

// NewDocs makes the index of these texts.
func NewDocs(docs []Doc) *Docs {
	b := &indexer{ids: map[string]int32{}}
	rows := make([]row, len(docs))
	for i, d := range docs {
		for _, name := range d.Names {
			rows[i].refs = b.add(rows[i].refs, isName, name)
		}
		for _, note := range d.Notes {
			rows[i].refs = b.add(rows[i].refs, isNote, note)
		}
	}
	// No row has a code, so no number is taken for one.
	return &Docs{b.index(make([]domain.RegistryEntry, len(docs)), rows)}
}

// Search gives the places of the texts that were found, the best first and
// always in the same order; Index.Search says what a query can be.
func (d *Docs) Search(query string) []int {
	hits := d.ix.ranked(query)
	out := make([]int, len(hits))
	for i, h := range hits {
		out[i] = h.row
	}
	return out
}
