// Package channel opens the channels through which complaints are filed: it
// knows which protocol speaks which kind, the intake API or Open311. An assisted
// channel has no endpoint to speak to.
package channel

import (
	"context"

	"quietline/internal/channel/intake"
	"quietline/internal/channel/open311"
	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// Params set up the opener.
type Params struct {
	Clock domain.Clock
	// UserAgent is what the program calls itself towards endpoints.
	UserAgent string
	// Practice starts the practice endpoint, or finds the running one, and
	// gives its address and its token; nil where there is none.
	Practice func(ctx context.Context) (url, token string, err error)
	// Texts give the words for codes, and Statement puts a complaint into one text;
	// only Open311 needs them.
	Texts     *l10n.Printer
	Statement func(domain.ComplaintBody) string
}

// Endpoints open channels. They are safe for concurrent use.
type Endpoints struct{ p Params }

var (
	_ filing.Endpoints = (*Endpoints)(nil)
	_ filing.Composer  = (*Endpoints)(nil)
)

// New makes an opener.
func New(p Params) *Endpoints { return &Endpoints{p: p} }

// Open prepares an endpoint; see filing.Endpoints for the errors. The token of
// the practice channel is the practice endpoint's own.
func (e *Endpoints) Open(ctx context.Context, c domain.Channel, token string) (filing.Endpoint, error) {
	if c.Kind == domain.ChannelAssisted {
		return nil, domain.E("channel.Open", domain.Conflict, "channel.no_endpoint", nil, nil)
	}
	if err := e.Validate(c); err != nil {
		return nil, err
	}
	if c.Kind == domain.ChannelOpen311 {
		return e.openOpen311(c, token)
	}
	p := intake.Params{
		BaseURL: c.URL, Token: token, CAFile: c.CAFile, UserAgent: e.p.UserAgent, Clock: e.p.Clock,
	}
	if c.URL == domain.PracticeURL {
		var err error
		if p.BaseURL, p.Token, err = e.p.Practice(ctx); err != nil {
			return nil, err
		}
		p.CAFile = ""
	}
	client, err := intake.New(p)
	if err != nil {
		return nil, err // not client: a nil *intake.Endpoint is no nil interface
	}
	return client, nil
}

func (e *Endpoints) openOpen311(c domain.Channel, key string) (filing.Endpoint, error) {
	p := open311.Params{
		BaseURL: c.URL, APIKey: key, Jurisdiction: c.Jurisdiction, ServiceCode: c.ServiceCode,
		CAFile: c.CAFile, UserAgent: e.p.UserAgent, Clock: e.p.Clock,
	}
	if c.Capabilities != nil {
		p.Service = c.Capabilities.Service
	}
	client, err := open311.New(p)
	if err != nil {
		return nil, err
	}
	return client, nil
}

// Compose writes a complaint for an Open311 channel; see filing.Composer.
func (e *Endpoints) Compose(c domain.Channel, body domain.ComplaintBody) ([]byte, error) {
	return open311.Composer{Texts: e.p.Texts, Statement: e.p.Statement}.Compose(c, body)
}

// Validate checks the settings of a channel without connecting.
// An assisted channel needs no address; one that it has is that of a page.
func (e *Endpoints) Validate(c domain.Channel) error {
	if c.Kind == domain.ChannelAssisted {
		if c.URL == "" {
			return nil
		}
		return wire.Check(c.URL, "")
	}
	practice := c.URL == domain.PracticeURL && (e.p.Practice == nil || c.Kind != domain.ChannelIntake)
	if c.Kind != domain.ChannelIntake && c.Kind != domain.ChannelOpen311 || practice {
		return domain.E("channel.Validate", domain.Conflict, "channel.kind_unsupported", nil, nil).At("/kind")
	}
	if c.URL == domain.PracticeURL {
		return nil
	}
	return wire.Check(c.URL, c.CAFile)
}
