package complaints

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Form is the complaint that is being written, nil for none.
func (m *Model) Form() *Form { return m.form }

// NewForCalls opens the form for logged calls.
func (m *Model) NewForCalls(ids []domain.CallID) {
	m.openForm(&Form{Busy: true})
	m.fetchCalls(ids, func(calls []domain.Call, err error) {
		m.form.Fault = err
		m.form.take(calls)
	})
}

// NewForNumber opens the form for a number, which may be empty.
func (m *Model) NewForNumber(number string) {
	m.openForm(&Form{Number: number})
}

// EditDraft opens the form with the open complaint, which nobody has begun to
// send.
func (m *Model) EditDraft() {
	if c := m.detail.Complaint; m.hasOpen && c.Editable() {
		m.fillFrom(c, &Form{ID: c.ID, Queued: c.SendState == domain.SendQueued})
	}
}

// FileAnew opens the form with the contents of the open complaint, which came
// to nothing, and the endpoint's reasons at their fields.
func (m *Model) FileAnew() {
	if c := m.detail.Complaint; m.hasOpen && anew(c.SendState) {
		m.fillFrom(c, &Form{Changed: true, Problems: reasons(c.Problems)})
	}
}

// anew says whether a complaint in this state can be filed once more: only
// where it is certain that no endpoint holds it.
func anew(s domain.SendState) bool {
	switch s {
	case domain.SendFailed, domain.SendSkipped, domain.SendCancelled:
		return true
	case domain.SendDraft, domain.SendQueued, domain.SendSending, domain.SendSent,
		domain.SendToken, domain.SendUnknown, domain.SendRetry:
	}
	return false
}

// fillFrom opens a form with what a complaint says.
func (m *Model) fillFrom(c domain.Complaint, f *Form) {
	b := c.Body
	f.Number, f.Person, f.Category, f.Channel = b.Caller.Displayed, c.PersonID, b.Category, c.Channel
	f.Techniques, f.Demands = slices.Clone(b.Techniques), slices.Clone(b.Demands)
	f.Harm, f.Description, f.Consent, f.FraudKind = b.Harm, b.Description, consentOf(b.ConsentGiven), b.FraudKindOf()
	f.Files = attached(b.Evidence)
	switch {
	case c.Stated != nil:
		f.Person, f.stated = asStated, stated{who: c.Stated, person: c.PersonID}
	case c.PersonID == 0: // removed with the calls, or never in the list
		f.Person = nobody
	}
	if b.RefusedAt != nil {
		f.Refused = FormatTime(*b.RefusedAt)
	}
	if b.Loss != nil {
		f.Loss, f.Currency = b.Loss.Amount, b.Loss.Currency
	}
	if len(c.CallIDs) == 0 {
		f.typed(b.Calls)
		m.openForm(f)
		return
	}
	f.Busy = true
	m.openForm(f)
	m.fetchCalls(c.CallIDs, func(calls []domain.Call, err error) {
		if err != nil {
			// Without its calls it would come back as one typed call.
			m.form = nil
			m.p.Events.Failed(err)
			return
		}
		// The stored contents stay; only the calls themselves are fetched.
		category, techniques := f.Category, f.Techniques
		f.take(calls)
		f.Category, f.Techniques = category, techniques
		f.Further = slices.DeleteFunc(slices.Clone(b.Calls), func(r domain.CallRef) bool {
			return slices.ContainsFunc(calls, func(c domain.Call) bool { return c.StartedAt.Equal(r.StartedAt) })
		})
	})
}

// typed takes over calls that stand in no log: one can be corrected, several
// are shown as they are.
func (f *Form) typed(calls []domain.CallRef) {
	if len(calls) != 1 || calls[0].RingSeconds != nil { // there is no field for the ringing
		f.Further = slices.Clone(calls)
		return
	}
	f.At, f.Direction = FormatTime(calls[0].StartedAt), calls[0].Direction
	if n := calls[0].DurationSeconds; n != nil {
		f.Duration = formatSeconds(*n)
	}
}

// openForm shows a form; what was written before is gone, so the page asks
// first (Unsaved).
func (m *Model) openForm(f *Form) {
	m.fills++
	m.form = f
	m.judge()
	m.p.Events.Form()
}

// fetchCalls fetches the calls the open form is about and hands them to fill,
// unless another form is open by then.
func (m *Model) fetchCalls(ids []domain.CallID, fill func([]domain.Call, error)) {
	mine := m.fills
	var calls []domain.Call
	m.p.Write(func(ctx context.Context) error {
		for _, id := range ids {
			c, err := m.p.Journal.Call(ctx, id)
			if err != nil {
				return err
			}
			calls = append(calls, c)
		}
		return nil
	}, func(err error) {
		if mine != m.fills || m.form == nil {
			return
		}
		m.form.Busy = false
		if err != nil {
			calls = nil
		}
		fill(calls, err)
		m.judge()
		m.p.Events.Form()
	})
}

// take fills in what logged calls say.
func (f *Form) take(calls []domain.Call) {
	slices.SortFunc(calls, func(a, b domain.Call) int { return b.StartedAt.Compare(a.StartedAt) })
	f.Calls = calls
	if len(calls) == 0 {
		return
	}
	f.Number, f.Person = calls[0].Display, calls[0].PersonID
	for _, c := range calls {
		if f.Category == "" {
			f.Category = c.Category
		}
		for _, t := range c.Techniques {
			if !slices.Contains(f.Techniques, t) {
				f.Techniques = append(f.Techniques, t)
			}
		}
	}
}

// Unsaved says whether a form is open that holds something typed and not
// stored.
func (m *Model) Unsaved() bool { return m.form != nil && m.form.Changed }

// CloseForm throws the form away.
func (m *Model) CloseForm() {
	m.fills++
	if f := m.form; f != nil {
		m.dropFiles(append(slices.Clone(f.Files), orNone(f.Removed)...))
	}
	m.form = nil
	m.p.Events.Form()
}

// Edit changes one field. Its problems are gone then, because they were about
// what stood there before.
func (m *Model) Edit(field string, change func(*Form)) {
	f := m.form
	if f == nil {
		return
	}
	change(f)
	f.Changed = true
	if field == AtNumber || field == AtPerson {
		m.forgetGuard()
		m.judge()
	}
	if f.forgive(field) {
		m.p.Events.Fields()
	}
}

// judge gives the verdict of the number, with the province in which the call
// was received.
func (m *Model) judge() {
	if m.form == nil {
		return
	}
	m.form.Check = m.p.Checker.Check(m.form.Number, m.form.province(m.people))
	m.p.Events.Verdict()
}

// Other is the person the form complains for where that is somebody else.
func (m *Model) Other() (domain.Person, bool) {
	if m.form.Person == asStated {
		return m.form.statedFor(m.people)
	}
	i := slices.IndexFunc(m.people, func(p domain.Person) bool { return p.ID == m.form.Person })
	if i < 0 || m.people[i].ID == domain.SelfID {
		return domain.Person{}, false
	}
	return m.people[i], true
}

// Destination is where a complaint is about to go.
type Destination struct {
	// Channel is its name, URL where it leads.
	Channel, URL string
	// Practice says that it files nothing anywhere, ByHand that the user files.
	Practice, ByHand bool
}

// Destination is where the form leads; ok is false where there is no channel.
func (m *Model) Destination() (d Destination, ok bool) {
	if m.form == nil {
		return Destination{}, false
	}
	c, ok := m.channelOf(m.form.Channel)
	return Destination{Channel: c.Name, URL: c.URL, Practice: filing.IsPractice(c), ByHand: c.Kind == domain.ChannelAssisted}, ok
}

// Verify checks the whole form with the rules that filing itself uses. Where
// nothing is wrong, ready is called: the moment to ask the user to confirm.
func (m *Model) Verify(language string, ready func()) {
	in, unread, ok := m.begin(language)
	if !ok {
		return
	}
	fill := m.fills
	m.submit(&in, unread, func(ctx context.Context) error { return m.p.Filing.Validate(ctx, in) }, func(err error) {
		if fill != m.fills || m.form == nil {
			return
		}
		m.form.Busy = false
		m.form.blame(unread, err)
		if err == nil && !in.Anyway {
			m.guard(nil) // the contact has gone meanwhile
		} else {
			m.p.Events.Guard()
		}
		if m.form.Wrong() {
			m.refuse()
			return
		}
		m.p.Events.Fields()
		ready()
	})
}

// File puts the complaint into the outbox.
func (m *Model) File(language string) { m.store(language, false) }

// SaveDraft keeps the complaint without filing it.
func (m *Model) SaveDraft(language string) { m.store(language, true) }

// begin reads the form and marks it busy; ok is false where it is busy already.
// From here on the complaint goes to the channel that is shown, also where
// another one becomes the default before the user has confirmed it.
func (m *Model) begin(language string) (in filing.ComplaintInput, unread domain.Problems, ok bool) {
	if m.form == nil || m.form.Busy || m.form.Adding > 0 {
		return in, nil, false
	}
	if c, found := m.channelOf(m.form.Channel); found {
		m.form.Channel = c.Name
	}
	in, unread = m.form.input(reading{language: language, people: m.people, time: m.p.ReadTime})
	m.form.Busy = true
	m.p.Events.Fields()
	return in, unread, true
}

func (m *Model) store(language string, draft bool) {
	in, unread, ok := m.begin(language)
	if !ok {
		return
	}
	in.Draft = draft
	fill := m.fills
	var list []domain.Complaint
	m.submit(&in, unread, func(ctx context.Context) (err error) {
		list, err = m.p.Filing.NewAll(ctx, in)
		return err
	}, func(err error) {
		mine := fill == m.fills && m.form != nil
		if err == nil && len(unread) == 0 {
			m.stored(list, in, mine)
			return
		}
		if !mine {
			m.p.Events.Failed(err)
			return
		}
		m.form.Busy = false
		m.form.blame(unread, err)
		if draft {
			m.p.Events.Blamed()
			return
		}
		m.p.Events.Guard()
		m.refuse()
	})
}

// stored shows what became of the form.
func (m *Model) stored(list []domain.Complaint, in filing.ComplaintInput, mine bool) {
	c, deed := list[0], DeedQueued
	switch {
	case in.Draft:
		deed = DeedDrafted
	case len(list) > 1:
		deed = DeedParts
	case c.ByHand():
		deed = DeedPrepared
	case in.Queued:
		deed = DeedChanged
	}
	if mine {
		m.fills++
		m.form, m.together = nil, together{}
		m.p.Events.Form()
		m.Jump(c.ID)
	}
	m.p.Events.Stored(deed, c)
	m.Refresh()
}
