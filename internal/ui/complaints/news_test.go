package complaints

import (
	"context"
	"errors"
	"slices"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func broken(channel, key string) filing.ChannelFailure {
	return filing.ChannelFailure{Channel: channel, Err: domain.E("x", domain.Unavailable, key, nil, errors.New("x"))}
}

// hears has the page ask an endpoint that tells this.
func (s *stage) hears(sum filing.SyncSummary, told int64, err error) {
	s.page.model.p.Sync = func(_ context.Context, c *progress.Counter) (filing.SyncSummary, error) {
		c.AddItems(told)
		return sum, err
	}
	s.page.model.Refresh()
	s.Layout()
}

func TestAskingForNews(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("filed"), history)
	if s.Shows("complaints.news") {
		t.Error("nobody can be asked, yet there is a button for it")
	}
	for _, c := range []struct {
		sum   filing.SyncSummary
		err   error
		shows []string
	}{
		{filing.SyncSummary{}, nil, []string{s.Env.T("complaints.news.none")}},
		{filing.SyncSummary{Changed: 2}, nil, []string{s.Env.N("complaints.news.some", 2), "1,234"}},
		{filing.SyncSummary{Resting: 1}, nil, []string{s.Env.N("complaints.news.resting", 1)}},
		{
			filing.SyncSummary{Changed: 1, Failed: []filing.ChannelFailure{broken("one", "channel.endpoint_down"), broken("two", "channel.no_answer")}},
			nil,
			[]string{s.Env.N("complaints.news.some", 1), "one", s.Env.T("err.channel.endpoint_down"), "two", s.Env.T("err.channel.no_answer")},
		},
		{filing.SyncSummary{}, domain.E("x", domain.Unavailable, "store.busy", nil, nil), []string{s.Env.T("err.store.busy")}},
	} {
		s.hears(c.sum, 1234, c.err)
		s.Press("complaints.news")
		for _, want := range c.shows {
			if !s.Reads(want) {
				t.Errorf("%q is missing: %q", want, s.Texts())
			}
		}
		s.Press("kit.close")
	}
	if !slices.Contains(s.Topics, "complaints") {
		t.Error("nobody was told")
	}
}

// While thousands are asked about, the window says how far that is and lets it be
// stopped; what was heard until then is told.
func TestAskingForNewsTakesLong(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("filed"), history)
	rounds := 0
	s.page.model.p.Sync = func(ctx context.Context, c *progress.Counter) (filing.SyncSummary, error) {
		rounds++
		c.AddItems(7)
		sum := filing.SyncSummary{Changed: 3}
		if ctx.Err() != nil {
			return sum, domain.E("x", domain.Cancelled, "cancelled", nil, ctx.Err())
		}
		return sum, nil
	}
	s.page.model.Refresh()
	s.Layout()
	s.Hold = true
	s.Press("complaints.news")
	if !s.Shows("complaints.news.asking") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("kit.background")
	s.Press("complaints.news") // shows again how far it is
	if !s.Shows("complaints.news.asking") {
		t.Fatalf("%q", s.Texts())
	}
	s.Press("kit.cancel")
	s.Release()
	if rounds != 1 || !s.Shows("complaints.news.stopped") || !s.Reads(s.Env.N("complaints.news.some", 3)) {
		t.Errorf("%d rounds: %q", rounds, s.Texts())
	}
}

// Who has gone to another page reads the report on coming back.
func TestNewsWhileAway(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("filed"), history)
	s.hears(filing.SyncSummary{Changed: 2}, 2, nil)
	s.Hold = true
	s.Press("complaints.news")
	s.Press("kit.background")
	s.page.Leave()
	s.Release()
	if !slices.Contains(s.Toasts, s.Env.T("complaints.news.finished")) || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%q %q", s.Toasts, s.Texts())
	}
	s.page.Enter(t.Context(), kit.Route{Page: kit.PageComplaints})
	s.Layout()
	if !s.Reads(s.Env.N("complaints.news.some", 2)) {
		t.Errorf("%q", s.Texts())
	}
}

func TestNewsPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for name, running := range map[string]bool{"news_asking": true, "news": false} {
			t.Run(name, func(t *testing.T) {
				s := show(t, o, kit.RouteComplaints("filed"), history)
				s.hears(filing.SyncSummary{
					Changed: 12, Numbers: 3, Withdrawn: 1, Missing: 2, Resting: 1, Waiting: 4,
					Failed: []filing.ChannelFailure{broken("practice", "channel.endpoint_down")},
				}, 3210, nil)
				s.Hold = running
				s.Press("complaints.news")
				s.Check()
				s.Draw("complaints." + name)
				s.Golden(name)
			})
		}
	})
}
