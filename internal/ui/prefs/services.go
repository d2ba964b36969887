package prefs

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/kit"
)

// Civic is what Open311 servers have besides (filing.Service).
type Civic interface {
	// Services asks a server that is not added yet which services it has.
	Services(ctx context.Context, in filing.ChannelInput) ([]domain.CivicService, error)
	// SetService gives a channel another service.
	SetService(ctx context.Context, name, code string) (domain.Capabilities, error)
	// ServicesOf asks the server of a channel which services it has.
	ServicesOf(ctx context.Context, name string) ([]domain.CivicService, error)
}

// atService is where problems with the service appear.
const atService = "/service_code"

// lacksService says that no service was chosen where one is needed; nil otherwise.
func (d Draft) lacksService() error {
	if d.Kind != domain.ChannelOpen311 || d.Service != "" {
		return nil
	}
	return domain.E("prefs.Add", domain.Invalid, "channel.service_required", nil, nil).At(atService)
}

// ReadServices asks the server of a draft which services it has. The draft needs no
// name yet.
func (m *Model) ReadServices(ctx context.Context, d Draft) ([]domain.CivicService, error) {
	return m.p.Channels.Services(ctx, d.input())
}

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

// Required are the names of what a service asks for and cannot do without.
func Required(s domain.CivicService) []string {
	var out []string
	for _, a := range s.Attributes {
		if a.Required {
			out = append(out, a.Name())
		}
	}
	return out
}
