package check

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/registrar"
)

func source() registrar.Source {
	return registrar.Source{URL: "https://example.org/registry.json", Key: "RWkey"}
}

func TestLookAsksForAnAddress(t *testing.T) {
	b := newBookFake()
	b.update = newer()
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	m.Look.Open()
	if m.Look.Stage() != LookSource || len(b.looked) != 0 {
		t.Fatalf("%s %q: nothing is looked for without an address", m.Look.Stage(), b.looked)
	}
	m.Look.Write(registrar.Source{URL: "http://example.org", Key: "x"})
	m.Look.SaveSource()
	if m.Look.Fault() == nil || m.Look.Stage() != LookSource || !m.Look.Changed() {
		t.Errorf("%s %v", m.Look.Stage(), m.Look.Fault())
	}
	m.Look.Write(source())
	m.Look.SaveSource()
	if m.Look.Stage() != LookFound || m.Look.Fault() != nil || m.Look.Changed() {
		t.Errorf("%s %v", m.Look.Stage(), m.Look.Fault())
	}
	if diff := cmp.Diff([]registrar.Source{source()}, b.sources); diff != "" {
		t.Error(diff)
	}
	want := []LookStage{LookLooking, LookSource, LookSaving, LookSource, LookSaving, LookLooking, LookFound}
	if diff := cmp.Diff(want, h.stages); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsInstalledWithoutAsking(t *testing.T) {
	b := newBookFake()
	b.source, b.update = source(), newer()
	b.effect = registrar.Effect{Numbers: 2, Calls: 4}
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	m.Look.Install()
	m.Look.Open()
	m.Look.Close()
	if len(b.installed) != 0 || len(h.stored) != 0 || m.Look.Update() != nil {
		t.Fatal("not now means nothing changed")
	}
	m.Look.Open()
	m.Look.Install()
	if len(b.installed) != 1 || b.installed[0] != b.update || m.Look.Stage() != LookClosed {
		t.Errorf("%v %s", b.installed, m.Look.Stage())
	}
	if h.stored[0] != ChangeInstalled || h.effects[0] != b.effect {
		t.Errorf("%v %v", h.stored, h.effects)
	}
}

// A full disk may take the new list and not the new verdicts of the log.
func TestListThatCountsAlthoughTheLogWasNotJudged(t *testing.T) {
	b := newBookFake()
	b.source, b.update = source(), newer()
	b.update.To = b.Info()
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	m.Look.Open()
	b.err = domain.E("x", domain.Unavailable, "store.full", nil, nil)
	m.Look.Install()
	if m.Look.Stage() != LookClosed || len(h.stored) != 1 || len(h.failed) != 1 {
		t.Errorf("%s %v %v: that nothing changed is not true", m.Look.Stage(), h.stored, h.failed)
	}
}

func TestUpToDateInstallsNothing(t *testing.T) {
	b := newBookFake()
	b.source, b.update = source(), &registrar.Update{UpToDate: true}
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	m.Look.Open()
	m.Look.Install()
	if m.Look.Stage() != LookFound || len(b.installed) != 0 {
		t.Errorf("%s %v", m.Look.Stage(), b.installed)
	}
}

func TestLookThatFailsCanBeTriedAgain(t *testing.T) {
	b := newBookFake()
	b.source, b.update = source(), newer()
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	b.err = errors.New("net")
	m.Look.LookIn("/x/registry.json")
	if m.Look.Stage() != LookFault || m.Look.Fault() == nil {
		t.Fatal(m.Look.Stage())
	}
	b.err = nil
	m.Look.Again()
	if diff := cmp.Diff([]string{"/x/registry.json", "/x/registry.json"}, b.looked); diff != "" {
		t.Error("it looks where it looked last", diff)
	}
	if m.Look.Stage() != LookFound {
		t.Error(m.Look.Stage())
	}
	b.err = errors.New("disk")
	m.Look.Install()
	if m.Look.Stage() != LookFault {
		t.Error("an installation that failed is said")
	}
}

func TestKeyThatWasTypedIsStoredBeforeAFile(t *testing.T) {
	b := newBookFake()
	b.update = newer()
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	m.Look.Open()
	m.Look.Write(source())
	m.Look.LookIn("/x/registry.json")
	if len(b.sources) != 1 || m.Look.Stage() != LookFound || b.looked[0] != "/x/registry.json" {
		t.Errorf("%v %s %q", b.sources, m.Look.Stage(), b.looked)
	}
}

func TestAnswerAfterClosingIsDropped(t *testing.T) {
	b := newBookFake()
	b.source, b.update = source(), newer()
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	var answers []func()
	cancelled := 0
	m.Look.p.Run = func(work func(context.Context) error, done func(error)) func() {
		err := work(t.Context())
		answers = append(answers, func() { done(err) })
		return func() { cancelled++ }
	}
	m.Look.Open()
	m.Look.Close()
	answers[0]()
	if m.Look.Stage() != LookClosed || cancelled != 1 {
		t.Errorf("%s, %d cancelled", m.Look.Stage(), cancelled)
	}
}
