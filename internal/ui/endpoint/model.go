// Package endpoint is the assistant that sets up where complaints go: one question
// a page, and nothing is added before the endpoint has answered, unless the user
// says so in as many words.
package endpoint

import (
	"context"
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Filing sets up channels (filing.Service).
type Filing interface {
	// CheckChannel checks what was entered, all but the name, without connecting.
	CheckChannel(in filing.ChannelInput) error
	// TryChannel asks an endpoint that is not added yet; it files nothing.
	TryChannel(ctx context.Context, in filing.ChannelInput) (domain.Capabilities, error)
	AddChannel(ctx context.Context, in filing.ChannelInput) (domain.Channel, error)
	// Channels lists those that are there, the default first.
	Channels(ctx context.Context) ([]domain.Channel, error)
}

// Step is one page of the assistant.
type Step string

// The steps; which of them there are depends on the kind.
const (
	StepKind    Step = "kind"
	StepAddress Step = "address"
	StepToken   Step = "token"
	StepService Step = "service"
	StepTest    Step = "test"
	StepName    Step = "name"
)

// Draft is what was entered. What one kind does not need stays for the other.
type Draft struct {
	Kind              domain.ChannelKind
	Name, URL, CAFile string
	// Token is that of the intake API; Key, Jurisdiction and Service are those of an
	// Open311 server.
	Token, Key, Jurisdiction, Service string
}

// Params is what NewModel needs.
type Params struct {
	Filing Filing
	// Kinds are the kinds of endpoint this version speaks.
	Kinds []domain.ChannelKind
	// OnlyFile says whether a token would lie in a file, because no keyring of the
	// system answers.
	OnlyFile func(ctx context.Context) bool
}

// Model is the state of the assistant. Its fields belong to the widgets' goroutine;
// the methods that take a context do not touch them and may run on any.
type Model struct {
	p    Params
	Step Step
	Draft
	// Busy says that the endpoint is being asked or the channel added.
	Busy bool
	// FileOnly says that a token will lie in a file; nil before it is known.
	FileOnly *bool
	// Becomes says that complaints will go to the new channel unless another is
	// chosen.
	Becomes bool

	services *services
	result   *Result
	anyway   *filing.ChannelInput
}

// Result is what a test gave.
type Result struct {
	// For is what was entered when it was tested.
	For          filing.ChannelInput
	Capabilities domain.Capabilities
	Err          error
}

// services are those of a server.
type services struct {
	of   filing.ChannelInput
	list []domain.CivicService
}

// NewModel makes a Model.
func NewModel(p Params) *Model {
	m := &Model{p: p}
	m.Begin()
	return m
}

// Begin forgets everything that was entered.
func (m *Model) Begin() { *m = Model{p: m.p, Step: StepKind} }

// Kinds are the kinds of endpoint to choose from.
func (m *Model) Kinds() []domain.ChannelKind { return m.p.Kinds }

// Steps are those of the chosen kind, in their order.
func (m *Model) Steps() []Step {
	switch m.Kind {
	case domain.ChannelAssisted:
		return []Step{StepKind, StepName}
	case domain.ChannelOpen311:
		return []Step{StepKind, StepAddress, StepToken, StepService, StepTest, StepName}
	default:
		return []Step{StepKind, StepAddress, StepToken, StepTest, StepName}
	}
}

// At is the number of the present step, from 1.
func (m *Model) At() int { return slices.Index(m.Steps(), m.Step) + 1 }

// Input is what was entered, as a use case takes it: without the name, which comes
// last, and without what belongs to another kind.
func (m *Model) Input() filing.ChannelInput {
	in := filing.ChannelInput{Kind: m.Kind, URL: strings.TrimSpace(m.URL), CAFile: m.CAFile}
	switch m.Kind {
	case domain.ChannelOpen311:
		in.Token, in.Jurisdiction, in.ServiceCode = strings.TrimSpace(m.Key), strings.TrimSpace(m.Jurisdiction), m.Service
	case domain.ChannelAssisted:
		in.URL, in.CAFile = "", ""
	default:
		in.Token = strings.TrimSpace(m.Token)
	}
	return in
}

// Back goes one step back; what was entered stays.
func (m *Model) Back() {
	if i := m.At() - 2; i >= 0 {
		m.Step = m.Steps()[i]
	}
}

// MayGoOn says whether the present step is done: a kind is chosen, a service is, and
// nothing is added untested.
func (m *Model) MayGoOn() bool {
	switch m.Step {
	case StepKind:
		return m.Kind != ""
	case StepService:
		return m.Service != ""
	case StepTest:
		return m.Passed() || m.Anyway()
	case StepAddress, StepToken, StepName:
	}
	return true
}

// GoOn goes one step on, where the present one is done.
func (m *Model) GoOn() {
	steps := m.Steps()
	if i := m.At(); i < len(steps) && m.MayGoOn() {
		m.Step = steps[i]
	}
	if m.Step == StepName && m.Name == "" {
		m.Name = m.proposed()
	}
}

// Mend goes to the step where a fault can be mended.
func (m *Model) Mend(s Step) {
	if slices.Contains(m.Steps(), s) {
		m.Step = s
	}
}

// form12321 is the body whose form the user fills in by hand.
const form12321 = "12321"

// proposed is a name for the channel: the endpoint's own.
func (m *Model) proposed() string {
	if m.Kind == domain.ChannelAssisted {
		return form12321
	}
	r := m.Result()
	if r == nil || r.Err != nil {
		return ""
	}
	name := r.Capabilities.Name
	if s := r.Capabilities.Service; s != nil {
		name = s.Name
	}
	if runes := []rune(strings.TrimSpace(name)); len(runes) <= domain.MaxNameLength {
		return string(runes)
	}
	return ""
}

// Check checks what was entered so far without connecting.
func (m *Model) Check(_ context.Context, in filing.ChannelInput) error {
	return m.p.Filing.CheckChannel(in)
}

// Result is what the last test of just what is entered now gave, nil for none.
func (m *Model) Result() *Result {
	if m.result == nil || m.result.For != m.Input() {
		return nil
	}
	return m.result
}

// Passed says whether the endpoint, as it is entered now, answered as it should.
func (m *Model) Passed() bool {
	r := m.Result()
	return r != nil && r.Err == nil
}

// Test asks the endpoint what it says of itself.
func (m *Model) Test(ctx context.Context, in filing.ChannelInput) (domain.Capabilities, error) {
	return m.p.Filing.TryChannel(ctx, in)
}

// Tested takes what Test gave.
func (m *Model) Tested(r Result) { m.Busy, m.result = false, &r }

// Anyway says that the user wants the endpoint, as it is entered now, in spite of
// its test.
func (m *Model) Anyway() bool { return m.anyway != nil && *m.anyway == m.Input() }

// Insist is the user saying so.
func (m *Model) Insist() {
	in := m.Input()
	m.anyway = &in
	m.GoOn()
}

// Services are those of the server as it is entered now; read is false before they
// were asked for.
func (m *Model) Services() (list []domain.CivicService, read bool) {
	if m.services == nil || m.services.of != m.server() {
		return nil, false
	}
	return m.services.list, true
}

// server is the input without the service.
func (m *Model) server() filing.ChannelInput {
	in := m.Input()
	in.ServiceCode = ""
	return in
}

// ReadServices asks the server which services it has. It fails with Conflict
// "channel.services_none" where it has none.
func (m *Model) ReadServices(ctx context.Context, server filing.ChannelInput) ([]domain.CivicService, error) {
	caps, err := m.p.Filing.TryChannel(ctx, server)
	if err == nil && len(caps.Services) == 0 {
		err = domain.E("endpoint.ReadServices", domain.Conflict, "channel.services_none", nil, nil)
	}
	return caps.Services, err
}

// Read takes what ReadServices gave. A single service is chosen at once.
func (m *Model) Read(server filing.ChannelInput, list []domain.CivicService) {
	m.services = &services{of: server, list: list}
	has := slices.ContainsFunc(list, func(s domain.CivicService) bool { return s.Code == m.Service })
	switch {
	case len(list) == 1:
		m.Service = list[0].Code
	case !has:
		m.Service = ""
	}
}

// Request is the whole of what is to be added.
func (m *Model) Request() filing.ChannelInput {
	in := m.Input()
	in.Name = m.Name
	if m.Passed() {
		in.Tested = &m.Result().Capabilities
	}
	return in
}

// Add adds the channel.
func (m *Model) Add(ctx context.Context, in filing.ChannelInput) (domain.Channel, error) {
	return m.p.Filing.AddChannel(ctx, in)
}

// WillBecome looks whether a new channel becomes the one that complaints go to.
func (m *Model) WillBecome(ctx context.Context) (bool, error) {
	list, err := m.p.Filing.Channels(ctx)
	return !slices.ContainsFunc(list, func(c domain.Channel) bool { return c.Default && c.URL != domain.PracticeURL }), err
}

// OnlyFile looks whether a token will lie in a file. It asks the keyring of the
// system, which may ask the user.
func (m *Model) OnlyFile(ctx context.Context) bool { return m.p.OnlyFile(ctx) }

// Unsaved says whether something was typed that leaving would lose.
func (m *Model) Unsaved() bool {
	return m.URL+m.Token+m.Key+m.Jurisdiction+m.CAFile != "" || m.Name != "" && m.Name != m.proposed()
}
