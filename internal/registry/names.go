package registry

// Names finds people's names as Index.Search finds holders: by their
// characters, by pinyin, and by its initials.
type Names struct{ texts []text }

// NewNames takes the names that are to be found.
func NewNames(names []string) *Names {
	folded := make([][]rune, len(names))
	wanted := make(map[rune]bool, 512)
	for i, name := range names {
		folded[i] = fold(name, maxUnits)
		for _, r := range folded[i] {
			if isHan(r) {
				wanted[r] = true
			}
		}
	}
	s := &speller{
		readings: readings(wanted), chars: make(map[rune]*unit, len(wanted)), words: make(map[string]*unit, len(names)),
	}
	n := &Names{texts: make([]text, len(names))}
	for i := range folded {
		n.texts[i] = s.spell(folded[i])
	}
	return n
}

// Search gives a function that says whether the name of the index answers the
// query: each of its words has to be found. An empty query finds nothing.
func (n *Names) Search(query string) func(i int) bool {
	q := parse(query)
	return func(i int) bool {
		for _, word := range q.words {
			if n.texts[i].match(word).rank == 0 {
				return false
			}
		}
		return len(q.words) > 0
	}
}
