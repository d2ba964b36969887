package filing_test

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// tokens keep one token for all channels.
type tokens struct {
	mu      sync.Mutex
	token   string
	version int
	reads   int
	err     error
}

func (s *tokens) Token(context.Context, domain.ChannelID) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	return s.token, s.err
}

func (s *tokens) HasToken(context.Context, domain.ChannelID) (bool, error) { return true, nil }

func (s *tokens) SetToken(_ context.Context, _ domain.ChannelID, token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = token
	s.version++
	return nil
}

func (s *tokens) DeleteToken(context.Context, domain.ChannelID) error { return nil }

func (s *tokens) Version() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.Itoa(s.version)
}

// bearer is a fake endpoint as it is asked with a token.
type bearer struct {
	*fake
	token string
	told  func(token string) filing.Outcome
}

func (b bearer) Submit(ctx context.Context, key string, payload []byte) filing.Outcome {
	if out := b.told(b.token); out.Kind != "" {
		return out
	}
	return b.fake.Submit(ctx, key, payload)
}

type bearers struct {
	*endpoints
	told func(token string) filing.Outcome
}

func (e bearers) Open(_ context.Context, _ domain.Channel, token string) (filing.Endpoint, error) {
	return bearer{fake: e.fake, token: token, told: e.told}, e.err
}

// withTokens has the desk send with the token of that moment; told hears it with
// every complaint, and may answer in place of the endpoint.
func (d *desk) withTokens(s *tokens, told func(token string) filing.Outcome) {
	ends := bearers{d.ends, told}
	d.file, d.outbox = d.with(ends, nil)
	d.outbox = filing.NewOutbox(filing.OutboxParams{
		Store: d.store, Endpoints: ends, Secrets: s, Clock: d.clock, Source: d.source, Log: slog.New(slog.DiscardHandler),
		Wait: func(_ context.Context, dur time.Duration, _ <-chan struct{}) { d.clock.Advance(dur) },
	})
	d.channel("office")
}

// TestReplacedToken: from the next request on the new token is used, also with
// complaints that were claimed before, and the keyring is not asked for each.
func TestReplacedToken(t *testing.T) {
	d := newDesk(t)
	s := &tokens{token: "old"}
	opened := 0
	d.ends.fake.opened = func() { opened++ }
	var used []string
	d.withTokens(s, func(token string) filing.Outcome {
		if used = append(used, token); len(used) == 2 {
			_ = s.SetToken(t.Context(), 0, "new")
		}
		if len(used) == 4 {
			_ = s.SetToken(t.Context(), 1, "new") // of another channel, for what is known
		}
		return filing.Outcome{}
	})
	d.queue(6)
	if sum := d.run(filing.RunOptions{}); sum.Sent != 6 {
		t.Errorf("%+v", sum)
	}
	if diff := cmp.Diff([]string{"old", "old", "new", "new", "new", "new"}, used); diff != "" {
		t.Error(diff)
	}
	if s.reads != 4 || opened != 2 {
		t.Errorf("the keyring was asked %d times and the endpoint %d times", s.reads, opened)
	}
}

// TestRefusedOldToken: the answer to a request that was under way with the old
// token does not pause a channel that has another one by now.
func TestRefusedOldToken(t *testing.T) {
	for _, kind := range []filing.OutcomeKind{filing.OutcomeUnauthorised, filing.OutcomeForbidden} {
		d := newDesk(t)
		s := &tokens{token: "old"}
		d.withTokens(s, func(token string) filing.Outcome {
			if token == "new" {
				return filing.Outcome{}
			}
			_ = s.SetToken(t.Context(), 0, "new")
			return filing.Outcome{Kind: kind, HTTPStatus: 401, ErrorKey: "channel.unauthorised"}
		})
		ids := d.queue(2)
		ended := 0
		sum := d.run(filing.RunOptions{OnResult: func(_ filing.Result, over bool) {
			if over {
				ended++
			}
		}})
		if sum.Sent != 2 || sum.Paused != 0 || ended != 2 {
			t.Errorf("%s: %+v, %d ended", kind, sum, ended)
		}
		if got := d.show(ids[0]); len(got.Attempts) != 2 {
			t.Errorf("%s: %+v", kind, got.Attempts)
		}
	}
}

// TestReplacedTokenUnread: a token that cannot be read any more stops what was to be sent
// with the old one; nothing is sent in nobody's name.
func TestReplacedTokenUnread(t *testing.T) {
	d := newDesk(t)
	s := &tokens{token: "old"}
	sent := 0
	d.withTokens(s, func(string) filing.Outcome {
		sent++
		_ = s.SetToken(t.Context(), 0, "new")
		s.err = domain.E("tokens", domain.Unavailable, "secrets.keyring_locked", nil, nil)
		return filing.Outcome{}
	})
	d.queue(2)
	if sum := d.run(filing.RunOptions{}); sum.Sent != 1 || sum.Remaining != 1 || sent != 1 {
		t.Errorf("%+v, %d sent", sum, sent)
	}
}
