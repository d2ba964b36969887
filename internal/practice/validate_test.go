package practice_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"quietline/internal/channel/channeltest"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// place sets, or with the value gone removes, what a pointer names.
func place(doc any, pointer string, value any) {
	path := strings.Split(pointer[1:], "/")
	for _, step := range path[:len(path)-1] {
		switch d := doc.(type) {
		case map[string]any:
			doc = d[step]
		case []any:
			i, _ := strconv.Atoi(step)
			doc = d[i]
		}
	}
	last := path[len(path)-1]
	switch d := doc.(type) {
	case map[string]any:
		if value == gone {
			delete(d, last)
		} else {
			d[last] = value
		}
	case []any:
		i, _ := strconv.Atoi(last)
		d[i] = value
	}
}

type nothing struct{}

var gone any = nothing{}

// changed is a good complaint with one place changed, as a document that has
// been through JSON.
func changed(t *testing.T, pointer string, value any) any {
	t.Helper()
	body := complaint(1, func(m map[string]any) {
		if pointer != "" {
			place(m, pointer, value)
		}
	})
	dec := json.NewDecoder(bytes.NewReader([]byte(body)))
	dec.UseNumber()
	var doc any
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestFieldProblems(t *testing.T) {
	long, sha := strings.Repeat("长", 5000), strings.Repeat("ab", 32)
	for _, tc := range []struct {
		pointer string
		value   any
		want    string // pointer and code, empty where it is taken
	}{
		{"", nil, ""},
		{"/unknown", map[string]any{"a": 1}, ""},
		{"/schema", "quietline.complaint/2", "/schema invalid_value"},
		{"/schema", nil, "/schema required"},
		{"/client_reference", "1", "/client_reference invalid_format"},
		{"/language", gone, "/language required"},
		{"/language", "中文", "/language invalid_format"},
		{"/complainant", nil, "/complainant required"},
		{"/complainant", []any{}, "/complainant invalid_type"},
		{"/complainant", map[string]any{}, ""},
		{"/complainant/name", long, "/complainant/name too_long"},
		{"/complainant/relation", "friend", "/complainant/relation invalid_value"},
		{"/complainant/on_behalf_of", nil, ""},
		{"/complainant/on_behalf_of/authority", "none", "/complainant/on_behalf_of/authority invalid_value"},
		{"/caller", gone, "/caller required"},
		{"/caller", map[string]any{}, "/caller/number required"},
		{"/caller", map[string]any{"number": "95013"}, ""},
		{"/caller", map[string]any{"displayed": "未知", "number": ""}, ""},
		{"/caller/number", 95013, "/caller/number invalid_type"},
		{"/caller/family", "bank", "/caller/family invalid_value"},
		{"/calls", []any{}, "/calls required"},
		{"/calls", make([]any, 101), "/calls too_many"},
		{"/calls", "x", "/calls invalid_type"},
		{"/calls/0", "x", "/calls/0 invalid_type"},
		{"/calls/0/started_at", nil, "/calls/0/started_at required"},
		{"/calls/0/started_at", "2024-05-20 09:15", "/calls/0/started_at invalid_time"},
		{"/calls/0/started_at", "0001-01-01T00:00:00Z", "/calls/0/started_at invalid_time"},
		{"/calls/0/started_at", "2024-05-21T08:59:59+08:00", ""},
		{"/calls/0/started_at", "2024-05-21T09:00:01+08:00", "/calls/0/started_at in_future"},
		{"/calls/0/duration_seconds", -1, "/calls/0/duration_seconds out_of_range"},
		{"/calls/0/duration_seconds", 1.5, "/calls/0/duration_seconds invalid_type"},
		{"/calls/0/duration_seconds", json.Number("1e400"), "/calls/0/duration_seconds out_of_range"},
		{"/calls/0/duration_seconds", json.Number("12.0"), ""},
		{"/calls/0/direction", "sideways", "/calls/0/direction invalid_value"},
		{"/category", "", "/category required"},
		{"/category", "spam", "/category invalid_value"},
		{"/techniques", nil, "/techniques required"},
		{"/techniques", []any{}, ""},
		{"/techniques", []any{"recorded", "x"}, "/techniques/1 invalid_value"},
		{"/techniques", []any{nil}, "/techniques/0 invalid_type"},
		{"/harm", 6, "/harm out_of_range"},
		{"/harm", "1", "/harm invalid_type"},
		{"/refused_at", "gestern", "/refused_at invalid_time"},
		{"/consent_given", "no", "/consent_given invalid_type"},
		{"/loss", nil, ""},
		{"/loss/amount", "1,000", "/loss/amount invalid_format"},
		{"/loss/currency", nil, "/loss/currency required"},
		{"/description", long, "/description too_long"},
		{"/demands", []any{"money"}, "/demands/0 invalid_value"},
		{"/evidence", []any{map[string]any{"sha256": sha, "media_type": "image/png", "bytes": 7, "file_name": nil}}, ""},
		{"/evidence", []any{map[string]any{"sha256": strings.ToUpper(sha), "media_type": "image/png", "bytes": 7}}, "/evidence/0/sha256 invalid_format"},
		{"/evidence", []any{map[string]any{"sha256": sha, "media_type": "text/html", "bytes": 7}}, "/evidence/0/media_type invalid_value"},
		{"/evidence", []any{map[string]any{"sha256": sha, "media_type": "image/png", "bytes": 1 << 30}}, "/evidence/0/bytes out_of_range"},
		{"/evidence", nil, ""},
	} {
		found := practice.CheckDocument(changed(t, tc.pointer, tc.value), testkit.Epoch())
		var got []string
		for _, f := range found {
			got = append(got, f.Pointer+" "+f.Code)
		}
		if strings.Join(got, ", ") != tc.want {
			t.Errorf("%s = %.40v: %q, want %q", tc.pointer, tc.value, got, tc.want)
		}
	}
}

func TestProblemsAreBoundedAndHaveWords(t *testing.T) {
	r := start(t, nil)
	a := r.file(1, complaint(1, func(m map[string]any) {
		m["category"] = "x"
		m["calls"] = slices.Repeat([]any{"x"}, 100)
	}))
	list, _ := a.doc(t)["errors"].([]any)
	if a.status != http.StatusUnprocessableEntity || a.problem(t) != "invalid-complaint" || len(list) != 50 {
		t.Fatalf("%d, %d errors", a.status, len(list))
	}
	first, _ := list[0].(map[string]any)
	want := map[string]any{"pointer": "/calls/0", "code": "invalid_type", "detail": "This value has the wrong type."}
	if fmt.Sprint(first) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", first, want)
	}
}

// The validation and the OpenAPI description must say the same of every field:
// each is given each of many values.
func TestValidationAgreesWithTheDescription(t *testing.T) {
	schema := channeltest.LoadIntake(t).Components.Schemas["Complaint"].Value
	values := []any{
		gone, nil, "", "x", "loan", "self", "oral", "incoming", "CNY", "12.50", "2024-05-20T09:15:03+08:00", "95013",
		strings.Repeat("9", 33), strings.Repeat("长", 65), strings.Repeat("9", 129), strings.Repeat("x", 201), strings.Repeat("x", 4001),
		0, 1, 5, 6, -1, 1.5, 604800, 604801, true, false,
		[]any{},
		[]any{"recorded"},
		[]any{"stop_calls"},
		[]any{nil},
		map[string]any{},
		map[string]any{"number": "95013"},
		map[string]any{"amount": "1.00", "currency": "CNY"},
	}
	pointers := []string{
		"/schema", "/client_reference", "/language", "/complainant", "/complainant/name", "/complainant/phone", "/complainant/province",
		"/complainant/relation", "/complainant/on_behalf_of", "/complainant/on_behalf_of/name", "/complainant/on_behalf_of/phone",
		"/complainant/on_behalf_of/authority", "/caller", "/caller/displayed", "/caller/number", "/caller/family", "/caller/code",
		"/caller/listed_holder", "/calls", "/calls/0", "/calls/0/started_at", "/calls/0/duration_seconds", "/calls/0/ring_seconds",
		"/calls/0/direction", "/category", "/techniques", "/techniques/0", "/fraud_kind", "/harm", "/refused_at", "/consent_given",
		"/loss", "/loss/amount", "/loss/currency", "/description", "/demands", "/demands/0", "/evidence",
	}
	// The schema validator does not assert formats, so it takes any string
	// there; everything else must agree.
	formats := []string{"/client_reference", "/calls/0/started_at", "/refused_at"}
	var taken, refused []any
	for _, pointer := range pointers {
		for _, value := range values {
			text, isText := value.(string)
			const moment = "2024-05-20T09:15:03+08:00"
			if isText && slices.Contains(formats, pointer) && (text != moment || pointer == "/client_reference") {
				continue
			}
			doc := changed(t, pointer, value)
			if ours := practice.CheckDocument(doc, testkit.Epoch()); len(ours) == 0 {
				taken = append(taken, doc)
			} else {
				refused = append(refused, doc)
			}
		}
	}
	if len(taken) < 100 || len(refused) < 100 {
		t.Errorf("%d taken, %d refused: the values are badly chosen", len(taken), len(refused))
	}
	// The validator compiles its schema at every call, so it gets all documents
	// at once: those we take must all fit, of those we refuse none may fit.
	one := openapi3.NewSchemaRef("", schema)
	all := &openapi3.Schema{Items: one}
	none := &openapi3.Schema{Not: openapi3.NewSchemaRef("", &openapi3.Schema{Contains: one})}
	visit := func(s *openapi3.Schema, v any) error { return s.VisitJSON(v, openapi3.EnableJSONSchema2020()) }
	if err := visit(all, taken); err != nil {
		t.Errorf("we take what the description refuses: %v", err)
	}
	if err := visit(none, refused); err != nil {
		for _, doc := range refused {
			if visit(schema, doc) == nil {
				t.Errorf("we refuse what the description takes: %v: %v", doc, practice.CheckDocument(doc, testkit.Epoch()))
			}
		}
	}
	if visit(none, append(refused, taken[0])) == nil || visit(all, append(taken, refused[0])) == nil {
		t.Error("the validator does not look at the documents")
	}
}

func FuzzCheckComplaint(f *testing.F) {
	f.Add([]byte(complaint(1)))
	f.Add([]byte(`{"calls":[null,{"started_at":1}],"loss":[]}`))
	f.Add([]byte(`[[[[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var doc any
		if dec.Decode(&doc) != nil {
			return
		}
		found := practice.CheckDocument(doc, testkit.Epoch())
		if len(found) > 50 {
			t.Errorf("%d problems", len(found))
		}
		for _, p := range found {
			if p.Code == "" || p.Pointer != "" && p.Pointer[0] != '/' {
				t.Errorf("%+v", p)
			}
		}
	})
}
