package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Outlook is what waits behind one channel, and how long that takes.
type Outlook struct {
	Channel domain.Channel
	// Due is how many complaints could be sent now.
	Due int
	// Pace is how long the channel's rate makes them take at least.
	Pace time.Duration
}

// Outlook says how long it takes at least to send what is due: behind the named
// channel or, where the name is empty, behind each; in a batch, or in all.
// Channels with nothing due are left out.
func (s *Service) Outlook(ctx context.Context, channel, batch string) ([]Outlook, error) {
	list, err := s.p.Store.Channels(ctx)
	if err != nil {
		return nil, err
	}
	var out []Outlook
	for _, c := range list {
		if channel != "" && c.Name != channel {
			continue
		}
		p, err := s.p.Store.Pending(ctx, ClaimRequest{Now: s.p.Clock.Now(), ChannelID: c.ID, Batch: batch})
		if err != nil {
			return nil, err
		}
		if p.Due > 0 {
			out = append(out, Outlook{Channel: c, Due: p.Due, Pace: Pace(p.Due, c)})
		}
	}
	return out, nil
}
