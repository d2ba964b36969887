package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"quietline/internal/domain"
)

// WritingStore keeps complaints while they are written.
type WritingStore interface {
	// QueueParts puts complaints into the outbox as Queue does, all of them or
	// none. The first must be in the state was: "" for a new one, a draft, or
	// queued without an attempt ever begun, as of the transaction. Such a one
	// keeps the key under which it was queued, and only its payload is frozen
	// anew. Fails as Queue does; "complaint.not_draft" also where a worker has
	// taken it meanwhile.
	QueueParts(ctx context.Context, parts []QueueRequest, was domain.SendState) error
	// TakeBack makes a draft, with these contents, of a complaint that is queued
	// without an attempt ever begun. Its key is forgotten. Fails with Conflict
	// "complaint.not_draft" otherwise.
	TakeBack(ctx context.Context, c domain.Complaint, now time.Time) error
}

// New is NewAll where one complaint is expected; of several it gives the first.
func (s *Service) New(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	list, err := s.NewAll(ctx, in)
	if err != nil {
		return domain.Complaint{}, err
	}
	return list[0], nil
}

// NewAll validates a complaint and puts it into the outbox, or, as a draft,
// only keeps it. Where its channel takes fewer calls at a time, it becomes
// several complaints (Parts), each with a key of its own, all or none. Every
// problem at a field is in the returned domain.Problems. A second complaint
// about the same call is refused with Conflict "complaint.duplicate". The files of
// evidence go with every part: each is a complaint that stands by itself.
func (s *Service) NewAll(ctx context.Context, in ComplaintInput) (list []domain.Complaint, err error) {
	err = s.withEvidence(ctx, in.Evidence, func() error {
		list, err = s.create(ctx, in)
		return err
	})
	return list, err
}

func (s *Service) create(ctx context.Context, in ComplaintInput) ([]domain.Complaint, error) {
	c, err := s.build(ctx, in)
	if err != nil {
		return nil, err
	}
	now := s.p.Clock.Now()
	was := c.SendState
	if in.Draft {
		c.SendState = domain.SendDraft
		if was == domain.SendQueued {
			err = s.p.Store.TakeBack(ctx, c, now)
		} else {
			err = s.p.Store.SaveDraft(ctx, c, now)
		}
		return s.storedAll(ctx, []domain.Complaint{c}, err)
	}
	parts, err := s.parts(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.queue(ctx, parts, was, now)
}

// parts cuts a complaint as its channel needs it.
func (s *Service) parts(ctx context.Context, c domain.Complaint) ([]domain.Complaint, error) {
	if len(c.Body.Calls) < 2 {
		return []domain.Complaint{c}, nil
	}
	ch, err := s.p.Store.ChannelByID(ctx, c.ChannelID)
	if err != nil {
		return nil, err
	}
	return split(c, mostCalls(ch), func() domain.ComplaintID { return domain.ComplaintID(s.p.Source.UUID()) }), nil
}

// queue freezes the payloads under new idempotency keys. From the first attempt
// on the bytes never change: "same body" means the same bytes (intake-api.md).
func (s *Service) queue(ctx context.Context, list []domain.Complaint, was domain.SendState, now time.Time) ([]domain.Complaint, error) {
	requests := make([]QueueRequest, len(list))
	for i, c := range list {
		ch, err := s.p.Store.ChannelByID(ctx, c.ChannelID)
		if err != nil {
			return nil, err
		}
		if requests[i], err = s.freeze(ch, c, now); err != nil {
			return nil, err
		}
	}
	var err error
	if len(requests) == 1 && was != domain.SendQueued {
		err = s.p.Store.Queue(ctx, requests[0])
	} else {
		err = s.p.Store.QueueParts(ctx, requests, was)
	}
	if err == nil {
		s.p.Queued()
	}
	return s.storedAll(ctx, list, err)
}

// freeze makes the request that queues a complaint through its channel.
func (s *Service) freeze(ch domain.Channel, c domain.Complaint, now time.Time) (QueueRequest, error) {
	payload, err := s.compose(ch, c.Body)
	if err != nil {
		return QueueRequest{}, err
	}
	sum := sha256.Sum256(payload)
	c.SendState = domain.SendQueued
	return QueueRequest{
		Complaint: c, Key: s.p.Source.UUID(), Payload: payload, PayloadSHA256: hex.EncodeToString(sum[:]), Now: now,
	}, nil
}

// storedAll reads what was just written, unless that failed.
func (s *Service) storedAll(ctx context.Context, list []domain.Complaint, err error) ([]domain.Complaint, error) {
	if err != nil {
		return nil, err
	}
	out := make([]domain.Complaint, len(list))
	for i, c := range list {
		if out[i], err = s.stored(ctx, c.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}
