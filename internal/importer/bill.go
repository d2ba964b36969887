package importer

import "context"

// tableBill reads the bill of an operator that is a table. Its rows are read
// like those of any other; only its titles, or the shape of its rows, tell
// whose it is.
type tableBill struct {
	name   string
	titles map[string]heading
	times  *clockwork
	// known are the operator's tables, each by titles that its header has and
	// that, together, no other table has; spelled as billTitle leaves them.
	known [][]string
	// shape finds the layout of a table without such titles; nil for a bill
	// that always has them.
	shape func(sample []byte, titles map[string]heading) (layout, bool)
}

// newTableBill makes the format; known are lists of titles as foldTitle
// leaves them, parted by spaces.
func newTableBill(name string, known ...[]string) tableBill {
	b := tableBill{name: name, titles: headings(), times: newClockwork()}
	for _, titles := range known {
		folded := make([]string, len(titles))
		for i, t := range titles {
			folded[i] = billTitle(t)
		}
		b.known = append(b.known, folded)
	}
	return b
}

func (b tableBill) Name() string { return b.name }

func (b tableBill) Recognise(s *Sample) bool {
	_, ok := b.layout(s)
	return ok
}

func (b tableBill) Read(_ context.Context, in Input) (Rows, error) {
	l, _ := b.layout(in.Sample) // Recognise found it
	return readTable(in, l, b.times)
}

func (b tableBill) layout(s *Sample) (layout, bool) {
	if s.Binary {
		return layout{}, false
	}
	if l, ok := findLayout(s.Text, b.titles); ok {
		return l, b.knows(l.titles)
	}
	if b.shape == nil {
		return layout{}, false
	}
	return b.shape(s.Text, b.titles)
}

// knows says whether the header has all titles of one of the tables.
func (b tableBill) knows(header []string) bool {
	there := make(map[string]bool, len(header))
	for _, t := range header {
		there[billTitle(t)] = true
	}
	for _, titles := range b.known {
		missing := false
		for _, t := range titles {
			missing = missing || !there[t]
		}
		if !missing {
			return true
		}
	}
	return false
}
