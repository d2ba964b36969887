package prefs_test

import (
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
	"quietline/internal/ui/uitest"
)

// chooseKind opens the form for a new channel and takes the kind of the user's
// own filing.
func (p *page) chooseKind() {
	p.Press("prefs.channel.add")
	uitest.All[*kit.Choice[domain.ChannelKind]](p.Harness)[0].SetSelected(p.Env.Printer.Term("channel_kind", "assisted"))
	p.Layout()
}

func TestByHandFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		p := show(t, o)
		p.chooseKind()
		p.Check()
		p.Draw("prefs-by-hand")
	})
}

// A channel through which the user files asks for a name and nothing else.
func TestAddingAChannelOfOnesOwn(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.Press("prefs.channel.add")
	fields := uitest.All[*kit.Entry](p.Harness)
	p.Type(fields[0], "12321")
	p.Type(fields[1], "https://typed.before")
	uitest.All[*kit.Choice[domain.ChannelKind]](p.Harness)[0].SetSelected(p.Env.Printer.Term("channel_kind", "assisted"))
	if p.Shows("prefs.channel.url.help") || p.Shows("prefs.channel.token.help") || !p.Shows("prefs.channel.by_hand") {
		t.Errorf("%q", p.Texts())
	}
	p.Press("prefs.channel.save_only")
	if kit.Dialogs(p.Window.Canvas()) {
		t.Fatal("the dialog stayed open")
	}
	want := filing.ChannelInput{Name: "12321", Kind: domain.ChannelAssisted}
	if got := p.channels.added; len(got) != 1 || got[0] != want {
		t.Errorf("%+v", got)
	}
	if len(p.channels.deeds) != 0 {
		t.Errorf("there is nobody to ask: %v", p.channels.deeds)
	}
	if !p.Shows("complaints.by_hand.text") {
		t.Errorf("the list says what it is: %q", p.Texts())
	}
}

func TestComingBackToAnEndpoint(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English})
	p.Press("prefs.channel.add")
	p.Type(uitest.All[*kit.Entry](p.Harness)[1], "https://typed.before")
	kind := uitest.All[*kit.Choice[domain.ChannelKind]](p.Harness)[0]
	kind.SetSelected(p.Env.Printer.Term("channel_kind", "assisted"))
	kind.SetSelected(p.Env.Printer.Term("channel_kind", "intake"))
	if !p.Shows("prefs.channel.url.help") || p.Shows("prefs.channel.by_hand") || uitest.All[*kit.Entry](p.Harness)[1].Text != "https://typed.before" {
		t.Errorf("%q", p.Texts())
	}
}

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
