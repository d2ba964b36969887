// Package home is the first page: one box for a number with the verdict under
// it while you type, three large buttons, new alerts, and the picture of the
// last 30 days.
package home

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/journal"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/ui/numberbox"
	"quietline/internal/ui/task"
)

// Journal tells about the logged calls and the people they belong to.
type Journal interface {
	People(ctx context.Context) ([]domain.Person, error)
	Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error)
}

// Filing tells about the complaints.
type Filing interface {
	CountByState(ctx context.Context) (map[domain.SendState]int64, error)
	// ChannelsWithoutTokens lists the channels, the default first.
	ChannelsWithoutTokens(ctx context.Context) ([]domain.Channel, error)
	CountWaiting(ctx context.Context) (filing.Waiting, error)
	Pending(ctx context.Context) (filing.Pending, error)
}

// RecentDays is how far back the picture looks, today included.
const RecentDays = 30

// Picture is what the tiles show.
type Picture struct {
	// Loaded says that the numbers below are real.
	Loaded bool
	// Recent counts the calls that were received in the last RecentDays days, as
	// the chart does, and Made those that were not.
	Recent, Made int64
	// AnyCalls says that there is at least one call, however old.
	AnyCalls bool
	// Drafts, Waiting and Filed count complaints: not yet queued, somewhere in
	// the outbox, with a receipt number.
	Drafts, Waiting, Filed int64
	// Trouble counts those in the outbox that ended with a final no.
	Trouble int64
	// Stuck is what the outbox has been trying for over a day, Stopped what waits
	// behind paused channels.
	Stuck, Stopped int
	// Practice says that complaints go nowhere but to a practice endpoint.
	Practice bool
	// NextAttempt is when the outbox tries next what did not get through, zero
	// where nothing waits for that.
	NextAttempt time.Time
}

// Empty says that nothing was ever logged or complained about.
func (p Picture) Empty() bool {
	return p.Loaded && !p.AnyCalls && p.Drafts+p.Waiting+p.Filed+p.Trouble == 0
}

// ModelParams are what NewModel needs.
type ModelParams struct {
	Checker numberbox.Checker
	Journal Journal
	Filing  Filing
	Lookout Lookout
	Clock   domain.Clock
	Run     task.Runner
	// PictureChanged is called after the tiles changed or failed to load.
	PictureChanged func()
	// VerdictChanged is called after the verdict changed.
	VerdictChanged func()
}

// Model is the state of the page. It is used on one goroutine only.
type Model struct {
	*numberbox.Model
	p       ModelParams
	picture Picture
	month   report.ChartData
	fault   error
	loads   int // counts loads; the answer of an older one is dropped
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	return &Model{Model: numberbox.NewModel(p.Checker, p.VerdictChanged), p: p}
}

// Picture is what the tiles show.
func (m *Model) Picture() Picture { return m.picture }

// Month counts the calls of the last RecentDays days by day and family.
func (m *Model) Month() report.ChartData { return m.month }

// Fault is why the picture could not be loaded, nil where it could.
func (m *Model) Fault() error { return m.fault }

// Load fetches what the tiles show and the province of the owner, which
// decides how a 96 code reads.
func (m *Model) Load() {
	m.loads++
	load := m.loads
	now := m.p.Clock.Now()
	var pic Picture
	var province string
	first := firstDay(now)
	month := report.ChartData{From: first, To: first.AddDate(0, 0, RecentDays-1)}
	m.p.Run(func(ctx context.Context) (err error) {
		province, err = m.ownProvince(ctx)
		if err == nil {
			month.Stats, err = m.p.Lookout.TimesOf(ctx, lookout.StatsFilter{From: first})
		}
		if err == nil {
			pic, err = m.paint(ctx, month.Stats)
		}
		return err
	}, func(err error) {
		if load != m.loads {
			return
		}
		m.fault = err
		if err == nil {
			m.picture, m.month = pic, month
			m.MoveTo(province)
		}
		m.p.PictureChanged()
	})
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
func (m *Model) paint(ctx context.Context, month insight.Stats) (Picture, error) {
	pic := Picture{Loaded: true, Recent: month.Calls, Made: month.Outgoing, AnyCalls: month.Calls+month.Outgoing > 0}
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
	if pic.Practice, err = m.practises(ctx); err != nil || pic.Waiting == 0 {
		return pic, err
	}
	waiting, err := m.p.Filing.CountWaiting(ctx)
	if err != nil {
		return Picture{}, err
	}
	pic.Stuck = waiting.Stuck
	for _, s := range waiting.Stopped {
		pic.Stopped += s.Count
	}
	pending, err := m.p.Filing.Pending(ctx)
	if err != nil {
		return Picture{}, err
	}
	if pending.Waiting > 0 {
		pic.NextAttempt = pending.NextAt
	}
	return pic, nil
}
