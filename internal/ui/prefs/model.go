// Package prefs is the Settings page: language, text size, colours,
// notifications, the endpoints complaints go to, where the data lies,
// diagnostics, about.
package prefs

import (
	"context"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
)

// Store keeps the settings.
type Store interface {
	// Load gives every setting, the defaults even together with an error.
	Load(ctx context.Context) (settings.All, error)
	SetLanguage(ctx context.Context, l l10n.Language) error
	SetTextSize(ctx context.Context, t settings.TextSize) error
	SetTheme(ctx context.Context, t settings.Theme) error
	SetNotify(ctx context.Context, n settings.Switch) error
	SetTray(ctx context.Context, t settings.Switch) error
	SetSimple(ctx context.Context, simple settings.Switch) error
}

// Channels keeps the endpoints (filing.Service).
type Channels interface {
	Channels(ctx context.Context) ([]domain.Channel, error)
	TestChannel(ctx context.Context, name string) (domain.Capabilities, error)
	RemoveChannel(ctx context.Context, name string) error
	SetDefaultChannel(ctx context.Context, name string) error
	PauseChannel(ctx context.Context, name string) error
	ResumeChannel(ctx context.Context, name string) error
	SetChannelToken(ctx context.Context, name, token string) error
	Civic
}

// Status is how serious a finding of the diagnostics is.
type Status string

// The statuses of a finding; "doctor.status.STATUS" is the word.
const (
	StatusOK      Status = "ok"
	StatusWarning Status = "warning"
	StatusFault   Status = "fault"
)

// Finding is one result of the diagnostics.
type Finding struct {
	// Check is what was looked at; "doctor.check.CHECK" is the word.
	Check  string
	Status Status
	// Text is a sentence in the language of the moment.
	Text string
}

// Doctor looks the workspace over and changes nothing.
type Doctor func(ctx context.Context) []Finding

// About is what the program says of itself.
type About struct {
	Version string
	// Commit and Date say which sources it was built from; a plain build
	// does not know.
	Commit, Date string
	DataDir      string
	// Registry says which list of numbers is in use at the moment.
	Registry func() domain.RegistryInfo
}

// Params is what NewModel needs.
type Params struct {
	Store    Store
	Channels Channels
	Doctor   Doctor
	Bundle   Bundle
	About    About
	// Now are the settings in force when the program starts.
	Now settings.All
	// Apply puts settings in force; the page is built anew by it.
	Apply func(settings.All)
}

// Model is the state of the page. Its fields belong to the widgets'
// goroutine; the methods that take a context do not touch them and may run on
// any.
type Model struct {
	p Params
	// Now are the settings in force.
	Now settings.All
	// Channels are the endpoints, the default first; nil before the first load.
	Channels []domain.Channel
	Loaded   bool
	// LoadError is why the endpoints could not be read, or nil.
	LoadError error
	// Busy names the endpoint that something is being done with, or is empty.
	Busy string
	// Tested is the answer of each endpoint that was tested since the program
	// started.
	Tested map[string]TestResult
	// Findings are those of the last diagnostics; nil before the first.
	Findings  []Finding
	Examining bool
}

// TestResult is what a test of an endpoint gave.
type TestResult struct {
	Capabilities domain.Capabilities
	Err          error
}

// NewModel makes a Model.
func NewModel(p Params) *Model {
	return &Model{p: p, Now: p.Now, Tested: map[string]TestResult{}}
}

// InForce are the settings in force.
func (m *Model) InForce() settings.All { return m.Now }

// About is what the program says of itself.
func (m *Model) About() About { return m.p.About }

// Choose stores what differs from the settings in force.
func (m *Model) Choose(ctx context.Context, now, next settings.All) error {
	if next.Language != now.Language {
		if err := m.p.Store.SetLanguage(ctx, next.Language); err != nil {
			return err
		}
	}
	if next.TextSize != now.TextSize {
		if err := m.p.Store.SetTextSize(ctx, next.TextSize); err != nil {
			return err
		}
	}
	if next.Theme != now.Theme {
		if err := m.p.Store.SetTheme(ctx, next.Theme); err != nil {
			return err
		}
	}
	if next.Notify != now.Notify {
		if err := m.p.Store.SetNotify(ctx, next.Notify); err != nil {
			return err
		}
	}
	if next.Tray != now.Tray {
		if err := m.p.Store.SetTray(ctx, next.Tray); err != nil {
			return err
		}
	}
	if next.Simple != now.Simple {
		return m.p.Store.SetSimple(ctx, next.Simple)
	}
	return nil
}

// Chosen puts the settings in force.
func (m *Model) Chosen(next settings.All) {
	m.Now = next
	m.p.Apply(next)
}

// List reads the endpoints.
func (m *Model) List(ctx context.Context) ([]domain.Channel, error) {
	return m.p.Channels.Channels(ctx)
}

// Listed takes what List gave.
func (m *Model) Listed(list []domain.Channel, err error) {
	m.LoadError = err
	if err == nil {
		m.Channels, m.Loaded = list, true
	}
}

// Deed is something that can be done with an endpoint.
type Deed string

// The deeds. "prefs.done.DEED" is the sentence that confirms it.
const (
	DeedDefault Deed = "default"
	DeedPause   Deed = "pause"
	DeedResume  Deed = "resume"
	DeedToken   Deed = "token"
	DeedService Deed = "service"
	DeedRemove  Deed = "remove"
)

// SetToken replaces the token of an endpoint; an empty one deletes it.
func (m *Model) SetToken(ctx context.Context, name, token string) error {
	return m.p.Channels.SetChannelToken(ctx, name, strings.TrimSpace(token))
}

// Do does it, all but DeedToken and DeedService, which need to be told more.
func (m *Model) Do(ctx context.Context, d Deed, name string) error {
	switch d {
	case DeedDefault:
		return m.p.Channels.SetDefaultChannel(ctx, name)
	case DeedPause:
		return m.p.Channels.PauseChannel(ctx, name)
	case DeedResume:
		return m.p.Channels.ResumeChannel(ctx, name)
	case DeedRemove:
		return m.p.Channels.RemoveChannel(ctx, name)
	case DeedToken, DeedService:
	}
	return nil
}

// Test asks an endpoint what it says of itself; it files nothing.
func (m *Model) Test(ctx context.Context, name string) (domain.Capabilities, error) {
	return m.p.Channels.TestChannel(ctx, name)
}

// Examine runs the diagnostics.
func (m *Model) Examine(ctx context.Context) []Finding { return m.p.Doctor(ctx) }

// Deeds lists what can be done with an endpoint, in the order of the buttons.
// The default one cannot be removed as long as there is another to take its
// place, so that nobody is left without noticing.
func Deeds(c domain.Channel, others int, now time.Time) []Deed {
	var out []Deed
	if !c.Default {
		out = append(out, DeedDefault)
	}
	if c.Kind == domain.ChannelAssisted { // nothing is sent, so there is nothing to stop
		if c.Paused != "" { // by the command line
			out = append(out, DeedResume)
		}
		if !c.Default || others == 0 {
			out = append(out, DeedRemove)
		}
		return out
	}
	if c.Paused != "" || c.HoldUntil.After(now) {
		out = append(out, DeedResume)
	}
	if c.Paused == "" {
		out = append(out, DeedPause)
	}
	if c.Kind == domain.ChannelOpen311 {
		out = append(out, DeedService)
	}
	if c.URL != domain.PracticeURL {
		out = append(out, DeedToken)
	}
	if c.URL != domain.PracticeURL && (!c.Default || others == 0) {
		out = append(out, DeedRemove)
	}
	return out
}

// Practice says whether an endpoint files nothing anywhere: the built-in one
// does not, nor does one that says so of itself.
func Practice(c domain.Channel) bool {
	return c.URL == domain.PracticeURL || (c.Capabilities != nil && c.Capabilities.Practice)
}

// Report writes the findings of the program, named with its version, as plain text,
// for the user to copy.
func Report(findings []Finding, program string) string {
	var b strings.Builder
	b.WriteString(program + "\n")
	for _, f := range findings {
		b.WriteString(string(f.Status) + "  " + f.Check + "  " + f.Text + "\n")
	}
	return b.String()
}
