package importer_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func readCSV(t *testing.T, o journal.ImportOptions, body ...string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(strings.Join(body, "\n")), o, importer.GenericCSV())
}

// TestTables reads one call out of tables of every shape.
func TestTables(t *testing.T) {
	const in, out = domain.DirectionIncoming, domain.DirectionOutgoing
	at := "2024-05-20 09:15:03"
	tests := []struct {
		name, body string
		want       journal.Record
	}{
		{"English", "Time,Number,Type,Duration,Name\n2024-05-20 09:15:03,95588,Incoming,12,Bank\n", named(call(2, "95588", at, 12, in), "Bank")},
		{"semicolons", "sep=;\r\nTime;Phone number;Direction;Duration (s)\r\n2024-05-20 09:15:03;95588;out;12\r\n", call(3, "95588", at, 12, out)},
		{"tabs", "时间\t号码\t类型\t时长\n2024-05-20 09:15:03\t95588\t被叫\t12秒\n", call(2, "95588", at, 12, in)},
		{"bars", "时间|号码|类型|时长\n2024-05-20 09:15:03|95588|主叫|1分0秒\n", call(2, "95588", at, 60, out)},
		{"date and time apart", "日期,时间,号码,通话时长\n2024/5/20,9:15:03,95588,0:12\n", call(2, "95588", at, 12, domain.DirectionUnknown)},
		{"a time that holds its date", "日期,时间,号码,通话时长\n2024/5/20,2024/5/20 9:15:03,95588,0:12\n", call(2, "95588", at, 12, domain.DirectionUnknown)},
		{"titles in row ten", strings.Repeat("中国移动,\n", 9) + "时间,号码,类型\n2024-05-20 09:15:03,95588,被叫\n", call(11, "95588", at, -1, in)},
		{"titles with breaks inside quotes", "时间,\"对方\n号码\",\"通话时长\n(秒)\"\n2024-05-20 09:15:03,95588,12\n", call(4, "95588", at, 12, domain.DirectionUnknown)},
		{"minutes in the title", "时间,号码,通话时长（分钟）\n2024-05-20 09:15:03,95588,2\n", call(2, "95588", at, 120, domain.DirectionUnknown)},
		{"minutes in the title, unit in the cell", "时间,号码,通话时长（分钟）\n2024-05-20 09:15:03,95588,12秒\n", call(2, "95588", at, 12, domain.DirectionUnknown)},
		{"call time beside start time", "开始时间,通话时间,对方号码\n2024-05-20 09:15:03,12秒,95588\n", call(2, "95588", at, 12, domain.DirectionUnknown)},
		{"kind of tariff as the only type", "时间,号码,通信类型\n2024-05-20 09:15:03,95588,本地(非漫游、被叫)\n", call(2, "95588", at, -1, in)},
		{"phone beside other number", "手机号码,对方号码,时间,呼叫类型\n13800000002,95588,2024-05-20 09:15:03,被叫\n", own(call(2, "95588", at, -1, in), "13800000002")},
		{"quoted cells", "\"时间\",\"号码\",\"类型\"\n\"2024-05-20 09:15:03\",\"95588\",\"被叫\"\n", call(2, "95588", at, -1, in)},
		{"digits kept by a spreadsheet", "时间,号码,类型\n2024-05-20 09:15:03,\"=\"\"95588\"\"\",被叫\n", call(2, "95588", at, -1, in)},
		{"apostrophe and tab", "时间,号码,类型\n2024-05-20 09:15:03,'95588\t,被叫\n", call(2, "95588", at, -1, in)},
		{"a float", "时间,号码,类型\n2024-05-20 09:15:03,95588.0,被叫\n", call(2, "95588", at, -1, in)},
		{"a mobile as a float", "时间,号码,类型\n2024-05-20 09:15:03,13800138000.00,被叫\n", call(2, "13800138000", at, -1, in)},
		{"dots between digits", "时间,号码,类型\n2024-05-20 09:15:03,010.6620.0000,被叫\n", call(2, "010.6620.0000", at, -1, in)},
		{"floats on both sides", "主叫号码,被叫号码,时间,类型\n95588.0,13800000002.0,2024-05-20 09:15:03,被叫\n", own(call(2, "95588", at, -1, in), "13800000002")},
		{"no line end", "时间,号码,类型\n2024-05-20 09:15:03,95588,被叫", call(2, "95588", at, -1, in)},
		{"withheld", "时间,号码,类型,时长\n2024-05-20 09:15:03,--,被叫,12\n", call(2, "", at, 12, in)},
		{"withheld in words", "时间,号码,类型\n2024-05-20 09:15:03,未知号码,未接\n", call(2, "", at, -1, domain.DirectionMissed)},
		{"unknown duration", "时间,号码,类型,时长\n2024-05-20 09:15:03,95588,被叫,--\n", call(2, "95588", at, -1, in)},
		{"full-width", "时　间：,号码（对方）,类型\n２０２４-05-20　09：15：03,95588,被叫\n", call(2, "95588", at, -1, in)},
		{"a remark above", "# exported\n时间,号码,类型\n2024-05-20 09:15:03,95588,被叫\n", call(3, "95588", at, -1, in)},
		{"titles repeated", "时间,号码,类型\n2024-05-20 09:15:03,95588,被叫\n时间,号码,类型\n", call(2, "95588", at, -1, in)},
		{"blank rows", "时间,号码,类型\n\n,,\n2024-05-20 09:15:03,95588,被叫\n , ,\n", call(4, "95588", at, -1, in)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readCSV(t, journal.ImportOptions{}, tt.body)
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTableRing(t *testing.T) {
	got := readCSV(t, journal.ImportOptions{}, "时间,号码,类型,响铃时长", "2024-05-20 09:15:03,95588,未接,4秒", "")
	if got.Err != nil || len(got.Records) != 1 || got.Records[0].Ring == nil || got.Records[0].Ring.Seconds() != 4 {
		t.Errorf("%+v, %v; want a ring of 4 s", got.Records, got.Err)
	}
}

func TestTableDirections(t *testing.T) {
	tests := map[string]domain.Direction{
		"主叫": domain.DirectionOutgoing, "被叫": domain.DirectionIncoming, "呼入": domain.DirectionIncoming,
		"未接来电": domain.DirectionMissed, "已接来电": domain.DirectionIncoming, "拒接": domain.DirectionRejected,
		"已拦截": domain.DirectionBlocked, "呼叫转移": domain.DirectionForwarded, "语音信箱": domain.DirectionVoicemail,
		"国内主叫": domain.DirectionOutgoing, "Missed call": domain.DirectionMissed, "OUTGOING": domain.DirectionOutgoing,
		"answered_elsewhere": domain.DirectionAnsweredElsewhere, "MT": domain.DirectionIncoming,
		"": domain.DirectionUnknown, "1": domain.DirectionUnknown, "国内通话": domain.DirectionUnknown,
	}
	for word, want := range tests {
		got := readCSV(t, journal.ImportOptions{}, "时间,号码,呼叫类型", "2024-05-20 09:15:03,95588,"+word, "")
		if got.Err != nil || len(got.Records) != 1 {
			t.Fatalf("%q: %+v, %v", word, got.Records, got.Err)
		}
		r := got.Records[0]
		if r.Direction != want {
			t.Errorf("%q reads as %s, want %s", word, r.Direction, want)
		}
		if noted := r.Note == "direction"; noted != (want == domain.DirectionUnknown && word != "") {
			t.Errorf("%q: note %q", word, r.Note)
		}
	}
}

func TestTableRefusals(t *testing.T) {
	const titles = "时间,号码,呼叫类型,时长,业务类型"
	tests := []struct {
		name, row, skip, reject, note string
	}{
		{"total", "合计,,,235,", "total", "", ""},
		{"total in the second cell", ",总计：,,235,", "total", "", ""},
		{"filler", "2024-05-31 23:59:59,--,--,--,本地通话", "filler", "", ""},
		{"nothing but a fee", ",,,,1.00", "filler", "", ""},
		{"message", "2024-05-20 09:15:03,10690000,发送,1,短信", "sms", "", ""},
		{"message by the service", "2024-05-20 09:15:03,10690000,主叫,1,彩信", "sms", "", ""},
		{"data", "2024-05-20 09:15:03,CMNET,--,100,上网流量", "data", "", ""},
		{"time in words", "昨天,95588,被叫,12,", "", "time", ""},
		{"impossible day", "2024-02-30 09:15:03,95588,被叫,12,", "", "time", ""},
		{"no time", ",95588,被叫,12,", "", "time", ""},
		{"a date alone", "2024-05-20,95588,被叫,12,", "", "time", ""},
		{"day first", "20.05.24 09:15,95588,被叫,12,", "", "time", ""},
		{"rounded", "2024-05-20 09:15:03,1.38E+10,被叫,12,", "", "rounded", ""},
		{"rounded, in full", "2024-05-20 09:15:03,1.38001E+10,被叫,12,", "", "rounded", ""},
		{"rounded, without a sign", "2024-05-20 09:15:03,1.38001e10,被叫,12,", "", "rounded", ""},
		{"a remark", "以上信息仅供参考", "remark", "", ""},
		{"a comment", "# 5 月", "remark", "", ""},
		{"a remark that begins with a digit", "1. 以上信息仅供参考", "remark", "", ""},
		{"nothing but a time", "2024-05-20 09:15:03", "", "columns", ""},
		{"stray quote", "2024-05-20 09:15:03,\"95588,被叫,12,", "", "quotes", ""},
		{"too long", "2024-05-20 09:15:03,95588,被叫,12," + strings.Repeat("x", 70_000), "", "too_long", ""},
		{"broken duration", "2024-05-20 09:15:03,95588,被叫,一会儿,", "", "", "duration"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readCSV(t, journal.ImportOptions{}, titles, tt.row, "2024-05-21 10:00:00,95588,被叫,65,", "")
			if got.Err != nil || len(got.Records) != 2 {
				t.Fatalf("%d records, %v; want 2: the row costs itself only", len(got.Records), got.Err)
			}
			if r := got.Records[0]; r.Skip != tt.skip || r.Reject != tt.reject || r.Note != tt.note || r.Line != 2 {
				t.Errorf("skip %q, reject %q, note %q at line %d; want %q, %q, %q at 2", r.Skip, r.Reject, r.Note, r.Line, tt.skip, tt.reject, tt.note)
			}
			if r := got.Records[1]; r.Reject != "" || r.Number != "95588" || r.Line != 3 {
				t.Errorf("the row after: %+v", r)
			}
		})
	}
}

func TestTableShortRow(t *testing.T) {
	got := readCSV(t, journal.ImportOptions{}, "时间,呼叫类型,号码,地点", "2024-05-20 09:15:03,被叫", "2024-05-21 10:00:00,被叫,95588", "")
	if got.Err != nil || len(got.Records) != 2 || got.Records[0].Reject != "columns" || got.Records[1].Reject != "" {
		t.Errorf("%+v, %v; want the first rejected for its columns, the second whole", got.Records, got.Err)
	}
}

func TestTableCutOff(t *testing.T) {
	const titles, good = "时间,号码,类型,时长,地点", "2024-05-20 09:15:03,95588,被叫,12,南京"
	tests := []struct {
		name, tail, key string
		calls           int
	}{
		{"whole", good, "", 2},
		{"short", "2024-05-21 10:00:00,95588,被叫,6", "import.truncated", 1},
		{"inside a quote", `2024-05-21 10:00:00,"955`, "import.truncated", 1},
		{"in the first cell", "2024-05-21 1", "import.truncated", 1},
		{"inside a character", "以上信\xe6", "import.truncated", 1},
		{"in the word for a total", "合", "import.truncated", 1},
		{"a remark", "以上信息仅供参考", "", 1},
		{"a total", "合计,,,77", "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readCSV(t, journal.ImportOptions{}, titles, good, tt.tail)
			calls := 0
			for _, r := range got.Records {
				if r.Skip == "" && r.Reject == "" {
					calls++
				}
			}
			if domain.KeyOf(got.Err) != tt.key || calls != tt.calls {
				t.Errorf("%d calls, %v; want %d, %q", calls, got.Err, tt.calls, tt.key)
			}
			if tt.key == "" && len(got.Records) != 2 {
				t.Errorf("%d rows; want 2: none may vanish", len(got.Records))
			}
		})
	}
}

// TestTableCutOffWord: what is left of a last row can be a word as well.
func TestTableCutOffWord(t *testing.T) {
	for tail, key := range map[string]string{"被": "import.truncated", "主": "import.truncated", "短信": "import.truncated", "以上": ""} {
		got := readCSV(t, journal.ImportOptions{}, "类型,时间,号码", "被叫,2024-05-20 09:15:03,95588", tail)
		if domain.KeyOf(got.Err) != key || key == "" && len(got.Records) != 2 {
			t.Errorf("%q: %d rows, %v; want %q", tail, len(got.Records), got.Err, key)
		}
	}
}

// TestTableDamage: one broken byte in a table of one row costs nothing but
// itself.
func TestTableDamage(t *testing.T) {
	got := readCSV(t, journal.ImportOptions{}, "时间,号码,类型,备注", "2024-05-20 09:15:03,95588,被叫,\xff", "")
	if d := formattest.Diff([]journal.Record{call(2, "95588", "2024-05-20 09:15:03", -1, domain.DirectionIncoming)}, got.Records); d != "" || got.Err != nil {
		t.Errorf("%v\n%s", got.Err, d)
	}
}

// TestTableShortRows: where all rows lack the empty cells at their end, the
// last one is as whole as they are.
func TestTableShortRows(t *testing.T) {
	got := readCSV(t, journal.ImportOptions{}, "时间,号码,类型,备注", "2024-05-20 09:15:03,95588,被叫", "2024-05-21 10:00:00,95588,被叫")
	if got.Err != nil || len(got.Records) != 2 {
		t.Errorf("%d records, %v; want 2", len(got.Records), got.Err)
	}
}

func TestTableOwnNumber(t *testing.T) {
	const titles = "主叫号码,被叫号码,起始时间,时长"
	rows := []string{
		"95588,13800000002,2024-05-20 09:15:03,12",
		"13800000002,961234,2024-05-20 10:15:03,12",
		"--,13800000002,2024-05-20 11:15:03,12",
	}
	want := []journal.Record{
		own(call(2, "95588", "2024-05-20 09:15:03", 12, domain.DirectionIncoming), "13800000002"),
		own(call(3, "961234", "2024-05-20 10:15:03", 12, domain.DirectionOutgoing), "13800000002"),
		own(call(4, "", "2024-05-20 11:15:03", 12, domain.DirectionIncoming), "13800000002"),
	}
	t.Run("the one in every row", func(t *testing.T) {
		got := readCSV(t, journal.ImportOptions{}, append([]string{titles}, append(rows, "")...)...)
		if d := formattest.Diff(want, got.Records); d != "" || got.Err != nil {
			t.Errorf("%v\n%s", got.Err, d)
		}
	})
	t.Run("the one that is given", func(t *testing.T) {
		got := readCSV(t, journal.ImportOptions{OwnNumbers: []string{"+86 138-0000-0002"}}, titles, rows[0], "")
		if d := formattest.Diff(want[:1], got.Records); d != "" || got.Err != nil {
			t.Errorf("%v\n%s", got.Err, d)
		}
	})
	t.Run("nobody knows", func(t *testing.T) {
		got := readCSV(t, journal.ImportOptions{}, titles, rows[0], "")
		if got.Err != nil || len(got.Records) != 1 || got.Records[0].Reject != "own_side" {
			t.Errorf("%+v, %v; want a reject", got.Records, got.Err)
		}
	})
	t.Run("the direction tells", func(t *testing.T) {
		got := readCSV(t, journal.ImportOptions{}, titles+",呼叫类型", rows[0]+",被叫", "")
		if d := formattest.Diff(want[:1], got.Records); d != "" || got.Err != nil {
			t.Errorf("%v\n%s", got.Err, d)
		}
	})
	t.Run("in the other column", func(t *testing.T) {
		got := readCSV(t, journal.ImportOptions{OwnNumbers: []string{"13800000002"}},
			"用户号码,对方号码,时间,类型", "95588,13800000002,2024-05-20 09:15:03,被叫", "")
		w := want[0]
		w.Duration = nil
		if d := formattest.Diff([]journal.Record{w}, got.Records); d != "" || got.Err != nil {
			t.Errorf("%v\n%s", got.Err, d)
		}
	})
}
