package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func channelTests() []test {
	return []test{
		{"channels/come back as they went in", channelsComeBack},
		{"channels/names", channelNames},
		{"channels/one default", oneDefault},
		{"channels/pause and hold", pauseAndHold},
		{"channels/capabilities", capabilities},
		{"channels/not found", channelNotFound},
		{"channels/remove", removeChannel},
		{"channels/in use", channelInUse},
	}
}

func channelsComeBack(t *testing.T, s Full) {
	c := domain.Channel{
		Name: "office", Kind: domain.ChannelOpen311, URL: "https://civic.example/v2", Jurisdiction: "city",
		ServiceCode: "007", Rate: 2.5, CAFile: "/etc/ca.pem", CreatedAt: start(),
	}
	ok(t, s.AddChannel(t.Context(), &c))
	got, err := s.ChannelByName(t.Context(), "office")
	ok(t, err)
	same(t, got, c)
	got, err = s.ChannelByID(t.Context(), c.ID)
	ok(t, err)
	same(t, got, c)
}

func channelNames(t *testing.T, s Full) {
	channel(t, s, "a")
	again := domain.Channel{Name: "a", Kind: domain.ChannelIntake}
	fails(t, s.AddChannel(t.Context(), &again), domain.Conflict, "channel.name_taken")
}

func oneDefault(t *testing.T, s Full) {
	channel(t, s, "b")
	c := channel(t, s, "c")
	ok(t, s.SetDefaultChannel(t.Context(), c.ID))
	a := domain.Channel{Name: "a", Kind: domain.ChannelIntake, Default: true}
	ok(t, s.AddChannel(t.Context(), &a))
	ok(t, s.SetDefaultChannel(t.Context(), c.ID))
	list, err := s.Channels(t.Context())
	ok(t, err)
	var names []string
	for i, ch := range list {
		names = append(names, ch.Name)
		if ch.Default != (i == 0) {
			t.Errorf("default of %s is %v", ch.Name, ch.Default)
		}
	}
	same(t, names, []string{"c", "a", "b"})
	fails(t, s.SetDefaultChannel(t.Context(), 4711), domain.NotFound, "channel.not_found")
	list, err = s.Channels(t.Context())
	ok(t, err)
	if !list[0].Default {
		t.Fatal("a failed change lost the default")
	}
}

func pauseAndHold(t *testing.T, s Full) {
	c := channel(t, s, "c")
	ok(t, s.PauseChannel(t.Context(), c.ID, domain.PausedByUser))
	ok(t, s.HoldChannel(t.Context(), c.ID, after(2*time.Hour)))
	ok(t, s.HoldChannel(t.Context(), c.ID, after(time.Hour))) // earlier: no change
	got, err := s.ChannelByID(t.Context(), c.ID)
	ok(t, err)
	same(t, got.Paused, domain.PausedByUser)
	same(t, got.HoldUntil, after(2*time.Hour))
	ok(t, s.PauseChannel(t.Context(), c.ID, domain.PausedForbidden)) // the user's own pause stays
	got, err = s.ChannelByID(t.Context(), c.ID)
	ok(t, err)
	same(t, got.Paused, domain.PausedByUser)
	ok(t, s.PauseChannel(t.Context(), c.ID, ""))
	got, err = s.ChannelByID(t.Context(), c.ID)
	ok(t, err)
	same(t, got.Paused, "")
	same(t, got.HoldUntil, time.Time{})
	ok(t, s.PauseChannel(t.Context(), c.ID, domain.PausedForbidden))
	ok(t, s.PauseChannel(t.Context(), c.ID, domain.PausedUnauthorised))
	ok(t, s.HoldChannel(t.Context(), c.ID, after(3*time.Hour)))
	got, err = s.ChannelByID(t.Context(), c.ID)
	ok(t, err)
	same(t, got.Paused, domain.PausedUnauthorised)
	same(t, got.HoldUntil, after(3*time.Hour))
}

func capabilities(t *testing.T, s Full) {
	c := channel(t, s, "c")
	days, rate := 30, 5.0
	want := domain.Capabilities{
		Name: "centre", APIVersion: "1", Practice: true, Categories: domain.Categories(), Techniques: domain.Techniques(),
		MaxCallsPerComplaint: 20, MaxCallAgeDays: &days, MaxEvidenceBytes: 1 << 20, EvidenceTypes: []string{"image/png"},
		RateLimitPerSecond: &rate, OnBehalfAllowed: true,
	}
	for _, caps := range []domain.Capabilities{{}, want} {
		ok(t, s.SetCapabilities(t.Context(), c.ID, caps))
		got, err := s.ChannelByID(t.Context(), c.ID)
		ok(t, err)
		same(t, got.Capabilities, &caps)
	}
}

func channelNotFound(t *testing.T, s Full) {
	_, byName := s.ChannelByName(t.Context(), "none")
	_, byID := s.ChannelByID(t.Context(), 4711)
	for _, err := range []error{
		byName, byID,
		s.RemoveChannel(t.Context(), 4711),
		s.SetDefaultChannel(t.Context(), 4711),
		s.PauseChannel(t.Context(), 4711, ""),
		s.HoldChannel(t.Context(), 4711, start()),
		s.SetCapabilities(t.Context(), 4711, domain.Capabilities{}),
	} {
		fails(t, err, domain.NotFound, "channel.not_found")
	}
}

func removeChannel(t *testing.T, s Full) {
	unused, used := channel(t, s, "unused"), channel(t, s, "used")
	filed, draft := newComplaint(1, used.ID), newComplaint(2, used.ID)
	queue(t, s, start(), filed)
	ok(t, s.CancelComplaint(t.Context(), filed.ID, start()))
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	for _, c := range []domain.Channel{unused, used} {
		ok(t, s.RemoveChannel(t.Context(), c.ID))
		_, err := s.ChannelByID(t.Context(), c.ID)
		fails(t, err, domain.NotFound, "channel.not_found")
		fails(t, s.RemoveChannel(t.Context(), c.ID), domain.NotFound, "channel.not_found")
		again := channel(t, s, c.Name)
		if again.ID == c.ID {
			t.Fatal("the id was used again; a forgotten token would be too")
		}
	}
	same(t, get(t, s, filed.ID).Channel, "used")
	same(t, get(t, s, draft.ID).ChannelID, domain.ChannelID(0))
	q := request(draft, start())
	fails(t, s.Queue(t.Context(), q), domain.NotFound, "channel.not_found")
	same(t, get(t, s, draft.ID).SendState, domain.SendDraft)
}

func channelInUse(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	now := start()
	for _, state := range []domain.SendState{domain.SendQueued, domain.SendRetry, domain.SendUnknown, domain.SendToken} {
		fails(t, s.RemoveChannel(t.Context(), ch.ID), domain.Conflict, "channel.in_use")
		job := claimOne(t, s, "w", now)
		fails(t, s.RemoveChannel(t.Context(), ch.ID), domain.Conflict, "channel.in_use")
		record(t, s, filing.Result{
			ComplaintID: c.ID, Owner: "w", AttemptN: job.AttemptN, Now: now,
			Outcome: domain.AttemptRetry, State: state, DueAt: now.Add(time.Minute), Token: "tok",
		})
		now = now.Add(time.Hour)
	}
	fails(t, s.RemoveChannel(t.Context(), ch.ID), domain.Conflict, "channel.in_use")
	job := claimOne(t, s, "w", now)
	record(t, s, filing.Result{
		ComplaintID: c.ID, Owner: "w", AttemptN: job.AttemptN, Now: now,
		Outcome: domain.AttemptFailed, State: domain.SendFailed,
	})
	ok(t, s.RemoveChannel(t.Context(), ch.ID))
}
