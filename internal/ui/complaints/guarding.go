package complaints

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// AskGuard finds out whether filing would ask back about the number of the
// form, so that it is said before anything is filed.
func (m *Model) AskGuard() {
	f := m.form
	if f == nil || f.Busy || f.Number == "" {
		return
	}
	in, unread := f.input(reading{people: m.people, time: m.p.ReadTime})
	for _, u := range unread {
		if u.Field == AtPerson {
			return // who complains decides whose contacts count
		}
	}
	m.guards++
	ask, fill := m.guards, m.fills
	m.askRelated(in)
	m.p.Run(func(ctx context.Context) error { return m.p.Filing.Guard(ctx, in) }, func(err error) {
		if ask != m.guards || fill != m.fills || m.form == nil {
			return
		}
		// What else goes wrong is said when the complaint is filed.
		if err == nil || filing.Overridable(err) {
			m.guard(err)
		}
	})
}

// guard takes over the question, or that there is none. An answer is to one
// question.
func (m *Model) guard(question error) {
	f := m.form
	if domain.KeyOf(question) != domain.KeyOf(f.Guard) {
		f.Anyway = false
	}
	f.Guard = question
	m.p.Events.Guard()
}

// forgetGuard drops question and answer, because the number, or who complains
// about it, is another one now.
func (m *Model) forgetGuard() {
	m.guards++
	if m.form.Guard != nil {
		m.guard(nil)
	}
	if m.form.Related != nil {
		m.form.Related = nil
		m.p.Events.Related()
	}
}

// SetAnyway answers the question of the guard.
func (m *Model) SetAnyway(anyway bool) {
	if f := m.form; f != nil && f.Guard != nil && f.Anyway != anyway {
		f.Anyway, f.Changed = anyway, true
		m.p.Events.Guard()
	}
}

// refuse says what has to be corrected or answered before the complaint can be
// filed.
func (m *Model) refuse() {
	m.p.Events.Blamed()
	if m.form.Asked() {
		m.p.Events.Asked()
	}
}
