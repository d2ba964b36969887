package importer_test

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// TestMissingYear follows the order of formats.md 2: the year that was given,
// the period that the bill states, the rows around, the moment of the import.
func TestMissingYear(t *testing.T) {
	const titles = "时间,号码,类型"
	now := func(s string) time.Time {
		at, err := domain.ParseTime(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	tests := []struct {
		name  string
		now   string
		year  int
		lines []string
		want  []string // "" is a reject
	}{
		{"given", "2024-06-01 12:00", 2019, []string{titles, "05-20 09:15:03,95588,被叫"}, []string{"2019-05-20 09:15"}},
		{"given, no such day", "2024-06-01 12:00", 2023, []string{titles, "02-29 09:15:03,95588,被叫"}, []string{""}},
		{"stated month", "2024-06-01 12:00", 0, []string{"账期：2022年12月", titles, "12-20 09:15:03,95588,被叫"}, []string{"2022-12-20 09:15"}},
		{"stated month in digits", "2024-06-01 12:00", 0, []string{"账期:202205", titles, "05-20 09:15:03,95588,被叫"}, []string{"2022-05-20 09:15"}},
		{
			"stated days across New Year", "2024-06-01 12:00", 0,
			[]string{"查询时间：2022-12-27至2023-01-26", titles, "12-31 23:59:59,95588,被叫", "01-01 00:00:01,95588,被叫"},
			[]string{"2022-12-31 23:59", "2023-01-01 00:00"},
		},
		{
			"rows before", "2024-06-01 12:00", 0,
			[]string{titles, "2023-12-31 23:00:00,95588,被叫", "01-01 00:00:01,95588,被叫", "12-30 10:00:00,95588,被叫"},
			[]string{"2023-12-31 23:00", "2024-01-01 00:00", "2023-12-30 10:00"},
		},
		{
			"rows after", "2024-06-01 12:00", 0,
			[]string{titles, "05-19 09:15:03,95588,被叫", "2020-05-20 09:15:03,95588,被叫"},
			[]string{"2020-05-19 09:15", "2020-05-20 09:15"},
		},
		{"earlier this year", "2024-06-01 12:00", 0, []string{titles, "05-20 09:15:03,95588,被叫"}, []string{"2024-05-20 09:15"}},
		{"later today", "2024-06-01 12:00", 0, []string{titles, "06-01 23:15:03,95588,被叫"}, []string{"2024-06-01 23:15"}},
		{"tomorrow is last year", "2024-06-01 12:00", 0, []string{titles, "06-02 00:15:03,95588,被叫"}, []string{"2023-06-02 00:15"}},
		{"a later month is last year", "2024-06-01 12:00", 0, []string{titles, "12-20 09:15:03,95588,被叫"}, []string{"2023-12-20 09:15"}},
		{"the last leap day", "2023-06-01 12:00", 0, []string{titles, "02-29 09:15:03,95588,被叫"}, []string{"2020-02-29 09:15"}},
		{"with slashes and words", "2024-06-01 12:00", 0, []string{titles, "5/20 9:15,95588,被叫", "5月20日 9时15分,95588,被叫"}, []string{"2024-05-20 09:15", "2024-05-20 09:15"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readCSV(t, journal.ImportOptions{Year: tt.year, Now: now(tt.now)}, append(tt.lines, "")...)
			if got.Err != nil || len(got.Records) != len(tt.want) {
				t.Fatalf("%d records, %v; want %d", len(got.Records), got.Err, len(tt.want))
			}
			for i, r := range got.Records {
				read := ""
				if r.Reject == "" {
					read = r.StartedAt.Format("2006-01-02 15:04")
				} else if r.Reject != "year" {
					t.Errorf("row %d is rejected for %s", i, r.Reject)
				}
				if read != tt.want[i] {
					t.Errorf("row %d reads as %q, want %q", i, read, tt.want[i])
				}
			}
		})
	}
}

func TestTableTimes(t *testing.T) {
	tests := map[string]string{
		"2024-05-20 09:15:03":       "2024-05-20T09:15:03+08:00",
		"2024/05/20 09:15:03":       "2024-05-20T09:15:03+08:00",
		"2024-5-2 9:05":             "2024-05-02T09:05:00+08:00",
		"2024/5/2 9:05:07":          "2024-05-02T09:05:07+08:00",
		"2024.05.20 09:15:03":       "2024-05-20T09:15:03+08:00",
		"2024年5月20日 9时15分3秒":        "2024-05-20T09:15:03+08:00",
		"2024年05月20日09:15":          "2024-05-20T09:15:00+08:00",
		"2024-05-20 下午 3:15:03":     "2024-05-20T15:15:03+08:00",
		"2024-05-20 上午12:15":        "2024-05-20T00:15:00+08:00",
		"2024-05-20 3:15 PM":        "2024-05-20T15:15:00+08:00",
		"2024-05-20 12:15 pm":       "2024-05-20T12:15:00+08:00",
		"20240520091503":            "2024-05-20T09:15:03+08:00",
		"20240520 091503":           "2024-05-20T09:15:03+08:00",
		"20240520 09:15":            "2024-05-20T09:15:00+08:00",
		"2017-03-31 20:17:-0":       "2017-03-31T20:17:00+08:00",
		"2024-05-20 09:15:03.25":    "2024-05-20T09:15:03.25+08:00",
		"2024-05-20T09:15:03":       "2024-05-20T09:15:03+08:00",
		"2024-05-20T01:15:03Z":      "2024-05-20T09:15:03+08:00",
		"2024-05-20T03:15:03+02:00": "2024-05-20T09:15:03+08:00",
		"1716167703":                "2024-05-20T09:15:03+08:00",
		"1716167703250":             "2024-05-20T09:15:03.25+08:00",
		"2024-05-20　09：15：03":       "2024-05-20T09:15:03+08:00",
		"24-05-20 09:15":            "",
		"05/20/2024 09:15":          "",
		"05.06.07 09:15":            "",
		"2024-05-20 24:15":          "",
		"2024-05-20 09:60":          "",
		"2024-13-20 09:15":          "",
		"2023-02-29 09:15:03":       "",
		"2024-05-20":                "",
		"09:15:03":                  "",
		"13800000002":               "",
		"12":                        "",
	}
	for cell, want := range tests {
		got := readCSV(t, journal.ImportOptions{}, "时间,号码,类型", cell+",95588,被叫", "")
		if got.Err != nil || len(got.Records) != 1 {
			t.Fatalf("%q: %d records, %v", cell, len(got.Records), got.Err)
		}
		read := ""
		if r := got.Records[0]; r.Reject == "" {
			read = r.StartedAt.In(domain.China()).Format(time.RFC3339Nano)
		}
		if read != want {
			t.Errorf("%q reads as %q, want %q", cell, read, want)
		}
	}
}
