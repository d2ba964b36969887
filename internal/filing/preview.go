package filing

import (
	"context"

	"quietline/internal/domain"
)

// Preview gives the complaint that the input would make, as a draft, and stores
// nothing.
func (s *Service) Preview(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	in.Draft = true
	return s.build(ctx, in)
}

// ChannelOf is the channel through which a complaint goes; ok is false where it
// has none yet.
func (s *Service) ChannelOf(ctx context.Context, c domain.Complaint) (ch domain.Channel, ok bool, err error) {
	if c.ChannelID == 0 {
		return ch, false, nil
	}
	ch, err = s.p.Store.ChannelByID(ctx, c.ChannelID)
	return ch, err == nil, err
}
