// Package home is the first page: one box for a number with the verdict under
// it while you type, three large buttons, and the picture of the last 30 days.
package home

import (
	"context"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/numbers"
)

// Checker judges a number as displayed. It does no I/O, so it is asked while
// the user types.
type Checker interface {
	// Check reads the number; province is the Chinese name of the place where
	// the call was received, or empty.
	Check(input, province string) domain.Check
}

// Journal tells about the logged calls and the people they belong to.
type Journal interface {
	People(ctx context.Context) ([]domain.Person, error)
	Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error)
	IndexCalls(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error)
}

// Filing tells about the complaints.
type Filing interface {
	CountByState(ctx context.Context) (map[domain.SendState]int64, error)
}

// Runner does work that may wait elsewhere and then calls done where the
// model lives. The returned function cancels the work.
type Runner func(work func(context.Context) error, done func(error)) (cancel func())

// RecentDays is how far back the picture looks.
const RecentDays = 30

// Picture is what the tiles show.
type Picture struct {
	// Loaded says that the numbers below are real.
	Loaded bool
	// Recent counts the calls of the last RecentDays days.
	Recent int64
	// AnyCalls says that there is at least one call, however old.
	AnyCalls bool
	// Drafts, Waiting and Filed count complaints: not yet queued, somewhere in
	// the outbox, with a receipt number.
	Drafts, Waiting, Filed int64
	// Trouble counts those in the outbox that ended with a final no.
	Trouble int64
}

// Empty says that nothing was ever logged or complained about.
func (p Picture) Empty() bool {
	return p.Loaded && !p.AnyCalls && p.Drafts+p.Waiting+p.Filed+p.Trouble == 0
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Checker Checker
	Journal Journal
	Filing  Filing
	Clock   domain.Clock
	Run     Runner
	// PictureChanged is called after the tiles changed or failed to load.
	PictureChanged func()
	// VerdictChanged is called after the verdict changed.
	VerdictChanged func()
}

// Model is the state of the page. It is used on one goroutine only.
type Model struct {
	p        ModelParams
	input    string
	settled  bool
	missing  bool // submitted without a number
	province string
	check    domain.Check
	picture  Picture
	fault    error
	loads    int // counts loads; the answer of an older one is dropped
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model { return &Model{p: p} }

// Input is the number as typed.
func (m *Model) Input() string { return m.input }

// Asked says whether there is a number to judge.
func (m *Model) Asked() bool { return strings.TrimSpace(m.input) != "" }

// Check is the answer about the number; it means nothing unless Asked.
func (m *Model) Check() domain.Check { return m.check }

// Picture is what the tiles show.
func (m *Model) Picture() Picture { return m.picture }

// Fault is why the picture could not be loaded, nil where it could.
func (m *Model) Fault() error { return m.fault }

// Type takes the number over as it stands in the box.
func (m *Model) Type(input string) {
	if input == m.input {
		return
	}
	m.input, m.settled, m.missing = input, false, false
	m.judge()
}

// Paste takes over a whole number at once: it is not half typed. Of a message
// that holds one number it takes that.
func (m *Model) Paste(text string) {
	m.input, m.settled, m.missing = numbers.InMessage(text), true, false
	m.judge()
}

// Submit says that the user wants the answer now.
func (m *Model) Submit() {
	if m.Asked() {
		m.Settle()
		return
	}
	m.missing = true
	m.p.VerdictChanged()
}

// Missing says that the answer is wanted, but there is no number.
func (m *Model) Missing() bool { return m.missing }

// Settle says that the user has finished typing.
func (m *Model) Settle() {
	if !m.settled {
		m.settled = true
		m.p.VerdictChanged()
	}
}

func (m *Model) judge() {
	if m.Asked() {
		m.check = m.p.Checker.Check(m.input, m.province)
	} else {
		m.check = domain.Check{}
	}
	m.p.VerdictChanged()
}

// longestTyped is the number of digits from which on a number counts as
// complete: a mobile number has eleven.
const longestTyped = 11

// Incomplete says that the number may only be half typed, so that "no genuine
// number has this form" would be said too early.
func (m *Model) Incomplete() bool {
	if m.settled || !m.Asked() {
		return false
	}
	digits := 0
	for _, r := range m.input {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			digits++
		}
	}
	if digits == 0 || digits >= longestTyped {
		return false
	}
	// More digits can mend a wrong length, but nothing else that is wrong.
	if slices.ContainsFunc(m.check.Rules, func(r domain.Rule) bool {
		return r.Severity() == domain.SeverityDanger && r != domain.RuleWrongLength
	}) {
		return false
	}
	return m.check.Family == domain.FamilyMalformed || slices.Contains(m.check.Rules, domain.RuleWrongLength)
}

// Load fetches what the tiles show and the province of the owner, which
// decides how a 96 code reads.
func (m *Model) Load() {
	m.loads++
	load := m.loads
	now := m.p.Clock.Now()
	var pic Picture
	var province string
	m.p.Run(func(ctx context.Context) (err error) {
		province, err = m.ownProvince(ctx)
		if err == nil {
			pic, err = m.paint(ctx, now)
		}
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		m.fault = err
		if err == nil {
			m.picture = pic
			m.moveTo(province)
		}
		m.p.PictureChanged()
	})
}

// moveTo judges the number again where the province turns out to be another.
func (m *Model) moveTo(province string) {
	if province == m.province {
		return
	}
	m.province = province
	if m.Asked() {
		m.judge()
	}
}

func (m *Model) ownProvince(ctx context.Context) (string, error) {
	people, err := m.p.Journal.People(ctx)
	for _, p := range people {
		if p.ID == domain.SelfID {
			return p.Province, err
		}
	}
	return "", err
}

// paint runs away from the model's goroutine and touches none of its state.
func (m *Model) paint(ctx context.Context, now time.Time) (Picture, error) {
	pic := Picture{Loaded: true}
	index, err := m.p.Journal.IndexCalls(ctx, domain.CallFilter{From: now.AddDate(0, 0, -RecentDays)}, domain.MaxPageSize)
	if err != nil {
		return Picture{}, err
	}
	pic.Recent, pic.AnyCalls = index.Count, index.Count > 0
	if !pic.AnyCalls {
		page, err := m.p.Journal.Calls(ctx, domain.CallFilter{}, domain.Page{Limit: 1})
		if err != nil {
			return Picture{}, err
		}
		pic.AnyCalls = len(page.Calls) > 0
	}
	counts, err := m.p.Filing.CountByState(ctx)
	if err != nil {
		return Picture{}, err
	}
	for state, n := range counts {
		switch state {
		case domain.SendDraft:
			pic.Drafts += n
		case domain.SendQueued, domain.SendSending, domain.SendRetry, domain.SendUnknown, domain.SendToken:
			pic.Waiting += n
		case domain.SendSent:
			pic.Filed += n
		case domain.SendFailed:
			pic.Trouble += n
		case domain.SendSkipped, domain.SendCancelled:
		}
	}
	return pic, nil
}
