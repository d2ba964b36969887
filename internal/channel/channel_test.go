package channel_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"quietline/internal/channel"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

func opener(start func(context.Context) (string, string, error)) *channel.Endpoints {
	return channel.New(channel.Params{Clock: testkit.NewClock(), UserAgent: "Quietline/test", Practice: start})
}

func TestOpenPractice(t *testing.T) {
	s, err := practice.New(t.Context(), practice.Params{
		Clock: testkit.NewClock(), Source: &testkit.Source{}, Token: "practice-token", Texts: testkit.Printer(t, l10n.English),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	web := httptest.NewServer(s.Handler())
	defer web.Close()
	endpoints := opener(func(context.Context) (string, string, error) { return web.URL, "practice-token", nil })
	c := domain.Channel{Name: domain.PracticeChannelName, Kind: domain.ChannelIntake, URL: domain.PracticeURL, CAFile: "not looked at"}
	e, err := endpoints.Open(t.Context(), c, "the token of another endpoint")
	if err != nil {
		t.Fatal(err)
	}
	caps, err := e.Capabilities(t.Context())
	if err != nil || !caps.Practice {
		t.Errorf("%+v, %v", caps, err)
	}
}

func TestOpenPracticeThatDoesNotStart(t *testing.T) {
	broken := errors.New("no disk")
	endpoints := opener(func(context.Context) (string, string, error) { return "", "", broken })
	e, err := endpoints.Open(t.Context(), domain.Channel{Kind: domain.ChannelIntake, URL: domain.PracticeURL}, "")
	if e != nil || !errors.Is(err, broken) {
		t.Errorf("%v, %v", e, err)
	}
}

func TestOpenIntake(t *testing.T) {
	var agent, token string
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agent, token = r.UserAgent(), r.Header.Get("Authorization")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer web.Close()
	e, err := opener(nil).Open(t.Context(), domain.Channel{Kind: domain.ChannelIntake, URL: web.URL}, "abc")
	if err != nil {
		t.Fatal(err)
	}
	out := e.Submit(t.Context(), "k", []byte("{}"))
	if out.Kind != filing.OutcomeRetry || agent != "Quietline/test" || token != "Bearer abc" {
		t.Errorf("%+v, agent %q, token %q", out, agent, token)
	}
}

func TestValidate(t *testing.T) {
	start := func(context.Context) (string, string, error) { return "", "", errors.New("must not be started") }
	for name, tc := range map[string]struct {
		c     domain.Channel
		start func(context.Context) (string, string, error)
		key   string
	}{
		"intake":              {domain.Channel{Kind: domain.ChannelIntake, URL: "https://intake.example.org"}, nil, ""},
		"practice":            {domain.Channel{Kind: domain.ChannelIntake, URL: domain.PracticeURL}, start, ""},
		"practice, but none":  {domain.Channel{Kind: domain.ChannelIntake, URL: domain.PracticeURL}, nil, "channel.kind_unsupported"},
		"practice, open311":   {domain.Channel{Kind: domain.ChannelOpen311, URL: domain.PracticeURL}, start, "channel.kind_unsupported"},
		"open311":             {domain.Channel{Kind: domain.ChannelOpen311, URL: "https://example.org"}, start, ""},
		"open311, plain":      {domain.Channel{Kind: domain.ChannelOpen311, URL: "http://example.org"}, start, "channel.https_required"},
		"assisted, plain":     {domain.Channel{Kind: domain.ChannelAssisted, URL: "http://example.org"}, start, "channel.https_required"},
		"no kind":             {domain.Channel{URL: "https://example.org"}, start, "channel.kind_unsupported"},
		"plain HTTP":          {domain.Channel{Kind: domain.ChannelIntake, URL: "http://example.org"}, nil, "channel.https_required"},
		"no address":          {domain.Channel{Kind: domain.ChannelIntake}, nil, "channel.url_invalid"},
		"missing certificate": {domain.Channel{Kind: domain.ChannelIntake, URL: "https://example.org", CAFile: "/none.pem"}, nil, "channel.ca_unreadable"},
	} {
		endpoints := opener(tc.start)
		if err := endpoints.Validate(tc.c); domain.KeyOf(err) != tc.key {
			t.Errorf("%s: %v, want %q", name, err, tc.key)
		}
		if tc.key == "" {
			continue
		}
		if tc.c.Kind == domain.ChannelAssisted {
			continue
		}
		if e, err := endpoints.Open(t.Context(), tc.c, ""); e != nil || domain.KeyOf(err) != tc.key {
			t.Errorf("%s: open gives %v, %v", name, e, err)
		}
	}
}

// A person files through an assisted channel: it may have the address of a page,
// and there is nothing to open.
func TestAssisted(t *testing.T) {
	for _, url := range []string{"", "https://www.12321.cn"} {
		c := domain.Channel{Kind: domain.ChannelAssisted, URL: url}
		if err := opener(nil).Validate(c); err != nil {
			t.Errorf("%q: %v", url, err)
		}
		if e, err := opener(nil).Open(t.Context(), c, ""); e != nil || domain.KeyOf(err) != "channel.no_endpoint" {
			t.Errorf("%q: %v, %v", url, e, err)
		}
	}
}
