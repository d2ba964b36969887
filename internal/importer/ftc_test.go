package importer_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

const ftcTitles = "Company_Phone_Number,Created_Date,Violation_Date,Consumer_City,Consumer_State,Consumer_Area_Code,Subject,Recorded_Message_Or_Robocall\n"

func TestFTCReportedCalls(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.FTCReportedCalls(),
		Cases: []formattest.Case{{
			Name: "DNC_Complaint_Numbers_2026-03-05.csv", Encoding: "UTF-8",
			Want: []journal.Record{
				call(2, "+12025550123", "2026-03-04 23:01:00", -1, domain.DirectionIncoming),
				skipped(3, "no_number"),
			},
		}},
	})
}

func TestFTCRows(t *testing.T) {
	const good = "2025550123,2026-03-05 00:03:04,2026-03-04 23:01:00,Antioch,California,925,x,Y\n"
	tests := []struct{ name, row, number, reject string }{
		{"a number of eleven digits", "12025550123,,2026-03-04 23:01:00,a,b,c,x,Y", "+12025550123", ""},
		{"with its country code", "+12025550123,,2026-03-04 23:01:00,a,b,c,x,Y", "+12025550123", ""},
		{"a short number", "95588,,2026-03-04 23:01:00,a,b,c,x,Y", "95588", ""},
		{"a rounded number", "2.03E+09,,2026-03-04 23:01:00,a,b,c,x,Y", "", "rounded"},
		{"no time", "2025550123,2026-03-05 00:03:04,,a,b,c,x,Y", "", "time"},
		{"too few cells", "2025550123,2026-03-05 00:03:04", "", "columns"},
		{"a line break in a city", "2025550123,,2026-03-04 23:01:00,\"a\nb\",b,c,x,Y", "+12025550123", ""},
		{"a quotation mark too few", "2025550123,,2026-03-04 23:01:00,\"a,b,c,x,Y", "", "quotes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := formattest.Read(t, []byte(ftcTitles+good+tt.row+"\n"+good), journal.ImportOptions{}, importer.FTCReportedCalls())
			if got.Err != nil || len(got.Records) != 3 {
				t.Fatalf("%+v, %v", got.Records, got.Err)
			}
			if r := got.Records[1]; r.Reject != tt.reject || tt.reject == "" && r.Number != tt.number {
				t.Errorf("%+v", r)
			}
			if r := got.Records[2]; r.Number != "+12025550123" || r.Reject != "" {
				t.Errorf("the row behind it: %+v", r)
			}
		})
	}
}

func FuzzFTCReportedCalls(f *testing.F) {
	f.Add([]byte(ftcTitles + "2025550123,2026-03-05 00:03:04,2026-03-04 23:01:00,Antioch,California,925,\"a \"\"b\"\"\",Y\n,,,,,,,\n"))
	f.Add([]byte("Company_Phone_Number,Violation_Date,Subject\n\x0f\n"))
	f.Add([]byte("Violation_Date,Subject,Company_Phone_Number\n2026,x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.FTCReportedCalls()) {
			formattest.CheckRecord(t, r)
		}
	})
}
