package settings

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// TextSize is how large the program writes.
type TextSize string

// The text sizes.
const (
	TextNormal  TextSize = "normal"
	TextLarge   TextSize = "large"
	TextLargest TextSize = "largest"
)

// TextSizes lists every text size, smallest first.
func TextSizes() []TextSize { return []TextSize{TextNormal, TextLarge, TextLargest} }

// Theme is the choice of colours.
type Theme string

// The themes. ThemeSystem follows the desktop between light and dark.
const (
	ThemeSystem   Theme = "system"
	ThemeLight    Theme = "light"
	ThemeDark     Theme = "dark"
	ThemeContrast Theme = "contrast"
)

// Themes lists every theme in the order of the settings page.
func Themes() []Theme { return []Theme{ThemeSystem, ThemeLight, ThemeDark, ThemeContrast} }

// Switch turns something on or off.
type Switch string

// The positions of a switch.
const (
	On  Switch = "on"
	Off Switch = "off"
)

// Switches lists both positions, on first.
func Switches() []Switch { return []Switch{On, Off} }

// The keys under which the store keeps the settings.
const (
	keyLanguage = "language"
	keyTextSize = "text_size"
	keyTheme    = "theme"
	keyNotify   = "notifications"
	keyTray     = "tray"
	keySimple   = "simple"
	keyWatch    = "watching"
)

// All is every setting at once, as a window needs them when it opens.
type All struct {
	Language l10n.Language
	TextSize TextSize
	Theme    Theme
	// Notify says whether the desktop tells of new alerts.
	Notify Switch
	// Tray says whether there is an icon in the tray, and the window can be closed
	// without ending the program.
	Tray Switch
	// Simple says whether the window shows only the three things that most
	// people do, and the alerts.
	Simple Switch
	// Watch says whether the window imports what comes into the watched folders.
	Watch Switch
}

// Choices are the settings by their keys. Each is one of a few, so that nothing of
// the user is in them.
func (a All) Choices() map[string]string {
	return map[string]string{
		keyLanguage: string(a.Language), keyTextSize: string(a.TextSize), keyTheme: string(a.Theme), keyNotify: string(a.Notify),
		keyTray: string(a.Tray), keySimple: string(a.Simple), keyWatch: string(a.Watch),
	}
}

// Params is what New needs.
type Params struct {
	Store Store
	// Locale is the language of the system, such as "zh_CN.UTF-8", "zh-Hans"
	// or "en-GB". It decides the language as long as the user has not.
	Locale string
}

// Settings reads and writes the settings. A value in the store that is not one
// of the choices (an older or newer program wrote it) reads as the default.
type Settings struct {
	store  Store
	locale string
}

// New makes Settings.
func New(p Params) *Settings { return &Settings{store: p.Store, locale: p.Locale} }

// Load gives every setting, the default where none is stored. Together with
// an error of the store it still gives the defaults, so that a window can
// open and say so.
func (s *Settings) Load(ctx context.Context) (All, error) {
	stored, err := s.store.Settings(ctx)
	return All{
		Language: known(stored[keyLanguage], l10n.Languages(), DefaultLanguage(s.locale)),
		TextSize: known(stored[keyTextSize], TextSizes(), TextNormal),
		Theme:    known(stored[keyTheme], Themes(), ThemeSystem),
		Notify:   known(stored[keyNotify], Switches(), On),
		Tray:     known(stored[keyTray], Switches(), On),
		Simple:   known(stored[keySimple], Switches(), Off),
		Watch:    known(stored[keyWatch], Switches(), On),
	}, err
}

// Language is the language to speak.
func (s *Settings) Language(ctx context.Context) (l10n.Language, error) {
	all, err := s.Load(ctx)
	return all.Language, err
}

// SetLanguage stores the language. It fails with Invalid "settings.value_unknown".
func (s *Settings) SetLanguage(ctx context.Context, l l10n.Language) error {
	return set(ctx, s.store, keyLanguage, l, l10n.Languages())
}

// TextSize is the size to write in.
func (s *Settings) TextSize(ctx context.Context) (TextSize, error) {
	all, err := s.Load(ctx)
	return all.TextSize, err
}

// SetTextSize stores the text size. It fails with Invalid "settings.value_unknown".
func (s *Settings) SetTextSize(ctx context.Context, t TextSize) error {
	return set(ctx, s.store, keyTextSize, t, TextSizes())
}

// Theme is the choice of colours.
func (s *Settings) Theme(ctx context.Context) (Theme, error) {
	all, err := s.Load(ctx)
	return all.Theme, err
}

// SetTheme stores the theme. It fails with Invalid "settings.value_unknown".
func (s *Settings) SetTheme(ctx context.Context, t Theme) error {
	return set(ctx, s.store, keyTheme, t, Themes())
}

// SetNotify stores whether the desktop tells of new alerts. It fails with
// Invalid "settings.value_unknown".
func (s *Settings) SetNotify(ctx context.Context, n Switch) error {
	return set(ctx, s.store, keyNotify, n, Switches())
}

// SetWatch stores whether folders are watched. It fails with Invalid
// "settings.value_unknown".
func (s *Settings) SetWatch(ctx context.Context, w Switch) error {
	return set(ctx, s.store, keyWatch, w, Switches())
}

// SetTray stores whether the program goes into the tray. It fails with Invalid
// "settings.value_unknown".
func (s *Settings) SetTray(ctx context.Context, t Switch) error {
	return set(ctx, s.store, keyTray, t, Switches())
}

// SetSimple stores whether the window shows only the three things that most
// people do. It fails with Invalid "settings.value_unknown".
func (s *Settings) SetSimple(ctx context.Context, simple Switch) error {
	return set(ctx, s.store, keySimple, simple, Switches())
}

// DefaultLanguage is the language for a system locale: Chinese for every kind
// of Chinese, English for all others.
func DefaultLanguage(locale string) l10n.Language {
	l := strings.ToLower(locale)
	if l == "zh" || strings.HasPrefix(l, "zh_") || strings.HasPrefix(l, "zh-") || strings.HasPrefix(l, "zh.") {
		return l10n.Chinese
	}
	return l10n.English
}

func known[T ~string](value string, choices []T, otherwise T) T {
	if slices.Contains(choices, T(value)) {
		return T(value)
	}
	return otherwise
}

func set[T ~string](ctx context.Context, store Store, key string, value T, choices []T) error {
	if !slices.Contains(choices, value) {
		list := make([]string, len(choices))
		for i, c := range choices {
			list[i] = string(c)
		}
		return domain.E("settings.Set", domain.Invalid, "settings.value_unknown", domain.Args{"Known": strings.Join(list, ", ")}, nil)
	}
	return store.SetSetting(ctx, key, string(value))
}
