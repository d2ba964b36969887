package advice

import (
	"slices"

	"quietline/internal/domain"
)

// Registry is what is asked for the lines of banks.
type Registry interface {
	// Search gives at most limit rows, the best first.
	Search(query string, limit int) []domain.RegistryEntry
}

// Params are what a Service is made of. All are required.
type Params struct {
	// Table gives the advice that counts at the moment.
	Table func() *Table
	// Registry knows the lines of banks.
	Registry Registry
}

// Service holds the use cases on advice. It is safe for concurrent use.
type Service struct{ p Params }

// New makes a Service.
func New(p Params) *Service { return &Service{p} }

// List gives the entries that a query finds, of one group or, where that is
// empty, of all, the best first; a blank query finds all in the order of the
// table.
func (s *Service) List(query string, group Group) []Entry {
	var out []Entry
	for _, e := range s.p.Table().Search(query) {
		if group == "" || e.Group == group {
			out = append(out, e)
		}
	}
	return out
}

// Show gives one entry. It fails with NotFound "advice.unknown" (Args: ID).
func (s *Service) Show(id string) (Entry, error) {
	if e, ok := s.p.Table().Entry(id); ok {
		return e, nil
	}
	return Entry{}, domain.E("advice.Show", domain.NotFound, "advice.unknown", domain.Args{"ID": domain.Clip(id, 40)}, nil)
}

// mostAsked is how many rows of the registry are looked through for a bank.
const mostAsked = 2000

// Lines looks up whom to ask to stop a payment: the lines of banks, then those
// of payment firms, which lists file under the internet, at most limit of them.
// What the user hid is left out. The lists are public and none is official, so
// the number on the card comes first.
func (s *Service) Lines(query string, limit int) []domain.RegistryEntry {
	var banks, firms []domain.RegistryEntry
	for _, e := range s.p.Registry.Search(query, mostAsked) {
		switch {
		case e.Kind == domain.CorrectionHide:
		case e.Holder.Category == "bank":
			banks = append(banks, e)
		case e.Holder.Category == "internet":
			firms = append(firms, e)
		}
	}
	out := slices.Concat(banks, firms)
	return out[:min(max(limit, 0), len(out))]
}
