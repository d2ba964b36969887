package workspace

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/lookout"
	"quietline/internal/store"
)

// known are the contacts that raise no alert: everybody's count for each
// person, unless the person said of the number that it is unwanted.
type known struct{ *store.Store }

// ContactNumbers lists them.
func (k known) ContactNumbers(ctx context.Context) ([]lookout.Contact, error) {
	people, err := k.People(ctx)
	if err != nil {
		return nil, err
	}
	all, err := k.Contacts(ctx, 0)
	if err != nil {
		return nil, err
	}
	type mark struct {
		person domain.PersonID
		number string
	}
	refused, several := map[mark]bool{}, map[string]bool{}
	for _, c := range all {
		if c.Mark == domain.ContactUnwanted && c.PersonID != 0 {
			refused[mark{c.PersonID, c.Number}], several[c.Number] = true, true
		}
	}
	var out []lookout.Contact
	for _, c := range all {
		switch {
		case c.Mark == domain.ContactUnwanted:
		case c.PersonID != 0 || !several[c.Number]:
			out = append(out, lookout.Contact{PersonID: c.PersonID, Number: c.Number})
		default:
			for _, p := range people {
				if !refused[mark{p.ID, c.Number}] {
					out = append(out, lookout.Contact{PersonID: p.ID, Number: c.Number})
				}
			}
		}
	}
	return out, nil
}
