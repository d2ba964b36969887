package registry

import (
	"cmp"
	"slices"

	"quietline/internal/domain"
)

// place is what there is at most one row for.
type place struct{ code, scope string }

// With gives the snapshot as the corrections make it: own entries in the place
// of the list's rows or beside them, hidden rows left out, notes added. Of the
// holders of one code the user's own come first. A correction that no longer
// fits (a note on a row that went) changes nothing. The receiver stays as it
// is; where there is no correction it is the result.
func (s *Snapshot) With(corrections []domain.Correction) *Snapshot {
	if len(corrections) == 0 {
		return s
	}
	base := s.List()
	by := make(map[place]domain.Correction, len(corrections))
	for _, c := range corrections {
		by[place{c.Code, c.Scope}] = c
	}
	out := *base
	out.base, out.info = base, base.info
	out.codes = make([]string, 0, len(base.codes)+len(corrections))
	out.rows = make([]domain.Holder, 0, len(base.rows)+len(corrections))
	out.hidden = nil
	out.byCode = make(map[string][]domain.Holder, len(base.byCode)+len(corrections))
	for _, c := range corrections {
		if c.Kind == domain.CorrectionEntry {
			out.codes = append(out.codes, c.Code)
			out.rows = append(out.rows, own(c))
		}
	}
	for i, code := range base.codes {
		h := base.rows[i]
		c := by[place{code, h.Scope}]
		switch c.Kind {
		case domain.CorrectionEntry:
			continue // its own entry stands above
		case domain.CorrectionHide:
			h.OwnNote = c.Note
			out.hidden = append(out.hidden, domain.RegistryEntry{Code: code, Holder: h, Kind: c.Kind})
			continue
		case domain.CorrectionNote:
			h.OwnNote = c.Note
		}
		out.codes = append(out.codes, code)
		out.rows = append(out.rows, h)
	}
	out.longest = 0
	out.index()
	return &out
}

// List is the snapshot without corrections.
func (s *Snapshot) List() *Snapshot {
	if s.base != nil {
		return s.base
	}
	return s
}

// own is the user's own entry as a holder.
func own(c domain.Correction) domain.Holder {
	return domain.Holder{
		NameZH: c.NameZH, NameEN: c.NameEN, Category: c.Category, Scope: c.Scope, Own: true, OwnNote: c.Note,
	}
}

// Listed gives the list's own row for a code and scope, whatever the user says.
func (s *Snapshot) Listed(code, scope string) (domain.Holder, bool) {
	for _, h := range s.List().byCode[code] {
		if h.Scope == scope {
			return h, true
		}
	}
	return domain.Holder{}, false
}

// Entries gives every row in the order of the codes, the hidden ones among
// them. Of the rows of one code the user's own come first, then those for the
// whole country, then those of the provinces.
func (s *Snapshot) Entries() []domain.RegistryEntry {
	out := make([]domain.RegistryEntry, 0, len(s.rows)+len(s.hidden))
	for i, code := range s.codes {
		h := s.rows[i]
		e := domain.RegistryEntry{Code: code, Holder: h}
		switch {
		case h.Own:
			e.Kind = domain.CorrectionEntry
			if before, ok := s.Listed(code, h.Scope); ok {
				e.Listed = &before
			}
		case h.OwnNote != "":
			e.Kind = domain.CorrectionNote
		}
		out = append(out, e)
	}
	out = append(out, s.hidden...)
	slices.SortStableFunc(out, func(a, b domain.RegistryEntry) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(standing(a), standing(b)))
	})
	return out
}

func standing(e domain.RegistryEntry) int {
	switch {
	case e.Holder.Own:
		return 0
	case e.Holder.Scope == National:
		return 1
	default:
		return 2
	}
}
