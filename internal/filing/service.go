package filing

import (
	"context"
	"log/slog"

	"quietline/internal/domain"
)

// Params are what a Service needs.
type Params struct {
	Store  Store
	Calls  CallReader
	People PeopleReader
	// Contacts may be nil: then nobody knows anybody.
	Contacts  ContactReader
	Checker   Checker
	Endpoints Endpoints
	Secrets   Secrets
	// What batches need; they may be nil where there are none.
	Batches   BatchStore
	Sheets    Sheets
	Terms     Terms
	Provinces Provinces
	Clock     domain.Clock
	Source    domain.Source
	// Vault keeps files of evidence; it may be nil: then none are taken.
	Vault Vault
	Log   *slog.Logger
	// Queued is called after a complaint went into the outbox, so that a
	// running worker looks at once; it may be nil and must not block.
	Queued func()
}

// Service holds the use cases on complaints and channels. It is safe for
// concurrent use.
type Service struct {
	p    Params
	held holds
}

// New makes a Service.
func New(p Params) *Service {
	if p.Queued == nil {
		p.Queued = func() {}
	}
	if p.Contacts == nil {
		p.Contacts = noContacts{}
	}
	if p.Vault == nil {
		p.Vault = noVault{}
	}
	return &Service{p: p}
}

// Detail is everything about one complaint.
type Detail struct {
	Complaint domain.Complaint
	Attempts  []domain.Attempt
	Timeline  []domain.TimelineEvent
	// Evidence are the files that belong to it.
	Evidence []domain.EvidenceStatus
	// Practice says that its channel files nothing anywhere.
	Practice bool
	// Withdrawal is how far taking it back has come, nil where nobody asked.
	Withdrawal *Withdrawal
	// Channel is the channel, the zero one where there is none any more.
	Channel domain.Channel
	// CaseProblem is the error key of why the endpoint did not tell the case the
	// last time it was asked, or empty.
	CaseProblem string
}

// Complaints pages through the matching complaints, newest first.
func (s *Service) Complaints(ctx context.Context, f domain.ComplaintFilter, p domain.Page) (ComplaintPage, error) {
	return s.p.Store.Complaints(ctx, f, p)
}

// CountByState counts all complaints by send state.
func (s *Service) CountByState(ctx context.Context) (map[domain.SendState]int64, error) {
	return s.p.Store.CountByState(ctx)
}

// Show gives a complaint with its attempts and timeline. It is found by its ID
// or by a prefix of it (at least 4 characters) that no other complaint has.
func (s *Service) Show(ctx context.Context, idOrPrefix string) (Detail, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return Detail{}, err
	}
	d := Detail{Complaint: c}
	if d.Attempts, err = s.p.Store.Attempts(ctx, c.ID); err != nil {
		return Detail{}, err
	}
	if d.Timeline, err = s.p.Store.Timeline(ctx, c.ID); err != nil {
		return Detail{}, err
	}
	if d.Evidence, err = s.status(ctx, c); err != nil {
		return Detail{}, err
	}
	if d.CaseProblem, err = s.p.Store.CaseProblem(ctx, c.ID); err != nil {
		return Detail{}, err
	}
	if w, ok, err := s.p.Store.Withdrawal(ctx, c.ID); err != nil {
		return Detail{}, err
	} else if ok {
		d.Withdrawal = &w
	}
	if c.ChannelID != 0 {
		ch, err := s.p.Store.ChannelByID(ctx, c.ChannelID)
		if err != nil && domain.KindOf(err) != domain.NotFound {
			return Detail{}, err
		}
		d.Practice, d.Channel = IsPractice(ch), ch
	}
	return d, nil
}

// TryNow lets the outbox try what waits for a later try at once, because the
// user asked for it: one complaint, or all where id is empty. What an endpoint
// asked to be kept back (Retry-After) stays back.
func (s *Service) TryNow(ctx context.Context, id domain.ComplaintID) error {
	r := HastenRequest{Now: s.p.Clock.Now(), ID: id}
	err := s.p.Store.Hasten(ctx, r)
	if err == nil {
		err = s.p.Store.HastenUploads(ctx, r)
	}
	if err == nil {
		s.p.Queued()
	}
	return err
}

// Cancel takes a complaint back as long as it is certain that no endpoint
// holds it. Fails with Conflict "complaint.not_cancellable".
func (s *Service) Cancel(ctx context.Context, idOrPrefix string) (domain.Complaint, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.Complaint{}, err
	}
	if err := s.p.Store.CancelComplaint(ctx, c.ID, s.p.Clock.Now()); err != nil {
		return domain.Complaint{}, err
	}
	if err := s.removeUnused(context.WithoutCancel(ctx), digestsOf(c.Body.Evidence)); err != nil {
		s.p.Log.Warn("files of a cancelled complaint stay for the sweep", "complaint", c.ID, "err", err)
	}
	return s.stored(ctx, c.ID)
}

// IsPractice says whether a channel leads to a practice endpoint: the built-in
// one, or one that says so of itself.
func IsPractice(c domain.Channel) bool {
	return c.URL == domain.PracticeURL || c.Capabilities != nil && c.Capabilities.Practice
}
