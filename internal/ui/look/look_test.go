package look_test

import (
	"bytes"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/settings"
	"quietline/internal/ui/look"
)

func TestSizesGrowTogether(t *testing.T) {
	names := []fyne.ThemeSizeName{
		theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameHeadingText, theme.SizeNameSubHeadingText,
		theme.SizeNamePadding, theme.SizeNameInnerPadding, theme.SizeNameInlineIcon, theme.SizeNameLineSpacing,
		look.SizeGap, look.SizeDisplay,
	}
	normal := look.New(look.Params{TextSize: settings.TextNormal})
	for size, factor := range map[settings.TextSize]float32{
		settings.TextNormal: 1, settings.TextLarge: 1.25, settings.TextLargest: 1.6, "unheard of": 1,
	} {
		th := look.New(look.Params{TextSize: size})
		if th.Scale() != factor {
			t.Errorf("%s: scale %v, want %v", size, th.Scale(), factor)
		}
		for _, n := range names {
			if got, want := th.Size(n), normal.Size(n)*factor; got != want {
				t.Errorf("%s: %s is %v, want %v", size, n, got, want)
			}
		}
		if th.Size(theme.SizeNameScrollBar) != normal.Size(theme.SizeNameScrollBar) {
			t.Errorf("%s: scroll bars grew", size)
		}
	}
}

func TestGapIsEightPoints(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Params{}))
	if got := look.Gap(3); got != 24 {
		t.Errorf("three gaps are %v, want 24", got)
	}
	app.Settings().SetTheme(test.Theme())
	if got := look.Gap(1); got <= 0 {
		t.Errorf("under another theme a gap is %v", got)
	}
}

func TestFonts(t *testing.T) {
	th := look.New(look.Params{})
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	if !strings.Contains(regular.Name(), "Regular") || !strings.Contains(bold.Name(), "Bold") {
		t.Fatalf("fonts %s and %s", regular.Name(), bold.Name())
	}
	if bytes.Equal(regular.Content(), bold.Content()) || len(bold.Content()) < 1<<20 {
		t.Fatal("bold is not a font of its own")
	}
	for _, s := range []fyne.TextStyle{{Monospace: true}, {Italic: true}} {
		if th.Font(s).Name() != regular.Name() {
			t.Errorf("%+v comes out as %s", s, th.Font(s).Name())
		}
	}
	if got := th.Font(fyne.TextStyle{Symbol: true}).Name(); got != theme.DefaultTheme().Font(fyne.TextStyle{Symbol: true}).Name() {
		t.Errorf("symbols come from %s", got)
	}
}

func TestIconsAreDrawn(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Params{Theme: settings.ThemeLight}))
	question := theme.QuestionIcon().Content()
	for _, i := range look.Icons() {
		content := i.In(theme.ColorNamePrimary).Content()
		if bytes.Equal(content, question) {
			t.Errorf("%s has no file", i)
		}
		if !bytes.Contains(content, []byte("#0f5c66")) {
			t.Errorf("%s does not take the colour: %s", i, content)
		}
	}
	for _, tone := range look.Tones() {
		if len(tone.Icon().Content()) == 0 {
			t.Errorf("the tone %s has no sign", tone)
		}
	}
}

// TestNoNumberIsSafe keeps the colour of success away from numbers: a look-up
// cannot know that a call is safe.
func TestNoNumberIsSafe(t *testing.T) {
	for _, v := range domain.Verdicts() {
		if look.ToneOfVerdict(v) == look.Done {
			t.Errorf("%s is shown as done", v)
		}
	}
	for _, r := range domain.Rules() {
		if look.ToneOfSeverity(r.Severity()) == look.Done {
			t.Errorf("%s is shown as done", r)
		}
	}
}

func TestTonesOfStates(t *testing.T) {
	for s, want := range map[domain.SendState]look.Tone{
		domain.SendSent: look.Done, domain.SendFailed: look.Danger, domain.SendUnknown: look.Caution,
		domain.SendDraft: look.Neutral, domain.SendQueued: look.Info,
	} {
		if got := look.ToneOfSendState(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
	for s, want := range map[domain.CaseState]look.Tone{
		domain.CaseActionTaken: look.Done, domain.CaseRejectedInsufficient: look.Caution,
		domain.CaseReceived: look.Info, domain.CaseNone: look.Neutral,
	} {
		if got := look.ToneOfCaseState(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

func TestSystemTheme(t *testing.T) {
	light := look.New(look.Params{Theme: settings.ThemeLight}).Color(theme.ColorNameBackground, theme.VariantLight)
	dark := look.New(look.Params{Theme: settings.ThemeDark}).Color(theme.ColorNameBackground, theme.VariantLight)
	system := look.New(look.Params{Theme: settings.ThemeSystem})
	silent := look.New(look.Params{Theme: settings.ThemeSystem, SystemSilent: true})
	if system.Color(theme.ColorNameBackground, theme.VariantLight) != light || system.Color(theme.ColorNameBackground, theme.VariantDark) != dark {
		t.Error("the system theme does not follow the system")
	}
	if silent.Color(theme.ColorNameBackground, theme.VariantDark) != light {
		t.Error("where the system says nothing it is not light")
	}
}
