package contacts

import (
	"context"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/numberbox"
)

// Mention says of a number that is asked about whose contact it is: the
// owner's or everybody's, else that of whoever of the family has it. It is used
// on the goroutine that owns the widgets.
type Mention struct {
	env     *kit.Env
	journal Journal
	box     *fyne.Container

	number  string
	contact domain.Contact
	is      bool
	fault   error
	asks    int // counts questions; the answer to an older one is dropped
}

var _ numberbox.Contact = (*Mention)(nil)

// NewMention makes the mention.
func NewMention(e *kit.Env, j Journal) *Mention {
	return &Mention{env: e, journal: j, box: kit.Stack(0)}
}

// Content builds the mention; it hides where there is nothing to say.
func (m *Mention) Content() fyne.CanvasObject {
	m.box = kit.Stack(0)
	m.show()
	return m.box
}

// Ask shows what is known of a number in its normalised form, nothing for an
// empty one. What is shown of the same number stays until the answer is there.
func (m *Mention) Ask(ctx context.Context, number string) {
	m.asks++
	ask := m.asks
	if number != m.number {
		m.number, m.is, m.fault = number, false, nil
		m.show()
	}
	if number == "" {
		return
	}
	type answer struct {
		contact domain.Contact
		is      bool
	}
	kit.Run(ctx, m.env.Jobs, func(ctx context.Context) (a answer, err error) {
		a.contact, a.is, err = m.find(ctx, number)
		return a, err
	}, func(a answer, err error) {
		if ask == m.asks {
			m.contact, m.is, m.fault = a.contact, a.is, err
			m.show()
		}
	})
}

func (m *Mention) find(ctx context.Context, number string) (domain.Contact, bool, error) {
	people, err := m.journal.People(ctx)
	if err != nil {
		return domain.Contact{}, false, err
	}
	for _, p := range people { // the owner first
		if c, ok, err := m.journal.ContactOf(ctx, p.ID, number); ok || err != nil {
			return c, ok, err
		}
	}
	return domain.Contact{}, false, nil
}

func (m *Mention) show() {
	m.box.RemoveAll()
	switch {
	case m.fault != nil:
		m.box.Add(m.env.ErrorNotice(m.fault))
	case m.is:
		m.box.Add(said(m.env, m.contact))
	}
	m.box.Hidden = len(m.box.Objects) == 0
	m.box.Refresh()
}

// said is what being a contact means for a number, with what can be done.
func said(e *kit.Env, c domain.Contact, deeds ...fyne.CanvasObject) fyne.CanvasObject {
	args := map[string]any{"Name": c.Name, "Whose": whose(e, c)}
	if c.Mark == domain.ContactUnwanted {
		return kit.Notice(look.Caution, e.T("contacts.is_unwanted"), e.T("contacts.is_unwanted.text", args), deeds...)
	}
	return kit.Notice(look.Info, e.T("contacts.is_known", args), e.T("contacts.is_known.text", args), deeds...)
}
