package endpoint_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/endpoint"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Whoever presses a button twice goes one step on.
func TestPressingTwiceGoesOneStep(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.kind(domain.ChannelIntake)
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "https://intake.example.cn")
	p.Hold = true
	p.Press("kit.next")
	p.Press("kit.next")
	p.Release()
	if p.m.Step != endpoint.StepToken {
		t.Errorf("at %s", p.m.Step)
	}
}

// Where a token will lie is said when the keyring has answered, and nobody who is
// typing meanwhile loses the keyboard.
func TestTheKeyringAnswersWhileSomebodyTypes(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, true)
	p.kind(domain.ChannelIntake)
	p.Type(uitest.All[*kit.Entry](p.Harness)[0], "https://intake.example.cn")
	p.Hold = true
	p.Press("kit.next")
	p.Release()
	token := uitest.All[*kit.Entry](p.Harness)[0]
	if !p.Shows("endpoint.token.file") || p.Window.Canvas().Focused() != token {
		t.Errorf("%q", p.Texts())
	}
}

// Every mend has its sentence, and its button where there is somewhere to go.
func TestEveryMendHasWords(t *testing.T) {
	for _, l := range l10n.Languages() {
		p := uitest.New(t, uitest.Options{Language: l}).Env.Printer
		for _, d := range endpoint.Mends() {
			if !p.Has("endpoint.mend."+string(d)) || d.Step() != "" != p.Has("endpoint.mend."+string(d)+".do") {
				t.Errorf("%s: %s", l, d)
			}
		}
	}
}

// A service that is gone is found missing by the test, and another one is chosen
// from what the server has by then.
func TestReadingTheServicesAgain(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.civic()
	p.Press2("", "电话骚扰 (0207)")
	p.Press("kit.next")
	p.filing.tryErr = domain.E("t", domain.Conflict, "channel.service_missing", domain.Args{"Code": "0207"}, nil)
	p.Press("endpoint.test.do")
	p.Press("endpoint.mend.service.do")
	p.filing.tryErr, p.filing.caps = nil, domain.Capabilities{Services: services().Services[:1]}
	p.Press("endpoint.service.again")
	if p.m.Service != "0101" || p.Reads("0207") {
		t.Errorf("%s, %q", p.m.Service, p.Texts())
	}
}

// Whoever chooses by keyboard can go on by keyboard.
func TestChoosingByKeyboardGoesOn(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, false)
	p.Window.Canvas().Focus(p.Button(p.Env.T("endpoint.kind.intake")))
	p.Key(fyne.KeySpace)
	if p.m.Kind != domain.ChannelIntake {
		t.Fatalf("%q", p.m.Kind)
	}
	p.Key(fyne.KeyReturn)
	if p.m.Step != endpoint.StepAddress || p.Window.Canvas().Focused() != uitest.All[*kit.Entry](p.Harness)[0] {
		t.Errorf("at %s", p.m.Step)
	}
}
