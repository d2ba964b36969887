package filing_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// good is a complaint without a problem.
func good() filing.ComplaintInput {
	return filing.ComplaintInput{
		Number: "+8695013000", At: testkit.Epoch().Add(-time.Hour), Category: domain.CategoryLoan,
		Techniques: []domain.Technique{domain.TechniqueRecorded}, Harm: 1, Description: " 推销贷款 ",
		Demands: []domain.Demand{domain.DemandStopCalls}, Language: "zh-Hans",
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	future := testkit.Epoch().Add(time.Hour)
	for _, tc := range []struct {
		name   string
		change func(*filing.ComplaintInput)
		want   []string // "pointer key"
	}{
		{"nothing wrong", func(*filing.ComplaintInput) {}, nil},
		{"no number", func(in *filing.ComplaintInput) { in.Number = " " }, []string{"/caller/number complaint.number_required"}},
		{"hidden number", func(in *filing.ComplaintInput) { in.Number = "未知" }, []string{"/caller/number complaint.number_required"}},
		{"letters", func(in *filing.ComplaintInput) { in.Number = "call me" }, []string{"/caller/number complaint.number_malformed"}},
		{"forged number is a reason, not a problem", func(in *filing.ComplaintInput) { in.Number = "+95588" }, nil},
		{"no time", func(in *filing.ComplaintInput) { in.At = time.Time{} }, []string{"/calls/0/started_at complaint.at_required"}},
		{"future", func(in *filing.ComplaintInput) { in.At = future }, []string{"/calls/0/started_at complaint.at_in_future"}},
		{"clocks differ a little", func(in *filing.ComplaintInput) { in.At = testkit.Epoch().Add(4 * time.Minute) }, nil},
		{"before there were logs", func(in *filing.ComplaintInput) { in.At = time.Date(24, 5, 20, 9, 0, 0, 0, time.UTC) }, []string{"/calls/0/started_at complaint.at_too_old"}},
		{"no direction of a call", func(in *filing.ComplaintInput) { in.Direction = "sideways" }, []string{"/calls/0/direction call.direction_unknown"}},
		{"endless call", func(in *filing.ComplaintInput) { in.Duration = ptr(999 * time.Hour) }, []string{"/calls/0/duration_seconds complaint.duration_range"}},
		{"no category", func(in *filing.ComplaintInput) { in.Category = "" }, []string{"/category complaint.category_required"}},
		{"unknown category", func(in *filing.ComplaintInput) { in.Category = "x" }, []string{"/category complaint.category_unknown"}},
		{"unknown technique", func(in *filing.ComplaintInput) { in.Techniques = []domain.Technique{"x"} }, []string{"/techniques complaint.technique_unknown"}},
		{"unknown demand", func(in *filing.ComplaintInput) { in.Demands = []domain.Demand{"x"} }, []string{"/demands complaint.demand_unknown"}},
		{"too much harm", func(in *filing.ComplaintInput) { in.Harm = 6 }, []string{"/harm complaint.harm_range"}},
		{"less than no harm", func(in *filing.ComplaintInput) { in.Harm = -1 }, []string{"/harm complaint.harm_range"}},
		{"refused in the future", func(in *filing.ComplaintInput) { in.RefusedAt = future }, []string{"/refused_at complaint.refused_in_future"}},
		{"longest description", func(in *filing.ComplaintInput) { in.Description = strings.Repeat("镕", filing.MaxDescription) }, nil},
		{"longer", func(in *filing.ComplaintInput) { in.Description = strings.Repeat("镕", filing.MaxDescription+1) }, []string{"/description complaint.description_long"}},
		{"control characters", func(in *filing.ComplaintInput) { in.Description = "a\x00b" }, []string{"/description complaint.description_control"}},
		{"an escape of one byte", func(in *filing.ComplaintInput) { in.Description = "a\u009b31mb" }, []string{"/description complaint.description_control"}},
		{"lines", func(in *filing.ComplaintInput) { in.Description = "a\tb\r\nc\u2028d" }, nil},
		{"loss in words", func(in *filing.ComplaintInput) { in.LossAmount = "a lot" }, []string{"/loss/amount complaint.loss_invalid"}},
		{"negative loss", func(in *filing.ComplaintInput) { in.LossAmount = "-1" }, []string{"/loss/amount complaint.loss_invalid"}},
		{"three decimals", func(in *filing.ComplaintInput) { in.LossAmount = "1.234" }, []string{"/loss/amount complaint.loss_invalid"}},
		{
			"several at once", func(in *filing.ComplaintInput) { in.Number, in.At, in.Category = "", future, "" },
			[]string{"/calls/0/started_at complaint.at_in_future", "/caller/number complaint.number_required", "/category complaint.category_required"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			d.channel("c")
			in := good()
			tc.change(&in)
			err := d.file.Validate(t.Context(), in)
			var problems domain.Problems
			if err != nil && !errors.As(err, &problems) {
				t.Fatalf("not a list of problems: %v", err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.Field+" "+p.Key)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			for _, lang := range l10n.Languages() {
				for _, x := range testkit.Printer(t, lang).ExplainAll(err) {
					if strings.HasPrefix(x.Message, "err.") || strings.Contains(x.Message, "<no value>") || strings.HasPrefix(x.Hint, "err.") {
						t.Errorf("%s: %q %q", lang, x.Message, x.Hint)
					}
				}
			}
			if n, err := d.file.CountByState(t.Context()); err != nil || len(n) != 0 {
				t.Errorf("validating stored something: %v, %v", n, err)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// A call or a code that is named twice is meant once.
func TestNamedTwiceIsMeantOnce(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	_, err := d.store.AddCalls(t.Context(), []domain.Call{{
		PersonID: domain.SelfID, Number: "95013000", Display: "95013000", Family: domain.FamilyCallCentre95,
		Verdict: domain.VerdictListedExtension, StartedAt: testkit.Epoch().Add(-time.Hour), Direction: domain.DirectionIncoming,
	}}, false)
	if err != nil {
		t.Fatal(err)
	}
	in := good()
	in.CallIDs, in.Number, in.At = []domain.CallID{1, 1}, "", time.Time{}
	in.Techniques = []domain.Technique{domain.TechniqueNight, domain.TechniqueHuman, domain.TechniqueNight}
	c, err := d.file.New(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Body.Calls) != 1 || len(c.CallIDs) != 1 || len(c.Body.Techniques) != 2 {
		t.Errorf("calls %v, techniques %v", c.Body.Calls, c.Body.Techniques)
	}
}

func TestPayloadIsTheContracts(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	in := good()
	in.LossAmount, in.RefusedAt = "1200.5", testkit.Epoch().Add(-time.Minute)
	// As a phone copies a number, and as some keyboards write.
	in.Number, in.Description = "\u202d"+in.Number+"\u202c", "推销\u200e贷款"
	c, err := d.file.New(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	d.run(filing.RunOptions{})
	var got map[string]any
	for _, body := range d.ends.fake.bodies {
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
	}
	for pointer, want := range map[string]any{
		"schema": "quietline.complaint/1", "client_reference": string(c.ID), "language": "zh-Hans",
		"category": "loan", "description": "推销贷款", "consent_given": nil, "refused_at": "2024-05-20T08:59:00+08:00",
	} {
		if got[pointer] != want {
			t.Errorf("%s = %v, want %v", pointer, got[pointer], want)
		}
	}
	caller := got["caller"].(map[string]any)
	if caller["displayed"] != "+8695013000" || caller["number"] != "95013000" || caller["code"] != "95013" || caller["family"] != "call_centre_95" {
		t.Errorf("caller %v", caller)
	}
	if loss := got["loss"].(map[string]any); loss["amount"] != "1200.50" || loss["currency"] != "CNY" {
		t.Errorf("loss %v", loss)
	}
	// The placeholder of an owner without a name is not filed as one.
	if who := got["complainant"].(map[string]any); who["name"] != "" || who["relation"] != "self" {
		t.Errorf("complainant %v", who)
	}
}

func TestDuplicates(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	first, err := d.file.New(t.Context(), good())
	if err != nil {
		t.Fatal(err)
	}
	again := func() error { _, err := d.file.New(t.Context(), good()); return err }
	if err := again(); domain.KeyOf(err) != "complaint.duplicate" {
		t.Errorf("queued twice: %v", err)
	}
	if _, err := d.file.Cancel(t.Context(), string(first.ID)); err != nil {
		t.Fatal(err)
	}
	if err := again(); err != nil {
		t.Errorf("a cancelled one is no duplicate: %v", err)
	}
	d.run(filing.RunOptions{})
	if err := again(); domain.KeyOf(err) != "complaint.duplicate" {
		t.Errorf("filed twice: %v", err)
	}
}

func TestDraftBecomesComplaintOnce(t *testing.T) {
	d := newDesk(t)
	in := good()
	in.Draft, in.Category = true, ""
	draft, err := d.file.New(t.Context(), in)
	if err != nil || draft.SendState != domain.SendDraft {
		t.Fatal(draft.SendState, err)
	}
	in = good()
	in.ID = draft.ID
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "channel.none" {
		t.Errorf("nowhere to file: %v", err)
	}
	d.channel("c")
	c, err := d.file.New(t.Context(), in)
	if err != nil || c.ID != draft.ID || c.SendState != domain.SendQueued {
		t.Fatal(c.ID, c.SendState, err)
	}
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "complaint.not_draft" {
		t.Errorf("queued again: %v", err)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 1 {
		t.Errorf("%+v", s)
	}
}

func TestOnBehalf(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	mother := domain.Person{
		Name: "妈妈", Relation: domain.RelationChild, Authority: domain.AuthorityOral, Province: "江苏", Numbers: []string{"13800000002"},
	}
	if err := d.store.AddPerson(t.Context(), &mother); err != nil {
		t.Fatal(err)
	}
	in := good()
	in.OnBehalfOf = "妈妈"
	c, err := d.file.New(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	who := c.Body.Complainant
	if who.Relation != domain.RelationChild || who.Province != "江苏" || who.OnBehalf == nil ||
		who.OnBehalf.Name != "妈妈" || who.OnBehalf.Phone != "13800000002" || who.OnBehalf.Authority != domain.AuthorityOral {
		t.Errorf("complainant %+v %+v", who, who.OnBehalf)
	}
	in.OnBehalfOf = "王五"
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "person.not_found" {
		t.Errorf("a stranger: %v", err)
	}
	own := good()
	own.OnBehalfOf, own.Number = "妈妈", "138 0000 0002"
	if err := d.file.Validate(t.Context(), own); !strings.Contains(errString(err), "complaint.number_is_own") {
		t.Errorf("own number: %v", err)
	}
}

func errString(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestFirstChannelBecomesDefaultAndPracticeGivesWay(t *testing.T) {
	d := newDesk(t)
	add := func(name, url string) {
		if _, err := d.file.AddChannel(t.Context(), filing.ChannelInput{Name: name, Kind: domain.ChannelIntake, URL: url}); err != nil {
			t.Fatal(err)
		}
	}
	standard := func() string {
		list, err := d.file.Channels(t.Context())
		if err != nil || !list[0].Default {
			t.Fatal(list, err)
		}
		return list[0].Name
	}
	add("practice", domain.PracticeURL)
	if got := standard(); got != "practice" {
		t.Errorf("default %q", got)
	}
	add("real", "https://a.example.org")
	if got := standard(); got != "real" {
		t.Errorf("default %q", got)
	}
	add("other", "https://b.example.org")
	if got := standard(); got != "real" {
		t.Errorf("default %q", got)
	}
	for _, in := range []filing.ChannelInput{
		{Name: " "}, {Name: strings.Repeat("x", 65)}, {Name: "a\nb"}, {Name: "a\u009bb"}, {Name: "a\u202eb"}, {Name: "a", Rate: -1}, {Name: "a", Token: "with space"},
	} {
		in.Kind, in.URL = domain.ChannelIntake, "https://c.example.org"
		if _, err := d.file.AddChannel(t.Context(), in); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

// A channel whose token cannot be kept is taken back, and what was the default is
// it again, also where it was stopped meanwhile.
func TestChannelWithoutItsTokenLeavesTheDefault(t *testing.T) {
	for name, stopped := range map[string]bool{"fails": false, "stopped": true} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if _, err := d.file.AddChannel(t.Context(), filing.ChannelInput{Name: "practice", Kind: domain.ChannelIntake, URL: domain.PracticeURL}); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			box := &fullBox{stop: func() {
				if stopped {
					stop()
				}
			}}
			file := filing.New(filing.Params{
				Store: d.store, Endpoints: d.ends, Secrets: box, Clock: d.clock, Source: d.source, Log: slog.New(slog.DiscardHandler), Queued: func() {},
			})
			in := filing.ChannelInput{Name: "real", Kind: domain.ChannelIntake, URL: "https://intake.example.org", Token: "secret"}
			if _, err := file.AddChannel(ctx, in); domain.KeyOf(err) != "secrets.unwritable" {
				t.Fatal(err)
			}
			list, err := d.file.Channels(t.Context())
			if err != nil || len(list) != 1 || !list[0].Default {
				t.Errorf("%+v %v", list, err)
			}
		})
	}
}

// fullBox takes no token.
type fullBox struct {
	noSecrets
	stop func()
}

func (b *fullBox) SetToken(context.Context, domain.ChannelID, string) error {
	b.stop()
	return domain.E("box", domain.Denied, "secrets.unwritable", nil, nil)
}
