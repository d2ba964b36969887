package settings_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/settings"
)

func TestWhatTheWindowRemembersIsNoSetting(t *testing.T) {
	ctx, store := t.Context(), &memory{values: map[string]string{"theme": "dark"}}
	s := settings.New(settings.Params{Store: store, Locale: "en"})
	for _, name := range []string{"size", "theme"} {
		if err := s.Remember(ctx, name, "800x600"); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Remembered(ctx)
	if diff := cmp.Diff(map[string]string{"size": "800x600", "theme": "800x600"}, got); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	if now, err := s.Load(ctx); err != nil || now.Theme != settings.ThemeDark {
		t.Errorf("%+v %v", now, err)
	}
}
