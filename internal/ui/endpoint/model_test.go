package endpoint_test

import (
	"context"
	"slices"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/endpoint"
)

// fakeFiling answers as told and notes what was asked of it.
type fakeFiling struct {
	list     []domain.Channel
	caps     domain.Capabilities
	checkErr error
	tryErr   error
	addErr   error
	tried    []filing.ChannelInput
	added    []filing.ChannelInput
}

func (f *fakeFiling) CheckChannel(filing.ChannelInput) error { return f.checkErr }

func (f *fakeFiling) TryChannel(_ context.Context, in filing.ChannelInput) (domain.Capabilities, error) {
	f.tried = append(f.tried, in)
	c := f.caps
	if in.ServiceCode != "" {
		i := slices.IndexFunc(c.Services, func(s domain.CivicService) bool { return s.Code == in.ServiceCode })
		c.Service, c.Services = &c.Services[i], nil
	}
	return c, f.tryErr
}

func (f *fakeFiling) AddChannel(_ context.Context, in filing.ChannelInput) (domain.Channel, error) {
	f.added = append(f.added, in)
	return domain.Channel{Name: in.Name, Kind: in.Kind}, f.addErr
}

func (f *fakeFiling) Channels(context.Context) ([]domain.Channel, error) { return f.list, nil }

func days(n int) *int { return &n }

func rate(n float64) *float64 { return &n }

func answer() domain.Capabilities {
	return domain.Capabilities{
		Name: "安徽省通信管理局投诉受理", APIVersion: "1", Categories: domain.Categories()[:15], Techniques: domain.Techniques(),
		MaxCallsPerComplaint: 20, MaxCallAgeDays: days(90), MaxEvidenceBytes: 10 << 20, EvidenceTypes: []string{"image/jpeg", "image/png", "application/pdf"},
		RateLimitPerSecond: rate(5), OnBehalfAllowed: true,
	}
}

func services() domain.Capabilities {
	return domain.Capabilities{APIVersion: "2", OnBehalfAllowed: true, Services: []domain.CivicService{
		{Code: "0101", Name: "道路坑洼", Type: domain.ServiceRealtime},
		{Code: "0207", Name: "电话骚扰", Type: domain.ServiceBatch, Attributes: []domain.ServiceAttribute{
			{Code: "CALLER", Description: "来电号码", Required: true}, {Code: "NOTE", Description: "备注"},
		}},
	}}
}

func model(f *fakeFiling, onlyFile bool) *endpoint.Model {
	return endpoint.NewModel(endpoint.Params{
		Filing: f, Kinds: []domain.ChannelKind{domain.ChannelIntake, domain.ChannelOpen311, domain.ChannelAssisted},
		OnlyFile: func(context.Context) bool { return onlyFile },
	})
}

// at brings a model of the intake API to the test.
func at(t *testing.T, m *endpoint.Model) {
	t.Helper()
	m.Kind, m.URL, m.Token = domain.ChannelIntake, " https://intake.example.cn ", " token "
	for range 3 {
		m.GoOn()
	}
	if m.Step != endpoint.StepTest {
		t.Fatal(m.Step)
	}
}

func test(m *endpoint.Model, c domain.Capabilities, err error) {
	m.Tested(endpoint.Result{For: m.Input(), Capabilities: c, Err: err})
}

func TestNothingIsAddedUntested(t *testing.T) {
	m := model(&fakeFiling{}, false)
	if m.GoOn(); m.Step != endpoint.StepKind {
		t.Fatal("no kind is chosen")
	}
	at(t, m)
	if m.GoOn(); m.Step != endpoint.StepTest {
		t.Fatal("it is not tested")
	}
	test(m, domain.Capabilities{}, domain.E("", domain.Unavailable, "channel.unreachable", nil, nil))
	if m.GoOn(); m.Step != endpoint.StepTest {
		t.Fatal("its test failed")
	}
	test(m, answer(), nil)
	m.GoOn()
	if m.Step != endpoint.StepName || m.Name != answer().Name {
		t.Fatal(m.Step, m.Name)
	}
	in := m.Request()
	if in.Tested == nil || in.Tested.Name != m.Name || in.URL != "https://intake.example.cn" || in.Token != "token" {
		t.Errorf("%+v", in)
	}
}

// A test counts for just what was tested.
func TestChangeMakesATestVoid(t *testing.T) {
	for name, change := range map[string]func(*endpoint.Model){
		"address":     func(m *endpoint.Model) { m.URL = "https://other.example.cn" },
		"token":       func(m *endpoint.Model) { m.Token = "other" },
		"certificate": func(m *endpoint.Model) { m.CAFile = "/ca.pem" },
	} {
		m := model(&fakeFiling{}, false)
		at(t, m)
		before := m.Input()
		test(m, answer(), nil)
		change(m)
		if m.Passed() || m.Result() != nil {
			t.Errorf("%s: still passed", name)
		}
		m.Tested(endpoint.Result{For: before, Capabilities: answer()}) // an answer that comes late
		if m.Passed() {
			t.Errorf("%s: what came late passed", name)
		}
		m.Insist()
		if m.Step != endpoint.StepName || m.Request().Tested != nil || m.Name != "" {
			t.Errorf("%s: %s %+v", name, m.Step, m.Request())
		}
		if !m.Anyway() {
			t.Errorf("%s: forgot that the user insisted", name)
		}
		m.URL += "/v2"
		if m.Anyway() {
			t.Errorf("%s: who insisted did not mean this one", name)
		}
	}
}

// What was typed stays, whichever way is gone.
func TestGoingBackKeepsWhatWasTyped(t *testing.T) {
	m := model(&fakeFiling{}, false)
	at(t, m)
	before := m.Draft
	for m.At() > 1 {
		m.Back()
	}
	if m.Back(); m.Step != endpoint.StepKind || m.Draft != before || !m.Unsaved() {
		t.Fatalf("%s %+v", m.Step, m.Draft)
	}
	m.Kind = domain.ChannelAssisted
	if m.GoOn(); m.Step != endpoint.StepName || m.Name != "12321" || len(m.Steps()) != 2 {
		t.Fatal(m.Step, m.Name)
	}
	in := m.Request()
	if in.URL+in.Token != "" || in.Tested != nil {
		t.Errorf("%+v", in)
	}
	m.Back()
	if m.Kind = domain.ChannelIntake; m.Input().URL == "" {
		t.Error("the address is lost")
	}
	if m.Begin(); m.Unsaved() || m.URL != "" || m.Kind != "" {
		t.Errorf("%+v", m.Draft)
	}
}

func TestServicesBelongToTheirServer(t *testing.T) {
	f := &fakeFiling{caps: services()}
	m := model(f, false)
	m.Kind, m.URL, m.Key, m.Token = domain.ChannelOpen311, "https://311.example.cn", "key", "not for this kind"
	for range 3 {
		m.GoOn()
	}
	if _, read := m.Services(); read || m.Step != endpoint.StepService {
		t.Fatal(m.Step)
	}
	server := m.Input()
	list, err := m.ReadServices(t.Context(), server)
	if err != nil || len(list) != 2 || f.tried[0].Token != "key" {
		t.Fatalf("%v %v %+v", list, err, f.tried)
	}
	m.Read(server, list)
	if m.GoOn(); m.Step != endpoint.StepService {
		t.Fatal("none is chosen")
	}
	m.Service = "0207"
	if got, read := m.Services(); !read || len(got) != 2 {
		t.Fatal("choosing one forgot them")
	}
	m.URL = "https://other.example.cn"
	if _, read := m.Services(); read {
		t.Fatal("they are those of another server")
	}
	m.Read(m.Input(), list[:1])
	if m.Service != "0101" {
		t.Errorf("the only one is chosen, not %q", m.Service)
	}
	f.caps.Services = nil
	if _, err := m.ReadServices(t.Context(), server); domain.KeyOf(err) != "channel.services_none" {
		t.Error(err)
	}
}

func TestWhereAFaultIsMended(t *testing.T) {
	for key, want := range map[string]endpoint.Step{
		"channel.dns_failed": endpoint.StepAddress, "channel.not_intake": endpoint.StepAddress, "channel.tls_failed": endpoint.StepAddress,
		"channel.version_unsupported": endpoint.StepAddress, "channel.unauthorised": endpoint.StepToken, "channel.forbidden": endpoint.StepToken,
		"channel.service_missing": endpoint.StepService, "channel.endpoint_down": "", "channel.no_answer": "", "internal": "",
	} {
		if got := endpoint.MendOf(domain.E("", domain.Unavailable, key, nil, nil)).Step(); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
	m := model(&fakeFiling{}, false)
	at(t, m)
	if m.Mend(endpoint.StepService); m.Step != endpoint.StepTest {
		t.Error("this kind has no services")
	}
	if m.Mend(endpoint.StepToken); m.Step != endpoint.StepToken {
		t.Error(m.Step)
	}
}

func TestOutlook(t *testing.T) {
	practice := domain.Channel{URL: domain.PracticeURL, Default: true}
	for name, tc := range map[string]struct {
		list    []domain.Channel
		becomes bool
	}{
		"none": {nil, true}, "practice only": {[]domain.Channel{practice}, true},
		"another": {[]domain.Channel{{URL: "https://a.example.cn", Default: true}, practice}, false},
	} {
		m := model(&fakeFiling{list: tc.list}, true)
		if becomes, err := m.WillBecome(t.Context()); err != nil || becomes != tc.becomes || !m.OnlyFile(t.Context()) {
			t.Errorf("%s: %v %v", name, becomes, err)
		}
	}
}
