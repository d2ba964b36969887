package prefs_test

import (
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
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
