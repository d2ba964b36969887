package check

import (
	"slices"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/ui/task"
)

// Query is what the user asks the registry for; all of it holds at once. A
// zero field does not restrict.
type Query struct {
	Text string
	// Block is the key of a block.
	Block string
	// Scope is that of an entry: "national" or the Chinese name of a province.
	Scope string
}

// Empty says that nothing is asked for, so that the blocks are shown.
func (q Query) Empty() bool {
	return strings.TrimSpace(q.Text) == "" && q.Block == "" && q.Scope == ""
}

// Book is the registry as it is browsed.
type Book struct {
	shown task.Held[domain.RegistryEntry]
	p     ModelParams
	query Query
	open  *domain.RegistryEntry
}

func newBook(p ModelParams) *Book { return &Book{p: p} }

// Count is how many entries were found.
func (b *Book) Count() int { return b.shown.Count() }

// Query is what is asked for.
func (b *Book) Query() Query { return b.query }

// Ask asks for something else.
func (b *Book) Ask(q Query) {
	if q == b.query {
		return
	}
	b.query = q
	b.find()
	b.p.Events.Book()
}

// Refresh asks again for the same, because the registry changed. The open
// entry stays open where it is still there.
func (b *Book) Refresh() {
	b.find()
	b.p.Events.Book()
	if b.open == nil {
		return
	}
	at := slices.IndexFunc(b.p.Registry.Entries(), func(e domain.RegistryEntry) bool { return same(e, *b.open) })
	if at < 0 {
		b.open = nil
	} else {
		e := b.p.Registry.Entries()[at]
		b.open = &e
	}
	b.p.Events.Entry()
}

// same says whether both are about the same code in the same scope. Rows that
// a list gives twice are told apart by their names.
func same(a, b domain.RegistryEntry) bool {
	if a.Code != b.Code || a.Holder.Scope != b.Holder.Scope {
		return false
	}
	return a.Holder.NameZH == b.Holder.NameZH || a.Kind != b.Kind || a.Kind == domain.CorrectionEntry
}

func (b *Book) find() {
	q := b.query
	if q.Empty() {
		b.shown.Set(nil)
		return
	}
	registry := b.p.Registry
	rows := registry.Entries()
	if text := strings.TrimSpace(q.Text); text != "" {
		rows = registry.Search(text, len(rows))
	}
	if q.Block != "" {
		in := map[string]bool{}
		if block, ok := b.Block(q.Block); ok {
			for _, e := range registry.InBlock(block) {
				in[e.Code] = true
			}
		}
		rows = only(rows, func(e domain.RegistryEntry) bool { return in[e.Code] })
	}
	if q.Scope != "" {
		rows = only(rows, func(e domain.RegistryEntry) bool { return e.Holder.Scope == q.Scope })
	}
	b.shown.Set(rows)
}

// only copies the rows that fit: those of the registry must not be changed.
func only(rows []domain.RegistryEntry, fits func(domain.RegistryEntry) bool) []domain.RegistryEntry {
	var out []domain.RegistryEntry
	for _, e := range rows {
		if fits(e) {
			out = append(out, e)
		}
	}
	return out
}

// Block finds a block by its key.
func (b *Book) Block(key string) (domain.RegistryBlock, bool) {
	for _, x := range b.p.Registry.Blocks() {
		if blockKey(x) == key {
			return x, true
		}
	}
	return domain.RegistryBlock{}, false
}

// blockKey tells blocks apart: some share their digits and differ in length,
// such as 110 and 11185.
func blockKey(b domain.RegistryBlock) string { return b.Prefix + "/" + strconv.Itoa(b.Shortest) }

// Blocks are those of which a registry can name holders: not the phones of
// people.
func (b *Book) Blocks() []domain.RegistryBlock {
	var out []domain.RegistryBlock
	for _, x := range b.p.Registry.Blocks() {
		switch x.Family {
		case domain.FamilyMobile, domain.FamilyVirtualOperator, domain.FamilyIoT, domain.FamilyLandline:
		default:
			out = append(out, x)
		}
	}
	return out
}

// Opened is the open entry, nil for none.
func (b *Book) Opened() *domain.RegistryEntry { return b.open }

// Open shows an entry at the side.
func (b *Book) Open(e domain.RegistryEntry) {
	b.open = &e
	b.p.Events.Entry()
}

// Close shows no entry.
func (b *Book) Close() {
	b.open = nil
	b.p.Events.Entry()
}

// Others are the other entries of the same code.
func (b *Book) Others(e domain.RegistryEntry) []domain.RegistryEntry {
	return only(withCode(b.p.Registry.Entries(), e.Code), func(x domain.RegistryEntry) bool { return !same(x, e) })
}

// withCode gives the rows of exactly this code out of all, which are in the
// order of their codes.
func withCode(rows []domain.RegistryEntry, code string) []domain.RegistryEntry {
	return only(rows, func(e domain.RegistryEntry) bool { return e.Code == code })
}
