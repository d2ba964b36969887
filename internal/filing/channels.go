package filing

import (
	"context"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
)

// ChannelInput is what a user enters to set up a channel.
type ChannelInput struct {
	Name         string
	Kind         domain.ChannelKind
	URL          string
	Token        string
	Jurisdiction string
	ServiceCode  string
	// Rate is the most requests a second, 0 for the endpoint's own limit.
	Rate   float64
	CAFile string
	// Tested is what TryChannel gave, nil where nobody asked the endpoint.
	Tested *domain.Capabilities
}

// channel is what was entered, without the token.
func (in ChannelInput) channel() domain.Channel {
	return domain.Channel{
		Name: strings.TrimSpace(in.Name), Kind: in.Kind, URL: strings.TrimSpace(in.URL),
		Jurisdiction: strings.TrimSpace(in.Jurisdiction), ServiceCode: strings.TrimSpace(in.ServiceCode),
		Rate: in.Rate, CAFile: strings.TrimSpace(in.CAFile), Capabilities: in.Tested,
	}
}

// maxRate bounds a channel's rate; a faster one is a typing error.
const maxRate = 1000

// maxTokenLength bounds a bearer token, in bytes.
const maxTokenLength = 4096

// Channels lists every channel, the default first.
func (s *Service) Channels(ctx context.Context) ([]domain.Channel, error) {
	list, err := s.p.Store.Channels(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].HasToken, err = s.p.Secrets.HasToken(ctx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// AddChannel stores a channel. It becomes the default where there is none yet,
// or where the default is only the built-in practice endpoint.
func (s *Service) AddChannel(ctx context.Context, in ChannelInput) (domain.Channel, error) {
	c := in.channel()
	c.CreatedAt = s.p.Clock.Now()
	if err := s.validateChannel(c, in.Token); err != nil {
		return domain.Channel{}, err
	}
	list, err := s.p.Store.Channels(ctx)
	if err != nil {
		return domain.Channel{}, err
	}
	c.Default = len(list) == 0 || !list[0].Default ||
		list[0].URL == domain.PracticeURL && c.URL != domain.PracticeURL
	if err := s.p.Store.AddChannel(ctx, &c); err != nil {
		return domain.Channel{}, err
	}
	if in.Token == "" {
		return c, nil
	}
	if err := s.p.Secrets.SetToken(ctx, c.ID, in.Token); err != nil {
		if undo := s.takeBack(context.WithoutCancel(ctx), c, list); undo != nil {
			s.p.Log.Error("channel left without its token", "channel", c.ID, "err", undo)
		}
		return domain.Channel{}, err
	}
	c.HasToken = true
	return c, nil
}

// takeBack removes a channel that was just added beside others: without its token
// it would only fail, or file in nobody's name, and its name is to be free again.
func (s *Service) takeBack(ctx context.Context, c domain.Channel, others []domain.Channel) error {
	err := s.p.Store.RemoveChannel(ctx, c.ID)
	if err == nil && c.Default && len(others) > 0 && others[0].Default {
		err = s.p.Store.SetDefaultChannel(ctx, others[0].ID)
	}
	return err
}

func (s *Service) validateChannel(c domain.Channel, token string) error {
	const op = "filing.AddChannel"
	var list domain.Problems
	add := func(pointer, key string, args domain.Args) {
		list = append(list, domain.E(op, domain.Invalid, key, args, nil).At(pointer))
	}
	switch n := utf8.RuneCountInString(c.Name); {
	case n == 0:
		add("/name", "channel.name_required", nil)
	case n > domain.MaxNameLength || strings.ContainsFunc(c.Name, domain.Control):
		add("/name", "channel.name_invalid", domain.Args{"Max": domain.MaxNameLength})
	}
	if !validRate(c.Rate) {
		add("/rate", "channel.rate_invalid", domain.Args{"Max": maxRate})
	}
	if len(token) > maxTokenLength || strings.ContainsFunc(token, notTokenRune) {
		add("/token", "channel.token_invalid", nil)
	}
	if err := list.Err(); err != nil {
		return err
	}
	return s.p.Endpoints.Validate(c)
}

// validRate also refuses what is not a number.
func validRate(r float64) bool { return r >= 0 && r <= maxRate }

// notTokenRune tells what cannot stand in an Authorization header (RFC 9110
// section 5.5: visible ASCII).
func notTokenRune(r rune) bool { return r <= ' ' || r > '~' }

// RemoveChannel forgets a channel and its token. It fails with
// "channel.token_left" where the channel is removed and its token is not.
func (s *Service) RemoveChannel(ctx context.Context, name string) error {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	if err := s.p.Store.RemoveChannel(ctx, c.ID); err != nil {
		return err
	}
	if err := s.p.Secrets.DeleteToken(ctx, c.ID); err != nil {
		return domain.E("filing.RemoveChannel", domain.KindOf(err), "channel.token_left", domain.Args{"Name": name}, err)
	}
	return nil
}

// SetDefaultChannel makes a channel the one that is used when none is named.
func (s *Service) SetDefaultChannel(ctx context.Context, name string) error {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	return s.p.Store.SetDefaultChannel(ctx, c.ID)
}

// SetChannelToken replaces the token of a channel; an empty one deletes it. A
// channel that had been refused starts again.
func (s *Service) SetChannelToken(ctx context.Context, name, token string) error {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	if err := s.validateChannel(c, token); err != nil {
		return err
	}
	if token == "" {
		err = s.p.Secrets.DeleteToken(ctx, c.ID)
	} else {
		err = s.p.Secrets.SetToken(ctx, c.ID, token)
	}
	if err != nil {
		return err
	}
	return s.resumeRefused(ctx, c)
}

// PauseChannel stops sending through a channel until ResumeChannel.
func (s *Service) PauseChannel(ctx context.Context, name string) error {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	return s.p.Store.PauseChannel(ctx, c.ID, domain.PausedByUser)
}

// ResumeChannel lets a paused channel send again, and one that its endpoint
// asked to be put off.
func (s *Service) ResumeChannel(ctx context.Context, name string) error {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return err
	}
	return s.resume(ctx, c)
}

// TestChannel reads what the endpoint says of itself; it files nothing. A
// channel that had been paused because it was refused starts again.
func (s *Service) TestChannel(ctx context.Context, name string) (domain.Capabilities, error) {
	c, err := s.p.Store.ChannelByName(ctx, name)
	if err != nil {
		return domain.Capabilities{}, err
	}
	e, err := s.open(ctx, c)
	if err != nil {
		return domain.Capabilities{}, err
	}
	caps, err := e.Capabilities(ctx)
	if err != nil {
		return domain.Capabilities{}, err
	}
	if err := s.p.Store.SetCapabilities(ctx, c.ID, caps); err != nil {
		return domain.Capabilities{}, err
	}
	return caps, s.resumeRefused(ctx, c)
}

// resumeRefused resumes a channel that was paused because it was refused.
func (s *Service) resumeRefused(ctx context.Context, c domain.Channel) error {
	if c.Paused != domain.PausedUnauthorised && c.Paused != domain.PausedForbidden {
		return nil
	}
	return s.resume(ctx, c)
}

func (s *Service) resume(ctx context.Context, c domain.Channel) error {
	err := s.p.Store.PauseChannel(ctx, c.ID, "")
	if err == nil {
		s.p.Queued()
	}
	return err
}

func (s *Service) open(ctx context.Context, c domain.Channel) (Endpoint, error) {
	token, err := s.p.Secrets.Token(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	return s.p.Endpoints.Open(ctx, c, token)
}

// pickChannel finds the named channel, or the default where the name is empty.
// Fails with Conflict "channel.none" where there is no channel at all, and with
// "channel.no_default" where none is the default: where a complaint goes is
// not guessed.
func (s *Service) pickChannel(ctx context.Context, name string) (domain.Channel, error) {
	if name != "" {
		return s.p.Store.ChannelByName(ctx, name)
	}
	list, err := s.p.Store.Channels(ctx)
	if err != nil {
		return domain.Channel{}, err
	}
	if len(list) == 0 {
		return domain.Channel{}, domain.E("filing.pickChannel", domain.Conflict, "channel.none", nil, nil)
	}
	if !list[0].Default { // the default stands first
		return domain.Channel{}, domain.E("filing.pickChannel", domain.Conflict, "channel.no_default", nil, nil)
	}
	return list[0], nil
}
