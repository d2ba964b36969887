package importer_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func TestSMSImportExport(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.SMSImportExport(),
		Cases: []formattest.Case{{
			Name: "calls-2024-05-22.json", Encoding: "UTF-8",
			Want: []journal.Record{
				call(2, "95013000", "2024-05-20 09:15:03", 12, domain.DirectionIncoming),
				call(15, "95013000", "2024-05-20 09:15:40", 0, domain.DirectionMissed),
				call(28, "95013000", "2024-05-20 09:16:10", 0, domain.DirectionMissed),
				call(41, "9521330012", "2024-05-20 22:47:11", 0, domain.DirectionMissed),
				call(54, "+8617012340000", "2024-05-21 03:02:05", 0, domain.DirectionMissed),
				call(67, "95588", "2024-05-21 10:00:00", 65, domain.DirectionIncoming),
				call(80, "961234", "2024-05-21 10:30:00", 30, domain.DirectionIncoming),
				named(call(93, "13800000001", "2024-05-21 11:05:00", 120, domain.DirectionOutgoing), "女儿"),
				call(108, "", "2024-05-21 15:20:30", 0, domain.DirectionRejected),
				call(121, "952133001234567", "2024-05-21 16:00:00", 0, domain.DirectionBlocked),
				call(134, "(010) 6620-0000", "2024-05-22 08:00:00", 8, domain.DirectionIncoming),
			},
		}},
	})
}

func readSMSIE(t *testing.T, body string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.SMSImportExport())
}

const goodJSON = `{"number":"95588","date":"1716167703000","duration":"1","type":"1"}`

// TestSMSImportExportObjects reads one object of every kind between two good
// ones, which stay what they are.
func TestSMSImportExportObjects(t *testing.T) {
	const at = `"date":"1716167703000","duration":"12","type":"1"`
	number := func(n string) journal.Record { return journal.Record{Number: n} }
	tests := []struct {
		name, object       string
		want               journal.Record
		skip, reject, note string
	}{
		{"numbers as numbers", `{"number":95588,"date":1716167703000,"duration":12,"type":1}`, number("95588"), "", "", ""},
		{"newer tag of the name", `{"number":"95588",` + at + `,"__display_name":"银行","name":"x"}`, named(number("95588"), "银行"), "", "", ""},
		{"name of the log", `{"number":"95588",` + at + `,"display-name":"(Unknown)","name":"银行"}`, named(number("95588"), "银行"), "", "", ""},
		{"null number", `{"number":null,"presentation":"3",` + at + `}`, number(""), "", "", ""},
		{"hidden number", `{"number":"-2",` + at + `}`, number(""), "", "", ""},
		{"restricted", `{"number":"95588","presentation":"2",` + at + `}`, number(""), "", "", ""},
		{"deleted", `{"number":"95588","deleted":"1",` + at + `}`, number(""), "erased", "", ""},
		{"brackets in a string", `{"number":"95588","name":"]}{[\"\\",` + at + `}`, named(number("95588"), `]}{["\`), "", "", ""},
		{"a list inside", `{"number":"95588","x":[{"y":{}},[1]],` + at + `}`, number("95588"), "", "", ""},
		{"type out of range", `{"number":"95588","date":"1716167703000","duration":"1","type":"77"}`, number("95588"), "", "", "direction"},
		{"duration in words", `{"number":"95588","date":"1716167703000","duration":"long","type":"1"}`, number("95588"), "", "", "duration"},
		{"no date", `{"number":"95588","duration":"1","type":"1"}`, number("95588"), "", "time", ""},
		{"date in words", `{"number":"95588","date":"today","type":"1"}`, number("95588"), "", "time", ""},
		{"a comma too much", `{"number":"95588",,"date":"1716167703000"}`, number(""), "", "damaged", ""},
		{"no closing brace", `{"number":"95588",` + at, number(""), "", "damaged", ""},
		{"no opening brace", `"number":"95588",` + at + `}`, number(""), "", "damaged", ""},
		{"a quotation mark too few", `{"number":"95588,` + at + "\n}", number(""), "", "damaged", ""},
		{"too long", `{"number":"95588","name":"` + strings.Repeat("x", 100_000) + `",` + at + `}`, number(""), "", "too_long", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readSMSIE(t, "["+goodJSON+",\n"+tt.object+",\n"+goodJSON+"]")
			if got.Err != nil || len(got.Records) != 3 {
				t.Fatalf("%d records, %v: %+v", len(got.Records), got.Err, got.Records)
			}
			r := got.Records[1]
			if r.Line != 2 || r.Skip != tt.skip || r.Reject != tt.reject || r.Note != tt.note {
				t.Errorf("line %d, skip %q, reject %q, note %q", r.Line, r.Skip, r.Reject, r.Note)
			}
			if tt.reject == "" && (r.Number != tt.want.Number || r.Name != tt.want.Name) {
				t.Errorf("number %q, name %q", r.Number, r.Name)
			}
			for _, i := range []int{0, 2} {
				if k := got.Records[i]; k.Number != "95588" || k.Reject != "" {
					t.Errorf("the object beside it: %+v", k)
				}
			}
		})
	}
}

func TestSMSImportExportStructure(t *testing.T) {
	tests := []struct {
		name, body, key string
		calls           int
	}{
		{"one object a line", goodJSON + "\n" + goodJSON + "\n", "", 2},
		{"no line end", goodJSON + "\n" + goodJSON, "", 2},
		{"something behind the end", "[" + goodJSON + "]" + goodJSON, "", 1},
		{"no end", "[" + goodJSON, "import.truncated", 1},
		{"cut in the second", "[" + goodJSON + "," + goodJSON[:20], "import.truncated", 1},
		{"cut in the second line", goodJSON + "\n" + goodJSON[:20], "import.truncated", 1},
		{"messages", `[{"address":"95588","date":"1716167703000","type":"1","body":"x"}]`, "import.format_unknown", 0},
		{"an empty list", `[]`, "import.format_unknown", 0},
		{"no list", `"date"`, "import.format_unknown", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readSMSIE(t, tt.body)
			if domain.KeyOf(got.Err) != tt.key || len(got.Records) != tt.calls {
				t.Errorf("%d records, %v", len(got.Records), got.Err)
			}
		})
	}
}

func FuzzSMSImportExport(f *testing.F) {
	f.Add([]byte("[" + goodJSON + ",\n" + goodJSON + "]"))
	f.Add([]byte(goodJSON + "\n" + `{"number":null,"date":1e9,"duration":"-1","type":{}}`))
	f.Add([]byte(`[{"number":"1","date":"1","duration":"","type":"","x":[[{"y":"\u0000"}]]},{"a":"` + "\n" + `"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.SMSImportExport()) {
			formattest.CheckRecord(t, r)
		}
	})
}
