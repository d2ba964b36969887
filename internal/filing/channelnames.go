package filing

import (
	"context"

	"quietline/internal/domain"
)

// ChannelsWithoutTokens lists every channel, the default first, as Channels
// does, but asks only the store: HasToken says nothing. It is for where a
// keyring that does not answer must stop nobody.
func (s *Service) ChannelsWithoutTokens(ctx context.Context) ([]domain.Channel, error) {
	return s.p.Store.Channels(ctx)
}
