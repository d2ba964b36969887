package prefs_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/settings"
	"quietline/internal/ui/prefs"
)

func TestDeedsOfAChannelOfOnesOwn(t *testing.T) {
	for _, tc := range []struct {
		standard bool
		others   int
		paused   string
		want     []prefs.Deed
	}{
		{false, 1, "", []prefs.Deed{prefs.DeedDefault, prefs.DeedRemove}},
		{true, 1, "", nil},
		{true, 0, "", []prefs.Deed{prefs.DeedRemove}},
		{true, 1, domain.PausedByUser, []prefs.Deed{prefs.DeedResume}},
	} {
		c := domain.Channel{Kind: domain.ChannelAssisted, Default: tc.standard, Paused: tc.paused}
		if got := prefs.Deeds(c, tc.others, time.Now()); !slices.Equal(got, tc.want) {
			t.Errorf("%+v: %v", tc, got)
		}
	}
}

func TestDeedsOfACivicServer(t *testing.T) {
	c := domain.Channel{Kind: domain.ChannelOpen311, URL: "https://311.example.cn", Default: true}
	want := []prefs.Deed{prefs.DeedPause, prefs.DeedService, prefs.DeedToken}
	if got := prefs.Deeds(c, 1, time.Now()); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// Only what changed is stored, and what is in force only then.
func TestChoosingStoresTheDifference(t *testing.T) {
	store := memory{}
	now := settings.All{Language: "en", TextSize: settings.TextNormal, Theme: settings.ThemeLight, Notify: settings.On, Tray: settings.On}
	var applied []settings.All
	m := prefs.NewModel(prefs.Params{
		Store: settings.New(settings.Params{Store: store}), Now: now, Apply: func(a settings.All) { applied = append(applied, a) },
	})
	next := now
	next.TextSize, next.Tray = settings.TextLargest, settings.Off
	if err := m.Choose(t.Context(), now, next); err != nil {
		t.Fatal(err)
	}
	if len(store) != 2 || store["text_size"] != "largest" || m.InForce() != now || len(applied) != 0 {
		t.Errorf("stored %v, in force %+v", store, m.InForce())
	}
	m.Chosen(next)
	if m.InForce() != next || len(applied) != 1 {
		t.Errorf("in force %+v", m.InForce())
	}
}

func TestDeedsAreDone(t *testing.T) {
	c := &fakeChannels{list: channels()}
	m := prefs.NewModel(prefs.Params{Channels: c})
	for _, d := range []prefs.Deed{prefs.DeedDefault, prefs.DeedPause, prefs.DeedResume, prefs.DeedRemove, prefs.DeedToken, prefs.DeedService} {
		if err := m.Do(t.Context(), d, "x"); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.SetToken(t.Context(), "x", " secret\n"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"default x", "pause x", "resume x", "remove x", "token secret x"}, c.deeds); diff != "" {
		t.Error(diff)
	}
	m.Listed(m.List(context.Background()))
	m.Listed(nil, errors.New("disk"))
	if m.LoadError == nil || len(m.Channels) != 2 {
		t.Errorf("%v, %d endpoints", m.LoadError, len(m.Channels))
	}
	if !prefs.Practice(m.Channels[0]) || prefs.Practice(m.Channels[1]) {
		t.Error("which of them files nothing?")
	}
}
