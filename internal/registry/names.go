package registry

import "strings"

// Names finds people's names as Index.Search finds holders: by their
// characters, by pinyin, and by its initials. It puts them in order as well.
type Names struct {
	texts []text
	keys  []string // for Compare
}

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
	n := &Names{texts: make([]text, len(names)), keys: make([]string, len(names))}
	for i := range folded {
		n.texts[i] = s.spell(folded[i])
		n.keys[i] = sortKey(folded[i], s.readings)
	}
	return n
}

// sortKey puts a character where its first reading stands in the alphabet, and
// those that are read alike beside each other, each character with its own.
func sortKey(name []rune, readings map[rune]*reads) string {
	var key strings.Builder
	for _, r := range name {
		if read := readings[r]; read != nil && read.first != "" {
			key.WriteString(read.first)
			key.WriteByte(' ')
		}
		key.WriteRune(r)
	}
	return key.String()
}

// Compare says as strings.Compare does which of two names comes first, as lists
// of names are read in China: in the order of pinyin, among the names in
// letters, and those who have no name at the end.
func (n *Names) Compare(i, j int) int {
	a, b := n.keys[i], n.keys[j]
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	default:
		return strings.Compare(a, b)
	}
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
