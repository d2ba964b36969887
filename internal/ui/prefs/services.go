package prefs

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// Civic is what Open311 servers have besides (filing.Service).
type Civic interface {
	// SetService gives a channel another service.
	SetService(ctx context.Context, name, code string) (domain.Capabilities, error)
	// ServicesOf asks the server of a channel which services it has.
	ServicesOf(ctx context.Context, name string) ([]domain.CivicService, error)
}

// atService is where problems with the service appear.
const atService = "/service_code"

// ServicesOf asks the server of a channel which services it has.
func (m *Model) ServicesOf(ctx context.Context, name string) ([]domain.CivicService, error) {
	return m.p.Channels.ServicesOf(ctx, name)
}

// UseService gives a channel another service and says what that asks for.
func (m *Model) UseService(ctx context.Context, name, code string) (domain.Capabilities, error) {
	if code == "" {
		return domain.Capabilities{}, domain.E("prefs.UseService", domain.Invalid, "channel.service_required", nil, nil).At(atService)
	}
	return m.p.Channels.SetService(ctx, name, code)
}

// ServiceOptions are services to choose from. Two may have one name, so the code
// stands beside it.
func ServiceOptions(e *kit.Env, list []domain.CivicService) []kit.Option[string] {
	out := make([]kit.Option[string], len(list))
	for i, s := range list {
		out[i] = kit.Option[string]{Code: s.Code, Text: e.T("prefs.channel.service.option", map[string]any{"Name": s.Name, "Code": s.Code})}
	}
	return out
}
