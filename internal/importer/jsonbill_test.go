package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func cmccRecord(at, number string) string {
	return fmt.Sprintf(`{"startTime":"%s","commMode":"被叫","anotherNm":"%s","commTime":"12秒","commType":"本地"}`, at, number)
}

func readJSON(t *testing.T, o journal.ImportOptions, body string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(body), o, importer.CMCCJSON(), importer.UnicomJSON())
}

// outcome says in one word a record what was read: the number or "hidden",
// the reason to reject or skip.
func outcome(records []journal.Record) string {
	var words []string
	for _, r := range records {
		switch {
		case r.Reject != "":
			words = append(words, "!"+r.Reject)
		case r.Skip != "":
			words = append(words, "-"+r.Skip)
		case r.Number == "":
			words = append(words, "hidden")
		default:
			words = append(words, r.Number)
		}
	}
	return strings.Join(words, " ")
}

func TestJSONFrames(t *testing.T) {
	a, b := cmccRecord("2024-05-20 09:15:03", "95588"), cmccRecord("2024-05-21 09:15:03", "95533")
	for name, tt := range map[string]struct{ body, want, key string }{
		"an array":               {"[" + a + "," + b + "]", "95588 95533", ""},
		"a function":             {"jQuery_1.$f( {\"data\":[" + a + "]} );", "95588", ""},
		"behind a comment":       {"/**/cb([" + a + "])", "95588", ""},
		"two answers":            {"cb({\"data\":[" + a + "]})\ncb({\"data\":[" + b + "]})", "95588 95533", ""},
		"answers in an array":    {`[{"data":[` + a + `],"x":{"y":[1,2]}},{"data":[` + b + `]}]`, "95588 95533", ""},
		"deep":                   {strings.Repeat(`{"a":[`, 30) + a + strings.Repeat("]}", 30), "95588", ""},
		"other lists":            {`{"months":[{"month":"202405"},{}],"data":[` + a + `]}`, "95588", ""},
		"brackets in strings":    {`{"m":"}]{[\"","data":[` + strings.Replace(a, "本地", `}]{[\\\"`, 1) + "," + b + `]}`, "95588 95533", ""},
		"a huge text between":    {`{"data":[` + a + `],"m":"` + strings.Repeat("{", 1<<20) + `","more":[` + b + `]}`, "95588 95533", ""},
		"escapes":                {`[` + strings.Replace(a, "被叫", `\u88ab\u53eb`, 1) + `]`, "95588", ""},
		"a number as a number":   {`[` + strings.Replace(a, `"95588"`, "95588 ", 1) + `]`, "95588", ""},
		"null":                   {`[` + strings.Replace(a, `"95588"`, "null", 1) + `]`, "hidden", ""},
		"a nested detail":        {`[` + strings.Replace(a, `"本地"`, `{"a":[1,{"b":2}],"c":null}`, 1) + `]`, "95588", ""},
		"no number":              {`[` + a + "," + strings.Replace(b, "anotherNm", "other", 1) + `]`, "95588 !columns", ""},
		"no time":                {`[` + a + "," + strings.Replace(b, "startTime", "other", 1) + `]`, "95588 !time", ""},
		"rounded":                {`[` + strings.Replace(a, `"95588"`, "1.38e10", 1) + `]`, "!rounded", ""},
		"a message":              {`[` + a + "," + strings.Replace(b, "被叫", "接收", 1) + `]`, "95588 -sms", ""},
		"no calls":               {`cb({"data":[],"totalNum":0,"curCuror":1,"retCode":"000000"})`, "", ""},
		"no session":             {`cb({"data":null,"curCuror":0,"retCode":"520001"})`, "", ""},
		"cut in a record":        {`[` + a + "," + b[:30], "95588", "import.truncated"},
		"cut behind a record":    {`{"data":[` + a, "95588", "import.truncated"},
		"cut in a frame's text":  {`{"data":[` + a + `],"m":"abc`, "95588", "import.truncated"},
		"without the last brace": {"cb({\"data\":[" + a + "]}", "95588", ""},
	} {
		got := readJSON(t, journal.ImportOptions{}, tt.body)
		if domain.KeyOf(got.Err) != tt.key || outcome(got.Records) != tt.want || got.Format != "cmcc_json" {
			t.Errorf("%s: %q by %s, %v; want %q, %q", name, outcome(got.Records), got.Format, got.Err, tt.want, tt.key)
		}
	}
}

// TestJSONDamage: a damaged record costs itself only.
func TestJSONDamage(t *testing.T) {
	whole := cmccRecord("2024-05-20 09:15:03", "95588")
	for name, tt := range map[string]struct{ broken, want string }{
		"a quote lost":            {strings.Replace(whole, `"被叫"`, `"被叫`, 1), "95588 !damaged 95588 95588"},
		"two quotes lost":         {strings.Replace(strings.Replace(whole, `"被叫"`, `"被叫`, 1), `"本地"`, `本地"`, 1), "95588 !damaged 95588 95588"},
		"a comma lost":            {strings.Replace(whole, `",`, `"`, 1), "95588 !damaged 95588 95588"},
		"a brace lost":            {whole[:len(whole)-1], "95588 !damaged 95588 95588"},
		"a brace too many":        {whole + "}", "95588 95588 95588 95588"},
		"a bracket too many":      {whole + "]", "95588 95588 95588 95588"},
		"an end too many":         {whole + "]}", "95588 95588 95588 95588"},
		"a beginning too many":    {"[" + whole, "95588 95588 95588 95588"},
		"a detail opened":         {strings.Replace(whole, `"本地"`, `{"a":`, 1), "95588 !damaged !damaged 95588 95588"},
		"a huge detail":           {strings.Replace(whole, "本地", strings.Repeat("x", 200_000), 1), "95588 !too_long 95588 95588"},
		"a huge nest":             {strings.Replace(whole, `"本地"`, strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000), 1), "95588 !too_long 95588 95588"},
		"a wild byte":             {strings.Replace(whole, "被叫", "被\x01叫", 1), "95588 !damaged 95588 95588"},
		"a time that is none":     {cmccRecord("yesterday", "95588"), "95588 !time 95588 95588"},
		"an escape cut in halves": {strings.Replace(whole, "被叫", `\u88`, 1), "95588 !damaged 95588 95588"},
	} {
		body := `{"data":[` + whole + ",\n" + tt.broken + ",\n" + whole + ",\n" + whole + `],"totalNum":4}`
		got := readJSON(t, journal.ImportOptions{}, body)
		if outcome(got.Records) != tt.want {
			t.Errorf("%s: %q, %v; want %q", name, outcome(got.Records), got.Err, tt.want)
		}
		if len(got.Records) > 1 && got.Records[1].Line != 2 {
			t.Errorf("%s: line %d, want 2", name, got.Records[1].Line)
		}
	}
}

// TestJSONPeriod: the period stands behind the calls and counts all the same,
// however far behind.
func TestJSONPeriod(t *testing.T) {
	tail := `],"startDate":"20221201","endDate":"20221231","sOperTime":"20230101090324"})`
	for _, n := range []int{1, 2000} {
		records := make([]string, n)
		for i := range records {
			records[i] = cmccRecord(fmt.Sprintf("12-%02d 10:00:00", 1+i%28), "95588")
		}
		list := strings.Join(records, ",")
		for name, tt := range map[string]struct {
			body string
			o    journal.ImportOptions
			year int
		}{
			"stated":             {"cb({\"data\":[" + list + tail, journal.ImportOptions{}, 2022},
			"given":              {"cb({\"data\":[" + list + tail, journal.ImportOptions{Year: 2021}, 2021},
			"stated, not near":   {"cb({\"data\":[" + cmccRecord("2023-12-30 09:00:00", "95588") + "," + list + tail, journal.ImportOptions{}, 2022},
			"near":               {"cb({\"data\":[" + cmccRecord("2021-12-30 09:00:00", "95588") + "," + list + "]})", journal.ImportOptions{}, 2021},
			"never the future":   {"cb({\"data\":[" + list + "]})", journal.ImportOptions{}, 2023},
			"a scope in words":   {"cb({\"queryDateScope\":\"2022年12月01日至2022年12月31日\",\"data\":[" + list + "]})", journal.ImportOptions{}, 2022},
			"a period far ahead": {"cb({\"data\":[" + list + strings.Repeat(" ", 70_000) + tail, journal.ImportOptions{}, 2022},
		} {
			got := readJSON(t, tt.o, tt.body)
			if got.Err != nil || len(got.Records) < n {
				t.Fatalf("%s: %d records, %v", name, len(got.Records), got.Err)
			}
			if last := got.Records[len(got.Records)-1]; last.StartedAt.Year() != tt.year || last.Reject != "" {
				t.Errorf("%s, %d records: %v %s, want %d", name, n, last.StartedAt, last.Reject, tt.year)
			}
		}
	}
}

// TestJSONForeign: other JSON is left to other formats.
func TestJSONForeign(t *testing.T) {
	for _, body := range []string{
		`{}`, `[]`, `[{"number":"95588","date":"1716167703000"}]`, `{"startTime":"x","anotherNm":"y","commTime":"z"}`,
		`startTime anotherNm commTime [{`, `(` + cmccRecord("2024-05-20 09:15:03", "1") + `)`, "cb(", strings.Repeat("[", 70_000),
		strings.Repeat(`{"a":[`, 70) + cmccRecord("2024-05-20 09:15:03", "95588"),
	} {
		if got := readJSON(t, journal.ImportOptions{}, body); domain.KeyOf(got.Err) != "import.format_unknown" {
			t.Errorf("%.60q: read by %q, %v", body, got.Format, got.Err)
		}
	}
}
