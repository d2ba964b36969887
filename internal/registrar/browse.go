package registrar

import (
	"maps"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// Info says which list counts.
func (s *Service) Info() domain.RegistryInfo { return s.now.Load().snap.Info() }

// Advice is the table of advice that counts: that of the list, where it has one,
// or the program's.
func (s *Service) Advice() *advice.Table { return s.now.Load().advice }

// Provinces lists the 31 provinces in the order of their codes.
func (s *Service) Provinces() []domain.Province { return s.now.Load().snap.Provinces() }

// Province finds a province by any of its names or its two-digit code.
func (s *Service) Province(name string) (domain.Province, bool) {
	return s.now.Load().snap.Province(name)
}

// Entries gives every row in the order of the codes, also those that the user
// hid. The slice is shared and must not be changed.
func (s *Service) Entries() []domain.RegistryEntry { return s.now.Load().all() }

// Blocks gives the blocks of the numbering plan with the number of their rows.
// The slice is shared and must not be changed.
func (s *Service) Blocks() []domain.RegistryBlock {
	st := s.now.Load()
	st.all()
	return st.blocks
}

// InBlock gives the rows of one block in the order of the codes.
func (s *Service) InBlock(b domain.RegistryBlock) []domain.RegistryEntry {
	return registry.InBlock(b, numbers.Blocks(), s.Entries())
}

// ByProvince gives the rows of one province, by its Chinese name; those of
// which no list gives the province come last.
func (s *Service) ByProvince(nameZH string) []domain.RegistryEntry {
	return registry.ByProvince(s.Entries(), nameZH)
}

// Search finds rows by number, holder, category or province in either language
// or in pinyin, the best first, at most limit of them.
func (s *Service) Search(query string, limit int) []domain.RegistryEntry {
	st := s.now.Load()
	st.search.Do(func() {
		st.index = registry.NewIndex(st.all(), words(s.p.Words(), st.snap))
	})
	return st.index.Search(query, limit)
}

// all makes the rows once.
func (st *state) all() []domain.RegistryEntry {
	st.browse.Do(func() {
		st.entries = st.snap.Entries()
		st.blocks = registry.Blocks(numbers.Blocks(), st.entries)
	})
	return st.entries
}

// words adds the names of the provinces.
func words(w registry.Words, snap *registry.Snapshot) registry.Words {
	scopes := make(map[string][]string, len(w.Scopes)+len(snap.Provinces()))
	maps.Copy(scopes, w.Scopes)
	for _, p := range snap.Provinces() {
		scopes[p.NameZH] = []string{p.NameEN}
	}
	w.Scopes = scopes
	return w
}
