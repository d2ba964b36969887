package filing

import (
	"context"

	"quietline/internal/domain"
)

// A channel that is not set up yet can be checked and tried, so that nothing is
// filed through one that does not work.

// CheckChannel checks what was entered for a channel, all but its name, without
// connecting. It fails as AddChannel does, with each problem at its field.
func (s *Service) CheckChannel(in ChannelInput) error {
	c := in.channel()
	c.Name = "-" // asked for last
	return s.validateChannel(c, in.Token)
}

// TryChannel asks an endpoint that is not added yet what it says of itself. It
// files nothing and stores nothing. What it gives is for ChannelInput.Tested. It
// fails as CheckChannel does, and where the endpoint does not answer as it should.
func (s *Service) TryChannel(ctx context.Context, in ChannelInput) (domain.Capabilities, error) {
	if err := s.CheckChannel(in); err != nil {
		return domain.Capabilities{}, err
	}
	e, err := s.p.Endpoints.Open(ctx, in.channel(), in.Token)
	if err != nil {
		return domain.Capabilities{}, err
	}
	return e.Capabilities(ctx)
}
