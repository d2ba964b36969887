package registry

import (
	"cmp"
	"slices"

	"quietline/internal/domain"
)

// Diff says what is different in the later list, each in the order of codes
// and, within a code, of scopes. A holder that differs in anything, its note
// included, is changed. A nil list has no rows.
func Diff(before, after *Snapshot) (added, changed, removed []domain.RegistryChange) {
	old, now := rowsByKey(before), rowsByKey(after)
	for key, h := range now {
		was, ok := old[key]
		switch {
		case !ok:
			added = append(added, domain.RegistryChange{Code: key[0], Scope: key[1], After: &h})
		case was != h:
			changed = append(changed, domain.RegistryChange{Code: key[0], Scope: key[1], Before: &was, After: &h})
		}
	}
	for key, h := range old {
		if _, ok := now[key]; !ok {
			removed = append(removed, domain.RegistryChange{Code: key[0], Scope: key[1], Before: &h})
		}
	}
	for _, list := range [][]domain.RegistryChange{added, changed, removed} {
		slices.SortFunc(list, func(a, b domain.RegistryChange) int {
			return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Scope, b.Scope))
		})
	}
	return added, changed, removed
}

// rowsByKey gives every row by code and scope, which no two rows share.
func rowsByKey(s *Snapshot) map[[2]string]domain.Holder {
	if s == nil {
		return nil
	}
	rows := make(map[[2]string]domain.Holder, len(s.rows))
	for code, h := range s.All() {
		rows[[2]string{code, h.Scope}] = h
	}
	return rows
}
