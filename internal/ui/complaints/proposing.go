package complaints

import (
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/wording"
)

// proposal is a text that was proposed and put into the description.
type proposal struct {
	text string
	// before and after are the whole description around that; earlier is the
	// proposal whose place it took.
	before, after, earlier string
}

// Record is the complaint as the form says it so far; what cannot be read yet
// is left out.
func (m *Model) Record() domain.ComplaintBody {
	f := m.form
	b := domain.ComplaintBody{
		Caller:   domain.Caller{Displayed: f.Number, Number: f.Check.Number, Family: f.Check.Family, Code: f.Check.Code},
		Category: f.Category, Techniques: f.Techniques, Harm: f.Harm, ConsentGiven: f.Consent.given(), Demands: f.Demands,
		Calls: m.calls(),
	}
	if f.Category == domain.CategoryFraud && f.FraudKind != "" {
		code := string(f.FraudKind)
		b.FraudKind = &code
	}
	if at, ok := m.moment(f.Refused); ok {
		b.RefusedAt = &at
	}
	if amount, ok := filing.Amount(f.Loss); ok {
		b.Loss = &domain.Loss{Amount: amount, Currency: domain.Yuan}
		if f.Currency != "" {
			b.Loss.Currency = f.Currency
		}
	}
	if p, other := m.Other(); other {
		b.Complainant.OnBehalf = &domain.OnBehalf{Name: p.Name}
	}
	return b
}

// calls are all calls of the form that have a time.
func (m *Model) calls() []domain.CallRef {
	f := m.form
	var list []domain.CallRef
	for _, c := range f.Calls {
		list = append(list, domain.CallRef{
			StartedAt: c.StartedAt, DurationSeconds: domain.WholeSeconds(c.Duration), Direction: c.Direction,
		})
	}
	if at, ok := m.moment(f.At); ok && !f.Logged() {
		c := domain.CallRef{StartedAt: at, Direction: f.Direction}
		if d, err := domain.ParseDuration(f.Duration); err == nil && strings.TrimSpace(f.Duration) != "" {
			c.DurationSeconds = domain.WholeSeconds(&d)
		}
		list = append(list, c)
	}
	return slices.Concat(list, f.Further)
}

// moment reads a time as typed; ok is false where it is none.
func (m *Model) moment(text string) (t time.Time, ok bool) {
	if strings.TrimSpace(text) == "" {
		return t, false
	}
	t, err := m.p.ReadTime(text)
	return t, err == nil
}

// Propose makes a text of what the form says.
func (m *Model) Propose(p *l10n.Printer, now time.Time) wording.Proposal {
	return wording.Propose(p, m.Record(), now)
}

// Recording says until when the records of the form's calls must be kept.
func (m *Model) Recording(now time.Time) (wording.Recording, bool) {
	return wording.KeptUntil(m.form.Check.Family, m.calls(), now)
}

// InsertProposal puts a proposed text into the description. What was typed
// stays; an earlier proposal that still stands there unchanged is replaced.
func (m *Model) InsertProposal(text string) {
	m.Edit(AtDescription, func(f *Form) {
		p := proposal{text: text, before: f.Description}
		if f.CanUndo() {
			p.earlier = f.proposal.text
		}
		f.Description = wording.Insert(f.Description, p.earlier, text)
		p.after = f.Description
		f.proposal = p
	})
}

// CanUndo says whether a proposed text stands in the description.
func (f *Form) CanUndo() bool {
	return f.proposal.text != "" && strings.Contains(f.Description, f.proposal.text)
}

// UndoProposal takes the proposed text out again. What was typed since stays.
func (m *Model) UndoProposal() {
	m.Edit(AtDescription, func(f *Form) {
		switch p := f.proposal; {
		case !f.CanUndo():
			return
		case f.Description == p.after:
			f.Description = p.before
		default:
			f.Description = strings.TrimSpace(strings.Replace(f.Description, p.text, p.earlier, 1))
		}
		f.proposal = proposal{text: f.proposal.earlier}
	})
}

// Parts is how many complaints the form becomes through its channel, and how
// long the channel's rate makes that take at least.
func (m *Model) Parts() (n int, pace time.Duration) {
	c, _ := m.channelOf(m.form.Channel)
	n = filing.Parts(max(1, len(m.calls())), c)
	return n, filing.Pace(n, c)
}

// OldCalls is how many of the form's calls are older than its channel takes,
// and how many days that is.
func (m *Model) OldCalls(now time.Time) (old, days int) {
	c, _ := m.channelOf(m.form.Channel)
	if c.Capabilities == nil || c.Capabilities.MaxCallAgeDays == nil {
		return 0, 0
	}
	for _, call := range m.calls() {
		if filing.TooOld([]domain.CallRef{call}, *c.Capabilities, now) == 0 {
			old++
		}
	}
	return old, *c.Capabilities.MaxCallAgeDays
}

// LeaveOutOld drops the calls that are older than the channel takes, as long as
// others are left.
func (m *Model) LeaveOutOld(now time.Time) {
	f := m.form
	c, _ := m.channelOf(f.Channel)
	if n, _ := m.OldCalls(now); n == 0 || n == len(m.calls()) {
		return
	}
	old := func(at time.Time) bool {
		return filing.TooOld([]domain.CallRef{{StartedAt: at}}, *c.Capabilities, now) == 0
	}
	// Copies, for who stores the form at this moment reads what it was given.
	f.Calls = slices.DeleteFunc(slices.Clone(f.Calls), func(c domain.Call) bool { return old(c.StartedAt) })
	f.Further = slices.DeleteFunc(slices.Clone(f.Further), func(c domain.CallRef) bool { return old(c.StartedAt) })
	f.Changed = true
	f.forgive(AtCalls)
	m.p.Events.Form()
}
