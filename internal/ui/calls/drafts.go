package calls

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Filing makes complaints.
type Filing interface {
	New(ctx context.Context, in filing.ComplaintInput) (domain.Complaint, error)
}

// Draft is one complaint to be made of marked calls: those of one number to one
// person.
type Draft struct {
	Calls    []domain.Call
	Category domain.Category
	// Err is why it could not be made, nil where nothing was said yet.
	Err error
}

// MostDrafts is how many complaints are made of marked calls at once.
const MostDrafts = 30

// Drafts are the complaints to be made of marked calls.
type Drafts struct {
	List []Draft
	// Hidden is how many of the calls came from a withheld number: nobody can
	// complain about those.
	Hidden int
	Busy   bool
	// Made is how many are made already.
	Made int
}

// Callers parts calls by number and person, in the order in which they come; no
// complaint is about several. Those from a withheld number are only counted.
func Callers(calls []domain.Call) (list []Draft, hidden int) {
	for _, c := range calls {
		if c.Number == "" {
			hidden++
			continue
		}
		i := slices.IndexFunc(list, func(d Draft) bool { return Together([]domain.Call{d.Calls[0], c}) })
		if i < 0 {
			list = append(list, Draft{})
			i = len(list) - 1
		}
		list[i].Calls = append(list[i].Calls, c)
		if list[i].Category == "" {
			list[i].Category = c.Category
		}
	}
	return list, hidden
}

// Drafts are the complaints that are being made of marked calls, nil for none.
func (m *Model) Drafts() *Drafts { return m.drafts }

// OfferDrafts lets the user say what each of the callers wanted.
func (m *Model) OfferDrafts(marked []domain.Call) {
	list, hidden := Callers(marked)
	if len(list) == 0 || len(list) > MostDrafts {
		return
	}
	m.drafts = &Drafts{List: list, Hidden: hidden}
	m.p.Events.Drafts()
}

// SetDraft says what the calls of a draft were about.
func (m *Model) SetDraft(i int, c domain.Category) {
	if d := m.drafts; d != nil && !d.Busy && i < len(d.List) {
		d.List[i].Category, d.List[i].Err = c, nil
	}
}

// CloseDrafts makes no more of them.
func (m *Model) CloseDrafts() { m.drafts = nil }

// MakeDrafts keeps each as a draft, in the language. Those that cannot be made
// stay, with the reason.
func (m *Model) MakeDrafts(language string) {
	d := m.drafts
	if d == nil || d.Busy {
		return
	}
	d.Busy = true
	m.p.Events.Drafts()
	drafts := slices.Clone(d.List)
	m.p.Write(func(ctx context.Context) error {
		for i := range drafts {
			_, drafts[i].Err = m.p.Filing.New(ctx, drafts[i].input(language))
			if err := ctx.Err(); err != nil {
				return err
			}
			if drafts[i].Err == nil {
				drafts[i].Calls = nil // made
			}
		}
		return nil
	}, func(err error) {
		left := slices.DeleteFunc(drafts, func(x Draft) bool { return x.Calls == nil })
		d.Made += len(d.List) - len(left)
		d.List, d.Busy = left, false
		if err != nil {
			m.p.Events.Failed(err)
		}
		m.p.Events.Drafts()
	})
}

func (d Draft) input(language string) filing.ComplaintInput {
	in := filing.ComplaintInput{Category: d.Category, Language: language, Draft: true}
	for _, c := range d.Calls {
		in.CallIDs = append(in.CallIDs, c.ID)
		for _, t := range c.Techniques {
			if !slices.Contains(in.Techniques, t) {
				in.Techniques = append(in.Techniques, t)
			}
		}
	}
	return in
}
