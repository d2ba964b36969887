package open311_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/channel/channeltest"
	"quietline/internal/channel/open311"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

const payload = "description=" + channeltest.Words + "&service_code=HARASS"

func protocol() channeltest.Protocol {
	return channeltest.Protocol{
		Open: func(t testing.TB, s channeltest.Setup) filing.Endpoint {
			t.Helper()
			e, err := open311.New(open311.Params{
				BaseURL: s.URL, APIKey: s.Token, Jurisdiction: "cn.demo", CAFile: s.CAFile, UserAgent: "Quietline/test",
				Clock: s.Clock, AfterFunc: s.AfterFunc,
			})
			if err != nil {
				t.Fatal(err)
			}
			return e
		},
		Path: "/requests.json", Payload: payload, Posted: posted, Keyless: true,
		Other: http.StatusPartialContent, NotHere: "channel.not_open311",
		Refuse: func(status int, words string) channeltest.Reply {
			if words == "" {
				return channeltest.JSON(status, `[]`)
			}
			return channeltest.JSON(status, `[{"code":"`+http.StatusText(status)+`","description":"`+words+`"}]`)
		},
		Receipt:     "293944-7",
		Token:       "2f1c7d0e/9f55?4a39#{token}",
		Filed:       channeltest.JSON(200, `[{"service_request_id":"293944-7","service_notice":null,"account_id":null}]`),
		Pending:     pending(`[{"token":"2f1c7d0e/9f55?4a39#{token}"}]`),
		NumberThere: channeltest.JSON(200, `[{"service_request_id":"293944-7","token":"2f1c7d0e/9f55?4a39#{token}"}]`),
		NumberLater: pending(`[{"service_request_id":"","token":"2f1c7d0e/9f55?4a39#{token}"}]`),
	}
}

func pending(body string) channeltest.Reply {
	return channeltest.Reply{Status: 200, Header: []string{"Retry-After", "2"}, Body: body}
}

// posted checks that the form is what was frozen, with the api_key behind it and
// nowhere else.
func posted(t *testing.T, r channeltest.Request) {
	if r.Body != payload+"&api_key="+channeltest.Token {
		t.Errorf("%q", r.Body)
	}
	if got := r.Header.Get("Content-Type"); got != "application/x-www-form-urlencoded; charset=utf-8" {
		t.Errorf("%q", got)
	}
	for name, values := range r.Header {
		if strings.Contains(strings.Join(values, ""), channeltest.Token) {
			t.Errorf("%s tells the api_key", name)
		}
	}
	if r.Header.Get("Idempotency-Key") != "" {
		t.Error("the key of the outbox means nothing here")
	}
}

func TestConformance(t *testing.T) { channeltest.Run(t, protocol()) }

// serve answers by path and remembers what was asked.
func serve(t *testing.T, answers map[string]string) (base string, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Method+" "+r.URL.RequestURI())
		body, ok := answers[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func open(t *testing.T, p open311.Params) *open311.Endpoint {
	t.Helper()
	p.Clock = testkit.NewClock()
	e, err := open311.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const services = `[
	{"service_code":1,"service_name":"Potholes","metadata":false,"type":"realtime","group":"street"},
	{"service_code":"HARASS","service_name":"Nuisance\ncalls","description":"x","metadata":"true","type":"BATCH"},
	{"service_name":"no code"}]`

const definition = `{"service_code":"HARASS","attributes":[
	{"variable":true,"code":"CALLER","datatype":"string","required":true,"description":"Number that called","order":1},
	{"variable":false,"code":"INFO","datatype":"string","required":true,"description":"Only a text"},
	{"variable":"true","code":7,"datatype":"singlevaluelist","required":"false","description":"Kind","values":[{"key":1,"name":"Loan"},{"key":"B","name":"Other"}]}]}`

func TestServices(t *testing.T) {
	base, asked := serve(t, map[string]string{"/v2/services.json": services, "/v2/services/HARASS.json": definition})
	caps, err := open(t, open311.Params{BaseURL: base + "/v2/", Jurisdiction: "cn demo"}).Capabilities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []domain.CivicService{
		{Code: "1", Name: "Potholes", Group: "street", Type: domain.ServiceRealtime},
		{Code: "HARASS", Name: "Nuisance calls", Description: "x", Type: domain.ServiceBatch, Metadata: true},
	}
	if diff := cmp.Diff(want, caps.Services); diff != "" || caps.Service != nil {
		t.Errorf("-want +got:\n%s", diff)
	}
	caps, err = open(t, open311.Params{BaseURL: base + "/v2", ServiceCode: "HARASS"}).Capabilities(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chosen := want[1]
	chosen.Attributes = []domain.ServiceAttribute{
		{Code: "CALLER", Datatype: "string", Required: true, Description: "Number that called"},
		{Code: "7", Datatype: "singlevaluelist", Description: "Kind", Values: []domain.ServiceValue{{Key: "1", Name: "Loan"}, {Key: "B", Name: "Other"}}},
	}
	if diff := cmp.Diff(&chosen, caps.Service); diff != "" || caps.Services != nil || caps.Name != "Nuisance calls" {
		t.Errorf("%q, -want +got:\n%s", caps.Name, diff)
	}
	if diff := cmp.Diff([]string{
		"GET /v2/services.json?jurisdiction_id=cn+demo", "GET /v2/services.json", "GET /v2/services/HARASS.json",
	}, *asked); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestServicesThatAreNone(t *testing.T) {
	for name, tc := range map[string]struct {
		answers map[string]string
		code    string
		key     string
	}{
		"missing":              {map[string]string{"/services.json": services}, "GRAFFITI", "channel.service_missing"},
		"no definition":        {map[string]string{"/services.json": services}, "HARASS", "channel.not_open311"},
		"an object":            {map[string]string{"/services.json": `{}`}, "", "channel.answer_unusable"},
		"nothing of use":       {map[string]string{"/services.json": `[{"a":1}]`}, "", "channel.answer_unusable"},
		"null among them":      {map[string]string{"/services.json": `[null]`}, "", "channel.answer_unusable"},
		"attributes missing":   {map[string]string{"/services.json": services, "/services/HARASS.json": `{}`}, "HARASS", "channel.answer_unusable"},
		"attribute of no code": {map[string]string{"/services.json": services, "/services/HARASS.json": `{"attributes":[{}]}`}, "HARASS", "channel.answer_unusable"},
	} {
		base, _ := serve(t, tc.answers)
		caps, err := open(t, open311.Params{BaseURL: base, ServiceCode: tc.code}).Capabilities(t.Context())
		if domain.KeyOf(err) != tc.key || caps.Service != nil {
			t.Errorf("%s: %+v, %v, want %s", name, caps, err, tc.key)
		}
	}
}

// A blackbox never gives a number: filed, without one. From any other service, or
// where it reads like an error, an answer without a number settles nothing.
func TestBlackbox(t *testing.T) {
	box := &domain.CivicService{Code: "BOX", Type: domain.ServiceBlackbox}
	for name, tc := range map[string]struct {
		service *domain.CivicService
		form    string
		answer  string
		want    filing.OutcomeKind
	}{
		"a notice":             {box, "service_code=BOX", `[{"service_notice":"Thank you."}]`, filing.OutcomeSent},
		"null":                 {box, "service_code=BOX", `[{"service_request_id":null,"token":null}]`, filing.OutcomeSent},
		"nothing":              {box, "service_code=BOX", `[]`, filing.OutcomeSent},
		"an error":             {box, "service_code=BOX", `[{"code":"400","description":"No."}]`, filing.OutcomeUnsettled},
		"two":                  {box, "service_code=BOX", `[{},{}]`, filing.OutcomeUnsettled},
		"no list":              {box, "service_code=BOX", `{}`, filing.OutcomeUnsettled},
		"for another service":  {box, "service_code=OLD", `[{"service_notice":"Thank you."}]`, filing.OutcomeUnsettled},
		"of another kind":      {&domain.CivicService{Code: "BOX", Type: domain.ServiceBatch}, "service_code=BOX", `[{}]`, filing.OutcomeUnsettled},
		"of an unknown kind":   {nil, "service_code=BOX", `[{}]`, filing.OutcomeUnsettled},
		"with a number anyway": {box, "service_code=BOX", `[{"service_request_id":"7"}]`, filing.OutcomeSent},
	} {
		base, _ := serve(t, map[string]string{"/requests.json": tc.answer})
		out := open(t, open311.Params{BaseURL: base, ServiceCode: "BOX", Service: tc.service}).Submit(t.Context(), "", []byte(tc.form))
		if out.Kind != tc.want {
			t.Errorf("%s: %+v", name, out)
		}
		if name == "a notice" && (out.ReceiptNumber != "" || out.Detail != "Thank you.") {
			t.Errorf("%+v", out)
		}
	}
}

func TestNumbersThatAreDigits(t *testing.T) {
	base, asked := serve(t, map[string]string{
		"/requests.json": `[{"service_request_id":293944}]`, "/tokens/12345.json": `[{"service_request_id":638344,"token":12345}]`,
	})
	e := open(t, open311.Params{BaseURL: base, Jurisdiction: "j", APIKey: "a&b=c"})
	if out := e.Submit(t.Context(), "", []byte("x=y")); out.Kind != filing.OutcomeSent || out.ReceiptNumber != "293944" || out.CaseState != domain.CaseReceived {
		t.Errorf("%+v", out)
	}
	if out := e.PollToken(t.Context(), "12345"); out.ReceiptNumber != "638344" {
		t.Errorf("%+v", out)
	}
	if diff := cmp.Diff([]string{"POST /requests.json", "GET /tokens/12345.json?jurisdiction_id=j"}, *asked); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, token := range []string{"", "..", "a\nb"} {
		if out := e.PollToken(t.Context(), token); out.Kind != filing.OutcomeToken || out.Token != token {
			t.Errorf("%q: %+v", token, out)
		}
	}
	if len(*asked) != 2 {
		t.Errorf("%v", *asked)
	}
}

func TestTokenOfAnotherRequest(t *testing.T) {
	base, _ := serve(t, map[string]string{"/tokens/1.json": `[{"service_request_id":"9","token":"2"}]`})
	if out := open(t, open311.Params{BaseURL: base}).PollToken(t.Context(), "1"); out.Kind != filing.OutcomeUnknown {
		t.Errorf("%+v", out)
	}
}

func TestReadCase(t *testing.T) {
	at := time.Date(2024, 5, 20, 9, 15, 3, 0, time.UTC)
	for body, want := range map[string]filing.Case{
		`[{"service_request_id":638344,"status":"open","updated_datetime":"2024-05-20T09:15:03Z"}]`: {State: domain.CaseReceived, Note: "open", UpdatedAt: at},
		`[{"service_request_id":"638344","status":"closed","status_notes":"Duplicate request."}]`:   {State: domain.CaseClosed, Note: "closed: Duplicate request."},
		`[{"status":"In Progress","updated_datetime":"soon"}]`:                                      {State: domain.CaseInvestigating, Note: "In Progress"},
		`[{"status":"awaiting parts"}]`:                                                             {State: "awaiting parts", Note: "awaiting parts"},
		`[{"service_request_id":"638344","status":"不予受理"}]`:                                         {State: domain.CaseRejectedOutOfScope, Note: "不予受理"},
	} {
		base, _ := serve(t, map[string]string{"/requests/638344.json": body})
		got := open(t, open311.Params{BaseURL: base}).ReadCase(t.Context(), "638344", "")
		want.ReceiptNumber = "638344"
		if diff := cmp.Diff(filing.CaseAnswer{Result: filing.CaseRead, Case: want}, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", body, diff)
		}
	}
	for body, want := range map[string]filing.CaseResult{
		`[]`: filing.CaseMissing, `{}`: filing.CaseFailed, `[{"service_request_id":"9","status":"open"}]`: filing.CaseFailed,
		`[{"service_request_id":"638344"}]`: filing.CaseFailed,
	} {
		base, _ := serve(t, map[string]string{"/requests/638344.json": body})
		e := open(t, open311.Params{BaseURL: base})
		if got := e.ReadCase(t.Context(), "638344", ""); got.Result != want || got.Failure.ErrorKey == "" {
			t.Errorf("%s: %+v", body, got)
		}
		for _, number := range []string{"1", "..", "", "a\nb"} {
			if got := e.ReadCase(t.Context(), number, ""); got.Result != filing.CaseMissing {
				t.Errorf("%q: %+v", number, got)
			}
		}
	}
}

// The api_key is in the form and in nothing that is shown or kept.
func TestKeyIsNotFrozen(t *testing.T) {
	form, err := composer(t).Compose(chosen(), body())
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(string(form))
	if err != nil || values.Has("api_key") {
		t.Errorf("%v, %v", values, err)
	}
}
