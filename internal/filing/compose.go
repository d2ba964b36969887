package filing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"quietline/internal/domain"
)

// Composer is what Endpoints can be besides: it writes complaints for Open311
// channels. For all others a complaint is the JSON of its body.
type Composer interface {
	// Compose gives what is frozen and sent for a complaint, without any secret.
	// What the endpoint requires and the complaint does not say is in the returned
	// domain.Problems, at the fields; at the channel it is "channel.no_service" or
	// "channel.service_unread" where it is not known what that asks for. It does
	// no I/O.
	Compose(c domain.Channel, body domain.ComplaintBody) ([]byte, error)
}

// compose writes a complaint for its channel.
func (s *Service) compose(c domain.Channel, body domain.ComplaintBody) ([]byte, error) {
	if composer, ok := s.p.Endpoints.(Composer); ok && c.Kind == domain.ChannelOpen311 {
		return composer.Compose(c, body)
	}
	payload, err := json.Marshal(body)
	if err != nil {
		return nil, domain.E("filing.compose", domain.Internal, "internal", nil, err)
	}
	return payload, nil
}

// composable says beforehand what the endpoint would miss. A field that is wrong
// already is blamed once.
func (b *builder) composable(c domain.Channel) error {
	var wrong domain.Problems
	_, err := b.s.compose(c, b.c.Body)
	if !errors.As(err, &wrong) {
		return err
	}
	for _, p := range wrong {
		if !slices.ContainsFunc(b.problems, func(old *domain.Error) bool { return old.Field == p.Field }) {
			b.problems = append(b.problems, p)
		}
	}
	return nil
}

// ServicesOf asks the server of an Open311 channel which services it has. Fails
// with Conflict "channel.kind_without_services" where the channel is of another
// kind.
func (s *Service) ServicesOf(ctx context.Context, name string) ([]domain.CivicService, error) {
	_, e, err := s.openService(ctx, name, "")
	if err != nil {
		return nil, err
	}
	caps, err := e.Capabilities(ctx)
	return caps.Services, err
}

// openService opens an Open311 channel as if it had the service.
func (s *Service) openService(ctx context.Context, name, code string) (domain.Channel, Endpoint, error) {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return c, nil, err
	}
	if c.Kind != domain.ChannelOpen311 {
		return c, nil, domain.E("filing.openService", domain.Conflict, "channel.kind_without_services", nil, nil)
	}
	c.ServiceCode = code
	e, err := s.open(ctx, c)
	return c, e, err
}

// SetService gives an Open311 channel another service, and reads what it asks
// for. What is queued goes to the service for which it was written. Fails with
// Conflict "channel.kind_without_services" where the channel is of another kind.
func (s *Service) SetService(ctx context.Context, name, code string) (domain.Capabilities, error) {
	c, e, err := s.openService(ctx, name, code)
	if err != nil {
		return domain.Capabilities{}, err
	}
	caps, err := e.Capabilities(ctx) // that service must be there
	if err != nil {
		return domain.Capabilities{}, err
	}
	if err := s.p.Store.SetServiceCode(ctx, c.ID, code); err != nil {
		return domain.Capabilities{}, err
	}
	return caps, s.p.Store.SetCapabilities(ctx, c.ID, caps)
}
