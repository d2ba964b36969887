package complaints

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func (d *desk) CountWaiting(_ context.Context, before time.Time) (n filing.Waiting, err error) {
	counts := map[domain.ChannelID]int{}
	for _, c := range d.complaints {
		if c.Stuck(before.Add(domain.StuckAfter)) {
			n.Stuck++
		}
		if waits(c.SendState) {
			counts[c.ChannelID]++
		}
	}
	for _, ch := range d.channels {
		if ch.Paused != "" && counts[ch.ID] > 0 {
			n.Stopped = append(n.Stopped, filing.Stopped{Channel: ch, Count: counts[ch.ID]})
		}
	}
	return n, d.err
}

func (d *desk) PauseChannel(_ context.Context, id domain.ChannelID, reason string) error {
	for i := range d.channels {
		if d.channels[i].ID == id {
			d.channels[i].Paused = reason
		}
	}
	return d.err
}

// stuckOnes: two that were tried for days, and the usual history.
func stuckOnes(o *office) {
	o.history()
	for i, state := range []domain.SendState{domain.SendRetry, domain.SendUnknown} {
		c := o.file(state, 20+i)
		c.QueuedAt = testkit.Epoch().Add(-50 * time.Hour)
		c.NextAttemptAt, c.LastError = testkit.Epoch().Add(20*time.Minute), "channel.unreachable"
	}
}

func pausedOnes(reason string) func(*office) {
	return func(o *office) {
		stuckOnes(o)
		o.desk.channels[0].Paused = reason
	}
}

func TestWaitingPages(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name    string
			route   kit.Route
			prepare func(*office)
		}{
			{"stuck", kit.RouteComplaints("stuck"), stuckOnes},
			{"stopped", kit.Route{}, pausedOnes(domain.PausedByUser)},
			{"refused", kit.RouteComplaint("00000020"), pausedOnes(domain.PausedUnauthorised)},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, c.route, c.prepare)
				s.Check()
				s.Draw("complaints.waiting." + c.name)
				s.Golden("waiting." + c.name)
			})
		}
	})
}

// What is stuck has a place of its own as long as there is some.
func TestStuckIsShown(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.Route{}, stuckOnes)
	want(t, "outbox", s.rows(), "21 20 7 5 4 3")
	if !s.Reads(s.Env.N("complaints.stuck.count", 2)) {
		t.Errorf("%q", s.Texts())
	}
	test.Tap(s.Button("Stuck (2)"))
	s.Layout()
	want(t, "stuck", s.rows(), "21 20")
	if !s.Shows("complaints.stuck.next") {
		t.Errorf("%q", s.Texts())
	}
	for i := range s.desk.complaints {
		s.desk.complaints[i].SendState = domain.SendSent
	}
	s.page.Changed("complaints")
	s.Fire()
	want(t, "nothing is stuck", s.rows(), "")
	if s.Reads(s.Env.N("complaints.stuck.count", 2)) || !s.Shows("complaints.none.stuck") {
		t.Errorf("%q", s.Texts())
	}
}

// A channel that the user paused goes on from here; one that was refused needs
// the settings.
func TestResumeFromTheList(t *testing.T) {
	s := show(t, uitest.Options{}, kit.Route{}, pausedOnes(domain.PausedByUser))
	s.Press("complaints.stopped.resume")
	if s.desk.channels[0].Paused != "" || s.kicks != 1 {
		t.Errorf("%+v, %d kicks", s.desk.channels[0], s.kicks)
	}
	s.Fire()
	if len(s.Buttons("complaints.stopped.resume")) != 0 {
		t.Errorf("%q", s.Texts())
	}
	s = show(t, uitest.Options{}, kit.Route{}, pausedOnes(domain.PausedForbidden))
	if len(s.Buttons("complaints.stopped.resume")) != 0 {
		t.Error("the endpoint refuses; resuming alone is no help")
	}
	test.Tap(s.Buttons("complaints.paused.settings")[0])
	if got := s.Routes[len(s.Routes)-1]; got.Page != kit.PageSettings {
		t.Errorf("leads to %+v", got)
	}
}
