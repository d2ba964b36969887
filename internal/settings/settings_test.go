package settings_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
)

// memory is a Store that fails where it is told to.
type memory struct {
	values map[string]string
	err    error
}

func (m *memory) Settings(context.Context) (map[string]string, error) { return m.values, m.err }

func (m *memory) SetSetting(_ context.Context, k, v string) error {
	if m.err == nil {
		m.values[k] = v
	}
	return m.err
}

func TestDefaults(t *testing.T) {
	for locale, want := range map[string]l10n.Language{
		"zh_CN.UTF-8": l10n.Chinese, "zh-Hans-CN": l10n.Chinese, "zh_TW": l10n.Chinese, "ZH": l10n.Chinese, "zh.UTF-8": l10n.Chinese,
		"en_GB": l10n.English, "C": l10n.English, "": l10n.English, "fr_FR": l10n.English, "zhx": l10n.English,
	} {
		s := settings.New(settings.Params{Store: &memory{values: map[string]string{}}, Locale: locale})
		got, err := s.Load(t.Context())
		wantAll := settings.All{Language: want, TextSize: settings.TextNormal, Theme: settings.ThemeSystem, Notify: settings.On, Tray: settings.On, Simple: settings.Off, Watch: settings.On}
		if diff := cmp.Diff(wantAll, got); diff != "" || err != nil {
			t.Errorf("%q: %s %v", locale, diff, err)
		}
	}
}

func TestWhatIsSetIsRead(t *testing.T) {
	ctx, store := t.Context(), &memory{values: map[string]string{}}
	s := settings.New(settings.Params{Store: store, Locale: "en"})
	for _, l := range l10n.Languages() {
		for _, size := range settings.TextSizes() {
			for _, theme := range settings.Themes() {
				for _, notify := range settings.Switches() {
					err := errors.Join(s.SetLanguage(ctx, l), s.SetTextSize(ctx, size), s.SetTheme(ctx, theme), s.SetNotify(ctx, notify), s.SetTray(ctx, notify), s.SetSimple(ctx, notify), s.SetWatch(ctx, notify))
					if err != nil {
						t.Fatal(err)
					}
					got, err := s.Load(ctx)
					want := settings.All{Language: l, TextSize: size, Theme: theme, Notify: notify, Tray: notify, Simple: notify, Watch: notify}
					if diff := cmp.Diff(want, got); diff != "" || err != nil {
						t.Fatalf("%s %v", diff, err)
					}
				}
			}
		}
	}
	lang, err1 := s.Language(ctx)
	size, err2 := s.TextSize(ctx)
	theme, err3 := s.Theme(ctx)
	if lang != l10n.English || size != settings.TextLargest || theme != settings.ThemeContrast || errors.Join(err1, err2, err3) != nil {
		t.Fatalf("one by one: %s %s %s", lang, size, theme)
	}
}

func TestWhatIsNoChoiceIsRefused(t *testing.T) {
	ctx, store := t.Context(), &memory{values: map[string]string{}}
	s := settings.New(settings.Params{Store: store})
	for _, err := range []error{s.SetLanguage(ctx, "fr"), s.SetTextSize(ctx, ""), s.SetTheme(ctx, "pink"), s.SetNotify(ctx, "loud"), s.SetTray(ctx, ""), s.SetSimple(ctx, "maybe"), s.SetWatch(ctx, "maybe")} {
		if domain.KeyOf(err) != "settings.value_unknown" || domain.KindOf(err) != domain.Invalid {
			t.Errorf("got %v", err)
		}
	}
	if len(store.values) != 0 {
		t.Errorf("stored %v", store.values)
	}
}

func TestForeignValuesReadAsDefaults(t *testing.T) {
	store := &memory{values: map[string]string{"language": "tlh", "text_size": "huge", "theme": "pink", "notifications": "loud", "tray": "maybe", "simple": "maybe", "watching": "maybe"}}
	got, err := settings.New(settings.Params{Store: store, Locale: "zh_CN"}).Load(t.Context())
	want := settings.All{Language: l10n.Chinese, TextSize: settings.TextNormal, Theme: settings.ThemeSystem, Notify: settings.On, Tray: settings.On, Simple: settings.Off, Watch: settings.On}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Fatalf("%s %v", diff, err)
	}
}

func TestBrokenStoreStillGivesDefaults(t *testing.T) {
	broken := errors.New("broken")
	got, err := settings.New(settings.Params{Store: &memory{err: broken}, Locale: "zh_CN"}).Load(t.Context())
	if !errors.Is(err, broken) || got.Language != l10n.Chinese || got.TextSize != settings.TextNormal {
		t.Fatalf("%+v %v", got, err)
	}
}
