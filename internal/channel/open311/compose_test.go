package open311_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/channel/open311"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

func composer(t *testing.T) open311.Composer {
	t.Helper()
	p := testkit.Printer(t, l10n.English)
	return open311.Composer{Texts: p, Statement: func(b domain.ComplaintBody) string { return report.Statement(p, b) }}
}

func ptr[T any](v T) *T { return &v }

// chosen is a channel whose service asks for the attributes.
func chosen(attributes ...domain.ServiceAttribute) domain.Channel {
	s := domain.CivicService{Code: "HARASS", Name: "Nuisance calls", Type: domain.ServiceRealtime, Attributes: attributes}
	return domain.Channel{
		Name: "city", Kind: domain.ChannelOpen311, Jurisdiction: "cn.demo", ServiceCode: "HARASS",
		Capabilities: &domain.Capabilities{Service: &s},
	}
}

func body() domain.ComplaintBody {
	return domain.ComplaintBody{
		ClientReference: "1a2b3c4d-0000-4000-8000-000000000000", Language: "zh-Hans",
		Complainant: domain.Complainant{Name: "王小明", Phone: "13800001111", Province: "江苏"},
		Caller:      domain.Caller{Displayed: "+8695013000", Number: "95013000", Code: "95013"},
		Calls:       []domain.CallRef{{StartedAt: testkit.Epoch(), DurationSeconds: ptr(int64(65)), Direction: domain.DirectionIncoming}},
		Category:    domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded, domain.TechniqueNight},
		Description: "自称贷款公司。", Harm: 2,
	}
}

func TestComposeInBothLanguages(t *testing.T) {
	for lang, want := range map[string]string{
		"zh-Hans": "自称贷款公司。\n来电显示为 +8695013000，对应号码 95013000。拨打方式：录音电话、夜间或休息时间。\n\n" +
			"被举报号码：+8695013000\n诈骗或骚扰类别：贷款理财\n来电（北京时间）：2024-05-20 09:00 呼入 1 分 5 秒\n" +
			"影响程度：影响休息或工作\n投诉人：王小明、13800001111、江苏\n投诉编号：1a2b3c4d-0000-4000-8000-000000000000",
		"en": "",
	} {
		b := body()
		b.Language = lang
		form, err := composer(t).Compose(chosen(), b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := url.ParseQuery(string(form))
		if err != nil {
			t.Fatal(err)
		}
		text := got.Get("description")
		got.Del("description")
		if diff := cmp.Diff(url.Values{
			"service_code": {"HARASS"}, "jurisdiction_id": {"cn.demo"}, "first_name": {"王小明"},
			"phone": {"13800001111"}, "address_string": {"江苏"},
		}, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if want != "" {
			if diff := cmp.Diff(want, text); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			continue
		}
		for _, words := range []string{"Number complained about: +8695013000", "Calls (Beijing time): 2024-05-20 09:00 Incoming 1 min 5 s", "Recorded"} {
			if !strings.Contains(text, words) {
				t.Errorf("%q is missing in:\n%s", words, text)
			}
		}
	}
}

// What a service asks for is found by code or description, in the type that it
// wants.
func TestAttributes(t *testing.T) {
	values := func(pairs ...string) (list []domain.ServiceValue) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, domain.ServiceValue{Key: pairs[i], Name: pairs[i+1]})
		}
		return list
	}
	for _, tc := range []struct {
		a    domain.ServiceAttribute
		want []string // none: it cannot be filled
		key  string
		at   string
	}{
		{domain.ServiceAttribute{Code: "CALLER", Datatype: "string"}, []string{"+8695013000"}, "", ""},
		{domain.ServiceAttribute{Code: "x1", Description: "来电号码", Datatype: "number"}, []string{"95013000"}, "", ""},
		{domain.ServiceAttribute{Code: "CALL_TIME", Datatype: "datetime"}, []string{"2024-05-20T09:00:00+08:00"}, "", ""},
		{domain.ServiceAttribute{Code: "call-time", Datatype: "string"}, []string{"2024-05-20T09:00:00+08:00"}, "", ""},
		{domain.ServiceAttribute{Code: "DURATION", Datatype: "number"}, []string{"65"}, "", ""},
		{domain.ServiceAttribute{Code: "CATEGORY", Datatype: "singlevaluelist", Values: values("LOAN", "x", "OTHER", "y")}, []string{"LOAN"}, "", ""},
		{domain.ServiceAttribute{Code: "CATEGORY", Datatype: "singlevaluelist", Values: values("1", "贷款理财")}, []string{"1"}, "", ""},
		{domain.ServiceAttribute{Code: "CATEGORY", Datatype: "singlevaluelist", Values: values("1", "Fraud", "9", "Other")}, []string{"9"}, "", ""},
		{domain.ServiceAttribute{Code: "CATEGORY", Datatype: "singlevaluelist", Values: values("1", "Fraud")}, nil, "complaint.attribute_not_taken", "/category"},
		{domain.ServiceAttribute{Code: "CATEGORY", Datatype: "text"}, []string{"贷款理财"}, "", ""},
		{domain.ServiceAttribute{Code: "TECHNIQUE", Datatype: "multivaluelist", Values: values("NIGHT", "", "HUMAN", "", "RECORDED", "")}, []string{"RECORDED", "NIGHT"}, "", ""},
		{domain.ServiceAttribute{Code: "province", Datatype: "singlevaluelist", Values: values("32", "江苏", "33", "浙江")}, []string{"32"}, "", ""},
		{domain.ServiceAttribute{Code: "loss", Datatype: "number"}, nil, "complaint.attribute_missing", "/loss/amount"},
		{domain.ServiceAttribute{Code: "refused_at", Datatype: "datetime"}, nil, "complaint.attribute_missing", "/refused_at"},
		{domain.ServiceAttribute{Code: "CALLER", Datatype: "datetime"}, nil, "complaint.attribute_unknown", "/channel"},
		{domain.ServiceAttribute{Code: "pole_number", Datatype: "string", Description: "Number on the lamp pole"}, nil, "complaint.attribute_unknown", "/channel"},
	} {
		name := tc.a.Code + " " + tc.a.Datatype
		form, err := composer(t).Compose(chosen(tc.a), body())
		if err != nil {
			t.Fatalf("%s: what is not required keeps nobody: %v", name, err)
		}
		got, err := url.ParseQuery(string(form))
		if err != nil {
			t.Fatal(err)
		}
		field := "attribute[" + tc.a.Code + "]"
		if tc.a.Datatype == "multivaluelist" {
			field += "[]"
		}
		if diff := cmp.Diff(tc.want, got[field]); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
		tc.a.Required = true
		_, err = composer(t).Compose(chosen(tc.a), body())
		var list domain.Problems
		errors.As(err, &list)
		switch {
		case tc.want != nil && err != nil:
			t.Errorf("%s: %v", name, err)
		case tc.want == nil && (len(list) != 1 || list[0].Key != tc.key || list[0].Field != tc.at):
			t.Errorf("%s: %v, want %s at %s", name, err, tc.key, tc.at)
		}
	}
}

func TestWhatCannotBeComposed(t *testing.T) {
	none, unread, other := chosen(), chosen(), chosen()
	none.ServiceCode, unread.Capabilities, other.ServiceCode = "", nil, "ANOTHER"
	for key, c := range map[string]domain.Channel{"channel.no_service": none, "channel.service_unread": unread} {
		if _, err := composer(t).Compose(c, body()); domain.KeyOf(err) != key {
			t.Errorf("%v, want %s", err, key)
		}
	}
	if _, err := composer(t).Compose(other, body()); domain.KeyOf(err) != "channel.service_unread" {
		t.Errorf("%v", err)
	}
	b := body()
	b.Description = strings.Repeat("长", 3990)
	if _, err := composer(t).Compose(chosen(), b); domain.KeyOf(err) != "complaint.description_long" {
		t.Errorf("%v", err)
	}
	b = body()
	b.Complainant = domain.Complainant{Name: "Li Hua Wang"}
	form, err := composer(t).Compose(chosen(), b)
	values, _ := url.ParseQuery(string(form))
	if err != nil || values.Get("address_string") != "中国" || values.Get("first_name") != "Li Hua" || values.Get("last_name") != "Wang" {
		t.Errorf("%v, %v", values, err)
	}
}

// Whatever a service asks for, composing neither panics nor leaves out what it
// requires, and gives the same bytes each time.
func TestComposeAnything(t *testing.T) {
	c := composer(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := domain.ServiceAttribute{
			Code:     rapid.OneOf(rapid.SampledFrom([]string{"CALLER", "TECHNIQUE", "CATEGORY", "DURATION", "LOSS"}), rapid.StringN(1, 5, 20)).Draw(rt, "code"),
			Datatype: rapid.SampledFrom([]string{"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist", "?"}).Draw(rt, "datatype"),
			Required: rapid.Bool().Draw(rt, "required"),
		}
		for range rapid.IntRange(0, 3).Draw(rt, "values") {
			a.Values = append(a.Values, domain.ServiceValue{Key: rapid.SampledFrom([]string{"loan", "NIGHT", "x"}).Draw(rt, "key"), Name: rapid.String().Draw(rt, "name")})
		}
		b := body()
		b.Description = rapid.String().Draw(rt, "description")
		if rapid.Bool().Draw(rt, "bare") {
			b.Calls, b.Category, b.Techniques, b.Complainant = nil, "", nil, domain.Complainant{}
		}
		form, err := c.Compose(chosen(a), b)
		if err != nil {
			return
		}
		values, err := url.ParseQuery(string(form))
		if err != nil {
			rt.Fatal(err)
		}
		if a.Required && !values.Has("attribute["+a.Code+"]") && !values.Has("attribute["+a.Code+"][]") {
			rt.Fatalf("%q is missing: %v", a.Code, values)
		}
		if again, _ := c.Compose(chosen(a), b); string(again) != string(form) {
			rt.Fatal("other bytes the second time")
		}
	})
}
